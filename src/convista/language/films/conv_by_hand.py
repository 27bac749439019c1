"""What the film of the first values says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="Los dos primeros valores, a mano", en="The first two values, by hand"),
    "open": Text(
        es="Una ventana de la imagen I, el kernel K: ¿qué número sale? Filas y columnas se cuentan desde 1.",
        en="A window of the image I, the kernel K: which number comes out? Rows and columns are counted from 1.",
    ),
    "close": Text(
        es="{count} {count:producto y una suma|productos y una suma}: eso es toda la convolución, un lugar de la ventana tras otro.",
        en="{count} {count:product and one sum|products and one sum}: that is all of a convolution, one place of the window after the other.",
    ),
    "begin": Text(
        es="La ventana cubre {count} {count:píxel. Se|píxeles. Cada uno se} multiplicará por el peso del kernel en su mismo lugar: así sale {place}.",
        en="The window covers {count} {count:pixel. It will|pixels. Each will} be multiplied by the kernel's weight in the same place: that gives {place}.",
    ),
    "next": Text(
        es="La ventana avanza a la derecha. El kernel es el mismo; {count:el píxel, otro|los {count} píxeles, otros}: así sale {place}.",
        en="The window moves to the right. The kernel is the same, the {count:pixel is another|{count} pixels are others}: that gives {place}.",
    ),
    "product": Text(
        es="El píxel I[{row},{column}] por el peso K[{u},{v}]: {value}·{weight} {equals} {product}. La suma va por {so_far}.",
        en="Pixel I[{row},{column}] times weight K[{u},{v}]: {value}·{weight} {equals} {product}. The sum so far is {so_far}.",
    ),
    "onwards": Text(
        es="Así con cada píxel: por el peso que tiene en su mismo lugar, y a la suma.",
        en="So with each pixel: times the weight in the same place, and on to the sum.",
    ),
    "row": Text(
        es="La fila {row} del kernel aporta {value}. La suma va por {so_far}.",
        en="Row {row} of the kernel adds {value}. The sum so far is {so_far}.",
    ),
    "end": Text(
        es="La suma de todos los productos es {place} = {value}, y se escribe en la salida.",
        en="The sum of all products is {place} = {value}, and is written into the output.",
    ),
}
