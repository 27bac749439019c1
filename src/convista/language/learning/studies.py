"""What `learning.studies` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "seeds_once": Text(
        es="Las semillas son: {seeds}. Dé una al menos, y ninguna dos veces.",
        en="The seeds are: {seeds}. Give at least one, and none twice.",
    ),
    "other_study": Text(
        es="La carpeta {folder} tiene un estudio con {count:otro valor|otros valores} de: {names}. Dé {count:el mismo|los mismos} para seguir con él, u otra carpeta.",
        en="The folder {folder} has a study with {count:another value|other values} of: {names}. Give the same {count:one|ones} to go on with it, or another folder.",
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
}
