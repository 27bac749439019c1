"""What `learning` says that is of no single folder of it."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "part_train": Text(es="entrenamiento", en="training"),
    "part_validation": Text(es="validación", en="validation"),
    "part_test": Text(es="prueba", en="test"),
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
    "number_not_positive": Text(
        es="El número {name!r} es {value!r} y ha de ser mayor que 0.",
        en="The number {name!r} is {value!r} and must be greater than 0.",
    ),
    "diverged": Text(
        es="En la época {epoch} la pérdida dejó de ser un número finito: el paso de aprendizaje ({rate}) es demasiado "
        "grande, o los datos tienen valores enormes. Se guardó el mejor modelo hasta entonces, el de la época {best}: "
        "{file}. Para ir más allá, reduzca el paso en otra carpeta.",
        en="In epoch {epoch} the loss ceased to be a finite number: the learning rate ({rate}) is too large, or the data "
        "hold huge values. The best model until then, of epoch {best}, was saved: {file}. To get further, lower the rate, "
        "in another folder.",
    ),
    "sensors_differ": Text(
        es="La escena {scene} es de otro sensor ({sensor}) que el entrenamiento ({trained}), y sus valores no significan "
        "lo mismo. Diga el sensor (sensor, --sensor) si no es ese, o empareje las bandas solo por nombre (by_name, --by-name).",
        en="The scene {scene} is from another sensor ({sensor}) than the training ({trained}), and its values do not mean "
        "the same. State the sensor (sensor, --sensor) if that is wrong, or match the bands by name alone (by_name, --by-name).",
    ),
    "scalings_differ": Text(
        es="La banda {band} de la escena {scene} tiene otra escala ({here}) que en el entrenamiento ({trained}), y sus "
        "valores no significan lo mismo. Dé la escala al abrirla (scale, offset), o empareje las bandas solo por nombre "
        "(by_name, --by-name).",
        en="The band {band} of the scene {scene} is scaled otherwise ({here}) than in training ({trained}), and its values "
        "do not mean the same. Give the scaling when opening it (scale, offset), or match the bands by name alone (by_name, --by-name).",
    ),
    "values_far": Text(
        es="Los valores de la escena {scene} están lejos de los del entrenamiento: {bands}. Suele ser otra escala, otro "
        "desplazamiento u otro sensor: déselos al abrirla (scale, offset, --scale, --offset), o siga solo por los nombres de las "
        "bandas (by_name, --by-name).",
        en="The values of the scene {scene} lie far from those of the training: {bands}. Usually the scale, the offset or the "
        "sensor differs: give them when opening it (scale, offset, --scale, --offset), or go on by the names of the bands alone "
        "(by_name, --by-name).",
    ),
}
