"""What `mapping` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "description": Text(es="clase según {architecture} (convista)", en="class by {architecture} (convista)"),
    "panel_scene": Text(es="escena", en="scene"),
    "panel_labels": Text(es="etiquetas", en="labels"),
    "panel_map": Text(es="mapa", en="map"),
    "stride": Text(
        es="el paso es {stride} y ha de estar entre 1 y el lado del parche, {patch}: uno mayor dejaría píxeles sin ver",
        en="the stride is {stride} and must lie between 1 and the patch's side, {patch}: a larger one would leave pixels "
        "unseen",
    ),
}
