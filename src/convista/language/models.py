"""What `models` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "unknown": Text(
        es="No hay un modelo {name!r}; ¿quería decir {nearest!r}? Los modelos son: {names}.",
        en="There is no model {name!r}; did you mean {nearest!r}? The models are: {names}.",
    ),
    "option_of_other_kind": Text(
        es="La opción {option} de {name} no puede ser {value!r}; por omisión es {usual!r}. Dele un valor de esa clase.",
        en="The option {option} of {name} cannot be {value!r}; by default it is {usual!r}. Give a value of that kind.",
    ),
    "option_too_large": Text(
        es="La opción {option} de {name} es {value}, y no se hacen redes de más de {largest}. Dé menos.",
        en="The option {option} of {name} is {value}, and no network is made of more than {largest}. Give less.",
    ),
    "patch_too_large": Text(
        es="El parche sería de {patch}×{patch}, y los hay de {largest}×{largest} como máximo. Dé uno menor (patch): una escena entera se cubre con muchos.",
        en="The patch would be {patch}×{patch}, and {largest}×{largest} is the largest. Give a smaller one (patch): many cover a whole scene.",
    ),
    "unknown_option": Text(
        es="El modelo {name!r} no tiene la opción {option!r}. Las suyas son: {known}.",
        en="The model {name!r} has no option {option!r}. It has: {known}.",
    ),
    "nothing_to_do": Text(
        es="Un modelo necesita al menos una banda y una clase, y se pidieron {bands} y {classes}. Indique más.",
        en="A model needs at least one band and one class, and {bands} and {classes} were asked for. Give more.",
    ),
    "lenet_patch_too_small": Text(
        es="LeNet no puede con parches de {patch}×{patch}: sus dos convoluciones y agrupaciones los reducen a nada. "
        "El tamaño mínimo es {smallest}.",
        en="LeNet cannot take patches of {patch}×{patch}: its two convolutions and poolings leave nothing of them. "
        "The smallest size is {smallest}.",
    ),
    "other_patch": Text(
        es="Esta red {name} se hizo para parches de {patch}×{patch} y recibió {rows}×{columns}: su primera capa densa "
        "depende del tamaño. Córtelos a {patch}×{patch} o cree el modelo con otro tamaño de parche (patch).",
        en="This {name} was made for patches of {patch}×{patch} and was given {rows}×{columns}: its first dense layer "
        "depends on the size. Cut them to {patch}×{patch} or make the model with another size of patch (patch).",
    ),
    "width": Text(
        es="El ancho (width) es {width}, y multiplica el número de filtros. Debe ser mayor que 0.",
        en="The width (width) is {width}, and it multiplies the number of filters. It must be greater than 0.",
    ),
    "unknown_stem": Text(
        es="Una ResNet no tiene la entrada {stem!r}. Elija una de estas: {known}.",
        en="A ResNet has no stem {stem!r}. Choose one of these: {known}.",
    ),
    "vgg_too_small": Text(
        es="VGG no puede con {rows}×{columns}: sus cinco agrupaciones no dejan nada. Dé parches de {smallest}×{smallest} o más.",
        en="VGG cannot take {rows}×{columns}: its five poolings leave nothing of them. Give patches of {smallest}×{smallest} or more.",
    ),
    "unknown_pooling": Text(
        es="No hay un pooling «{name}». Elija uno de estos: {known}.",
        en="There is no pooling “{name}”. Choose one of these: {known}.",
    ),
    "flatten_of_any_size": Text(
        es="«{name}» guarda todos los valores de los mapas, así que el modelo necesita saber el tamaño de los parches. Dígalo (patch) o elija un pooling para cualquier tamaño (pool).",
        en="“{name}” keeps every value of the maps, so the model must know the size of its patches. Say it (patch), or choose a pooling that takes any size (pool).",
    ),
    "other_maps": Text(
        es="Este modelo se hizo para parches cuyos últimos mapas son de {side}×{side}, y estos son de {rows}×{columns}. Dé parches del tamaño con que se hizo (patch), o hágalo con un pooling para cualquier tamaño (pool).",
        en="This model was made for patches whose last maps have {side}×{side} values, and these have {rows}×{columns}. Give patches of the size it was made for (patch), or make it with a pooling that takes any size (pool).",
    ),
    "compact_size": Text(
        es="Una red compact de ancho {width} con {blocks} {blocks:bloque|bloques} y dropout {dropout} no es posible. Ancho y bloques deben ser 1 o más, y el dropout de 0 a menos de 1.",
        en="A compact network of width {width} with {blocks} {blocks:block|blocks} and dropout {dropout} cannot be. Width and blocks must be 1 or more, and dropout from 0 to below 1.",
    ),
    "too_small": Text(
        es="El modelo {name} no puede con parches de {patch}×{patch}. El tamaño mínimo es {smallest}.",
        en="The model {name} cannot take patches of {patch}×{patch}. The smallest size is {smallest}.",
    ),
    "other_names": Text(
        es="Los pesos no son de esta red: {lacking:falta|faltan} {missing} y {extra:sobra|sobran} {strange}. Cree la misma arquitectura.",
        en="The weights are not of this network: {missing} {lacking:is|are} missing and {strange} {extra:is|are} strange to it. Make the same architecture.",
    ),
    "other_shape": Text(
        es="El parámetro {name} es de tamaño {own} en la red y {given} en los pesos. Cree la misma arquitectura.",
        en="The parameter {name} has shape {own} in the network and {given} in the weights. Make the same architecture.",
    ),
    "not_imported": Text(
        es="No se puede crear la red {path}: {reason}. Hace falta un módulo que Python encuentre y un nombre en él que se llame con el número de bandas y de salidas.",
        en="The network {path} cannot be made: {reason}. It takes a module that Python finds and a name in it that is called with the numbers of bands and of outputs.",
    ),
    "cannot_run": Text(
        es="La red no puede con un parche de {bands} {bands:banda|bandas} y {patch}×{patch} píxeles: {reason}. Dé las bandas y el lado para los que se hizo.",
        en="The network cannot run on a patch of {bands} {bands:band|bands} and {patch}×{patch} pixels: {reason}. Give the bands and the side that it was made for.",
    ),
    "takes_other_bands": Text(
        es="La red no puede con un parche de {bands} {bands:banda|bandas} y {patch}×{patch} píxeles: {reason}. Su número de bandas es {own}: elija otras tantas (bands, --bands), o haga la red con el número que recibe al crearse.",
        en="The network cannot run on a patch of {bands} {bands:band|bands} and {patch}×{patch} pixels: {reason}. Its number of bands is {own}: choose as many (bands, --bands), or make the network with the number that it is called with.",
    ),
    "takes_other_patch": Text(
        es="La red no puede con un parche de {bands} {bands:banda|bandas} y {patch}×{patch} píxeles: {reason}. Puede con uno de {side}×{side}: dé un lado para el que se hizo (patch, --patch).",
        en="The network cannot run on a patch of {bands} {bands:band|bands} and {patch}×{patch} pixels: {reason}. It runs on one of {side}×{side}: give a side that it was made for (patch, --patch).",
    ),
    "not_one_tensor": Text(
        es="{network} da {kind}, y ha de dar un solo tensor. Envuélvala en un módulo que elija el de las respuestas.",
        en="{network} gives {kind}, and it must give one tensor. Wrap it in a module that picks that of the answers.",
    ),
    "no_answer": Text(
        es="{network} responde a un parche de {patch}×{patch} con un tensor de tamaño {shape}. Ha de ser (1, salidas), o "
        "(1, salidas, {patch}, {patch}) si responde por cada píxel: deje las dimensiones del lote y de las salidas, y "
        "quite las de tamaño 1 que sobren (flatten, squeeze).",
        en="{network} answers a patch of {patch}×{patch} with a tensor of size {shape}. It must be (1, outputs), or (1, "
        "outputs, {patch}, {patch}) if it answers for each pixel: keep the dimensions of the batch and of the outputs, and "
        "take those of size 1 away that are left over (flatten, squeeze).",
    ),
    "answers_for_pixels": Text(
        es="{network} responde por cada píxel, y aquí se pregunta una vez por parche. Use "
        "una red que responda por parche, o, con una escena, la regla «pixels» (label_rule, --label-rule).",
        en="{network} answers for every pixel, and it is asked once a patch. Use a network "
        "that answers once a patch or, with a scene, the rule “pixels” (label_rule, --label-rule).",
    ),
    "answers_for_patches": Text(
        es="{network} responde una vez por parche, y aquí se pregunta por cada píxel. Use "
        "una red que responda por píxel, u otra regla (label_rule, --label-rule).",
        en="{network} answers once a patch, and it is asked for every pixel. Use a network "
        "that answers for every pixel, or another rule (label_rule, --label-rule).",
    ),
    "answers_of_other_size": Text(
        es="{network} responde a un parche de {patch}×{patch} con {rows}×{columns} respuestas, y para aprender de cada píxel "
        "hace falta una por píxel. Amplíe su salida al tamaño de la entrada (torch.nn.functional.interpolate).",
        en="{network} answers a patch of {patch}×{patch} with {rows}×{columns} answers, and to learn from every pixel it takes "
        "one for each. Enlarge its output to the size of the input (torch.nn.functional.interpolate).",
    ),
    "count_of_outputs": Text(
        es='{network} da {gives} {gives:número|números} por respuesta y aquí {outputs:hace falta|hacen falta} {outputs}. Hágala con ese número de salidas, que recibe al crearse; con uno solo se aprenden dos clases (task="binary", --task binary) o un valor (regression).',
        en='{network} gives {gives} {gives:number|numbers} for an answer, and here it takes {outputs}. Make it with that number of outputs, which it is called with; a single one learns two classes (task="binary", --task binary) or a value (regression).',
    ),
    "answers_not_scores": Text(
        es="{network} da números de tipo {dtype}, y ha de dar las puntuaciones de las clases (logits), en coma flotante.",
        en="{network} gives numbers of type {dtype}, and it must give the scores of the classes (logits), in floating point.",
    ),
    "other_in_training": Text(
        es="{network} da {told} mientras se entrena y {asked} después, y ha de dar lo mismo. Quite sus salidas auxiliares "
        "(aux_logits, aux_loss), o envuélvala en un módulo que elija la principal.",
        en="{network} gives {told} while it is trained and {asked} afterwards, and it must give the same. Leave its auxiliary "
        "outputs out (aux_logits, aux_loss), or wrap it in a module that picks the main one.",
    ),
    "nothing_to_learn": Text(
        es="{network} no tiene ningún parámetro que aprender. Dé una red que los tenga (requires_grad).",
        en="{network} has no parameter to learn. Give a network that has some (requires_grad).",
    ),
    "not_a_module": Text(
        es="{path} da {kind} y hace falta un torch.nn.Module.",
        en="{path} gives {kind} and a torch.nn.Module is needed.",
    ),
    "units": Text(
        es="Las capas densas tendrían {units} unidades (units). Debe ser 0, para que no las haya, o más.",
        en="The dense layers would have {units} units (units). It must be 0, for none of them, or more.",
    ),
    "unet_size": Text(
        es="Una U-Net de profundidad (depth) {depth} y ancho (width) {width} no es posible. Las dos deben ser 1 o más.",
        en="A U-Net of depth (depth) {depth} and width (width) {width} cannot be. Both must be 1 or more.",
    ),
    "unknown_encoder": Text(
        es="Una U-Net no tiene el codificador {encoder!r}. Elija uno de estos: {known}.",
        en="A U-Net has no encoder {encoder!r}. Choose one of these: {known}.",
    ),
    "encoder_depth": Text(
        es="El codificador {encoder} divide el tamaño por dos de 1 a {deepest} veces, y la profundidad (depth) es {depth}. Dé una entre esas.",
        en="The encoder {encoder} halves the size 1 to {deepest} times, and the depth (depth) is {depth}. Give one of those.",
    ),
    "unet_too_small": Text(
        es="Esta U-Net divide el tamaño por dos {depth:una vez|{depth} veces} y recibió {rows}×{columns}. Dé al menos {smallest}×{smallest} o menos profundidad (depth).",
        en="This U-Net halves the size {depth:once|{depth} times} and was given {rows}×{columns}. Give at least {smallest}×{smallest}, or less depth (depth).",
    ),
    "no_such_layer": Text(
        es="La red no tiene la capa «{layer}». Tiene: {layers}.",
        en="The network has no layer “{layer}”. It has: {layers}.",
    ),
    "no_head": Text(
        es="{network} no llama a ninguna capa densa ni convolución 1×1, así que no hay vector antes de ella. Dé una red que decida con una, o una que responda con un vector.",
        en="{network} calls no dense layer or 1×1 convolution, so there is no vector before one. Give a network that decides by one, or one that answers with a vector.",
    ),
    "head_not_alone": Text(
        es="En {network}, la última capa densa o convolución 1×1 es «{layer}», pero las salidas dependen también de otra cosa, así que lo que lee no es el vector con que decide. Dé una red que decida con una capa así, o una que responda con un vector.",
        en="In {network} the last dense layer or 1×1 convolution is “{layer}”, but the outputs depend on something else, too, so what it reads is not the vector it decides by. Give a network that decides by such a layer, or one that answers with a vector.",
    ),
}
