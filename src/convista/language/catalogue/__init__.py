"""What `catalogue` says of its sections, networks and data; what each film is about is in `films.py`."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "section_a": Text(es="Imágenes, parches, filtros", en="Images, patches, filters"),
    "section_b": Text(es="Convolución", en="Convolution"),
    "section_c": Text(es="Activaciones", en="Activations"),
    "section_d": Text(es="Pooling", en="Pooling"),
    "section_e": Text(es="Aplanado y capas densas", en="Flatten and dense"),
    "section_f": Text(es="Aprendizaje", en="Learning"),
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
    "pixel_outside": Text(
        es="El píxel [{row},{column}] queda fuera del parche. Filas y columnas van de 0 a {last}.",
        en="The pixel [{row},{column}] lies outside the patch. Rows and columns go from 0 to {last}.",
    ),
    "watched_validation_loss": Text(es="pérdida en validación", en="validation loss"),
    "watched_accuracy": Text(es="aciertos en validación", en="validation accuracy"),
    "no_such_number": Text(
        es="A las épocas les falta: {missing}. Tienen: {known}.",
        en="The epochs lack: {missing}. They have: {known}.",
    ),
    "network_and_patch": Text(
        es="Hacen falta una red y un parche, y solo se dio uno de los dos. Dé ambos (network, patch), o ninguno.",
        en="A network and a patch are needed, and only one of them was given. Give both (network, patch), or neither.",
    ),
    "no_logits": Text(
        es="La red da una salida de tamaño {shape}; hacen falta números de clases (muestras, clases).",
        en="The network gives an output of shape {shape}; numbers of classes are needed, (samples, classes).",
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
    "class_water": Text(es="agua", en="water"),
    "class_vegetation": Text(es="vegetación", en="vegetation"),
    "class_soil": Text(es="suelo o edificios", en="soil or buildings"),
    "no_such_film": Text(
        es="No hay ninguna película «{name}». {count:La más parecida|Las más parecidas}: {near}.",
        en="There is no film “{name}”. The nearest {count:name|names}: {near}.",
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
