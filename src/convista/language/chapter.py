"""What `chapter` says: the sections, what each film is about, and what there is not."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "section_a": Text(es="Imágenes, parches, filtros", en="Images, patches, filters"),
    "section_b": Text(es="Convolución", en="Convolution"),
    "section_c": Text(es="Activaciones", en="Activations"),
    "section_d": Text(es="Pooling", en="Pooling"),
    "section_e": Text(es="Aplanado y capas densas", en="Flatten and dense"),
    "section_f": Text(es="Aprendizaje", en="Learning"),
    "film_conv_first_values": Text(
        es="Los dos primeros valores de una convolución, a mano: producto a producto.",
        en="The first two values of a convolution by hand: product by product.",
    ),
    "film_patches_mosaic": Text(
        es="Una escena se corta en parches de 64 y de 32 píxeles, uno al lado del otro.",
        en="A scene is cut into patches of 64 and of 32 pixels, side by side.",
    ),
    "film_patches_overlap": Text(
        es="Parches que se solapan, y cuántos leen cada píxel.",
        en="Patches that overlap, and how many of them read each pixel.",
    ),
    "film_filters": Text(
        es="Sobel, Prewitt, Laplaciano, Gaussiano y Gabor sobre la misma imagen.",
        en="Sobel, Prewitt, Laplacian, Gaussian and Gabor on the same image.",
    ),
    "film_filters_learned": Text(
        es="Los filtros de una ResNet-18 mientras aprende, y cuánto se parecen a los clásicos.",
        en="The filters of a ResNet-18 as it learns, and how close they come to classical ones.",
    ),
    "film_activation_maps": Text(
        es="Los 64 mapas de la primera capa de una ResNet-18 entrenada, sobre un parche.",
        en="All 64 maps of the first layer of a trained ResNet-18, over one patch.",
    ),
    "not_rgb": Text(
        es="La imagen tiene tamaño {shape}; la primera capa lee rojo, verde y azul: (3, filas, columnas).",
        en="The image has shape {shape}; the first layer reads red, green and blue: (3, rows, columns).",
    ),
    "not_reflectance": Text(
        es="Los valores de la escena {scene} no son reflectancias de 0 a 1, y la red se entrenó con ellas. Dé la escala de las bandas al abrirla, o una imagen de 1 a 255 (image).",
        en="The values of scene {scene} are not reflectances of 0 to 1, and the network was trained on those. Give the scale of the bands when opening it, or an image of 1 to 255 (image).",
    ),
    "not_bytes": Text(
        es="El mayor valor de la imagen es {largest}, y la red se entrenó con fotos de 1 a 255. Dé la imagen en esa escala; una escena de reflectancias, con scene.",
        en="The largest value of the image is {largest}, and the network was trained on photos of 1 to 255. Give the image on that scale; a scene of reflectances by scene.",
    ),
    "image_made_smaller": Text(
        es="La imagen tiene {rows}×{columns} píxeles; se muestra la media de cada {times}×{times}. Para verla píxel a píxel, recórtela.",
        en="The image has {rows}×{columns} pixels; the average of each {times}×{times} is shown. To see it pixel by pixel, cut it.",
    ),
    "run_without_folder": Text(
        es="El modelo no está guardado, así que no tiene pesos de cada época a su lado. Entrénelo con snapshots=True y out=CARPETA.",
        en="The run is not saved, so that no weights of each epoch lie beside it. Train it with snapshots=True and out=FOLDER.",
    ),
    "no_filters_kept": Text(
        es="{file} no tiene los pesos de ninguna convolución sobre imágenes, sino: {names}. Entrene guardando los de una (--snapshots).",
        en="{file} has the weights of no convolution over images, but: {names}. Train with snapshots of one (--snapshots).",
    ),
    "no_convolution": Text(
        es="La traza no tiene ninguna convolución sobre mapas. Trace una red que la tenga.",
        en="The trace has no convolution over maps. Trace a network that has one.",
    ),
    "film_conv_step_by_step": Text(
        es="Un kernel recorre una imagen: cada producto, cada suma y qué significa su signo.",
        en="A kernel slides over an image: every product, every sum, and what its sign means.",
    ),
    "film_conv_flip": Text(
        es="Correlación cruzada y convolución: qué cambia al girar el kernel.",
        en="Cross-correlation and convolution: what flipping the kernel changes.",
    ),
    "film_conv2d_valid_s1": Text(
        es="Convolución sin relleno, paso 1: la salida encoge.",
        en="A convolution without padding, stride 1: the output shrinks.",
    ),
    "film_conv2d_same_s1": Text(
        es="Convolución con relleno, paso 1: la salida conserva el tamaño.",
        en="A convolution with padding, stride 1: the output keeps the size.",
    ),
    "film_conv2d_valid_s2": Text(
        es="Convolución sin relleno, paso 2: la ventana salta, y hay celdas que no se leen.",
        en="A convolution without padding, stride 2: the window jumps, and some cells are never read.",
    ),
    "film_conv2d_same_s2": Text(
        es="Convolución con relleno, paso 2: las dos convenciones de «same», y en qué difieren.",
        en="A convolution with padding, stride 2: the two conventions of “same”, and where they differ.",
    ),
    "film_conv3d_valid_s1": Text(
        es="Convolución sin relleno, paso 1, en perspectiva: un bloque amarillo recorre la entrada.",
        en="A convolution without padding, stride 1, in perspective: a yellow block slides over the input.",
    ),
    "film_conv3d_valid_s2": Text(
        es="Convolución sin relleno, paso 2, en perspectiva: un bloque amarillo recorre la entrada.",
        en="A convolution without padding, stride 2, in perspective: a yellow block slides over the input.",
    ),
    "film_conv3d_same_s1": Text(
        es="Convolución con relleno, paso 1, en perspectiva: un bloque amarillo recorre la entrada.",
        en="A convolution with padding, stride 1, in perspective: a yellow block slides over the input.",
    ),
    "film_conv3d_same_s2": Text(
        es="Convolución con relleno, paso 2, en perspectiva: un bloque amarillo recorre la entrada.",
        en="A convolution with padding, stride 2, in perspective: a yellow block slides over the input.",
    ),
    "film_conv_transpose": Text(
        es="Convolución transpuesta: cada valor se reparte sobre una ventana, y el mapa crece.",
        en="Transposed convolution: each value is spread over a window, and the map grows.",
    ),
    "film_conv_chain": Text(
        es="Una convolución sobre otra: cada valor espera a los que lee.",
        en="One convolution on another: each value waits for those that it reads.",
    ),
    "film_conv_chain_channels": Text(
        es="La cadena con tres canales por bloque: cada filtro lee todos y escribe uno.",
        en="The chain with three channels a block: each filter reads all and writes one.",
    ),
    "film_conv_layer": Text(
        es="Una capa convolucional entera: convolución, ReLU y max-pool, todos los filtros a la vez.",
        en="A whole convolutional layer: convolution, ReLU and max-pool, all filters at once.",
    ),
    "film_normalisation": Text(
        es="Batch norm al entrenar y al inferir, layer, group e instance norm: qué promedia cada una.",
        en="Batch norm in training and in inference, layer, group and instance norm: what each averages over.",
    ),
    "film_augmentation": Text(
        es="Las ocho simetrías de un parche: los píxeles se mueven y sus bandas no cambian.",
        en="The eight symmetries of a patch: pixels move, and their bands stay as they are.",
    ),
    "pixel_outside": Text(
        es="El píxel [{row},{column}] queda fuera del parche. Filas y columnas van de 0 a {last}.",
        en="The pixel [{row},{column}] lies outside the patch. Rows and columns go from 0 to {last}.",
    ),
    "film_receptive_field": Text(
        es="Qué píxeles ve cada capa, cuánto cuenta cada uno y dónde están en el suelo.",
        en="Which pixels each layer sees, how much each counts, and where they lie on the ground.",
    ),
    "film_early_stopping": Text(
        es="Una curva real de entrenamiento: dónde está la mejor época y cuándo se para.",
        en="A real training curve: where the best epoch is, and when to stop.",
    ),
    "watched_validation_loss": Text(es="pérdida en validación", en="validation loss"),
    "watched_accuracy": Text(es="aciertos en validación", en="validation accuracy"),
    "no_such_number": Text(
        es="A las épocas les falta: {missing}. Tienen: {known}.",
        en="The epochs lack: {missing}. They have: {known}.",
    ),
    "film_training_vs_inference": Text(
        es="El mismo parche al entrenar y al inferir: dropout, batch norm, gradientes, aumento y respuesta.",
        en="The same patch in training and in inference: dropout, batch norm, gradients, augmentation and answer.",
    ),
    "network_and_patch": Text(
        es="Hacen falta una red y un parche, y solo se dio uno de los dos. Dé ambos (network, patch), o ninguno.",
        en="A network and a patch are needed, and only one of them was given. Give both (network, patch), or neither.",
    ),
    "no_logits": Text(
        es="La red da una salida de tamaño {shape}; hacen falta números de clases (muestras, clases).",
        en="The network gives an output of shape {shape}; numbers of classes are needed, (samples, classes).",
    ),
    "film_dropout": Text(
        es="Dropout: valores apagados al azar al entrenar; al inferir, nada.",
        en="Dropout: values left out by chance in training; in inference, none.",
    ),
    "film_cnn_stages": Text(
        es="Las dos etapas de una red: primero aprende características, después decide.",
        en="The two stages of a network: first it learns features, then it decides.",
    ),
    "film_architecture_lenet": Text(
        es="LeNet-5 capa por capa: tamaños, parámetros, trabajo y campo receptivo.",
        en="LeNet-5 layer by layer: sizes, parameters, work and receptive field.",
    ),
    "film_architecture_vgg": Text(
        es="VGG-11: convoluciones 3×3 apiladas, y dónde están casi todos sus parámetros.",
        en="VGG-11: stacked 3×3 convolutions, and where nearly all its parameters are.",
    ),
    "film_architecture_resnet": Text(
        es="ResNet-18: los atajos que suman la entrada de cada bloque a su salida.",
        en="ResNet-18: the shortcuts that add the input of each block to its output.",
    ),
    "film_architecture_unet": Text(
        es="U-Net: baja, sube y junta cada nivel con el suyo, para dar una clase a cada píxel.",
        en="U-Net: down, up, and each level joined with its own, to give every pixel a class.",
    ),
    "title_architecture_lenet": Text(es="LeNet-5: la red capa por capa", en="LeNet-5: the network layer by layer"),
    "title_architecture_vgg": Text(es="VGG-11: la red capa por capa", en="VGG-11: the network layer by layer"),
    "title_architecture_resnet": Text(
        es="ResNet-18: la red capa por capa, con sus atajos",
        en="ResNet-18: the network layer by layer, with its shortcuts",
    ),
    "title_architecture_unet": Text(
        es="U-Net: la red capa por capa, hacia abajo y de vuelta",
        en="U-Net: the network layer by layer, down and up again",
    ),
    "film_activation_relu": Text(
        es="ReLU sobre un mapa, valor a valor: lo negativo se vuelve 0.",
        en="ReLU over a map, value by value: what is negative becomes 0.",
    ),
    "film_activation_leaky_relu": Text(
        es="Leaky ReLU: lo negativo conserva una pequeña parte, y su gradiente.",
        en="Leaky ReLU: the negative keeps a small part, and its gradient.",
    ),
    "film_activation_sigmoid": Text(
        es="La sigmoide: entre 0 y 1, con pendiente de 0,25 como mucho.",
        en="The sigmoid: between 0 and 1, with a slope of 0.25 at most.",
    ),
    "film_activation_tanh": Text(
        es="La tangente hiperbólica: entre −1 y 1, centrada en 0.",
        en="The hyperbolic tangent: between −1 and 1, centred on 0.",
    ),
    "film_activation_elu": Text(
        es="ELU: lo negativo se curva y nunca baja de −α.",
        en="ELU: the negative bends and never falls below −α.",
    ),
    "film_activation_gelu": Text(
        es="GELU exacta y por tanh: las dos fórmulas y su mayor diferencia.",
        en="GELU, exact and by tanh: both formulas and their largest difference.",
    ),
    "film_activation_swish": Text(
        es="Swish: cada valor por su propia sigmoide.",
        en="Swish: each value times its own sigmoid.",
    ),
    "film_activation_softmax": Text(
        es="Softmax: de logits a probabilidades, vector a vector, por un eje a elegir.",
        en="Softmax: from logits to probabilities, vector by vector, along an axis to choose.",
    ),
    "film_pool_max": Text(
        es="Max-pooling: de cada ventana pasa el mayor valor, y lleva un anillo.",
        en="Max-pooling: the largest value of each window passes, and wears a ring.",
    ),
    "film_pool_average": Text(
        es="Pooling por media, comparado con el máximo de las mismas ventanas.",
        en="Average-pooling, compared with the maximum of the same windows.",
    ),
    "film_pool_global_max": Text(
        es="Un número por mapa: su mayor valor.",
        en="One number a map: its largest value.",
    ),
    "film_pool_global_average": Text(
        es="Un número por mapa: su media.",
        en="One number a map: its average.",
    ),
    "film_pool_min": Text(
        es="Min-pooling: de cada ventana pasa el menor valor.",
        en="Min-pooling: the smallest value of each window passes.",
    ),
    "film_pool_sum": Text(
        es="Pooling por suma de cada ventana.",
        en="Pooling by the sum of each window.",
    ),
    "film_pool_l2": Text(
        es="Pooling L2: la longitud de cada ventana como vector.",
        en="L2 pooling: the length of each window as a vector.",
    ),
    "film_pool_stochastic": Text(
        es="Pooling estocástico: se sortea un valor, con probabilidades a la vista.",
        en="Stochastic pooling: one value is drawn, its probability in sight.",
    ),
    "film_pool_fractional": Text(
        es="Max-pooling fraccionario: ventanas a saltos desiguales, sorteados.",
        en="Fractional max-pooling: windows at uneven, drawn steps.",
    ),
    "film_pool_adaptive_max": Text(
        es="Máximo adaptativo: tantas celdas como se pidan, sea cual sea el mapa.",
        en="Adaptive maximum: as many cells as asked for, whatever the map.",
    ),
    "film_pool_adaptive_average": Text(
        es="Media adaptativa: tantas celdas como se pidan, sea cual sea el mapa.",
        en="Adaptive average: as many cells as asked for, whatever the map.",
    ),
    "film_pool_mixed": Text(
        es="Pooling mixto: entre el máximo y la media, con peso λ.",
        en="Mixed pooling: between maximum and average, by a weight λ.",
    ),
    "film_pool_spp": Text(
        es="Pirámide espacial: celdas gruesas y finas, en un solo vector.",
        en="Spatial pyramid: coarse and fine cells, in one vector.",
    ),
    "film_pool_shift": Text(
        es="Mover la imagen un píxel: cuánto cambian los mapas con pooling y sin él, medido.",
        en="Moving the image by one pixel: how much maps change with pooling and without, measured.",
    ),
    "film_flatten_classic": Text(
        es="De los mapas a una sola fila, canal primero y canal al final, y en qué difieren.",
        en="From maps to a single row, channel first and channel last, and how the two differ.",
    ),
    "film_flatten_global": Text(
        es="Cada mapa se promedia y deja un solo número: la posición se pierde.",
        en="Each map is averaged and leaves a single number: position is lost.",
    ),
    "film_flatten_blocks": Text(
        es="Cada región de un mapa deja un número: algo de la posición se conserva.",
        en="Each region of a map leaves one number: some position is kept.",
    ),
    "film_dense_architecture": Text(
        es="Flatten → Dense(10) → Dense(7) → Dense(3): todas las neuronas unidas a todas, y cuántos pesos son.",
        en="Flatten → Dense(10) → Dense(7) → Dense(3): all neurons joined to all, and how many weights that is.",
    ),
    "film_dense_flatten_10": Text(
        es="La primera capa densa, neurona a neurona: fila de W, productos, suma, sesgo y ReLU.",
        en="The first dense layer, neuron by neuron: row of W, products, sum, bias and ReLU.",
    ),
    "film_dense_10_7": Text(
        es="La segunda capa densa, neurona a neurona, sobre las activaciones de la primera.",
        en="The second dense layer, neuron by neuron, on the activations of the first.",
    ),
    "film_dense_full": Text(
        es="El bloque denso entero con sus números: z = W·a + b, a = ReLU(z) y el softmax.",
        en="The whole dense block with its numbers: z = W·a + b, a = ReLU(z), and the softmax.",
    ),
    "film_losses": Text(
        es="Siete pérdidas con su gradiente, mientras una predicción se mueve por la curva.",
        en="Seven losses with their gradient, while a prediction moves along the curve.",
    ),
    "film_backprop_flow": Text(
        es="La ida en amarillo y la vuelta del error en rojo, capa a capa, sin números.",
        en="Forward in yellow, and the error back in red, layer by layer, without numbers.",
    ),
    "film_backprop_dense": Text(
        es="La vuelta por las capas densas con números: δ, δ·aᵀ, Wᵀδ y la actualización de un peso.",
        en="The way back through dense layers with numbers: δ, δ·aᵀ, Wᵀδ, and the update of one weight.",
    ),
    "film_backprop_conv": Text(
        es="El error vuelve por el max-pooling, la ReLU y la convolución; un peso compartido suma todos sus usos.",
        en="The error goes back through max-pooling, ReLU and convolution; a shared weight sums all its uses.",
    ),
    "film_gradient_descent": Text(
        es="SGD, momento y Adam bajan por la pérdida real de una red, según dos de sus pesos.",
        en="SGD, momentum and Adam go down the real loss of a network, over two of its weights.",
    ),
    "film_weight_sharing": Text(
        es="Una convolución escrita como capa densa: cada fila repite los mismos pocos pesos.",
        en="A convolution written as a dense layer: every row repeats the same few weights.",
    ),
    "film_weight_decay": Text(
        es="El decaimiento de pesos añade a cada paso un tirón hacia cero.",
        en="Weight decay adds a pull towards zero to every step.",
    ),
    "class_water": Text(es="agua", en="water"),
    "class_forest": Text(es="bosque", en="forest"),
    "class_crops": Text(es="cultivo", en="crops"),
    "no_such_film": Text(
        es="No hay ninguna película «{name}». Las más parecidas: {near}.",
        en="There is no film “{name}”. The nearest names: {near}.",
    ),
    "no_such_data": Text(
        es="La película «{name}» no toma {unknown}. Toma: {takes}.",
        en="The film “{name}” does not take {unknown}. It takes: {takes}.",
    ),
    "wrong_kind": Text(
        es="{given} de la película «{name}» no puede ser {value}. Hace falta {asked}.",
        en="{given} of the film “{name}” cannot be {value}. Give {asked}.",
    ),
    "trace_and_run": Text(
        es="La película «{name}» recibe una traza (trace) y además {others}. Dé la traza sola, o run y patch.",
        en="The film “{name}” is given a trace (trace) and also {others}. Give the trace alone, or run and patch.",
    ),
    "patch_without_run": Text(
        es="A la película «{name}» se le da {given} sin la red a la que pertenece. Dé también el modelo (run).",
        en="The film “{name}” is given {given} without the network that it is for. Give the run as well (run).",
    ),
    "run_without_patch": Text(
        es="La película «{name}» muestra qué hace la red de un modelo con un parche, y falta el parche. Dé patch, p. ej. patch_for(run, scene, x, y); en la línea de órdenes, --scene ARCHIVO --at X,Y.",
        en="The film “{name}” shows what a run's network makes of a patch, and the patch is missing. Give patch, such as patch_for(run, scene, x, y); on the command line, --scene FILE --at X,Y.",
    ),
    "one_class_of_several": Text(
        es="La película «{name}» compara probabilidades de una clase entre varias, y la tarea de este modelo es {task}. Dé un modelo de la tarea multiclass.",
        en="The film “{name}” compares probabilities of one class of several, and this run's task is {task}. Give a run of the task multiclass.",
    ),
    "layer_of_what": Text(
        es="La película «{name}» no puede mostrar la capa «{layer}» sin la red que la tiene. Dé una traza (trace), o run y patch.",
        en="The film “{name}” cannot show layer “{layer}” without the network that has it. Give a trace (trace), or run and patch.",
    ),
    "which_layer": Text(
        es="La película «{name}» muestra una sola capa, y la red tiene varias de {operators}. Dé una (layer): {fitting}.",
        en="The film “{name}” shows a single layer, and the network has several of {operators}. Name one (layer): {fitting}.",
    ),
    "other_layer": Text(
        es="La película «{name}» muestra {operators}, y la capa «{layer}» no lo es o no existe. Dé una de estas (layer): {fitting}.",
        en="The film “{name}” shows {operators}, and layer “{layer}” is none or does not exist. Name one of these (layer): {fitting}.",
    ),
    "no_layer_for": Text(
        es="La película «{name}» muestra {operators}, y la red no tiene ninguna capa así. Tiene: {found}.",
        en="The film “{name}” shows {operators}, and the network has no such layer. It has: {found}.",
    ),
    "no_gradient": Text(
        es="La traza no tiene gradientes, porque se hizo sin objetivo. Trace con uno: trace(red, parche, target=clase).",
        en="The trace has no gradients, because it was made without a target. Trace with one: trace(network, patch, target=class).",
    ),
    "kind_channels": Text(es="números, (canales, filas, columnas)", en="numbers, (channels, rows, columns)"),
    "kind_run": Text(es="un modelo, como lo dan train y open_run", en="a run, as train and open_run give it"),
    "kind_trace": Text(es="una traza, como la da trace", en="a trace, as trace gives it"),
    "kind_path": Text(es="la ruta de un archivo", en="the path of a file"),
    "kind_numbers": Text(es="números, en filas de igual largo", en="numbers, in rows of equal length"),
    "kind_arrays": Text(es="una lista de matrices de números", en="a list of arrays of numbers"),
    "kind_named_arrays": Text(es="matrices de números por nombre", en="arrays of numbers by name"),
    "kind_epochs": Text(
        es="una lista de épocas, cada una con sus cifras", en="a list of epochs, each with its figures"
    ),
    "kind_whole": Text(es="un número entero", en="a whole number"),
    "kind_number": Text(es="un número", en="a number"),
    "kind_truth": Text(es="true o false", en="true or false"),
    "kind_word": Text(es="una palabra", en="a word"),
    "kind_words": Text(es="una lista de palabras", en="a list of words"),
    "kind_list": Text(es="una lista de números", en="a list of numbers"),
    "kind_wholes": Text(es="una lista de números enteros", en="a list of whole numbers"),
    "kind_pair": Text(es="dos números enteros, como [2,3]", en="two whole numbers, as in [2,3]"),
    "kind_whole_or_pair": Text(es="un número entero, o dos como en [2,3]", en="a whole number, or two as in [2,3]"),
    "kind_pairs": Text(es="pares de números enteros, como [[64,32]]", en="pairs of whole numbers, as in [[64,32]]"),
    "kind_padding": Text(
        es="un número entero, o antes y después por eje, como [[0,1],[0,1]]",
        en="a whole number, or before and after for each axis, as in [[0,1],[0,1]]",
    ),
    "kind_padding_by_word": Text(
        es="un número entero, same o valid, o antes y después por eje, como [[0,1],[0,1]]",
        en="a whole number, same or valid, or before and after for each axis, as in [[0,1],[0,1]]",
    ),
    "kind_text": Text(es="un texto", en="a text"),
    "kind_object": Text(es="un objeto {type}", en="a {type} object"),
}
