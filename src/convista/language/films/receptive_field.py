"""What the film of receptive fields says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="El campo receptivo: qué píxeles ve cada capa", en="The receptive field: which pixels each layer sees"
    ),
    "patch": Text(es="parche, {rows}×{columns}", en="patch, {rows}×{columns}"),
    "effect": Text(es="cuánto depende de cada píxel", en="how much it depends on each pixel"),
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
        es="En el suelo, el campo de {layer} es este polígono, en coordenadas {crs}: se puede abrir en un SIG.",
        en="On the ground, the field of {layer} is this polygon, in {crs} coordinates: a GIS can open it.",
    ),
    "share": Text(es="{share} % de los píxeles", en="{share} % of the pixels"),
    "fact_layer": Text(es="capa", en="layer"),
    "fact_size": Text(es="campo teórico", en="theoretical field"),
    "fact_half": Text(es="la mitad del efecto está en el", en="half of the effect is in"),
    "fact_metres": Text(es="sobre el suelo", en="on the ground"),
    "fact_crs": Text(es="sistema de referencia", en="reference system"),
    "fact_corner0": Text(es="esquina superior izquierda", en="upper left corner"),
    "fact_corner1": Text(es="superior derecha", en="upper right"),
    "fact_corner2": Text(es="inferior derecha", en="lower right"),
    "fact_corner3": Text(es="inferior izquierda", en="lower left"),
    "fields": Text(
        es="Los campos tienen tamaños {shapes} y el parche {patch}. Dé al menos un campo, todos del mismo parche.",
        en="The fields have shapes {shapes} and the patch {patch}. Give at least one field, all of the same patch.",
    ),
    "ground": Text(
        es="Hay {ground} {ground:lugar|lugares} en el suelo y {fields} {fields:campo|campos}. Dé uno por campo.",
        en="There {ground:is|are} {ground} {ground:place|places} on the ground and {fields} {fields:field|fields}. Give one for each field.",
    ),
}
