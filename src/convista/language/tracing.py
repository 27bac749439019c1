"""What `tracing` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "no_such_layer": Text(
        es="La traza no tiene la capa «{layer}». {count:La más parecida|Las más parecidas}: {near}.",
        en="The trace has no layer “{layer}”. The nearest {count:name|names}: {near}.",
    ),
    "no_such_position": Text(
        es="La traza no tiene el registro {position}: tiene {count}, {count:contado|contados} desde 0.",
        en="The trace has no record {position}: it has {count}, counted from 0.",
    ),
    "not_explained": Text(
        es="La capa «{layer}» aplica {operator}, que no tiene definición escrita: se conservan sus entradas, su "
        "salida y su gradiente, pero no se explica.",
        en="Layer “{layer}” applies {operator}, which has no written definition: its inputs, output and gradient are "
        "kept, but not explained.",
    ),
    "not_recorded": Text(
        es="«{layer}» es un valor que se calculó sin que torch lo anunciara: en código compilado o con torch.jit, en una "
        "extensión, con NumPy u otra biblioteca, o dentro de vmap. Se conservan el valor y su gradiente, pero no se "
        "explican. Para explicarlos, escriba ese paso con funciones corrientes de torch.",
        en="“{layer}” is a value that was computed without torch announcing it: in compiled or torch.jit code, in an "
        "extension, by NumPy or another library, or inside vmap. The value and its gradient are kept, but not explained. "
        "To have them explained, write that step with ordinary functions of torch.",
    ),
    "through_a_view": Text(
        es="«{layer}» es un valor del que se escribió una parte a través de una vista, y eso no tiene definición escrita. "
        "Para explicarlo, asigne la parte (y[:, 0] = z) o calcule un valor nuevo.",
        en="“{layer}” is a value of which a part was written through a view, and there is no written definition of that. "
        "To have it explained, assign the part (y[:, 0] = z) or compute a new value.",
    ),
    "on_meta": Text(
        es="De «{layer}» no hay números: la red o la entrada está en el dispositivo «meta» de torch, donde solo se calculan "
        "tamaños. Lleve ambas a la CPU o a una GPU, con valores, y trace otra vez.",
        en="There are no numbers of “{layer}”: the network or the input is on torch's device “meta”, where only sizes are "
        "worked out. Move both to the CPU or a GPU, with values, and trace again.",
    ),
    "nothing_before": Text(
        es="El operando {operand} de «{layer}» no lo calculó ningún operador de esta ejecución: es un parámetro o una "
        "constante. Siga otro término.",
        en="No operator of this run made the operand {operand} of “{layer}”: it is a parameter or a constant. Follow "
        "another term.",
    ),
    "no_such_value": Text(
        es="La traza no tiene ninguna capa, entrada ni parámetro «{name}». {count:El nombre más parecido|Los nombres más parecidos}: {near}.",
        en="The trace has no layer, input or parameter “{name}”. The nearest {count:name|names}: {near}.",
    ),
    "no_target": Text(
        es="Esta traza no tiene gradientes, tampoco el de «{layer}», porque se hizo sin objetivo. Trace otra vez con "
        "una clase o una función como objetivo: trace(modelo, parche, objetivo).",
        en="This trace has no gradients, nor that of “{layer}”, as it was made without a target. Trace again with a "
        "class or a function as the target: trace(model, patch, target).",
    ),
    "no_influence": Text(
        es="El objetivo no depende de «{layer}», así que no hay gradiente que explicar. Elija un valor que esté entre "
        "los píxeles y el objetivo.",
        en="The target does not depend on “{layer}”, so there is no gradient to explain. Choose a value between the "
        "pixels and the target.",
    ),
    "reader_not_explained": Text(
        es="El gradiente de «{layer}» llega por «{reader}», que aplica {operator} y no tiene definición escrita: se "
        "conserva, pero no se explica. Empiece por un valor posterior a «{reader}».",
        en="The gradient of “{layer}” comes by way of “{reader}”, which applies {operator} and has no written "
        "definition: it is kept, but not explained. Start from a value after “{reader}”.",
    ),
    "reader_not_recorded": Text(
        es="El gradiente de «{layer}» llega por «{reader}», que se calculó sin que torch lo anunciara o a través de una "
        "vista: se conserva, pero no se explica. Empiece por un valor posterior a «{reader}».",
        en="The gradient of “{layer}” comes by way of “{reader}”, which was computed without torch announcing it, or "
        "through a view: it is kept, but not explained. Start from a value after “{reader}”.",
    ),
    "unseen_reader": Text(
        es="El gradiente de «{layer}» llegó por un camino que no se registró: se leyó fuera de lo que una traza ve, o se "
        "escribió en una vista suya antes de leerse. Explique un valor posterior.",
        en="The gradient of “{layer}” came by a way that was not recorded: it was read outside what a trace sees, or a view "
        "of it was written to before it was read. Explain a later value.",
    ),
    "refused_jit": Text(
        es="El módulo {module} está compilado con torch.jit y no anuncia sus operadores. Trace el módulo original, "
        "antes de torch.jit.script o torch.jit.trace.",
        en="Module {module} is compiled by torch.jit and does not announce its operators. Trace the original module, "
        "from before torch.jit.script or torch.jit.trace.",
    ),
    "refused_compile": Text(
        es="El módulo {module} está compilado con torch.compile y no anuncia sus operadores. Trace el módulo original, "
        "el que recibió torch.compile.",
        en="Module {module} is compiled by torch.compile and does not announce its operators. Trace the original "
        "module, the one that torch.compile was given.",
    ),
    "refused_dataparallel": Text(
        es="{module} reparte el lote con DataParallel. Trace el módulo que envuelve: modelo.module.",
        en="{module} spreads the batch with DataParallel. Trace the module that it wraps: model.module.",
    ),
    "refused_distributeddataparallel": Text(
        es="{module} reparte el trabajo con DistributedDataParallel. Trace el módulo que envuelve: modelo.module.",
        en="{module} spreads the work with DistributedDataParallel. Trace the module that it wraps: model.module.",
    ),
    "not_a_patch": Text(
        es="La entrada tiene tamaño {shape}. Dé (bandas, filas, columnas) o (lote, bandas, filas, columnas).",
        en="The input has size {shape}. Give (bands, rows, columns) or (batch, bands, rows, columns).",
    ),
    "bands_missing": Text(
        es="El modelo necesita {count:la banda|las bandas} {missing}, y el parche tiene {bands}. Corte el parche con {count:esa banda|esas bandas}.",
        en="The model needs the {count:band|bands} {missing}, and the patch has {bands}. Cut the patch with {count:that band|those bands}.",
    ),
    "names_need_a_run": Text(
        es="«{target}» es un nombre, y una red sola no tiene nombres de clase. Dé la posición de la clase, o un run.",
        en="“{target}” is a name, and a bare network has no class names. Give the position of the class, or a run.",
    ),
    "no_such_class": Text(
        es="El modelo no tiene la clase «{target}». {count:La más parecida|Las más parecidas}: {near}.",
        en="The model has no class “{target}”. The nearest {count:name|names}: {near}.",
    ),
    "no_such_output": Text(
        es="La clase {target} no existe en una salida de tamaño {shape}. Una salida de clases es (lote, clases); "
        "para otra cosa dé una función de la salida a un número.",
        en="Class {target} does not exist in an output of size {shape}. An output of classes is (batch, classes); for "
        "anything else give a function from the output to one number.",
    ),
    "no_scores": Text(
        es="La red devuelve {dtype}, y las clases se distinguen por números reales, como logits. Dé como objetivo una "
        "función de la salida a un número real, o trace sin objetivo.",
        en="The network gives {dtype}, and classes are told by real numbers, such as logits. Give a function from the "
        "output to one real number as the target, or trace without one.",
    ),
    "cannot_run": Text(
        es="La red no acepta una entrada de tamaño {inputs}: {reason}",
        en="The network does not take an input of size {inputs}: {reason}",
    ),
    "whole_numbers": Text(
        es="La red no acepta números enteros: la entrada es de tamaño {inputs}. Si son píxeles, conviértalos a "
        'reales, con .astype("float32") o .float(). Torch dice: {reason}',
        en="The network does not take whole numbers: the input has size {inputs}. If they are pixels, convert them to "
        'floating point, by .astype("float32") or .float(). Torch says: {reason}',
    ),
    "no_such_dtype": Text(
        es="La entrada «{name}» es de tipo {dtype}, que una traza no lee. Dé números reales, o enteros si son posiciones; "
        "los complejos, como parte real y parte imaginaria.",
        en="Input “{name}” is of type {dtype}, which a trace does not read. Give floating-point numbers, or whole ones if "
        "they are positions; complex ones as real and imaginary parts.",
    ),
    "input_on_meta": Text(
        es="La entrada «{name}» está en el dispositivo «meta» de torch, sin números, y la red en {device}. Dé la entrada con "
        'valores, o lleve también la red a «meta» para ver solo tamaños: red.to("meta").',
        en="Input “{name}” is on torch's device “meta”, without numbers, and the network on {device}. Give the input with "
        'values, or move the network to “meta” too, to see sizes only: network.to("meta").',
    ),
    "no_input": Text(
        es="No hay entrada: se dio {kind}, sin parche, arreglo ni tensor dentro.",
        en="There is no input: {kind} was given, with no patch, array or tensor in it.",
    ),
    "run_reads_one": Text(
        es="Un run lee un solo parche y aquí se dieron varias entradas. Dé un parche, o la red sola: run.network.",
        en="A run reads one patch and several inputs were given. Give one patch, or the bare network: run.network.",
    ),
    "not_finite": Text(
        es="La entrada «{name}» tiene {nan} NaN y {infinite} {infinite:infinito|infinitos} entre {size} {size:número|números}; el primero está en {first}. Enmascárelos (un arreglo enmascarado se lee como 0), sustitúyalos, o use allow_nan=True para ver hasta dónde llegan.",
        en="Input “{name}” has {nan} NaN and {infinite} {infinite:infinity|infinities} among {size} {size:number|numbers}; the first is at {first}. Mask them (a masked array is read as 0), replace them, or use allow_nan=True to see how far they spread.",
    ),
    "not_one_tensor": Text(
        es="La red devolvió {kind}, y la posición de una clase sirve para un solo tensor. Dé como objetivo una "
        "función de lo que devuelve a un número, como lambda salida: salida[0][0, 3].",
        en="The network returned {kind}, and the position of a class is for a single tensor. Give as target a "
        "function from what it returns to one number, such as lambda output: output[0][0, 3].",
    ),
    "no_output": Text(es="La red no devolvió ningún tensor.", en="The network returned no tensor."),
    "no_such_input": Text(
        es="La red no tiene la entrada «{name}». Tiene: {known}.",
        en="The network has no input “{name}”. It has: {known}.",
    ),
    "depends_on_nothing": Text(
        es="El objetivo no depende de ninguna entrada ni parámetro por un camino que tenga gradiente. Quite detach() "
        "y no_grad() de ese camino, o trace sin objetivo.",
        en="The target depends on no input or parameter by a way that has a gradient. Remove detach() and no_grad() "
        "from that way, or trace without a target.",
    ),
    "not_kept": Text(
        es="De «{layer}» solo se conservó el tamaño. Trace otra vez con «{choice}» en layers=[…], o sin layers.",
        en="Of “{layer}” only the size was kept. Trace again with “{choice}” in layers=[…], or without layers.",
    ),
    "no_layers": Text(
        es="layers=[] no conserva nada. Dé nombres o patrones de capas, o None para conservar todas.",
        en="layers=[] keeps nothing. Give names or patterns of layers, or None to keep all.",
    ),
    "no_such_precision": Text(
        es="No hay precisión «{precision}» para conservar valores. Las que hay: {known}; None no redondea.",
        en="There is no precision “{precision}” to keep values in. There are: {known}; None does not round.",
    ),
    "no_longer_kept": Text(
        es="No se pueden seguir guardando los valores de la traza en «{folder}»: {reason}; lo guardado se borró. {remedy}; o "
        'elija menos capas (layers=[…]), o guarde en media precisión (precision="bfloat16").',
        en="The values of the trace can no longer be kept in “{folder}”: {reason}; what was written has been removed. "
        '{remedy}; or choose fewer layers (layers=[…]), or keep half precision (precision="bfloat16").',
    ),
    "cannot_keep": Text(
        es="No se pueden guardar los valores de la traza en «{folder}»: {reason}. {remedy}.",
        en="The values of the trace cannot be kept in “{folder}”: {reason}. {remedy}.",
    ),
    "size": Text(
        es="{total} en {records} {records:operador|operadores}: {values} de valores, {gradients} de gradientes, {parameters} de parámetros",
        en="{total} in {records} {records:operator|operators}: {values} of values, {gradients} of gradients, {parameters} of parameters",
    ),
    "over_the_limit": Text(
        es="La traza conservaría {size}; el límite es {limit}. Elija menos capas (layers=[…]), media precisión "
        '(precision="bfloat16"), una carpeta en disco con otro límite (folder=…), o un parche más pequeño.',
        en="The trace would keep {size}; the limit is {limit}. Choose fewer layers (layers=[…]), half precision "
        '(precision="bfloat16"), a folder on disk with another limit (folder=…), or a smaller patch.',
    ),
    "not_one_number": Text(
        es="La función objetivo devolvió {given}, y solo se deriva un número. Devuelva un tensor con un solo número, como "
        "salida[0, 3] o una suma.",
        en="The target function returned {given}, and only one number can be differentiated. Return a tensor with one "
        "number, such as output[0, 3] or a sum.",
    ),
    "no_such_target": Text(
        es="Un objetivo de tipo {kind} no dice qué derivar. Dé la posición o el nombre de una clase, o una función de la "
        "salida a un número.",
        en="A target of type {kind} does not say what to differentiate. Give the position or the name of a class, or a "
        "function from the output to one number.",
    ),
    "cannot_differentiate": Text(
        es="Torch no puede volver del objetivo a los píxeles, tampoco sin traza. Si la red cambia en su lugar un valor "
        "que aún hace falta, use ahí la forma que no lo cambia. Torch dice: {reason}",
        en="Torch cannot go back from the target to the pixels, nor could it without a trace. If the network changes in "
        "place a value that is still needed, use the form that does not there. Torch says: {reason}",
    ),
    "recomputed": Text(
        es="La red recalcula una parte al volver (un checkpoint reentrante), y torch solo lo permite en un backward() "
        "completo, que una traza no usa para no tocar los gradientes de la red. Use "
        "torch.utils.checkpoint.checkpoint(…, use_reentrant=False), o trace sin checkpoint: los valores son los mismos.",
        en="The network recomputes a part on the way back (a reentrant checkpoint), which torch allows only in a whole "
        "backward(); a trace makes none, to leave the network's gradients alone. Use "
        "torch.utils.checkpoint.checkpoint(…, use_reentrant=False), or trace without checkpoints: the values are the same.",
    ),
    "no_index": Text(
        es="{index} no es un índice. Use números enteros, uno por eje y desde 0, como (3, 2, 1).",
        en="{index} is not an index. Give whole numbers, one per axis and counted from 0, such as (3, 2, 1).",
    ),
    "not_a_network": Text(
        es="{kind} no es una red. Dé un torch.nn.Module ya creado, no su clase ni una función: trace(Red(), parche).",
        en="{kind} is not a network. Give a torch.nn.Module that has been made, not its class nor a function: "
        "trace(Network(), patch).",
    ),
    "refused_lazy": Text(
        es="El módulo {module} es perezoso (lazy): sus parámetros aún no tienen tamaño. Ejecute una vez la red, "
        "red(parche), y trácela después.",
        en="Module {module} is lazy: its parameters have no size yet. Run the network once, network(patch), and trace "
        "it then.",
    ),
    "layer_name": Text(es="capa", en="layer"),
    "layer_operator": Text(es="operador", en="operator"),
    "layer_shape": Text(es="salida", en="output"),
    "layer_parameters": Text(es="parámetros", en="parameters"),
    "layer_work": Text(es="productos y sumas", en="multiply-adds"),
    "layer_field": Text(es="campo receptivo", en="receptive field"),
    "unknown": Text(es="no se sabe", en="unknown"),
    "other_terms": Text(es="otros términos: {count}", en="other terms: {count}"),
    "bias": Text(es="sesgo", en="bias"),
    "total": Text(es="suma", en="sum"),
    "network_has": Text(
        es="según la definición {ours}; la red calculó {value}",
        en="by definition {ours}; the network computed {value}",
    ),
    "autograd_has": Text(
        es="según la definición {ours}; autograd calculó {value}",
        en="by definition {ours}; autograd computed {value}",
    ),
    "autograd_was_not_asked": Text(
        es="según la definición {ours}; autograd no lo calculó: no se pidió el gradiente de este valor",
        en="by definition {ours}; autograd did not compute it: the gradient of this value was not asked for",
    ),
    "element": Text(es="el valor mismo es {value}", en="the value itself is {value}"),
    "share": Text(
        es="de ello, por {layer} ({formula}): {value}", en="of that, through {layer} ({formula}): {value}"
    ),
    "target": Text(
        es="{layer}   el objetivo, que vale {value}: su gradiente respecto de sí mismo es 1",
        en="{layer}   the target, {value}: its gradient with respect to itself is 1",
    ),
    "pixel": Text(
        es="píxel   banda {band}, fila {row}, columna {column} del parche",
        en="pixel   band {band}, row {row}, column {column} of the patch",
    ),
    "on_the_ground": Text(
        es="en el terreno: x = {x}, y = {y} ({crs})", en="on the ground: x = {x}, y = {y} ({crs})"
    ),
    "masked": Text(
        es="sin dato en la escena: la red leyó 0, la media del entrenamiento",
        en="no datum in the scene: the network read 0, the mean of the training data",
    ),
    "standardised": Text(
        es="la escena vale {value}; estandarizado: ({value} − {mean}) / {std} = {result}",
        en="the scene says {value}; standardised: ({value} − {mean}) / {std} = {result}",
    ),
    "proof": Text(
        es="{records} {records:operador recalculado|operadores recalculados} en float64: valores, mayor error relativo; gradientes, mayor error relativo",
        en="{records} {records:operator|operators} recomputed in float64: values, largest relative error; gradients, largest relative error",
    ),
    "proof_sampled": Text(
        es="una muestra: como mucho {count} {count:elemento|elementos} de cada salida y de cada gradiente",
        en="a sample: at most {count} {count:element|elements} of each output and of each gradient",
    ),
    "proof_rounded": Text(
        es="conservados en media precisión: los gradientes no se comparan, porque el redondeo crea empates",
        en="kept in half precision: gradients are not compared, because rounding makes ties",
    ),
    "not_proven_not_kept": Text(
        es="no se {count:conservó, y nada se sabe de él|conservaron, y nada se sabe de ellos}: {count} {count:operador|operadores}",
        en="not kept, and nothing is known about {count:it|them}: {count} {count:operator|operators}",
    ),
    "no_sample": Text(
        es="Una muestra de {sample} elementos no prueba nada. Dé 1 o más, o None para recalcular todos.",
        en="A sample of {sample} elements proves nothing. Give 1 or more, or None to recompute all.",
    ),
    "not_proven": Text(es="sin definición escrita: {names}", en="without a written definition: {names}"),
    "wrong_values": Text(
        es="valores que no son los de la definición: {names}",
        en="values that are not those of the definition: {names}",
    ),
    "wrong_gradients": Text(
        es="gradientes que no son los de las definiciones: {names}; los cambia un hook, o quien los leyó tiene otro backward",
        en="gradients that are not those of the definitions: {names}; a hook changes them, or what read them has another "
        "backward",
    ),
    "gradients_not_proven": Text(
        es="gradientes que no se pueden comparar, porque algo sin definición o no registrado leyó el valor: {names}",
        en="gradients that cannot be compared, as something without a definition or not recorded read the value: {names}",
    ),
    "plain_factor": Text(
        es="El factor del término que lee {operand}{index} es un número sin origen. Siga el término mismo.",
        en="The factor of the term that reads {operand}{index} is a plain number. Follow the term itself.",
    ),
    "no_such_slot": Text(
        es="No hay salida {output} en «{layer}»: tiene {count}, {count:contada|contadas} desde 0.",
        en="There is no output {output} of “{layer}”: it has {count}, counted from 0.",
    ),
    "no_ground": Text(
        es="El campo receptivo de «{layer}» no tiene lugar en el terreno: la entrada no era un parche de una escena.",
        en="The receptive field of “{layer}” has no place on the ground: the input was not a patch of a scene.",
    ),
    "no_pixels": Text(
        es="Ningún camino lleva de «{layer}» a los píxeles de una imagen en la entrada «{name}».",
        en="No way leads from “{layer}” to the pixels of an image in the input “{name}”.",
    ),
    "read_as_is": Text(es="valor {value}", en="value {value}"),
}
