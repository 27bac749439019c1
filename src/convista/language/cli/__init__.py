"""What the command line says whatever the command; what each command says is in the file of its name."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "help_convista": Text(
        es="Ejecuta redes convolucionales sobre imágenes de satélite y muestra por qué cada número es el que es.",
        en="Run convolutional networks on satellite imagery, and show why every number is what it is.",
    ),
    "help_debug": Text(es="Ante un error, mostrar la traza de Python.", en="On an error, show Python's traceback."),
    "help_lang": Text(
        es="Idioma de los textos; por defecto, el del sistema.",
        en="Language of the texts; by default the system's.",
    ),
    "help_version": Text(es="Mostrar la versión y terminar.", en="Show the version and exit."),
    "error": Text(es="Error: {error}", en="Error: {error}"),
    "note": Text(es="Nota: {note}", en="Note: {note}"),
    "out_of_memory": Text(
        es="La memoria de esta máquina no basta para el trabajo. Cierre otros programas, o dé una escena menor, parches más pequeños o menos bandas.",
        en="The memory of this machine is not enough for the work. Close other programs, or give a smaller scene, smaller patches or fewer bands.",
    ),
    "system_error": Text(
        es="El sistema no pudo completar el trabajo: {error}. Compruebe el disco y los permisos, y repita la orden.",
        en="The system could not complete the work: {error}. Check the disk and its permissions, and run it again.",
    ),
    "defect": Text(
        es="Esto es un defecto de convista: {kind}: {error}. Repita con --debug y comunique lo que aparezca.",
        en="This is a defect of convista: {kind}: {error}. Run it again with --debug and report what appears.",
    ),
    "stopped": Text(es="Detenido.", en="Stopped."),
}
