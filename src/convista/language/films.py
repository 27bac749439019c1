"""What `films` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "conv_title": Text(es="Convolución, paso a paso", en="Convolution, step by step"),
    "conv_input": Text(es="Entrada I ({rows}×{columns})", en="Input I ({rows}×{columns})"),
    "conv_kernel": Text(es="Kernel K ({rows}×{columns})", en="Kernel K ({rows}×{columns})"),
    "conv_products": Text(es="Productos", en="Products"),
    "conv_output": Text(es="Salida O ({rows}×{columns})", en="Output O ({rows}×{columns})"),
    "conv_begin": Text(
        es="La ventana cubre {count} números; cada uno se multiplica por el del kernel en su mismo lugar, y todo se suma.",
        en="The window covers {count} numbers; each is multiplied by the kernel's in the same place, and all is summed.",
    ),
    "conv_begin_channels": Text(
        es="Un filtro tiene un kernel de {size} por canal: cada canal da una suma, y las {channels} sumas dan un solo valor.",
        en="A filter has one {size} kernel for each channel: every channel gives a sum, and the {channels} sums give one value.",
    ),
    "conv_begin_fewer_channels": Text(
        es="Un filtro tiene un kernel de {size} por canal: cada canal da una suma, y las {channels} sumas dan un solo valor. Se muestran los {shown} canales que más pesan; los demás, sumados.",
        en="A filter has one {size} kernel for each channel: every channel gives a sum, and the {channels} sums give one value. The {shown} channels that weigh most are shown, the others added up.",
    ),
    "conv_stop": Text(
        es="Fila {row}, columna {column} de la salida. La ventana pasa por {count} posiciones y se detiene aquí en {shown}.",
        en="Row {row}, column {column} of the output. The window visits {count} positions and stops here at {shown}.",
    ),
    "conv_channel": Text(es="canal {number}", en="channel {number}"),
    "conv_image": Text(es="entrada I", en="input I"),
    "conv_window": Text(es="Ventana · {name}", en="Window · {name}"),
    "conv_slice": Text(es="Kernel · {name}", en="Kernel · {name}"),
    "conv_sum_of": Text(es="suma de {count} productos", en="sum of {count} products"),
    "conv_others": Text(es="otros {count}", en="{count} others"),
    "conv_bias_name": Text(es="sesgo", en="bias"),
    "conv_step": Text(
        es="La ventana en la fila {row}, columna {column} de la salida da {place}.",
        en="The window at row {row}, column {column} of the output gives {place}.",
    ),
    "conv_darker_right": Text(
        es="{place} es {sign}: hacia la derecha la imagen se oscurece.",
        en="{place} is {sign}: the image gets darker to the right.",
    ),
    "conv_brighter_right": Text(
        es="{place} es {sign}: hacia la derecha la imagen se aclara.",
        en="{place} is {sign}: the image gets brighter to the right.",
    ),
    "conv_even_right": Text(
        es="{place} es {sign}: los dos lados de la ventana pesan lo mismo.",
        en="{place} is {sign}: both sides of the window weigh the same.",
    ),
    "conv_darker_down": Text(
        es="{place} es {sign}: hacia abajo la imagen se oscurece.",
        en="{place} is {sign}: the image gets darker downwards.",
    ),
    "conv_brighter_down": Text(
        es="{place} es {sign}: hacia abajo la imagen se aclara.",
        en="{place} is {sign}: the image gets brighter downwards.",
    ),
    "conv_even_down": Text(
        es="{place} es {sign}: la parte alta y la baja de la ventana pesan lo mismo.",
        en="{place} is {sign}: the upper and lower part of the window weigh the same.",
    ),
    "conv_end_darker_right": Text(
        es="Con este K, positivo significa más oscuro a la derecha y negativo más claro: la red no gira el kernel.",
        en="With this K, positive means darker to the right and negative brighter: a network does not flip the kernel.",
    ),
    "conv_end_brighter_right": Text(
        es="Con este K, positivo significa más claro a la derecha y negativo más oscuro: la red no gira el kernel.",
        en="With this K, positive means brighter to the right and negative darker: a network does not flip the kernel.",
    ),
    "conv_end_darker_down": Text(
        es="Con este K, positivo significa más oscuro hacia abajo y negativo más claro: la red no gira el kernel.",
        en="With this K, positive means darker downwards and negative brighter: a network does not flip the kernel.",
    ),
    "conv_end_brighter_down": Text(
        es="Con este K, positivo significa más claro hacia abajo y negativo más oscuro: la red no gira el kernel.",
        en="With this K, positive means brighter downwards and negative darker: a network does not flip the kernel.",
    ),
    "sign_positive": Text(es="positivo", en="positive"),
    "sign_negative": Text(es="negativo", en="negative"),
    "sign_zero": Text(es="cero", en="zero"),
    "no_such_film": Text(
        es="No hay ninguna película «{name}». Las más parecidas: {near}.",
        en="There is no film “{name}”. The nearest names: {near}.",
    ),
    "traced_title": Text(
        es="{layer}, mapa {channel}: una convolución, paso a paso",
        en="{layer}, map {channel}: a convolution, step by step",
    ),
    "no_film_of": Text(
        es="Todavía no hay película de {operator} (capa «{layer}»). Elija una convolución.",
        en="There is no film of {operator} yet (layer “{layer}”). Choose a convolution.",
    ),
    "no_such_data": Text(
        es="La película «{name}» no toma {unknown}. Toma: {takes}.",
        en="The film “{name}” does not take {unknown}. It takes: {takes}.",
    ),
    "no_such_theme": Text(
        es="No hay ningún tema «{theme}». Elija uno de: {themes}.",
        en="There is no theme “{theme}”. Choose one of: {themes}.",
    ),
    "no_such_language": Text(
        es="Las películas no hablan «{language}». Elija uno de: {languages}.",
        en="Films do not speak “{language}”. Choose one of: {languages}.",
    ),
    "bad_size": Text(
        es="El tamaño {size} no sirve. Dé ancho y alto en píxeles, de 90 a 65535, como (960, 540).",
        en="The size {size} cannot be. Give width and height in pixels, 90 to 65535, as in (960, 540).",
    ),
    "no_such_medium": Text(
        es="{path}: no se escriben películas en «{suffix}». Use una de estas terminaciones: {media}.",
        en="{path}: films are not written as “{suffix}”. Use one of these endings: {media}.",
    ),
    "no_such_step": Text(
        es="El paso {step} no existe: la película tiene {steps}, de 0 a {last}.",
        en="There is no step {step}: the film has {steps}, from 0 to {last}.",
    ),
    "unwritable": Text(
        es="No se puede escribir {path}: {reason}. Elija otra carpeta o cambie los permisos.",
        en="{path} cannot be written: {reason}. Choose another folder or change its permissions.",
    ),
    "not_a_plane": Text(
        es="{name} tiene tamaño {shape}; hace falta una matriz con filas y columnas, de dos ejes y no vacía.",
        en="{name} has shape {shape}; a matrix is needed, with two axes, rows and columns, and not empty.",
    ),
    "no_such_padding": Text(
        es='No hay ningún relleno «{padding}». Use "valid", "same", un número o ((arriba, abajo), (izquierda, derecha)).',
        en='There is no padding “{padding}”. Use "valid", "same", a number or ((above, below), (left, right)).',
    ),
    "conv_ranks": Text(
        es="La entrada tiene tamaño {x} y los pesos {weight}. Hacen falta (1, canales, filas, columnas) y (filtros, canales, filas, columnas), sin ejes vacíos.",
        en="The input has shape {x} and the weights {weight}. Give (1, channels, rows, columns) and (filters, channels, rows, columns), no axis empty.",
    ),
    "conv_channels": Text(
        es="La entrada tiene {x} canales y los pesos {weight} en {groups} grupos leen {read}. Haga que coincidan.",
        en="The input has {x} channels and the weights {weight} in {groups} groups read {read}. Make them agree.",
    ),
    "conv_bias": Text(
        es="El sesgo tiene tamaño {bias} y hay {filters} filtros. Dé un número por filtro.",
        en="The bias has shape {bias} and there are {filters} filters. Give one number a filter.",
    ),
    "band_names": Text(
        es="Hay {names} nombres de banda y la entrada tiene {channels} canales. Dé un nombre por canal.",
        en="There are {names} band names and the input has {channels} channels. Give one name a channel.",
    ),
    "no_such_channel": Text(
        es="El canal {channel} no existe. Los mapas de salida van de 0 a {last}.",
        en="There is no channel {channel}. The output maps go from 0 to {last}.",
    ),
}
