"""What the film of a whole block of dense layers says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="El bloque denso entero, número a número", en="The whole dense block, number by number"),
    "question": Text(
        es="¿Y todo junto? Tres arreglos por capa bastan: lo que lee, su matriz de pesos y sus sesgos.",
        en="And all of it together? Three arrays a layer are enough: what it reads, its matrix of weights, its biases.",
    ),
    "weighs": Text(
        es="Capa {layer}: cada fila de {W} pesa los valores de {x}; con su sesgo da {neurons:el valor|un valor} de {z}.",
        en="Layer {layer}: each row of {W} weighs the values of {x}; with its bias it gives {neurons:the|a} value of {z}.",
    ),
    "gates": Text(
        es="La ReLU deja pasar lo positivo; valores de {a} que quedan en 0: {zeros} de {neurons}.",
        en="The ReLU lets the positive pass: {zeros} of {neurons} {neurons:value|values} of {a} {zeros:is|are} 0.",
    ),
    "decides": Text(
        es="El softmax de {z} reparte la certeza entre las clases: gana «{winner}», con {share}.",
        en="The softmax of {z} shares certainty out among the classes: “{winner}” wins, with {share}.",
    ),
    "end": Text(
        es="Todo el bloque es una cadena: producto por una matriz, más sesgos, ReLU, y otra vez. {learnt} {learnt:número aprendido decide|números aprendidos deciden} la clase.",
        en="The whole block is a chain: product with a matrix, plus biases, ReLU, and again. {learnt} learnt {learnt:number decides|numbers decide} the class.",
    ),
}
