"""What `convista mosaic` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "short": Text(es="Une las partes de un mapa.", en="Join the parts of a map."),
    "help": Text(
        es="Une las partes que hizo convista predict --shard: las que están junto al MAPA, y las de otras CARPETAS.",
        en="Join the parts that convista predict --shard made: those beside the MAP, and those of further FOLDERS.",
    ),
    "arg_map": Text(es="MAPA", en="MAP"),
    "arg_folders": Text(es="[CARPETA]...", en="[FOLDER]..."),
}
