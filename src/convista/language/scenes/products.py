"""What `scenes.products` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "metadata_incomplete": Text(
        es="En los metadatos {file} falta {missing}, y sin ello no se conoce la escala de las bandas. Descargue de nuevo el producto, o abra sus archivos de banda dando la escala (scale).",
        en="The metadata {file} lacks {missing}, without which the scale of the bands is unknown. Download the product again, or open its band files and give the scaling (scale).",
    ),
    "metadata_unreadable": Text(
        es="No se pueden leer los metadatos {file}: {reason}. Descargue de nuevo el producto, o indique los archivos de banda sin ellos.",
        en="The metadata {file} cannot be read: {reason}. Download the product again, or give the band files without them.",
    ),
    "several_granules": Text(
        es="{folder} tiene varios gránulos, que son lugares distintos: {granules}. Abra la carpeta de uno de ellos, en GRANULE.",
        en="{folder} has several granules, which are different places: {granules}. Open the folder of one of them, in GRANULE.",
    ),
    "several_products": Text(
        es="La carpeta {folder} contiene varios productos: {products}. Abra uno de ellos.",
        en="The folder {folder} holds several products: {products}. Open one of them.",
    ),
}
