"""What the film of receptive fields says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="El campo receptivo: qué píxeles ve cada capa", en="The receptive field: which pixels each layer sees"
    ),
    "patch": Text(es="parche, {rows}×{columns}", en="patch, {rows}×{columns}"),
    "effect": Text(
        es="cuánto cuenta cada píxel",
        en="how much each pixel counts",
    ),
    "begin": Text(
        es="Un valor del centro de cada capa: ¿de qué píxeles puede depender? Se sigue por {layers} {layers:capa|capas}.",
        en="One value in the middle of each layer: on which pixels can it depend? It is followed through {layers} {layers:layer|layers}.",
    ),
    "first": Text(
        es="{layer}: un valor lee {rows}×{columns} píxeles; a la derecha, cuánto cuenta cada uno (por el gradiente).",
        en="{layer}: one value reads {rows}×{columns} pixels; at the right, how much each counts (by the gradient).",
    ),
    "grown": Text(
        es="{layer}: el campo pasa de {before} a {rows}×{columns} píxeles, porque cada capa lee valores que ya leían varios.",
        en="{layer}: the field grows from {before} to {rows}×{columns} pixels, as each layer reads values that read several.",
    ),
    "all": Text(
        es="{layer}: el campo es todo el parche, {rows}×{columns} píxeles, pero no todos cuentan igual.",
        en="{layer}: the field is the whole patch, {rows}×{columns} pixels, but not all of them count the same.",
    ),
    "ground_end": Text(
        es="Cada capa ve más lejos que la anterior. {layer}: sobre el suelo, este rectángulo, en coordenadas {crs}.",
        en="Each layer sees farther than the one before. {layer}: on the ground, this rectangle, in {crs} coordinates.",
    ),
    "share": Text(
        es="en el {share} %",
        en="in {share} %",
    ),
    "fact_layer": Text(es="capa", en="layer"),
    "fact_size": Text(es="campo teórico", en="theoretical field"),
    "fact_half": Text(
        es="la mitad del efecto",
        en="half of the effect",
    ),
    "fact_metres": Text(es="sobre el suelo", en="on the ground"),
    "fact_crs": Text(
        es="coordenadas",
        en="coordinates",
    ),
    "fact_corner0": Text(
        es="arriba a la izquierda",
        en="upper left",
    ),
    "fact_corner1": Text(
        es="arriba a la derecha",
        en="upper right",
    ),
    "fact_corner2": Text(
        es="abajo a la derecha",
        en="lower right",
    ),
    "fact_corner3": Text(
        es="abajo a la izquierda",
        en="lower left",
    ),
    "scene": Text(
        es="Una escena, y en el recuadro un parche. ¿Cuánto de ella ve un solo valor de la red?",
        en="A scene, and a patch in the frame. How much of it does a single value of the network see?",
    ),
    "near": Text(
        es="alrededores, {rows}×{columns}",
        en="surroundings, {rows}×{columns}",
    ),
    "name_conv1": Text(
        es="Convolución 1",
        en="Convolution 1",
    ),
    "name_pool1": Text(
        es="Pooling 1",
        en="Pooling 1",
    ),
    "name_conv2": Text(
        es="Convolución 2",
        en="Convolution 2",
    ),
    "name_pool2": Text(
        es="Pooling 2",
        en="Pooling 2",
    ),
    "fields": Text(
        es="Los campos tienen tamaños {shapes} y el parche {patch}. Dé al menos un campo, todos del mismo parche.",
        en="The fields have shapes {shapes} and the patch {patch}. Give at least one field, all of the same patch.",
    ),
    "ground": Text(
        es="Hay {ground} {ground:lugar|lugares} en el suelo y {fields} {fields:campo|campos}. Dé uno por campo.",
        en="There {ground:is|are} {ground} {ground:place|places} on the ground and {fields} {fields:field|fields}. Give one for each field.",
    ),
}
