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
    "bar": Text(es="L", en="L"),
    "loss": Text(es="L = {value}", en="L = {value}"),
    "length": Text(es="‖w‖ = {value}", en="‖w‖ = {value}"),
    "axis_loss": Text(es="pérdida L en cada paso", en="loss L at each step"),
    "axis_length": Text(es="longitud ‖w‖ de (w1, w2) en cada paso", en="length ‖w‖ of (w1, w2) at each step"),
    "symbols_sgd": Text(
        es="w: un peso · η: tasa de aprendizaje · g: gradiente", en="w: a weight · η: learning rate · g: gradient"
    ),
    "symbols_momentum": Text(
        es="v: velocidad · μ = 0,9: cuánto de ella queda · g: gradiente",
        en="v: velocity · μ = 0.9: how much of it stays · g: gradient",
    ),
    "symbols_adam": Text(
        es="m′: media reciente de g · s′: media reciente de g²", en="m′: recent mean of g · s′: recent mean of g²"
    ),
    "symbols_decay": Text(
        es="g: gradiente · λ·w: tirón hacia cero, mayor si el peso lo es",
        en="g: gradient · λ·w: pull towards zero, larger for a larger weight",
    ),
    "begin": Text(
        es="Cada punto del mapa es una red con otros dos pesos ({high_colour}, pérdida alta). ¿Cómo bajar sin ver el mapa?",
        en="Each point of the map is a network with two other weights ({high_colour}: high loss). How to get down without seeing the map?",
    ),
    "begin_sgd": Text(
        es="SGD solo siente la pendiente bajo la bola: da un paso contra el gradiente g. Debajo, los pasos de {first}.",
        en="SGD only feels the slope under the ball: it steps against the gradient g. Below: the steps of {first}.",
    ),
    "begin_momentum": Text(
        es="Momento: la velocidad v recuerda los pasos anteriores, y la bola acelera donde la pendiente se mantiene.",
        en="Momentum: the velocity v remembers the steps before, and the ball speeds up where the slope stays the same.",
    ),
    "begin_adam": Text(
        es="Adam divide el gradiente medio m′ por su tamaño √s′: cada peso avanza a su propio ritmo.",
        en="Adam divides the mean gradient m′ by its size √s′: each weight goes at a pace of its own.",
    ),
    "begin_decay": Text(
        es="Con decaimiento hay dos tirones: contra el gradiente, y λ·w hacia cero (el anillo).",
        en="With decay there are two pulls: against the gradient, and λ·w towards zero (the ring).",
    ),
    "told_sgd": Text(
        es="El descenso por gradiente simple no ve el mapa. En cada paso mide solo la pendiente donde está la bola, el gradiente, y mueve cada peso en sentido contrario. La tasa de aprendizaje dice cuánto.",
        en="Plain gradient descent does not see the map. At each step it measures only the slope where the ball is, the gradient, and moves each weight the opposite way. The learning rate says how far.",
    ),
    "told_momentum": Text(
        es="Con momento, la bola tiene inercia: a cada paso conserva nueve décimas de su velocidad y le suma el gradiente. Empieza despacio y va cada vez más rápido.",
        en="With momentum the ball has inertia: at each step it keeps nine tenths of its velocity and adds the gradient. It starts slowly and gets faster and faster.",
    ),
    "told_adam": Text(
        es="Adam lleva dos medias de cada peso: la del gradiente y la de su cuadrado. Al dividir una por la raíz de la otra, importa hacia dónde baja, y ya casi no cuánto.",
        en="Adam keeps two means for each weight: of the gradient, and of its square. Dividing one by the root of the other, it matters which way is down, and hardly how steep it is.",
    ),
    "told_decay": Text(
        es="El decaimiento de pesos añade al gradiente una parte del propio peso. Es un segundo tirón, siempre hacia cero, más fuerte cuanto más lejos está la bola.",
        en="Weight decay adds a part of the weight itself to the gradient. It is a second pull, always towards zero, and stronger the farther away the ball is.",
    ),
    "goes_on_sgd": Text(
        es="Donde la pendiente es suave, los pasos son cortos: tras {steps} {steps:paso|pasos} la pérdida ha pasado de {start} a {last}.",
        en="Where the slope is gentle the steps are short: after {steps} {steps:step|steps} the loss has gone from {start} to {last}.",
    ),
    "goes_on_momentum": Text(
        es="La velocidad ganada no se pierde de golpe: tras {steps} {steps:paso|pasos} la pérdida ha pasado de {start} a {last}.",
        en="Speed that was gained is not lost at once: after {steps} {steps:step|steps} the loss has gone from {start} to {last}.",
    ),
    "goes_on_adam": Text(
        es="Su primer paso mide η en cada peso, por suave que sea la pendiente: tras {steps}, la pérdida ha pasado de {start} a {last}.",
        en="Its first step is η in each weight, however gentle the slope: after {steps} the loss has gone from {start} to {last}.",
    ),
    "goes_on_decay": Text(
        es="La bola descansa donde los dos tirones se compensan: tras {steps} {steps:paso|pasos} la pérdida ha pasado de {start} a {last}.",
        en="The ball rests where the two pulls balance: after {steps} {steps:step|steps} the loss has gone from {start} to {last}.",
    ),
    "together": Text(
        es="Ahora a la vez, desde el mismo punto y paso a paso.",
        en="Now all at once, from the same point and step by step.",
    ),
    "end": Text(
        es="Todas bajan sintiendo solo la pendiente; difieren en lo que recuerdan. Aquí gana {rule}, con {last}; con otras tasas, quizá otra.",
        en="All get down by the slope alone; they differ in what they remember. Here {rule} wins, with {last}; at other rates another may.",
    ),
    "end_decay": Text(
        es="El decaimiento prefiere pesos pequeños: longitud {decayed} con λ = {decay} y {plain} sin él; pérdida {decayed_loss} y {plain_loss}.",
        en="Weight decay prefers small weights: length {decayed} with λ = {decay} and {plain} without; loss {decayed_loss} and {plain_loss}.",
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
