"""What the film of dropout says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Dropout: apagar valores al azar, solo al entrenar",
        en="Dropout: values left out by chance, only in training",
    ),
    "traced_title": Text(es="{layer}: dropout al entrenar", en="{layer}: dropout in training"),
    "input": Text(es="x", en="x"),
    "mask": Text(es="máscara m", en="mask m"),
    "output": Text(es="y", en="y"),
    "symbols": Text(
        es="m: la máscara, 1 o 0 · p: probabilidad de apagar",
        en="m: the mask, 1 or 0 · p: probability of being left out",
    ),
    "begin": Text(
        es="¿Y si en cada paso del entrenamiento faltara, al azar, una parte de los valores de una capa?",
        en="What if at every step of training a part of a layer's values were missing, by chance?",
    ),
    "first": Text(
        es="Al entrenar, cada valor se apaga con probabilidad {p}: aquí {dropped} de {count}. Los demás se multiplican por {factor}.",
        en="In training each value is left out with probability {p}: here {dropped} of {count}. The others are multiplied by {factor}.",
    ),
    "again": Text(
        es="En el siguiente paso la máscara es otra ({dropped} de {count}): ninguna neurona puede contar siempre con las demás.",
        en="At the next step the mask is another ({dropped} of {count}): no neuron can always rely on the others.",
    ),
    "inference": Text(
        es="Al inferir no se apaga nada: y = x. Como antes se multiplicó por {factor}, el valor esperado es el mismo.",
        en="In inference nothing is left out: y = x. Thanks to the factor {factor} before, the expected value is the same.",
    ),
    "probability": Text(
        es="La probabilidad p es {p}. Debe estar entre 0 y menos de 1.",
        en="The probability p is {p}. It must be from 0 to less than 1.",
    ),
    "other_shape": Text(
        es="La máscara tiene tamaño {mask} y los valores {shape}. Dé una máscara del mismo tamaño.",
        en="The mask has shape {mask} and the values {shape}. Give a mask of the same shape.",
    ),
}
