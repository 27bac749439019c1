"""What the film of a chain of convolutions with channels says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Cadena de {layers} {layers:convolución|convoluciones} con varios canales",
        en="A chain of {layers} {layers:convolution|convolutions} with several channels",
    ),
    "seen": Text(es="ventana", en="window"),
    "filter": Text(es="filtro {number}", en="filter {number}"),
    "bias": Text(es="+ sesgo {value}", en="+ bias {value}"),
    "open": Text(
        es="Cada bloque tiene {channels:un plano|varios planos, uno por canal}. ¿Cómo hace un filtro de todos ellos un solo número?",
        en="Each block has {channels:one plane|several planes, one a channel}. How does a filter make a single number of them all?",
    ),
    "first": Text(
        es="El filtro 1 tiene {channels:un kernel|{channels} kernels, uno por canal}. {channels:Da una suma parcial|Cada uno da una suma parcial}, y {channels:esa es|juntas hacen} un solo valor.",
        en="Filter 1 has {channels:one kernel|{channels} kernels, one a channel}. {channels:It|Each} gives a partial sum, and {channels:that is|together they make} a single value.",
    ),
    "next": Text(
        es="El filtro {number} lee la misma ventana con {channels:otro kernel|otros {channels} kernels}: su valor va a su propio plano.",
        en="Filter {number} reads the same window with {channels:another kernel|{channels} other kernels}: its value goes to a plane of its own.",
    ),
    "fill": Text(
        es="La ventana recorre {channels:el plano|los {channels} planos a la vez}, y {filters:el filtro llena su plano|cada filtro llena el suyo} de O{layer}.",
        en="The window passes over {channels:the plane|all {channels} planes at once}, and {filters:the filter fills its plane|each filter fills its own} of O{layer}.",
    ),
    "layer": Text(
        es="Ahora se lee O{before}: {channels:su plano|sus {channels} planos} por {channels:un kernel|{channels} kernels} de otro filtro, y otra vez un solo valor.",
        en="Now O{before} is read: its {channels:plane|{channels} planes} by {channels:one kernel|the {channels} kernels} of another filter, and again a single value.",
    ),
    "end": Text(
        es="Un filtro mezcla todos los canales en un valor: por eso hay tantos planos como filtros, no como canales leídos.",
        en="A filter mixes all channels into one value: so there are as many planes as filters, not as channels read.",
    ),
}
