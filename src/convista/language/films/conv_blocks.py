"""What the films of convolution in perspective say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "valid_title": Text(
        es="Convolución «valid» en perspectiva, paso {stride}",
        en="Convolution “valid” in perspective, stride {stride}",
    ),
    "same_title": Text(
        es="Convolución «same» en perspectiva, paso {stride}",
        en="Convolution “same” in perspective, stride {stride}",
    ),
    "open": Text(
        es="¿Dónde queda la salida de una convolución? De frente solo se ve la entrada; desde un lado se ve que la salida está detrás.",
        en="Where is the output of a convolution? From the front only the input is seen; from the side, the output stands behind it.",
    ),
    "channels": Text(
        es="Con dos filtros más hay tres mapas, uno detrás de otro: la profundidad cuenta canales.",
        en="With two more filters there are three maps, one behind the other: depth counts channels.",
    ),
    "channels_narration": Text(
        es="La profundidad cuenta canales. Aquí se añaden dos filtros, el mismo kernel girado: cada filtro escribe su propio mapa, y el bloque de salida tiene tres canales.",
        en="Depth counts channels. Two filters are added here, the same kernel turned: each filter writes a map of its own, and the output block has three channels.",
    ),
    "channels_name": Text(es="Salida O ({rows}×{columns}×{channels})", en="Output O ({rows}×{columns}×{channels})"),
    "begin": Text(
        es="El kernel, en {window_colour}, se apoya sobre la entrada: {count:un píxel por su peso, que es|{count} píxeles por sus {count} pesos, y la suma es} un valor de la salida.",
        en="The kernel, in {window_colour}, lies on the input: {count:one pixel times its weight, which is|{count} pixels times its {count} weights, and their sum is} one value of the output.",
    ),
    "jump": Text(
        es="Paso {stride}: el bloque avanza {stride} celdas, y la salida solo una.",
        en="Stride {stride}: the block moves {stride} cells, the output only one.",
    ),
    "border": Text(
        es="El borde de ceros deja que el bloque se asome fuera de la imagen: sus productos con ceros no suman nada.",
        en="The border of zeros lets the block reach beyond the image: its products with zeros add nothing.",
    ),
    "step": Text(
        es="Los mismos pesos sobre otros píxeles: {place} = {value}.",
        en="The same weights over other pixels: {place} = {value}.",
    ),
    "onwards": Text(
        es="Los mismos pesos siguen sobre otros píxeles, lugar por lugar: cada uno da un valor de la salida.",
        en="The same weights go on over other pixels, place by place: each gives one value of the output.",
    ),
    "end": Text(
        es="El mismo bloque ha pasado por todos los lugares: {count} en total, una salida de {rows}×{columns}.",
        en="The same block has been at every place: {count} in all, an output of {rows}×{columns}.",
    ),
    "end_unread": Text(
        es="El bloque ha pasado por {count} {count:lugar|lugares}: una salida de {rows}×{columns}. Lo enmarcado en {muted_colour} no lo lee ninguna ventana.",
        en="The block has been at {count} {count:place|places}: an output of {rows}×{columns}. What is framed in {muted_colour} is read by no window.",
    ),
}
