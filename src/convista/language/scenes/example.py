"""What has to be said of the scene that comes with the package."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "credit": Text(
        es="contiene datos modificados de Copernicus Sentinel 2019",
        en="contains modified Copernicus Sentinel data 2019",
    ),
}
