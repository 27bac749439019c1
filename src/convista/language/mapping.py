"""What `mapping` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "description": Text(es="clase según {architecture} (convista)", en="class by {architecture} (convista)"),
    "panel_scene": Text(es="escena", en="scene"),
    "panel_labels": Text(es="etiquetas", en="labels"),
    "panel_map": Text(es="mapa", en="map"),
    "over_input": Text(
        es="El mapa {path} ocuparía el lugar de un archivo del que se hace, {file}, y lo destruiría. Elija otro nombre "
        "para el mapa.",
        en="The map {path} would take the place of a file that it is made from, {file}, and destroy it. Choose another "
        "name for the map.",
    ),
    "stride": Text(
        es="El paso es {stride} y ha de estar entre 1 y el lado del parche, {patch}: uno mayor dejaría píxeles sin ver.",
        en="The stride is {stride} and must lie between 1 and the patch's side, {patch}: a larger one would leave pixels "
        "unseen.",
    ),
}
