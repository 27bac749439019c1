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
}
