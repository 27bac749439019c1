"""What the films of whole networks say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="{network}: la red capa por capa", en="{network}: the network layer by layer"),
    "title_unnamed": Text(es="La red capa por capa", en="The network layer by layer"),
    "begin": Text(
        es="¿Qué le pasa a un parche de {shape} en su camino por {layers} {layers:capa|capas}? Cada pila de mapas es lo que deja una.",
        en="What happens to a patch of {shape} on its way through {layers} {layers:layer|layers}? Each stack of maps is what one leaves.",
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
        es="{layer}, y {count:otra igual|otras {count} iguales}",
        en="{layer}, and {count:another as large|{count} others as large}",
    ),
    "conv": Text(
        es="{layer}: cada filtro recorre todos los mapas y deja uno; {maps:queda|quedan} {maps} de {size}.",
        en="{layer}: each filter slides over all the maps and leaves one; {maps} of {size} {maps:is|are} left.",
    ),
    "up": Text(
        es="{layer}: cada valor se reparte en una ventana y los mapas se agrandan; {maps:queda|quedan} {maps} de {size}.",
        en="{layer}: each value is spread over a window and the maps grow; {maps} of {size} {maps:is|are} left.",
    ),
    "pooled": Text(
        es="{layer}: cada ventana se resume en un valor; {maps:el mapa queda|los {maps} mapas quedan} en {size}. No aprende nada.",
        en="{layer}: each window is summed up in one value; {maps:the map becomes|the {maps} maps become} {size}. It learns nothing.",
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
        es="{layer}: {maps:su única neurona lee|cada neurona lee} todos los números anteriores.",
        en="{layer}: {maps:its only neuron|every neuron} reads all the numbers before it.",
    ),
    "added": Text(
        es="{layer}: {maps:al mapa se le suma|a los {maps} mapas se les suma} lo que salió de {other}, por el arco: un atajo.",
        en="{layer}: what came out of {other} is added to the {maps:map|{maps} maps}, over the arc: a shortcut.",
    ),
    "joined": Text(
        es="{layer}: a los mapas que suben se les ponen al lado los de {other}, por el arco: {maps:queda|quedan} {maps}.",
        en="{layer}: beside the maps on their way up are put those of {other}, over the arc: {maps} in all.",
    ),
    "onwards": Text(
        es="Capa tras capa: una pila es tan alta como sus mapas, y tanto más profunda cuantos más hay.",
        en="Layer after layer: a stack is as tall as its maps, and the deeper the more there are.",
    ),
    "legend_learns": Text(es="aprende pesos", en="learns weights"),
    "legend_moves": Text(es="no aprende", en="learns nothing"),
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
        es="Primera etapa, aprender características: mapas cada vez más pequeños y más numerosos, de {first} a {last}.",
        en="First stage, learning features: maps that are ever smaller and more, from {first} to {last}.",
    ),
    "stages_border": Text(
        es="La frontera: {maps:el mapa se aplana|los {maps} mapas se aplanan} en {units} {units:número|números}; desde aquí no hay filas ni columnas.",
        en="The border: {maps:the map is|the {maps} maps are} flattened to {units} {units:number|numbers}; from here on there are no rows and columns.",
    ),
    "stages_decision": Text(
        es="Segunda etapa, decidir: cada neurona de una capa densa lee todos los números anteriores; al final {answers:queda 1 número|quedan {answers} números}.",
        en="Second stage, deciding: each neuron of a dense layer reads all the numbers before; at the end {answers:1 number is|{answers} numbers are} left.",
    ),
    "stages_end": Text(
        es="Dos etapas: la primera hace {work} % de los productos; la segunda, la que decide, guarda {parameters} % de los parámetros.",
        en="Two stages: the first does {work} % of the multiply-adds; the second, which decides, holds {parameters} % of the parameters.",
    ),
    "stages_end_unknown": Text(
        es="La segunda etapa guarda {parameters} % de los parámetros; no se pueden contar todos los productos.",
        en="The second stage holds {parameters} % of the parameters; not all multiply-adds can be counted.",
    ),
    "legend_sizes": Text(
        es="tamaño: filas × columnas; fondo: canales",
        en="size: rows × columns; depth: channels",
    ),
    "legend_sizes_values": Text(
        es="tamaño: filas × columnas; fondo: canales; delante, el mapa que más varía",
        en="size: rows × columns; depth: channels; in front, the map that varies most",
    ),
    "of_all": Text(
        es="capa {number} de {count}",
        en="layer {number} of {count}",
    ),
    "numbered": Text(
        es="la capa {number}, {called}",
        en="layer {number}, {called}",
    ),
    "the_input": Text(
        es="la entrada",
        en="the input",
    ),
    "untrained": Text(
        es="Los pesos de esta red están sorteados: los mapas muestran qué clase de imagen sale de cada capa, no lo aprendido.",
        en="The weights of this network are drawn at random: the maps show what kind of picture each layer makes, not what it learnt.",
    ),
    "called_conv": Text(
        es="convolución {kernel}, {maps} {maps:filtro|filtros}",
        en="convolution {kernel}, {maps} {maps:filter|filters}",
    ),
    "called_up": Text(
        es="convolución transpuesta {kernel}, {maps} {maps:filtro|filtros}",
        en="transposed convolution {kernel}, {maps} {maps:filter|filters}",
    ),
    "called_max": Text(
        es="pooling máximo {kernel}",
        en="max pooling {kernel}",
    ),
    "called_average": Text(
        es="pooling promedio {kernel}",
        en="average pooling {kernel}",
    ),
    "called_pool": Text(
        es="pooling {kernel}",
        en="pooling {kernel}",
    ),
    "called_regions": Text(
        es="resumen por regiones",
        en="summary by regions",
    ),
    "called_global_average": Text(
        es="promedio global",
        en="global average",
    ),
    "called_global_max": Text(
        es="máximo global",
        en="global maximum",
    ),
    "called_pyramid": Text(
        es="pirámide espacial",
        en="spatial pyramid",
    ),
    "called_dense": Text(
        es="densa de {maps} {maps:neurona|neuronas}",
        en="dense, {maps} {maps:neuron|neurons}",
    ),
    "called_flatten": Text(
        es="aplanado",
        en="flatten",
    ),
    "called_joined": Text(
        es="unión de mapas",
        en="joining of maps",
    ),
    "called_added": Text(
        es="suma",
        en="addition",
    ),
    "called_norm": Text(
        es="normalización",
        en="normalisation",
    ),
    "called_softmax": Text(
        es="softmax",
        en="softmax",
    ),
    "called_module": Text(
        es="bloque de varias capas",
        en="block of several layers",
    ),
    "called_other": Text(
        es="{operator}",
        en="{operator}",
    ),
    "headed": Text(
        es="Capa {number}, {called}",
        en="Layer {number}, {called}",
    ),
    "of_classes": Text(
        es="{shown} de {count} clases",
        en="{shown} of {count} classes",
    ),
    "value": Text(
        es="valor",
        en="value",
    ),
    "legend_cards": Text(
        es="tamaño: filas × columnas; fondo: canales",
        en="size: rows × columns; depth: channels",
    ),
    "legend_cards_values": Text(
        es="tamaño: filas × columnas; fondo: canales",
        en="size: rows × columns; depth: channels",
    ),
    "stages_ask": Text(
        es="Un parche entra por la izquierda. ¿Cuál de {count} clases es, y cómo llega la red a decirlo?",
        en="A patch enters at the left. Which of {count} classes is it, and how does the network come to say so?",
    ),
    "stages_conv": Text(
        es="Convolución: cada filtro recorre el parche y deja un mapa; con {maps} {maps:filtro sale 1 mapa|filtros salen {maps} mapas} de {size}.",
        en="Convolution: each filter slides over the patch and leaves a map; {maps} {maps:filter leaves 1 map|filters leave {maps} maps} of {size}.",
    ),
    "stages_activation": Text(
        es="Activación: cada valor pasa por la misma curva; con ReLU, lo negativo queda en 0.",
        en="Activation: each value goes through the same curve; with ReLU, what is negative becomes 0.",
    ),
    "stages_pool": Text(
        es="Pooling: de cada ventana queda un solo valor; los mapas se encogen a {size}.",
        en="Pooling: of each window a single value is left; the maps shrink to {size}.",
    ),
    "stages_again": Text(
        es="Y otra vez lo mismo, ahora sobre mapas en vez de píxeles: cada vez más pequeños, cada vez más.",
        en="And the same again, on maps now instead of pixels: ever smaller, ever more.",
    ),
    "stages_answer": Text(
        es="Softmax los vuelve probabilidades, que suman 1: lo más probable es «{name}».",
        en="Softmax turns them into probabilities, which add up to 1: “{name}” is the most probable.",
    ),
    "other_maps": Text(
        es="{layer}: {maps:queda 1 mapa|quedan {maps} mapas} de {size}.",
        en="{layer}: {maps:1 map|{maps} maps} of {size} {maps:is|are} left.",
    ),
    "other_numbers": Text(
        es="{layer}: {maps:queda 1 número|quedan {maps} números}.",
        en="{layer}: {maps:1 number is|{maps} numbers are} left.",
    ),
    "called_convolutions": Text(
        es="{count} convoluciones seguidas, {maps} {maps:mapa|mapas}",
        en="{count} convolutions in a row, {maps} {maps:map|maps}",
    ),
    "several": Text(
        es="{layer}: una tras otra, sobre mapas de {size}.",
        en="{layer}: one after the other, on maps of {size}.",
    ),
    "u_begin": Text(
        es="Un parche de {shape}: ¿qué clase tiene cada píxel? Primero se baja, para ver lejos; luego se sube, para ver fino.",
        en="A patch of {shape}: which class has each pixel? First it goes down, to see far; then up again, to see finely.",
    ),
    "u_map": Text(
        es="Sale un mapa: para cada píxel la clase que le parece más probable.",
        en="A map comes out: for each pixel the class that it finds most probable.",
    ),
    "u_end": Text(
        es="Bajar da el contexto y los arcos devuelven el detalle: coincide con su regla en el {share} % de los píxeles que nunca vio.",
        en="Going down gives context, the arcs bring back detail: it agrees with its rule on {share} % of the pixels it never saw.",
    ),
    "called_residual": Text(
        es="etapa de {count} {count:bloque|bloques} con atajo, {maps} {maps:mapa|mapas}",
        en="stage of {count} {count:block|blocks} with a shortcut, {maps} {maps:map|maps}",
    ),
    "residual": Text(
        es="{layer}: deja mapas de {size}. ¿Qué hay dentro?",
        en="{layer}: it leaves maps of {size}. What is inside?",
    ),
    "residual_begin": Text(
        es="Una red muy profunda, en {stages} etapas: ¿cómo llega el principio hasta el final? Por atajos.",
        en="A very deep network, in {stages} stages: how does its beginning reach its end? By shortcuts.",
    ),
    "residual_open": Text(
        es="La etapa {number} se abre. Tiene {blocks} {blocks:bloque|bloques}; este es el primero, con lo que lee a la izquierda.",
        en="Stage {number} opens. It has {blocks} {blocks:block|blocks}; this is the first, with what it reads at the left.",
    ),
    "residual_way": Text(
        es="El camino recto: una convolución 3×3 con normalización y ReLU, y otra convolución 3×3 con normalización.",
        en="The straight way: a convolution 3×3 with normalisation and ReLU, and another convolution 3×3 with normalisation.",
    ),
    "residual_identity": Text(
        es="El atajo: por el arco pasa la entrada tal como es.",
        en="The shortcut: over the arc passes the input as it is.",
    ),
    "residual_down": Text(
        es="Aquí la salida tiene la mitad del tamaño y el doble de mapas: por el arco, una convolución 1×1 con paso 2 lo iguala.",
        en="Here the output has half the size and twice the maps: on the arc, a convolution 1×1 with stride 2 makes them alike.",
    ),
    "residual_sum": Text(
        es="Las dos se suman, valor por valor, y pasan por ReLU: el bloque solo aprende qué cambiar de su entrada.",
        en="Both are added, value by value, and go through ReLU: the block learns only what to change of its input.",
    ),
    "residual_again": Text(
        es="La etapa {number} por dentro es igual: la mitad del tamaño, el doble de mapas, y la suma con lo que llega por el arco.",
        en="Stage {number} is the same inside: half the size, twice the maps, and the sum with what comes over the arc.",
    ),
    "residual_end": Text(
        es="Cada bloque suma lo suyo a lo que recibe: por los atajos, la entrada llega hasta el final, y el gradiente de vuelta.",
        en="Each block adds its own to what it is given: by the shortcuts the input reaches the end, and the gradient comes back.",
    ),
    "open_x": Text(
        es="entrada",
        en="input",
    ),
    "open_first": Text(
        es="convolución 3×3",
        en="convolution 3×3",
    ),
    "open_second": Text(
        es="convolución 3×3",
        en="convolution 3×3",
    ),
    "open_result": Text(
        es="suma y ReLU",
        en="sum and ReLU",
    ),
    "open_shortcut": Text(
        es="convolución 1×1, paso 2",
        en="convolution 1×1, stride 2",
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
