"""What `mapping` says."""

from convista.language import Text

_LOOP_ES = "El bucle exacto parche a parche (PatchLoop) sirve para cualquier red{more}."
_LOOP_EN = "The exact loop, patch by patch (PatchLoop), takes any network{more}."
_NEAR_ES = _LOOP_ES.format(more="; approximate=True la hace densa de forma aproximada y mide la diferencia")
_NEAR_EN = _LOOP_EN.format(more="; approximate=True makes it dense approximately and measures the difference")
_LOOP_ES, _LOOP_EN = _LOOP_ES.format(more=""), _LOOP_EN.format(more="")

TABLE: dict[str, Text] = {
    "answers_without_looking": Text(
        es="La respuesta de {network} no depende de los píxeles. Dé una red que los use.",
        en="The answer of {network} does not depend on the pixels. Give a network that reads them.",
    ),
    "changed_through_a_view": Text(
        es=f"La red no puede hacerse densa con exactitud: la capa «{{layer}}» lee un tensor que otra cambió a través de "
        f"otro nombre suyo. {_LOOP_ES}",
        en=f"The network cannot be made dense exactly: layer “{{layer}}” reads a tensor that was changed under another "
        f"name of it. {_LOOP_EN}",
    ),
    "count_of_classes": Text(
        es="La red da {outputs} {outputs:número|números} y se {classes:nombró|nombraron} {classes} {classes:clase|clases}. Dé una clase por cada uno.",
        en="The network gives {outputs} {outputs:number|numbers} and {classes} {classes:class was|classes were} named. Give one class for each.",
    ),
    "count_of_names": Text(
        es="La red da {outputs} {outputs:número|números} y se {names:dio|dieron} {names} {names:nombre|nombres}. Dé uno por cada uno, o ninguno.",
        en="The network gives {outputs} {outputs:number|numbers} and {names} {names:name was|names were} given. Give one for each, or none.",
    ),
    "decides_by_data": Text(
        es=f"La red no puede hacerse densa con exactitud: la capa «{{layer}}» decide según los datos qué hacer, y cada "
        f"parche decidiría por sí. {_LOOP_ES}",
        en=f"The network cannot be made dense exactly: layer “{{layer}}” decides by the data what to do, and each patch "
        f"would decide for itself. {_LOOP_EN}",
    ),
    "dense_differs": Text(
        es=f"La red densa de {{network}} se aparta de la respuesta de cada parche hasta en {{difference}}, con respuestas "
        f"de hasta {{scale}}: hace algo que aquí no se ve, como usar el azar o las demás muestras del lote. {_LOOP_ES}",
        en=f"The dense network of {{network}} departs from the answer of each patch by up to {{difference}}, where "
        f"answers reach {{scale}}: it does something not seen here, such as using chance or the rest of the batch. "
        f"{_LOOP_EN}",
    ),
    "band_confidence": Text(es="probabilidad de la clase", en="probability of the class"),
    "unknown_precision": Text(
        es="No hay una precisión {precision}. Elija entre: {known}.",
        en="There is no precision {precision}. Choose one of: {known}.",
    ),
    "approximate_windows": Text(
        es="La aproximación (approximate) es para celdas, con una respuesta por parche; aquí responden ventanas por todos "
        "sus píxeles. Pida el mapa sin ella.",
        en="An approximation (approximate) is for cells, with one answer a patch; here windows answer for all their "
        "pixels. Ask for the map without it.",
    ),
    "no_such_device": Text(
        es="Aquí no hay ningún dispositivo {device}. Elija entre: {known}.",
        en="There is no device {device} here. Choose one of: {known}.",
    ),
    "no_probabilities": Text(
        es="Las probabilidades son de clases, y esta red da valores. Pida el mapa sin probabilidades (probabilities).",
        en="Probabilities are of classes, and this network gives values. Ask for the map without probabilities.",
    ),
    "no_classes_for_polygons": Text(
        es="Los polígonos son de clases, y esta red da valores o etiquetas que se solapan. Pida el mapa sin polígonos.",
        en="Polygons are of classes, and this network gives values or overlapping labels. Ask for the map without polygons.",
    ),
    "no_pyogrio": Text(
        es="Para los polígonos hace falta pyogrio. Instálelo: pip install 'convista[vector]'.",
        en="Polygons need pyogrio. Install it: pip install 'convista[vector]'.",
    ),
    "polygons_not_written": Text(
        es="No se pudieron escribir los polígonos {path}: {reason}. El mapa ya está escrito, y la misma orden solo hará lo que "
        "falta. {remedy}.",
        en="The polygons {path} could not be written: {reason}. The map itself has been written, and the same command will "
        "make only what is missing. {remedy}.",
    ),
    "beside_not_written": Text(
        es="No se pudo escribir {path}, que acompaña al mapa: {reason}. El mapa ya está escrito; la misma orden hará lo que "
        "falta. {remedy}.",
        en="{path}, which goes with the map, could not be written: {reason}. The map itself has been written; the same "
        "command will make what is missing. {remedy}.",
    ),
    "band_entropy": Text(es="entropía, de 0 a 1", en="entropy, 0 to 1"),
    "band_margin": Text(es="margen entre las dos más probables", en="margin between the two most probable"),
    "no_dask": Text(
        es="Para repartir el trabajo en un clúster hace falta Dask. Instálelo: pip install 'convista[dask]'.",
        en="To share the work on a cluster, Dask is needed. Install it: pip install 'convista[dask]'.",
    ),
    "band_anomaly": Text(
        es="distancia al décimo vector más parecido, según {architecture} (convista)",
        en="distance to the tenth most similar vector, by {architecture} (convista)",
    ),
    "band_cluster": Text(
        es="grupo de vectores parecidos, según {architecture} (convista)",
        en="cluster of similar vectors, by {architecture} (convista)",
    ),
    "cluster": Text(es="grupo {number}", en="cluster {number}"),
    "count_of_clusters": Text(
        es="Se {clusters:pidió|pidieron} {clusters} {clusters:grupo|grupos} y solo hay {differing} {differing:vector distinto|vectores distintos}. Pida menos, o dé más parches con un paso (stride) menor.",
        en="{clusters} {clusters:cluster was|clusters were} asked for and only {differing} {differing:vector differs|vectors differ}. Ask for fewer, or give more patches by a smaller stride.",
    ),
    "item_of_unknown_time": Text(
        es="No se sabe cuándo se tomaron las imágenes; la fecha es la del mapa.",
        en="When the imagery was taken is not known; the time is that of the map.",
    ),
    "few_neighbours": Text(
        es="Hay {count} {count:vector con el que|vectores con los que} comparar, y la anomalía necesita {least} o más. Dé más parches con un paso (stride) menor.",
        en="There {count:is|are} {count} {count:vector|vectors} to compare with, and an anomaly needs {least} or more. Give more patches by a smaller stride.",
    ),
    "least_data": Text(
        es="La parte mínima con datos (least) es {least} y debe ser mayor que 0 y como mucho 1.",
        en="The least part with data (least) is {least} and must be more than 0 and at most 1.",
    ),
    "no_patches": Text(
        es="Ningún parche tiene datos suficientes. Baje la parte mínima (least), o dé una escena mayor que un parche.",
        en="No patch has enough data. Lower the least part (least), or give a scene larger than a patch.",
    ),
    "no_pyarrow": Text(
        es="Para escribir y leer Parquet hacen falta pyarrow y shapely. Instálelos: pip install 'convista[parquet]'.",
        en="Writing and reading Parquet needs pyarrow and shapely. Install them: pip install 'convista[parquet]'.",
    ),
    "not_a_table": Text(
        es="{path} no es una tabla de vectores hecha por convista embed, o está dañada. Hágala de nuevo.",
        en="{path} is not a table of vectors made by convista embed, or it is damaged. Make it anew.",
    ),
    "number_of_clusters": Text(
        es="Se {clusters:pidió|pidieron} {clusters} {clusters:grupo|grupos} y deben ser de 2 a {most}.",
        en="{clusters} {clusters:cluster was|clusters were} asked for; there must be 2 to {most}.",
    ),
    "other_network": Text(
        es="Los vectores de {path} los hizo otra red, y no se pueden comparar con los de esta. Hágalos con este RUN.",
        en="The vectors in {path} were made by another network and cannot be compared with those of this one. Make them "
        "with this run.",
    ),
    "stride_of_images": Text(
        es="El paso (stride) es para una escena; cada imagen es ya un parche. Quítelo.",
        en="A stride is for a scene; each image is a patch already. Leave it out.",
    ),
    "table_ending": Text(
        es="{path} debe terminar en .parquet, el formato que se escribe.",
        en="{path} must end in .parquet, which is the format that is written.",
    ),
    "table_not_written": Text(
        es="No se pudo escribir la tabla {path}: {reason}. Los vectores calculados siguen guardados. {remedy}.",
        en="The table {path} could not be written: {reason}. The vectors computed are still kept. {remedy}.",
    ),
    "no_journal": Text(
        es="No hay partes de {path} en {folder}. Haga el mapa con convista predict, o dé la carpeta que las tiene.",
        en="There are no parts of {path} in {folder}. Make the map with convista predict, or give the folder that has "
        "them.",
    ),
    "no_map_of_answers": Text(
        es="La red responde con un tensor de tamaño {shape} a un parche de {patch}×{patch}. Para un mapa ha de dar "
        "(lote, salidas), o (lote, salidas, filas, columnas) con filas y columnas que dividan el lado del parche.",
        en="The network answers a patch of {patch}×{patch} with a tensor of size {shape}. For a map it must give (batch, "
        "outputs), or (batch, outputs, rows, columns) where rows and columns divide the patch's side.",
    ),
    "no_scheduler": Text(
        es="No se llega al planificador de Dask {address}: {reason}. Compruebe la dirección, como tcp://maquina:8786.",
        en="The Dask scheduler {address} cannot be reached: {reason}. Check the address, such as tcp://machine:8786.",
    ),
    "no_such_shard": Text(
        es="La parte {which} de {of} no existe: se cuentan desde 1. Por ejemplo, 1/4, 2/4, 3/4 y 4/4.",
        en="There is no part {which} of {of}: they are counted from 1. For example 1/4, 2/4, 3/4 and 4/4.",
    ),
    "other_plan": Text(
        es="Las partes de {folder} son de otro mapa que {path}. Difieren en: {differences}. Calcúlelas con lo mismo, o únalas "
        "aparte.",
        en="The parts in {folder} are of another map than {path}. They differ in: {differences}. Compute them with the same, "
        "or join them by themselves.",
    ),
    "other_unfinished": Text(
        es="En {folder} hay {count} {count:franja hecha|franjas hechas} de otro mapa {path}, y no se {count:borra|borran} sin que usted lo diga. Difieren en: {differences}. Repita la orden anterior para terminarlo, dé otro nombre a este mapa, o borre lo hecho con --restart (restart=True).",
        en="In {folder} there {count:is|are} {count} finished {count:strip|strips} of another map {path}, which {count:is|are} not deleted unless you say so. They differ in: {differences}. Repeat the earlier command to finish it, give this map another name, or give up what is done by --restart (restart=True).",
    ),
    "held_by": Text(
        es="{path} ya lo está haciendo el proceso {pid} de {host}, desde {since} (UTC). Espere a que termine. Si ese proceso ya "
        "no existe, borre {file}.",
        en="{path} is being made already by process {pid} on {host}, since {since} (UTC). Wait until it ends. If that process "
        "no longer exists, delete {file}.",
    ),
    "held_by_other": Text(
        es="El proceso {pid} de {host} está haciendo otro mapa {path}, desde {since} (UTC). Difieren en: {differences}. Dé otro "
        "nombre a este mapa, o espere a que aquel termine. Si ese proceso ya no existe, borre {file}.",
        en="Process {pid} on {host} is making another map {path}, since {since} (UTC). They differ in: {differences}. Give "
        "this map another name, or wait until that one ends. If that process no longer exists, delete {file}.",
    ),
    "differs_network": Text(es="la red", en="the network"),
    "differs_pixels": Text(es="los píxeles de la escena", en="the pixels of the scene"),
    "differs_grid": Text(es="la malla de la escena", en="the grid of the scene"),
    "differs_bands": Text(
        es="la escala, el desplazamiento o nodata de las bandas", en="scale, offset or nodata of the bands"
    ),
    "differs_rest": Text(es="lo que se calcula", en="what is computed"),
    "differs_kind": Text(
        es="la clase de trabajo, o la versión de convista", en="the kind of work, or the version of convista"
    ),
    "nothing_to_search": Text(
        es="Alrededor de ({x}, {y}) no hay ningún dato en {scene}, así que no hay nada que buscar. Dé un punto con datos.",
        en="There are no data around ({x}, {y}) in {scene}, so there is nothing to look for. Give a point with data.",
    ),
    "little_to_search": Text(
        es="Al {percent}\N{NO-BREAK SPACE}% del parche alrededor de ({x}, {y}) le faltan datos: los lugares parecidos también lo serán en eso.",
        en="{percent}% of the patch around ({x}, {y}) has no data: places like it will be like it in that, too.",
    ),
    "overlap": Text(
        es="El solape es {overlap} y ha de ser desde 0 y menor que 1: la parte de una ventana que cubre también la "
        "siguiente.",
        en="The overlap is {overlap} and must be from 0 and below 1: the part of a window that the next one covers too.",
    ),
    "band_probability": Text(es="probabilidad de {name}", en="probability of {name}"),
    "stride_of_windows": Text(
        es="El paso se da para celdas, con una respuesta por parche; aquí hay ventanas que responden por todos sus píxeles. "
        "Dé el solape (overlap), no el paso.",
        en="A stride is for cells, with one answer a patch; here windows answer for all their pixels. Give the overlap "
        "(overlap), not a stride.",
    ),
    "strip_not_kept": Text(
        es="No se pueden guardar las franjas del mapa en {folder}: {reason}. Las que ya estén hechas siguen ahí. {remedy}.",
        en="Strips of the map cannot be kept in {folder}: {reason}. Those that are done are still there. {remedy}.",
    ),
    "strip_damaged": Text(
        es="La franja {file} está dañada: {reason}. Se ha quitado; la orden que la calculó la calcula de nuevo.",
        en="Strip {file} is damaged: {reason}. It has been taken away; the command that computed it computes it anew.",
    ),
    "strips_missing": Text(
        es="A {path} le {missing:falta|faltan} {missing} de {count} {count:franja|franjas}. Calcule las demás partes, o repita la orden que se cortó.",
        en="{path} lacks {missing} of {count} {count:strip|strips}. Compute the other parts, or give the interrupted command again.",
    ),
    "workers_die": Text(
        es="Los procesos de trabajo murieron {count} veces seguidas sin terminar nada; quizá falta memoria. Pruebe con menos.",
        en="Worker processes died {count} times in a row without finishing anything; memory may be short. Try fewer.",
    ),
    "layer_not_on_pixels": Text(
        es="Los elementos de la capa «{layer}» no distan un número entero de píxeles en un parche de {patch}×{patch}, así que "
        "no pueden ser los píxeles de un mapa. Elija otra capa.",
        en="The elements of layer “{layer}” do not lie a whole number of pixels apart in a patch of {patch}×{patch}, so "
        "they cannot be the pixels of a map. Choose another layer.",
    ),
    "layer_without_rows": Text(
        es="La capa «{layer}» no tiene filas ni columnas, así que no hay mapa de ella. Elija una anterior.",
        en="Layer “{layer}” has no rows and columns, so there is no map of it. Choose an earlier one.",
    ),
    "no_such_channel": Text(
        es="La capa «{layer}» no tiene el canal {channel}: tiene {count}, {count:contado|contados} desde 0.",
        en="Layer “{layer}” has no channel {channel}: it has {count}, counted from 0.",
    ),
    "no_convolution": Text(
        es="{network} no tiene ninguna convolución de dos ejes, así que no se sabe cuántas bandas toma. Use PatchLoop.",
        en="{network} has no convolution over two axes, so how many bands it takes is not known. Use PatchLoop.",
    ),
    "no_window": Text(
        es="El tensor mide {shape} y ha de ser una ventana (1, bandas, filas, columnas) no menor que el parche, {patch[0]}×"
        "{patch[1]}.",
        en="The tensor is {shape} and must be one window, (1, bands, rows, columns), no smaller than the patch, {patch[0]}×"
        "{patch[1]}.",
    ),
    "not_dense_batch": Text(
        es=f"La red no puede hacerse densa con exactitud: en la capa «{{layer}}» ({{operator}}) la respuesta de un parche "
        f"depende de los demás del lote. {_LOOP_ES}",
        en=f"The network cannot be made dense exactly: in layer “{{layer}}” ({{operator}}) the answer for a patch depends "
        f"on the others of the batch. {_LOOP_EN}",
    ),
    "not_dense_operator": Text(
        es=f"La red no puede hacerse densa con exactitud: la capa «{{layer}}» hace «{{operator}}» sobre mapas de rasgos que "
        f"los parches comparten, y no se sabe hacerlo para todos a la vez. {_LOOP_ES}",
        en=f"The network cannot be made dense exactly: layer “{{layer}}” does “{{operator}}” on feature maps that patches "
        f"share, and how to do it for all at once is not known. {_LOOP_EN}",
    ),
    "not_dense_padding": Text(
        es=f"La red no puede hacerse densa con exactitud: la capa «{{layer}}» ({{operator}}) rellena el borde de cada parche, "
        f"donde el parche vecino tiene píxeles. {_NEAR_ES}",
        en=f"The network cannot be made dense exactly: layer “{{layer}}” ({{operator}}) pads the border of each patch, where "
        f"the patch beside it has pixels. {_NEAR_EN}",
    ),
    "not_dense_place": Text(
        es=f"La red no puede hacerse densa con exactitud: la capa «{{layer}}» ({{operator}}) usa un número distinto en cada "
        f"lugar del parche. {_LOOP_ES}",
        en=f"The network cannot be made dense exactly: layer “{{layer}}” ({{operator}}) uses another number at each place of "
        f"the patch. {_LOOP_EN}",
    ),
    "not_dense_whole": Text(
        es=f"La red no puede hacerse densa con exactitud: la capa «{{layer}}» ({{operator}}) junta en cada lugar lo que se "
        f"calculó del parche entero. {_LOOP_ES}",
        en=f"The network cannot be made dense exactly: layer “{{layer}}” ({{operator}}) brings what was computed from the "
        f"whole patch to each place of it. {_LOOP_EN}",
    ),
    "not_one_tensor": Text(
        es="{network} da {kind}, y para un mapa ha de dar un solo tensor. Envuélvala en un módulo que lo elija.",
        en="{network} gives {kind}, and for a map it must give one tensor. Wrap it in a module that picks it.",
    ),
    "size_below_one": Text(
        es="El tamaño o paso {size} no es posible. Dé números enteros desde 1.",
        en="The size or stride {size} is not possible. Give whole numbers from 1.",
    ),
    "description": Text(es="clase según {architecture} (convista)", en="class by {architecture} (convista)"),
    "panel_scene": Text(es="escena", en="scene"),
    "panel_labels": Text(es="etiquetas", en="labels"),
    "panel_map": Text(es="mapa", en="map"),
    "over_input": Text(
        es="El mapa {path} ocuparía el lugar de un archivo del que se hace, {file}, y lo destruiría. Elija otro nombre "
        "para el mapa.",
        en="The map {path} would take the place of a file that it is made from, {file}, and destroy it. Choose another "
        "name for the map.",
    ),
    "stride": Text(
        es="El paso es {stride} y ha de estar entre 1 y el lado del parche, {patch}: uno mayor dejaría píxeles sin ver.",
        en="The stride is {stride} and must lie between 1 and the patch's side, {patch}: a larger one would leave pixels "
        "unseen.",
    ),
    "map_empty": Text(
        es="Ningún píxel de {scene} tiene dato en todas sus bandas ({bands}), así que en el mapa no habrá nada. Lo oculta: {rules}. Si esos valores sí son datos, quite la marca (gdal_edit.py -unsetnodata, otro --nodata, otra máscara); si no, dé otra escena.",
        en="No pixel of {scene} has a datum in all of its bands ({bands}), so that the map will be empty. What hides it: {rules}. If these values are data, take the mark away (gdal_edit.py -unsetnodata, another --nodata, another mask); if not, give another scene.",
    ),
}
