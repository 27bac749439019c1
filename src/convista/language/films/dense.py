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
    "inputs": Text(es="{count} {count:entrada|entradas}", en="{count} {count:input|inputs}"),
    "neurons": Text(es="{count} {count:neurona|neuronas}", en="{count} {count:neuron|neurons}"),
    "values": Text(es="valores", en="values"),
    "weights": Text(es="pesos", en="weights"),
    "others": Text(es="{count:otra, sumada|otras {count}, sumadas}", en="{count} {count:other|others}, added up"),
    "begin": Text(
        es="¿Cómo obtiene una neurona su valor? Lee {inputs:la entrada por la línea que la une|las {inputs} entradas por las líneas que la unen} a ella; cada línea tiene un peso.",
        en="How does a neuron come to its value? It reads {inputs:the input|all {inputs} inputs} along the {inputs:line|lines} that {inputs:joins|join} it to {inputs:it|them}; each line has a weight.",
    ),
    "begin_next": Text(
        es="¿Qué cambia en la capa siguiente? Lee {x}, lo que dejó pasar la ReLU anterior, y tiene su propia matriz, de {neurons}×{inputs}. La cuenta es la misma.",
        en="What changes in the next layer? It reads {x}, what the ReLU before it let pass, and has a matrix of its own, of {neurons}×{inputs}. The sum is the same.",
    ),
    "first": Text(
        es="Neurona {neuron}: la fila {neuron} de {W} son sus pesos. {inputs:La entrada|Cada entrada} se multiplica por el suyo; a la suma Σ se le añade el sesgo {b}.",
        en="Neuron {neuron}: row {neuron} of {W} holds its weights. {inputs:The input|Each input} is multiplied by its own; to the sum Σ the bias {b} is added.",
    ),
    "first_fewer": Text(
        es="Neurona {neuron}: lee {inputs} entradas, cada una por su peso de la fila {neuron} de {W}. Se ven las {shown} que más cuentan; las demás, sumadas.",
        en="Neuron {neuron} reads {inputs} inputs, each times its weight from row {neuron} of {W}. The {shown} that count most are shown, the others added up.",
    ),
    "step": Text(
        es="La neurona {neuron} lee las mismas entradas con otra fila de pesos: {z}[{neuron}] = {value}.",
        en="Neuron {neuron} reads the same inputs with another row of weights: {z}[{neuron}] = {value}.",
    ),
    "onwards": Text(
        es="Cada neurona lee las mismas entradas con su propia fila de {W} y escribe su valor en {z}.",
        en="Each neuron reads the same inputs with its own row of {W}, and writes its value into {z}.",
    ),
    "onwards_relu": Text(
        es="Las demás, igual: las mismas entradas {x}, otra fila de {W}, otro sesgo. La ReLU solo deja pasar lo positivo de {z}.",
        en="The others likewise: the same inputs {x}, another row of {W}, another bias. Of {z} the ReLU lets only the positive pass.",
    ),
    "passes": Text(
        es="Neurona {neuron}: {z}[{neuron}] = {value} es positivo, y la ReLU lo deja pasar tal cual a {a}.",
        en="Neuron {neuron}: {z}[{neuron}] = {value} is positive, and the ReLU lets it pass unchanged into {a}.",
    ),
    "stopped": Text(
        es="Neurona {neuron}: {z}[{neuron}] = {value} no es positivo, y la ReLU da 0.",
        en="Neuron {neuron}: {z}[{neuron}] = {value} is not positive, and the ReLU gives 0.",
    ),
    "end": Text(
        es="Una neurona es una suma con pesos propios. {neurons} {neurons:neurona|neuronas, cada una} con {inputs} {inputs:peso|pesos} y un sesgo: {learnt} {learnt:número aprendido|números aprendidos}.",
        en="A neuron is a sum with weights of its own. {neurons} {neurons:neuron|neurons, each} with {inputs} {inputs:weight|weights} and a bias: {learnt} learnt {learnt:number|numbers}.",
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
