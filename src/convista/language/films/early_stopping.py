"""What the film of early stopping says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Parar a tiempo: cuando entrenar más no ayuda", en="Early stopping: when more training does not help"
    ),
    "axis": Text(es="época →", en="epoch →"),
    "fact_epoch": Text(es="época", en="epoch"),
    "fact_loss": Text(es="pérdida al entrenar", en="training loss"),
    "fact_best": Text(es="mejor época hasta aquí", en="best epoch so far"),
    "fact_waited": Text(es="épocas sin mejorar", en="epochs without a better one"),
    "begin": Text(
        es="Dos curvas de un entrenamiento: lo que la red ve y lo que se guardó aparte. ¿Cuándo conviene parar?",
        en="Two curves of a training: what the network sees, and what is kept apart. When is it best to stop?",
    ),
    "later": Text(
        es="Y si hubiera seguido: lo que habría venido después, en {muted_colour}.",
        en="And had it gone on: what would have followed, in {muted_colour}.",
    ),
    "both": Text(
        es="Al principio mejoran las dos: lo que la red ve (en {text_colour}) y lo que se guardó aparte (en {curve_colour}).",
        en="At first both improve: what the network learns from ({text_colour}) and what is kept apart ({curve_colour}).",
    ),
    "best": Text(
        es="La mejor época es la {best}: «{watched}» llega a {value}; desde aquí ya no baja más.",
        en="The best epoch is {best}: “{watched}” comes down to {value}; from here it goes no lower.",
    ),
    "best_rising": Text(
        es="La mejor época es la {best}: «{watched}» llega a {value}; desde aquí ya no sube más.",
        en="The best epoch is {best}: “{watched}” comes up to {value}; from here it goes no higher.",
    ),
    "waiting": Text(
        es="Época {epoch}: lo que ve lo sabe cada vez mejor, pero {waited:va 1 época|van {waited} épocas} sin mejorar en lo demás: memoriza.",
        en="Epoch {epoch}: it knows what it sees better and better, but the rest has not improved for {waited}: it memorises.",
    ),
    "stopped": Text(
        es="Tras {patience} {patience:época|épocas} sin mejorar se para, en la {last}, y se guardan los pesos de la {best} ({value}).",
        en="After {patience} {patience:epoch|epochs} without a better one it stops, at {last}, and the weights of epoch {best} ({value}) are kept.",
    ),
    "came_to_its_end": Text(
        es="La paciencia no se agotó: el entrenamiento acabó en la época {last}; se guardan los pesos de la {best} ({value}).",
        en="Patience did not run out: training ended at epoch {last}; the weights of epoch {best} ({value}) are kept.",
    ),
    "epochs": Text(
        es="Hay {count} {count:época|épocas}, y se pidió parar en la {last} con la mejor en la {best}. Hacen falta tres o más, y que existan.",
        en="There {count:is|are} {count} {count:epoch|epochs}, and the stop is at {last} with the best at {best}. Three or more are needed, and these among them.",
    ),
}
