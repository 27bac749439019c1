"""What `scenes.labels` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "class_names_repeated": Text(
        es="Varias clases de {source} tendrían el mismo nombre: {names}. Dé a cada clase un nombre distinto.",
        en="Several classes of {source} would have the same name: {names}. Give each class a name of its own.",
    ),
    "class_names_strange": Text(
        es="{count:Se nombró una clase que no está|Se nombraron clases que no están} en {source}: {named}. Sus valores son: {values}.",
        en="{count:A class was named that is|Classes were named that are} not in {source}: {named}. Its values are: {values}.",
    ),
    "count_of_classes": Text(
        es="{source} tiene {count} {count:clase|clases} ({values}) y se {names:dio|dieron} {names} {names:nombre|nombres}. Dé un nombre por clase, en ese orden, o una correspondencia valor → nombre.",
        en="{source} has {count} {count:class|classes} ({values}) and {names} {names:name was|names were} given. Give one name a class, in that order, or a mapping value → name.",
    ),
    "labels_bands": Text(
        es="{source} tiene {count} bandas; un ráster de etiquetas tiene una sola, o es una imagen de color de 8 bits. Indique un archivo con una banda de clases.",
        en="{source} has {count} bands; a raster of labels has a single one, or is a colour picture of 8 bits. Give a file with one band of classes.",
    ),
    "is_255_a_class": Text(
        es="{source} tiene {count:el valor|los valores} {values}, y 255 suele significar «sin etiqueta», pero el archivo no lo dice. Si lo es, dígalo (nodata=255, --label-nodata 255); si es una clase, dele nombre (names={{255: …}}, --class-names 255=NOMBRE).",
        en="{source} has the {count:value|values} {values}, and 255 often means “no label”, but the file does not say so. If it does, say it (nodata=255, --label-nodata 255); if it is a class, name it (names={{255: …}}, --class-names 255=NAME).",
    ),
    "which_colours": Text(
        es='{source} es una imagen de color, con {count} {count:color|colores} (y píxeles): {colours}. Diga qué clase es cada uno (colours; --class-colours "{pairs}", con los nombres de sus clases). El color que no sea una clase se da aparte (nodata, --label-nodata "#rrggbb").',
        en='{source} is a colour picture, of {count} {count:colour|colours} (and pixels): {colours}. Say which class each is (colours; --class-colours "{pairs}", with the names of your classes). A colour that is no class is given apart (nodata, --label-nodata "#rrggbb").',
    ),
    "colours_unknown": Text(
        es='{source} tiene {count} {count:color que no está|colores que no están} en la tabla, en {pixels} {pixels:píxel|píxeles} ({share} %): {colours}. No se {count:toma|toman} por el más parecido: {count:suele|suelen} venir de JPEG o de bordes suavizados. {count:Añádalo a la tabla (--class-colours), o diga que no es|Añádalos a la tabla (--class-colours), o diga que uno no es} una clase (--label-nodata "{first}"), o use la imagen original, sin pérdidas.',
        en='{source} has {count} {count:colour that is not|colours that are not} in the table, in {pixels} {pixels:pixel|pixels} ({share} %): {colours}. {count:It is not taken for the nearest: it often comes|They are not taken for the nearest: they often come} from JPEG or smoothed edges. {count:Add it to the table (--class-colours), or say that it is|Add them to the table (--class-colours), or say that one is} no class (--label-nodata "{first}"), or use the original picture, without loss.',
    ),
    "too_many_colours": Text(
        es="{source} tiene más de {limit} colores: es una fotografía, o se guardó con pérdidas (JPEG). Dé la imagen de etiquetas original, en PNG o TIFF.",
        en="{source} has more than {limit} colours: it is a photograph, or was saved with loss (JPEG). Give the original picture of labels, as PNG or TIFF.",
    ),
    "no_palette": Text(
        es="{source} no tiene una tabla con ese color: sus clases son números. Nómbrelas por su valor (names, --class-names) y dé como «sin etiqueta» un número (nodata, --label-nodata).",
        en="{source} has no table with that colour: its classes are numbers. Name them by value (names, --class-names) and give a number as “no label” (nodata, --label-nodata).",
    ),
    "nodata_of_picture": Text(
        es='{source} es una imagen de color, y se dio {nodata} como «sin etiqueta». Dé un color, p. ej. "#000000" (nodata, --label-nodata).',
        en='{source} is a colour picture, and {nodata} was given as “no label”. Give a colour, such as "#000000" (nodata, --label-nodata).',
    ),
    "no_colour": Text(
        es='«{text}» no es un color. Escríbalo como "#00ff00" o "0 255 0".',
        en='“{text}” is no colour. Write it as "#00ff00" or "0 255 0".',
    ),
    "no_class_colours": Text(
        es='{source} no es una tabla de colores de clases. Escriba por ejemplo "bosque=#00ff00,agua=#0000ff", o dé un archivo .qml, .clr, .gpl o una tabla con nombre y rojo, verde, azul (colours, --class-colours).',
        en='{source} is no table of colours of classes. Write for example "forest=#00ff00,water=#0000ff", or give a file .qml, .clr, .gpl or a table with name and red, green, blue (colours, --class-colours).',
    ),
    "class_colours_unreadable": Text(
        es='No se puede leer la tabla de colores {source}: {reason}. Compruebe la ruta, o escriba "bosque=#00ff00,agua=#0000ff".',
        en='The table of colours {source} cannot be read: {reason}. Check the path, or write "forest=#00ff00,water=#0000ff".',
    ),
    "class_colours_line": Text(
        es="La línea {number} de la tabla de colores {source} no se entiende: «{line}». Escriba en cada una el nombre y el rojo, verde y azul, de 0 a 255, separados por comas.",
        en="Line {number} of the table of colours {source} is not understood: “{line}”. Write on each the name and red, green and blue, 0 to 255, parted by commas.",
    ),
    "colour_of_two": Text(
        es="El color {colour} es de dos clases: {names}. Dé a cada color una sola.",
        en="The colour {colour} is of two classes: {names}. Give each colour a single one.",
    ),
    "no_class_number": Text(
        es="{source} tiene valores que no son números de clase, como {value}: una clase es un entero de 0 a 16777216. Dé un ráster de clases, no de mediciones.",
        en="{source} has values that are no class numbers, such as {value}: a class is a whole number from 0 to 16777216. Give a raster of classes, not of measurements.",
    ),
    "labels_complex": Text(
        es="{source} tiene números complejos, que no son clases. Dé un ráster con un número entero por clase.",
        en="{source} holds complex numbers, which are no classes. Give a raster with a whole number for each class.",
    ),
    "too_many_classes": Text(
        es="{source} tiene más de {limit} valores distintos: no parece un ráster de clases. Un mapa admite {limit} clases como máximo.",
        en="{source} has more than {limit} different values: it does not look like a raster of classes. A map takes {limit} classes at most.",
    ),
}
