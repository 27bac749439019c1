"""What the film of a convolutional layer says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Una capa convolucional: convolución, ReLU y max-pool",
        en="A convolutional layer: convolution, ReLU, max-pool",
    ),
    "input": Text(es="Entrada", en="Input"),
    "conv": Text(es="Convolución «same»", en="Convolution “same”"),
    "relu": Text(es="ReLU", en="ReLU"),
    "pool": Text(es="Max-pool", en="Max-pool"),
    "max_zero": Text(es="máx({x}; 0)", en="max({x}, 0)"),
    "max_among": Text(es="máx({values})", en="max({values})"),
    "max_of": Text(es="máx de {count}", en="max of {count}"),
    "begin": Text(
        es="{filters:El filtro lee una ventana|Los {filters} filtros leen a la vez la misma ventana} en {channels:el canal|los {channels} canales}; {filters:suma|cada uno suma} lo suyo y escribe su mapa.",
        en="{filters:The filter reads a window|All {filters} filters read the same window} in the {channels:channel|{channels} channels}{filters:| at once}; {filters:it|each} adds up its own and writes its map.",
    ),
    "begin_fewer": Text(
        es="{filters:El filtro lee una ventana|Los {filters} filtros leen a la vez la misma ventana} en {channels:el canal|los {channels} canales}. Se muestran {shown} {shown:filtro|filtros} y los primeros canales.",
        en="{filters:The filter reads a window|All {filters} filters read the same window} in the {channels:channel|{channels} channels}{filters:| at once}. {shown} {shown:filter|filters} and the first channels are shown.",
    ),
    "convolved": Text(
        es="Fila {row}, columna {column}: las sumas de los canales, en {filters:el mapa|los {filters} mapas a la vez}.",
        en="Row {row}, column {column}: the sums of the channels, in {filters:the map|all {filters} maps at once}.",
    ),
    "convolved_bias": Text(
        es="Fila {row}, columna {column}: la suma de cada canal, más el sesgo, en {filters:el mapa|los {filters} mapas a la vez}.",
        en="Row {row}, column {column}: the sum of each channel, plus the bias, in {filters:the map|all {filters} maps at once}.",
    ),
    "onwards": Text(
        es="La ventana sigue: en cada lugar, {filters:el filtro escribe un valor en su mapa|los {filters} filtros escriben a la vez un valor en su mapa}.",
        en="On the window goes: at each place {filters:the filter writes a value into its map|all {filters} filters write a value into their maps at once}.",
    ),
    "rectified": Text(
        es="ReLU, fila por fila: lo negativo pasa a 0, lo positivo queda igual. No mezcla valores.",
        en="ReLU, row by row: what is negative becomes 0, what is positive stays. It mixes no values.",
    ),
    "gathered": Text(
        es="Max-pool, fila {row}, columna {column}: de cada ventana de {size} queda el mayor.",
        en="Max-pool, row {row}, column {column}: of each window of {size} the largest remains.",
    ),
    "gathered_onwards": Text(
        es="Max-pool sigue, ventana por ventana: de cada una de {size} queda el mayor.",
        en="Max-pool goes on, window by window: of each of {size} the largest remains.",
    ),
    "end": Text(
        es="La capa ha convertido {before} en {after} (canales × filas × columnas): un mapa por filtro.",
        en="The layer has turned {before} into {after} (channels × rows × columns): one map a filter.",
    ),
    "together": Text(
        es="image y filters se dan juntos, o ninguno para ver el ejemplo.",
        en="Give image and filters together, or neither to see the example.",
    ),
    "bad_pool": Text(
        es="La ventana del max-pool mide {pool}. Dé un número entero desde 1.",
        en="The window of the max-pool is {pool} wide. Give a whole number from 1.",
    ),
}
