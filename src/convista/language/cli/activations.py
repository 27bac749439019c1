"""What `convista activations` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "short": Text(
        es="Hace el mapa de los canales de una capa.", en="Map the channels of a layer over a whole scene."
    ),
    "help": Text(
        es="Hace el mapa de los canales de una capa de la red de RUN sobre una escena entera, a la resolución de la capa.",
        en="Map the channels of a layer of RUN's network over a whole scene, at the layer's own resolution.",
    ),
    "help_layer": Text(
        es="Nombre de la capa, como conv1 o layer2.0.relu.", en="Name of the layer, such as conv1 or layer2.0.relu."
    ),
    "help_channels": Text(
        es="Canales que interesan, contados desde 0; por defecto, todos.",
        en="Channels wanted, counted from 0; by default all.",
    ),
}
