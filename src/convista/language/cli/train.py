"""What `convista train` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "short": Text(
        es="Entrena una red con una escena o con parches etiquetados.",
        en="Train a network on a labelled scene or on labelled patches.",
    ),
    "help": Text(
        es="Entrena una red con DATOS: una escena con --labels (de varios archivos si se separan con comas, como radar.tif,óptica.tif), o una carpeta con una subcarpeta de imágenes por clase.",
        en="Train a network on DATA: a scene with --labels (of several files if commas part them, as in radar.tif,optical.tif), or a folder that holds a folder of images for each class.",
    ),
    "saved_beside": Text(
        es="al lado, en {folder}: log.csv, curves.png y lo que la tarea permite de confusion.png, reliability.png, mistakes.png",
        en="beside it, in {folder}: log.csv, curves.png and what the task has of confusion.png, reliability.png, mistakes.png",
    ),
    "help_resume": Text(
        es="Seguir un entrenamiento que se cortó, con los mismos argumentos.",
        en="Go on with a training that was cut off, with the same arguments.",
    ),
    "help_out": Text(es="Carpeta para model.safetensors.", en="Folder for model.safetensors."),
    "go_on_resume": Text(
        es="Para seguir, repita la orden con --resume.", en="To go on, repeat the command with --resume."
    ),
    "stopped_half_way": Text(
        es="Detenido. Para seguir desde la última época entera, repita la orden con --resume.",
        en="Stopped. To go on from the last whole epoch, repeat the command with --resume.",
    ),
    "help_seeds": Text(
        es="Entrenar tantas veces, desde esta semilla y las siguientes; cada modelo en su carpeta seed-N, con media y dispersión.",
        en="Train this many times, from this seed and those after it; each run in its folder seed-N, with mean and spread.",
    ),
    "help_snapshots": Text(
        es="Guardar cada época los pesos de la primera convolución y su normalización, o los de estas capas.",
        en="Keep the weights of the first convolution and its normalisation after every epoch, or of these layers.",
    ),
    "help_tensorboard": Text(
        es="Registrar también para TensorBoard (extra tensorboard).",
        en="Log for TensorBoard, too (extra tensorboard).",
    ),
    "saved_seeds": Text(
        es="en {folder}: seeds.csv, seeds.json y una carpeta por semilla con su modelo",
        en="in {folder}: seeds.csv, seeds.json and a folder for each seed with its model",
    ),
    "saved_run": Text(es="modelo: {path}", en="model: {path}"),
}
