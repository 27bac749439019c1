"""What films of several feature maps say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "channel": Text(es="mapa {channel}", en="map {channel}"),
    "number": Text(es="{channel}", en="{channel}"),
    "not_maps": Text(
        es="Los mapas tienen tamaño {shape}. Hace falta (canales, filas, columnas), sin ejes vacíos.",
        en="The maps have shape {shape}. Give (channels, rows, columns), no axis empty.",
    ),
    "no_such_sample": Text(
        es="La muestra {sample} no existe: van de 0 a {last}.",
        en="There is no sample {sample}: they go from 0 to {last}.",
    ),
}
