"""What the film of backpropagation through a convolution says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Retropropagación por una convolución, mapa {channel}",
        en="Backpropagation through a convolution, map {channel}",
    ),
    "activated": Text(es="tras la ReLU", en="after the ReLU"),
    "pooled": Text(es="error tras el pooling", en="error after pooling"),
    "routed_map": Text(es="error tras la ReLU", en="error after the ReLU"),
    "z": Text(es="z, antes de la ReLU", en="z, before the ReLU"),
    "delta": Text(es="error δ de la convolución", en="error δ of the convolution"),
    "image": Text(es="entrada, canal {channel}", en="input, channel {channel}"),
    "kernel": Text(es="gradiente ∂K", en="gradient ∂K"),
    "sum_of": Text(es="suma de {count} {count:producto|productos}", en="sum of {count} {count:product|products}"),
    "spread": Text(
        es="¿Cómo aprende un kernel que se usó en todas partes? Vuelve un error por cada valor que dio el pooling.",
        en="How does a kernel learn that was used everywhere? An error comes back for each value that pooling gave.",
    ),
    "routed": Text(
        es="Max-pooling: cada error va entero al ganador de su ventana; los demás no influyeron y reciben 0.",
        en="Max-pooling: each error goes whole to the winner of its window; the others had no say and get 0.",
    ),
    "gated": Text(
        es="ReLU: donde z no era positivo, en {closed} de {count} {count:lugar|lugares}, la compuerta está cerrada y el error es 0.",
        en="ReLU: where z was not positive, at {closed} of {count} {count:place|places}, the gate is shut and the error is 0.",
    ),
    "shared": Text(
        es="El peso K[{row},{column}] se usó en {places} {places:lugar|lugares}: su gradiente suma, en todos, error por píxel leído ({heard} con error).",
        en="Weight K[{row},{column}] was used at {places} {places:place|places}: its gradient sums error times pixel read over all ({heard} with an error).",
    ),
    "next": Text(
        es="K[{row},{column}]: el mismo error, pero los píxeles de la ventana desplazada.",
        en="K[{row},{column}]: the same error, but the pixels of the shifted window.",
    ),
    "onwards": Text(
        es="Los demás pesos, igual: el mismo error, con los píxeles que leyó cada uno.",
        en="The other weights likewise: the same error, with the pixels that each of them read.",
    ),
    "end": Text(
        es="El gradiente del kernel tiene el tamaño del kernel: cada peso compartido aprende de {places} {places:lugar|lugares a la vez}.",
        en="The kernel's gradient has the kernel's size: each shared weight learns from {places} {places:place|places at once}.",
    ),
    "order": Text(
        es="La ejecución no tiene una convolución seguida de ReLU y max-pooling, de una sola muestra. Trace un parche con una red que las tenga.",
        en="The run has no convolution followed by a ReLU and a max-pooling, of one sample. Trace one patch with a network that has them.",
    ),
}
