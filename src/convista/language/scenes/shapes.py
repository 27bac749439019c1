"""What `scenes.shapes` says."""

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
        es="{count:La única forma|Ninguna de las {count} formas} de {source} {count:no cae|cae} sobre un píxel de la escena. Revise su CRS.",
        en="{count:The only shape|None of the {count} shapes} of {source} {count:does not lie|lies} on a pixel of the scene. Check {count:its|their} CRS.",
    ),
    "no_shapes_left": Text(
        es="{count:De la única forma|De las {count} formas} de {source} no queda {count:nada|ninguna}: {unlabelled} no {unlabelled:tiene|tienen} clase (el atributo «{attribute}» está vacío) y {empty} no {empty:tiene|tienen} geometría. Elija otro atributo (attribute, --attribute) o dé otro archivo.",
        en="Of the {count:only shape|{count} shapes} of {source} {count:nothing|none} is left: {unlabelled} {unlabelled:has|have} no class (the attribute “{attribute}” is empty) and {empty} {empty:has|have} no geometry. Choose another attribute (attribute, --attribute) or give another file.",
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
}
