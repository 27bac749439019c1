"""What `cli` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "help_convista": Text(
        es="Ejecuta redes convolucionales sobre imágenes de satélite y muestra por qué cada número es el que es.",
        en="Run convolutional networks on satellite imagery, and show why every number is what it is.",
    ),
    "help_debug": Text(es="Ante un error, mostrar la traza de Python.", en="On an error, show Python's traceback."),
    "help_lang": Text(
        es="Idioma de los textos; por defecto, el del sistema.",
        en="Language of the texts; by default the system's.",
    ),
    "help_version": Text(es="Mostrar la versión y terminar.", en="Show the version and exit."),
    "help_json": Text(es="Escribir JSON en lugar de texto.", en="Write JSON instead of text."),
    "short_demo": Text(
        es="Todo el camino: escena, red, mapa y explicación.",
        en="The whole road: scene, network, map, explanation.",
    ),
    "help_demo": Text(
        es="Recorre todo el camino: abre una escena, entrena una red, hace el mapa y explica uno de sus valores. Sin "
        "--scene usa una escena simulada.",
        en="Go the whole road: open a scene, train a network, make the map and explain one of its values. Without "
        "--scene a simulated scene is used.",
    ),
    "short_train": Text(
        es="Entrena una red con una escena o con parches etiquetados.",
        en="Train a network on a labelled scene or on labelled patches.",
    ),
    "help_train": Text(
        es="Entrena una red con DATOS: una escena con --labels (de varios archivos si se separan con comas, como radar.tif,óptica.tif), o una carpeta con una subcarpeta de imágenes por clase.",
        en="Train a network on DATA: a scene with --labels (of several files if commas part them, as in radar.tif,optical.tif), or a folder that holds a folder of images for each class.",
    ),
    "saved_beside": Text(
        es="al lado, en {folder}: log.csv, curves.png y lo que la tarea permite de confusion.png, reliability.png, mistakes.png",
        en="beside it, in {folder}: log.csv, curves.png and what the task has of confusion.png, reliability.png, mistakes.png",
    ),
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
    "pixels": Text(es="{count} píxeles", en="{count} pixels"),
    "shapes": Text(es="{count} formas", en="{count} shapes"),
    "shapes_left_out": Text(
        es="sin usar: {unlabelled} formas sin clase, {empty} sin geometría",
        en="left out: {unlabelled} shapes without class, {empty} without geometry",
    ),
    "not_a_number": Text(
        es="«{text}» no es un número. Escriba uno tras {option}, p. ej. 255.",
        en="“{text}” is not a number. Write one after {option}, such as 255.",
    ),
    "demo_wants_raster": Text(
        es="La demostración compara píxel a píxel y pide un ráster de etiquetas, no {labels}. Con polígonos, use convista train y convista predict.",
        en="The demonstration compares pixel by pixel and wants a raster of labels, not {labels}. With polygons, use convista train and convista predict.",
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
        es="Un número de la receta, como --set rate=0.001; se puede repetir.",
        en="A number of the recipe, such as --set rate=0.001; may be repeated.",
    ),
    "short_study": Text(
        es="Responde a una pregunta con muchos entrenamientos.", en="Answer a question by many trainings."
    ),
    "help_study": Text(
        es="Responde a una pregunta con muchos entrenamientos, cada uno con varias semillas.",
        en="Answer a question by many trainings, each with several seeds.",
    ),
    "short_study_pooling": Text(es="Compara los poolings de una red.", en="Compare the poolings of a network."),
    "help_study_pooling": Text(
        es="Entrena la misma red con cada pooling y varias semillas con DATOS, los de convista train, y da exactitud y tiempo: una tabla, "
        "pooling.csv y pooling.png. Si se interrumpe, la misma orden sigue donde quedó.",
        en="Train the same network with each pooling and several seeds on DATA, as of convista train, and give accuracy and time: a table, "
        "pooling.csv and pooling.png. If it is interrupted, the same command goes on from there.",
    ),
    "help_poolings": Text(
        es="Los que se comparan; por omisión, todos los que resumen ventanas en LeNet, y los que no piden un tamaño fijo en las demás.",
        en="The ones compared; by default all that summarise windows in LeNet, and those that need no fixed size in the others.",
    ),
    "help_seeds": Text(es="Cuántas semillas: 0, 1 …", en="How many seeds: 0, 1 …"),
    "study_cut_short": Text(
        es="El estudio quedó a medias. La misma orden sigue donde quedó: {folder}",
        en="The study was cut short. The same command goes on from there: {folder}",
    ),
    "study_of": Text(
        es="en la parte de prueba, media y desviación típica de las semillas ({seeds}), en {precision}:",
        en="on the test part, mean and standard deviation of the seeds ({seeds}), in {precision}:",
    ),
    "pooling": Text(es="pooling", en="pooling"),
    "parameters": Text(es="parámetros", en="parameters"),
    "seconds_an_epoch": Text(es="s por época", en="s an epoch"),
    "parameters_differ": Text(
        es="Las redes no tienen los mismos parámetros: la capa densa lee más valores donde un pooling da varios por mapa.",
        en="The networks differ in parameters: the dense layer reads more values where a pooling gives several a map.",
    ),
    "saved_study": Text(
        es="tabla: {table}\nfigura: {picture}\nlos modelos, en {folder}",
        en="table: {table}\npicture: {picture}\nthe models are in {folder}",
    ),
    "help_resume": Text(
        es="Seguir un entrenamiento que se cortó, con los mismos argumentos.",
        en="Go on with a training that was cut off, with the same arguments.",
    ),
    "not_a_pair": Text(
        es="«{text}» no es NOMBRE=VALOR. Escriba por ejemplo --set rate=0.001.",
        en="“{text}” is not NAME=VALUE. Write for example --set rate=0.001.",
    ),
    "split_of_scene": Text(
        es="Una escena se reparte por bloques, no «{split}». Quite --split o use --split blocks.",
        en="A scene is split by blocks, not “{split}”. Leave --split out or use --split blocks.",
    ),
    "split_of_images": Text(
        es="Las imágenes se reparten al azar o por listas, no «{split}». Use --split random o --split lists.",
        en="Images are split at random or by lists, not “{split}”. Use --split random or --split lists.",
    ),
    "short_evaluate": Text(es="Puntúa un RUN en datos con etiquetas.", en="Score a RUN on labelled data."),
    "help_evaluate": Text(
        es="Puntúa un RUN en DATOS: de los de su entrenamiento, se copien donde se copien, una parte, como se repartieron entonces; otros (otro lugar, otro año, otra carpeta), enteros. Cada número con su intervalo, junto a lo que se consigue sin red. Las clases se emparejan por nombre.",
        en="Score a RUN on DATA: of those of its training, wherever they are copied to, a part, as they were split then; others (another place, another year, another folder) as a whole. Each number with its interval, beside what needs no network. Classes are matched by name.",
    ),
    "help_part": Text(
        es="De los datos del entrenamiento, la parte que se puntúa; por defecto, test. Otros no tienen partes.",
        en="Of the data of the training, the part that is scored; test by default. Others have no parts.",
    ),
    "help_independent": Text(
        es="Exigir que los datos no sean los del entrenamiento; de un RUN que no dice cuáles fueron, afirmarlo.",
        en="Insist that the data are not those of the training; of a RUN that does not say which those were, state it.",
    ),
    "help_out_evaluate": Text(
        es="Carpeta para el informe (report.json, report.txt) y sus figuras: matriz de confusión, fiabilidad, errores.",
        en="Folder for the report (report.json, report.txt) and its pictures: confusion matrix, reliability, mistakes.",
    ),
    "saved_report": Text(
        es="el informe y sus figuras, en {folder}", en="the report and its pictures are in {folder}"
    ),
    "help_symmetries": Text(
        es="Promediar las respuestas sobre las ocho simetrías de cada parche.",
        en="Average answers over the eight symmetries of each patch.",
    ),
    "short_predict": Text(es="Hace el mapa de una escena entera.", en="Map a whole scene."),
    "help_predict": Text(
        es="Hace con un RUN el mapa de clases de una escena entera: un GeoTIFF optimizado para la nube, en la misma malla.",
        en="Make the class map of a whole scene with a RUN: a Cloud Optimized GeoTIFF on the scene's own grid.",
    ),
    "help_embeddings": Text(
        es="En lugar de las clases, los vectores con que la red decide: una banda por número, float32.",
        en="In place of the classes, the vectors that the network decides by: a band for each number, float32.",
    ),
    "short_activations": Text(
        es="Hace el mapa de los canales de una capa.", en="Map the channels of a layer over a whole scene."
    ),
    "help_activations": Text(
        es="Hace el mapa de los canales de una capa de la red de RUN sobre una escena entera, a la resolución de la capa.",
        en="Map the channels of a layer of RUN's network over a whole scene, at the layer's own resolution.",
    ),
    "help_activations_layer": Text(
        es="Nombre de la capa, como conv1 o layer2.0.relu.", en="Name of the layer, such as conv1 or layer2.0.relu."
    ),
    "help_channels": Text(
        es="Canales que interesan, contados desde 0; por defecto, todos.",
        en="Channels wanted, counted from 0; by default all.",
    ),
    "short_search": Text(es="Busca los lugares más parecidos a uno.", en="Find the places most like a given one."),
    "help_search": Text(
        es="Busca en la escena los parches más parecidos al de un lugar, según el vector de la red de RUN antes de su última "
        "capa: un mapa de calor y una lista en GeoJSON.",
        en="Find the patches of the scene most like the one at a place, by the vector of RUN's network before its last "
        "layer: a heat map and a list in GeoJSON.",
    ),
    "short_embed": Text(
        es="Guarda los vectores de los parches, en grupos.", en="Write the vectors of patches, in clusters."
    ),
    "help_embed": Text(
        es="Escribe en GeoParquet el vector con que la red de RUN decide cada parche de FUENTE: una escena, o una carpeta con "
        "carpetas de imágenes. Los puede juntar en grupos, y decir cuánto se aparta cada uno de los demás.",
        en="Write as GeoParquet the vector by which RUN's network decides each patch of SOURCE: a scene, or a folder with "
        "folders of images. It can put them into clusters, and say how far each lies from the others.",
    ),
    "arg_source": Text(es="FUENTE", en="SOURCE"),
    "help_out_table": Text(
        es="Tabla, .parquet; los mapas de una escena van al lado.",
        en="Table, .parquet; the maps of a scene lie beside it.",
    ),
    "help_stride_embed": Text(
        es="Píxeles de un parche al siguiente.  [por defecto: parche]",
        en="Pixels from one patch to the next.  [default: patch]",
    ),
    "help_clusters": Text(
        es="Grupos de vectores parecidos que se buscan, de 2 a 254: una columna y, de una escena, un mapa.",
        en="Clusters of similar vectors to find, 2 to 254: a column and, of a scene, a map.",
    ),
    "help_anomaly": Text(
        es="Decir lo lejos que está cada vector de los diez más parecidos de los demás: una columna y un mapa.",
        en="Say how far each vector lies from the ten of the others most like it: a column and a map.",
    ),
    "help_against": Text(
        es="Compararlos con los de esta tabla, hecha con el mismo RUN, como la de los datos de su entrenamiento.",
        en="Compare with those of this table, made with the same RUN, such as that of its training data.",
    ),
    "help_least": Text(
        es="Parte de los píxeles de un parche que debe tener datos; los demás parches no cuentan.",
        en="Part of a patch's pixels that must have data; other patches do not count.",
    ),
    "embedded": Text(
        es="{patches} parches, vectores de {numbers} números", en="{patches} patches, vectors of {numbers} numbers"
    ),
    "group": Text(
        es="grupo {number} {patches} parches  {share} %", en="cluster {number} {patches} patches  {share} %"
    ),
    "group_class": Text(es="  {name} en el {part} %", en="  {name} in {part} %"),
    "strangest": Text(es="los que más se apartan:", en="farthest from the others:"),
    "saved_table": Text(es="tabla: {path}", en="table: {path}"),
    "help_out_heat": Text(
        es="Mapa de calor, .tif; la lista va al lado.", en="Heat map, .tif; the list lies beside it."
    ),
    "help_places": Text(es="Lugares de la lista.", en="Places to list."),
    "saved_places": Text(es="lugares: {path}", en="places: {path}"),
    "votes": Text(
        es="ventanas que votaron aquí (fila y columna de su esquina)",
        en="windows that voted here (row and column of their corner)",
    ),
    "vote": Text(
        es="  {row:>6} {column:>6}  peso {weight}  {name} {share} %",
        en="  {row:>6} {column:>6}  weight {weight}  {name} {share} %",
    ),
    "help_vote": Text(
        es="Entrar en la red por esta ventana de las que votaron, desde 1; por defecto, la de más peso.",
        en="Go into the network by this of the windows that voted, from 1; by default the weightiest.",
    ),
    "no_such_vote": Text(
        es="No hay voto {vote}: aquí votaron {count} ventanas.",
        en="There is no vote {vote}: {count} windows voted here.",
    ),
    "approximated": Text(
        es="Aproximación: en el centro de la escena las respuestas se apartan de las de cada parche hasta en {largest}, y otra "
        "salida es la mayor en el {other} % de los lugares.",
        en="Approximation: in the middle of the scene answers depart from those of each patch by up to {largest}, and "
        "another output is the largest at {other} % of the places.",
    ),
    "precision_was": Text(es="precisión: {precision}", en="precision: {precision}"),
    "short_mosaic": Text(es="Une las partes de un mapa.", en="Join the parts of a map."),
    "help_mosaic": Text(
        es="Une las partes que hizo convista predict --shard: las que están junto al MAPA, y las de otras CARPETAS.",
        en="Join the parts that convista predict --shard made: those beside the MAP, and those of further FOLDERS.",
    ),
    "arg_map": Text(es="MAPA", en="MAP"),
    "arg_folders": Text(es="[CARPETA]...", en="[FOLDER]..."),
    "help_overlap": Text(
        es="Cubrir la escena con ventanas que se solapan en esta parte (0 a menos de 1) y promediar sus probabilidades.",
        en="Cover the scene with windows that overlap by this part (0 to below 1), and average their probabilities.",
    ),
    "help_probabilities": Text(
        es="Escribir además las probabilidades de las clases, la entropía y el margen, en bytes o en coma flotante.",
        en="Also write the probabilities of the classes, entropy and margin, as bytes or as floating-point numbers.",
    ),
    "help_polygons": Text(
        es="Escribir además un GeoPackage de polígonos con clase, área en el terreno en m² y confianza media.",
        en="Also write a GeoPackage of polygons with class, area on the ground in m² and mean confidence.",
    ),
    "help_precision": Text(
        es="Precisión del cálculo; «auto» toma bfloat16 si el procesador lo calcula y la red es grande.",
        en="Precision of the computation; “auto” takes bfloat16 where the processor computes it and the network is large.",
    ),
    "scheduler_or_workers": Text(
        es="--scheduler reparte el mapa en un clúster y --workers en esta máquina. Dé uno de los dos.",
        en="--scheduler shares the map out in a cluster, --workers on this machine. Give one of them.",
    ),
    "help_device": Text(
        es="Dónde se calcula: cpu, cuda, cuda:1, mps; «auto» es una tarjeta gráfica con CUDA, si la hay.",
        en="Where to compute: cpu, cuda, cuda:1, mps; “auto” is a graphics card with CUDA, if there is one.",
    ),
    "help_approximate": Text(
        es="Evaluar de forma densa también una red con relleno, de modo aproximado.",
        en="Evaluate a network with padding densely too, approximately.",
    ),
    "help_workers": Text(es="Procesos en esta máquina.", en="Processes on this machine."),
    "help_scheduler": Text(
        es="Repartir el trabajo en un clúster de Dask: la dirección de su planificador.",
        en="Share the work on a Dask cluster: the address of its scheduler.",
    ),
    "help_shard": Text(
        es="Calcular solo la parte i de n (desde 1); después las une convista mosaic.",
        en="Compute only part i of n (from 1); convista mosaic joins them afterwards.",
    ),
    "map_cut_short": Text(
        es="Quedan hechas {done} de {count} franjas en {folder}. La misma orden sigue desde ahí; con --restart empieza de "
        "nuevo.",
        en="{done} of {count} strips are done, in {folder}. The same command goes on from there; with --restart it begins "
        "anew.",
    ),
    "help_restart": Text(
        es="Empezar de nuevo: renunciar a las franjas ya hechas que queden de antes, también a las de otro mapa con este nombre.",
        en="Begin anew: give up finished strips that are left from before, those of another map of this name included.",
    ),
    "not_a_shard": Text(
        es="«{text}» no es una parte. Escriba i/n, por ejemplo 2/4.",
        en="“{text}” is not a part. Write i/n, for example 2/4.",
    ),
    "saved_shard": Text(es="partes del mapa: {path}", en="parts of the map: {path}"),
    "stage_mosaic": Text(es="unión", en="joining"),
    "short_explain": Text(
        es="Muestra la aritmética de un valor en un lugar.", en="Show the arithmetic behind a value at a place."
    ),
    "help_explain": Text(
        es="Muestra la aritmética que hay detrás del mapa en un lugar: de la clase hasta un píxel, siguiendo en cada "
        "paso el término mayor; o, con --layer e --index, un solo valor con todos sus términos. Con --gradient, la de "
        "un gradiente: del píxel que más mueve la pérdida hasta ella, o el de un valor o un peso.",
        en="Show the arithmetic behind the map at a place: from the class down to a pixel, following the largest term "
        "at each step; or, with --layer and --index, one value with all its terms. With --gradient, that of a "
        "gradient: from the pixel that moves the loss most up to the loss, or of one value or weight.",
    ),
    "short_film": Text(es="Guarda una película como archivo.", en="Save a film as a file."),
    "help_film": Text(
        es="Guarda una película del capítulo, o todas con «all». Los datos pueden ser los suyos.",
        en="Save a film of the chapter, or with “all” every one. The data may be your own.",
    ),
    "short_films": Text(es="Lista las películas.", en="List the films."),
    "help_films": Text(
        es="Lista las películas por secciones del capítulo, cada una con lo que muestra.",
        en="List the films by sections of the chapter, each with what it shows.",
    ),
    "help_json_films": Text(es="La lista como JSON.", en="The list as JSON."),
    "short_info": Text(es="Dice qué es un archivo o una carpeta.", en="Tell what a file or folder is."),
    "help_info": Text(
        es="Dice qué es un archivo o carpeta: escena (malla, bandas, escalas), ráster de clases, polígonos o puntos, carpeta de imágenes, modelo (bandas, clases), STAC, tabla de vectores o película.",
        en="Tell what a file or folder is: scene (grid, bands, scaling), raster of classes, polygons or points, folder of images, run (bands, classes), STAC, table of vectors, or film.",
    ),
    "arg_options": Text(es="[OPCIONES]", en="[OPTIONS]"),
    "arg_command": Text(es="ORDEN [ARGUMENTOS]…", en="COMMAND [ARGS]…"),
    "arg_data": Text(es="DATOS", en="DATA"),
    "arg_scene": Text(es="ESCENA", en="SCENE"),
    "arg_file": Text(es="ARCHIVO", en="FILE"),
    "help_scene": Text(
        es="Escena propia en lugar de la simulada; necesita --labels.",
        en="A scene of your own instead of the simulated one; needs --labels.",
    ),
    "help_out_demo": Text(
        es="Carpeta de resultados.  [por defecto: out/demo]", en="Folder of results.  [default: out/demo]"
    ),
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
    "help_labels": Text(
        es="Ráster de clases o de valores, o polígonos y puntos (GeoJSON, GeoPackage, Shapefile).",
        en="Raster of classes or of values, or polygons and points (GeoJSON, GeoPackage, Shapefile).",
    ),
    "help_class_names": Text(
        es="Nombres de las clases: 1=agua,2=bosque,… o solo los nombres, por orden de su valor.",
        en="Names of the classes: 1=water,2=forest,… or the names alone, in the order of their values.",
    ),
    "help_model": Text(
        es="Arquitectura: lenet, compact, resnet18, resnet34, resnet50, vgg11, vgg13 o vgg16 (también con _bn) o unet; o "
        "una propia, como paquete.modulo:Red.",
        en="Architecture: lenet, compact, resnet18, resnet34, resnet50, vgg11, vgg13 or vgg16 (also with _bn) or unet; "
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
    "network_of_scene": Text(
        es="{option} es para un modelo, y {file} es una escena. Quítelo.",
        en="{option} is for a run, and {file} is a scene. Leave it out.",
    ),
    "network_of_no_run": Text(
        es="{option} es para un modelo, y {file} no lo es. Quítelo.",
        en="{option} is for a run, and {file} is none. Leave it out.",
    ),
    "unknown_file": Text(
        es="{file} no es nada que convista conozca: ni escena, ráster de clases o carpeta de imágenes, ni polígonos o puntos, ni modelo, ni película, ni STAC. Como ráster: {reason}",
        en="{file} is nothing that convista knows: no scene, raster of classes or folder of images, no polygons or points, no run, no film, no STAC. As a raster: {reason}",
    ),
    "unknown_json": Text(
        es="{file} es JSON, pero no GeoJSON, ni STAC, ni una película de convista. Dé uno de estos, o el archivo del que habla.",
        en="{file} is JSON, but no GeoJSON, no STAC and no film of convista. Give one of these, or the file that it speaks of.",
    ),
    "unreadable_file": Text(
        es="No se puede leer {file}: {reason}. Compruebe que está entero y que puede leerlo.",
        en="{file} cannot be read: {reason}. Check that it is whole and that you may read it.",
    ),
    "help_out_run": Text(es="Carpeta para model.safetensors.", en="Folder for model.safetensors."),
    "help_out_study": Text(
        es="Carpeta para la tabla, la figura y los modelos.", en="Folder for the table, the picture and the models."
    ),
    "help_out_map": Text(es="GeoTIFF que se escribe.", en="GeoTIFF to write."),
    "help_out_film": Text(
        es="Archivo, cuya terminación decide el formato, o varios separados por comas; o carpeta. [por omisión: out/films]",
        en="File, whose ending decides the format, or several with commas between; or folder. [default: out/films]",
    ),
    "help_run_film": Text(
        es="Modelo propio (RUN): la película muestra qué hace su red en un lugar (--scene y --at) o con una imagen (--image).",
        en="A run of your own: the film shows what its network does at a place (--scene and --at) or on an image (--image).",
    ),
    "help_at_film": Text(
        es="Lugar del parche, en el CRS de la escena o en el de --crs.",
        en="Where the patch is, in the scene's CRS or in --crs.",
    ),
    "help_layer_film": Text(
        es="Capa de la red de RUN que se muestra, p. ej. conv1.",
        en="Layer of RUN's network to show, such as conv1.",
    ),
    "help_target_film": Text(
        es="Clase de cuya pérdida vuelve el error; si no se da, la que dice la red.",
        en="Class whose loss goes back; by default the one that the network says.",
    ),
    "help_format": Text(
        es="Formatos, en una carpeta: gif, mp4, webp, png, svg, html, json, srt, vtt, sheet (hoja de contactos).",
        en="Formats, in a folder: gif, mp4, webp, png, svg, html, json, srt, vtt, sheet (a contact sheet).",
    ),
    "help_image": Text(
        es="Imagen de la película: .npy, .csv, .png, .jpg o .tif, o sus números; con --bands, una banda de un ráster. En color donde la película toma bandas; si no, su brillo.",
        en="The film's image: .npy, .csv, .png, .jpg or .tif, or its numbers; with --bands, a band of a raster. In colours where the film takes bands, else its brightness.",
    ),
    "help_kernel": Text(
        es="Kernel: archivo, números como «1 0 -1; 2 0 -2; 1 0 -1», o sobel_x, laplacian_4, …",
        en="Kernel: a file, numbers as in “1 0 -1; 2 0 -2; 1 0 -1”, or sobel_x, laplacian_4, …",
    ),
    "help_scene_film": Text(es="Escena de la película.", en="The film's scene."),
    "help_datum": Text(
        es="Cualquier otro dato de la película, p. ej. --set stride=2 --set padding=same --set x=mapa.npy. Repetible.",
        en="Any other datum of the film, such as --set stride=2 --set padding=same --set x=map.npy. May be repeated.",
    ),
    "arg_name": Text(es="NOMBRE", en="NAME"),
    "arg_out": Text(es="ARCHIVO,…|CARPETA", en="FILE,…|FOLDER"),
    "arg_mask": Text(es="BANDA|ARCHIVO", en="BAND|FILE"),
    "arg_film": Text(es="NOMBRE|all", en="NAME|all"),
    "arg_matrix": Text(es="MATRIZ", en="MATRIX"),
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
    "help_layer": Text(
        es="Capa, p. ej. conv1; con --index. Con --gradient también input, o un parámetro, p. ej. conv1.weight.",
        en="Layer, such as conv1; with --index. With --gradient also input, or a parameter such as conv1.weight.",
    ),
    "help_index": Text(
        es="Posición en la salida de la capa, desde 0: canal, fila, columna.",
        en="Position in the layer's output, from 0: channel, row, column.",
    ),
    "help_gradient": Text(
        es="Explicar el gradiente de la pérdida respecto del valor, y no el valor.",
        en="Explain the gradient of the loss with respect to the value, not the value.",
    ),
    "help_target": Text(
        es="Con --gradient: la clase de cuya pérdida se trata; si no se da, la que dice la red.",
        en="With --gradient: the class whose loss is meant; by default the one that the network says.",
    ),
    "help_top": Text(
        es="Mostrar solo los términos mayores, tantos como se diga.", en="Show only the largest terms, this many."
    ),
    "help_size": Text(es="Píxeles: ancho x alto.", en="Pixels: width x height."),
    "help_theme": Text(es="Oscuro, o claro para imprimir.", en="Dark, or light for print."),
    "help_step": Text(
        es="Para .png y .svg: qué paso, contado desde 1 como en el reproductor. En .png, por defecto, el último.",
        en="For .png and .svg: which step, counted from 1 as in the player. In .png, by default the last.",
    ),
    "stage_read": Text(es="leyendo", en="reading"),
    "stage_study": Text(es="entrenamientos", en="trainings"),
    "stage_train": Text(es="entrenando", en="training"),
    "stage_evaluate": Text(es="evaluando", en="evaluating"),
    "stage_films": Text(es="haciendo películas", en="making films"),
    "stage_vectors": Text(es="escribiendo vectores", en="writing vectors"),
    "stage_map": Text(es="haciendo el mapa", en="mapping"),
    "measure_loss": Text(es="pérdida", en="loss"),
    "measure_epoch": Text(es="época", en="epoch"),
    "error": Text(es="Error: {error}", en="Error: {error}"),
    "note": Text(es="Nota: {note}", en="Note: {note}"),
    "out_of_memory": Text(
        es="La memoria de esta máquina no basta para el trabajo. Cierre otros programas, o dé una escena menor, parches más pequeños o menos bandas.",
        en="The memory of this machine is not enough for the work. Close other programs, or give a smaller scene, smaller patches or fewer bands.",
    ),
    "system_error": Text(
        es="El sistema no pudo completar el trabajo: {error}. Compruebe el disco y los permisos, y repita la orden.",
        en="The system could not complete the work: {error}. Check the disk and its permissions, and run it again.",
    ),
    "defect": Text(
        es="Esto es un defecto de convista: {kind}: {error}. Repita con --debug y comunique lo que aparezca.",
        en="This is a defect of convista: {kind}: {error}. Run it again with --debug and report what appears.",
    ),
    "stopped": Text(es="Detenido.", en="Stopped."),
    "stopped_early": Text(
        es="Detenido tras {done} de {epochs} épocas. Se guardó el mejor modelo hasta entonces: {path}.",
        en="Stopped after {done} of {epochs} epochs. The best model until then was saved: {path}.",
    ),
    "go_on_resume": Text(
        es="Para seguir, repita la orden con --resume.", en="To go on, repeat the command with --resume."
    ),
    "go_on_repeat": Text(es="Para seguir, repita la orden.", en="To go on, repeat the command."),
    "stopped_half_way": Text(
        es="Detenido. Para seguir desde la última época entera, repita la orden con --resume.",
        en="Stopped. To go on from the last whole epoch, repeat the command with --resume.",
    ),
    "help_labels_each": Text(
        es="Ráster de clases o de valores, o polígonos y puntos (GeoJSON, GeoPackage, Shapefile). De varias escenas, uno por cada una, en el mismo orden.",
        en="Raster of classes or of values, or polygons and points (GeoJSON, GeoPackage, Shapefile). Of several scenes one for each, in the same order.",
    ),
    "help_seeds_of_train": Text(
        es="Entrenar tantas veces, desde esta semilla y las siguientes; cada modelo en su carpeta seed-N, con media y dispersión.",
        en="Train this many times, from this seed and those after it; each run in its folder seed-N, with mean and spread.",
    ),
    "help_snapshots": Text(
        es="Guardar cada época los pesos de la primera convolución y su normalización, o los de estas capas.",
        en="Keep the weights of the first convolution and its normalisation after every epoch, or of these layers.",
    ),
    "help_tensorboard": Text(
        es="Registrar también para TensorBoard (extra tensorboard).",
        en="Log for TensorBoard, too (extra tensorboard).",
    ),
    "seed": Text(es="semilla {seed}", en="seed {seed}"),
    "mean_of_seeds": Text(es="media ± desviación de {count}", en="mean ± deviation of {count}"),
    "score_of_seeds": Text(
        es="en {samples} muestras apartadas{unit}, las mismas para todas las semillas:",
        en="on {samples} held-out samples{unit}, the same for every seed:",
    ),
    "saved_seeds": Text(
        es="en {folder}: seeds.csv, seeds.json y una carpeta por semilla con su modelo",
        en="in {folder}: seeds.csv, seeds.json and a folder for each seed with its model",
    ),
    "measure_seed": Text(es="semilla", en="seed"),
    "measure_mae": Text(es="MAE", en="MAE"),
    "measure_bias": Text(es="sesgo", en="bias"),
    "measure_expected_error": Text(es="ECE", en="ECE"),
    "no_datum_here": Text(
        es="En este lugar la escena no tiene dato y el mapa no tiene clase; lo que sigue es lo que diría la red. Lo oculta: {rules}.",
        en="At this place the scene has no datum and the map no class; what follows is what the network would say. What hides it: {rules}.",
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
    "layer_and_index": Text(
        es="--layer e --index van juntos: qué capa, y qué valor de ella.",
        en="--layer and --index go together: which layer, and which value of it.",
    ),
    "target_and_gradient": Text(
        es="--target es la clase de cuya pérdida se explica un gradiente. Añada --gradient, o quite --target.",
        en="--target is the class whose loss a gradient is explained of. Add --gradient, or leave out --target.",
    ),
    "no_class_of_values": Text(
        es="Este modelo da valores y no tiene la clase {target}. Pida el gradiente sin objetivo (--target): es el del valor.",
        en="This model gives values and has no class {target}. Ask for the gradient without a target (--target): it is the value's.",
    ),
    "value_is": Text(
        es="valor: {value} (lo que da la red, por {std} y más {mean})",
        en="value: {value} (what the network gives, times {std}, plus {mean})",
    ),
    "vote_value": Text(
        es="  {row:>6} {column:>6}  peso {weight}  {value}",
        en="  {row:>6} {column:>6}  weight {weight}  {value}",
    ),
    "target_is_value": Text(
        es="objetivo: lo que da la red en este lugar",
        en="target: what the network gives at this place",
    ),
    "target_is_here": Text(
        es="objetivo: la pérdida en este píxel si su clase fuera «{name}»",
        en="target: the loss at this pixel if its class were “{name}”",
    ),
    "target_is": Text(
        es="objetivo: la pérdida si la clase fuera «{name}»",
        en="target: the loss if the class were “{name}”",
    ),
    "target_untempered": Text(
        es=", con las salidas como se entrenaron (temperatura 1)",
        en=", of the outputs as they were trained (temperature 1)",
    ),
    "labels_and_scene": Text(
        es="--scene y --labels van juntos: la escena, y el ráster de clases en su malla.",
        en="--scene and --labels go together: the scene, and the raster of classes on its grid.",
    ),
    "probabilities": Text(es="probabilidades de las clases", en="probabilities of the classes"),
    "saved_run": Text(es="modelo: {path}", en="model: {path}"),
    "saved_map": Text(es="mapa: {path}", en="map: {path}"),
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
    "options_of_no_scene": Text(
        es="{options}: dicen cómo se abre una escena o un ráster, y aquí no hay ninguno. Quítelas, o dé --scene.",
        en="{options}: these say how a scene or a raster is opened, and there is none here. Leave them out, or give --scene.",
    ),
    "options_of_no_run": Text(
        es="{options}: dicen algo de un modelo propio, y no se ha dado ninguno. Dé --run RUN, o quítelas.",
        en="{options}: these say something of a run of your own, and none is given. Give --run RUN, or leave them out.",
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
        es="{file} tiene {count} bandas y {rows}×{columns} píxeles, y el modelo lee parches de {sides} con {bands}. Recorte la imagen; si es una escena, use --scene y --at.",
        en="{file} has {count} bands and {rows}×{columns} pixels, and the run reads patches of {sides} with {bands}. Cut the image; if it is a scene, use --scene and --at.",
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
    "unknown": Text(es="desconocido", en="unknown"),
    "fact_scene": Text(es="escena", en="scene"),
    "fact_rows": Text(es="filas", en="rows"),
    "fact_columns": Text(es="columnas", en="columns"),
    "fact_crs": Text(es="CRS", en="CRS"),
    "fact_pixel": Text(es="píxel", en="pixel"),
    "fact_pixel_on_ground": Text(es="píxel en el terreno, en metros", en="pixel on the ground, in metres"),
    "fact_bounds": Text(es="límites", en="bounds"),
    "fact_sensor": Text(es="sensor", en="sensor"),
    "fact_masks": Text(es="máscaras", en="masks"),
    "fact_bands": Text(es="bandas", en="bands"),
    "fact_class_raster": Text(es="ráster de clases", en="raster of classes"),
    "fact_few_values": Text(es="ráster de pocos valores, como de clases", en="raster of few values, as of classes"),
    "fact_values": Text(es="valores", en="values"),
    "fact_description": Text(es="descripción", en="description"),
    "fact_dtype": Text(es="tipo", en="type"),
    "fact_nodata": Text(es="sin dato", en="no data"),
    "fact_shapes": Text(es="polígonos, líneas o puntos", en="polygons, lines or points"),
    "fact_layers": Text(es="capas", en="layers"),
    "fact_stac_item": Text(es="STAC Item", en="STAC Item"),
    "fact_stac_collection": Text(es="STAC Collection", en="STAC Collection"),
    "fact_stac_catalog": Text(es="STAC Catalog", en="STAC Catalog"),
    "fact_version": Text(es="versión", en="version"),
    "fact_datetime": Text(es="fecha", en="date"),
    "fact_collection": Text(es="colección", en="collection"),
    "fact_bbox": Text(es="límites", en="bounds"),
    "fact_assets": Text(es="archivos (assets)", en="assets"),
    "fact_members": Text(es="miembros", en="members"),
    "fact_film": Text(es="película", en="film"),
    "fact_title": Text(es="título", en="title"),
    "fact_steps": Text(es="pasos", en="steps"),
    "fact_seconds": Text(es="segundos", en="seconds"),
    "fact_size": Text(es="tamaño", en="size"),
    "fact_language": Text(es="idioma", en="language"),
    "fact_theme": Text(es="tema", en="theme"),
    "fact_images": Text(es="imágenes por clases", en="images by classes"),
    "fact_count": Text(es="imágenes", en="images"),
    "fact_channels": Text(es="bandas", en="bands"),
    "fact_checkpoint": Text(
        es="entrenamiento sin terminar (se sigue con --resume)", en="unfinished training (--resume goes on)"
    ),
    "fact_files": Text(es="archivos", en="files"),
    "fact_seeds": Text(es="entrenamientos con varias semillas", en="trainings with several seeds"),
    "fact_numbers": Text(es="semillas", en="seeds"),
    "fact_samples": Text(es="muestras de prueba", en="test samples"),
    "fact_scores": Text(es="puntuación", en="scores"),
    "fact_study": Text(es="estudio", en="study"),
    "fact_data": Text(es="datos", en="data"),
    "fact_runs": Text(es="modelos", en="runs"),
    "fact_vectors": Text(es="tabla de vectores", en="table of vectors"),
    "fact_table": Text(es="tabla", en="table"),
    "fact_snapshots": Text(es="pesos de cada época", en="weights of each epoch"),
    "fact_epochs": Text(es="épocas", en="epochs"),
    "fact_weights": Text(es="pesos", en="weights"),
    "fact_model": Text(es="modelo", en="model"),
    "fact_task": Text(es="tarea", en="task"),
    "fact_patch": Text(es="parche", en="patch"),
    "fact_parameters": Text(es="parámetros", en="parameters"),
    "fact_classes": Text(es="clases", en="classes"),
    "fact_temperature": Text(es="temperatura", en="temperature"),
    "fact_thresholds": Text(es="umbrales", en="thresholds"),
    "demo_simulated": Text(
        es="La escena es simulada: un paisaje inventado, con su verdad conocida.",
        en="The scene is simulated: an invented landscape, whose truth is known.",
    ),
    "class": Text(es="clase", en="class"),
    "samples": Text(es="muestras", en="samples"),
    "score": Text(
        es="en {samples} muestras apartadas{unit}, con intervalos del 95 %:",
        en="on {samples} held-out samples{unit}, with intervals of 95 %:",
    ),
    "score_train": Text(
        es="en {samples} muestras de las que aprendió{unit}, con intervalos del 95 %:",
        en="on {samples} samples that it learned from{unit}, with intervals of 95 %:",
    ),
    "score_validation": Text(
        es="en {samples} muestras apartadas para validación{unit}, con intervalos del 95 %:",
        en="on {samples} samples held out for validation{unit}, with intervals of 95 %:",
    ),
    "score_all": Text(
        es="datos independientes del entrenamiento: en todas sus {samples} muestras{unit}, con intervalos del 95 %:",
        en="data independent of the training: on all of their {samples} samples{unit}, with intervals of 95 %:",
    ),
    "some_independent": Text(
        es="El modelo no aprendió de {scenes}: se puntúa todo, y de las demás escenas la parte de prueba.",
        en="The model did not learn from {scenes}: all of that is scored, and of the other scenes the test part.",
    ),
    "data_overlap": Text(
        es="Hasta el {share} % del terreno es también el de una escena del entrenamiento, con otros píxeles (otra fecha, otra malla): del lugar no son independientes.",
        en="Up to {share} % of the ground is also that of a scene of the training, with other pixels (another date, another grid): of the place they are not independent.",
    ),
    "data_shared": Text(
        es="El {share} % de los píxeles son los de una escena del entrenamiento: quedan fuera, con los parches que los leen.",
        en="{share} % of the pixels are those of a scene of the training: they are left out, with the patches that read them.",
    ),
    "assumed_independent": Text(
        es="El modelo es de una versión que no guardaba de qué datos es: que estos son otros no se puede comprobar.",
        en="The run is of a version that did not keep which data it is of: that these are others cannot be checked.",
    ),
    "mean_over": Text(es="{name} ({classes} de {all})", en="{name} ({classes} of {all})"),
    "absent_classes": Text(
        es="F1 macro e IoU media son medias de las clases con muestras; sin ninguna: {names}",
        en="macro-F1 and mean IoU are means over the classes with samples; without any: {names}",
    ),
    "unknown_class": Text(es="{name} (no la conoce)", en="{name} (not known)"),
    "unknown_classes": Text(
        es="de clases que el modelo no conoce, y fuera de todos los números: {names}",
        en="of classes that the model does not know, and in none of the numbers: {names}",
    ),
    "no_interval": Text(
        es="sin intervalos: todas las muestras son de un mismo bloque, y no se sabe cuánto varían entre bloques",
        en="no intervals: all samples are of one block, and how much they vary between blocks is not known",
    ),
    "no_baselines": Text(
        es="sin líneas base: el modelo no guarda las de su entrenamiento, y ajustarlas a estos datos haría trampa",
        en="no baselines: the run does not keep those of its training, and to fit them on these data would be cheating",
    ),
    "expected_error": Text(
        es="error esperado de la confianza: {after} puntos, y {before} sin la temperatura de {temperature} que se ajustó en validación",
        en="expected error of the confidence: {after} points, and {before} without the temperature of {temperature} fitted on validation",
    ),
    "thresholds": Text(
        es="se dice desde la probabilidad que da en validación el mejor F1: {said}",
        en="said from the probability with the best F1 on validation: {said}",
    ),
    "threshold_was": Text(
        es="«{name}» se dice desde una probabilidad del {at} %",
        en="“{name}” is said from a probability of {at} % on",
    ),
    "at": Text(es="temperatura {temperature}", en="temperature {temperature}"),
    "network": Text(es="la red", en="the network"),
    "baseline_majority": Text(es="responder siempre lo mismo", en="always the same answer"),
    "baseline_linear": Text(es="modelo lineal de media y desviación", en="linear model of mean and deviation"),
    "measure_accuracy": Text(es="exactitud", en="accuracy"),
    "measure_macro_f1": Text(es="F1 macro", en="macro-F1"),
    "measure_precision": Text(es="precisión", en="precision"),
    "measure_recall": Text(es="exhaustividad", en="recall"),
    "measure_f1": Text(es="F1", en="F1"),
    "measure_mean_iou": Text(es="IoU media", en="mean IoU"),
    "measure_iou": Text(es="IoU", en="IoU"),
    "measure_r2": Text(es="R²", en="R²"),
    "measure_rmse": Text(es="RMSE", en="RMSE"),
    "file_scene_tif": Text(es="la escena simulada", en="the simulated scene"),
    "file_labels_tif": Text(es="sus clases verdaderas", en="its true classes"),
    "file_map_tif": Text(
        es="el mapa de clases, un GeoTIFF optimizado para la nube",
        en="the map of classes, a Cloud Optimized GeoTIFF",
    ),
    "file_map_png": Text(es="escena, etiquetas y mapa, lado a lado", en="scene, labels and map, side by side"),
    "file_model_safetensors": Text(
        es="la red entrenada, con lo que su uso necesita", en="the trained network, with all that its use needs"
    ),
    "file_report_json": Text(
        es="exactitud, F1, matriz de confusión, línea base, división",
        en="accuracy, F1, confusion matrix, baseline, split",
    ),
    "file_conv1_gif": Text(
        es="película de la primera convolución sobre un parche real",
        en="a film of the first convolution, on a patch of the scene",
    ),
    "file_explanation_txt": Text(
        es="por qué ese parche tiene esa clase, de la clase al píxel",
        en="why that patch has that class, from the class down to a pixel",
    ),
}
