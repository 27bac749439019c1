"""What `films` says of every film; what each family says is in the file of its stem."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "no_film_of": Text(
        es="No hay película de {operator} (capa «{layer}»). La hay de: {filmed}.",
        en="There is no film of {operator} (layer “{layer}”). There are films of: {filmed}.",
    ),
    "no_such_option": Text(
        es="La película de la capa «{layer}» no toma {unknown}. Toma: {takes}.",
        en="The film of layer “{layer}” does not take {unknown}. It takes: {takes}.",
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
    "not_a_plane": Text(
        es="{name} tiene tamaño {shape}; hace falta una matriz con filas y columnas, de dos ejes y no vacía.",
        en="{name} has shape {shape}; a matrix is needed, with two axes, rows and columns, and not empty.",
    ),
    "no_such_padding": Text(
        es='No hay ningún relleno «{padding}». Use "valid", "same", un número o ((arriba, abajo), (izquierda, derecha)).',
        en='There is no padding “{padding}”. Use "valid", "same", a number or ((above, below), (left, right)).',
    ),
    "no_such_channel": Text(
        es="El canal {channel} no existe. Los mapas de salida van de 0 a {last}.",
        en="There is no channel {channel}. The output maps go from 0 to {last}.",
    ),
}
