"""What `learning.runs` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "sensor_of_scene_unknown": Text(
        es="La escena {scene} no dice su sensor, y el modelo se entrenó con {trained}: puede que sus valores no signifiquen "
        "lo mismo. Diga el sensor (sensor, --sensor), o empareje las bandas solo por nombre (by_name, --by-name).",
        en="The scene {scene} does not say its sensor, and the model was trained on {trained}: its values may not mean the "
        "same. State the sensor (sensor, --sensor), or match the bands by name alone (by_name, --by-name).",
    ),
    "sensor_of_run_unknown": Text(
        es="La escena {scene} es de {sensor}, y la escena con que se entrenó el modelo no dice su sensor: puede que sus "
        "valores no signifiquen lo mismo. Entrene diciendo el sensor (sensor, --sensor), o empareje las bandas solo por nombre "
        "(by_name, --by-name).",
        en="The scene {scene} is from {sensor}, and the scene that the model was trained on does not say its sensor: their "
        "values may not mean the same. State the sensor when training (sensor, --sensor), or match the bands by name alone (by_name, --by-name).",
    ),
    "nodata_not_said": Text(
        es="Al entrenar se dijo que en la banda {band} el valor {nodata} no es dato, y la escena {scene} no lo dice. Dígalo otra "
        "vez al abrirla (nodata, --nodata {nodata}); si en ella todos los valores son datos, --nodata nan.",
        en="The training was told that in band {band} the value {nodata} is no datum, and the scene {scene} does not say so. "
        "Say it again when opening it (nodata, --nodata {nodata}); if all its values are data, --nodata nan.",
    ),
    "mask_not_said": Text(
        es="Al entrenar se dijo qué banda o archivo es la máscara de {band}, y en la escena {scene} ni se dice ni hay otra. Dígalo "
        "al abrirla (mask, --mask); si en ella todos los valores son datos, siga solo por los nombres de las bandas (by_name, "
        "--by-name).",
        en="The training was told which band or file is the mask of {band}; for the scene {scene} nothing says so, and it has "
        "no other. Say it when opening it (mask, --mask); if all its values are data, go on by the names of the bands alone "
        "(by_name, --by-name).",
    ),
    "run_is_folder": Text(
        es="No se puede escribir {file}: hay una carpeta con ese nombre. Elija otro lugar.",
        en="{file} cannot be written: a folder has that name. Choose another place.",
    ),
    "no_run": Text(
        es="No existe {file}. Dé un archivo model.safetensors o la carpeta que lo contiene.",
        en="There is no {file}. Give a model.safetensors file or the folder that holds it.",
    ),
    "damaged_run": Text(
        es="{file} no está completo o está dañado ({reason}). Cópielo de nuevo o entrene otra vez.",
        en="{file} is cut short or damaged ({reason}). Copy it anew or train again.",
    ),
    "foreign_run": Text(
        es="{file} es un archivo safetensors, pero no de convista: le faltan bandas, clases y estadísticas. Entrene con "
        "convista train.",
        en="{file} is a safetensors file, but not of convista: it lacks bands, classes and statistics. Train with "
        "convista train.",
    ),
    "field_of_file": Text(
        es="{file} no está completo o está dañado, o lo escribió otro programa: «{field}» es {value} y debe ser {kind}. Pida otra copia o hágalo de nuevo.",
        en="{file} is cut short or damaged, or was written by another program: “{field}” is {value}, and must be {kind}. Ask for another copy, or make it anew.",
    ),
    "kind_object": Text(es="un objeto JSON", en="a JSON object"),
    "kind_list": Text(es="una lista", en="a list"),
    "kind_list_of": Text(es="una lista de {count}", en="a list of {count}"),
    "kind_text": Text(es="un texto", en="a text"),
    "kind_one_of": Text(es="uno de estos textos: {known}", en="one of these texts: {known}"),
    "kind_whole": Text(es="un número entero de {least} a {most}", en="a whole number from {least} to {most}"),
    "kind_number": Text(es="un número finito", en="a finite number"),
    "kind_positive": Text(es="un número finito mayor que 0", en="a finite number greater than 0"),
    "kind_share": Text(es="un número de 0 a 1", en="a number from 0 to 1"),
    "kind_flag": Text(es="true o false", en="true or false"),
    "kind_digits": Text(
        es="una cifra de 0 a 3 por bloque o imagen", en="a digit from 0 to 3 for each block or image"
    ),
    "kind_course": Text(es="lo que se guarda de un entrenamiento", en="what is kept of a training"),
    "kind_crs": Text(es="un sistema de coordenadas en WKT", en="a coordinate system in WKT"),
    "kind_path": Text(es="una ruta completa", en="a whole path"),
    "kind_given": Text(es="algo, aunque sea null", en="something, be it null"),
    "kind_transform": Text(
        es="una transformación afín que coloque un mapa", en="an affine transform that places a map"
    ),
    "kind_rows": Text(
        es="{height:la fila|las {height} filas} del mapa, por tiras",
        en="the {height:row|{height} rows} of the map, strip by strip",
    ),
    "kind_products": Text(es="lo que se escribe de un mapa", en="what is written of a map"),
    "kind_suffix": Text(es="el final del nombre de un mapa", en="the end of a map's name"),
    "kind_steps": Text(es="el número de pasos de sus épocas", en="the number of steps of its epochs"),
    "json_head": Text(
        es="cabecera de {size} bytes, y se leen {largest} como máximo",
        en="a head of {size} bytes, and {largest} are read at most",
    ),
    "json_too_deep": Text(es="JSON con más de {levels} niveles", en="JSON of more than {levels} levels"),
    "json_not_a_number": Text(es="JSON con {text}", en="JSON with {text}"),
    "json_name_twice": Text(es="JSON con un nombre repetido", en="JSON with a name twice"),
    "run_at_odds": Text(
        es="{file} no está completo o está dañado, o lo escribió otro programa: la tarea «{task}» no puede tener {bands} {bands:banda|bandas} y {classes} {classes:clase|clases}. Pida otra copia o entrene otra vez.",
        en="{file} is cut short or damaged, or was written by another program: the task “{task}” cannot have {bands} {bands:band|bands} and {classes} {classes:class|classes}. Ask for another copy, or train again.",
    ),
    "unknown_network": Text(
        es="{file} no dice de qué red son sus pesos: ni una de convista ({names}), ni una propia, como paquete.modulo:Red. Ábralo con la versión que lo hizo, o dé la red en Python (network).",
        en="{file} does not say which network its weights are of: neither one of convista ({names}) nor one's own, such as package.module:Network. Open it with the version that made it, or give the network in Python (network).",
    ),
    "own_network": Text(
        es="{file} pide una red que no es de convista, {name}: abrirlo ejecutaría el código de ese módulo de Python. Si es suya, dígalo: --model {name} (en Python, network). Si se fía de quien le dio el archivo y del código que hay en este equipo con ese nombre, dígalo también: --trust (en Python, trust).",
        en="{file} asks for a network that is not of convista, {name}: opening it would run the code of that Python module. If it is yours, say so: --model {name} (in Python, network). If you trust whoever gave you the file, and the code of that name on this machine, say that: --trust (in Python, trust).",
    ),
    "other_network": Text(
        es="{file} es de la red {named}, y se dio {given}. Dé esa misma, o el archivo de la otra.",
        en="{file} is of the network {named}, and {given} was given. Give that one, or the file of the other.",
    ),
    "reserved_option": Text(
        es="{file} no está completo o está dañado, o lo escribió otro programa: «{option}» no puede estar entre las opciones de la red. Pida otra copia o entrene otra vez.",
        en="{file} is cut short or damaged, or was written by another program: “{option}” cannot be among the network's options. Ask for another copy, or train again.",
    ),
    "other_weights": Text(
        es="Los pesos de {file} no son de la red que dice el archivo, o que se dio: {lacking:falta|faltan} {missing} y {extra:sobra|sobran} {strange}. Pida otra copia, o dé la red con que se entrenó.",
        en="The weights in {file} are not of the network that it names, or that was given: {missing} {lacking:is|are} missing and {strange} {extra:is|are} strange to it. Ask for another copy, or give the network that was trained.",
    ),
    "other_sizes": Text(
        es="En {file}, el parámetro {name} es de tamaño {there}, y la red que dice el archivo, o que se dio, lo tiene de {own}. Pida otra copia, o dé la red con que se entrenó.",
        en="In {file} the parameter {name} has shape {there}, and {own} in the network that it names, or that was given. Ask for another copy, or give the network that was trained.",
    ),
    "weights_not_finite": Text(
        es="En {file}, los pesos {name} no son todos números finitos, y la red no respondería nada. Pida otra copia o entrene otra vez.",
        en="In {file} the weights {name} are not all finite numbers, and the network would answer nothing. Ask for another copy, or train again.",
    ),
}
