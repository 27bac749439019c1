"""What the films of flattening by averages say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title_global": Text(es="Aplanado global: un número por mapa", en="Global flatten: one number a map"),
    "title": Text(es="Aplanado por bloques: un número por región", en="Flatten by blocks: one number a region"),
    "traced": Text(es="{layer}: aplanado por promedios", en="{layer}: flatten by averages"),
    "ask_global": Text(
        es="¿Cuánto respondió cada filtro, en toda la imagen?",
        en="How strongly did each filter answer, in the whole image?",
    ),
    "told_global": Text(
        es="Cada mapa dice dónde respondió un filtro. A veces basta con saber cuánto respondió, sin importar dónde. Entonces se promedia el mapa entero, y de cada uno queda un solo número.",
        en="Each map says where a filter answered. Sometimes it is enough to know how strongly, no matter where. Then the whole map is averaged, and of each a single number is left.",
    ),
    "ask_blocks": Text(
        es="¿Cuánto respondió cada filtro, y en qué parte de la imagen?",
        en="How strongly did each filter answer, and in which part of the image?",
    ),
    "told_blocks": Text(
        es="Un solo promedio por mapa olvida dónde respondió el filtro. Si se reparte el mapa en unas pocas regiones y se promedia cada una, queda algo de la posición: en qué parte fue.",
        en="A single average of a map forgets where the filter answered. If the map is divided into a few regions and each is averaged, something of the position stays: in which part it was.",
    ),
    "symbols": Text(es="x: valor del mapa · y: número de la fila", en="x: value of the map · y: number of the row"),
    "symbol_map": Text(es="R: un mapa, con n valores", en="R: a map, of n values"),
    "symbol_region": Text(es="R: una región, con n valores", en="R: a region, of n values"),
    "row": Text(es="Fila y: {count} {count:valor|valores}", en="Row y: {count} {count:value|values}"),
    "sum_of": Text(es="suma de {count} {count:valor|valores}", en="sum of {count} {count:value|values}"),
    "of_map": Text(
        es="{count:El único valor|Los {count} valores} del mapa {channel} {count:se promedia y deja|se promedian y dejan} un solo número, y[{place}].",
        en="The {count:only value|{count} values} of map {channel} {count:is averaged and leaves|are averaged and leave} a single number, y[{place}].",
    ),
    "of_region": Text(
        es="Mapa {channel}, filas {rows}, columnas {columns}: {count:su único valor se promedia y deja|sus {count} valores se promedian y dejan} y[{place}].",
        en="Map {channel}, rows {rows}, columns {columns}: its {count:only value is averaged and leaves|{count} values are averaged and leave} y[{place}].",
    ),
    "other_maps": Text(
        es="Los demás mapas, igual: el promedio de cada uno es el siguiente número de la fila.",
        en="The other maps likewise: the average of each is the next number of the row.",
    ),
    "other_regions": Text(
        es="Las demás regiones, igual: el promedio de cada una es el siguiente número de la fila.",
        en="The other regions likewise: the average of each is the next number of the row.",
    ),
    "end_global": Text(
        es="De {values} {values:valor|valores} {count:queda|quedan} {count}, uno por mapa. Se sabe cuánto responde cada mapa, ya no dónde.",
        en="Of {values} {values:value|values} {count} {count:is|are} left, one a map. How much each map responds is known, no longer where.",
    ),
    "end_global_equal": Text(
        es="De {values} {values:valor|valores} {count:queda|quedan} {count}. Los mapas {one} y {other} son distintos y dan lo mismo: la posición se ha perdido.",
        en="Of {values} {values:value|values} {count} {count:is|are} left. Maps {one} and {other} differ and give the same: position is lost.",
    ),
    "end": Text(
        es="De {values} {values:valor|valores} {count:queda|quedan} {count}: se sabe en qué región responde cada mapa, no en qué píxel.",
        en="Of {values} {values:value|values} {count} {count:is|are} left: in which region each map responds is known, not at which pixel.",
    ),
    "size": Text(
        es="Se piden {size} regiones y los mapas tienen {rows} {rows:fila|filas} y {columns} {columns:columna|columnas}. Pida al menos 1×1 y no más que filas y columnas.",
        en="{size} regions are asked for and the maps have {rows} {rows:row|rows} and {columns} {columns:column|columns}. Ask for at least 1×1 and no more than rows and columns.",
    ),
}
