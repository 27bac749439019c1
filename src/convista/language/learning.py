"""What `learning` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "unknown_rule": Text(
        es="no hay una regla de etiquetas {rule!r}; elija una de: {rules}",
        en="there is no label rule {rule!r}; choose one of: {rules}",
    ),
    "grids_differ": Text(
        es="la escena {scene} (filas y columnas {shape}) y las etiquetas ({labels}) no comparten la misma cuadrícula, así "
        "que sus píxeles no se corresponden: lleve las etiquetas a la cuadrícula de la escena (gdalwarp -r near)",
        en="the scene {scene} (rows and columns {shape}) and the labels ({labels}) are not on the same grid, so their "
        "pixels do not correspond: bring the labels to the scene's grid (gdalwarp -r near)",
    ),
    "other_scene": Text(
        es="la escena mide {shape} (filas, columnas) y la del entrenamiento {trained}: la partición en bloques es de "
        "aquella; evalúe sobre la misma escena",
        en="the scene has {shape} (rows, columns) and that of the training {trained}: the split by blocks is of that "
        "one; evaluate on the same scene",
    ),
    "one_class": Text(
        es="las etiquetas tienen {classes} clase(s) y hacen falta al menos dos para aprender a distinguirlas: revise el "
        "fichero y su valor sin dato",
        en="the labels hold {classes} class(es), and it takes at least two to learn to tell them apart: check the file "
        "and its nodata value",
    ),
    "unlisted_class": Text(
        es="las etiquetas tienen el valor {value}, que no está entre sus clases ({known}): nómbrelo o márquelo como sin dato",
        en="the labels hold the value {value}, which is not among their classes ({known}): name it or mark it as nodata",
    ),
    "too_few_blocks": Text(
        es="la escena da {blocks} bloque(s) de {block}×{block} píxeles y hacen falta al menos tres, uno por parte: use "
        "bloques más pequeños",
        en="the scene gives {blocks} block(s) of {block}×{block} pixels, and it takes at least three, one for each part: "
        "use smaller blocks",
    ),
    "empty_part": Text(
        es="la parte {part} se queda sin parches de {patch}×{patch}: ninguno cabe lejos de los demás bloques, o no hay "
        "etiquetas ahí; use parches más pequeños, bloques más grandes o más datos",
        en="the {part} part is left without patches of {patch}×{patch}: none fits clear of the other blocks, or there are "
        "no labels there; use smaller patches, larger blocks or more data",
    ),
    "no_labels": Text(
        es="{scene} no es una carpeta de clases, y una escena se aprende con etiquetas: dé labels=… (--labels) con su ráster",
        en="{scene} is not a folder of classes, and a scene is learned from labels: give labels=… (--labels), their raster",
    ),
    "lists_of_scene": Text(
        es="las listas reparten imágenes, y una escena se reparte por bloques: quite las listas o dé una carpeta de clases",
        en="lists split images, and a scene is split by blocks: leave the lists out or give a folder of classes",
    ),
    "images_are_patches": Text(
        es="las imágenes son parches de {size}×{size} y se pidió {patch}: quite el tamaño o recorte antes las imágenes",
        en="the images are patches of {size}×{size} and {patch} was asked for: leave the size out or cut the images before",
    ),
    "no_class_folders": Text(
        es="{folder} tiene {classes} carpeta(s) con imágenes y hacen falta al menos dos, una por clase: ponga las imágenes "
        "(JPEG, PNG, TIFF) de cada clase en su carpeta",
        en="{folder} has {classes} folder(s) with images, and it takes at least two, one a class: put the images (JPEG, "
        "PNG, TIFF) of each class into a folder of its own",
    ),
    "other_images": Text(
        es="los ficheros de {folder} no son los del entrenamiento, y la partición es de aquellos: evalúe sobre los mismos",
        en="the files in {folder} are not those of the training, and the split is of those: evaluate on the same",
    ),
    "not_square": Text(
        es="{file} mide {rows}×{columns} y los parches han de ser cuadrados: recórtelo",
        en="{file} has {rows}×{columns} pixels and patches must be square: cut it",
    ),
    "images_differ": Text(
        es="{file} ({found}) no es como {first} ({wanted}): todas las imágenes han de tener las mismas bandas, tamaño y tipo",
        en="{file} ({found}) is unlike {first} ({wanted}): all images must have the same bands, size and type",
    ),
    "unreadable_image": Text(
        es="no se puede leer la imagen {file}: {reason}; bórrela o repárela",
        en="the image {file} cannot be read: {reason}; delete or repair it",
    ),
    "name_the_bands": Text(
        es="las imágenes de {folder} tienen {count} banda(s) sin nombre: dé los {count} con bands=… (--bands), en orden",
        en="the images in {folder} have {count} band(s) without names: give all {count} with bands=… (--bands), in order",
    ),
    "no_such_band": Text(
        es="las imágenes de {folder} no tienen la banda {band!r}; tienen: {bands}",
        en="the images in {folder} have no band {band!r}; they have: {bands}",
    ),
    "lists": Text(
        es="se dieron listas para: {given}; hacen falta train y test, y validation si la hay",
        en="lists were given for: {given}; it takes train and test, and validation if there is one",
    ),
    "unreadable_list": Text(
        es="no se puede leer la lista {file}: {reason}",
        en="the list {file} cannot be read: {reason}",
    ),
    "not_in_folder": Text(
        es="la lista {list} nombra {file}, que no está en la carpeta: escriba las rutas relativas a ella, como clase/imagen.jpg",
        en="the list {list} names {file}, which is not in the folder: write paths relative to it, as class/image.jpg",
    ),
    "in_two_lists": Text(
        es="{file} está en {list} y también en otra lista: nada puede estar en dos partes; quítelo de una",
        en="{file} is in {list} and in another list too: nothing can be in two parts; take it out of one",
    ),
    "no_blocks": Text(
        es="este modelo se entrenó con imágenes (partición {kind}) y no con una escena: no hay bloques de los que hablar",
        en="this model was trained on images (split: {kind}), not on a scene: there are no blocks to speak of",
    ),
    "no_such_part": Text(
        es="no hay una parte {part!r}; las partes son: {parts}",
        en="there is no part {part!r}; the parts are: {parts}",
    ),
    "unknown_number": Text(
        es="el entrenamiento no tiene un número {name!r}; los suyos son: {known}",
        en="training has no number {name!r}; it has: {known}",
    ),
    "number_not_positive": Text(
        es="{name} es {value!r} y ha de ser un número mayor que 0",
        en="{name} is {value!r} and must be a number greater than 0",
    ),
    "loss_not_finite": Text(
        es="en la época {epoch} la pérdida dejó de ser un número finito: el paso de aprendizaje ({rate}) es demasiado grande, "
        "o los datos tienen valores enormes; redúzcalo o revíselos",
        en="in epoch {epoch} the loss ceased to be a finite number: the learning rate ({rate}) is too large, or the data "
        "hold huge values; lower it or check them",
    ),
    "bands_missing": Text(
        es="a la escena {scene} le faltan bandas que el modelo necesita: {missing}; tiene {bands}; nombre las suyas con "
        "bands=… (--bands)",
        en="the scene {scene} lacks bands that the model needs: {missing}; it has {bands}; name its bands with "
        "bands=… (--bands)",
    ),
    "sensors_differ": Text(
        es="la escena {scene} es de otro sensor ({sensor}) que el entrenamiento ({trained}), y sus valores no significan lo "
        "mismo: dé sensor=… si se equivoca, o use las bandas solo por su nombre con by_name=True (--by-name)",
        en="the scene {scene} is from another sensor ({sensor}) than the training ({trained}), and its values do not mean "
        "the same: give sensor=… if that is wrong, or run by name alone with by_name=True (--by-name)",
    ),
    "scalings_differ": Text(
        es="la banda {band} de la escena {scene} tiene otra escala ({here}) que en el entrenamiento ({trained}), y sus valores "
        "no significan lo mismo: dé scale=… y offset=… al abrirla, o use solo los nombres con by_name=True (--by-name)",
        en="the band {band} of the scene {scene} is scaled otherwise ({here}) than in training ({trained}), and its values do "
        "not mean the same: give scale=… and offset=… when opening it, or run by name alone with by_name=True (--by-name)",
    ),
    "cannot_write": Text(
        es="no se puede escribir {file}: {reason}; elija otro lugar o libere espacio",
        en="{file} cannot be written: {reason}; choose another place or free some space",
    ),
    "no_run": Text(
        es="no existe {file}: dé un fichero model.safetensors o la carpeta que lo contiene",
        en="there is no {file}: give a model.safetensors file or the folder that holds it",
    ),
    "damaged_run": Text(
        es="{file} no está completo o está dañado ({reason}): cópielo de nuevo o entrene otra vez",
        en="{file} is cut short or damaged ({reason}): copy it anew or train again",
    ),
    "foreign_run": Text(
        es="{file} es un fichero safetensors, pero no de convista: le faltan bandas, clases y estadísticas; entrene con "
        "convista train",
        en="{file} is a safetensors file, but not of convista: it lacks bands, classes and statistics; train with "
        "convista train",
    ),
}
