"""What the films of backpropagation say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title_dense": Text(
        es="Retropropagación por capas densas, con números", en="Backpropagation through dense layers, with numbers"
    ),
    "output": Text(
        es="Con entropía cruzada y softmax, el error de salida es lo predicho menos lo verdadero ({true}): δ{layer} = p − y.",
        en="With cross-entropy and softmax the error of the output is predicted minus true ({true}): δ{layer} = p − y.",
    ),
    "outer": Text(
        es="Capa {layer}: el gradiente de cada peso es el error de su neurona por la entrada que leyó. La tabla entera es δ{layer}·a{before}ᵀ.",
        en="Layer {layer}: each weight's gradient is the error of its neuron times the input that it read. The whole table is δ{layer}·a{before}ᵀ.",
    ),
    "back": Text(
        es="El error vuelve por los mismos pesos: cada entrada suma los errores de todas las neuronas que la leyeron, W{layer}ᵀ·δ{layer}.",
        en="The error goes back by the same weights: each input adds up the errors of all neurons that read it, W{layer}ᵀ·δ{layer}.",
    ),
    "gate": Text(
        es="La ReLU es una compuerta: donde z{before} no era positivo no vuelve nada ({closed} de {neurons}).",
        en="The ReLU is a gate: where z{before} was not positive nothing goes back ({closed} of {neurons}).",
    ),
    "grows": Text(
        es="Un paso contra el gradiente, con tasa η = {rate}: el gradiente es negativo, así que este peso de W{layer} crece.",
        en="One step against the gradient, at rate η = {rate}: the gradient is negative, so this weight of W{layer} grows.",
    ),
    "shrinks": Text(
        es="Un paso contra el gradiente, con tasa η = {rate}: el gradiente es positivo, así que este peso de W{layer} disminuye.",
        en="One step against the gradient, at rate η = {rate}: the gradient is positive, so this weight of W{layer} shrinks.",
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
