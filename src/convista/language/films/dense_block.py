"""What the films of several dense layers say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "flatten": Text(es="Flatten({count})", en="Flatten({count})"),
    "class": Text(es="clase {number}", en="class {number}"),
    "inputs": Text(
        es="¿Cómo se llega de {count} {count:número|números} a una clase? Los mapas aplanados son las entradas; cada círculo es una neurona.",
        en="How does one get from {count} {count:number|numbers} to a class? The flattened maps are the inputs; each circle is a neuron.",
    ),
    "joined": Text(
        es="{neurons:La única neurona|Cada una de las {neurons} neuronas} se une a {inputs:la anterior|las {inputs} anteriores}, con un peso por línea ({positive_colour} positivo, {negative_colour} negativo); después, ReLU.",
        en="{neurons:The only neuron|Each of the {neurons} neurons} is joined to {inputs:the one|all {inputs}} before, one weight a line ({positive_colour} positive, {negative_colour} negative); then a ReLU.",
    ),
    "joined_last": Text(
        es="{neurons:La neurona de salida lee|Las {neurons} neuronas de salida leen} {inputs:la anterior|las {inputs} anteriores}; un softmax convierte {neurons:su valor en una probabilidad|sus valores en probabilidades}.",
        en="The {neurons:output neuron reads|{neurons} output neurons read} the {inputs:one|{inputs}} before; a softmax turns {neurons:its value into a probability|their values into probabilities}.",
    ),
    "count": Text(
        es="{inputs}·{neurons} pesos + {biases} {biases:sesgo|sesgos} = {total}",
        en="{inputs}·{neurons} weights + {biases} {biases:bias|biases} = {total}",
    ),
    "total": Text(
        es="{parts} = {total} {total:número aprendido|números aprendidos}",
        en="{parts} = {total} learnt {total:number|numbers}",
    ),
    "learnt": Text(
        es="Los valores cruzan la red de una capa a otra: la mayor probabilidad es la de «{winner}».",
        en="The values cross the network from layer to layer: “{winner}” has the largest probability.",
    ),
    "layers": Text(
        es="Hay {weights} {weights:matriz|matrices} de pesos y {biases} {biases:sesgo|sesgos}. Dé al menos una capa, y un sesgo (o None) por capa.",
        en="There {weights:is|are} {weights} {weights:matrix|matrices} of weights and {biases} {biases:bias|biases}. Give at least one layer, and one bias (or None) a layer.",
    ),
    "classes": Text(
        es="Hay {names} {names:nombre|nombres} de clase y {neurons} {neurons:neurona|neuronas} de salida. Dé un nombre por neurona.",
        en="There {names:is|are} {names} class {names:name|names} and {neurons} output {neurons:neuron|neurons}. Give one name a neuron.",
    ),
}
