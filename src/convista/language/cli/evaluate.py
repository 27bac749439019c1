"""What `convista evaluate` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "short": Text(es="Puntúa un RUN en datos con etiquetas.", en="Score a RUN on labelled data."),
    "help": Text(
        es="Puntúa un RUN en DATOS: de los de su entrenamiento, se copien donde se copien, una parte, como se repartieron entonces; otros (otro lugar, otro año, otra carpeta), enteros. Cada número con su intervalo, junto a lo que se consigue sin red. Las clases se emparejan por nombre.",
        en="Score a RUN on DATA: of those of its training, wherever they are copied to, a part, as they were split then; others (another place, another year, another folder) as a whole. Each number with its interval, beside what needs no network. Classes are matched by name.",
    ),
    "help_part": Text(
        es="De los datos del entrenamiento, la parte que se puntúa; por defecto, test. Otros no tienen partes.",
        en="Of the data of the training, the part that is scored; test by default. Others have no parts.",
    ),
    "help_independent": Text(
        es="Exigir que los datos no sean los del entrenamiento; de un RUN que no dice cuáles fueron, afirmarlo.",
        en="Insist that the data are not those of the training; of a RUN that does not say which those were, state it.",
    ),
    "help_out": Text(
        es="Carpeta para el informe (report.json, report.txt) y sus figuras: matriz de confusión, fiabilidad, errores.",
        en="Folder for the report (report.json, report.txt) and its pictures: confusion matrix, reliability, mistakes.",
    ),
    "saved_report": Text(
        es="el informe y sus figuras, en {folder}", en="the report and its pictures are in {folder}"
    ),
    "help_symmetries": Text(
        es="Promediar las respuestas sobre las ocho simetrías de cada parche.",
        en="Average answers over the eight symmetries of each patch.",
    ),
}
