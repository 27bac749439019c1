"""What `learning.fitting` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "unknown_number": Text(
        es="El entrenamiento no tiene un número {name!r}{hint}. Los suyos son: {known}.",
        en="Training has no number {name!r}{hint}. It has: {known}.",
    ),
    "loss_not_finite": Text(
        es="En la época {epoch} la pérdida dejó de ser un número finito: el paso de aprendizaje ({rate}) es demasiado "
        "grande, o los datos tienen valores enormes. Redúzcalo o revíselos.",
        en="In epoch {epoch} the loss ceased to be a finite number: the learning rate ({rate}) is too large, or the data "
        "hold huge values. Lower it or check them.",
    ),
    "nowhere_to_keep": Text(
        es="Los pesos por época y el registro de TensorBoard se guardan junto al modelo. Diga dónde (out).",
        en="Snapshots of weights and the log for TensorBoard lie beside the run. Say where that is (out).",
    ),
    "no_tensorboard": Text(
        es="Para el registro hace falta TensorBoard. Instálelo: pip install 'convista[tensorboard]'.",
        en="The log needs TensorBoard. Install it: pip install 'convista[tensorboard]'.",
    ),
    "no_snapshots": Text(
        es="No existe {file}. Entrene guardando los pesos de cada época (snapshots, --snapshots).",
        en="There is no {file}. Train with snapshots of the weights (snapshots, --snapshots).",
    ),
    "damaged_snapshots": Text(
        es="{file} no tiene los pesos de una capa por épocas, o está dañado ({reason}). Entrene con snapshots (--snapshots).",
        en="{file} does not hold a layer's weights by epochs, or is damaged ({reason}). Train with snapshots (--snapshots).",
    ),
    "snapshots_too_large": Text(
        es="Los pesos pedidos de {epochs} {epochs:época|épocas} ocuparían {size} MB, y se guardan {limit} como máximo. Elija menos capas.",
        en="The weights asked for, of {epochs} {epochs:epoch|epochs}, would take {size} MB, and {limit} are kept at most. Choose fewer layers.",
    ),
    "no_such_layer": Text(
        es="La red no tiene ninguna capa con pesos que se llame «{layer}». Tiene: {known}.",
        en="The network has no layer with weights called “{layer}”. It has: {known}.",
    ),
    "nothing_to_keep": Text(
        es="{network} no tiene ninguna convolución sobre imágenes cuyos pesos guardar. Diga qué capas (snapshots).",
        en="{network} has no convolution over images whose weights to keep. Say which layers (snapshots).",
    ),
    "json_digest": Text(es="no es lo que se escribió", en="it is not what was written"),
    "answers_for_pixels": Text(
        es="El modelo «{model}» responde por cada píxel, y la regla de etiquetas «{rule}» pregunta una vez por parche. Use la regla «pixels», o un modelo de parches, como «resnet18».",
        en="The model “{model}” answers for every pixel, and the label rule “{rule}” asks once a patch. Use the rule “pixels”, or a model of patches, such as “resnet18”.",
    ),
    "answers_for_patches": Text(
        es="El modelo «{model}» responde una vez por parche, y la regla de etiquetas «{rule}» pregunta por cada píxel. Elija un modelo de píxeles, como «unet», u otra regla.",
        en="The model “{model}” answers once a patch, and the label rule “{rule}” asks for every pixel. Choose a model of pixels, such as “unet”, or another rule.",
    ),
    "batch_of_one": Text(
        es="Algún paso de este entrenamiento vería un solo parche, y la red no puede aprender de uno: {reason}. Dé un lote "
        "mayor (batch, --set batch=8), o una red sin normalización por lotes.",
        en="Some step of this training would see a single patch, and the network cannot learn from one: {reason}. Give a "
        "larger batch (batch, --set batch=8), or a network without batch normalisation.",
    ),
    "batch_of_processes": Text(
        es="El lote más pequeño tiene {batch} {batch:parche|parches}, y son {processes} procesos: alguno se queda sin ninguno. Dé un lote mayor (batch, --set batch=16), o use menos procesos.",
        en="The smallest batch has {batch} {batch:patch|patches}, and there are {processes} processes: some would have none. Give a larger batch (batch, --set batch=16), or use fewer processes.",
    ),
    "unfinished": Text(
        es="{file} es de un entrenamiento sin terminar ({done} de {epochs} {epochs:época|épocas}). Sígalo con los mismos argumentos (resume, --resume), o borre el archivo para empezar de nuevo.",
        en="{file} is of a training that was not finished ({done} of {epochs} {epochs:epoch|epochs}). Go on with the same arguments (resume, --resume), or delete the file to begin anew.",
    ),
    "other_training": Text(
        es="{file} es de otro entrenamiento, con {count:otro valor|otros valores} de: {names}. Dé los mismos argumentos, u otra carpeta.",
        en="{file} is of another training, with {count:another value|other values} of: {names}. Give the same arguments, or another folder.",
    ),
    "unknown_recipe": Text(
        es="No hay una receta «{name}». Elija una de estas: {known}.",
        en="There is no recipe “{name}”. Choose one of these: {known}.",
    ),
    "number_not_a_share": Text(
        es="El número «{name}» es {value} y es una parte: ha de ser menor que 1.",
        en="The number “{name}” is {value} and is a share: it must be less than 1.",
    ),
    "unknown_choice": Text(
        es="{name} no puede ser «{value}». Elija uno de estos: {known}.",
        en="{name} cannot be “{value}”. Choose one of these: {known}.",
    ),
    "unknown_optimizer": Text(
        es="No hay un optimizador «{name}». Elija uno de estos: {known}.",
        en="There is no optimiser “{name}”. Choose one of these: {known}.",
    ),
}
