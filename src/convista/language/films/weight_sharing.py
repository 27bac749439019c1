"""What the film of weight sharing says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Pesos compartidos: una convolución como capa densa", en="Weight sharing: a convolution as a dense layer"
    ),
    "image": Text(es="imagen: {pixels} {pixels:píxel|píxeles}", en="image: {pixels} {pixels:pixel|pixels}"),
    "kernel": Text(es="kernel: {weights} {weights:peso|pesos}", en="kernel: {weights} {weights:weight|weights}"),
    "matrix": Text(
        es="matriz: {outputs} {outputs:salida (fila)|salidas (filas)} × {pixels} {pixels:píxel (columna)|píxeles (columnas)}",
        en="matrix: {outputs} {outputs:output (row)|outputs (rows)} × {pixels} {pixels:pixel (column)|pixels (columns)}",
    ),
    "weights": Text(es="pesos", en="weights"),
    "product": Text(es="{a}·{b} = {c} {c:peso|pesos}", en="{a}·{b} = {c} {c:weight|weights}"),
    "dense": Text(
        es="¿Por qué le bastan tan pocos pesos a una convolución? Una capa densa de {inputs} {inputs:píxel|píxeles} a {outputs} {outputs:salida|salidas} tiene uno por celda.",
        en="Why does a convolution need so few weights? A dense layer from {inputs} {inputs:pixel|pixels} to {outputs} {outputs:output|outputs} has one a cell.",
    ),
    "slides": Text(
        es="La convolución llena la misma matriz: en cada lugar, una fila con {weights:el mismo peso|los mismos {weights} pesos} bajo otros píxeles, y 0 en lo demás.",
        en="The convolution fills the same matrix: at each place a row with the same {weights:weight|{weights} weights} under other pixels, and 0 elsewhere.",
    ),
    "shared": Text(
        es="{outputs:La única fila tiene|Las {outputs} filas comparten} {weights:el peso|los {weights} pesos} del kernel: lo que se aprende en un lugar vale en todos.",
        en="{outputs:The only row has|All {outputs} rows share} the kernel's {weights:weight|{weights} weights}: what is learnt at one place holds at all.",
    ),
    "at_size": Text(
        es="En un parche de {patch}×{patch} con {bands} {bands:banda|bandas} y {filters} {filters:filtro|filtros}: {shared} {weights:peso compartido|pesos compartidos}, o {dense} en una capa densa.",
        en="On a patch of {patch}×{patch} with {bands} {bands:band|bands} and {filters} {filters:filter|filters}: {shared} shared {weights:weight|weights}, or {dense} in a dense layer.",
    ),
    "large": Text(
        es="La imagen tiene {pixels} píxeles y la matriz se ve hasta con {most}. Dé un recorte menor.",
        en="The image has {pixels} pixels and the matrix can be seen for up to {most}. Give a smaller part of it.",
    ),
    "data": Text(
        es="Kernel {kernel}, imagen {image}, parche {patch}, bandas {bands}, filtros {filters}: el kernel debe caber en la imagen y en el parche, y las cuentas ser 1 o más.",
        en="Kernel {kernel}, image {image}, patch {patch}, bands {bands}, filters {filters}: the kernel must fit into image and patch, and counts be 1 or more.",
    ),
}
