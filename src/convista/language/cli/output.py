"""What `cli.output` says: scores, explanations, progress, files."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "votes": Text(
        es="ventanas que votaron aquí (fila y columna de su esquina)",
        en="windows that voted here (row and column of their corner)",
    ),
    "vote": Text(
        es="  {row:>6} {column:>6}  peso {weight}  {name} {share} %",
        en="  {row:>6} {column:>6}  weight {weight}  {name} {share} %",
    ),
    "stage_mosaic": Text(es="unión", en="joining"),
    "unknown_json": Text(
        es="{file} es JSON, pero no GeoJSON, ni STAC, ni una película de convista. Dé uno de estos, o el archivo del que habla.",
        en="{file} is JSON, but no GeoJSON, no STAC and no film of convista. Give one of these, or the file that it speaks of.",
    ),
    "unreadable_file": Text(
        es="No se puede leer {file}: {reason}. Compruebe que está entero y que puede leerlo.",
        en="{file} cannot be read: {reason}. Check that it is whole and that you may read it.",
    ),
    "stage_read": Text(es="leyendo", en="reading"),
    "stage_study": Text(es="entrenamientos", en="trainings"),
    "stage_train": Text(es="entrenando", en="training"),
    "stage_evaluate": Text(es="evaluando", en="evaluating"),
    "stage_films": Text(es="haciendo películas", en="making films"),
    "stage_vectors": Text(es="escribiendo vectores", en="writing vectors"),
    "stage_map": Text(es="haciendo el mapa", en="mapping"),
    "measure_loss": Text(es="pérdida", en="loss"),
    "measure_epoch": Text(es="época", en="epoch"),
    "stopped_early": Text(
        es="Detenido tras {done} de {epochs} {epochs:época|épocas}. Se guardó el mejor modelo hasta entonces: {path}.",
        en="Stopped after {done} of {epochs} {epochs:epoch|epochs}. The best model until then was saved: {path}.",
    ),
    "seed": Text(es="semilla {seed}", en="seed {seed}"),
    "mean_of_seeds": Text(es="media ± desviación de {count}", en="mean ± deviation of {count}"),
    "score_of_seeds": Text(
        es="en {samples} {samples:muestra apartada|muestras apartadas}{unit}, {samples:la misma|las mismas} para todas las semillas:",
        en="on {samples} held-out {samples:sample|samples}{unit}, the same for every seed:",
    ),
    "measure_seed": Text(es="semilla", en="seed"),
    "measure_mae": Text(es="MAE", en="MAE"),
    "measure_bias": Text(es="sesgo", en="bias"),
    "measure_expected_error": Text(es="ECE", en="ECE"),
    "value_is": Text(
        es="valor: {value} (lo que da la red, por {std} y más {mean})",
        en="value: {value} (what the network gives, times {std}, plus {mean})",
    ),
    "vote_value": Text(
        es="  {row:>6} {column:>6}  peso {weight}  {value}",
        en="  {row:>6} {column:>6}  weight {weight}  {value}",
    ),
    "target_is": Text(
        es="objetivo: la pérdida si la clase fuera «{name}»",
        en="target: the loss if the class were “{name}”",
    ),
    "probabilities": Text(es="probabilidades de las clases", en="probabilities of the classes"),
    "saved_map": Text(es="mapa: {path}", en="map: {path}"),
    "class": Text(es="clase", en="class"),
    "samples": Text(es="muestras", en="samples"),
    "score": Text(
        es="en {samples} {samples:muestra apartada|muestras apartadas}{unit}, con intervalos del 95 %:",
        en="on {samples} held-out {samples:sample|samples}{unit}, with intervals of 95 %:",
    ),
    "score_train": Text(
        es="en {samples} {samples:muestra de la que|muestras de las que} aprendió{unit}, con intervalos del 95 %:",
        en="on {samples} {samples:sample|samples} that it learned from{unit}, with intervals of 95 %:",
    ),
    "score_validation": Text(
        es="en {samples} {samples:muestra apartada|muestras apartadas} para validación{unit}, con intervalos del 95 %:",
        en="on {samples} {samples:sample|samples} held out for validation{unit}, with intervals of 95 %:",
    ),
    "score_all": Text(
        es="datos independientes del entrenamiento: {samples:en su única muestra|en todas sus {samples} muestras}{unit}, con intervalos del 95 %:",
        en="data independent of the training: {samples:on their single sample|on all of their {samples} samples}{unit}, with intervals of 95 %:",
    ),
    "some_independent": Text(
        es="El modelo no aprendió de {scenes}: se puntúa todo, y de las demás escenas la parte de prueba.",
        en="The model did not learn from {scenes}: all of that is scored, and of the other scenes the test part.",
    ),
    "data_overlap": Text(
        es="Hasta el {share} % del terreno es también el de una escena del entrenamiento, con otros píxeles (otra fecha, otra malla): del lugar no son independientes.",
        en="Up to {share} % of the ground is also that of a scene of the training, with other pixels (another date, another grid): of the place they are not independent.",
    ),
    "data_shared": Text(
        es="El {share} % de los píxeles son los de una escena del entrenamiento: quedan fuera, con los parches que los leen.",
        en="{share} % of the pixels are those of a scene of the training: they are left out, with the patches that read them.",
    ),
    "assumed_independent": Text(
        es="El modelo es de una versión que no guardaba de qué datos es: que estos son otros no se puede comprobar.",
        en="The run is of a version that did not keep which data it is of: that these are others cannot be checked.",
    ),
    "mean_over": Text(es="{name} ({classes} de {all})", en="{name} ({classes} of {all})"),
    "absent_classes": Text(
        es="F1 macro e IoU media son medias de las clases con muestras; sin ninguna: {names}",
        en="macro-F1 and mean IoU are means over the classes with samples; without any: {names}",
    ),
    "unknown_class": Text(es="{name} (no la conoce)", en="{name} (not known)"),
    "unknown_classes": Text(
        es="de {count:una clase|clases} que el modelo no conoce, y fuera de todos los números: {names}",
        en="of {count:a class|classes} that the model does not know, and in none of the numbers: {names}",
    ),
    "no_interval": Text(
        es="sin intervalos: todas las muestras son de un mismo bloque, y no se sabe cuánto varían entre bloques",
        en="no intervals: all samples are of one block, and how much they vary between blocks is not known",
    ),
    "no_baselines": Text(
        es="sin líneas base: el modelo no guarda las de su entrenamiento, y ajustarlas a estos datos haría trampa",
        en="no baselines: the run does not keep those of its training, and to fit them on these data would be cheating",
    ),
    "expected_error": Text(
        es="error esperado de la confianza: {after} puntos, y {before} sin la temperatura de {temperature} que se ajustó en validación",
        en="expected error of the confidence: {after} points, and {before} without the temperature of {temperature} fitted on validation",
    ),
    "thresholds": Text(
        es="se dice desde la probabilidad que da en validación el mejor F1: {said}",
        en="said from the probability with the best F1 on validation: {said}",
    ),
    "at": Text(es="temperatura {temperature}", en="temperature {temperature}"),
    "network": Text(es="la red", en="the network"),
    "baseline_majority": Text(es="responder siempre lo mismo", en="always the same answer"),
    "baseline_linear": Text(es="modelo lineal de media y desviación", en="linear model of mean and deviation"),
    "measure_accuracy": Text(es="exactitud", en="accuracy"),
    "measure_macro_f1": Text(es="F1 macro", en="macro-F1"),
    "measure_precision": Text(es="precisión", en="precision"),
    "measure_recall": Text(es="exhaustividad", en="recall"),
    "measure_f1": Text(es="F1", en="F1"),
    "measure_mean_iou": Text(es="IoU media", en="mean IoU"),
    "measure_iou": Text(es="IoU", en="IoU"),
    "measure_r2": Text(es="R²", en="R²"),
    "measure_rmse": Text(es="RMSE", en="RMSE"),
}
