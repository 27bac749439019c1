"""What the films of poolings say."""

from convista.language import Text


def _alike(line: str) -> Text:
    return Text(es=line, en=line)


TABLE: dict[str, Text] = {
    "title": Text(es="Pooling: {name}, ventana a ventana", en="Pooling: {name}, window by window"),
    "traced_title": Text(es="{layer}, mapa {channel}: {name}", en="{layer}, map {channel}: {name}"),
    "input": Text(es="Mapa ({rows}×{columns})", en="Map ({rows}×{columns})"),
    "seen": Text(es="Ventana ({rows}×{columns})", en="Window ({rows}×{columns})"),
    "output": Text(es="Salida: {name} ({rows}×{columns})", en="Output: {name} ({rows}×{columns})"),
    "name_max": Text(es="máximo", en="maximum"),
    "name_min": Text(es="mínimo", en="minimum"),
    "name_average": Text(es="media", en="average"),
    "name_sum": Text(es="suma", en="sum"),
    "l2_title": Text(es="Pooling: norma L2, ventana a ventana", en="Pooling: L2 norm, window by window"),
    "name_l2": Text(es="√ de la suma de x²", en="√ of the sum of x²"),
    "name_stochastic": Text(es="estocástico", en="stochastic"),
    "name_expected": Text(es="valor esperado", en="expected value"),
    "name_mixed": Text(es="mixto", en="mixed"),
    "name_fractional": Text(es="máximo fraccionario", en="fractional maximum"),
    "name_adaptive_max": Text(es="máximo adaptativo", en="adaptive maximum"),
    "name_adaptive_average": Text(es="media adaptativa", en="adaptive average"),
    "name_l2_mean": Text(es="√ de la media de x²", en="√ of the mean of x²"),
    "symbols": Text(
        es="x: valor del mapa · V: ventana · O: salida", en="x: value of the map · V: window · O: output"
    ),
    "symbols_whole": Text(
        es="x: valor del mapa · V: el mapa entero · y: su número",
        en="x: value of the map · V: the whole map · y: its number",
    ),
    "symbols_cell": Text(
        es="x: valor del mapa · V: una celda del nivel · y: su número",
        en="x: value of the map · V: a cell of the level · y: its number",
    ),
    "symbol_n": Text(es="n: valores de V", en="n: values in V"),
    "symbol_mix": Text(es="λ: peso del máximo", en="λ: weight of the maximum"),
    "symbol_drawn": Text(es="x*: valor sorteado", en="x*: the value drawn"),
    "symbol_p": Text(es="p: probabilidad", en="p: probability"),
    "ask_max": Text(
        es="¿Cómo achicar un mapa sin perder lo que se encontró en él?",
        en="How can a map be made smaller without losing what was found in it?",
    ),
    "ask_min": Text(
        es="¿Y si lo que importa es lo más débil de cada zona?",
        en="And if what matters is the weakest value of each place?",
    ),
    "ask_average": Text(
        es="El máximo oye una sola voz. ¿Y si lo que importa es cada zona en conjunto?",
        en="A maximum hears one voice. And if what matters is each place as a whole?",
    ),
    "ask_sum": Text(
        es="¿Cuánto hay en cada zona, todo sumado?", en="How much is there in each place, all added up?"
    ),
    "ask_l2": Text(
        es="¿Cómo resumir una zona para que lo fuerte pese más, sin que un solo valor decida?",
        en="How can a place be summed up so that strong values weigh more, without one deciding alone?",
    ),
    "ask_l2_mean": Text(
        es="¿Cómo resumir una zona para que lo fuerte pese más, sin que un solo valor decida?",
        en="How can a place be summed up so that strong values weigh more, without one deciding alone?",
    ),
    "ask_stochastic": Text(
        es="¿Y si el ganador de cada ventana se sorteara, con más suerte para los valores grandes?",
        en="And if the winner of each window were drawn by lot, with better chances for large values?",
    ),
    "ask_expected": Text(
        es="Al inferir nada se sortea. ¿Qué sale entonces de cada ventana?",
        en="Inference draws nothing by lot. What comes out of each window then?",
    ),
    "ask_mixed": Text(
        es="¿El máximo o la media? ¿Por qué no algo de cada uno?",
        en="The maximum or the average? Why not some of each?",
    ),
    "ask_fractional": Text(
        es="¿Cómo achicar un mapa menos que a la mitad?", en="How can a map be made smaller by less than half?"
    ),
    "ask_adaptive_max": Text(
        es="¿Cómo sacar siempre {count} {count:valor|valores}, mida lo que mida el mapa?",
        en="How can there always be {count} {count:value|values}, whatever the size of the map?",
    ),
    "ask_adaptive_average": Text(
        es="¿Cómo sacar siempre {count} {count:media|medias}, mida lo que mida el mapa?",
        en="How can there always be {count} {count:average|averages}, whatever the size of the map?",
    ),
    "ask_global_max": Text(
        es="¿Está lo que busca cada filtro, en algún lugar de la imagen?",
        en="Is what each filter seeks there, anywhere in the image?",
    ),
    "ask_global_average": Text(
        es="¿Cuánto hay, en toda la imagen, de lo que busca cada filtro?",
        en="How much is there, in the whole image, of what each filter seeks?",
    ),
    "ask_pyramid": Text(
        es="¿Cómo guardar qué hay y también dónde, mida lo que mida el mapa?",
        en="How can both what there is and where be kept, whatever the size of the map?",
    ),
    "global_tie": Text(
        es="En el mapa {channel}, {value} aparece {count} {count:vez|veces}: gana la primera; las demás llevan un anillo fino.",
        en="In map {channel}, {value} stands {count} {count:time|times}: the first wins; the others wear a thin ring.",
    ),
    "moved_map": Text(es="Mapa ({rows}×{columns})", en="Map ({rows}×{columns})"),
    "moved_map_on": Text(es="Mapa corrido un píxel", en="Map moved by one pixel"),
    "moved_before": Text(es="Salida de antes", en="Output before"),
    "moved_after": Text(es="Salida del mapa corrido", en="Output of the moved map"),
    "moved_ask": Text(
        es="¿Y si lo que se ve se corre un píxel a la derecha? (Por la izquierda entran ceros.)",
        en="And if what is seen moves by one pixel to the right? (Zeros come in at the left.)",
    ),
    "moved_again": Text(
        es="Las ventanas siguen en su lugar, y de cada una pasa otra vez el mayor.",
        en="The windows stay where they are, and of each the largest value passes again.",
    ),
    "moved_end": Text(
        es="En el mapa {cells:cambia|cambian} {cells} de {of} {of:celda|celdas}; en la salida {same:queda|quedan} igual {same} de {out}: el mayor que no sale de su ventana pasa como antes.",
        en="Of the map's {of} {of:cell|cells} {cells} {cells:changes|change}; of the {out} {out:output|outputs} {same} {same:stays|stay}: a winner that does not leave its window passes as before.",
    ),
    "weights_stochastic": Text(es="Probabilidades p", en="Probabilities p"),
    "weights_expected": Text(es="Probabilidades p", en="Probabilities p"),
    "weights_mixed": Text(es="Pesos", en="Weights"),
    "extreme": Text(es="máx({values})", en="max({values})"),
    "extreme_min": Text(es="mín({values})", en="min({values})"),
    "extreme_many": Text(es="máx de {count} {count:valor|valores}", en="max of {count} {count:value|values}"),
    "extreme_many_min": Text(es="mín de {count} {count:valor|valores}", en="min of {count} {count:value|values}"),
    "average": _alike("({sum}) / {n}"),
    "average_many": _alike("Σ x / {n}"),
    "sum_many": Text(es="Σ de {count} {count:valor|valores}", en="Σ of {count} {count:value|values}"),
    "length": _alike("√({sum}) {equals} √{total}"),
    "length_mean": _alike("√(({sum}) / {n}) {equals} √{total}"),
    "length_many_mean": Text(
        es="√(Σ x² / n) de {count} {count:valor|valores} = √{total}",
        en="√(Σ x² / n) of {count} {count:value|values} = √{total}",
    ),
    "length_many": Text(
        es="√Σ x² de {count} {count:valor|valores} = √{total}",
        en="√Σ x² of {count} {count:value|values} = √{total}",
    ),
    "moves": Text(es="avanza de {rows} en {rows}", en="moves by {rows}"),
    "moves_unevenly": Text(
        es="avanza {rows} {rows:fila|filas} o {columns} {columns:columna|columnas} cada vez",
        en="moves by {rows} {rows:row|rows} or {columns} {columns:column|columns}",
    ),
    "stops": Text(
        es="Pasa por {count} posiciones y se detiene en {shown}.",
        en="It visits {count} positions and stops at {shown}.",
    ),
    "overlap": Text(es="Las ventanas vecinas se solapan.", en="Neighbouring windows overlap."),
    "missing": Text(
        es="En esta ventana falta un dato: lo que sale de ella tampoco es un número.",
        en="A value of this window is missing: what comes out of it is no number either.",
    ),
    "onwards": Text(
        es="Y así, lugar por lugar: cada valor de la salida se hace igual, con los valores que la ventana enmarca.",
        en="So on, place by place: each value of the output is made in the same way, of the values that the window frames.",
    ),
    "tie": Text(
        es="Hay {count} valores iguales a {value}, con anillo fino: gana el primero, leído fila por fila, y solo a él vuelve el gradiente.",
        en="There are {count} values equal to {value}, ringed thinly: the first, read row by row, wins, and only it hears the gradient.",
    ),
    "tie_all": Text(
        es="Los {count} valores son iguales: gana el primero, leído fila por fila.",
        en="All {count} values are equal: the first, read row by row, wins.",
    ),
    "compared_l2_mean": Text(
        es="La raíz de la media da {value}. Las bibliotecas no dividen por {count}: la raíz de la suma da {rival}.",
        en="The root of the mean is {value}. Libraries do not divide by {count}: the root of the sum is {rival}.",
    ),
    "compared_average": Text(
        es="La media da {value} y el máximo {rival}: en la media, cada valor pesa solo 1/{count}.",
        en="The average is {value}, the maximum {rival}: in an average each value weighs only 1/{count}.",
    ),
    "sizes": Text(
        es="De {size} a {out}: de {had} {had:valor|valores} {left:queda|quedan} {left}.",
        en="From {size} to {out}: of {had} {had:value|values} {left} {left:is|are} left.",
    ),
    "sizes_because": Text(
        es="De {size} a {out}, pues {formula}: de {had} {had:valor|valores} {left:queda|quedan} {left}.",
        en="From {size} to {out}, as {formula}: of {had} {had:value|values} {left} {left:is|are} left.",
    ),
    "begin_max": Text(
        es="La ventana de {size} {moves}: {count:el único valor que cubre pasa|de los {count} valores que cubre, solo pasa el mayor}.",
        en="The {size} window {moves}: {count:the only value that it covers passes|of the {count} values that it covers, only the largest passes}.",
    ),
    "step_max": Text(
        es="{count:El único valor|El mayor de los {count}} es {value}: solo él pasa, y al volver solo él recibe el gradiente.",
        en="{count:The only value|The largest of the {count}} is {value}: only it passes, and only it hears the gradient coming back.",
    ),
    "padding_max": Text(
        es="{count} {count:celda queda|celdas quedan} fuera del mapa: {count:cuenta|cuentan} como −∞ y nunca {count:gana|ganan}.",
        en="{count} {count:cell lies|cells lie} beyond the map: {count:it counts|they count} as −∞ and never {count:wins|win}.",
    ),
    "end_max_some": Text(
        es="De cada ventana queda solo su mayor valor; los demás no dejan rastro.",
        en="Of each window only its largest value is left; the others leave no trace.",
    ),
    "end_max": Text(es="Lo que no lleva anillo no deja rastro.", en="What has no ring leaves no trace."),
    "begin_min": Text(
        es="La ventana de {size} {moves}: {count:el único valor que cubre pasa|de los {count} valores que cubre, solo pasa el menor}.",
        en="The {size} window {moves}: {count:the only value that it covers passes|of the {count} values that it covers, only the smallest passes}.",
    ),
    "step_min": Text(
        es="{count:El único valor|El menor de los {count}} es {value}: solo él pasa, y solo él recibe el gradiente al volver.",
        en="{count:The only value|The smallest of the {count}} is {value}: only it passes, and only it hears the gradient coming back.",
    ),
    "padding_min": Text(
        es="{count} {count:celda queda|celdas quedan} fuera del mapa: {count:cuenta|cuentan} como ∞ y nunca {count:gana|ganan}.",
        en="{count} {count:cell lies|cells lie} beyond the map: {count:it counts|they count} as ∞ and never {count:wins|win}.",
    ),
    "end_min": Text(
        es="El mínimo de x es el máximo de −x, cambiado de signo.",
        en="The minimum of x is the maximum of −x with its sign changed.",
    ),
    "begin_average": Text(
        es="La ventana de {size} {moves}: {count:el único valor que cubre se divide|los {count} valores que cubre se suman y se dividen} por {n}.",
        en="The {size} window {moves}: the {count:only value that it covers is|{count} values that it covers are summed and} divided by {n}.",
    ),
    "step_average": Text(
        es="{place} = {value}: {count:es el único valor, y el gradiente vuelve a él|los {count} valores pesan lo mismo, y el gradiente vuelve a todos por igual}.",
        en="{place} = {value}: {count:it is the only value, and the gradient comes back to it|the {count} values weigh the same, and the gradient comes back to all alike}.",
    ),
    "padding_average": Text(
        es="{count} {count:celda queda|celdas quedan} fuera del mapa; se divide por {n}.",
        en="{count} {count:cell lies|cells lie} beyond the map; the divisor is {n}.",
    ),
    "end_average": Text(
        es="La media suaviza y guarda el nivel de la zona; el máximo guarda los picos.",
        en="The average smooths and keeps the level of the place; the maximum keeps its peaks.",
    ),
    "begin_sum": Text(
        es="La ventana de {size} {moves}: {count:el único valor que cubre queda igual|los {count} valores que cubre se suman}.",
        en="The {size} window {moves}: the {count:only value that it covers stays|{count} values that it covers are summed}.",
    ),
    "step_sum": Text(
        es="{place} = {value}: {count:es la media|es {count} veces la media}, y el gradiente vuelve entero a cada valor.",
        en="{place} = {value}: {count:it is the average|it is {count} times the average}, and the whole gradient comes back to each value.",
    ),
    "end_sum": Text(
        es="La suma cuenta: crece con el tamaño de la ventana.", en="A sum counts: it grows with the window."
    ),
    "begin_l2": Text(
        es="La ventana de {size} {moves}: {count:su único valor es|sus {count} valores son} un vector, y sale su longitud.",
        en="The {size} window {moves}: its {count:only value is|{count} values are} a vector, and its length comes out.",
    ),
    "step_l2": Text(
        es="{place} = {value}: al elevar al cuadrado, los valores grandes pesan más que en una media.",
        en="{place} = {value}: squared, large values weigh more than they do in an average.",
    ),
    "begin_l2_mean": Text(
        es="La ventana de {size} {moves}: {count:su único valor se eleva|sus {count} valores se elevan} al cuadrado; sale la raíz de la media.",
        en="The {size} window {moves}: its {count:only value is|{count} values are} squared, and the root of their mean comes out.",
    ),
    "end_l2_mean": Text(
        es="Queda entre la media y el máximo, y los valores grandes pesan más.",
        en="It lies between average and maximum, and large values weigh more.",
    ),
    "end_l2": Text(
        es="La norma queda entre el máximo y la suma de los valores absolutos.",
        en="The norm lies between the maximum and the sum of the absolute values.",
    ),
    "mixed": _alike("{mix}·{max} + {rest}·{mean}"),
    "begin_mixed": Text(
        es="La ventana de {size} {moves}: λ veces el máximo más 1 − λ veces la media, con λ = {mix}.",
        en="The {size} window {moves}: λ times the maximum and 1 − λ times the average, with λ = {mix}.",
    ),
    "step_mixed": Text(
        es="{place} = {value}: el mayor pesa {weight}, y los demás se reparten el resto por igual.",
        en="{place} = {value}: the largest weighs {weight}, and the others share the rest alike.",
    ),
    "end_mixed": Text(
        es="Con λ\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}1 sería el máximo; con λ\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}0, la media. λ puede aprenderse.",
        en="With λ\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}1 it would be the maximum, with λ\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}0 the average. λ can be learned.",
    ),
    "draw": Text(es="sorteo({values})", en="draw({values})"),
    "stochastic_many": Text(
        es="sorteo entre {count} {count:valor|valores}", en="draw among {count} {count:value|values}"
    ),
    "expected_many": Text(es="Σ p·x de {count} {count:valor|valores}", en="Σ p·x of {count} {count:value|values}"),
    "begin_stochastic": Text(
        es="La ventana de {size} {moves}: se sortea {count:su único valor|uno de sus {count} valores}, con probabilidad p = x / Σ x.",
        en="The {size} window {moves}: {count:its only value|one of its {count} values} is drawn, with probability p = x / Σ x.",
    ),
    "step_stochastic": Text(
        es="Sale {value}, que tenía probabilidad {weight}: un valor mayor sale más a menudo.",
        en="{value} is drawn; its probability was {weight}: larger values are drawn more often.",
    ),
    "end_stochastic": Text(
        es="Otra semilla daría otro mapa; al inferir se usa el valor esperado, Σ p·x.",
        en="Another seed would give another map; inference takes the expected value, Σ p·x.",
    ),
    "begin_expected": Text(
        es="La ventana de {size} {moves}: al inferir no hay sorteo; cada valor pesa su probabilidad, p = x / Σ x.",
        en="The {size} window {moves}: inference draws nothing; each value weighs its probability, p = x / Σ x.",
    ),
    "step_expected": Text(
        es="{place} = {value}: es lo que darían, en promedio, muchos sorteos.",
        en="{place} = {value}: it is what many draws would give on average.",
    ),
    "end_expected": Text(
        es="El valor esperado queda entre la media y el máximo.",
        en="The expected value lies between the average and the maximum.",
    ),
    "begin_fractional": Text(
        es="Las ventanas de {size} avanzan a saltos desiguales, sorteados, para que la salida sea de {out}; pasa el mayor.",
        en="The {size} windows move by uneven, drawn steps, so that the output is {out}; the largest passes.",
    ),
    "step_fractional": Text(
        es="{count:El único valor|El mayor de los {count}} es {value}. Unas ventanas se solapan y otras no, según el sorteo.",
        en="{count:The only value|The largest of the {count}} is {value}. Some windows overlap and others do not, as drawn.",
    ),
    "end_fractional": Text(
        es="El mapa encoge por una fracción, no solo por un número entero.",
        en="The map shrinks by a fraction, not only by a whole number.",
    ),
    "begin_adaptive_max": Text(
        es="La salida se fija de antemano, {out}: el mapa se reparte en esas celdas y de cada una pasa el mayor.",
        en="The output is fixed beforehand, {out}: the map is divided into so many cells; the largest of each passes.",
    ),
    "step_adaptive_max": Text(
        es="{count:El único valor|El mayor de los {count} valores} de esta celda es {value}: solo él pasa.",
        en="{count:The only value|The largest of the {count} values} of this cell is {value}: only it passes.",
    ),
    "end_adaptive_max": Text(
        es="Donde no caben justas, las celdas se solapan; con otro mapa, la salida mediría lo mismo.",
        en="Where they do not fit evenly cells overlap; with another map the output has the same size.",
    ),
    "begin_adaptive_average": Text(
        es="La salida se fija de antemano, {out}: el mapa se reparte en esas celdas y de cada una sale la media.",
        en="The output is fixed beforehand, {out}: the map is divided into so many cells; each gives its average.",
    ),
    "step_adaptive_average": Text(
        es="{place} = {value}: {count:el único valor|la media de los {count} valores} de esta celda.",
        en="{place} = {value}: {count:the only value|the average of the {count} values} of this cell.",
    ),
    "end_adaptive_average": Text(
        es="Donde no caben justas, las celdas se solapan; con otro mapa, la salida mediría lo mismo.",
        en="Where they do not fit evenly cells overlap; with another map the output has the same size.",
    ),
    "mix": Text(
        es="λ = {mix} no sirve. Dé un número entre 0, la media, y 1, el máximo.",
        en="λ = {mix} cannot be. Give a number between 0, the average, and 1, the maximum.",
    ),
    "fraction": Text(
        es="No {out:cabe|caben} {out} {out:ventana|ventanas} de {kernel} en {size} {size:celda|celdas}. Dé una salida de {most} como mucho.",
        en="{out} {out:window|windows} of {kernel} {out:does|do} not fit into {size} {size:cell|cells}. Give an output of {most} at most.",
    ),
    "name_global_max": Text(es="máximo global", en="global maximum"),
    "name_global_average": Text(es="media global", en="global average"),
    "global_title": Text(es="Pooling: {name}, mapa a mapa", en="Pooling: {name}, map by map"),
    "traced_global": Text(es="{layer}: {name}, mapa a mapa", en="{layer}: {name}, map by map"),
    "maps": Text(
        es="{channels} {channels:mapa|mapas} ({rows}×{columns})",
        en="{channels} {channels:map|maps} ({rows}×{columns})",
    ),
    "one_of": Text(es="Mapa {channel}", en="Map {channel}"),
    "vector_part": Text(es="Salida ({shown} de {channels})", en="Output ({shown} of {channels})"),
    "vector": Text(es="Salida ({channels})", en="Output ({channels})"),
    "begin_global_max": Text(
        es="De cada mapa entero queda un número, su mayor valor: {count} {count:mapa|mapas} de {size} se {count:vuelve|vuelven} {count} {count:número|números}.",
        en="Of each whole map one number remains, its largest value: {count} {count:map|maps} of {size} {count:becomes|become} {count} {count:number|numbers}.",
    ),
    "begin_global_average": Text(
        es="De cada mapa entero queda un número, su media: {count} {count:mapa|mapas} de {size} se {count:vuelve|vuelven} {count} {count:número|números}.",
        en="Of each whole map one number remains, its average: {count} {count:map|maps} of {size} {count:becomes|become} {count} {count:number|numbers}.",
    ),
    "begin_fewer": Text(
        es="{begin} Se {shown:muestra|muestran} {shown}.", en="{begin} {shown} of them {shown:is|are} shown."
    ),
    "step_global_max": Text(
        es="Del mapa {channel} pasa {value}: dice cuánto destaca lo que busca el filtro, no dónde está.",
        en="Of map {channel}, {value} passes: it says how strong what the filter seeks is, not where.",
    ),
    "step_global_average": Text(
        es="La media del mapa {channel} es {value}: dice cuánto hay, en total, de lo que busca el filtro.",
        en="The average of map {channel} is {value}: it says how much there is of what the filter seeks.",
    ),
    "end_global_max": Text(
        es="Un solo pico basta para un valor alto. La salida no depende del tamaño de los mapas.",
        en="One peak is enough for a high value. The output does not depend on the size of the maps.",
    ),
    "end_global_average": Text(
        es="Un pico aislado apenas se nota. La salida no depende del tamaño de los mapas.",
        en="A single peak hardly shows. The output does not depend on the size of the maps.",
    ),
    "pyramid_title": Text(es="Pooling en pirámide espacial", en="Spatial pyramid pooling"),
    "traced_pyramid": Text(
        es="{layer}, mapa {channel}: pirámide espacial", en="{layer}, map {channel}: spatial pyramid"
    ),
    "level": _alike("{n}×{n}"),
    "laid_out": Text(es="Salida: {count} {count:número|números}", en="Output: {count} {count:number|numbers}"),
    "begin_pyramid": Text(
        es="El mapa se reparte en celdas varias veces: {levels}. Cada celda da su mayor valor.",
        en="The map is divided into cells several times: {levels}. Each cell gives its largest value.",
    ),
    "begin_level": Text(
        es="Nivel {n}×{n}: {count:de la única celda|de cada una de las {count} celdas} pasa el mayor valor, al sitio que le toca en la salida.",
        en="Level {n}×{n}: of {count:the only cell|each of the {count} cells} the largest value passes, to its place in the output.",
    ),
    "end_pyramid": Text(
        es="Sea cual sea el tamaño del mapa {count:sale|salen} {count} {count:número|números}: lo grueso primero, lo fino después.",
        en="Whatever the size of the map, {count} {count:number comes|numbers come} out: the coarse first, then the fine.",
    ),
    "levels": Text(
        es="Los niveles {levels} no sirven. Dé números enteros mayores que 0, hasta {largest}.",
        en="The levels {levels} cannot be. Give whole numbers above 0, up to {largest}.",
    ),
    "shift_title": Text(
        es="Mover la imagen un píxel, con pooling y sin él",
        en="Moving the image by one pixel, with pooling and without",
    ),
    "shift_before": Text(es="Antes", en="Before"),
    "shift_after": Text(es="Movido un píxel", en="Moved by one pixel"),
    "shift_difference": Text(es="Diferencia", en="Difference"),
    "shift_measure": Text(es="media de ‖movido − antes‖ / ‖antes‖", en="mean of ‖moved − before‖ / ‖before‖"),
    "shift_change": Text(es="Cambio, media de 4 direcciones", en="Change, mean of 4 directions"),
    "shift_without": Text(es="sin pooling", en="no pooling"),
    "shift_ask": Text(
        es="Unos campos vistos desde arriba. Si se mira un píxel más a la derecha, ¿cuánto cambia lo que ve una red?",
        en="Some fields seen from above. If one looks one pixel further right, how much does what a network sees change?",
    ),
    "shift_edge": Text(
        es="De cerca, un borde: el mapa se corre una columna, y {cells:cambia|cambian} {cells} de {of} {of:celda|celdas}.",
        en="Closely, an edge: the map moves by a column, and of {of} {of:cell|cells} {cells} {cells:changes|change}.",
    ),
    "shift_crossing": Text(
        es="{same:Queda|Quedan} igual {same} de {out} {out:máximo|máximos}, con marco: un borde que cruza de una ventana a otra sí se nota.",
        en="Of {out} {out:maximum|maxima} {same} {same:stays|stay} as before, framed: an edge that crosses from one window into another does show.",
    ),
    "shift_image": Text(
        es="La misma escena, vista un píxel más a la derecha. Movida en cada dirección, la imagen cambia de media un {change} %.",
        en="The same scene, seen one pixel further right. Moved in each direction, the image changes by {change} % on average.",
    ),
    "shift_none": Text(
        es="Su mapa de activación, en cambio, cambia un {change} %: cada borde cae ahora en otra celda.",
        en="Its feature map changes by {change} %: every edge now falls into another cell.",
    ),
    "shift_pooled": Text(
        es="Tras un pooling {size} ({name}) quedan {out} celdas, que cambian un {change} %.",
        en="After {size} pooling ({name}), {out} cells are left, which change by {change} %.",
    ),
    "shift_helps": Text(
        es="Lo que menos cambia es {name}: un {best}\N{NO-BREAK SPACE}% frente a un {without}\N{NO-BREAK SPACE}%. El pooling amortigua el movimiento, no lo anula.",
        en="What changes least is {name}: {best}\N{NO-BREAK SPACE}% against {without}\N{NO-BREAK SPACE}%. Pooling dampens the move, it does not undo it.",
    ),
    "shift_no_help": Text(
        es="Con estos datos el pooling no ayuda: lo mejor es un {best} %, y sin él un {without} %.",
        en="On these data pooling does not help: at best {best} %, and {without} % without it.",
    ),
    "shift_size": Text(
        es="La imagen tiene tamaño {shape}; hace falta una matriz de {least} filas y columnas como mínimo.",
        en="The image has shape {shape}; a matrix of at least {least} rows and columns is needed.",
    ),
    "shift_missing": Text(
        es="A la imagen le faltan valores, y un cambio no puede medirse con ellos. Dé una parte completa.",
        en="Values of the image are missing, and a change cannot be measured with them. Give a part that is whole.",
    ),
    "shift_nothing": Text(
        es="El kernel no encuentra nada en esta imagen: su mapa es todo ceros. Dé otra imagen u otro kernel.",
        en="The kernel finds nothing in this image: its map is all zeros. Give another image or kernel.",
    ),
    "not_a_map": Text(
        es="El mapa tiene tamaño {shape}; hace falta (filas, columnas) o (1, canales, filas, columnas), sin ejes vacíos.",
        en="The map has shape {shape}; give (rows, columns) or (1, channels, rows, columns), no axis empty.",
    ),
    "not_positive": Text(
        es="El tamaño {value} no sirve. Dé números enteros mayores que 0.",
        en="The size {value} cannot be. Give whole numbers above 0.",
    ),
    "padding_half": Text(
        es="El relleno {padding} pasa de la mitad de la ventana, {size}: alguna solo vería relleno. Dé menos.",
        en="The padding {padding} is more than half of the window, {size}: one might see padding alone. Give less.",
    ),
    "too_many_cells": Text(
        es="La salida {out} es mayor que el mapa, {size}. Dé como mucho tantas celdas como filas y columnas.",
        en="The output {out} is larger than the map, {size}. Give no more cells than rows and columns.",
    ),
    "padding": Text(
        es="El relleno {padding} no sirve. Dé un número de 0 en adelante o ((arriba, abajo), (izquierda, derecha)).",
        en="The padding {padding} cannot be. Give a number from 0 on or ((above, below), (left, right)).",
    ),
}
