"""What `layers` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "target_does_not_fit": Text(
        es="Un objetivo de tamaño {target} no corresponde a logits de tamaño {logits}. Dé números enteros de clase sin el eje de las clases, o ceros y unos del tamaño de los logits.",
        en="A target of size {target} does not fit logits of size {logits}. Give whole class numbers without the axis of classes, or zeros and ones of the size of the logits.",
    ),
    "alpha_for_each_class": Text(
        es="α = {alpha} es un solo número, y el objetivo tiene clases. Dé una secuencia de {classes} {classes:número|números}, uno por clase.",
        en="α = {alpha} is a single number, and the target holds classes. Give a sequence of {classes} {classes:number|numbers}, one a class.",
    ),
    "alpha_for_one": Text(
        es="α tiene {count} números, y el objetivo es de ceros y unos. Dé un solo número, el de los unos.",
        en="α has {count} numbers, and the target holds zeros and ones. Give a single number, that of the ones.",
    ),
}
