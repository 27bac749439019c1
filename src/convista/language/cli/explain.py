"""What `convista explain` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "help_vote": Text(
        es="Entrar en la red por esta ventana de las que votaron, desde 1; por defecto, la de más peso.",
        en="Go into the network by this of the windows that voted, from 1; by default the weightiest.",
    ),
    "no_such_vote": Text(
        es="No hay voto {vote}: aquí {count:votó|votaron} {count} {count:ventana|ventanas}.",
        en="There is no vote {vote}: {count} {count:window|windows} voted here.",
    ),
    "short": Text(
        es="Muestra la aritmética de un valor en un lugar.", en="Show the arithmetic behind a value at a place."
    ),
    "help": Text(
        es="Muestra la aritmética que hay detrás del mapa en un lugar: de la clase hasta un píxel, siguiendo en cada "
        "paso el término mayor; o, con --layer e --index, un solo valor con todos sus términos. Con --gradient, la de "
        "un gradiente: del píxel que más mueve la pérdida hasta ella, o el de un valor o un peso.",
        en="Show the arithmetic behind the map at a place: from the class down to a pixel, following the largest term "
        "at each step; or, with --layer and --index, one value with all its terms. With --gradient, that of a "
        "gradient: from the pixel that moves the loss most up to the loss, or of one value or weight.",
    ),
    "help_layer": Text(
        es="Capa, p. ej. conv1; con --index. Con --gradient también input, o un parámetro, p. ej. conv1.weight.",
        en="Layer, such as conv1; with --index. With --gradient also input, or a parameter such as conv1.weight.",
    ),
    "help_index": Text(
        es="Posición en la salida de la capa, desde 0: canal, fila, columna.",
        en="Position in the layer's output, from 0: channel, row, column.",
    ),
    "help_gradient": Text(
        es="Explicar el gradiente de la pérdida respecto del valor, y no el valor.",
        en="Explain the gradient of the loss with respect to the value, not the value.",
    ),
    "help_target": Text(
        es="Con --gradient: la clase de cuya pérdida se trata; si no se da, la que dice la red.",
        en="With --gradient: the class whose loss is meant; by default the one that the network says.",
    ),
    "help_top": Text(
        es="Mostrar solo los términos mayores, tantos como se diga.", en="Show only the largest terms, this many."
    ),
    "no_datum_here": Text(
        es="En este lugar la escena no tiene dato y el mapa no tiene clase; lo que sigue es lo que diría la red. Lo oculta: {rules}.",
        en="At this place the scene has no datum and the map no class; what follows is what the network would say. What hides it: {rules}.",
    ),
    "layer_and_index": Text(
        es="--layer e --index van juntos: qué capa, y qué valor de ella.",
        en="--layer and --index go together: which layer, and which value of it.",
    ),
    "target_and_gradient": Text(
        es="--target es la clase de cuya pérdida se explica un gradiente. Añada --gradient, o quite --target.",
        en="--target is the class whose loss a gradient is explained of. Add --gradient, or leave out --target.",
    ),
    "no_class_of_values": Text(
        es="Este modelo da valores y no tiene la clase {target}. Pida el gradiente sin objetivo (--target): es el del valor.",
        en="This model gives values and has no class {target}. Ask for the gradient without a target (--target): it is the value's.",
    ),
    "target_is_value": Text(
        es="objetivo: lo que da la red en este lugar",
        en="target: what the network gives at this place",
    ),
    "target_is_here": Text(
        es="objetivo: la pérdida en este píxel si su clase fuera «{name}»",
        en="target: the loss at this pixel if its class were “{name}”",
    ),
    "target_untempered": Text(
        es=", con las salidas como se entrenaron (temperatura 1)",
        en=", of the outputs as they were trained (temperature 1)",
    ),
}
