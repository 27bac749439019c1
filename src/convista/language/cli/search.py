"""What `convista search` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "short": Text(es="Busca los lugares más parecidos a uno.", en="Find the places most like a given one."),
    "help": Text(
        es="Busca en la escena los parches más parecidos al de un lugar, según el vector de la red de RUN antes de su última "
        "capa: un mapa de calor y una lista en GeoJSON.",
        en="Find the patches of the scene most like the one at a place, by the vector of RUN's network before its last "
        "layer: a heat map and a list in GeoJSON.",
    ),
    "help_out": Text(es="Mapa de calor, .tif; la lista va al lado.", en="Heat map, .tif; the list lies beside it."),
    "help_places": Text(es="Lugares de la lista.", en="Places to list."),
    "saved_places": Text(es="lugares: {path}", en="places: {path}"),
}
