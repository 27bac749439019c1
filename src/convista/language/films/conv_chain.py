"""What the films of chains of convolutions say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Cadena de {layers} {layers:convolución|convoluciones}",
        en="A chain of {layers} {layers:convolution|convolutions}",
    ),
    "open": Text(
        es="Cada bloque se calcula a partir del anterior. ¿Tiene que estar completo O1 para que empiece O2?",
        en="Each block is computed from the one before it. Must O1 be complete before O2 can begin?",
    ),
    "open_alone": Text(
        es="O1 se calcula a partir de I0. ¿De qué depende cada uno de sus valores?",
        en="O1 is computed from I0. What does each of its values depend on?",
    ),
    "begin": Text(
        es="{place} lee {count} {count:píxel|píxeles} de {before}: sus productos por el kernel, sumados, son su valor.",
        en="{place} reads {count} {count:pixel|pixels} of {before}: their products with the kernel, added up, are its value.",
    ),
    "waits": Text(
        es="{place} ya está. {next} aún espera: {count:del único valor|de los {count} valores} que lee {there:existe|existen} {there}.",
        en="{place} is made. {next} still waits: of the {count:only value|{count} values} that it reads {there} {there:exists|exist}.",
    ),
    "waiting": Text(
        es="O1 crece valor a valor. {next} espera a que {count:exista el único valor|existan los {count} valores} que lee.",
        en="O1 grows value by value. {next} waits until {count:the only value that it reads exists|all {count} values that it reads exist}.",
    ),
    "together": Text(
        es="Las capas crecen juntas: en cuanto existe todo lo que lee un valor, se calcula.",
        en="The layers grow together: as soon as all that a value reads exists, it is made.",
    ),
    "ready": Text(
        es="{place} ya está, y con él {count:existe el único valor|existen los {count} valores} ({there} de {count}) que lee {next}: es el siguiente.",
        en="{place} is made, and with it {count:the only value|all values} ({there} of {count}) that {next} reads: that is the next.",
    ),
    "starts": Text(
        es="{layer} no podía empezar antes: {last}, {count:el único valor|el último de los {count} valores} de {before} que lee {place}, acaba de calcularse.",
        en="{layer} could not start before: {last}, {count:the only value|the last of the {count} values} of {before} that {place} reads, has just been made.",
    ),
    "follows": Text(
        es="{last} era el último valor de {before} que faltaba: ahora se puede calcular {place}.",
        en="{last} was the last value of {before} that was missing: now {place} can be made.",
    ),
    "made": Text(
        es="{place} lee {count} {count:valor|valores} de {before}.",
        en="{place} reads {count} {count:value|values} of {before}.",
    ),
    "end": Text(
        es="Valor a valor o capa por capa, el resultado es el mismo: {place} depende de {pixels} de {all:un píxel|los {all} píxeles}, los enmarcados.",
        en="Value by value or layer by layer, the result is the same: {place} depends on {pixels} of {all:one pixel|the {all} pixels}, those framed.",
    ),
    "end_alone": Text(
        es="{place} depende de {pixels} de {all:un píxel|los {all} píxeles} de la imagen, los enmarcados.",
        en="{place} depends on {pixels} of {all:one pixel|the {all} pixels} of the image, those framed.",
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
        es="filters[{n}] tiene tamaño {shape}; hacen falta (filtros, {channels} {channels:canal|canales}, filas, columnas): lo que da la capa anterior.",
        en="filters[{n}] has shape {shape}; give (filters, {channels} {channels:channel|channels}, rows, columns): what the layer before makes.",
    ),
    "channels": Text(
        es="Un bloque tiene {channels} canales y se ven hasta {most}. Elija menos canales.",
        en="A block has {channels} channels and up to {most} can be seen. Choose fewer channels.",
    ),
}
