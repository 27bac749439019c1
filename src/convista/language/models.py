"""What `models` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "unknown": Text(
        es="no hay un modelo {name!r}; ¿quería decir {nearest!r}? Los modelos son: {names}",
        en="there is no model {name!r}; did you mean {nearest!r}? The models are: {names}",
    ),
    "unknown_option": Text(
        es="el modelo {name!r} no tiene la opción {option!r}; las suyas son: {known}",
        en="the model {name!r} has no option {option!r}; it has: {known}",
    ),
    "nothing_to_do": Text(
        es="un modelo necesita al menos una banda y una clase, y se pidieron {bands} y {classes}: indique más",
        en="a model needs at least one band and one class, and {bands} and {classes} were asked for: give more",
    ),
    "lenet_patch_too_small": Text(
        es="LeNet no puede con parches de {patch}×{patch}: sus dos convoluciones y agrupaciones los reducen a nada; "
        "el tamaño mínimo es {smallest}",
        en="LeNet cannot take patches of {patch}×{patch}: its two convolutions and poolings leave nothing of them; "
        "the smallest size is {smallest}",
    ),
    "lenet_patch": Text(
        es="este LeNet se hizo para parches de {patch}×{patch} y recibió {rows}×{columns}: su primera capa densa "
        "depende del tamaño; córtelos a {patch}×{patch} o cree el modelo con otro patch",
        en="this LeNet was made for patches of {patch}×{patch} and was given {rows}×{columns}: its first dense layer "
        "depends on the size; cut them to {patch}×{patch} or make the model with another patch",
    ),
    "width": Text(
        es="width es {width}, y multiplica el número de filtros: debe ser mayor que 0",
        en="width is {width}, and it multiplies the number of filters: it must be greater than 0",
    ),
    "unknown_stem": Text(
        es="resnet18 no tiene la entrada {stem!r}; elija una de: {known}",
        en="resnet18 has no stem {stem!r}; choose one of: {known}",
    ),
}
