"""What the film of activation maps says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "title": Text(es="Los mapas de activación de una primera capa", en="The activation maps of a first layer"),
    "patch": Text(es="parche, {rows}×{columns}", en="patch, {rows}×{columns}"),
    "near": Text(es="mapa {number}", en="map {number}"),
    "wall": Text(
        es="{layer}: {channels} {channels:mapa|mapas} de {rows}×{columns}",
        en="{layer}: {channels} {channels:map|maps} of {rows}×{columns}",
    ),
    "begin": Text(
        es="Un parche y {channels} {channels:filtro que lo va a leer: hará su propio mapa|filtros que lo van a leer a la vez: cada uno hará su propio mapa}.",
        en="A patch and {channels} {channels:filter that will read it: it will make|filters that will read it at once: each will make} a map of its own.",
    ),
    "fewer": Text(
        es="{text} ({shown:Se ve el primero|Se ven los primeros {shown}}.)",
        en="{text} (The first {shown:is|{shown} are} shown.)",
    ),
    "conv": Text(
        es="La misma ventana de {size} alimenta todos los filtros; cada posición escribe un valor en cada mapa de {rows}×{columns}.",
        en="The same {size} window feeds all the filters; each position writes one value in every map of {rows}×{columns}.",
    ),
    "batch_norm": Text(
        es="{layer} centra y escala cada mapa: ahora los filtros débiles y los fuertes se pueden comparar.",
        en="{layer} centres and scales each map: now weak filters and strong ones can be compared.",
    ),
    "relu": Text(
        es="{layer} deja solo lo positivo: cada mapa dice dónde está lo que su filtro busca.",
        en="{layer} keeps only what is positive: each map tells where the thing is that its filter looks for.",
    ),
    "other": Text(es="{layer} ({operator}) cambia los mapas.", en="{layer} ({operator}) changes the maps."),
    "end": Text(
        es="El mapa {best} da la respuesta más alta, {value} en [{row},{column}]; todos responden en algún lugar. El número solo nombra: no ordena.",
        en="Map {best} has the highest answer, {value} at [{row},{column}]; all of them answer somewhere. A number only names a map.",
    ),
    "end_silent": Text(
        es="El mapa {best} da la respuesta más alta, {value} en [{row},{column}]; {silent} de {channels} {silent:calla|callan} aquí. El número de un mapa solo lo nombra.",
        en="Map {best} has the highest answer, {value} at [{row},{column}]; {silent} of {channels} {silent:is|are} silent here. A map's number only names it.",
    ),
    "stages": Text(
        es="Los mapas tienen tamaños {shapes}; hacen falta mapas (canales, filas, columnas), todos del mismo tamaño.",
        en="The maps have shapes {shapes}; maps are needed, (channels, rows, columns), all of one size.",
    ),
}
