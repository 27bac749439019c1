"""What the films of flattening say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(
        es="Aplanado: de los mapas a una sola fila, en los dos órdenes",
        en="Flatten: from maps to a single row, in both orders",
    ),
    "traced": Text(es="{layer}: aplanado, en los dos órdenes", en="{layer}: flatten, in both orders"),
    "first": Text(
        es="Canal primero (PyTorch): {count} {count:lugar|lugares}",
        en="Channel first (PyTorch): {count} {count:place|places}",
    ),
    "last": Text(
        es="Canal al final (TensorFlow): {count} {count:lugar|lugares}",
        en="Channel last (TensorFlow): {count} {count:place|places}",
    ),
    "ask": Text(
        es="Una capa densa lee una sola fila de números. ¿En qué orden se ponen en ella los valores de los mapas?",
        en="A dense layer reads a single row of numbers. In which order do the values of the maps go into it?",
    ),
    "told": Text(
        es="Los mapas que deja el pooling tienen filas y columnas; una capa densa lee solo una fila de números. Aplanar no calcula nada: cada valor pasa tal cual a un lugar de la fila. Lo que hay que acordar es a cuál, y las bibliotecas acordaron dos órdenes distintos.",
        en="The maps that pooling leaves have rows and columns; a dense layer reads just one row of numbers. Flattening computes nothing: each value goes as it is to a place of the row. What must be agreed on is to which, and libraries have agreed on two different orders.",
    ),
    "symbols": Text(es="n: lugar · c: mapa · i: fila · j: columna", en="n: place · c: map · i: row · j: column"),
    "symbols_first": Text(es="H y W: filas y columnas de un mapa", en="H and W: rows and columns of a map"),
    "symbols_last": Text(es="W: columnas · K: mapas", en="W: columns · K: maps"),
    "begin_first": Text(
        es="Canal primero: mapa tras mapa, fila a fila. Bajo cada valor, su mapa, fila y columna.",
        en="Channel first: map after map, row by row. Below each value its map, row and column.",
    ),
    "begin_long_first": Text(
        es="Canal primero: mapa tras mapa, fila a fila. De los {count} lugares se {shown:ve 1 tramo|ven {shown} tramos}; debajo de cada valor, su canal, fila y columna.",
        en="Channel first: map after map, row by row. Of the {count} places {shown} {shown:part is|parts are} shown; below each value its channel, row and column.",
    ),
    "on_first": Text(
        es="Lugares {first} a {last}: sigue el mapa {channel}, otra vez fila a fila.",
        en="Places {first} to {last}: on with map {channel}, again row by row.",
    ),
    "begin_last": Text(
        es="Canal al final: se copia píxel a píxel, cada uno con el valor de todos sus canales.",
        en="Channel last: pixel after pixel is copied, each with its value in every channel.",
    ),
    "begin_long_last": Text(
        es="Canal al final: píxel a píxel, cada uno con todos sus canales. De los {count} lugares se {shown:ve 1 tramo|ven {shown} tramos}.",
        en="Channel last: pixel after pixel, each with all its channels. Of the {count} places {shown} {shown:part is|parts are} shown.",
    ),
    "on_last": Text(
        es="Lugares {first} a {last}: los píxeles de la fila {line}, cada uno con todos sus canales.",
        en="Places {first} to {last}: the pixels of row {line}, each with all its channels.",
    ),
    "end": Text(
        es="{count:El mismo valor|Los mismos {count} valores}, pero en {differ} {differ:lugar|lugares} hay otro: los pesos de una capa densa solo sirven para el orden con que se aprendieron.",
        en="The same {count:value|{count} values}, but {differ} {differ:place holds|places hold} another one: a dense layer's weights fit only the order they were learnt with.",
    ),
    "end_same": Text(
        es="{count:El único valor queda en el mismo lugar|Los {count} valores quedan en los mismos lugares}: con un solo canal, o un solo píxel, los dos órdenes coinciden.",
        en="{count:The only value stands in the same place|All {count} values stand in the same places}: with one channel, or one pixel, the two orders agree.",
    ),
    "not_flat": Text(
        es="La capa «{layer}» pasa de {before} a {after}, y eso no es un aplanado. Elija una que pase de (muestras, canales, filas, columnas) a una fila por muestra.",
        en="The layer “{layer}” goes from {before} to {after}, which is no flattening. Choose one that goes from (samples, channels, rows, columns) to one row a sample.",
    ),
}
