"""What is said of imagery in films."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "not_bands": Text(
        es="La imagen tiene tamaño {shape}; hacen falta bandas (bandas, filas, columnas), sin ejes vacíos.",
        en="The image has shape {shape}; bands are needed, (bands, rows, columns), no axis empty.",
    ),
}
