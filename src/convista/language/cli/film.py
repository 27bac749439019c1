"""What `convista film` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "short": Text(es="Guarda una película como archivo.", en="Save a film as a file."),
    "help": Text(
        es="Guarda una película del capítulo, o todas con «all». Los datos pueden ser los suyos.",
        en="Save a film of the chapter, or with “all” every one. The data may be your own.",
    ),
    "help_out": Text(
        es="Archivo, cuya terminación decide el formato, o varios separados por comas; o carpeta. [por omisión: out/films]",
        en="File, whose ending decides the format, or several with commas between; or folder. [default: out/films]",
    ),
    "help_run": Text(
        es="Modelo propio (RUN): la película muestra qué hace su red en un lugar (--scene y --at) o con una imagen (--image).",
        en="A run of your own: the film shows what its network does at a place (--scene and --at) or on an image (--image).",
    ),
    "help_at": Text(
        es="Lugar del parche, en el CRS de la escena o en el de --crs.",
        en="Where the patch is, in the scene's CRS or in --crs.",
    ),
    "help_layer": Text(
        es="Capa de la red de RUN que se muestra, p. ej. conv1.",
        en="Layer of RUN's network to show, such as conv1.",
    ),
    "help_target": Text(
        es="Clase de cuya pérdida vuelve el error; si no se da, la que dice la red.",
        en="Class whose loss goes back; by default the one that the network says.",
    ),
    "help_format": Text(
        es="Formatos, en una carpeta: gif, mp4, webp, png, svg, html, json, srt, vtt, md (el guion), sheet (hoja de contactos).",
        en="Formats, in a folder: gif, mp4, webp, png, svg, html, json, srt, vtt, md (the script), sheet (a contact sheet).",
    ),
    "help_image": Text(
        es="Imagen de la película: .npy, .csv, .png, .jpg o .tif, o sus números; con --bands, una banda de un ráster. En color donde la película toma bandas; si no, su brillo.",
        en="The film's image: .npy, .csv, .png, .jpg or .tif, or its numbers; with --bands, a band of a raster. In colours where the film takes bands, else its brightness.",
    ),
    "help_kernel": Text(
        es="Kernel: archivo, números como «1 0 -1; 2 0 -2; 1 0 -1», o sobel_x, laplacian_4, …",
        en="Kernel: a file, numbers as in “1 0 -1; 2 0 -2; 1 0 -1”, or sobel_x, laplacian_4, …",
    ),
    "help_scene": Text(es="Escena de la película.", en="The film's scene."),
    "help_datum": Text(
        es="Cualquier otro dato de la película, p. ej. --set stride=2 --set padding=same --set x=mapa.npy. Repetible.",
        en="Any other datum of the film, such as --set stride=2 --set padding=same --set x=map.npy. May be repeated.",
    ),
    "arg_out": Text(es="ARCHIVO,…|CARPETA", en="FILE,…|FOLDER"),
    "arg_film": Text(es="NOMBRE|all", en="NAME|all"),
    "arg_matrix": Text(es="MATRIZ", en="MATRIX"),
    "help_size": Text(es="Píxeles: ancho x alto.", en="Pixels: width x height."),
    "help_theme": Text(es="Oscuro, o claro para imprimir.", en="Dark, or light for print."),
    "help_step": Text(
        es="Para .png y .svg: qué paso, contado desde 1 como en el reproductor. En .png, por defecto, el último.",
        en="For .png and .svg: which step, counted from 1 as in the player. In .png, by default the last.",
    ),
    "help_plain": Text(
        es="Sin título ni leyendas: para poner palabras propias.",
        en="Without title and captions: for words of your own.",
    ),
    "help_no_captions": Text(
        es="Sin leyendas en la imagen; el título queda. Un MP4 las trae entonces como subtítulos que se ven, y al lado en .srt y .vtt.",
        en="Without captions on the picture; the title stays. An MP4 then has them as subtitles that are shown, and beside it as .srt and .vtt.",
    ),
    "help_narrated": Text(
        es="Al ritmo de la narración, que es entonces lo que dicen los subtítulos.",
        en="At the pace of the narration, which is then what the subtitles say.",
    ),
    "help_cues": Text(
        es="Cuándo empieza cada paso, en segundos: un archivo de líneas «paso,segundos», desde 1,0; la última puede ser end,SEGUNDOS.",
        en="When each step begins, in seconds: a file of lines “step,seconds”, from 1,0 on; the last may be end,SECONDS.",
    ),
    "plain_has_none": Text(
        es="--plain ya deja la película sin leyendas, así que --no-captions no tiene efecto. Quite una de las dos.",
        en="--plain leaves the captions out already, so that --no-captions has no effect. Leave out one of the two.",
    ),
    "no_effect": Text(
        es="{option} no tiene efecto en {files}. Quítela, o pida otro formato: {media}.",
        en="{option} has no effect in {files}. Leave it out, or ask for another format: {media}.",
    ),
    "saved_films": Text(es="películas hechas: {count} ({folder})", en="films made: {count} ({folder})"),
    "failed_films": Text(es="películas que fallaron: {count}", en="films that failed: {count}"),
    "no_such_format": Text(
        es="No hay ningún formato «{unknown}». Elija entre: {formats}.",
        en="There is no format “{unknown}”. Choose from: {formats}.",
    ),
    "data_for_all": Text(
        es="Con «all» cada película usa el ejemplo del capítulo: dé {data} a una sola película.",
        en="With “all” every film uses the chapter's example: give {data} to a single film.",
    ),
    "cues_for_all": Text(
        es="--cues dice los tiempos de una sola película, no de «all». Dé el nombre de la película.",
        en="--cues tells the times of a single film, not of “all”. Give the name of the film.",
    ),
    "unreadable_matrix": Text(
        es="{name}: no se puede leer {path}: {reason}. Compruebe la ruta y el formato.",
        en="{name}: {path} cannot be read: {reason}. Check the path and the format.",
    ),
    "not_a_matrix": Text(
        es="{name}: «{text}» no es una matriz. Dé un archivo, números como «1 0 -1; 2 0 -2», o un filtro: {filters}.",
        en="{name}: “{text}” is not a matrix. Give a file, numbers as in “1 0 -1; 2 0 -2”, or a filter: {filters}.",
    ),
    "not_numbers": Text(
        es="{name}: «{text}» no son números. Dé un archivo, o listas como en JSON: [[1,2],[3,4]].",
        en="{name}: “{text}” are not numbers. Give a file, or lists as JSON has them: [[1,2],[3,4]].",
    ),
    "several_bands": Text(
        es="{name}: {path} tiene varias bandas ({bands}), y la película muestra una. Elija una con --bands, p. ej. --bands nir, o guarde una sola.",
        en="{name}: {path} has several bands ({bands}), and the film shows one. Choose one by --bands, such as --bands nir, or save a single one.",
    ),
    "options_of_no_run": Text(
        es="{options}: {count:dice|dicen} algo de un modelo propio, y no se ha dado ninguno. Dé --run RUN, o {count:quítela|quítelas}.",
        en="{options}: {count:this says|these say} something of a run of your own, and none is given. Give --run RUN, or leave {count:it|them} out.",
    ),
    "film_of_no_run": Text(
        es="La película «{name}» no muestra ninguna red, así que --run no tiene efecto. Quítelo; qué toma lo dice: convista film {name} --help",
        en="The film “{name}” shows no network, so that --run has no effect. Leave it out; what it takes is said by: convista film {name} --help",
    ),
    "not_for_this_film": Text(
        es="La película «{name}» no toma {options}. Quítelo; qué toma lo dice: convista film {name} --help",
        en="The film “{name}” does not take {options}. Leave it out; what it takes is said by: convista film {name} --help",
    ),
    "options_of_no_place": Text(
        es="{options}: dice algo de un lugar, y no se ha dado ninguno. Dé --at X,Y, o quítela.",
        en="{options}: this says something of a place, and none is given. Give --at X,Y, or leave it out.",
    ),
    "place_of_no_scene": Text(
        es="--at {place} es un lugar de una escena. Dé también --scene ARCHIVO.",
        en="--at {place} is a place of a scene. Give --scene FILE as well.",
    ),
    "scene_without_place": Text(
        es="De la escena {scene} se muestra un parche. Diga dónde está: --at X,Y.",
        en="Of the scene {scene} a patch is shown. Say where it is: --at X,Y.",
    ),
    "image_or_scene": Text(
        es="--image es el parche entero, y --scene con --at dice dónde cortar uno. Dé una de las dos cosas.",
        en="--image is the whole patch, and --scene with --at says where to cut one. Give one of the two.",
    ),
    "no_patch_of_run": Text(
        es="{file} tiene {count} {count:banda|bandas} y {rows}×{columns} píxeles, y el modelo lee parches de {sides} con {bands}. Recorte la imagen; si es una escena, use --scene y --at.",
        en="{file} has {count} {count:band|bands} and {rows}×{columns} pixels, and the run reads patches of {sides} with {bands}. Cut the image; if it is a scene, use --scene and --at.",
    ),
    "no_such_step": Text(
        es="La película «{name}» no tiene paso {step}: los cuenta de 1 a {steps}.",
        en="The film “{name}” has no step {step}: they are counted from 1 to {steps}.",
    ),
    "no_film_file": Text(
        es="{files}: la terminación no es la de ningún formato de película. Use una de estas: {endings}.",
        en="{files}: the ending is that of no format of films. Use one of these: {endings}.",
    ),
    "format_and_ending": Text(
        es="--out {out} ya dice el formato por su terminación, y --format dice {formats}. Quite --format, o dé una carpeta en --out.",
        en="--out {out} says the format by its ending, and --format says {formats}. Leave out --format, or give a folder in --out.",
    ),
    "not_a_setting": Text(
        es="«{text}» no tiene la forma dato=valor. Escriba p. ej. --set stride=2.",
        en="“{text}” does not have the form datum=value. Write for instance --set stride=2.",
    ),
    "data_of_film": Text(es="Datos de esta película, con un ejemplo", en="Data of this film, each by an example"),
    "no_data_of_film": Text(
        es="Esta película no toma datos: muestra siempre lo mismo.",
        en="This film takes no data: it always shows the same.",
    ),
    "default": Text(es="por defecto", en="default"),
    "data_run": Text(
        es="Una red propia: qué hace con el parche de un lugar.",
        en="A network of your own: what it makes of the patch at a place.",
    ),
    "data_run_image": Text(
        es="O con una imagen, si se entrenó con imágenes.", en="Or of an image, if it was trained on images."
    ),
    "data_layer": Text(
        es="La capa que se muestra; ha de ser {operators}.", en="The layer that is shown; it must be {operators}."
    ),
    "data_channel": Text(
        es="De esa capa, el mapa que se muestra, desde 0.", en="Of that layer, the map that is shown, from 0."
    ),
    "saved_film": Text(es="película: {path}", en="film: {path}"),
}
