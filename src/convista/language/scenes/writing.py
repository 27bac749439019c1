"""What `scenes.writing` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "class_values": Text(
        es="{count:El valor|Los valores} de clase {values} no {count:cabe en el mapa: cada clase ha de tener uno distinto, de 0 a 255 y diferente|caben en el mapa: deben ser distintos, de 0 a 255 y diferentes} de {nodata}, que significa «sin dato».",
        en="The class {count:value|values} {values} {count:does not fit the map: each class must have one of its own, from 0 to 255 and|do not fit the map: they must be distinct, from 0 to 255 and} other than {nodata}, which means no datum.",
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
    "too_many_map_classes": Text(
        es="Un mapa de un byte admite 255 clases como máximo, y hay {count}. Agrupe clases.",
        en="A one-byte map takes 255 classes at most, and there are {count}. Merge classes.",
    ),
}
