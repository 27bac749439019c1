"""What `cli.options` says: help of the options that several commands share, and what is wrong with a value."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "help_json": Text(es="Escribir JSON en lugar de texto.", en="Write JSON instead of text."),
    "help_task": Text(
        es="Qué se pregunta; por defecto segmentación si el modelo responde por píxel, si no una clase por parche.",
        en="What is asked; by default segmentation if the model answers for every pixel, else one class a patch.",
    ),
    "arg_class": Text(es="CLASE", en="CLASS"),
    "help_positive": Text(
        es="En una tarea binaria, la clase que se distingue de todas las demás.",
        en="In a binary task, the class that is told from all others.",
    ),
    "help_attribute": Text(
        es="De polígonos o puntos: el atributo que es su clase.",
        en="Of polygons or points: the attribute that is their class.",
    ),
    "help_labels_layer": Text(
        es="De un archivo con varias capas (GeoPackage): la que tiene las etiquetas.",
        en="Of a file with several layers (GeoPackage): the one that holds the labels.",
    ),
    "help_encoding": Text(
        es="De un Shapefile sin .cpg: cómo están escritos sus textos, p. ej. utf-8 o cp1252.",
        en="Of a Shapefile without .cpg: how its texts are written, such as utf-8 or cp1252.",
    ),
    "arg_value": Text(es="VALOR", en="VALUE"),
    "arg_colours": Text(es="TABLA", en="TABLE"),
    "help_label_nodata": Text(
        es="De un ráster de etiquetas: el valor, o el color, que significa «sin etiqueta».",
        en="Of a raster of labels: the value, or colour, that means “no label”.",
    ),
    "help_class_colours": Text(
        es="De una imagen de etiquetas: bosque=#00ff00,agua=#0000ff, o un archivo .qml, .clr, .gpl o CSV.",
        en="Of a picture of labels: forest=#00ff00,water=#0000ff, or a file .qml, .clr, .gpl or CSV.",
    ),
    "labels_of": Text(es="etiquetas de {source}:", en="labels of {source}:"),
    "shapes_of": Text(
        es="etiquetas de {source}, por el atributo «{attribute}»:",
        en="labels of {source}, by attribute “{attribute}”:",
    ),
    "pixels": Text(es="{count} {count:píxel|píxeles}", en="{count} {count:pixel|pixels}"),
    "shapes": Text(es="{count} {count:forma|formas}", en="{count} {count:shape|shapes}"),
    "shapes_left_out": Text(
        es="sin usar: {unlabelled} {unlabelled:forma|formas} sin clase, {empty} sin geometría",
        en="left out: {unlabelled} {unlabelled:shape|shapes} without class, {empty} without geometry",
    ),
    "not_a_number": Text(
        es="«{text}» no es un número. Escriba uno tras {option}, p. ej. 255.",
        en="“{text}” is not a number. Write one after {option}, such as 255.",
    ),
    "option_idle": Text(
        es="{option} no tiene efecto con {data}. {reason}", en="{option} has no effect with {data}. {reason}"
    ),
    "data_images": Text(es="una carpeta de imágenes", en="a folder of images"),
    "data_classes": Text(es="un ráster de clases", en="a raster of classes"),
    "data_shapes": Text(es="polígonos o puntos", en="polygons or points"),
    "data_values": Text(es="un ráster de valores", en="a raster of values"),
    "data_scene": Text(es="una escena sin etiquetas", en="a scene without labels"),
    "data_simulated": Text(es="la escena simulada", en="the simulated scene"),
    "only_given": Text(
        es="Dice cómo leer datos propios: délos (--scene, --labels), o quítela.",
        en="It says how to read data of your own: give them (--scene, --labels), or leave it out.",
    ),
    "only_scenes": Text(
        es="Es para escenas: cada imagen es un parche entero. Quítela.",
        en="It is for scenes: each image is a whole patch. Leave it out.",
    ),
    "only_scene_masks": Text(
        es="Es para escenas propias; de una imagen cuentan por sí solas su máscara, su alfa y la banda descrita dataMask. Quítela.",
        en="It is for scenes of your own; of an image its mask, its alpha and a band described dataMask count by themselves. Leave it out.",
    ),
    "only_images": Text(
        es="Es para carpetas de imágenes: en una escena, lo que falta está enmascarado. Quítela.",
        en="It is for folders of images: in a scene, what is missing is masked. Leave it out.",
    ),
    "only_shapes": Text(
        es="Es para polígonos y puntos (GeoJSON, GeoPackage, Shapefile). Quítela; los nombres de las clases se cambian con --class-names.",
        en="It is for polygons and points (GeoJSON, GeoPackage, Shapefile). Leave it out; classes are renamed by --class-names.",
    ),
    "only_classes": Text(
        es="Habla de clases, y aquí no las hay. Quítela, o elija otra tarea (--task).",
        en="It speaks of classes, and here there are none. Leave it out, or choose another task (--task).",
    ),
    "only_labels": Text(
        es="Es para escenas con --labels; las clases de una carpeta de imágenes son los nombres de sus carpetas. Quítela.",
        en="It is for scenes with --labels; the classes of a folder of images are the names of its folders. Leave it out.",
    ),
    "only_label_rasters": Text(
        es="Es para rásteres de etiquetas. Quítela; los nombres de las clases se cambian con --class-names.",
        en="It is for rasters of labels. Leave it out; classes are renamed by --class-names.",
    ),
    "help_split": Text(
        es="Cómo se reparten las muestras: imágenes al azar o por las listas de su carpeta splits; una escena, por bloques.",
        en="How samples are split: images at random or by the lists in their folder splits; a scene by blocks.",
    ),
    "help_skip_bad": Text(
        es="Seguir sin las imágenes que no se pueden leer.", en="Go on without images that cannot be read."
    ),
    "help_model_option": Text(
        es="Una opción de la arquitectura, como --option width=48 o --option pool=mixed; se puede repetir.",
        en="A choice of the architecture, such as --option width=48 or --option pool=mixed; may be repeated.",
    ),
    "help_recipe": Text(
        es="Números que van juntos: plain, quick o thorough.",
        en="Numbers that go together: plain, quick or thorough.",
    ),
    "arg_number": Text(es="NOMBRE=VALOR", en="NAME=VALUE"),
    "help_set": Text(
        es="Un número de la receta, como --set learning_rate=0.001; se puede repetir.",
        en="A number of the recipe, such as --set learning_rate=0.001; may be repeated.",
    ),
    "not_a_pair": Text(
        es="«{text}» no es NOMBRE=VALOR. Escriba por ejemplo --set learning_rate=0.001.",
        en="“{text}” is not NAME=VALUE. Write for example --set learning_rate=0.001.",
    ),
    "split_of_scene": Text(
        es="Una escena se reparte por bloques, no «{split}». Quite --split o use --split blocks.",
        en="A scene is split by blocks, not “{split}”. Leave --split out or use --split blocks.",
    ),
    "split_of_images": Text(
        es="Las imágenes se reparten al azar o por listas, no «{split}». Use --split random o --split lists.",
        en="Images are split at random or by lists, not “{split}”. Use --split random or --split lists.",
    ),
    "help_overlap": Text(
        es="Cubrir la escena con ventanas que se solapan en esta parte (0 a menos de 1) y promediar sus probabilidades.",
        en="Cover the scene with windows that overlap by this part (0 to below 1), and average their probabilities.",
    ),
    "help_precision": Text(
        es="Precisión del cálculo; «auto» toma bfloat16 si el procesador lo calcula y la red es grande.",
        en="Precision of the computation; “auto” takes bfloat16 where the processor computes it and the network is large.",
    ),
    "help_device": Text(
        es="Dónde se calcula: cpu, cuda, cuda:1, mps; «auto» es una tarjeta gráfica con CUDA, si la hay.",
        en="Where to compute: cpu, cuda, cuda:1, mps; “auto” is a graphics card with CUDA, if there is one.",
    ),
    "help_workers": Text(es="Procesos en esta máquina.", en="Processes on this machine."),
    "map_cut_short": Text(
        es="{done:Queda hecha|Quedan hechas} {done} de {count} {count:franja|franjas} en {folder}. La misma orden sigue desde ahí; con --restart empieza de nuevo.",
        en="{done} of {count} {count:strip|strips} {done:is|are} done, in {folder}. The same command goes on from there; with --restart it begins anew.",
    ),
    "help_restart": Text(
        es="Empezar de nuevo: renunciar a las franjas ya hechas que queden de antes, también a las de otro mapa con este nombre.",
        en="Begin anew: give up finished strips that are left from before, those of another map of this name included.",
    ),
    "arg_options": Text(es="[OPCIONES]", en="[OPTIONS]"),
    "arg_command": Text(es="ORDEN [ARGUMENTOS]…", en="COMMAND [ARGS]…"),
    "arg_data": Text(es="DATOS", en="DATA"),
    "arg_scene": Text(es="ESCENA", en="SCENE"),
    "arg_file": Text(es="ARCHIVO", en="FILE"),
    "help_bands": Text(
        es="Bandas por nombre (blue, nir, B04 …). Si el archivo no nombra sus bandas, los nombres de todas, en orden.",
        en="Bands by name (blue, nir, B04 …). Where the file does not name its bands: names for all of them, in order.",
    ),
    "help_sensor": Text(
        es="Sensor de la escena, p. ej. sentinel-2, si el archivo no lo dice.",
        en="The scene's sensor, such as sentinel-2, where the file does not say it.",
    ),
    "help_scale": Text(
        es="Factor: valor = número · escala + offset.", en="Factor: value = number · scale + offset."
    ),
    "help_offset": Text(
        es="Sumando: valor = número · escala + offset.", en="Summand: value = number · scale + offset."
    ),
    "help_mask": Text(
        es="Qué oculta las bandas donde es 0: una banda, su número en cada archivo que tiene varias, o un ráster.",
        en="What hides the bands where it is 0: a band, its number in each file that has several, or a raster.",
    ),
    "help_nodata": Text(
        es="Número que significa «sin dato», además de los que marca el archivo.",
        en="Number that means “no data”, besides those that the file marks.",
    ),
    "help_class_names": Text(
        es="Nombres de las clases: 1=agua,2=bosque,… o solo los nombres, por orden de su valor.",
        en="Names of the classes: 1=water,2=forest,… or the names alone, in the order of their values.",
    ),
    "help_model": Text(
        es="Arquitectura: lenet, mini, compact, resnet18, resnet34, resnet50, vgg11, vgg13 o vgg16 (también con _bn) o unet; o "
        "una propia, como paquete.modulo:Red.",
        en="Architecture: lenet, mini, compact, resnet18, resnet34, resnet50, vgg11, vgg13 or vgg16 (also with _bn) or unet; "
        "or one's own, such as package.module:Network.",
    ),
    "help_model_of_run": Text(
        es="La red propia de RUN, como paquete.modulo:Red, que ha de ser la que dice el archivo. Se ejecuta el código de "
        "ese módulo, que se busca también en la carpeta actual.",
        en="RUN's network where it is your own, such as package.module:Network, which must be what the file says. That "
        "module's code is run; it is looked for in the current folder, too.",
    ),
    "help_trust": Text(
        es="Ejecutar el código de la red propia que diga RUN, sin nombrarla. Solo con archivos de quien se fíe.",
        en="Run the code of whatever network of its own RUN names. Only with files of those whom you trust.",
    ),
    "help_out_map": Text(es="GeoTIFF que se escribe.", en="GeoTIFF to write."),
    "arg_name": Text(es="NOMBRE", en="NAME"),
    "arg_mask": Text(es="BANDA|ARCHIVO", en="BAND|FILE"),
    "help_patch": Text(
        es="Filas y columnas de un parche de la escena.  [por defecto: 16]",
        en="Rows and columns of a patch of the scene.  [default: 16]",
    ),
    "help_label_rule": Text(
        es="De qué habla la etiqueta de un parche: su píxel central, la clase mayoritaria, todas las presentes, o cada píxel.",
        en="What a patch's label speaks of: its centre pixel, the majority class, every class present, or each pixel.",
    ),
    "help_epochs": Text(
        es="Pasadas por los datos de entrenamiento.  [por defecto: 12]",
        en="Passes over the training data.  [default: 12]",
    ),
    "help_seed": Text(es="Semilla del azar.", en="Seed of all random numbers."),
    "help_stride": Text(
        es="Distancia entre parches al hacer el mapa, en píxeles; cada celda de ese lado recibe una clase. Para "
        "explicar, el mismo con que se hizo el mapa.  [por defecto: parche / 16]",
        en="Distance between patches of the map, in pixels; each cell of that side gets one class. To explain, "
        "the same that the map was made with.  [default: patch / 16]",
    ),
    "help_by_name": Text(
        es="Emparejar las bandas solo por nombre, aunque difieran el sensor, la escala o los valores.",
        en="Match bands by name alone, even where sensor, scaling or values differ.",
    ),
    "help_by_name_of_scenes": Text(
        es="Aprender de varias escenas con las mismas bandas por nombre, aunque difieran el sensor, la escala o los valores.",
        en="Learn from several scenes whose bands have the same names, even where sensor, scaling or values differ.",
    ),
    "help_at": Text(
        es="Lugar, en el CRS de la escena o en el de --crs.", en="Place, in the scene's CRS or in --crs."
    ),
    "help_crs": Text(es="CRS del lugar, p. ej. EPSG:4326.", en="CRS of the place, such as EPSG:4326."),
    "help_labels_each": Text(
        es="Ráster de clases o de valores, o polígonos y puntos (GeoJSON, GeoPackage, Shapefile). De varias escenas, uno por cada una, en el mismo orden.",
        en="Raster of classes or of values, or polygons and points (GeoJSON, GeoPackage, Shapefile). Of several scenes one for each, in the same order.",
    ),
    "not_a_point": Text(
        es="«{text}» no es un lugar: dé dos números, p. ej. --at 301905,4154085.",
        en="“{text}” is not a place: give two numbers, such as --at 301905,4154085.",
    ),
    "not_an_index": Text(
        es="«{text}» no es una posición: dé números enteros, p. ej. --index 3,5,7.",
        en="“{text}” is not a position: give whole numbers, such as --index 3,5,7.",
    ),
    "not_class_names": Text(
        es="«{text}» no son nombres de clases: dé 1=agua,2=bosque,… o solo los nombres.",
        en="“{text}” are not class names: give 1=water,2=forest,… or the names alone.",
    ),
    "not_a_size": Text(
        es="«{text}» no es un tamaño: dé ancho x alto, p. ej. 960x540.",
        en="“{text}” is not a size: give width x height, such as 960x540.",
    ),
    "options_of_no_scene": Text(
        es="{options}: {count:dice|dicen} cómo se abre una escena o un ráster, y aquí no hay ninguno. {count:Quítela|Quítelas}, o dé --scene.",
        en="{options}: {count:this says|these say} how a scene or a raster is opened, and there is none here. Leave {count:it|them} out, or give --scene.",
    ),
}
