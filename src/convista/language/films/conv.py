"""What the films of convolutions say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="Convolución, paso a paso", en="Convolution, step by step"),
    "input": Text(es="Entrada I ({rows}×{columns})", en="Input I ({rows}×{columns})"),
    "kernel": Text(es="Kernel K ({rows}×{columns})", en="Kernel K ({rows}×{columns})"),
    "products": Text(es="Productos", en="Products"),
    "output": Text(es="Salida O ({rows}×{columns})", en="Output O ({rows}×{columns})"),
    "open": Text(
        es="{pixels} {pixels:píxel|píxeles} y {weights} {weights:peso|pesos}: ¿cómo salen de ahí {values} {values:valor|valores}? (Filas y columnas se cuentan desde {origin}.)",
        en="{pixels} {pixels:pixel|pixels} and {weights} {weights:weight|weights}: how do {values} {values:value|values} come out of them? (Rows and columns are counted from {origin}.)",
    ),
    "end": Text(
        es="Los mismos {weights} {weights:peso|pesos} en todos los lugares: una sola pregunta, y la salida es el mapa de las respuestas.",
        en="The same {weights} {weights:weight|weights} at every place: one question, and the output is the map of its answers.",
    ),
    "begin": Text(
        es="La ventana cubre {count} {count:número, que se multiplica por el del kernel|números; cada uno se multiplica por el del kernel en su mismo lugar, y todo se suma}.",
        en="The window covers {count} {count:number, which is multiplied by the kernel's|numbers; each is multiplied by the kernel's in the same place, and all is summed}.",
    ),
    "begin_channels": Text(
        es="Un filtro tiene un kernel de {size} por canal: cada canal da una suma, y las {channels} sumas dan un solo valor.",
        en="A filter has one {size} kernel for each channel: every channel gives a sum, and the {channels} sums give one value.",
    ),
    "begin_fewer_channels": Text(
        es="Un filtro tiene un kernel de {size} por canal: cada canal da una suma, y las {channels} sumas dan un solo valor. {shown:Se muestra el canal que más pesa|Se muestran los {shown} canales que más pesan}; los demás, sumados.",
        en="A filter has one {size} kernel for each channel: every channel gives a sum, and the {channels} sums give one value. The {shown:channel that weighs most is|{shown} channels that weigh most are} shown, the others added up.",
    ),
    "stop": Text(
        es="Fila {row}, columna {column} de la salida. La ventana pasa por {count} posiciones y se detiene aquí en {shown}.",
        en="Row {row}, column {column} of the output. The window visits {count} positions and stops here at {shown}.",
    ),
    "onwards": Text(
        es="La ventana sigue, fila por fila: en cada lugar, los mismos pesos sobre otros números dan un valor de la salida.",
        en="On the window goes, row by row: at each place the same weights over other numbers give one value of the output.",
    ),
    "onwards_stops": Text(
        es="La ventana pasa por {count} posiciones. Se ven {shown}: las que más dicen.",
        en="The window visits {count} positions. {shown} of them are shown: those that tell most.",
    ),
    "channel": Text(es="canal {number}", en="channel {number}"),
    "image": Text(es="entrada I", en="input I"),
    "window": Text(es="Ventana · {name}", en="Window · {name}"),
    "slice": Text(es="Kernel · {name}", en="Kernel · {name}"),
    "sum_of": Text(es="suma de {count} {count:producto|productos}", en="sum of {count} {count:product|products}"),
    "others": Text(es="{count:otro|otros {count}}", en="{count} {count:other|others}"),
    "bias_name": Text(es="sesgo", en="bias"),
    "step": Text(
        es="La ventana en la fila {row}, columna {column} de la salida da {place}.",
        en="The window at row {row}, column {column} of the output gives {place}.",
    ),
    "darker_right": Text(
        es="{place} es {sign}: hacia la derecha la imagen se oscurece.",
        en="{place} is {sign}: the image gets darker to the right.",
    ),
    "brighter_right": Text(
        es="{place} es {sign}: hacia la derecha la imagen se aclara.",
        en="{place} is {sign}: the image gets brighter to the right.",
    ),
    "even_right": Text(
        es="{place} es {sign}: los dos lados de la ventana pesan lo mismo.",
        en="{place} is {sign}: both sides of the window weigh the same.",
    ),
    "darker_down": Text(
        es="{place} es {sign}: hacia abajo la imagen se oscurece.",
        en="{place} is {sign}: the image gets darker downwards.",
    ),
    "brighter_down": Text(
        es="{place} es {sign}: hacia abajo la imagen se aclara.",
        en="{place} is {sign}: the image gets brighter downwards.",
    ),
    "even_down": Text(
        es="{place} es {sign}: la parte alta y la baja de la ventana pesan lo mismo.",
        en="{place} is {sign}: the upper and lower part of the window weigh the same.",
    ),
    "zeros_of_border": Text(
        es="{place} es {sign} solo por los ceros del borde: los píxeles de la imagen no lo darían por sí mismos.",
        en="{place} is {sign} only because of the border's zeros: the image's own pixels would not make it so.",
    ),
    "end_darker_right": Text(
        es="Con este K, positivo significa más oscuro a la derecha y negativo más claro: la red no gira el kernel.",
        en="With this K, positive means darker to the right and negative brighter: a network does not flip the kernel.",
    ),
    "end_brighter_right": Text(
        es="Con este K, positivo significa más claro a la derecha y negativo más oscuro: la red no gira el kernel.",
        en="With this K, positive means brighter to the right and negative darker: a network does not flip the kernel.",
    ),
    "end_darker_down": Text(
        es="Con este K, positivo significa más oscuro hacia abajo y negativo más claro: la red no gira el kernel.",
        en="With this K, positive means darker downwards and negative brighter: a network does not flip the kernel.",
    ),
    "end_brighter_down": Text(
        es="Con este K, positivo significa más claro hacia abajo y negativo más oscuro: la red no gira el kernel.",
        en="With this K, positive means brighter downwards and negative darker: a network does not flip the kernel.",
    ),
    "sign_positive": Text(es="positivo", en="positive"),
    "sign_negative": Text(es="negativo", en="negative"),
    "sign_zero": Text(es="cero", en="zero"),
    "traced_title": Text(
        es="{layer}, mapa {channel}: una convolución, paso a paso",
        en="{layer}, map {channel}: a convolution, step by step",
    ),
    "ranks": Text(
        es="La entrada tiene tamaño {x} y los pesos {weight}. Hacen falta (1, canales, filas, columnas) y (filtros, canales, filas, columnas), sin ejes vacíos.",
        en="The input has shape {x} and the weights {weight}. Give (1, channels, rows, columns) and (filters, channels, rows, columns), no axis empty.",
    ),
    "image_or_filter": Text(
        es="{name} tiene tamaño {shape}; hacen falta (filas, columnas) o (canales, filas, columnas), sin ejes vacíos.",
        en="{name} has shape {shape}; give (rows, columns) or (channels, rows, columns), no axis empty.",
    ),
    "channels": Text(
        es="La entrada tiene {x} {x:canal|canales} y los pesos {weight} en {groups} {groups:grupo|grupos} leen {read}. Haga que coincidan.",
        en="The input has {x} {x:channel|channels} and the weights {weight} in {groups} {groups:group|groups} read {read}. Make them agree.",
    ),
    "bias": Text(
        es="El sesgo tiene tamaño {bias} y hay {filters} {filters:filtro|filtros}. Dé un número por filtro.",
        en="The bias has shape {bias} and there {filters:is|are} {filters} {filters:filter|filters}. Give one number a filter.",
    ),
    "band_names": Text(
        es="Hay {names} {names:nombre|nombres} de banda y la entrada tiene {channels} {channels:canal|canales}. Dé un nombre por canal.",
        en="There {names:is|are} {names} band {names:name|names} and the input has {channels} {channels:channel|channels}. Give one name a channel.",
    ),
}
