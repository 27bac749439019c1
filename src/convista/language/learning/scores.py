"""What `learning.scores` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "no_such_part": Text(
        es="No hay una parte {part!r}. Las partes son train (entrenamiento), validation (validación) y test (prueba).",
        en="There is no part {part!r}. The parts are train, validation and test.",
    ),
    "trained_on_scenes": Text(
        es="El modelo se entrenó con escenas: puntuarlo pide una escena con sus etiquetas (--labels; en Python, labels). Una carpeta de imágenes solo puntúa modelos entrenados con imágenes.",
        en="The model was trained on scenes: scoring it takes a scene with its labels (--labels; in Python, labels). A folder of images scores only models that were trained on images.",
    ),
    "trained_on_images": Text(
        es="El modelo se entrenó con imágenes, una clase por imagen: puntuarlo pide una carpeta de clases, sin etiquetas aparte. Recorte la escena en imágenes, o entrene con escenas.",
        en="The model was trained on images, one class each: scoring it takes a folder of classes, without labels beside it. Cut the scene into images, or train on scenes.",
    ),
    "skip_bad_of_scene": Text(
        es="Saltarse archivos (skip_bad, --skip-bad) es de carpetas de imágenes, y esto es una escena. Quítelo.",
        en="Leaving out files (skip_bad, --skip-bad) is for folders of images, and this is a scene. Leave it out.",
    ),
    "part_of_others": Text(
        es="Se pidió la parte {part!r}, pero estos datos no son los del entrenamiento: no tienen partes y se puntúan enteros. Quite la parte (part, --part).",
        en="The part {part!r} was asked for, but these data are not those of the training: they have no parts, and all of them are scored. Leave the part out (part, --part).",
    ),
    "not_independent": Text(
        es="Estos datos son los del entrenamiento, y se dijo que son independientes. Quite esa opción (independent, --independent) para puntuar su parte de prueba, o dé otros datos.",
        en="These data are those of the training, and were said to be independent. Leave that out (independent, --independent) to score their test part, or give other data.",
    ),
    "which_scene": Text(
        es="El modelo es de una versión que no guardaba de qué escena es, y {scene} tiene su tamaño pero otros valores o etiquetas. Diga qué es: otra escena (independent, --independent), o la del entrenamiento, y qué parte (part, --part).",
        en="The run is of a version that did not keep which scene it is of, and {scene} has that one's size but other values or labels. Say what it is: another scene (independent, --independent), or that of the training, and which part (part, --part).",
    ),
    "piece_of_training": Text(
        es="{scene} es un trozo de la escena del entrenamiento, y el modelo aprendió de ella. Puntúelo en la escena entera, de la que se aparta la parte de prueba, o en otra.",
        en="{scene} is a piece of the scene of the training, which the model learned from. Score it on the whole scene, whose test part is held out, or on another.",
    ),
    "images_learned_from": Text(
        es="El modelo aprendió de {learned} de las {count} imágenes (la primera, {file}) y no conoce las demás: así no son datos independientes ni los del entrenamiento. Quite las que ya vio.",
        en="The model learned from {learned} of the {count} images (the first, {file}) and does not know the others: so they are neither independent data nor those of the training. Take out those it has seen.",
    ),
    "images_of_other_size": Text(
        es="Las imágenes son de {size}×{size} píxeles y el modelo aprendió de otras de {patch}×{patch}. Recórtelas o remuestréelas a ese tamaño.",
        en="The images have {size}×{size} pixels and the model learned from others of {patch}×{patch}. Cut or resample them to that size.",
    ),
    "no_common_class": Text(
        es="Ninguna clase de los datos ({classes}) es del modelo ({known}), así que no hay nada que puntuar. Si son las mismas con otro nombre, nómbrelas como el modelo (--class-names VALOR=NOMBRE,…; en carpetas, el nombre de cada una).",
        en="No class of the data ({classes}) is one of the model's ({known}), so there is nothing to score. If they are the same under other names, name them as the model does (--class-names VALUE=NAME,…; of folders, the name of each).",
    ),
    "nothing_to_score": Text(
        es="En la parte {part!r} no queda ninguna muestra que puntuar. Revise las etiquetas y el valor sin dato, o elija otra parte.",
        en="The part {part!r} is left without a sample to score. Check the labels and the nodata value, or choose another part.",
    ),
    "units_differ": Text(
        es="Los valores de {scene} están en {here} y el modelo los aprendió en {trained}. Conviértalos, o empareje solo por nombre (by_name, --by-name) si el archivo se equivoca.",
        en="The values of {scene} are in {here} and the model learned them in {trained}. Convert them, or match by name alone (by_name, --by-name) if the file is wrong.",
    ),
    "folder_of_run": Text(
        es="En {folder} hay un modelo, y sus figuras son las de su entrenamiento. Elija otra carpeta.",
        en="{folder} holds a run, and its pictures are those of its training. Choose another folder.",
    ),
    "split_unknown": Text(
        es="{file} no dice con qué partes de qué datos se entrenó, así que no se puede saber qué es independiente. Entrene con convista train, o pida el archivo completo.",
        en="{file} does not say which parts of which data it was trained on, so that it cannot be told what is independent. Train with convista train, or ask for the whole file.",
    ),
    "measure_loss": Text(es="pérdida de entrenamiento", en="training loss"),
    "measure_accuracy": Text(es="exactitud en validación", en="accuracy on validation"),
    "measure_macro_f1": Text(es="F1 macro en validación", en="macro-F1 on validation"),
    "measure_mean_iou": Text(es="IoU media en validación", en="mean IoU on validation"),
    "measure_r2": Text(es="R² en validación", en="R² on validation"),
    "measure_rmse": Text(es="RMSE en validación", en="RMSE on validation"),
    "axis_epoch": Text(es="época (la mejor: {best})", en="epoch (best: {best})"),
    "axis_predicted": Text(es="respuesta de la red", en="the network's answer"),
    "axis_reference": Text(es="clase verdadera", en="true class"),
    "axis_confidence": Text(es="confianza de la respuesta", en="confidence of the answer"),
    "axis_right": Text(es="proporción de aciertos", en="share that is right"),
    "shown_calibrated": Text(es="calibrada", en="calibrated"),
    "shown_uncalibrated": Text(es="sin calibrar", en="not calibrated"),
    "expected_error": Text(
        es="error esperado de la confianza: de {before:.1f} a {after:.1f} puntos\na la temperatura {temperature:.2f}",
        en="expected error of the confidence: from {before:.1f} to {after:.1f} points\nat a temperature of {temperature:.2f}",
    ),
    "mistake": Text(
        es="{answer} ({confidence:.0f} %)\nera {wanted}", en="{answer} ({confidence:.0f} %)\nbut is {wanted}"
    ),
}
