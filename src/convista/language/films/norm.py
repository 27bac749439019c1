"""What the films of normalisations say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Normalizar: ¿sobre qué valores se promedia?", en="Normalisation: which values are averaged over?"
    ),
    "tex": Text(
        es=r"y = \gamma\,\frac{{x - \mu}}{{\sqrt{{\sigma^2 + \epsilon}}}} + \beta",
        en=r"y = \gamma\,\frac{{x - \mu}}{{\sqrt{{\sigma^2 + \epsilon}}}} + \beta",
    ),
    "question": Text(
        es="Un lote: una fila por muestra, una columna por canal. Normalizar resta una media μ: pero ¿la media de qué números?",
        en="A batch: a row a sample, a column a channel. To normalise is to subtract a mean μ: but the mean of which numbers?",
    ),
    "narrated_question": Text(
        es="Las muestras que entran juntas a una capa forman un lote, y cada una tiene sus canales. Los canales pueden vivir en escalas muy distintas, y eso hace difícil aprender. Normalizar los lleva a una escala común: se resta una media y se divide por una desviación. La pregunta de esta película es de qué números son.",
        en="Samples that enter a layer together are a batch, and each has its channels. Channels may live on very different scales, and that makes learning hard. To normalise is to bring them to one scale: a mean is subtracted, and a deviation divides. The question of this film is of which numbers these are.",
    ),
    "end": Text(
        es="La fórmula es siempre la misma; cada método decide qué números comparten media y varianza.",
        en="The formula is always the same; each method decides which numbers share a mean and a variance.",
    ),
    "axes": Text(es="filas: muestras · columnas: canales", en="rows: samples · columns: channels"),
    "short_batch_training": Text(es="batch", en="batch"),
    "short_layer": Text(es="layer", en="layer"),
    "short_group": Text(es="group", en="group"),
    "short_instance": Text(es="instance", en="instance"),
    "traced_title": Text(es="{layer}: una normalización", en="{layer}: a normalisation"),
    "sample": Text(es="muestra {n}", en="sample {n}"),
    "channel": Text(es="canal {c}", en="channel {c}"),
    "input": Text(es="x: el lote", en="x: the batch"),
    "output": Text(es="y: normalizado", en="y: normalised"),
    "fewer": Text(
        es="{text} (A la vista: muestras, {samples}; canales, {channels}.)",
        en="{text} (In view: samples, {samples}; channels, {channels}.)",
    ),
    "batch_training": Text(
        es="Batch norm al entrenar: cada canal se promedia sobre todas las muestras del lote y todos sus píxeles.",
        en="Batch norm in training: each channel is averaged over all samples of the batch and all their pixels.",
    ),
    "batch_inference": Text(
        es="Batch norm al inferir: no promedia el lote; usa la media y la varianza guardadas al entrenar.",
        en="Batch norm in inference: it does not average the batch, but uses the mean and variance kept from training.",
    ),
    "layer": Text(
        es="Layer norm: cada muestra se promedia sobre todos sus canales y píxeles; las demás no cuentan.",
        en="Layer norm: each sample is averaged over all its channels and pixels; the other samples do not count.",
    ),
    "group": Text(
        es="Group norm: dentro de cada muestra se promedia cada grupo de canales por separado.",
        en="Group norm: within each sample, each group of channels is averaged by itself.",
    ),
    "instance": Text(
        es="Instance norm: cada canal de cada muestra se promedia solo sobre sus píxeles.",
        en="Instance norm: each channel of each sample is averaged over its own pixels only.",
    ),
    "not_a_batch": Text(
        es="x tiene tamaño {shape}; hace falta un lote (muestras, canales, filas, columnas), sin ejes vacíos.",
        en="x has shape {shape}; a batch is needed, (samples, channels, rows, columns), no axis empty.",
    ),
    "groups": Text(
        es="No se {groups:puede hacer 1 grupo igual|pueden hacer {groups} grupos iguales} de {channels} {channels:canal|canales}. Elija un divisor de {channels}.",
        en="{channels} {channels:channel|channels} cannot be divided into {groups} equal {groups:group|groups}. Choose a divisor of {channels}.",
    ),
    "not_whole_samples": Text(
        es="{layer} promedia {axes:el último eje|los últimos {axes} ejes} de {shape}; la película solo muestra las que promedian muestras enteras.",
        en="{layer} averages over the last {axes:axis|{axes} axes} of {shape}; the film only shows those that average whole samples.",
    ),
}
