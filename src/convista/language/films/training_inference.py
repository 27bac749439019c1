"""What the film of training and inference says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Entrenar e inferir: qué cambia con el mismo parche",
        en="Training and inference: what differs on the same patch",
    ),
    "training": Text(es="al entrenar", en="in training"),
    "inference": Text(es="al inferir", en="in inference"),
    "row_augmentation": Text(es="lo que entra", en="what enters"),
    "row_dropout": Text(es="dropout apaga", en="dropout leaves out"),
    "row_batch_norm": Text(es="batch norm resta", en="batch norm subtracts"),
    "row_gradients": Text(es="gradientes", en="gradients"),
    "row_output": Text(es="respuesta", en="answer"),
    "dropped": Text(es="{dropped} de {count}", en="{dropped} of {count}"),
    "begin": Text(
        es="El mismo parche pasa varias veces por la misma red: a la izquierda entrenando, a la derecha infiriendo.",
        en="The same patch passes the same network several times: in training at the left, in inference at the right.",
    ),
    "augmentation": Text(
        es="Al entrenar, el parche entra cada vez girado o reflejado al azar; al inferir, entra tal como es.",
        en="In training the patch enters turned or mirrored by chance each time; in inference it enters as it is.",
    ),
    "dropout": Text(
        es="Al entrenar, dropout apaga al azar {count:el único valor|parte de los {count} valores}; al inferir, ninguno.",
        en="In training, dropout leaves out {count:the only value|some of the {count} values} by chance; in inference, none.",
    ),
    "batch_norm": Text(
        es="Al entrenar, batch norm resta la media de lo que acaba de entrar; al inferir, la que guardó al entrenar.",
        en="In training, batch norm subtracts the mean of what has just entered; in inference, the one it kept.",
    ),
    "gradients": Text(
        es="Al entrenar, la pérdida devuelve un gradiente {count:al único parámetro|a cada uno de los {count} parámetros}; al inferir no se guarda nada.",
        en="In training, the loss sends a gradient back to {count:the only parameter|each of {count} parameters}; in inference nothing is kept.",
    ),
    "output": Text(
        es="Por eso, al entrenar la respuesta cambia de una pasada a otra, y al inferir es siempre la misma.",
        en="So in training the answer changes from pass to pass, and in inference it is always the same.",
    ),
    "output_same": Text(
        es="Esta red no deja nada al azar: su respuesta es la misma en todas las pasadas.",
        en="This network leaves nothing to chance: its answer is the same in all passes.",
    ),
    "end": Text(
        es="Olvidar el paso a inferencia (eval) deja respuestas al azar: la misma red, pero otra forma de usarla.",
        en="Forgetting to switch to inference (eval) leaves answers to chance: the same network, used another way.",
    ),
    "passes": Text(
        es="Hay {training} {training:pasada|pasadas} al entrenar y {inference} al inferir. Dé las mismas de cada una, de 1 a 3.",
        en="There {training:is|are} {training} {training:pass|passes} in training and {inference} in inference. Give as many of each, 1 to 3.",
    ),
    "classes": Text(
        es="Hay {classes} {classes:clase|clases}, y no todas las respuestas tienen {classes:una probabilidad|tantas probabilidades}. Haga que coincidan.",
        en="There {classes:is|are} {classes} {classes:class|classes}, and not all answers have {classes:one probability|as many probabilities}. Make them agree.",
    ),
}
