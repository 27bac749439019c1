"""What `scenes` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "shapes_unreadable": Text(
        es="No se pueden leer las formas de {source}: {reason}. Revise el archivo.",
        en="The shapes of {source} cannot be read: {reason}. Check the file.",
    ),
    "shapes_without_crs": Text(
        es="De {source} y la escena una no tiene CRS, así que no se sabe dónde caen las formas. Asígnele uno.",
        en="One of {source} and the scene has no CRS, so that nobody knows where the shapes lie. Assign it one.",
    ),
    "shapes_elsewhere": Text(
        es="Ninguna de las {count} formas de {source} cae sobre un píxel de la escena. Revise su CRS.",
        en="None of the {count} shapes of {source} lies on a pixel of the scene. Check their CRS.",
    ),
    "no_shapes_left": Text(
        es="De las {count} formas de {source} no queda ninguna: {unlabelled} no tienen clase (el atributo «{attribute}» está vacío) y {empty} no tienen geometría. Elija otro atributo (attribute, --attribute) o dé otro archivo.",
        en="Of the {count} shapes of {source} none is left: {unlabelled} have no class (the attribute “{attribute}” is empty) and {empty} have no geometry. Choose another attribute (attribute, --attribute) or give another file.",
    ),
    "shape_impossible": Text(
        es="La forma {number} de {source} no se puede dibujar: {reason}. Corrija su geometría o quítela del archivo.",
        en="Shape {number} of {source} cannot be drawn: {reason}. Mend its geometry or take it out of the file.",
    ),
    "which_layer": Text(
        es="{source} tiene varias capas: {layers}. Diga cuál tiene las etiquetas (layer, --layer).",
        en="{source} has several layers: {layers}. Say which holds the labels (layer, --layer).",
    ),
    "no_such_layer": Text(
        es="{source} no tiene la capa «{layer}». Tiene: {layers}.",
        en="{source} has no layer “{layer}”. It has: {layers}.",
    ),
    "no_layers": Text(
        es="{source} no tiene capas, y se pidió «{layer}». Quite layer (--layer).",
        en="{source} has no layers, and “{layer}” was asked for. Leave layer out (--layer).",
    ),
    "which_encoding": Text(
        es="{source} tiene letras fuera de ASCII y no dice con qué codificación (le falta el archivo .cpg). Según la codificación se lee: {readings}. Diga cuál es (encoding, --encoding), p. ej. utf-8.",
        en="{source} has letters beyond ASCII and does not say in which encoding (it lacks its .cpg file). By encoding it reads: {readings}. Say which it is (encoding, --encoding), such as utf-8.",
    ),
    "unknown_encoding": Text(
        es="No se conoce la codificación «{encoding}». Dé una como utf-8, cp1252 o iso-8859-1 (encoding, --encoding).",
        en="The encoding “{encoding}” is not known. Give one such as utf-8, cp1252 or iso-8859-1 (encoding, --encoding).",
    ),
    "wrong_encoding": Text(
        es="Los textos de {source} no están en {encoding}. Dé otra codificación (encoding, --encoding), p. ej. utf-8 o cp1252.",
        en="The texts of {source} are not in {encoding}. Give another encoding (encoding, --encoding), such as utf-8 or cp1252.",
    ),
    "encoding_is_known": Text(
        es="{source} dice por sí mismo cómo están escritos sus textos, y se dio la codificación {encoding}. Quítela (encoding, --encoding): es para Shapefile y GeoJSON.",
        en="{source} says by itself how its texts are written, and the encoding {encoding} was given. Leave it out (encoding, --encoding): it is for Shapefiles and GeoJSON.",
    ),
    "no_attributes": Text(
        es="Las formas de {source} no tienen atributos, y uno ha de decir su clase. Añádalo en su programa de mapas, o dé otro archivo.",
        en="The shapes of {source} have no attributes, and one must say their class. Add it in your mapping program, or give another file.",
    ),
    "no_class_value": Text(
        es="El atributo «{attribute}» de {source} tiene valores que no son clases, como {value}: una clase es un texto o un número entero. Elija otro (attribute, --attribute).",
        en="The attribute “{attribute}” of {source} has values that are no classes, such as {value}: a class is a text or a whole number. Choose another (attribute, --attribute).",
    ),
    "too_many_values": Text(
        es="El atributo «{attribute}» de {source} tiene más de {limit} valores distintos: no parece una clase. Elija otro (attribute, --attribute).",
        en="The attribute “{attribute}” of {source} has more than {limit} different values: it does not look like a class. Choose another (attribute, --attribute).",
    ),
    "no_shapes": Text(
        es="{source} no tiene ninguna forma. Dé otro archivo.", en="{source} has no shapes. Give another file."
    ),
    "which_attribute": Text(
        es="Las formas de {source} tienen varios atributos: {attributes}. Diga cuál es su clase (attribute, --attribute).",
        en="The shapes of {source} have several attributes: {attributes}. Say which is their class (attribute, --attribute).",
    ),
    "no_such_attribute": Text(
        es="Las formas de {source} no tienen el atributo «{attribute}». Tienen: {attributes}.",
        en="The shapes of {source} have no attribute “{attribute}”. They have: {attributes}.",
    ),
    "no_pyogrio": Text(
        es="Para leer {source} hacen falta pyogrio y shapely. Instálelos: pip install 'convista[vector]', o dé GeoJSON.",
        en="Reading {source} takes pyogrio and shapely. Install them: pip install 'convista[vector]', or give GeoJSON.",
    ),
    "alpha_is_band": Text(
        es="La banda {number} de {file} figura como alfa, pero sus valores no son los de una máscara: se lee como banda, con el nombre {band}. Si es una máscara, dígalo (mask, --mask {number}).",
        en="Band {number} of {file} is called alpha, but its values are not those of a mask: it is read as a band, {band}. If it is a mask, say so (mask, --mask {number}).",
    ),
    "alpha_unclear": Text(
        es="La banda {number} de {file} figura como alfa, y por sus valores tanto puede ser una máscara como una banda, por ejemplo el infrarrojo cercano. Si es una banda, nombre las {count} bandas (bands, --bands); si es una máscara, dígalo (mask, --mask {number}).",
        en="Band {number} of {file} is called alpha, and by its values it may as well be a mask as a band, such as near infrared. If it is a band, name all {count} bands (bands, --bands); if it is a mask, say so (mask, --mask {number}).",
    ),
    "mask_is_band": Text(
        es="La banda {band} de {file} se lee como una banda más. Si dice qué píxeles son válidos (0: no lo es), dígalo (mask, --mask {band}).",
        en="Band {band} of {file} is read as a band like others. If it says which pixels are valid (0: not), say so (mask, --mask {band}).",
    ),
    "second_is_mask": Text(
        es="Máscara: en {file} (archivos así: {count}) la segunda banda solo tiene 0 y otro valor, y oculta la primera donde es 0.",
        en="Mask: in {file} (files like it: {count}) the second band has only 0 and one other value, and hides the first where it is 0.",
    ),
    "left_out": Text(
        es="De {folder} no se lee: {files}. El nombre no dice ninguna banda. Para leerla, pídala por su nombre (bands, --bands …,{name}); si dice qué píxeles son válidos, dígalo (mask, --mask {name}).",
        en="Not read of {folder}: {files}. The name says no band. To read it, ask for it by name (bands, --bands …,{name}); if it says which pixels are valid, say so (mask, --mask {name}).",
    ),
    "no_such_mask": Text(
        es="No hay ninguna máscara {mask}{hint} en {source}, ni un archivo con ese nombre. Dé el nombre de una banda ({bands}), su número en cada archivo que tiene varias, o un ráster.",
        en="There is no mask {mask}{hint} in {source}, nor a file of that name. Give the name of a band ({bands}), its number in each file that has several, or a raster.",
    ),
    "band_twice": Text(
        es="La banda {band} se pidió dos veces. Nombre cada banda una sola vez.",
        en="Band {band} was asked for twice. Name each band once.",
    ),
    "bands_empty": Text(
        es="No se pidió ninguna banda, o un nombre está vacío. Elija entre {bands}.",
        en="No band was asked for, or a name is empty. Choose among {bands}.",
    ),
    "class_values": Text(
        es="Los valores de clase {values} no caben en el mapa: deben ser distintos, de 0 a 255 y diferentes de {nodata}, que significa «sin dato».",
        en="The class values {values} do not fit the map: they must be distinct, from 0 to 255 and other than {nodata}, which means no datum.",
    ),
    "class_names_repeated": Text(
        es="Varias clases de {source} tendrían el mismo nombre: {names}. Dé a cada clase un nombre distinto.",
        en="Several classes of {source} would have the same name: {names}. Give each class a name of its own.",
    ),
    "class_names_strange": Text(
        es="Se nombraron clases que no están en {source}: {named}. Sus valores son: {values}.",
        en="Classes were named that are not in {source}: {named}. Its values are: {values}.",
    ),
    "count_of_bands": Text(
        es="{source} tiene {count} bandas sin nombre ({bands}) y se dieron {names} nombres. Dé un nombre por banda, o una correspondencia nombre → número.",
        en="{source} has {count} bands without names ({bands}) and {names} names were given. Give one name a band, or a mapping name → number.",
    ),
    "count_of_classes": Text(
        es="{source} tiene {count} clases ({values}) y se dieron {names} nombres. Dé un nombre por clase, en ese orden, o una correspondencia valor → nombre.",
        en="{source} has {count} classes ({values}) and {names} names were given. Give one name a class, in that order, or a mapping value → name.",
    ),
    "count_of_factors": Text(
        es="Se dieron {given} valores de «{what}» para {count} bandas. Dé uno solo, uno por banda, o una correspondencia banda → valor.",
        en="{given} values of “{what}” were given for {count} bands. Give a single one, one a band, or a mapping band → value.",
    ),
    "empty_folder": Text(
        es="La carpeta {folder} no contiene bandas: ningún archivo .tif, .tiff, .jp2, .img o .vrt. Indique la carpeta que las tiene, o la lista de archivos.",
        en="The folder {folder} holds no bands: no .tif, .tiff, .jp2, .img or .vrt file. Give the folder that has them, or a list of files.",
    ),
    "empty_product": Text(
        es="El producto Sentinel-2 {folder} no contiene imágenes de bandas en GRANULE/*/IMG_DATA. Descárguelo de nuevo, completo.",
        en="The Sentinel-2 product {folder} holds no band images in GRANULE/*/IMG_DATA. Download it again, whole.",
    ),
    "factor_impossible": Text(
        es="La banda {band} de {source} tendría la escala {scale} y el sumando {offset}: valor = número · escala + sumando. "
        "Ambos han de ser números finitos, y la escala distinta de 0. Dé otros (scale, offset).",
        en="Band {band} of {source} would have scale {scale} and offset {offset}: value = number · scale + offset. "
        "Both must be finite numbers, and the scale other than 0. Give others (scale, offset).",
    ),
    "factor_of_no_band": Text(
        es="Se dio «{what}» para la banda {band}, que no está entre las elegidas: {bands}.",
        en="“{what}” was given for band {band}, which is not among the chosen ones: {bands}.",
    ),
    "grids_apart": Text(
        es="{file} no puede llevarse a la malla de las demás bandas: {reason}. Compruebe que todos los archivos tienen un CRS válido.",
        en="{file} cannot be brought onto the grid of the other bands: {reason}. Check that every file has a valid CRS.",
    ),
    "labels_bands": Text(
        es="{source} tiene {count} bandas; un ráster de etiquetas tiene una sola, o es una imagen de color de 8 bits. Indique un archivo con una banda de clases.",
        en="{source} has {count} bands; a raster of labels has a single one, or is a colour picture of 8 bits. Give a file with one band of classes.",
    ),
    "is_255_a_class": Text(
        es="{source} tiene los valores {values}, y 255 suele significar «sin etiqueta», pero el archivo no lo dice. Si lo es, dígalo (nodata=255, --label-nodata 255); si es una clase, dele nombre (names={{255: …}}, --class-names 255=NOMBRE).",
        en="{source} has the values {values}, and 255 often means “no label”, but the file does not say so. If it does, say it (nodata=255, --label-nodata 255); if it is a class, name it (names={{255: …}}, --class-names 255=NAME).",
    ),
    "which_colours": Text(
        es='{source} es una imagen de color, con {count} colores (y píxeles): {colours}. Diga qué clase es cada uno (colours; --class-colours "{pairs}", con los nombres de sus clases). El color que no sea una clase se da aparte (nodata, --label-nodata "#rrggbb").',
        en='{source} is a colour picture, of {count} colours (and pixels): {colours}. Say which class each is (colours; --class-colours "{pairs}", with the names of your classes). A colour that is no class is given apart (nodata, --label-nodata "#rrggbb").',
    ),
    "colours_unknown": Text(
        es='{source} tiene {count} colores que no están en la tabla, en {pixels} píxeles ({share} %): {colours}. No se toman por el más parecido: suelen venir de JPEG o de bordes suavizados. Añádalos a la tabla (--class-colours), o diga que uno no es una clase (--label-nodata "{first}"), o use la imagen original, sin pérdidas.',
        en='{source} has {count} colours that are not in the table, in {pixels} pixels ({share} %): {colours}. They are not taken for the nearest: they often come from JPEG or smoothed edges. Add them to the table (--class-colours), or say that one is no class (--label-nodata "{first}"), or use the original picture, without loss.',
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
    "map_ending": Text(
        es="No se puede escribir el mapa {path}: un mapa es un GeoTIFF. Dele un nombre que termine en .tif o .tiff.",
        en="The map {path} cannot be written: a map is a GeoTIFF. Give it a name that ends in .tif or .tiff.",
    ),
    "map_exists_as_folder": Text(
        es="No se puede escribir el mapa {path}: ya hay una carpeta con ese nombre. Elija otro nombre.",
        en="The map {path} cannot be written: a folder has that name. Choose another name.",
    ),
    "map_nodata": Text(
        es="El valor «sin dato» {nodata} no cabe en un byte. Dé un número de 0 a 255.",
        en="The nodata value {nodata} does not fit in a byte. Give a number from 0 to 255.",
    ),
    "map_not_written": Text(
        es="No se pudo escribir el mapa {path}: {reason}. No queda nada a medias. {remedy}.",
        en="The map {path} could not be written: {reason}. Nothing half-written is left. {remedy}.",
    ),
    "remedy_full": Text(
        es="Libere espacio en el disco y repita la orden.",
        en="Free some space on the disk and give the command again.",
    ),
    "remedy_too_large": Text(
        es="Ese disco, o un límite de su cuenta, no admite un archivo tan grande; elija otro disco.",
        en="That disk, or a limit of your account, takes no file so large; choose another disk.",
    ),
    "remedy_denied": Text(
        es="Compruebe que puede escribir ahí y que ningún otro programa tiene abierto el archivo, o elija otra carpeta.",
        en="See that you may write there and that no other program has the file open, or choose another folder.",
    ),
    "remedy_read_only": Text(
        es="Ese disco solo se puede leer; elija una carpeta de otro.",
        en="That disk can only be read; choose a folder on another.",
    ),
    "remedy_long_name": Text(es="Elija un nombre más corto.", en="Choose a shorter name."),
    "remedy_gone": Text(
        es="La carpeta ya no está; créela y repita la orden, o elija otra.",
        en="The folder is no longer there; make it and give the command again, or choose another.",
    ),
    "remedy_other": Text(
        es="Compruebe el disco, o elija otra carpeta.", en="Check the disk, or choose another folder."
    ),
    "metadata_incomplete": Text(
        es="En los metadatos {file} falta {missing}, y sin ello no se conoce la escala de las bandas. Descargue de nuevo el producto, o abra sus archivos de banda dando la escala (scale).",
        en="The metadata {file} lacks {missing}, without which the scale of the bands is unknown. Download the product again, or open its band files and give the scaling (scale).",
    ),
    "metadata_unreadable": Text(
        es="No se pueden leer los metadatos {file}: {reason}. Descargue de nuevo el producto, o indique los archivos de banda sin ellos.",
        en="The metadata {file} cannot be read: {reason}. Download the product again, or give the band files without them.",
    ),
    "no_class_number": Text(
        es="{source} tiene valores que no son números de clase, como {value}: una clase es un entero de 0 a 16777216. Dé un ráster de clases, no de mediciones.",
        en="{source} has values that are no class numbers, such as {value}: a class is a whole number from 0 to 16777216. Give a raster of classes, not of measurements.",
    ),
    "no_crs": Text(
        es="La imagen no está georreferenciada, así que un punto en {crs} no tiene lugar en ella. Dé la columna y la fila como x e y, sin CRS.",
        en="The image has no georeference, so a point in {crs} has no place in it. Give column and row as x and y, without a CRS.",
    ),
    "no_file": Text(
        es="No existe {file}{hint}. Compruebe la ruta.",
        en="There is no {file}{hint}. Check the path.",
    ),
    "tied_by_points": Text(
        es="{file} no está en una malla, pero tiene {count} puntos de control en el terreno ({crs}): sus píxeles aún no tienen lugar, así que con él solo se trabaja como imagen. Llévelo a una malla (gdalwarp -tps {file} nuevo.tif) y use ese archivo.",
        en="{file} is on no grid, but has {count} ground control points ({crs}): its pixels have no place yet, so that it can only be worked with as an image. Bring it onto a grid (gdalwarp -tps {file} new.tif) and use that file.",
    ),
    "tied_by_coefficients": Text(
        es="{file} no está en una malla, pero tiene coeficientes polinómicos (RPC) que dicen dónde está: sus píxeles aún no tienen lugar, así que con él solo se trabaja como imagen. Llévelo a una malla (gdalwarp -rpc {file} nuevo.tif, con -to RPC_DEM=alturas.tif si el terreno no es llano) y use ese archivo.",
        en="{file} is on no grid, but has rational polynomial coefficients (RPC) that say where it lies: its pixels have no place yet, so that it can only be worked with as an image. Bring it onto a grid (gdalwarp -rpc {file} new.tif, with -to RPC_DEM=heights.tif where the ground is not flat) and use that file.",
    ),
    "map_empty": Text(
        es="Ningún píxel de {scene} tiene dato en todas sus bandas ({bands}), así que en el mapa no habrá nada. Lo oculta: {rules}. Si esos valores sí son datos, quite la marca (gdal_edit.py -unsetnodata, otro --nodata, otra máscara); si no, dé otra escena.",
        en="No pixel of {scene} has a datum in all of its bands ({bands}), so that the map will be empty. What hides it: {rules}. If these values are data, take the mark away (gdal_edit.py -unsetnodata, another --nodata, another mask); if not, give another scene.",
    ),
    "rule_tag": Text(
        es="el valor «sin dato» {value} que declara el archivo",
        en="the nodata value {value} that the file declares",
    ),
    "rule_product": Text(
        es="el valor «sin dato» {value} del producto",
        en="the nodata value {value} of the product",
    ),
    "rule_given": Text(
        es="el valor «sin dato» {value} que se dio (--nodata)",
        en="the nodata value {value} that was given (--nodata)",
    ),
    "rule_not_finite": Text(es="números que no son finitos", en="numbers that are not finite"),
    "rule_mask": Text(
        es="una máscara (del archivo, alfa u otra banda)", en="a mask (the file's, alpha or another band)"
    ),
    "rule_outside": Text(es="el archivo no llega hasta ahí", en="the file does not reach there"),
    "no_room": Text(
        es="Leer de una vez {bands}×{rows}×{columns} números de {file} pide {needed} GiB de memoria, y esta máquina tiene {memory}. Recorte la escena (gdal_translate -srcwin), lea menos bandas, o llévela a píxeles mayores (gdalwarp -tr).",
        en="Reading {bands}×{rows}×{columns} numbers of {file} at once takes {needed} GiB of memory, and this machine has {memory}. Cut the scene (gdal_translate -srcwin), read fewer bands, or bring it onto larger pixels (gdalwarp -tr).",
    ),
    "no_files": Text(
        es="La lista de archivos está vacía, o lo está un nombre en ella. Indique los archivos.",
        en="The list of files is empty, or a name in it is. Name the files.",
    ),
    "no_folder": Text(
        es="No se puede escribir {path}: la carpeta {folder} no existe. Créela antes.",
        en="{path} cannot be written: the folder {folder} does not exist. Make it first.",
    ),
    "no_such_band": Text(
        es="{scene} no tiene la banda {band}{hint}. Tiene: {bands}.",
        en="{scene} has no band {band}{hint}. It has: {bands}.",
    ),
    "no_such_number": Text(
        es="La banda {band} se pidió como número {number}, y {source} tiene {count}. Los números van de 1 a {count}.",
        en="Band {band} was asked for as number {number}, and {source} has {count}. Numbers go from 1 to {count}.",
    ),
    "no_point": Text(
        es="({x}, {y}) no es un lugar. Dé dos números finitos, x e y.",
        en="({x}, {y}) is no place. Give two finite numbers, x and y.",
    ),
    "not_complex": Text(
        es="La banda {band} de {file} tiene números reales, de los que no se puede leer {part}. Pida {band}.",
        en="Band {band} of {file} holds real numbers, which have no {part} to read. Ask for {band}.",
    ),
    "labels_complex": Text(
        es="{source} tiene números complejos, que no son clases. Dé un ráster con un número entero por clase.",
        en="{source} holds complex numbers, which are no classes. Give a raster with a whole number for each class.",
    ),
    "no_size_without_crs": Text(
        es="La imagen no está georreferenciada, así que no se sabe cuánto mide un píxel en el terreno.",
        en="The image has no georeference, so that nobody knows how large a pixel is on the ground.",
    ),
    "no_size_geocentric": Text(
        es="El CRS {crs} es geocéntrico: sus x e y no dicen un lugar de la superficie, así que nada tiene área. Lleve la escena a otro CRS (gdalwarp -t_srs EPSG:… escena.tif otra.tif), o no pida áreas (--polygons).",
        en="The CRS {crs} is geocentric: its x and y do not say a place on the surface, so that nothing has an area. Bring the scene into another CRS (gdalwarp -t_srs EPSG:… scene.tif other.tif), or ask for no areas (--polygons).",
    ),
    "no_size_beyond": Text(
        es="Hay partes de la escena que en su CRS, {crs}, no tienen lugar en el terreno, así que no se sabe su área. Llévela a otro CRS (gdalwarp -t_srs EPSG:6933 escena.tif otra.tif), o no pida áreas (--polygons).",
        en="Parts of the scene have no place on the ground in its CRS, {crs}, so that their area is not known. Bring it into another CRS (gdalwarp -t_srs EPSG:6933 scene.tif other.tif), or ask for no areas (--polygons).",
    ),
    "not_in_crs": Text(
        es="El punto ({x}, {y}) en {given} no puede llevarse a {crs}. Compruebe el orden (x es la longitud) y el CRS.",
        en="The point ({x}, {y}) in {given} cannot be brought into {crs}. Check the order (x is the longitude) and the CRS.",
    ),
    "not_one_band": Text(
        es="{file} tiene {count} bandas, y en una carpeta o una correspondencia cada archivo tiene una. Si otra es la máscara, dé su número (mask=2, --mask 2); si no, ábralo por su ruta, solo o en una lista, y pida sus bandas por nombre.",
        en="{file} has {count} bands, and in a folder or a mapping each file has one. If another is its mask, give its number (mask=2, --mask 2); if not, open it by its path, alone or in a list, and ask for its bands by name.",
    ),
    "no_driver": Text(
        es="{file} no se puede leer: el GDAL instalado no incluye el controlador {driver}. Conviértalo a GeoTIFF donde lo haya (gdal_translate), o instale un rasterio que lo incluya, por ejemplo el de conda-forge.",
        en="{file} cannot be read: the GDAL that is installed lacks the driver {driver}. Convert it to GeoTIFF where there is one (gdal_translate), or install a rasterio that has it, such as conda-forge's.",
    ),
    "archive": Text(
        es="{file} es un archivo comprimido. Extráigalo y abra la carpeta o los archivos que salgan de él.",
        en="{file} is an archive. Unpack it, and open the folder or the files that come out of it.",
    ),
    "more_inside": Text(
        es="{file} contiene más imágenes que la que se lee. Se abren por su nombre: {others}.",
        en="{file} holds more images than the one that is read. They are opened by name: {others}.",
    ),
    "no_raster_in_it": Text(
        es="GDAL abre {file}, pero no encuentra en él ninguna banda. Indique un archivo con imágenes.",
        en="GDAL opens {file}, but finds no band in it. Give a file with imagery.",
    ),
    "only_variables": Text(
        es="{file} contiene varias variables en lugar de bandas. Ábralas por su nombre, una o varias con comas: {variables}.",
        en="{file} holds variables instead of bands. Open them by name, one or several with commas: {variables}.",
    ),
    "several_grids": Text(
        es="Las variables de {file} están en mallas distintas: {variables}. Abra por su nombre las que quiera, una o varias con comas, sin el tamaño entre paréntesis.",
        en="The variables of {file} lie on different grids: {variables}. Open those that you want by name, one or several with commas, without the size in parentheses.",
    ),
    "too_many_variables": Text(
        es="{file} contiene demasiadas variables para leerlas todas. Abra por su nombre las que quiera, una o varias con comas: {variables}.",
        en="{file} holds too many variables to read all of them. Open those that you want by name, one or several with commas: {variables}.",
    ),
    "points_elsewhere": Text(
        es="{file} no se abre: contiene un documento {root}, que nombra otros archivos o direcciones de donde leer, y su nombre no lo dice. Si sabe qué nombra, dele un nombre que termine en {ending}.",
        en="{file} is not opened: it holds a {root} document, which names other files or addresses to read from, and its name does not say so. If you know what it names, give it a name that ends in {ending}.",
    ),
    "points_elsewhere_beside": Text(
        es="{file} no se abre: a su lado, como máscara o vista reducida, está {beside}, que no es un ráster con píxeles propios y podría leer de otro lugar. Quítelo de ahí si no sabe de dónde viene.",
        en="{file} is not opened: beside it, as its mask or its overviews, lies {beside}, which is no raster with pixels of its own and could read from elsewhere. Take it away if you do not know where it comes from.",
    ),
    "not_trusted": Text(
        es="{file} no se abre aquí: por su nombre es un ráster virtual, una dirección o un contenedor que lee de otro lugar, y solo se abren archivos de esta máquina con píxeles propios. Ábralo usted mismo por su ruta, o conviértalo antes: gdal_translate {file} copia.tif.",
        en="{file} is not opened here: by its name it is a virtual raster, an address or a container that reads from elsewhere, and only files of this machine with pixels of their own are. Open it yourself by its path, or convert it first: gdal_translate {file} copy.tif.",
    ),
    "block_too_large": Text(
        es="{file} guarda sus píxeles en bloques de {rows}×{columns}, {size} GiB cada uno, y un bloque se lee entero aunque se pida un solo píxel; se leen hasta {most} GiB. Guárdelo en teselas: gdal_translate -co TILED=YES {file} teselas.tif.",
        en="{file} keeps its pixels in blocks of {rows}×{columns}, {size} GiB each, and a block is read whole even for a single pixel; up to {most} GiB are read. Store it in tiles: gdal_translate -co TILED=YES {file} tiles.tif.",
    ),
    "point_outside": Text(
        es="El punto ({x}, {y}) queda fuera de {scene}, que cubre {bounds} en {crs}. Si está en otro CRS, dígalo (crs).",
        en="The point ({x}, {y}) lies outside {scene}, which covers {bounds} in {crs}. If it is in another CRS, say so (crs).",
    ),
    "resolution": Text(
        es="La resolución {resolution} no es posible. Dé un número mayor que 0, en las unidades del CRS.",
        en="Resolution {resolution} is not possible. Give a number above 0, in the units of the CRS.",
    ),
    "sample_too_small": Text(
        es="Una escena simulada mide al menos 32×32 píxeles, y se pidió {height}×{width}.",
        en="A simulated scene has at least 32×32 pixels, and {height}×{width} was asked for.",
    ),
    "sensor_needed": Text(
        es="{scene} no tiene la banda {band}: sus bandas son {bands} y no dice de qué sensor. Diga el sensor (sensor, --sensor), por ejemplo landsat-8, o use esos nombres.",
        en="{scene} has no band {band}: its bands are {bands} and it does not say of which sensor. State the sensor (sensor, --sensor), such as landsat-8, or use those names.",
    ),
    "several_files": Text(
        es="En la carpeta {folder} varios archivos son la banda {band}: {files}. Dé la lista de archivos de una sola escena.",
        en="In the folder {folder} several files are band {band}: {files}. Give the list of files of a single scene.",
    ),
    "sentinel2_unexplained": Text(
        es="{file} es por su nombre de un producto Sentinel-2, y no se encuentra el archivo MTD_MSIL1C.xml o MTD_MSIL2A.xml que dice qué significan sus números. Ábralo dentro del producto entero (….SAFE/GRANULE/…), o dé la escala y el sumando (scale, offset; --scale, --offset): 0.0001 y 0, o desde la versión de procesamiento 04.00 (enero de 2022) 0.0001 y -0.1; para leer los números tal cual, 1 y 0.",
        en="{file} is by its name of a Sentinel-2 product, and the MTD_MSIL1C.xml or MTD_MSIL2A.xml that says what its numbers mean is not found. Open it inside the whole product (….SAFE/GRANULE/…), or give scale and offset (scale, offset; --scale, --offset): 0.0001 and 0, or from processing baseline 04.00 on (January 2022) 0.0001 and -0.1; to read the numbers as they are, 1 and 0.",
    ),
    "several_granules": Text(
        es="{folder} tiene varios gránulos, que son lugares distintos: {granules}. Abra la carpeta de uno de ellos, en GRANULE.",
        en="{folder} has several granules, which are different places: {granules}. Open the folder of one of them, in GRANULE.",
    ),
    "several_products": Text(
        es="La carpeta {folder} contiene varios productos: {products}. Abra uno de ellos.",
        en="The folder {folder} holds several products: {products}. Open one of them.",
    ),
    "size_below_one": Text(
        es="El tamaño o paso {size} no es posible. Dé números enteros desde 1.",
        en="The size or stride {size} is not possible. Give whole numbers from 1.",
    ),
    "smaller_than_patch": Text(
        es="{scene} mide {shape[0]}×{shape[1]} píxeles y el parche {size[0]}×{size[1]}. Use parches menores.",
        en="{scene} is {shape[0]}×{shape[1]} pixels and the patch {size[0]}×{size[1]}. Use smaller patches.",
    ),
    "too_many_classes": Text(
        es="{source} tiene más de {limit} valores distintos: no parece un ráster de clases. Un mapa admite {limit} clases como máximo.",
        en="{source} has more than {limit} different values: it does not look like a raster of classes. A map takes {limit} classes at most.",
    ),
    "too_many_map_classes": Text(
        es="Un mapa de un byte admite 255 clases como máximo, y hay {count}. Agrupe clases.",
        en="A one-byte map takes 255 classes at most, and there are {count}. Merge classes.",
    ),
    "unknown_crs": Text(
        es="El CRS {crs} no se conoce. Dé un código como EPSG:4326.",
        en="The CRS {crs} is not known. Give a code such as EPSG:4326.",
    ),
    "unknown_sensor": Text(
        es="No se conoce el sensor {sensor}{hint}. Se conocen: {known}. Para otros, elija las bandas por su nombre (bands).",
        en="The sensor {sensor} is not known{hint}. Known are: {known}. For others, choose the bands by name (bands).",
    ),
    "unreadable": Text(
        es="No se puede leer {file}: {reason}. El archivo falta, está dañado o incompleto, o no es un ráster.",
        en="{file} cannot be read: {reason}. The file is missing, damaged or incomplete, or is no raster.",
    ),
}
