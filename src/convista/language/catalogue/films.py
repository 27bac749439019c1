"""What each film of the chapter is about, by its name."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "conv_first_values": Text(
        es="Los dos primeros valores de una convolución, a mano: producto a producto.",
        en="The first two values of a convolution by hand: product by product.",
    ),
    "patches_mosaic": Text(
        es="Una escena se corta en parches de 64 y de 32 píxeles, uno al lado del otro; uno se saca y se ve hasta sus números.",
        en="A scene is cut into patches of 64 and of 32 pixels, side by side; one is taken out, down to its numbers.",
    ),
    "patches_overlap": Text(
        es="Parches que se solapan: qué comparten dos vecinos y cuántos leen cada píxel, también de píxel en píxel.",
        en="Patches that overlap: what two neighbours share and how many read each pixel, also pixel by pixel.",
    ),
    "filters": Text(
        es="Sobel, Prewitt, Laplaciano, Gaussiano y Gabor sobre la misma imagen.",
        en="Sobel, Prewitt, Laplacian, Gaussian and Gabor on the same image.",
    ),
    "filters_learned": Text(
        es="Los filtros de una ResNet-18 mientras aprende, y cuánto se parecen a los clásicos.",
        en="The filters of a ResNet-18 as it learns, and how close they come to classical ones.",
    ),
    "activation_maps": Text(
        es="Los 64 mapas de la primera capa de una ResNet-18 entrenada, sobre un parche.",
        en="All 64 maps of the first layer of a trained ResNet-18, over one patch.",
    ),
    "conv_step_by_step": Text(
        es="Un kernel recorre una imagen: cada producto, cada suma y qué significa su signo.",
        en="A kernel slides over an image: every product, every sum, and what its sign means.",
    ),
    "conv_flip": Text(
        es="Correlación cruzada y convolución: qué cambia al girar el kernel.",
        en="Cross-correlation and convolution: what flipping the kernel changes.",
    ),
    "conv2d_valid_s1": Text(
        es="Convolución sin relleno, paso 1: la salida encoge.",
        en="A convolution without padding, stride 1: the output shrinks.",
    ),
    "conv2d_same_s1": Text(
        es="Convolución con relleno, paso 1: la salida conserva el tamaño.",
        en="A convolution with padding, stride 1: the output keeps the size.",
    ),
    "conv2d_valid_s2": Text(
        es="Convolución sin relleno, paso 2: la ventana salta, y hay celdas que no se leen.",
        en="A convolution without padding, stride 2: the window jumps, and some cells are never read.",
    ),
    "conv2d_same_s2": Text(
        es="Convolución con relleno, paso 2: las dos convenciones de «same», y en qué difieren.",
        en="A convolution with padding, stride 2: the two conventions of “same”, and where they differ.",
    ),
    "conv3d_valid_s1": Text(
        es="Convolución sin relleno, paso 1, en perspectiva: un bloque pequeño recorre la entrada.",
        en="A convolution without padding, stride 1, in perspective: a small block slides over the input.",
    ),
    "conv3d_valid_s2": Text(
        es="Convolución sin relleno, paso 2, en perspectiva: un bloque pequeño recorre la entrada.",
        en="A convolution without padding, stride 2, in perspective: a small block slides over the input.",
    ),
    "conv3d_same_s1": Text(
        es="Convolución con relleno, paso 1, en perspectiva: un bloque pequeño recorre la entrada.",
        en="A convolution with padding, stride 1, in perspective: a small block slides over the input.",
    ),
    "conv3d_same_s2": Text(
        es="Convolución con relleno, paso 2, en perspectiva: un bloque pequeño recorre la entrada.",
        en="A convolution with padding, stride 2, in perspective: a small block slides over the input.",
    ),
    "conv_transpose": Text(
        es="Convolución transpuesta: cada valor se reparte sobre una ventana, y el mapa crece.",
        en="Transposed convolution: each value is spread over a window, and the map grows.",
    ),
    "conv_chain": Text(
        es="Una convolución sobre otra: cada valor espera a los que lee.",
        en="One convolution on another: each value waits for those that it reads.",
    ),
    "conv_chain_channels": Text(
        es="La cadena con tres canales por bloque: un filtro son tres kernels, cuyas sumas parciales hacen un solo valor.",
        en="The chain with three channels a block: a filter is three kernels, whose partial sums make a single value.",
    ),
    "conv_layer": Text(
        es="Una capa convolucional entera: cada filtro suma todos los canales; ReLU y max-pool en todos los mapas a la vez.",
        en="A whole convolutional layer: each filter sums over all channels; ReLU and max-pool in all maps at once.",
    ),
    "normalisation": Text(
        es="Batch norm al entrenar y al inferir, layer, group e instance norm: qué promedia cada una.",
        en="Batch norm in training and in inference, layer, group and instance norm: what each averages over.",
    ),
    "augmentation": Text(
        es="Las ocho simetrías de un parche: los píxeles se mueven y sus bandas no cambian.",
        en="The eight symmetries of a patch: pixels move, and their bands stay as they are.",
    ),
    "receptive_field": Text(
        es="Qué píxeles ve cada capa, cuánto cuenta cada uno y dónde están en el suelo.",
        en="Which pixels each layer sees, how much each counts, and where they lie on the ground.",
    ),
    "early_stopping": Text(
        es="Una curva real de entrenamiento: dónde está la mejor época y cuándo se para.",
        en="A real training curve: where the best epoch is, and when to stop.",
    ),
    "training_vs_inference": Text(
        es="El mismo parche al entrenar y al inferir: dropout, batch norm, gradientes, aumento y respuesta.",
        en="The same patch in training and in inference: dropout, batch norm, gradients, augmentation and answer.",
    ),
    "dropout": Text(
        es="Dropout: valores apagados al azar al entrenar; al inferir, nada.",
        en="Dropout: values left out by chance in training; in inference, none.",
    ),
    "cnn_stages": Text(
        es="Las dos etapas de una red: primero aprende características, después decide.",
        en="The two stages of a network: first it learns features, then it decides.",
    ),
    "architecture_lenet": Text(
        es="LeNet-5 capa por capa: tamaños, parámetros, trabajo y campo receptivo.",
        en="LeNet-5 layer by layer: sizes, parameters, work and receptive field.",
    ),
    "architecture_vgg": Text(
        es="VGG-11: convoluciones 3×3 apiladas, y dónde están casi todos sus parámetros.",
        en="VGG-11: stacked 3×3 convolutions, and where nearly all its parameters are.",
    ),
    "architecture_resnet": Text(
        es="ResNet-18: los atajos que suman la entrada de cada bloque a su salida.",
        en="ResNet-18: the shortcuts that add the input of each block to its output.",
    ),
    "architecture_unet": Text(
        es="U-Net: baja, sube y junta cada nivel con el suyo, para dar una clase a cada píxel.",
        en="U-Net: down, up, and each level joined with its own, to give every pixel a class.",
    ),
    "activation_relu": Text(
        es="ReLU sobre un mapa, valor a valor: lo negativo se vuelve 0.",
        en="ReLU over a map, value by value: what is negative becomes 0.",
    ),
    "activation_leaky_relu": Text(
        es="Leaky ReLU: lo negativo conserva una pequeña parte, y su gradiente.",
        en="Leaky ReLU: the negative keeps a small part, and its gradient.",
    ),
    "activation_sigmoid": Text(
        es="La sigmoide: entre 0 y 1, con pendiente de 0,25 como mucho.",
        en="The sigmoid: between 0 and 1, with a slope of 0.25 at most.",
    ),
    "activation_tanh": Text(
        es="La tangente hiperbólica: entre −1 y 1, centrada en 0.",
        en="The hyperbolic tangent: between −1 and 1, centred on 0.",
    ),
    "activation_elu": Text(
        es="ELU: lo negativo se curva y nunca baja de −α.",
        en="ELU: the negative bends and never falls below −α.",
    ),
    "activation_gelu": Text(
        es="GELU exacta y por tanh: las dos fórmulas y su mayor diferencia.",
        en="GELU, exact and by tanh: both formulas and their largest difference.",
    ),
    "activation_swish": Text(
        es="Swish: cada valor por su propia sigmoide.",
        en="Swish: each value times its own sigmoid.",
    ),
    "activation_softmax": Text(
        es="Softmax: de logits a probabilidades, vector a vector, por un eje a elegir.",
        en="Softmax: from logits to probabilities, vector by vector, along an axis to choose.",
    ),
    "pool_max": Text(
        es="Max-pooling: de cada ventana pasa el mayor valor, con anillo; y qué cambia si el mapa se corre un píxel.",
        en="Max-pooling: the largest value of each window passes, ringed; and what changes if the map moves by a pixel.",
    ),
    "pool_average": Text(
        es="Pooling por media, comparado con el máximo de las mismas ventanas.",
        en="Average-pooling, compared with the maximum of the same windows.",
    ),
    "pool_global_max": Text(
        es="Un número por mapa: su mayor valor.",
        en="One number a map: its largest value.",
    ),
    "pool_global_average": Text(
        es="Un número por mapa: su media.",
        en="One number a map: its average.",
    ),
    "pool_min": Text(
        es="Min-pooling: de cada ventana pasa el menor valor.",
        en="Min-pooling: the smallest value of each window passes.",
    ),
    "pool_sum": Text(
        es="Pooling por suma de cada ventana.",
        en="Pooling by the sum of each window.",
    ),
    "pool_l2": Text(
        es="Pooling L2: la raíz de la media de los cuadrados, junto a la de la suma, como la dan las bibliotecas.",
        en="L2 pooling: the root of the mean of the squares, beside that of the sum, as libraries give it.",
    ),
    "pool_stochastic": Text(
        es="Pooling estocástico: se sortea un valor, con probabilidades a la vista.",
        en="Stochastic pooling: one value is drawn, its probability in sight.",
    ),
    "pool_fractional": Text(
        es="Max-pooling fraccionario: ventanas a saltos desiguales, sorteados.",
        en="Fractional max-pooling: windows at uneven, drawn steps.",
    ),
    "pool_adaptive_max": Text(
        es="Máximo adaptativo: tantas celdas como se pidan, sea cual sea el mapa.",
        en="Adaptive maximum: as many cells as asked for, whatever the map.",
    ),
    "pool_adaptive_average": Text(
        es="Media adaptativa: tantas celdas como se pidan, sea cual sea el mapa.",
        en="Adaptive average: as many cells as asked for, whatever the map.",
    ),
    "pool_mixed": Text(
        es="Pooling mixto: entre el máximo y la media, con peso λ.",
        en="Mixed pooling: between maximum and average, by a weight λ.",
    ),
    "pool_spp": Text(
        es="Pirámide espacial: celdas gruesas y finas, en un solo vector.",
        en="Spatial pyramid: coarse and fine cells, in one vector.",
    ),
    "pool_shift": Text(
        es="Mover la imagen un píxel: un borde que cruza una ventana, y cuánto cambian los mapas, medido.",
        en="Moving the image by one pixel: an edge that crosses a window, and how much maps change, measured.",
    ),
    "flatten_classic": Text(
        es="De los mapas a una sola fila, canal primero y canal al final, y en qué difieren.",
        en="From maps to a single row, channel first and channel last, and how the two differ.",
    ),
    "flatten_global": Text(
        es="Cada mapa se promedia y deja un solo número: la posición se pierde.",
        en="Each map is averaged and leaves a single number: position is lost.",
    ),
    "flatten_blocks": Text(
        es="Cada región de un mapa deja un número: algo de la posición se conserva.",
        en="Each region of a map leaves one number: some position is kept.",
    ),
    "dense_architecture": Text(
        es="Flatten → Dense(10) → Dense(7) → Dense(3): todas las neuronas unidas a todas, y cuántos pesos son.",
        en="Flatten → Dense(10) → Dense(7) → Dense(3): all neurons joined to all, and how many weights that is.",
    ),
    "dense_flatten_10": Text(
        es="La primera capa densa, neurona a neurona: fila de W, productos, suma, sesgo y ReLU.",
        en="The first dense layer, neuron by neuron: row of W, products, sum, bias and ReLU.",
    ),
    "dense_10_7": Text(
        es="La segunda capa densa, neurona a neurona, sobre las activaciones de la primera.",
        en="The second dense layer, neuron by neuron, on the activations of the first.",
    ),
    "dense_full": Text(
        es="El bloque denso entero con sus números: z = W·a + b, a = ReLU(z) y el softmax.",
        en="The whole dense block with its numbers: z = W·a + b, a = ReLU(z), and the softmax.",
    ),
    "losses": Text(
        es="Siete pérdidas con su gradiente, mientras una predicción se mueve por la curva.",
        en="Seven losses with their gradient, while a prediction moves along the curve.",
    ),
    "backprop_flow": Text(
        es="La señal va y el error vuelve, capa a capa, sin números.",
        en="The signal goes forward and the error comes back, layer by layer, without numbers.",
    ),
    "backprop_dense": Text(
        es="La vuelta por las capas densas con números: δ, δ·aᵀ, Wᵀδ y la actualización de un peso.",
        en="The way back through dense layers with numbers: δ, δ·aᵀ, Wᵀδ, and the update of one weight.",
    ),
    "backprop_conv": Text(
        es="El error vuelve por el max-pooling, la ReLU y la convolución; un peso compartido suma todos sus usos.",
        en="The error goes back through max-pooling, ReLU and convolution; a shared weight sums all its uses.",
    ),
    "gradient_descent": Text(
        es="SGD, momento y Adam bajan por la pérdida real de una red, según dos de sus pesos.",
        en="SGD, momentum and Adam go down the real loss of a network, over two of its weights.",
    ),
    "weight_sharing": Text(
        es="Una convolución escrita como capa densa: cada fila repite los mismos pocos pesos.",
        en="A convolution written as a dense layer: every row repeats the same few weights.",
    ),
    "weight_decay": Text(
        es="El decaimiento de pesos añade a cada paso un tirón hacia cero.",
        en="Weight decay adds a pull towards zero to every step.",
    ),
}
