"""What the films of chains of convolutions say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="Cadena de {layers} convoluciones", en="A chain of {layers} convolutions"),
    "title_channels": Text(
        es="Cadena de {layers} convoluciones con varios canales",
        en="A chain of {layers} convolutions with several channels",
    ),
    "begin": Text(
        es="{place} lee {count} píxeles de {before}. Cada bloque se calcula a partir del anterior.",
        en="{place} reads {count} pixels of {before}. Each block is computed from the one before it.",
    ),
    "begin_channels": Text(
        es="Cada filtro lee la misma ventana en los {channels} canales de {before}; hay {filters} filtros, y cada uno escribe su canal.",
        en="Each filter reads the same window in all {channels} channels of {before}; there are {filters} filters, and each writes its own channel.",
    ),
    "waits": Text(
        es="{place} ya está. {next} aún espera: de los {count} valores que lee existen {there}.",
        en="{place} is made. {next} still waits: of the {count} values that it reads {there} exist.",
    ),
    "ready": Text(
        es="{place} ya está, y con él existen los {count} valores ({there} de {count}) que lee {next}: es el siguiente.",
        en="{place} is made, and with it all values ({there} of {count}) that {next} reads: that is the next.",
    ),
    "starts": Text(
        es="{layer} no podía empezar antes: {last}, el último de los {count} valores de {before} que lee {place}, acaba de calcularse.",
        en="{layer} could not start before: {last}, the last of the {count} values of {before} that {place} reads, has just been made.",
    ),
    "follows": Text(
        es="{last} era el último valor de {before} que faltaba: ahora se puede calcular {place}.",
        en="{last} was the last value of {before} that was missing: now {place} can be made.",
    ),
    "made": Text(
        es="{place} lee {count} valores de {before}.",
        en="{place} reads {count} values of {before}.",
    ),
    "end": Text(
        es="{place} depende, capa tras capa, de {pixels} píxeles de los {all} de la imagen.",
        en="{place} depends, layer after layer, on {pixels} of the {all} pixels of the image.",
    ),
    "layers": Text(
        es="La cadena tiene {layers} capas. Dé de 1 a {most}.",
        en="The chain has {layers} layers. Give 1 to {most}.",
    ),
    "image": Text(
        es="image tiene tamaño {shape}; hacen falta (canales, filas, columnas), sin ejes vacíos.",
        en="image has shape {shape}; give (channels, rows, columns), no axis empty.",
    ),
    "filters": Text(
        es="filters[{n}] tiene tamaño {shape}; hacen falta (filtros, {channels} canales, filas, columnas): lo que da la capa anterior.",
        en="filters[{n}] has shape {shape}; give (filters, {channels} channels, rows, columns): what the layer before makes.",
    ),
    "channels": Text(
        es="Un bloque tiene {channels} canales y se ven hasta {most}. Elija menos canales.",
        en="A block has {channels} channels and up to {most} can be seen. Choose fewer channels.",
    ),
}
