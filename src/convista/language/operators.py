"""What `operators` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "index_outside": Text(
        es="El índice {index} no existe en una salida de tamaño {shape}. Use una posición por eje, desde 0.",
        en="Index {index} does not exist in an output of size {shape}. Give one position per axis, counted from 0.",
    ),
    "kernel_too_large": Text(
        es="El kernel abarca {kernel} elementos y la entrada con relleno tiene {size}. Use un kernel menor o más relleno.",
        en="The kernel spans {kernel} elements and the padded input has {size}. Use a smaller kernel or more padding.",
    ),
}
