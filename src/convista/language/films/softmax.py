"""What the films of softmax and its logarithm say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="Softmax: de logits a probabilidades", en="Softmax: from logits to probabilities"),
    "traced_title": Text(es="{layer}: de logits a probabilidades", en="{layer}: from logits to probabilities"),
    "log_title": Text(es="{layer}: softmax y su logaritmo", en="{layer}: softmax and its logarithm"),
    "raw_rows": Text(es="Logits z: cada fila es un vector", en="Logits z: each row is a vector"),
    "raw_columns": Text(es="Logits z: cada columna es un vector", en="Logits z: each column is a vector"),
    "raw_vectors": Text(es="Logits z: vectores por el eje {axis}", en="Logits z: vectors along axis {axis}"),
    "tex_defined": Text(
        es=r"p_k = \dfrac{{e^{{z_k - m}}}}{{\Sigma_j\, e^{{z_j - m}}}}",
        en=r"p_k = \dfrac{{e^{{z_k - m}}}}{{\Sigma_j\, e^{{z_j - m}}}}",
    ),
    "tex_why": Text(
        es=r"\dfrac{{e^{{z_k}}}}{{\Sigma_j\, e^{{z_j}}}} = \dfrac{{e^{{z_k - m}}}}{{\Sigma_j\, e^{{z_j - m}}}},\qquad e^{{1000}} > 10^{{308}},\qquad e^{{1000 - 1000}} = 1",
        en=r"\dfrac{{e^{{z_k}}}}{{\Sigma_j\, e^{{z_j}}}} = \dfrac{{e^{{z_k - m}}}}{{\Sigma_j\, e^{{z_j - m}}}},\qquad e^{{1000}} > 10^{{308}},\qquad e^{{1000 - 1000}} = 1",
    ),
    "question": Text(
        es="{count:Una red termina en un número|Una red termina en {count} números, uno por clase}. ¿Cómo se {count:vuelve probabilidad|vuelven probabilidades}?",
        en="A network ends in {count:one number|{count} numbers, one a class}. How {count:does it become a probability|do they become probabilities}?",
    ),
    "softmax": Text(es="Probabilidades p", en="Probabilities p"),
    "log_softmax": Text(es="log p", en="log p"),
    "class": Text(es="clase {number}", en="class {number}"),
    "others": Text(es="{count:otra|otras {count}}", en="{count} {count:other|others}"),
    "sum": Text(es="Σ", en="Σ"),
    "share": Text(es="p({name})", en="p({name})"),
    "z": Text(es="z", en="z"),
    "below": Text(es="z − m", en="z − m"),
    "raised": Text(es="eᶻ⁻ᵐ", en="eᶻ⁻ᵐ"),
    "p": Text(es="p", en="p"),
    "log": Text(es="log p", en="log p"),
    "narrated_question": Text(
        es="Lo último que da una red que clasifica es un número por clase, un logit. Puede ser negativo, puede ser enorme, y los logits no suman nada en particular. Softmax los convierte en probabilidades: todas positivas, y juntas suman 1.",
        en="The last thing that a classifying network gives is one number a class, a logit. It may be negative, it may be huge, and logits add up to nothing in particular. A softmax turns them into probabilities: all positive, and 1 together.",
    ),
    "narrated_largest": Text(
        es="Antes de elevar e a cada logit se resta el mayor, m = {m}. El cociente queda igual, porque el mismo factor aparece arriba y abajo. Sin la resta, un logit de 1000 daría un número que una computadora no puede guardar; con ella, ningún exponente pasa de 0.",
        en="Before e is raised to each logit, the largest, m = {m}, is subtracted. The quotient stays as it was, because the same factor stands above and below. Without it, a logit of 1000 would make a number that a computer cannot hold; with it, no exponent is above 0.",
    ),
    "begin": Text(
        es="Softmax {count:da 1 al único logit|reparte 1 entre los {count} logits} de un vector: aquí, {line}.",
        en="A softmax {count:gives 1 to the only logit|shares 1 out among the {count} logits} of a vector: here {line}.",
    ),
    "begin_fewer": Text(
        es="Softmax {count:da 1 al único logit|reparte 1 entre los {count} logits} de un vector. Se {shown:muestra|muestran} {shown} de los {lines} vectores a lo largo del eje {axis}.",
        en="A softmax {count:gives 1 to the only logit|shares 1 out among the {count} logits} of a vector. Of the {lines} vectors along axis {axis}, {shown} {shown:is|are} shown.",
    ),
    "row": Text(es="la fila {number}", en="row {number}"),
    "column": Text(es="la columna {number}", en="column {number}"),
    "vector": Text(es="el vector {number}", en="vector {number}"),
    "largest": Text(
        es="El mayor logit, m = {m}, se resta de todos: el cociente no cambia, y ninguna exponencial es tan grande que no quepa.",
        en="The largest logit, m = {m}, is subtracted from all: the quotient stays, and no exponential is too large to be held.",
    ),
    "raise": Text(
        es="La exponencial vuelve positivo cada número y agranda las diferencias; juntas suman {total}.",
        en="The exponential makes every number positive and differences larger; together they are {total}.",
    ),
    "divide": Text(
        es="Cada exponencial dividida por la suma es una probabilidad; apiladas, las barras llegan justo a 1.",
        en="Each exponential divided by the sum is a probability; end to end, the bars reach exactly 1.",
    ),
    "logarithm": Text(
        es="log p = z − m − log Σ: se calcula sin pasar por p, y sigue siendo finito cuando p ya es 0.",
        en="log p = z − m − log Σ: computed without p itself, it stays finite where p is 0 already.",
    ),
    "next": Text(
        es="Ahora, {line}: se resta su propio máximo, m = {m}, y sus probabilidades suman 1 por separado.",
        en="Then {line}: its own largest, m = {m}, is subtracted, and its probabilities sum to 1 by themselves.",
    ),
    "end": Text(
        es="Cada vector suma 1 por su cuenta. En este, la mayor probabilidad es {p}: la del mayor logit.",
        en="Every vector sums to 1 by itself. In this one the largest probability is {p}: the largest logit's.",
    ),
    "end_tie": Text(
        es="Cada vector suma 1 por su cuenta. En este hay un empate: {ties} clases comparten la mayor probabilidad, {p}.",
        en="Every vector sums to 1 by itself. In this one there is a tie: {ties} classes share the largest probability, {p}.",
    ),
    "no_such_axis": Text(
        es="El eje {axis} no existe: x tiene tamaño {shape}. Dé un eje de 0 a {last}.",
        en="There is no axis {axis}: x has shape {shape}. Give an axis from 0 to {last}.",
    ),
    "empty": Text(
        es="x tiene tamaño {shape}; hace falta al menos un logit.",
        en="x has shape {shape}; at least one logit is needed.",
    ),
    "names": Text(
        es="Hay {names} {names:nombre|nombres} de clase y {classes} {classes:logit|logits} en cada vector. Dé un nombre por logit.",
        en="There {names:is|are} {names} class {names:name|names} and {classes} {classes:logit|logits} in each vector. Give one name a logit.",
    ),
}
