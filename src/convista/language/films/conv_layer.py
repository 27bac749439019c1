"""What the film of a convolutional layer says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Una capa convolucional: convolución, ReLU y max-pool",
        en="A convolutional layer: convolution, ReLU, max-pool",
    ),
    "input": Text(es="Entrada y borde", en="Input and border"),
    "conv": Text(es="Convolución", en="Convolution"),
    "relu": Text(es="ReLU", en="ReLU"),
    "pool": Text(es="Max-pool", en="Max-pool"),
    "max_zero": Text(es="máx({x}; 0)", en="max({x}, 0)"),
    "max_among": Text(es="máx({values})", en="max({values})"),
    "max_of": Text(es="máx de {count}", en="max of {count}"),
    "open": Text(
        es="{channels:Entra un canal|Entran {channels} canales} y {filters:sale un mapa|salen {filters} mapas}. ¿Lee cada filtro un canal, o todos?",
        en="{channels:One channel goes|{channels} channels go} in, {filters:one map comes|{filters} maps come} out. Does a filter read one channel, or all?",
    ),
    "open_fewer": Text(
        es="{channels:Entra un canal|Entran {channels} canales} y {filters:sale un mapa|salen {filters} mapas}; se muestran {shown} {shown:mapa|mapas}. ¿Lee cada filtro un canal, o todos?",
        en="{channels:One channel goes|{channels} channels go} in, {filters:one map comes|{filters} maps come} out; {shown} {shown:is|are} shown. Does a filter read one channel, or all?",
    ),
    "first": Text(
        es="Todos: el filtro {number} tiene {channels:un kernel|un kernel para cada uno de los {channels} canales}. {channels:Su suma es|Sus sumas hacen} un solo valor de su mapa.",
        en="All: filter {number} has {channels:one kernel|a kernel for each of the {channels} channels}. {channels:Its sum is|Their sums make} a single value of its map.",
    ),
    "first_bias": Text(
        es="Todos: el filtro {number} tiene {channels:un kernel|un kernel para cada uno de los {channels} canales}. Sus sumas y el sesgo hacen un solo valor de su mapa.",
        en="All: filter {number} has {channels:one kernel|a kernel for each of the {channels} channels}. Their sums and the bias make a single value of its map.",
    ),
    "next": Text(
        es="El filtro {number} lee {channels:la misma ventana del canal|la misma ventana de los {channels} canales} con otros kernels y escribe en otro mapa.",
        en="Filter {number} reads {channels:the same window of the channel|the same window of all {channels} channels} with other kernels and writes to another map.",
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
        es="La capa ha convertido {before} en {after} (canales × filas × columnas): un mapa por filtro, cada uno hecho de todos los canales.",
        en="The layer has turned {before} into {after} (channels × rows × columns): one map a filter, each made of all channels.",
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
