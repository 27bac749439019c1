"""What the film of learned filters says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Los filtros de una primera capa mientras aprenden", en="A first layer's filters as they learn"
    ),
    "wall": Text(
        es="{count} {count:filtro|filtros} de {size}×{bands}", en="{count} {count:filter|filters} of {size}×{bands}"
    ),
    "learned": Text(es="aprendido", en="learned"),
    "classical": Text(es="clásico", en="classical"),
    "epoch_name": Text(es="época {number}", en="epoch {number}"),
    "epoch_name_accuracy": Text(
        es="época {number} · {accuracy} % de aciertos", en="epoch {number} · {accuracy} % correct"
    ),
    "begin": Text(
        es="Antes de entrenar, los filtros son ruido; aun así se parecen algo a uno clásico: {mean} de media.",
        en="Before training the filters are noise; even so they are somewhat like a classical one: {mean} on average.",
    ),
    "epoch": Text(
        es="Tras la época {epoch}: parecido medio de cada filtro con su clásico más cercano, {mean}.",
        en="After epoch {epoch}: mean similarity of each filter to the classical one nearest to it, {mean}.",
    ),
    "epoch_accuracy": Text(
        es="Tras la época {epoch}, con {accuracy} % de aciertos: parecido medio con el clásico más cercano, {mean}.",
        en="After epoch {epoch}, at {accuracy} % correct: mean similarity to the nearest classical filter, {mean}.",
    ),
    "onwards": Text(
        es="Época tras época los filtros dejan de ser ruido. A la derecha, {count:el que más se acerca|los {count} que más se acercan} a uno clásico.",
        en="Epoch after epoch the filters leave the noise behind. At the right, the {count:one that comes|{count} that come} nearest to a classical one.",
    ),
    "end": Text(
        es="Al final, {close} de {count} {count:filtro|filtros} se {close:parece|parecen} a uno clásico (coseno de 0,80 o más); la media pasó de {start} a {mean}.",
        en="At the end, {close} of {count} {count:filter|filters} {close:resembles|resemble} a classical one (cosine of 0.80 or more); the mean went from {start} to {mean}.",
    ),
    "like_gaussian": Text(es="Gaussiano", en="Gaussian"),
    "like_sobel_x": Text(es="Sobel X", en="Sobel X"),
    "like_sobel_y": Text(es="Sobel Y", en="Sobel Y"),
    "like_prewitt_x": Text(es="Prewitt X", en="Prewitt X"),
    "like_prewitt_y": Text(es="Prewitt Y", en="Prewitt Y"),
    "like_scharr_x": Text(es="Scharr X", en="Scharr X"),
    "like_scharr_y": Text(es="Scharr Y", en="Scharr Y"),
    "like_laplacian_4": Text(es="Laplaciano, 4 vecinos", en="Laplacian, 4 neighbours"),
    "like_laplacian_8": Text(es="Laplaciano, 8 vecinos", en="Laplacian, 8 neighbours"),
    "like_gabor_line_0": Text(es="Gabor: línea recta", en="Gabor: upright line"),
    "like_gabor_line_45": Text(es="Gabor: línea a 45°", en="Gabor: line at 45°"),
    "like_gabor_edge_0": Text(es="Gabor: borde recto", en="Gabor: upright edge"),
    "like_gabor_edge_45": Text(es="Gabor: borde a 45°", en="Gabor: edge at 45°"),
    "weights": Text(
        es="Los pesos tienen tamaño {shape}; hacen falta (épocas, filtros, bandas, lado, lado), sin ejes vacíos.",
        en="The weights have shape {shape}; (epochs, filters, bands, side, side) are needed, no axis empty.",
    ),
    "epochs": Text(
        es="Hay {epochs} {epochs:número|números} de época y pesos de {weights}. Dé uno por cada juego de pesos.",
        en="There {epochs:is|are} {epochs} {epochs:number|numbers} of epochs and weights of {weights}. Give one for each set of weights.",
    ),
}
