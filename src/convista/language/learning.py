"""What `learning` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "part_train": Text(es="entrenamiento", en="training"),
    "part_validation": Text(es="validación", en="validation"),
    "part_test": Text(es="prueba", en="test"),
    "unknown_rule": Text(
        es="No hay una regla de etiquetas {rule!r}. Elija una de estas: {rules}.",
        en="There is no label rule {rule!r}. Choose one of these: {rules}.",
    ),
    "other_scene": Text(
        es="La escena tiene {rows} filas y {columns} columnas, y la del entrenamiento {trained_rows} y "
        "{trained_columns}: la partición en bloques es de aquella. Evalúe sobre la misma escena.",
        en="The scene has {rows} rows and {columns} columns, and that of the training {trained_rows} and "
        "{trained_columns}: the split by blocks is of that one. Evaluate on the same scene.",
    ),
    "one_class": Text(
        es="Donde la escena tiene datos, las etiquetas tienen {classes} de las dos clases que hacen falta al menos para "
        "aprender a distinguirlas. Revise el archivo de etiquetas, su valor sin dato y que ambas cubran el mismo lugar.",
        en="Where the scene has data, the labels hold {classes} of the two classes that it takes at least to learn to "
        "tell them apart. Check the file of labels, its nodata value, and that both cover the same place.",
    ),
    "no_sample": Text(
        es="Ningún píxel de {scene} tiene a la vez un dato en cada banda y una etiqueta. Revise el valor sin dato de la "
        "escena y el de las etiquetas, y que ambas cubran el mismo lugar.",
        en="No pixel of {scene} has both a datum in every band and a label. Check the nodata values of the scene and of "
        "the labels, and that both cover the same place.",
    ),
    "no_sample_masked": Text(
        es="Ningún píxel de {scene} tiene a la vez un dato en cada banda y una etiqueta. Revise el valor sin dato de la "
        "escena: toda ella está oculta en alguna de sus bandas ({bands}). Lo oculta: {rules}. Si esos valores sí son "
        "datos, quite la marca (gdal_edit.py -unsetnodata, otro --nodata, otra máscara).",
        en="No pixel of {scene} has both a datum in every band and a label. Check the nodata values of the scene: all of "
        "it is hidden in one of its bands ({bands}). What hides it: {rules}. If these values are data, take the mark "
        "away (gdal_edit.py -unsetnodata, another --nodata, another mask).",
    ),
    "unlisted_class": Text(
        es="Las etiquetas tienen el valor {value}, que no está entre sus clases ({known}). Nómbrelo (names, --class-names), o "
        "diga que es «sin etiqueta» (nodata, --label-nodata).",
        en="The labels hold the value {value}, which is not among their classes ({known}). Name it (names, --class-names), or "
        "say that it is “no label” (nodata, --label-nodata).",
    ),
    "class_too_large": Text(
        es="Las etiquetas tienen valores que un mapa no puede guardar: {values}. Un mapa es de bytes, con clases de 0 a "
        "{largest}. Cambie esos números en el ráster de etiquetas; si uno no es una clase, diga que es «sin etiqueta» "
        "(--label-nodata).",
        en="The labels hold values that a map cannot keep: {values}. A map is of bytes, with classes from 0 to "
        "{largest}. Recode those numbers in the raster of labels; where one is no class, say that it is “no label” "
        "(--label-nodata).",
    ),
    "patch_larger": Text(
        es="El parche es de {patch}×{patch} píxeles, mayor que la escena, de {rows} filas y {columns} columnas. Elija "
        "parches más pequeños.",
        en="The patch has {patch}×{patch} pixels and is larger than the scene, of {rows} rows and {columns} columns. "
        "Choose smaller patches.",
    ),
    "too_few_blocks": Text(
        es="La escena se divide en bloques de {block}×{block} píxeles y hacen falta al menos tres, uno por parte; aquí "
        "hay {blocks}. Use parches o bloques más pequeños.",
        en="The scene is split into blocks of {block}×{block} pixels, and it takes at least three, one for each part; "
        "here there are {blocks}. Use smaller patches or blocks.",
    ),
    "empty_part": Text(
        es="La parte de {part} se queda sin parches de {patch}×{patch}: ninguno cabe lejos de los demás bloques, o no "
        "hay etiquetas ahí. Use parches más pequeños, bloques más grandes o más datos.",
        en="The {part} part is left without patches of {patch}×{patch}: none fits clear of the other blocks, or there "
        "are no labels there. Use smaller patches, larger blocks or more data.",
    ),
    "empty_part_of_images": Text(
        es="La parte de {part} se queda sin imágenes. Al azar hacen falta al menos tres de cada clase; con listas, nombre "
        "más en ellas.",
        en="The {part} part is left without images. At random it takes at least three of each class; with lists, name "
        "more in them.",
    ),
    "no_labels": Text(
        es="{scene} no es una carpeta de clases, y una escena se aprende con etiquetas. Dé también sus etiquetas "
        "(--labels; en Python, labels): un ráster, o polígonos o puntos.",
        en="{scene} is not a folder of classes, and a scene is learned from labels. Give its labels too (--labels; in "
        "Python, labels): a raster, or polygons or points.",
    ),
    "lists_of_scene": Text(
        es="Las listas reparten imágenes, y una escena se reparte por bloques. Quite las listas o dé una carpeta de "
        "clases.",
        en="Lists split images, and a scene is split by blocks. Leave the lists out or give a folder of classes.",
    ),
    "labels_of_images": Text(
        es="Las clases de las imágenes de {folder} son los nombres de sus carpetas. Quite las etiquetas (labels).",
        en="The classes of the images in {folder} are the names of their folders. Leave labels out.",
    ),
    "images_are_patches": Text(
        es="Las imágenes son parches de {size}×{size} y se pidió {patch}. Quite el tamaño o recorte antes las imágenes.",
        en="The images are patches of {size}×{size} and {patch} was asked for. Leave the size out or cut the images "
        "before.",
    ),
    "no_class_folders": Text(
        es="{folder} debe tener al menos dos carpetas con imágenes, una por clase, y tiene {classes}. Ponga las imágenes "
        "(JPEG, PNG, TIFF) de cada clase en su carpeta.",
        en="{folder} must have at least two folders with images, one a class, and has {classes}. Put the images (JPEG, "
        "PNG, TIFF) of each class into a folder of its own.",
    ),
    "too_many_folders": Text(
        es="{folder} tiene {classes} carpetas de clases y un mapa guarda {most} como máximo. Agrupe clases.",
        en="{folder} has {classes} folders of classes and a map keeps {most} at most. Merge classes.",
    ),
    "other_images": Text(
        es="Los archivos de {folder} no son los del entrenamiento, y la partición es de aquellos. Evalúe sobre los mismos.",
        en="The files in {folder} are not those of the training, and the split is of those. Evaluate on the same.",
    ),
    "not_square": Text(
        es="{file} tiene {rows} filas y {columns} columnas, y los parches han de ser cuadrados. Recórtelo.",
        en="{file} has {rows} rows and {columns} columns, and patches must be square. Cut it.",
    ),
    "image_size": Text(
        es="{file} mide {rows}×{columns} y la red toma parches de {patch}×{patch}. Dé imágenes de ese tamaño.",
        en="{file} is {rows}×{columns} and the network takes patches of {patch}×{patch}. Give images of that size.",
    ),
    "unreadable_image": Text(
        es="No se puede leer la imagen {file}: {reason}. Bórrela o repárela.",
        en="The image {file} cannot be read: {reason}. Delete or repair it.",
    ),
    "why_without_datum": Text(es="no tiene ningún dato", en="has no datum"),
    "why_frames": Text(es="tiene {frames} imágenes, una tras otra", en="has {frames} frames"),
    "why_mode": Text(
        es="sus colores son {mode}; guárdela en rojo, verde y azul, o en gris",
        en="its colours are {mode}; save it as red, green, blue or grey",
    ),
    "why_named": Text(es="nombra sus bandas, y las demás no", en="names its bands, and the others do not"),
    "why_unnamed": Text(es="no nombra sus bandas, y las demás sí", en="does not name its bands, and the others do"),
    "why_bands": Text(es="bandas {bands} ≠ {norm}", en="bands {bands} ≠ {norm}"),
    "why_scaling": Text(
        es="sus valores tienen otra escala o unidad", en="its values are scaled otherwise, or in another unit"
    ),
    "bad_images": Text(
        es="Imágenes que no sirven, {bad} de {count}: {listed}. Repárelas o bórrelas, o siga sin ellas (skip_bad, --skip-bad).",
        en="Bad images, {bad} of {count}: {listed}. Repair or delete them, or go on without (skip_bad, --skip-bad).",
    ),
    "name_the_bands": Text(
        es="Las bandas de las imágenes de {folder} no tienen nombre, y son {count}. Dé un nombre a cada una, en orden "
        "(bands).",
        en="The bands of the images in {folder} have no names, and there are {count}. Name every one, in order (bands).",
    ),
    "no_such_band": Text(
        es="Las imágenes de {folder} no tienen la banda {band!r}. Tienen: {bands}.",
        en="The images in {folder} have no band {band!r}. They have: {bands}.",
    ),
    "lists": Text(
        es="Se dieron listas para: {given}. Hacen falta train (entrenamiento) y test (prueba), y puede haber validation "
        "(validación).",
        en="Lists were given for: {given}. It takes train and test, and there may be validation.",
    ),
    "unreadable_list": Text(
        es="No se puede leer la lista {file}: {reason}. Compruebe la ruta.",
        en="The list {file} cannot be read: {reason}. Check the path.",
    ),
    "not_in_folder": Text(
        es="La lista {list} nombra {file}, que no está en la carpeta. Escriba las rutas relativas a ella, como "
        "clase/imagen.jpg.",
        en="The list {list} names {file}, which is not in the folder. Write paths relative to it, as class/image.jpg.",
    ),
    "no_lists": Text(
        es="No hay listas en {folder} ni en su carpeta splits. Hacen falta train.txt, y val.txt o test.txt, con una ruta por línea.",
        en="There are no lists in {folder} nor in its folder splits. It takes train.txt, and val.txt or test.txt, with one path a line.",
    ),
    "in_two_lists": Text(
        es="{file} está en {list} y también en otra lista, y nada puede estar en dos partes. Quítelo de una.",
        en="{file} is in {list} and in another list too, and nothing can be in two parts. Take it out of one.",
    ),
    "no_blocks": Text(
        es="Este modelo se entrenó con imágenes (partición: {kind}) y no con una escena: no hay bloques de los que "
        "hablar.",
        en="This model was trained on images (split: {kind}), not on a scene: there are no blocks to speak of.",
    ),
    "no_such_part": Text(
        es="No hay una parte {part!r}. Las partes son train (entrenamiento), validation (validación) y test (prueba).",
        en="There is no part {part!r}. The parts are train, validation and test.",
    ),
    "unknown_number": Text(
        es="El entrenamiento no tiene un número {name!r}. Los suyos son: {known}.",
        en="Training has no number {name!r}. It has: {known}.",
    ),
    "number_not_positive": Text(
        es="El número {name!r} es {value!r} y ha de ser mayor que 0.",
        en="The number {name!r} is {value!r} and must be greater than 0.",
    ),
    "loss_not_finite": Text(
        es="En la época {epoch} la pérdida dejó de ser un número finito: el paso de aprendizaje ({rate}) es demasiado "
        "grande, o los datos tienen valores enormes. Redúzcalo o revíselos.",
        en="In epoch {epoch} the loss ceased to be a finite number: the learning rate ({rate}) is too large, or the data "
        "hold huge values. Lower it or check them.",
    ),
    "diverged": Text(
        es="En la época {epoch} la pérdida dejó de ser un número finito: el paso de aprendizaje ({rate}) es demasiado "
        "grande, o los datos tienen valores enormes. Se guardó el mejor modelo hasta entonces, el de la época {best}: "
        "{file}. Para ir más allá, reduzca el paso en otra carpeta.",
        en="In epoch {epoch} the loss ceased to be a finite number: the learning rate ({rate}) is too large, or the data "
        "hold huge values. The best model until then, of epoch {best}, was saved: {file}. To get further, lower the rate, "
        "in another folder.",
    ),
    "seeds_once": Text(
        es="Las semillas son: {seeds}. Dé una al menos, y ninguna dos veces.",
        en="The seeds are: {seeds}. Give at least one, and none twice.",
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
        es="Los pesos pedidos de {epochs} épocas ocuparían {size} MB, y se guardan {limit} como máximo. Elija menos capas.",
        en="The weights asked for, of {epochs} epochs, would take {size} MB, and {limit} are kept at most. Choose fewer layers.",
    ),
    "no_such_layer": Text(
        es="La red no tiene ninguna capa con pesos que se llame «{layer}». Tiene: {known}.",
        en="The network has no layer with weights called “{layer}”. It has: {known}.",
    ),
    "nothing_to_keep": Text(
        es="{network} no tiene ninguna convolución sobre imágenes cuyos pesos guardar. Diga qué capas (snapshots).",
        en="{network} has no convolution over images whose weights to keep. Say which layers (snapshots).",
    ),
    "bands_missing": Text(
        es="A la escena {scene} le faltan bandas que el modelo necesita: {missing}. Tiene: {bands}. Si son las mismas con "
        "otro nombre, dé sus nombres al abrirla (bands).",
        en="The scene {scene} lacks bands that the model needs: {missing}. It has: {bands}. If they are the same under "
        "other names, name its bands when opening it (bands).",
    ),
    "sensors_differ": Text(
        es="La escena {scene} es de otro sensor ({sensor}) que el entrenamiento ({trained}), y sus valores no significan "
        "lo mismo. Diga el sensor (sensor, --sensor) si no es ese, o empareje las bandas solo por nombre (by_name, --by-name).",
        en="The scene {scene} is from another sensor ({sensor}) than the training ({trained}), and its values do not mean "
        "the same. State the sensor (sensor, --sensor) if that is wrong, or match the bands by name alone (by_name, --by-name).",
    ),
    "sensor_of_scene_unknown": Text(
        es="La escena {scene} no dice su sensor, y el modelo se entrenó con {trained}: puede que sus valores no signifiquen "
        "lo mismo. Diga el sensor (sensor, --sensor), o empareje las bandas solo por nombre (by_name, --by-name).",
        en="The scene {scene} does not say its sensor, and the model was trained on {trained}: its values may not mean the "
        "same. State the sensor (sensor, --sensor), or match the bands by name alone (by_name, --by-name).",
    ),
    "sensor_of_run_unknown": Text(
        es="La escena {scene} es de {sensor}, y la escena con que se entrenó el modelo no dice su sensor: puede que sus "
        "valores no signifiquen lo mismo. Entrene diciendo el sensor (sensor, --sensor), o empareje las bandas solo por nombre "
        "(by_name, --by-name).",
        en="The scene {scene} is from {sensor}, and the scene that the model was trained on does not say its sensor: their "
        "values may not mean the same. State the sensor when training (sensor, --sensor), or match the bands by name alone (by_name, --by-name).",
    ),
    "scalings_differ": Text(
        es="La banda {band} de la escena {scene} tiene otra escala ({here}) que en el entrenamiento ({trained}), y sus "
        "valores no significan lo mismo. Dé la escala al abrirla (scale, offset), o empareje las bandas solo por nombre "
        "(by_name, --by-name).",
        en="The band {band} of the scene {scene} is scaled otherwise ({here}) than in training ({trained}), and its values "
        "do not mean the same. Give the scaling when opening it (scale, offset), or match the bands by name alone (by_name, --by-name).",
    ),
    "nodata_not_said": Text(
        es="Al entrenar se dijo que en la banda {band} el valor {nodata} no es dato, y la escena {scene} no lo dice. Dígalo otra "
        "vez al abrirla (nodata, --nodata {nodata}); si en ella todos los valores son datos, --nodata nan.",
        en="The training was told that in band {band} the value {nodata} is no datum, and the scene {scene} does not say so. "
        "Say it again when opening it (nodata, --nodata {nodata}); if all its values are data, --nodata nan.",
    ),
    "mask_not_said": Text(
        es="Al entrenar se dijo qué banda o archivo es la máscara de {band}, y en la escena {scene} ni se dice ni hay otra. Dígalo "
        "al abrirla (mask, --mask); si en ella todos los valores son datos, siga solo por los nombres de las bandas (by_name, "
        "--by-name).",
        en="The training was told which band or file is the mask of {band}; for the scene {scene} nothing says so, and it has "
        "no other. Say it when opening it (mask, --mask); if all its values are data, go on by the names of the bands alone "
        "(by_name, --by-name).",
    ),
    "values_far": Text(
        es="Los valores de la escena {scene} están lejos de los del entrenamiento: {bands}. Suele ser otra escala, otro "
        "desplazamiento u otro sensor: déselos al abrirla (scale, offset, --scale, --offset), o siga solo por los nombres de las "
        "bandas (by_name, --by-name).",
        en="The values of the scene {scene} lie far from those of the training: {bands}. Usually the scale, the offset or the "
        "sensor differs: give them when opening it (scale, offset, --scale, --offset), or go on by the names of the bands alone "
        "(by_name, --by-name).",
    ),
    "shown_far_band": Text(
        es="{band} va de {low} a {high} (percentiles 5 y 95), y al entrenar era {mean} ± {std}",
        en="{band} goes from {low} to {high} (percentiles 5 and 95), and in training it was {mean} ± {std}",
    ),
    "cannot_write": Text(
        es="No se puede escribir {file}: {reason}. {remedy}.",
        en="{file} cannot be written: {reason}. {remedy}.",
    ),
    "run_is_folder": Text(
        es="No se puede escribir {file}: hay una carpeta con ese nombre. Elija otro lugar.",
        en="{file} cannot be written: a folder has that name. Choose another place.",
    ),
    "no_run": Text(
        es="No existe {file}. Dé un archivo model.safetensors o la carpeta que lo contiene.",
        en="There is no {file}. Give a model.safetensors file or the folder that holds it.",
    ),
    "damaged_run": Text(
        es="{file} no está completo o está dañado ({reason}). Cópielo de nuevo o entrene otra vez.",
        en="{file} is cut short or damaged ({reason}). Copy it anew or train again.",
    ),
    "foreign_run": Text(
        es="{file} es un archivo safetensors, pero no de convista: le faltan bandas, clases y estadísticas. Entrene con "
        "convista train.",
        en="{file} is a safetensors file, but not of convista: it lacks bands, classes and statistics. Train with "
        "convista train.",
    ),
    "field_of_file": Text(
        es="{file} no está completo o está dañado, o lo escribió otro programa: «{field}» es {value} y debe ser {kind}. Pida otra copia o hágalo de nuevo.",
        en="{file} is cut short or damaged, or was written by another program: “{field}” is {value}, and must be {kind}. Ask for another copy, or make it anew.",
    ),
    "kind_object": Text(es="un objeto JSON", en="a JSON object"),
    "kind_list": Text(es="una lista", en="a list"),
    "kind_list_of": Text(es="una lista de {count}", en="a list of {count}"),
    "kind_text": Text(es="un texto", en="a text"),
    "kind_one_of": Text(es="uno de estos textos: {known}", en="one of these texts: {known}"),
    "kind_whole": Text(es="un número entero de {least} a {most}", en="a whole number from {least} to {most}"),
    "kind_number": Text(es="un número finito", en="a finite number"),
    "kind_positive": Text(es="un número finito mayor que 0", en="a finite number greater than 0"),
    "kind_share": Text(es="un número de 0 a 1", en="a number from 0 to 1"),
    "kind_flag": Text(es="true o false", en="true or false"),
    "kind_digits": Text(
        es="una cifra de 0 a 3 por bloque o imagen", en="a digit from 0 to 3 for each block or image"
    ),
    "kind_course": Text(es="lo que se guarda de un entrenamiento", en="what is kept of a training"),
    "kind_crs": Text(es="un sistema de coordenadas en WKT", en="a coordinate system in WKT"),
    "kind_path": Text(es="una ruta completa", en="a whole path"),
    "kind_given": Text(es="algo, aunque sea null", en="something, be it null"),
    "kind_transform": Text(
        es="una transformación afín que coloque un mapa", en="an affine transform that places a map"
    ),
    "kind_rows": Text(
        es="las {height} filas del mapa, por tiras", en="the {height} rows of the map, strip by strip"
    ),
    "kind_products": Text(es="lo que se escribe de un mapa", en="what is written of a map"),
    "kind_suffix": Text(es="el final del nombre de un mapa", en="the end of a map's name"),
    "kind_steps": Text(es="el número de pasos de sus épocas", en="the number of steps of its epochs"),
    "json_head": Text(
        es="cabecera de {size} bytes, y se leen {largest} como máximo",
        en="a head of {size} bytes, and {largest} are read at most",
    ),
    "json_digest": Text(es="no es lo que se escribió", en="it is not what was written"),
    "json_too_deep": Text(es="JSON con más de {levels} niveles", en="JSON of more than {levels} levels"),
    "json_not_a_number": Text(es="JSON con {text}", en="JSON with {text}"),
    "json_name_twice": Text(es="JSON con un nombre repetido", en="JSON with a name twice"),
    "run_at_odds": Text(
        es="{file} no está completo o está dañado, o lo escribió otro programa: la tarea «{task}» no puede tener {bands} bandas y {classes} clases. Pida otra copia o entrene otra vez.",
        en="{file} is cut short or damaged, or was written by another program: the task “{task}” cannot have {bands} bands and {classes} classes. Ask for another copy, or train again.",
    ),
    "unknown_network": Text(
        es="{file} no dice de qué red son sus pesos: ni una de convista ({names}), ni una propia, como paquete.modulo:Red. Ábralo con la versión que lo hizo, o dé la red en Python (network).",
        en="{file} does not say which network its weights are of: neither one of convista ({names}) nor one's own, such as package.module:Network. Open it with the version that made it, or give the network in Python (network).",
    ),
    "own_network": Text(
        es="{file} pide una red que no es de convista, {name}: abrirlo ejecutaría el código de ese módulo de Python. Si es suya, dígalo: --model {name} (en Python, network). Si se fía de quien le dio el archivo y del código que hay en este equipo con ese nombre, dígalo también: --trust (en Python, trust).",
        en="{file} asks for a network that is not of convista, {name}: opening it would run the code of that Python module. If it is yours, say so: --model {name} (in Python, network). If you trust whoever gave you the file, and the code of that name on this machine, say that: --trust (in Python, trust).",
    ),
    "other_network": Text(
        es="{file} es de la red {named}, y se dio {given}. Dé esa misma, o el archivo de la otra.",
        en="{file} is of the network {named}, and {given} was given. Give that one, or the file of the other.",
    ),
    "split_unknown": Text(
        es="{file} no dice con qué partes de qué datos se entrenó, así que no se puede saber qué es independiente. Entrene con convista train, o pida el archivo completo.",
        en="{file} does not say which parts of which data it was trained on, so that it cannot be told what is independent. Train with convista train, or ask for the whole file.",
    ),
    "reserved_option": Text(
        es="{file} no está completo o está dañado, o lo escribió otro programa: «{option}» no puede estar entre las opciones de la red. Pida otra copia o entrene otra vez.",
        en="{file} is cut short or damaged, or was written by another program: “{option}” cannot be among the network's options. Ask for another copy, or train again.",
    ),
    "other_weights": Text(
        es="Los pesos de {file} no son de la red que dice el archivo, o que se dio: faltan {missing} y sobran {strange}. Pida otra copia, o dé la red con que se entrenó.",
        en="The weights in {file} are not of the network that it names, or that was given: {missing} are missing and {strange} are strange to it. Ask for another copy, or give the network that was trained.",
    ),
    "other_sizes": Text(
        es="En {file}, el parámetro {name} es de tamaño {there}, y la red que dice el archivo, o que se dio, lo tiene de {own}. Pida otra copia, o dé la red con que se entrenó.",
        en="In {file} the parameter {name} has shape {there}, and {own} in the network that it names, or that was given. Ask for another copy, or give the network that was trained.",
    ),
    "weights_not_finite": Text(
        es="En {file}, los pesos {name} no son todos números finitos, y la red no respondería nada. Pida otra copia o entrene otra vez.",
        en="In {file} the weights {name} are not all finite numbers, and the network would answer nothing. Ask for another copy, or train again.",
    ),
    "answers_for_pixels": Text(
        es="El modelo «{model}» responde por cada píxel, y la regla de etiquetas «{rule}» pregunta una vez por parche. Use la regla «pixels», o un modelo de parches, como «resnet18».",
        en="The model “{model}” answers for every pixel, and the label rule “{rule}” asks once a patch. Use the rule “pixels”, or a model of patches, such as “resnet18”.",
    ),
    "answers_for_patches": Text(
        es="El modelo «{model}» responde una vez por parche, y la regla de etiquetas «{rule}» pregunta por cada píxel. Elija un modelo de píxeles, como «unet», u otra regla.",
        en="The model “{model}” answers once a patch, and the label rule “{rule}” asks for every pixel. Choose a model of pixels, such as “unet”, or another rule.",
    ),
    "one_without_place": Text(
        es="De la escena y de {source} solo una dice dónde está (CRS: {crs}), así que sus píxeles no se pueden emparejar. Dé un CRS a las dos (gdal_edit.py -a_srs), o a ninguna.",
        en="Of the scene and {source} only one says where it lies (CRS: {crs}), so their pixels cannot be matched. Give both a CRS (gdal_edit.py -a_srs), or neither.",
    ),
    "batch_of_one": Text(
        es="Algún paso de este entrenamiento vería un solo parche, y la red no puede aprender de uno: {reason}. Dé un lote "
        "mayor (batch, --set batch=8), o una red sin normalización por lotes.",
        en="Some step of this training would see a single patch, and the network cannot learn from one: {reason}. Give a "
        "larger batch (batch, --set batch=8), or a network without batch normalisation.",
    ),
    "batch_of_processes": Text(
        es="El lote más pequeño tiene {batch} parches, y son {processes} procesos: alguno se queda sin ninguno. Dé un lote "
        "mayor (batch, --set batch=16), o use menos procesos.",
        en="The smallest batch has {batch} patches, and there are {processes} processes: some would have none. Give a larger "
        "batch (batch, --set batch=16), or use fewer processes.",
    ),
    "not_trainable": Text(
        es="La red no puede entrenarse con parches de {patch}×{patch} píxeles: {reason}. Dé parches mayores (patch, --patch) "
        "u otra red.",
        en="The network cannot be trained on patches of {patch}×{patch} pixels: {reason}. Give larger patches (patch, "
        "--patch), or another network.",
    ),
    "unfinished": Text(
        es="{file} es de un entrenamiento sin terminar ({done} de {epochs} épocas). Sígalo con los mismos argumentos (resume, --resume), o borre el archivo para empezar de nuevo.",
        en="{file} is of a training that was not finished ({done} of {epochs} epochs). Go on with the same arguments (resume, --resume), or delete the file to begin anew.",
    ),
    "other_training": Text(
        es="{file} es de otro entrenamiento, con otros valores de: {names}. Dé los mismos argumentos, u otra carpeta.",
        en="{file} is of another training, with other values of: {names}. Give the same arguments, or another folder.",
    ),
    "unknown_recipe": Text(
        es="No hay una receta «{name}». Elija una de estas: {known}.",
        en="There is no recipe “{name}”. Choose one of these: {known}.",
    ),
    "labels_for_each": Text(
        es="Hay {scenes} escenas y {labels} etiquetas. Dé unas etiquetas por escena, en el mismo orden.",
        en="There are {scenes} scenes and {labels} labels. Give labels for each scene, in the same order.",
    ),
    "scenes_differ_bands": Text(
        es="La escena {number} tiene las bandas {here}, y la primera {there}. Elija las que tienen en común (bands).",
        en="Scene {number} has the bands {here}, and the first {there}. Choose those they share (bands).",
    ),
    "scenes_differ_sensor": Text(
        es="La escena {number} es del sensor {here}, y la primera de {there}: sus valores no significan lo mismo. Entrene por separado, o diga el mismo sensor al abrirlas.",
        en="Scene {number} is from sensor {here}, and the first from {there}: their values do not mean the same. Train apart, or state the same sensor when opening them.",
    ),
    "scenes_differ_scaling": Text(
        es="La banda {band} de la escena {number} tiene otra escala ({here}) que en la primera ({there}): sus valores no "
        "significan lo mismo. Dé la escala de todas al abrirlas (scale, offset, --scale, --offset), o siga solo por los nombres de "
        "las bandas (by_name, --by-name).",
        en="The band {band} of scene {number} is scaled otherwise ({here}) than in the first ({there}): their values do not mean "
        "the same. Give the scaling of all when opening them (scale, offset, --scale, --offset), or go on by the names of the "
        "bands alone (by_name, --by-name).",
    ),
    "scenes_far": Text(
        es="Los valores de la escena {number} están lejos de los de la primera: {bands}. Suele ser otra escala, otro desplazamiento "
        "u otro sensor: déselos al abrirla (scale, offset, sensor), o siga solo por los nombres de las bandas (by_name, --by-name).",
        en="The values of scene {number} lie far from those of the first: {bands}. Usually the scale, the offset or the sensor "
        "differs: give them when opening it (scale, offset, sensor), or go on by the names of the bands alone (by_name, --by-name).",
    ),
    "class_of_two_names": Text(
        es="La clase {value} se llama de dos maneras: {names}. Nómbrela igual en todas las etiquetas.",
        en="Class {value} has two names: {names}. Name it alike in all labels.",
    ),
    "scenes_differ_unit": Text(
        es="Los valores de la escena {number} están en {here}, y los de la primera en {there}. Conviértalos a la misma unidad.",
        en="The values of scene {number} are in {here}, and those of the first in {there}. Convert them to the same unit.",
    ),
    "class_names_alike": Text(
        es="La clase «{name}» de {source} se parece a {names}, y no se sabe si es la misma. Nómbrela exactamente igual, o de forma bien distinta (--class-names).",
        en="The class “{name}” of {source} is like {names}, and whether it is the same is not known. Name it exactly alike, or quite differently (--class-names).",
    ),
    "name_the_classes": Text(
        es="Entre las clases de {source} ({classes}) y las demás ({known}) unas tienen nombre y otras solo un número, así que no se sabe cuáles son las mismas. Nombre las de las etiquetas como las otras: --class-names VALOR=NOMBRE,… (en Python, open_labels(archivo, {{valor: nombre}})).",
        en="Of the classes of {source} ({classes}) and the others ({known}) some have names and some only numbers, so which are the same is not known. Name those of the labels as the others are: --class-names VALUE=NAME,… (in Python, open_labels(file, {{value: name}})).",
    ),
    "classes_renumbered": Text(
        es="Los archivos de etiquetas numeran las clases de distinta manera y se han unido por nombre. En mapas y modelo son: {classes}.",
        en="The files of labels number their classes differently, and they were joined by name. In maps and the run they are: {classes}.",
    ),
    "other_study": Text(
        es="La carpeta {folder} tiene un estudio con otros valores de: {names}. Dé los mismos para seguir con él, u otra carpeta.",
        en="The folder {folder} has a study with other values of: {names}. Give the same ones to go on with it, or another folder.",
    ),
    "axis_study_accuracy": Text(
        es="exactitud en la parte de prueba: cada semilla, media y desviación típica",
        en="accuracy on the test part: each seed, mean and standard deviation",
    ),
    "axis_study_r2": Text(
        es="R² en la parte de prueba: cada semilla, media y desviación típica",
        en="R² on the test part: each seed, mean and standard deviation",
    ),
    "axis_study_seconds": Text(es="segundos por época", en="seconds an epoch"),
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
    "unknown_task": Text(
        es="No hay una tarea «{task}». Elija una de estas: {tasks}.",
        en="There is no task “{task}”. Choose one of these: {tasks}.",
    ),
    "not_two_classes": Text(
        es="Una tarea binaria distingue dos clases y aquí hay {count}. Diga cuál se distingue de las demás (positive).",
        en="A binary task tells two classes apart and here there are {count}. Say which is told from the others (positive).",
    ),
    "rule_of_task": Text(
        es="La regla de etiquetas «{rule}» no es para la tarea «{task}». Elija una de estas: {rules}.",
        en="The label rule “{rule}” is not for the task “{task}”. Choose one of these: {rules}.",
    ),
    "values_wanted": Text(
        es="{source} son clases, y una regresión aprende valores. Dé el archivo de un ráster de valores, o su escena.",
        en="{source} are classes, and a regression learns values. Give the file of a raster of values, or its scene.",
    ),
    "classes_wanted": Text(
        es="{source} es un ráster de valores, y la tarea «{task}» aprende clases. Dé las etiquetas (open_labels) o su archivo.",
        en="{source} is a raster of values, and the task “{task}” learns classes. Give labels (open_labels) or their file.",
    ),
    "no_such_class": Text(
        es="No hay una clase «{name}» en las etiquetas. Tienen: {names}. Escríbala como ellas, o nombre las de un ráster (--class-names VALOR=NOMBRE,…).",
        en="There is no class “{name}” in the labels. They have: {names}. Write it as they do, or name those of a raster (--class-names VALUE=NAME,…).",
    ),
    "several_bands": Text(
        es="{source} tiene varias bandas ({bands}) y una regresión aprende una. Elija una al abrirla (bands).",
        en="{source} has several bands ({bands}) and a regression learns one. Choose one when opening it (bands).",
    ),
    "no_value": Text(
        es="Ningún valor de {source} cae sobre la escena. Revise que cubran el mismo lugar y el valor sin dato.",
        en="No value of {source} falls on the scene. Check that they cover the same place, and the nodata value.",
    ),
    "task_of_images": Text(
        es="Una carpeta por clase dice una clase de cada imagen, y la tarea «{task}» pregunta otra cosa. Use «multiclass» o «binary».",
        en="A folder for each class says one class of each image, and the task “{task}” asks something else. Use “multiclass” or “binary”.",
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
