"""What the films of backpropagation say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title_dense": Text(
        es="Retropropagación por capas densas, con números", en="Backpropagation through dense layers, with numbers"
    ),
    "bar_input": Text(es="entrada", en="input"),
    "bar_values": Text(es="valores", en="values"),
    "bar_errors": Text(es="errores", en="errors"),
    "bar_gradients": Text(es="gradientes", en="gradients"),
    "bar_weights": Text(es="pesos", en="weights"),
    "output": Text(
        es="¿Qué error tiene la salida? Con softmax y entropía cruzada, lo predicho p menos lo verdadero y («{true}»).",
        en="What is the error of the output? With softmax and cross-entropy, what is predicted, p, minus the truth y (“{true}”).",
    ),
    "outer": Text(
        es="El gradiente de cada peso es el error de su neurona (su fila) por la entrada que leyó (su columna).",
        en="Each weight's gradient is the error of its neuron (its row) times the input that it read (its column).",
    ),
    "outer_again": Text(
        es="Capa {layer}: ese error hace lo mismo aquí. Donde la entrada era 0, el peso no aprende.",
        en="Layer {layer}: that error does the same here. Where the input was 0, the weight learns nothing.",
    ),
    "back": Text(
        es="El error vuelve por los mismos pesos: cada entrada suma los errores de las neuronas que la leyeron.",
        en="The error goes back by the same weights: each input adds up the errors of the neurons that read it.",
    ),
    "back_again": Text(
        es="Capa {layer}: otra vez, columna a columna, cada entrada suma lo que le toca.",
        en="Layer {layer}: again, column by column, each input adds up its share.",
    ),
    "gate": Text(
        es="La ReLU es una compuerta: donde z no era positivo no vuelve nada ({closed} de {neurons}).",
        en="The ReLU is a gate: where z was not positive nothing goes back ({closed} of {neurons}).",
    ),
    "grows": Text(
        es="Un paso contra el gradiente, con tasa η = {rate}: el gradiente es negativo, así que este peso crece. Así se aprende.",
        en="One step against the gradient, at rate η = {rate}: the gradient is negative, so this weight grows. So it is learnt.",
    ),
    "shrinks": Text(
        es="Un paso contra el gradiente, con tasa η = {rate}: el gradiente es positivo, así que este peso disminuye. Así se aprende.",
        en="One step against the gradient, at rate η = {rate}: the gradient is positive, so this weight shrinks. So it is learnt.",
    ),
    "sum_of": Text(es="suma de {count} {count:producto|productos}", en="sum of {count} {count:product|products}"),
    "not_in_a_row": Text(
        es="Las capas densas «{one}» y «{other}» no van una tras otra. Trace una red en la que cada una lea la anterior.",
        en="The dense layers “{one}” and “{other}” do not follow one another. Trace a network in which each reads the one before.",
    ),
    "one_sample": Text(
        es="La pérdida leyó un tensor de tamaño {shape}; la película muestra una sola muestra, (1, clases). Trace un solo parche.",
        en="The loss read a tensor of shape {shape}; the film shows one sample, (1, classes). Trace a single patch.",
    ),
}
