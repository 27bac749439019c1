"""What the films of whole networks say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="{network}: la red capa por capa", en="{network}: the network layer by layer"),
    "title_unnamed": Text(es="La red capa por capa", en="The network layer by layer"),
    "begin": Text(
        es="Un parche de {shape} entra por la izquierda y pasa por {layers} {layers:capa|capas}; cada bloque es lo que sale de una.",
        en="A patch of {shape} enters at the left and passes {layers} {layers:layer|layers}; each block is what comes out of one.",
    ),
    "end": Text(
        es="Más parámetros: {parameters}. Más trabajo: {work}. No es lo mismo pesar que costar.",
        en="Most parameters: {parameters}. Most work: {work}. Size is not cost.",
    ),
    "end_same": Text(
        es="Más parámetros, y también más trabajo: {parameters}.",
        en="Most parameters, and most work too: {parameters}.",
    ),
    "and_others": Text(
        es="{layer} y {count:otra capa, empatadas|otras {count} capas, empatadas}",
        en="{layer} and {count:another layer, tied|{count} other layers, tied}",
    ),
    "conv": Text(
        es="{layer}: {maps} {maps:filtro recorre|filtros recorren} los mapas y {maps:deja|dejan} {maps} {maps:mapa|mapas} de {size}.",
        en="{layer}: {maps} {maps:filter slides|filters slide} over the maps and {maps:leaves|leave} {maps} {maps:map|maps} of {size}.",
    ),
    "up": Text(
        es="{layer}: una convolución transpuesta agranda los mapas; {maps:queda|quedan} {maps} de {size}.",
        en="{layer}: a transposed convolution enlarges the maps; {maps} of {size} {maps:is|are} left.",
    ),
    "pooled": Text(
        es="{layer}: el pooling resume cada ventana en un valor; {maps:el mapa queda|los {maps} mapas quedan} en {size}. No aprende nada.",
        en="{layer}: pooling sums up each window in one value; {maps:the map becomes|the {maps} maps become} {size}. It learns nothing.",
    ),
    "whole_map": Text(
        es="{layer}: {maps:el único mapa se resume|cada uno de los {maps} mapas se resume} en un solo número.",
        en="{layer}: {maps:the only map is|each of the {maps} maps is} summed up in a single number.",
    ),
    "flattened": Text(
        es="{layer}: los mapas se ponen en fila; {maps:queda|quedan} {maps} {maps:número|números} sin filas ni columnas.",
        en="{layer}: the maps are laid out in one row; {maps} {maps:number is|numbers are} left, without rows and columns.",
    ),
    "dense": Text(
        es="{layer}: una capa densa; {maps:su única neurona lee|cada una de sus {maps} neuronas lee} todos los números anteriores.",
        en="{layer}: a dense layer; {maps:its only neuron reads|each of its {maps} neurons reads} all the numbers before it.",
    ),
    "added": Text(
        es="{layer}: {maps:al mapa se le suma|a los {maps} mapas se les suma} lo que salió de {other} (el arco): el atajo residual.",
        en="{layer}: what came out of {other} is added to the {maps:map|{maps} maps} (the arc): the residual shortcut.",
    ),
    "joined": Text(
        es="{layer}: se juntan los mapas que suben con los de {other}, que llegan por el arco: {maps:queda|quedan} {maps}.",
        en="{layer}: the maps on their way up are joined by those of {other}, over the arc: {maps} in all.",
    ),
    "other": Text(
        es="{layer} ({operator}) deja {maps} {maps:mapa o número|mapas o números}.",
        en="{layer} ({operator}) leaves {maps} {maps:map or number|maps or numbers}.",
    ),
    "onwards": Text(
        es="Capa tras capa: un bloque es tan alto como sus mapas, y más grueso cuantos más hay.",
        en="Layer after layer: a block is as tall as its maps, and the thicker the more there are.",
    ),
    "legend_learns": Text(es="aprende pesos", en="learns weights"),
    "legend_moves": Text(es="no aprende", en="learns nothing"),
    "legend_height": Text(es="alto: filas", en="height: rows"),
    "legend_thickness": Text(es="grosor: √canales", en="thickness: √channels"),
    "layer": Text(es="capa", en="layer"),
    "output": Text(es="salida", en="output"),
    "parameters": Text(es="parámetros", en="parameters"),
    "multiply_adds": Text(es="productos y sumas", en="multiply-adds"),
    "field": Text(es="campo receptivo", en="receptive field"),
    "whole": Text(es="{size} (todo)", en="{size} (all)"),
    "stages_title": Text(
        es="Las dos etapas de una red convolucional", en="The two stages of a convolutional network"
    ),
    "stages_begin": Text(
        es="Un parche entra por la izquierda y las respuestas salen por la derecha; en medio hay dos etapas.",
        en="A patch enters at the left and the answers come out at the right; between them are two stages.",
    ),
    "features": Text(es="aprender características", en="learning features"),
    "decision": Text(es="decidir", en="deciding"),
    "stage_cost": Text(
        es="{parameters} parámetros · {multiply_adds} productos y sumas",
        en="{parameters} parameters · {multiply_adds} multiply-adds",
    ),
    "stages_features": Text(
        es="Primera etapa: convoluciones y pooling hacen mapas cada vez más pequeños y más numerosos: de {first} a {last}.",
        en="First stage: convolutions and pooling make maps that are ever smaller and more: from {first} to {last}.",
    ),
    "stages_border": Text(
        es="La frontera: {maps:el mapa se convierte|los {maps} mapas se convierten} en {units} {units:número|números}; desde aquí ya no hay filas ni columnas.",
        en="The border: {maps:the map becomes|the {maps} maps become} {units} {units:number|numbers}; from here on there are no rows and columns.",
    ),
    "stages_decision": Text(
        es="Segunda etapa: las capas densas pesan todas las características y dan {answers} {answers:número|números}, uno por clase.",
        en="Second stage: dense layers weigh all the features and give {answers} {answers:number|numbers}, one a class.",
    ),
    "stages_end": Text(
        es="La primera etapa hace {work} % de los productos; la segunda guarda {parameters} % de los parámetros.",
        en="The first stage does {work} % of the multiply-adds; the second holds {parameters} % of the parameters.",
    ),
    "stages_end_unknown": Text(
        es="La segunda etapa guarda {parameters} % de los parámetros; no se pueden contar todos los productos.",
        en="The second stage holds {parameters} % of the parameters; not all multiply-adds can be counted.",
    ),
    "one_stage": Text(
        es="La red no tiene dos etapas: hacen falta capas de mapas seguidas de capas sin filas ni columnas.",
        en="The network does not have two stages: it takes layers of maps, followed by layers without rows and columns.",
    ),
    "layers": Text(
        es="La red tiene {count} capas y se pueden dibujar de 1 a {most}. Agrúpelas o muestre una parte.",
        en="The network has {count} layers, and 1 to {most} can be drawn. Group them, or show a part.",
    ),
}
