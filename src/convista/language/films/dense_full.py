"""What the film of a whole block of dense layers says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="El bloque denso entero, número a número", en="The whole dense block, number by number"),
    "weighs": Text(
        es="Capa {layer}: cada fila de W{layer} pesa los valores de a{before}; con el sesgo dan {neurons:el valor|los {neurons} valores} de z{layer}.",
        en="Layer {layer}: each row of W{layer} weighs the values of a{before}; with the bias they give the {neurons:value|{neurons} values} of z{layer}.",
    ),
    "gates": Text(
        es="La ReLU deja pasar lo positivo; valores de a{layer} que quedan en 0: {zeros} de {neurons}.",
        en="The ReLU lets the positive pass: {zeros} of {neurons} {neurons:value|values} of a{layer} {zeros:is|are} 0.",
    ),
    "decides": Text(
        es="El softmax de z{layer} reparte la certeza entre las clases: {winner}, con {share}, gana.",
        en="The softmax of z{layer} shares certainty out among the classes: {winner}, with {share}, wins.",
    ),
}
