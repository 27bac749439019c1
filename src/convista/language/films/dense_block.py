"""What the films of several dense layers say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "flatten": Text(es="Flatten({count})", en="Flatten({count})"),
    "inputs": Text(
        es="Los mapas aplanados son {count} números: las entradas de la primera capa densa.",
        en="The flattened maps are {count} numbers: the inputs of the first dense layer.",
    ),
    "joined": Text(
        es="Cada una de las {neurons} neuronas se une a las {inputs} anteriores, con un peso por línea (naranja positivo, azul negativo); después, ReLU.",
        en="Each of the {neurons} neurons is joined to all {inputs} before, one weight a line (orange positive, blue negative); then a ReLU.",
    ),
    "joined_last": Text(
        es="Las {neurons} neuronas de salida leen las {inputs} anteriores; un softmax convierte sus valores en probabilidades.",
        en="The {neurons} output neurons read the {inputs} before; a softmax turns their values into probabilities.",
    ),
    "count": Text(
        es="{inputs}·{neurons} pesos + {biases} sesgos = {total}",
        en="{inputs}·{neurons} weights + {biases} biases = {total}",
    ),
    "learnt": Text(
        es="En total, {learnt} números aprendidos. La clase {winner} tiene la mayor probabilidad.",
        en="In all, {learnt} learnt numbers. Class {winner} has the largest probability.",
    ),
    "layers": Text(
        es="Hay {weights} matrices de pesos y {biases} sesgos. Dé al menos una capa, y un sesgo (o None) por capa.",
        en="There are {weights} matrices of weights and {biases} biases. Give at least one layer, and one bias (or None) a layer.",
    ),
    "classes": Text(
        es="Hay {names} nombres de clase y {neurons} neuronas de salida. Dé un nombre por neurona.",
        en="There are {names} class names and {neurons} output neurons. Give one name a neuron.",
    ),
}
