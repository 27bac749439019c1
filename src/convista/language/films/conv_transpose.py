"""What the film of a transposed convolution says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="Convolución transpuesta, paso a paso", en="Transposed convolution, step by step"),
    "traced_title": Text(
        es="{layer}, mapa {channel}: una convolución transpuesta, paso a paso",
        en="{layer}, map {channel}: a transposed convolution, step by step",
    ),
    "input": Text(es="{name} ({rows}×{columns})", en="{name} ({rows}×{columns})"),
    "products": Text(es="valor · K", en="value · K"),
    "sum_of": Text(es="suma de {count} {count:producto|productos}", en="sum of {count} {count:product|products}"),
    "open": Text(
        es="¿Cómo crece un mapa de {before} hasta {after}? Cada valor se reparte, multiplicado por los pesos del kernel. (Filas y columnas, desde {origin}.)",
        en="How does a map of {before} grow to {after}? Each value is spread, times the weights of the kernel. (Rows and columns from {origin}.)",
    ),
    "begin": Text(
        es="Al revés que una convolución: cada valor de entrada multiplica todo el kernel, y ese {size} se suma en la salida.",
        en="The reverse of a convolution: each input value multiplies the whole kernel, and that {size} is added to the output.",
    ),
    "begin_fewer": Text(
        es="Cada valor de entrada multiplica todo su kernel, y ese {size} se suma en la salida. Hay {channels} canales; {shown:se muestra el que más aporta|se muestran los {shown} que más aportan}.",
        en="Each input value multiplies its whole kernel, and that {size} is added to the output. Of {channels} channels the {shown:one that adds most is|{shown} that add most are} shown.",
    ),
    "overlap": Text(
        es="El valor {value} de la fila {row}, columna {column}: su kernel cae {stride} {stride:celda|celdas} más {way}; donde las ventanas se solapan, se suman.",
        en="Value {value} at row {row}, column {column}: its kernel lands {stride} {stride:cell|cells} further {way}; where windows overlap, they add up.",
    ),
    "apart": Text(
        es="El valor {value} de la fila {row}, columna {column}: su kernel cae {stride} {stride:celda|celdas} más {way}; las ventanas no se solapan.",
        en="Value {value} at row {row}, column {column}: its kernel lands {stride} {stride:cell|cells} further {way}; the windows do not overlap.",
    ),
    "to_the_right": Text(es="a la derecha", en="right"),
    "downwards": Text(es="abajo", en="down"),
    "channels": Text(
        es="Fila {row}, columna {column} de la entrada: cada canal reparte su valor con su propio kernel.",
        en="Row {row}, column {column} of the input: each channel spreads its own value by its own kernel.",
    ),
    "stop": Text(
        es="Fila {row}, columna {column} de la entrada. Son {count} lugares, y la película se detiene en {shown}.",
        en="Row {row}, column {column} of the input. There are {count} places, and the film stops at {shown}.",
    ),
    "onwards": Text(
        es="Así reparte cada valor de la entrada su kernel por la salida; lo que cae en la misma celda se suma.",
        en="So each value of the input spreads its kernel over the output; what falls into the same cell is added up.",
    ),
    "end": Text(
        es="De {before} a {after}: así crece un mapa en el decodificador de una red.",
        en="From {before} to {after}: so a map grows in the decoder of a network.",
    ),
}
