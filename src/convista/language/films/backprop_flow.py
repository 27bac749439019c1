"""What the qualitative film of backpropagation says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Retropropagación: la señal va, el error vuelve",
        en="Backpropagation: the signal goes, the error comes back",
    ),
    "inputs_name": Text(es="entradas", en="inputs"),
    "hidden_name": Text(es="capa oculta", en="hidden layer"),
    "output_name": Text(es="salida", en="output"),
    "loss_name": Text(es="pérdida", en="loss"),
    "pooled": Text(es="error tras el pooling", en="error after pooling"),
    "delta": Text(es="error del mapa", en="error of the map"),
    "kernel": Text(es="gradiente del kernel", en="gradient of the kernel"),
    "inputs": Text(
        es="¿Cómo sabe una red cuál de sus pesos tuvo la culpa de un error? Cada línea es un peso.",
        en="How does a network know which of its weights is to blame for an error? Each line is a weight.",
    ),
    "forward": Text(
        es="La ida, en {window_colour}: por cada línea corre lo que una neurona aporta; cuanto más, más gruesa.",
        en="The way there, in {window_colour}: along each line runs what a neuron gives; the more, the thicker.",
    ),
    "forward_next": Text(
        es="Cada neurona suma lo que le llega; la ReLU calla lo negativo.",
        en="Each neuron adds up what reaches it; the ReLU silences what is negative.",
    ),
    "forward_last": Text(
        es="Las neuronas de salida dan un valor por clase.",
        en="The output neurons give one value a class.",
    ),
    "loss": Text(
        es="La pérdida compara la salida con la verdad. Ahí nace el error, que vuelve en {backward_colour}.",
        en="The loss compares the output with the truth. There the error is born, which goes back in {backward_colour}.",
    ),
    "back_last": Text(
        es="Vuelve por las mismas líneas. El grosor es la parte de culpa: quien más pesó, más recibe.",
        en="It goes back by the same lines. Their width is the share of blame: who weighed more hears more.",
    ),
    "back": Text(
        es="Cada neurona suma las culpas que le llegan; las que la ReLU calló no reciben nada.",
        en="Each neuron adds up the blame that reaches it; those that the ReLU silenced get none.",
    ),
    "back_first": Text(
        es="El error llega a las entradas, que salieron de las convoluciones: hacia ellas continúa.",
        en="The error reaches the inputs, which came out of the convolutions: to those it goes on.",
    ),
    "end": Text(
        es="Cada peso conoce ya su gradiente: cuanto más gruesa la línea, más cambiará.",
        en="Each weight now knows its gradient: the thicker the line, the more it will change.",
    ),
    "spread": Text(
        es="¿Y en una convolución? El error vuelve repartido por un mapa: más {backward_colour}, más error.",
        en="And in a convolution? The error comes back spread over a map: the more {backward_colour}, the larger.",
    ),
    "routed": Text(
        es="Max-pooling lo devuelve al lugar que ganó; la ReLU, solo por donde la señal pasó.",
        en="Max-pooling hands it back to the place that won, the ReLU only where the signal passed.",
    ),
    "shared": Text(
        es="Cada peso del kernel se usó en todos los lugares: de todos oye el error, y lo suma.",
        en="Each weight of the kernel was used at all places: it hears the error of all, and adds it up.",
    ),
    "whole": Text(
        es="Un peso denso oye a una sola neurona; uno compartido, a todo el mapa.",
        en="A dense weight hears a single neuron, a shared one the whole map.",
    ),
}
