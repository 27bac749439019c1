"""What the qualitative film of backpropagation says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Retropropagación: la señal va, el error vuelve",
        en="Backpropagation: the signal goes, the error comes back",
    ),
    "input": Text(es="entradas", en="inputs"),
    "loss_name": Text(es="pérdida L", en="loss L"),
    "inputs": Text(
        es="Una red densa y las entradas de un parche. Cada línea es un peso; las neuronas aún no tienen valor.",
        en="A dense network and the inputs of one patch. Each line is a weight; the neurons have no values yet.",
    ),
    "forward": Text(
        es="Ida, capa {layer}: cada neurona pesa y suma lo que lee, y la ReLU deja pasar lo positivo.",
        en="Forward, layer {layer}: each neuron weighs and adds up what it reads, and the ReLU lets the positive pass.",
    ),
    "forward_last": Text(
        es="Ida, capa {layer}: la última da un valor por clase.",
        en="Forward, layer {layer}: the last gives one value a class.",
    ),
    "loss": Text(
        es="La pérdida compara la salida con la verdad en un solo número. Su gradiente es el error con que empieza la vuelta.",
        en="The loss compares the output with the truth in a single number. Its gradient is the error that the way back begins with.",
    ),
    "back": Text(
        es="Vuelta, capa {layer}: el error pasa por los mismos pesos a la capa {before}; quien más pesó más recibe.",
        en="Back, layer {layer}: the error passes by the same weights to layer {before}; who weighed more hears more.",
    ),
    "back_first": Text(
        es="Vuelta, capa {layer}: el error llega a las entradas, y de ahí seguiría hacia las convoluciones.",
        en="Back, layer {layer}: the error reaches the inputs, and would go on from there into the convolutions.",
    ),
    "end": Text(
        es="Cada peso conoce ya su gradiente, error por entrada: cuanto más gruesa la línea, más cambiará.",
        en="Each weight now knows its gradient, error times input: the thicker its line, the more it will change.",
    ),
}
