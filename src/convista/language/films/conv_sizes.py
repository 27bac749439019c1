"""What the films of padding, stride and size say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "valid_title": Text(es="Convolución «valid», paso {stride}", en="Convolution “valid”, stride {stride}"),
    "same_title": Text(es="Convolución «same», paso {stride}", en="Convolution “same”, stride {stride}"),
    "rows": Text(es="filas", en="rows"),
    "columns": Text(es="columnas", en="columns"),
    "ask_valid": Text(
        es="¿En cuántos lugares cabe una ventana de {kernel} dentro de una imagen de {size}? Tantos valores tendrá la salida.",
        en="At how many places does a window of {kernel} fit inside an image of {size}? The output will have as many values.",
    ),
    "ask_valid_stride": Text(
        es="¿Y si la ventana avanza de {stride} en {stride} celdas? ¿Qué tamaño tiene entonces la salida?",
        en="What if the window moves {stride} cells at a time? How large is the output then?",
    ),
    "ask_same": Text(
        es="¿Puede la salida ser tan grande como la imagen, {size}, si la ventana mide {kernel}?",
        en="Can the output be as large as the image, {size}, if the window is {kernel}?",
    ),
    "ask_same_stride": Text(
        es="Un borde de ceros, y una ventana que avanza de {stride} en {stride} celdas: ¿qué tamaño tiene la salida?",
        en="A border of zeros, and a window that moves {stride} cells at a time: how large is the output?",
    ),
    "ask_both": Text(
        es="¿Dónde se ponen los ceros, si no se reparten por igual? Hay dos convenciones, y no dan los mismos valores.",
        en="Where do the zeros go if they cannot be shared out evenly? There are two conventions, with different values.",
    ),
    "letters": Text(
        es="N es el lado de la imagen, K el del kernel, P los ceros de cada lado, S el paso y D la dilatación (1 es ninguna). La salida mide {output}.",
        en="N is the side of the image, K that of the kernel, P the zeros on each side, S the stride, D the dilation (1 is none). The output is {output}.",
    ),
    "skipped": Text(
        es="La ventana salta {stride} celdas: {count:el lugar intermedio, a trazos, se queda|los {count} lugares intermedios, a trazos, se quedan} sin valor en la salida.",
        en="The window jumps {stride} cells: the {count:place|{count} places} between, dashed, {count:gets|get} no value in the output.",
    ),
    "valid": Text(
        es="«valid»: sin relleno. La ventana no sale de la imagen, y por eso la salida es menor: de {size} quedan {output}.",
        en="“valid”: no padding. The window never leaves the image, so the output is smaller: {size} becomes {output}.",
    ),
    "valid_stride": Text(
        es="Paso {stride}: la ventana avanza {stride} celdas cada vez, a la derecha y hacia abajo; de {size} quedan {output}.",
        en="Stride {stride}: the window moves {stride} cells at a time, to the right and down; {size} becomes {output}.",
    ),
    "same": Text(
        es="«same»: un borde de ceros deja que la ventana se asome fuera de la imagen, y la salida conserva el tamaño: {output}.",
        en="“same”: a border of zeros lets the window reach beyond the image, so the output keeps the size: {output}.",
    ),
    "same_stride": Text(
        es="«same» con paso {stride}: borde de ceros, y la ventana avanza {stride} celdas; de {size} quedan {output}.",
        en="“same” with stride {stride}: a border of zeros, and the window moves {stride} cells; {size} becomes {output}.",
    ),
    "both": Text(
        es="Relleno igual por ambos lados, como se da a mano en PyTorch: {above} arriba y {below} abajo, {before} a la izquierda y {after} a la derecha.",
        en="Equal padding on both sides, as it is given by hand in PyTorch: {above} above and {below} below, {before} left and {after} right.",
    ),
    "both_stride": Text(
        es="Relleno igual por ambos lados, a mano en PyTorch (su «same» no admite paso): {above} arriba y {below} abajo, {before} a la izquierda y {after} a la derecha.",
        en="Equal padding on both sides, by hand in PyTorch (its “same” allows no stride): {above} above and {below} below, {before} left and {after} right.",
    ),
    "after": Text(
        es="«same», uno más a la derecha y abajo (TensorFlow y PyTorch): {above} arriba y {below} abajo, {before} a la izquierda y {after} a la derecha.",
        en="“same”, one more on the right and below (TensorFlow and PyTorch): {above} above and {below} below, {before} left and {after} right.",
    ),
    "after_stride": Text(
        es="«same» con paso {stride} como en TensorFlow, uno más a la derecha y abajo: {above} arriba y {below} abajo, {before} a la izquierda y {after} a la derecha.",
        en="“same” with stride {stride} as in TensorFlow, one more on the right and below: {above} above and {below} below, {before} left and {after} right.",
    ),
    "end": Text(
        es="Cada salida es un lugar de la ventana: en {whole} caben {output} lugares.",
        en="Each output is one place of the window: in {whole} there are {output} places.",
    ),
    "end_border": Text(
        es="Cada salida es un lugar de la ventana: en {whole}, contando el borde, caben {output} lugares.",
        en="Each output is one place of the window: in {whole}, counting the border, there are {output} places.",
    ),
    "end_stride": Text(
        es="Con paso {stride} la salida tiene uno de cada {stride} lugares por eje: {output}.",
        en="With stride {stride} the output has one in {stride} places along each axis: {output}.",
    ),
    "unread": Text(
        es="La división no es exacta y ⌊ ⌋ redondea hacia abajo: lo que sobra no se lee nunca (filas: {rows}, columnas: {columns}).",
        en="The division leaves a remainder and ⌊ ⌋ rounds down: what is left over is never read (rows: {rows}, columns: {columns}).",
    ),
    "output_both": Text(es="Simétrico ({rows}×{columns})", en="Symmetric ({rows}×{columns})"),
    "output_after": Text(es="Asimétrico ({rows}×{columns})", en="Asymmetric ({rows}×{columns})"),
    "other_values": Text(
        es="El mismo tamaño, otros valores: {count:difiere|difieren} {count} de {all}, porque las ventanas no caen sobre los mismos píxeles.",
        en="The same size, other values: {count} of {all} {count:differs|differ}, because the windows do not stand on the same pixels.",
    ),
    "same_values": Text(
        es="El mismo tamaño y, con esta imagen, los mismos valores, aunque las ventanas no caigan sobre los mismos píxeles.",
        en="The same size and, on this image, the same values, though the windows do not stand on the same pixels.",
    ),
    "other_size": Text(
        es="Las dos convenciones no dan ni el mismo tamaño: {first} y {second}.",
        en="The two conventions do not even give the same size: {first} and {second}.",
    ),
    "convention": Text(
        es="No hay ninguna convención de «same» llamada «{given}». Elija una de: {known}, o ninguna para ver ambas.",
        en="There is no convention of “same” named “{given}”. Choose one of: {known}, or none to see both.",
    ),
}
