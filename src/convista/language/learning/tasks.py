"""What `learning.tasks` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "unknown_task": Text(
        es="No hay una tarea «{task}». Elija una de estas: {tasks}.",
        en="There is no task “{task}”. Choose one of these: {tasks}.",
    ),
    "not_two_classes": Text(
        es="Una tarea binaria distingue dos clases y aquí hay {count}. Diga cuál se distingue de las demás (positive).",
        en="A binary task tells two classes apart and here there {count:is|are} {count}. Say which is told from the others (positive).",
    ),
    "unknown_rule": Text(
        es="No hay una regla de etiquetas {rule!r}. Elija una de estas: {rules}.",
        en="There is no label rule {rule!r}. Choose one of these: {rules}.",
    ),
    "one_class": Text(
        es="Donde la escena tiene datos, las etiquetas tienen {classes} de las dos clases que hacen falta al menos para "
        "aprender a distinguirlas. Revise el archivo de etiquetas, su valor sin dato y que ambas cubran el mismo lugar.",
        en="Where the scene has data, the labels hold {classes} of the two classes that it takes at least to learn to "
        "tell them apart. Check the file of labels, its nodata value, and that both cover the same place.",
    ),
    "values_wanted": Text(
        es="{source} son clases, y una regresión aprende valores. Dé el archivo de un ráster de valores, o su escena.",
        en="{source} are classes, and a regression learns values. Give the file of a raster of values, or its scene.",
    ),
    "classes_wanted": Text(
        es="{source} es un ráster de valores, y la tarea «{task}» aprende clases. Dé las etiquetas (open_labels) o su archivo.",
        en="{source} is a raster of values, and the task “{task}” learns classes. Give labels (open_labels) or their file.",
    ),
}
