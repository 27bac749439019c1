"""What the films of patches say."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "mosaic_title": Text(es="Una escena en parches: el mosaico", en="A scene in patches: the mosaic"),
    "overlap_title": Text(es="Una escena en parches que se solapan", en="A scene in patches that overlap"),
    "whole": Text(
        es="La escena tiene {rows}×{columns} píxeles y {bands} {bands:banda|bandas}: demasiado para una red que lee parches pequeños.",
        en="The scene has {rows}×{columns} pixels and {bands} {bands:band|bands}: too much for a network that reads small patches.",
    ),
    "part": Text(
        es="Se ven {rows}×{columns} píxeles del centro de la escena, que tiene {bands} {bands:banda|bandas}: se cortan en parches.",
        en="{rows}×{columns} pixels from the middle of the scene are shown; it has {bands} {bands:band|bands}: they are cut into patches.",
    ),
    "scene": Text(es="escena: {rows}×{columns} píxeles", en="scene: {rows}×{columns} pixels"),
    "cut_name": Text(
        es="{count} {count:parche|parches} de {size}×{size}", en="{count} {count:patch|patches} of {size}×{size}"
    ),
    "cut": Text(
        es="Cada ventana de {size}×{size} es un parche: {down} {down:fila|filas} de {across} {across:parche|parches}, {count} en total, sin repetir píxeles.",
        en="Each window of {size}×{size} is a patch: {down} {down:row|rows} of {across} {across:patch|patches}, {count} in all, no pixel twice.",
    ),
    "cut_rest": Text(
        es="{count} {count:parche|parches} de {size}×{size} ({down}×{across}); quedan fuera {rows} {rows:fila|filas} y {columns} {columns:columna|columnas} del borde.",
        en="{count} {count:patch|patches} of {size}×{size} ({down}×{across}); {rows} {rows:row|rows} and {columns} {columns:column|columns} at the edge are left out.",
    ),
    "cut_rest_rows": Text(
        es="{count} {count:parche|parches} de {size}×{size} ({down}×{across}), sin compartir píxeles; {rows:queda|quedan} fuera {rows} {rows:fila|filas} de abajo.",
        en="{count} {count:patch|patches} of {size}×{size} ({down}×{across}) that share no pixel; {rows} {rows:row|rows} at the bottom {rows:is|are} left out.",
    ),
    "cut_rest_columns": Text(
        es="{count} {count:parche|parches} de {size}×{size} ({down}×{across}), sin compartir píxeles; {columns:queda|quedan} fuera {columns} {columns:columna|columnas} de la derecha.",
        en="{count} {count:patch|patches} of {size}×{size} ({down}×{across}) that share no pixel; {columns} {columns:column|columns} at the right {columns:is|are} left out.",
    ),
    "pair": Text(
        es="Parches de {size}×{size} a paso {stride}: cada uno comparte {shared} {shared:columna|columnas}, el {share} %, con el siguiente.",
        en="Patches of {size}×{size} at stride {stride}: each shares {shared} {shared:column|columns}, {share} %, with the next.",
    ),
    "pair_apart": Text(
        es="Parches de {size}×{size} a paso {stride}: no comparten ningún píxel.",
        en="Patches of {size}×{size} at stride {stride}: they share no pixel.",
    ),
    "counts": Text(
        es="cuántos parches leen cada píxel: hasta {most}", en="how many patches read each pixel: up to {most}"
    ),
    "overlap": Text(
        es="{count} {count:parche|parches} de {size}×{size} a paso {stride}: dentro, cada píxel está en {most}; en el borde, en menos.",
        en="{count} {count:patch|patches} of {size}×{size} at stride {stride}: inside, each pixel is in {most}; at the edge, in fewer.",
    ),
    "overlap_uneven": Text(
        es="{count} {count:parche|parches} de {size}×{size} a paso {stride}: un píxel está en {most} como mucho, según dónde caiga.",
        en="{count} {count:patch|patches} of {size}×{size} at stride {stride}: a pixel is in {most} at most, depending on where it lies.",
    ),
    "overlap_open": Text(
        es="¿Y si la ventana avanza menos que su tamaño? Entonces los parches vecinos comparten píxeles.",
        en="What if the window moves on by less than its size? Then neighbouring patches share pixels.",
    ),
    "neighbour": Text(es="P{n} = {where}", en="P{n} = {where}"),
    "taken": Text(
        es="Se saca un parche: {size}×{size} píxeles. Recuerda de qué ventana de la escena viene y dónde está en el mapa.",
        en="One patch is taken out: {size}×{size} pixels. It remembers its window in the scene and its place on the map.",
    ),
    "numbers": Text(
        es="De cerca, una banda del parche son números: {count} de ellos, uno por píxel. Con números así trabaja la red.",
        en="Seen closely, a band of the patch is numbers: {count} of them, one a pixel. Such numbers are what a network reads.",
    ),
    "patch_name": Text(es="parche P de {size}", en="patch P of {size}"),
    "window": Text(es="P = {where}", en="P = {where}"),
    "place": Text(es="P[1,1] en x = {x}, y = {y} ({crs})", en="P[1,1] at x = {x}, y = {y} ({crs})"),
    "first_pixel": Text(es="el primero en x = {x}, y = {y} ({crs})", en="the first at x = {x}, y = {y} ({crs})"),
    "close_name": Text(es="banda {band} de {where}", en="band {band} of {where}"),
    "size": Text(
        es="No caben parches de {size}×{size} a paso {stride} en {rows}×{columns} píxeles. Elija tamaño y paso de 1 o más, y que quepan.",
        en="Patches of {size}×{size} at stride {stride} do not fit in {rows}×{columns} pixels. Choose a size and a stride of 1 or more that do.",
    ),
}
