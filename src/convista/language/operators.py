"""What `operators` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "index_outside": Text(
        es="El índice {index} no existe en una salida de tamaño {shape}. Use una posición por eje, desde 0.",
        en="Index {index} does not exist in an output of size {shape}. Give one position per axis, counted from 0.",
    ),
    "no_such_element": Text(
        es="El índice {index} no existe en {operand}, de tamaño {shape}. Use una posición por eje, desde 0.",
        en="Index {index} does not exist in {operand}, of size {shape}. Give one position per axis, counted from 0.",
    ),
    "no_gradient": Text(
        es="{operator} no da gradiente respecto de «{operand}». Lo da respecto de: {known}.",
        en="{operator} gives no gradient with respect to “{operand}”. It gives one with respect to: {known}.",
    ),
    "kernel_too_large": Text(
        es="El kernel abarca {kernel} {kernel:elemento|elementos} y la entrada con relleno tiene {size}. Use un kernel menor o más relleno.",
        en="The kernel spans {kernel} {kernel:element|elements} and the padded input has {size}. Use a smaller kernel or more padding.",
    ),
    "filter_size_not_odd": Text(
        es="Un filtro de Sobel tiene un tamaño impar de 3 o más, y {size} no lo es. Use 3, 5 o 7.",
        en="A Sobel filter has an odd size of 3 or more, and {size} is not. Use 3, 5 or 7.",
    ),
    "kernel_not_square": Text(
        es="El kernel es {shape}. Para girarlo debe ser cuadrado: dé un solo kernel de n×n.",
        en="The kernel is {shape}. To be turned it must be square: give a single kernel of n×n.",
    ),
    "no_filter_of_this_size": Text(
        es="Ningún filtro clásico de los dados es de {size}×{size}. Use los de bank({size}).",
        en="No classical filter given here is {size}×{size}. Use those of bank({size}).",
    ),
}
