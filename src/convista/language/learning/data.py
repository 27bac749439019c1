"""What `learning.data` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "other_scene": Text(
        es="La escena tiene {rows} {rows:fila|filas} y {columns} {columns:columna|columnas}, y la del entrenamiento {trained_rows} y {trained_columns}: la partición en bloques es de aquella. Evalúe sobre la misma escena.",
        en="The scene has {rows} {rows:row|rows} and {columns} {columns:column|columns}, and that of the training {trained_rows} and {trained_columns}: the split by blocks is of that one. Evaluate on the same scene.",
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
        es="Las etiquetas tienen {count:un valor|valores} que un mapa no puede guardar: {values}. Un mapa es de bytes, con clases de 0 a {largest}. Cambie {count:ese número|esos números} en el ráster de etiquetas; si {count:no|uno no} es una clase, diga que es «sin etiqueta» (--label-nodata).",
        en="The labels hold {count:a value|values} that a map cannot keep: {values}. A map is of bytes, with classes from 0 to {largest}. Recode {count:that number|those numbers} in the raster of labels; where {count:it|one} is no class, say that it is “no label” (--label-nodata).",
    ),
    "patch_larger": Text(
        es="El parche es de {patch}×{patch} píxeles, mayor que la escena, de {rows} {rows:fila|filas} y {columns} {columns:columna|columnas}. Elija parches más pequeños.",
        en="The patch has {patch}×{patch} pixels and is larger than the scene, of {rows} {rows:row|rows} and {columns} {columns:column|columns}. Choose smaller patches.",
    ),
    "too_few_blocks": Text(
        es="La escena se divide en bloques de {block}×{block} píxeles y hacen falta al menos tres, uno por parte; aquí hay {blocks}. Use parches o bloques más pequeños.",
        en="The scene is split into blocks of {block}×{block} pixels, and it takes at least three, one for each part; here there {blocks:is|are} {blocks}. Use smaller patches or blocks.",
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
        es="{file} tiene {rows} {rows:fila|filas} y {columns} {columns:columna|columnas}, y los parches han de ser cuadrados. Recórtelo.",
        en="{file} has {rows} {rows:row|rows} and {columns} {columns:column|columns}, and patches must be square. Cut it.",
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
        es="{bad:Imagen que no sirve|Imágenes que no sirven}, {bad} de {count}: {listed}. {bad:Repárela o bórrela, o siga sin ella|Repárelas o bórrelas, o siga sin ellas} (skip_bad, --skip-bad).",
        en="Bad {bad:image|images}, {bad} of {count}: {listed}. Repair or delete {bad:it|them}, or go on without (skip_bad, --skip-bad).",
    ),
    "name_the_bands": Text(
        es="{count:La banda|Las bandas} de las imágenes de {folder} no {count:tiene nombre. Dele uno|tienen nombre, y son {count}. Dé un nombre a cada una, en orden} (bands).",
        en="The {count:band|bands} of the images in {folder} {count:has no name. Name it|have no names, and there are {count}. Name every one, in order} (bands).",
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
    "bands_missing": Text(
        es="A la escena {scene} {count:le falta una banda|le faltan bandas} que el modelo necesita: {missing}. Tiene: {bands}. {count:Si es la misma|Si son las mismas} con otro nombre, dé sus nombres al abrirla (bands).",
        en="The scene {scene} lacks {count:a band|bands} that the model needs: {missing}. It has: {bands}. If {count:it is the same under another name|they are the same under other names}, name its bands when opening it (bands).",
    ),
    "shown_far_band": Text(
        es="{band} va de {low} a {high} (percentiles 5 y 95), y al entrenar era {mean} ± {std}",
        en="{band} goes from {low} to {high} (percentiles 5 and 95), and in training it was {mean} ± {std}",
    ),
    "one_without_place": Text(
        es="De la escena y de {source} solo una dice dónde está (CRS: {crs}), así que sus píxeles no se pueden emparejar. Dé un CRS a las dos (gdal_edit.py -a_srs), o a ninguna.",
        en="Of the scene and {source} only one says where it lies (CRS: {crs}), so their pixels cannot be matched. Give both a CRS (gdal_edit.py -a_srs), or neither.",
    ),
    "labels_for_each": Text(
        es="Hay {scenes} {scenes:escena|escenas} y {labels} {labels:etiqueta|etiquetas}. Dé unas etiquetas por escena, en el mismo orden.",
        en="There {scenes:is|are} {scenes} {scenes:scene|scenes} and {labels} {labels:label|labels}. Give labels for each scene, in the same order.",
    ),
    "scenes_differ_bands": Text(
        es="La escena {number} tiene {count:la banda|las bandas} {here}, y la primera {there}. Elija las que tienen en común (bands).",
        en="Scene {number} has the {count:band|bands} {here}, and the first {there}. Choose those they share (bands).",
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
    "rule_of_task": Text(
        es="La regla de etiquetas «{rule}» no es para la tarea «{task}». Elija una de estas: {rules}.",
        en="The label rule “{rule}” is not for the task “{task}”. Choose one of these: {rules}.",
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
}
