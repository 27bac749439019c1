"""What `convista demo` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "short": Text(
        es="Todo el camino: escena, red, mapa y explicación.",
        en="The whole road: scene, network, map, explanation.",
    ),
    "help": Text(
        es="Recorre todo el camino: abre una escena, entrena una red, hace el mapa y explica uno de sus valores. Sin "
        "--scene usa una escena simulada.",
        en="Go the whole road: open a scene, train a network, make the map and explain one of its values. Without "
        "--scene a simulated scene is used.",
    ),
    "wants_raster": Text(
        es="La demostración compara píxel a píxel y pide un ráster de etiquetas, no {labels}. Con polígonos, use convista train y convista predict.",
        en="The demonstration compares pixel by pixel and wants a raster of labels, not {labels}. With polygons, use convista train and convista predict.",
    ),
    "help_scene": Text(
        es="Escena propia en lugar de la simulada; necesita --labels.",
        en="A scene of your own instead of the simulated one; needs --labels.",
    ),
    "help_out": Text(
        es="Carpeta de resultados.  [por defecto: out/demo]", en="Folder of results.  [default: out/demo]"
    ),
    "help_labels": Text(
        es="Ráster de clases o de valores, o polígonos y puntos (GeoJSON, GeoPackage, Shapefile).",
        en="Raster of classes or of values, or polygons and points (GeoJSON, GeoPackage, Shapefile).",
    ),
    "go_on_repeat": Text(es="Para seguir, repita la orden.", en="To go on, repeat the command."),
    "labels_and_scene": Text(
        es="--scene y --labels van juntos: la escena, y el ráster de clases en su malla.",
        en="--scene and --labels go together: the scene, and the raster of classes on its grid.",
    ),
    "simulated": Text(
        es="La escena es simulada: un paisaje inventado, con su verdad conocida.",
        en="The scene is simulated: an invented landscape, whose truth is known.",
    ),
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
