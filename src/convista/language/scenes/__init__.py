"""What `scenes` says that is of no single folder of it."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "count_of_factors": Text(
        es="Se {given:dio|dieron} {given} {given:valor|valores} de «{what}» para {count} {count:banda|bandas}. Dé uno solo, uno por banda, o una correspondencia banda → valor.",
        en="{given} {given:value|values} of “{what}” {given:was|were} given for {count} {count:band|bands}. Give a single one, one a band, or a mapping band → value.",
    ),
    "empty_folder": Text(
        es="La carpeta {folder} no contiene bandas: ningún archivo .tif, .tiff, .jp2, .img o .vrt. Indique la carpeta que las tiene, o la lista de archivos.",
        en="The folder {folder} holds no bands: no .tif, .tiff, .jp2, .img or .vrt file. Give the folder that has them, or a list of files.",
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
    "no_folder": Text(
        es="No se puede escribir {path}: la carpeta {folder} no existe. Créela antes.",
        en="{path} cannot be written: the folder {folder} does not exist. Make it first.",
    ),
    "no_such_band": Text(
        es="{scene} no tiene la banda {band}{hint}. Tiene: {bands}.",
        en="{scene} has no band {band}{hint}. It has: {bands}.",
    ),
    "only_variables": Text(
        es="{file} contiene varias variables en lugar de bandas. Ábralas por su nombre, una o varias con comas: {variables}.",
        en="{file} holds variables instead of bands. Open them by name, one or several with commas: {variables}.",
    ),
    "point_outside": Text(
        es="El punto ({x}, {y}) queda fuera de {scene}, que cubre {bounds} en {crs}. Si está en otro CRS, dígalo (crs).",
        en="The point ({x}, {y}) lies outside {scene}, which covers {bounds} in {crs}. If it is in another CRS, say so (crs).",
    ),
    "sentinel2_unexplained": Text(
        es="{file} es por su nombre de un producto Sentinel-2, y no se encuentra el archivo MTD_MSIL1C.xml o MTD_MSIL2A.xml que dice qué significan sus números. Ábralo dentro del producto entero (….SAFE/GRANULE/…), o dé la escala y el sumando (scale, offset; --scale, --offset): 0.0001 y 0, o desde la versión de procesamiento 04.00 (enero de 2022) 0.0001 y -0.1; para leer los números tal cual, 1 y 0.",
        en="{file} is by its name of a Sentinel-2 product, and the MTD_MSIL1C.xml or MTD_MSIL2A.xml that says what its numbers mean is not found. Open it inside the whole product (….SAFE/GRANULE/…), or give scale and offset (scale, offset; --scale, --offset): 0.0001 and 0, or from processing baseline 04.00 on (January 2022) 0.0001 and -0.1; to read the numbers as they are, 1 and 0.",
    ),
    "size_below_one": Text(
        es="El tamaño o paso {size} no es posible. Dé números enteros desde 1.",
        en="The size or stride {size} is not possible. Give whole numbers from 1.",
    ),
    "smaller_than_patch": Text(
        es="{scene} mide {shape[0]}×{shape[1]} píxeles y el parche {size[0]}×{size[1]}. Use parches menores.",
        en="{scene} is {shape[0]}×{shape[1]} pixels and the patch {size[0]}×{size[1]}. Use smaller patches.",
    ),
}
