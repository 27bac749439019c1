"""What `convista study` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "short": Text(
        es="Responde a una pregunta con muchos entrenamientos.", en="Answer a question by many trainings."
    ),
    "help": Text(
        es="Responde a una pregunta con muchos entrenamientos, cada uno con varias semillas.",
        en="Answer a question by many trainings, each with several seeds.",
    ),
    "short_pooling": Text(es="Compara los poolings de una red.", en="Compare the poolings of a network."),
    "help_pooling": Text(
        es="Entrena la misma red con cada pooling y varias semillas con DATOS, los de convista train, y da exactitud y tiempo: una tabla, "
        "pooling.csv y pooling.png. Si se interrumpe, la misma orden sigue donde quedó.",
        en="Train the same network with each pooling and several seeds on DATA, as of convista train, and give accuracy and time: a table, "
        "pooling.csv and pooling.png. If it is interrupted, the same command goes on from there.",
    ),
    "help_poolings": Text(
        es="Los que se comparan; por omisión, todos los que resumen ventanas en LeNet, y los que no piden un tamaño fijo en las demás.",
        en="The ones compared; by default all that summarise windows in LeNet, and those that need no fixed size in the others.",
    ),
    "help_seeds": Text(es="Cuántas semillas: 0, 1 …", en="How many seeds: 0, 1 …"),
    "study_cut_short": Text(
        es="El estudio quedó a medias. La misma orden sigue donde quedó: {folder}",
        en="The study was cut short. The same command goes on from there: {folder}",
    ),
    "study_of": Text(
        es="en la parte de prueba, media y desviación típica de las semillas ({seeds}), en {precision}:",
        en="on the test part, mean and standard deviation of the seeds ({seeds}), in {precision}:",
    ),
    "pooling": Text(es="pooling", en="pooling"),
    "parameters": Text(es="parámetros", en="parameters"),
    "seconds_an_epoch": Text(es="s por época", en="s an epoch"),
    "parameters_differ": Text(
        es="Las redes no tienen los mismos parámetros: la capa densa lee más valores donde un pooling da varios por mapa.",
        en="The networks differ in parameters: the dense layer reads more values where a pooling gives several a map.",
    ),
    "saved_study": Text(
        es="tabla: {table}\nfigura: {picture}\nlos modelos, en {folder}",
        en="table: {table}\npicture: {picture}\nthe models are in {folder}",
    ),
    "help_out": Text(
        es="Carpeta para la tabla, la figura y los modelos.", en="Folder for the table, the picture and the models."
    ),
}
