"""What `scenes.bands` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
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
    "unknown_sensor": Text(
        es="No se conoce el sensor {sensor}{hint}. Se conocen: {known}. Para otros, elija las bandas por su nombre (bands).",
        en="The sensor {sensor} is not known{hint}. Known are: {known}. For others, choose the bands by name (bands).",
    ),
}
