"""What the film of cross-correlation and convolution says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="Correlación cruzada y convolución", en="Cross-correlation and convolution"),
    "input": Text(es="Entrada I ({rows}×{columns})", en="Input I ({rows}×{columns})"),
    "kernel": Text(es="Kernel K", en="Kernel K"),
    "turned": Text(es="K girado", en="K flipped"),
    "correlation": Text(es="Correlación cruzada", en="Cross-correlation"),
    "convolution": Text(es="Convolución", en="Convolution"),
    "corr_name": Text(es="correlación{place} = ", en="cross-correlation{place} = "),
    "conv_name": Text(es="convolución{place} = ", en="convolution{place} = "),
    "begin": Text(
        es="Las redes deslizan K tal cual: es una correlación cruzada. La convolución de las matemáticas lo gira antes. ¿Importa?",
        en="Networks slide K as it is: a cross-correlation. The convolution of mathematics flips it first. Does it matter?",
    ),
    "rows": Text(
        es="Se copia K. Primero se invierte el orden de las filas.",
        en="K is copied. First the order of the rows is reversed.",
    ),
    "columns": Text(
        es="Después, el de las columnas: K ha dado media vuelta.",
        en="Then that of the columns: K has made half a turn.",
    ),
    "step": Text(
        es="La misma ventana en la fila {row}, columna {column}: primero la suma con K, después con K girado.",
        en="The same window at row {row}, column {column}: first the sum with K, then with K flipped.",
    ),
    "onwards": Text(
        es="La ventana sigue, fila por fila: en cada lugar, la suma con K y la suma con K girado.",
        en="On the window goes, row by row: at each place the sum with K, and the one with K flipped.",
    ),
    "end": Text(
        es="Los dos mapas difieren. A una red le da igual: aprende sus pesos, y aprendería K girado con la misma facilidad.",
        en="The two maps differ. A network does not mind: it learns its weights, and would learn K flipped just as easily.",
    ),
    "opposite": Text(
        es="Girar este K solo le cambia el signo, y también a la salida. Una red aprende sus pesos: le da igual.",
        en="Flipping this K only changes its sign, and so that of the output. A network learns its weights: it does not mind.",
    ),
    "same": Text(
        es="Este K girado es el mismo K: las dos operaciones coinciden.",
        en="This K flipped is the same K: the two operations agree.",
    ),
    "too_large": Text(
        es="Una imagen de {image} con un kernel de {kernel} no cabe con números legibles. Recorte la imagen, por ejemplo a 8×8.",
        en="An image of {image} with a kernel of {kernel} does not fit with legible numbers. Crop the image, to 8×8 for instance.",
    ),
}
