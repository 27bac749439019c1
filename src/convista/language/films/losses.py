"""What the film of losses says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="Funciones de pérdida y su gradiente", en="Losses and their gradient"),
    "legend_loss": Text(es="pérdida L", en="loss L"),
    "legend_slope": Text(es="gradiente ∂L/∂{symbol}", en="gradient ∂L/∂{symbol}"),
    "legend_tangent": Text(es="tangente", en="tangent"),
    "axis_x": Text(es="x: la predicción", en="x: the prediction"),
    "axis_z": Text(es="z: el logit", en="z: the logit"),
    "target": Text(es="objetivo t = {target}", en="target t = {target}"),
    "towards": Text(es="objetivo: p hacia 1", en="target: p towards 1"),
    "mask_p": Text(es="predicha p", en="predicted p"),
    "mask_g": Text(es="verdadera g", en="true g"),
    "name_mse": Text(es="Error cuadrático (MSE)", en="Squared error (MSE)"),
    "name_mae": Text(es="Error absoluto (MAE)", en="Absolute error (MAE)"),
    "name_huber": Text(es="Pérdida de Huber", en="Huber loss"),
    "name_binary": Text(es="Entropía cruzada binaria", en="Binary cross-entropy"),
    "name_classes": Text(es="Entropía cruzada de varias clases", en="Cross-entropy of several classes"),
    "name_focal": Text(es="Pérdida focal", en="Focal loss"),
    "name_dice": Text(es="Pérdida de Dice, para segmentar", en="Dice loss, for segmentation"),
    "tex_mse": Text(es=r"L = (x - t)^2", en=r"L = (x - t)^2"),
    "tex_mae": Text(es=r"L = |x - t|", en=r"L = |x - t|"),
    "tex_huber": Text(
        es=r"L = \frac{{1}}{{2}}(x - t)^2 \ \mathrm{{si}}\ |x - t| \leq \delta,\ \ \delta\,|x - t| - \frac{{1}}{{2}}\delta^2 \ \mathrm{{si\ no}}",
        en=r"L = \frac{{1}}{{2}}(x - t)^2 \ \mathrm{{if}}\ |x - t| \leq \delta,\ \ \delta\,|x - t| - \frac{{1}}{{2}}\delta^2 \ \mathrm{{else}}",
    ),
    "tex_binary": Text(es=r"L = -\log p,\ \ p = \sigma(z)", en=r"L = -\log p,\ \ p = \sigma(z)"),
    "tex_classes": Text(
        es=r"L = -\log p,\ \ p = \mathrm{{softmax}}(z)", en=r"L = -\log p,\ \ p = \mathrm{{softmax}}(z)"
    ),
    "tex_focal": Text(
        es=r"L = -(1 - p)^\gamma \log p,\ \ p = \sigma(z)", en=r"L = -(1 - p)^\gamma \log p,\ \ p = \sigma(z)"
    ),
    "tex_dice": Text(
        es=r"L = 1 - \frac{{2\,\Sigma\, p\, g + 1}}{{\Sigma\, p^2 + \Sigma\, g^2 + 1}},\ \ p = \sigma(z)",
        en=r"L = 1 - \frac{{2\,\Sigma\, p\, g + 1}}{{\Sigma\, p^2 + \Sigma\, g^2 + 1}},\ \ p = \sigma(z)",
    ),
    "question": Text(
        es="¿Cuánto cuesta equivocarse? Una pérdida lo dice con un número, y su gradiente dice hacia dónde corregir.",
        en="What does a mistake cost? A loss says it in one number, and its gradient says which way to mend it.",
    ),
    "narrated_question": Text(
        es="Una red aprende de sus errores, y para eso alguien tiene que decirle cuánto se equivocó. Eso hace una pérdida: da un solo número, más alto cuanto peor es la predicción. Su gradiente es la pendiente de la curva en ese lugar: dice hacia qué lado mover la predicción y con cuánta fuerza.",
        en="A network learns from its mistakes, and for that someone must tell it how wrong it was. That is what a loss does: it gives one number, the higher the worse the prediction is. Its gradient is the slope of the curve at that place: it says which way to move the prediction, and how hard.",
    ),
    "end": Text(
        es="Todas bajan hacia el objetivo; elegir una es decidir qué errores pesan más.",
        en="All of them fall towards the target; to choose one is to decide which mistakes weigh more.",
    ),
    "mse": Text(
        es="Error cuadrático (MSE), con t = {target}: el gradiente crece con el error, así que los errores grandes mandan.",
        en="Squared error (MSE), with t = {target}: the gradient grows with the error, so that large errors rule.",
    ),
    "mae": Text(
        es="Error absoluto (MAE), con t = {target}: el gradiente es −1 o 1; todo error tira con la misma fuerza.",
        en="Absolute error (MAE), with t = {target}: the gradient is −1 or 1; every error pulls equally hard.",
    ),
    "huber": Text(
        es="Huber, con t = {target} y δ = {delta}: cuadrática cerca del objetivo y recta lejos; el gradiente no pasa de δ.",
        en="Huber, with t = {target} and δ = {delta}: squared near the target and straight far away; the gradient never exceeds δ.",
    ),
    "binary": Text(
        es="Entropía cruzada binaria, si lo verdadero es 1: una certeza equivocada cuesta mucho; el gradiente es p − 1.",
        en="Binary cross-entropy where the truth is 1: wrong certainty costs much; the gradient is p − 1.",
    ),
    "classes": Text(
        es="Entropía cruzada de varias clases: sube el logit de la verdadera, los otros quietos; el gradiente es p − 1.",
        en="Cross-entropy of several classes: the true one's logit rises, the others rest; the gradient is p − 1.",
    ),
    "focal": Text(
        es="Pérdida focal, γ = {gamma}: como la entropía cruzada, pero lo que ya se acierta apenas cuenta.",
        en="Focal loss, γ = {gamma}: as cross-entropy, but what is already right hardly counts.",
    ),
    "dice": Text(
        es="Dice, en cuatro píxeles de los que se mueve uno: mide cuánto se solapan la región predicha y la verdadera.",
        en="Dice, over four pixels of which one moves: it measures how far the predicted region and the true one overlap.",
    ),
    "data": Text(
        es="Objetivo {target}, δ {delta}, γ {gamma}, otros logits {others}: dé un objetivo de −3,5 a 3,5, δ mayor que 0, γ de 0 o más y al menos otro logit.",
        en="Target {target}, δ {delta}, γ {gamma}, other logits {others}: give a target of −3.5 to 3.5, δ above 0, γ of 0 or more, and at least one other logit.",
    ),
}
