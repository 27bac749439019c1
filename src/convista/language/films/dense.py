"""What the films of dense layers say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="Capa densa, neurona a neurona", en="Dense layer, neuron by neuron"),
    "title_dense1": Text(
        es="De Flatten a Dense(10), neurona a neurona", en="From Flatten to Dense(10), neuron by neuron"
    ),
    "title_dense2": Text(
        es="De Dense(10) a Dense(7), neurona a neurona", en="From Dense(10) to Dense(7), neuron by neuron"
    ),
    "traced": Text(es="{layer}: una capa densa, neurona a neurona", en="{layer}: a dense layer, neuron by neuron"),
    "matrix": Text(es="W ({neurons}×{inputs})", en="W ({neurons}×{inputs})"),
    "row": Text(es="fila w", en="row w"),
    "sum": Text(es="Σ productos", en="Σ products"),
    "bias": Text(es="+ sesgo b", en="+ bias b"),
    "others": Text(es="{count:otra, sumada|otras {count}, sumadas}", en="{count} {count:other|others}, added up"),
    "begin": Text(
        es="La neurona {neuron} lee {inputs:la entrada por su peso, que está|las {inputs} entradas: cada una por su peso, que está} en la fila {neuron} de W; {inputs:al producto|los productos se suman y} se añade el sesgo.",
        en="Neuron {neuron} reads {inputs:the input|all {inputs} inputs: each} times its weight, from row {neuron} of W; {inputs:to the product|the products are summed and} the bias is added.",
    ),
    "begin_fewer": Text(
        es="La neurona {neuron} lee {inputs} entradas, cada una por su peso de la fila {neuron} de W. {shown:Se ve la que más pesa|Se ven las {shown} que más pesan}; las demás, sumadas.",
        en="Neuron {neuron} reads {inputs} inputs, each times its weight from row {neuron} of W. The {shown:one that weighs most is|{shown} that weigh most are} shown, the others added up.",
    ),
    "step": Text(
        es="La neurona {neuron} lee las mismas entradas con otra fila de pesos: {z}[{neuron}] = {value}.",
        en="Neuron {neuron} reads the same inputs with another row of weights: {z}[{neuron}] = {value}.",
    ),
    "onwards": Text(
        es="Cada neurona lee las mismas entradas con su propia fila de W y escribe su valor en {z}.",
        en="Each neuron reads the same inputs with its own row of W, and writes its value into {z}.",
    ),
    "onwards_relu": Text(
        es="Cada neurona lee las mismas entradas con su propia fila de W; la ReLU deja pasar lo positivo de {z}.",
        en="Each neuron reads the same inputs with its own row of W; of {z} the ReLU lets the positive pass.",
    ),
    "passes": Text(
        es="Neurona {neuron}: {z}[{neuron}] = {value} es positivo y la ReLU lo deja pasar.",
        en="Neuron {neuron}: {z}[{neuron}] = {value} is positive, and the ReLU lets it pass.",
    ),
    "stopped": Text(
        es="Neurona {neuron}: {z}[{neuron}] = {value} no es positivo y la ReLU da 0.",
        en="Neuron {neuron}: {z}[{neuron}] = {value} is not positive, and the ReLU gives 0.",
    ),
    "end": Text(
        es="{neurons} {neurons:neurona|neuronas, cada una} con {inputs} {inputs:peso|pesos} y un sesgo: la capa ha aprendido {learnt} {learnt:número|números}.",
        en="{neurons} {neurons:neuron|neurons, each} with {inputs} {inputs:weight|weights} and a bias: the layer has learnt {learnt} {learnt:number|numbers}.",
    ),
    "end_without_bias": Text(
        es="{neurons} {neurons:neurona|neuronas, cada una} con {inputs} {inputs:peso|pesos} y sin sesgo: la capa ha aprendido {learnt} {learnt:número|números}.",
        en="{neurons} {neurons:neuron|neurons, each} with {inputs} {inputs:weight|weights} and no bias: the layer has learnt {learnt} {learnt:number|numbers}.",
    ),
    "end_fewer": Text(
        es="De {neurons} neuronas se {shown:ha|han} visto {shown}. Cada una tiene {inputs} {inputs:peso|pesos}: la capa ha aprendido {learnt} {learnt:número|números}.",
        en="Of {neurons} neurons {shown} {shown:was|were} shown. Each has {inputs} {inputs:weight|weights}: the layer has learnt {learnt} {learnt:number|numbers}.",
    ),
    "shapes": Text(
        es="Las entradas tienen tamaño {x} y los pesos {weight}. Dé (entradas,) y (neuronas, entradas), sin ejes vacíos.",
        en="The inputs have shape {x} and the weights {weight}. Give (inputs,) and (neurons, inputs), no axis empty.",
    ),
    "bias_shape": Text(
        es="El sesgo tiene tamaño {bias} y hay {neurons} {neurons:neurona|neuronas}. Dé un número por neurona.",
        en="The bias has shape {bias} and there {neurons:is|are} {neurons} {neurons:neuron|neurons}. Give one number a neuron.",
    ),
}
