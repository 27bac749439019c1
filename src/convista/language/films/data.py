"""What each datum of a film is, by its name; by its kind as well where films mean different things by one name."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "image_numbers": Text(es="La imagen: (filas, columnas).", en="The image: (rows, columns)."),
    "image_channels": Text(
        es="La imagen: de una foto, rojo, verde y azul; de un ráster, sus bandas.",
        en="The image: of a photo red, green and blue, of a raster its bands.",
    ),
    "scene": Text(es="La escena de la que se habla.", en="The scene that it is about."),
    "run": Text(es="El entrenamiento del que se habla.", en="The training that it is about."),
    "kernel_numbers": Text(
        es="El kernel: archivo, números o un filtro clásico.",
        en="The kernel: a file, numbers, or a classical filter.",
    ),
    "kernel_whole_or_pair": Text(es="Filas y columnas de la ventana.", en="Rows and columns of the window."),
    "kernels_named_arrays": Text(
        es="Kernels por nombre, en lugar de los clásicos.", en="Kernels by name, instead of the classical ones."
    ),
    "kernels_arrays": Text(
        es="El kernel de cada convolución, en orden.", en="The kernel of each convolution, in order."
    ),
    "filters_arrays": Text(
        es="De cada capa, sus filtros: (filtros, canales, filas, columnas).",
        en="Of each layer its filters: (filters, channels, rows, columns).",
    ),
    "filters_numbers": Text(
        es="Los filtros, junto con una imagen: (filtros, canales, filas, columnas).",
        en="The filters, together with an image: (filters, channels, rows, columns).",
    ),
    "filters_whole": Text(
        es="Filtros de la capa cuyos pesos se cuentan.", en="Filters of the layer whose weights are counted."
    ),
    "patch": Text(
        es="Filas y columnas del parche cuyos pesos se cuentan.",
        en="Rows and columns of the patch whose weights are counted.",
    ),
    "bands": Text(es="Bandas de ese parche.", en="Bands of that patch."),
    "bias": Text(es="Un sesgo por filtro o neurona.", en="A bias for each filter or neuron."),
    "biases": Text(
        es="De cada capa densa, un sesgo por neurona, o null.",
        en="Of each dense layer a bias for each neuron, or null.",
    ),
    "weight": Text(
        es="Los pesos de la capa, una fila por neurona.", en="The layer's weights, a row for each neuron."
    ),
    "weights_numbers": Text(
        es="Los filtros de cada época: (épocas, filtros, bandas, lado, lado).",
        en="The filters of each epoch: (epochs, filters, bands, side, side).",
    ),
    "weights_arrays": Text(
        es="De cada capa densa sus pesos, una fila por neurona.",
        en="Of each dense layer its weights, a row for each neuron.",
    ),
    "snapshots": Text(
        es="Archivo que escribió convista train --snapshots, o la carpeta donde está.",
        en="A file that convista train --snapshots wrote, or the folder that it is in.",
    ),
    "x_numbers": Text(es="Los valores que lee la capa.", en="The values that the layer reads."),
    "x_channels": Text(es="Los mapas que lee la capa.", en="The maps that the layer reads."),
    "maps": Text(es="Los mapas que se resumen.", en="The maps that are summed up."),
    "stride": Text(es="Cuánto avanza la ventana.", en="How far the window moves."),
    "padding": Text(es="Celdas que se añaden en los bordes.", en="Cells that are added at the edges."),
    "dilation": Text(
        es="Distancia entre los elementos que lee la ventana.",
        en="Distance between the elements that the window reads.",
    ),
    "ceil_mode": Text(
        es="Si la última ventana puede salirse del mapa.", en="Whether the last window may reach beyond the map."
    ),
    "count_padding": Text(
        es="Si las celdas añadidas cuentan en la media.", en="Whether added cells count in the average."
    ),
    "convention": Text(
        es="Cómo se reparte un relleno impar: both (igual a ambos lados) o after (uno más después).",
        en="How odd padding is shared out: both (as many on both sides) or after (one more after).",
    ),
    "title": Text(es="El título, en lugar del suyo.", en="The title, instead of its own."),
    "seed": Text(es="Semilla de lo que se sortea.", en="Seed of what is drawn by chance."),
    "alpha": Text(
        es="α, la pendiente o el límite de la parte negativa.", en="α, slope or limit of the negative part."
    ),
    "axis": Text(
        es="Eje por el que compiten los números: 1, cada fila; 0, cada columna.",
        en="Axis along which numbers compete: 1, each row; 0, each column.",
    ),
    "class_names": Text(es="Un nombre por clase.", en="A name for each class."),
    "band_names": Text(es="Un nombre por banda.", en="A name for each band."),
    "out": Text(es="Filas y columnas de la salida.", en="Rows and columns of the output."),
    "mix": Text(es="λ, de la media (0) al máximo (1).", en="λ, from the average (0) to the maximum (1)."),
    "levels": Text(
        es="Celdas por lado en cada nivel de la pirámide.", en="Cells a side on each level of the pyramid."
    ),
    "regions": Text(es="Regiones hacia abajo y a lo ancho.", en="Regions down and across."),
    "sample": Text(es="Qué muestra del lote, desde 0.", en="Which sample of the batch, from 0."),
    "pool": Text(es="Lado y paso de la ventana del max-pool.", en="Side and step of the max-pool's window."),
    "target_number": Text(
        es="Lo que quieren las pérdidas de regresión, de −3,5 a 3,5.",
        en="What the losses of regression want, −3.5 to 3.5.",
    ),
    "target_whole": Text(
        es="Clase cuya pérdida vuelve al entrenar, desde 0.", en="Class whose loss goes back in training, from 0."
    ),
    "delta": Text(es="δ de la pérdida de Huber.", en="δ of Huber's loss."),
    "gamma": Text(es="γ de la pérdida focal.", en="γ of the focal loss."),
    "others": Text(
        es="Logits de las otras clases en la entropía cruzada.",
        en="Logits of the other classes of the cross-entropy.",
    ),
    "rate": Text(es="η, la tasa de aprendizaje.", en="η, the learning rate."),
    "momentum_rate": Text(es="La tasa de aprendizaje del momento.", en="The learning rate of momentum."),
    "adam_rate": Text(es="La tasa de aprendizaje de Adam.", en="The learning rate of Adam."),
    "steps": Text(es="Pasos que se dan.", en="Steps that are taken."),
    "decay": Text(es="Decaimiento de los pesos.", en="Weight decay."),
    "channel": Text(
        es="Mapa de la convolución que se sigue, desde 0.", en="Map of the convolution to follow, from 0."
    ),
    "p": Text(es="Probabilidad de omitir un valor.", en="Probability that a value is left out."),
    "masks": Text(
        es="Máscaras en lugar de las sorteadas: 1 donde el valor se conserva.",
        en="Masks instead of drawn ones: 1 where a value is kept.",
    ),
    "groups": Text(es="Grupos en que se dividen los canales.", en="Groups that the channels are divided into."),
    "epsilon": Text(es="ε, que se suma a la varianza.", en="ε, which is added to the variance."),
    "mean": Text(
        es="Medias que guarda batch norm, una por canal.", en="Means that batch norm keeps, one a channel."
    ),
    "variance": Text(
        es="Varianzas que guarda batch norm, una por canal.", en="Variances that batch norm keeps, one a channel."
    ),
    "pixel": Text(es="Fila y columna del píxel que se sigue.", en="Row and column of the pixel to follow."),
    "epochs": Text(
        es="Las épocas, cada una con epoch, loss y lo que se vigila.",
        en="The epochs, each with epoch, loss and what is watched.",
    ),
    "watched": Text(es="Qué se vigila: una cifra de las épocas.", en="What is watched: a figure of the epochs."),
    "patience": Text(
        es="Épocas sin mejora tras las que se para.", en="Epochs without a better one after which to stop."
    ),
    "layers": Text(es="Capas de la red, por nombre.", en="Layers of the network, by name."),
    "sizes": Text(es="Lados de los parches, en píxeles.", en="Sides of the patches, in pixels."),
    "cuts": Text(es="Lado y paso de cada corte, en píxeles.", en="Side and step of each cut, in pixels."),
    "band": Text(es="La banda de la escena, por nombre.", en="The scene's band, by name."),
}
