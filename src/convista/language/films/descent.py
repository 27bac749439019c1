"""What the films of gradient descent say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Descenso por gradiente: tres reglas sobre la misma pérdida",
        en="Gradient descent: three rules on the same loss",
    ),
    "title_decay": Text(
        es="Decaimiento de pesos: cada paso tira también hacia cero",
        en="Weight decay: every step also pulls towards zero",
    ),
    "sgd": Text(es="SGD", en="SGD"),
    "momentum": Text(es="momento", en="momentum"),
    "adam": Text(es="Adam", en="Adam"),
    "decay": Text(es="SGD con decaimiento", en="SGD with decay"),
    "named": Text(es="{rule}, η = {rate}", en="{rule}, η = {rate}"),
    "loss": Text(es="paso {step}: L = {loss}", en="step {step}: L = {loss}"),
    "begin_sgd": Text(
        es="Pérdida real de una red según dos de sus pesos ({high_colour}, alta). SGD da cada paso contra el gradiente g. Debajo, los pasos de {first}.",
        en="The real loss of a network over two of its weights ({high_colour} is high). SGD steps against the gradient g. Below: the steps of {first}.",
    ),
    "begin_momentum": Text(
        es="Momento: v = 0,9·v + g recuerda los pasos anteriores, así que acelera donde la pendiente se mantiene.",
        en="Momentum: v = 0.9·v + g remembers the steps before, so it speeds up where the slope stays the same.",
    ),
    "begin_adam": Text(
        es="Adam: divide el gradiente medio m′ por su tamaño √s′, así que cada peso avanza a su propio ritmo.",
        en="Adam: divides the mean gradient m′ by its size √s′, so that each weight goes at a pace of its own.",
    ),
    "begin_decay": Text(
        es="Con decaimiento, al gradiente se suma λ·w: un tirón hacia cero (el anillo), mayor cuanto mayor es el peso.",
        en="With decay, λ·w is added to the gradient: a pull towards zero (the ring), stronger the larger the weight.",
    ),
    "goes_on": Text(
        es="Tras {steps} {steps:paso|pasos} la pérdida ha pasado de {start} a {last}.",
        en="After {steps} {steps:step|steps} the loss has gone from {start} to {last}.",
    ),
    "end": Text(
        es="Mismo comienzo y mismo número de pasos: aquí la menor pérdida, {last}, es la de {rule}. Con otras tasas puede ganar otra.",
        en="Same start, same number of steps: here the smallest loss, {last}, is that of {rule}. At other rates another may win.",
    ),
    "end_decay": Text(
        es="Longitud final de (w1, w2): {plain} sin decaimiento y {decayed} con λ = {decay}; pérdida sin el término de decaimiento: {plain_loss} y {decayed_loss}.",
        en="Final length of (w1, w2): {plain} without decay and {decayed} with λ = {decay}; loss without the decay's own term: {plain_loss} and {decayed_loss}.",
    ),
    "surface": Text(
        es="La superficie tiene tamaño {loss} y los ejes {rows} {rows:fila|filas} y {columns} {columns:columna|columnas}. Dé una pérdida, con valores, por cada par; al menos 2×2.",
        en="The surface has shape {loss} and the axes {rows} {rows:row|rows} and {columns} {columns:column|columns}. Give one loss, with values, for each pair; at least 2×2.",
    ),
    "ways": Text(es="Hay {count} caminos. Dé de uno a cuatro.", en="There are {count} ways. Give one to four."),
    "rule": Text(
        es="No hay ninguna regla «{rule}». Use una de: {rules}.",
        en="There is no rule “{rule}”. Use one of: {rules}.",
    ),
    "way": Text(
        es="Un camino tiene lugares de tamaño {places} y direcciones {directions}. Dé (pasos + 1, 2) y (pasos, 2).",
        en="A way has places of shape {places} and directions {directions}. Give (steps + 1, 2) and (steps, 2).",
    ),
}
