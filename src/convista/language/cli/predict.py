"""What `convista predict` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "short": Text(es="Hace el mapa de una escena entera.", en="Map a whole scene."),
    "help": Text(
        es="Hace con un RUN el mapa de clases de una escena entera: un GeoTIFF optimizado para la nube, en la misma malla.",
        en="Make the class map of a whole scene with a RUN: a Cloud Optimized GeoTIFF on the scene's own grid.",
    ),
    "help_embeddings": Text(
        es="En lugar de las clases, los vectores con que la red decide: una banda por número, float32.",
        en="In place of the classes, the vectors that the network decides by: a band for each number, float32.",
    ),
    "approximated": Text(
        es="Aproximación: en el centro de la escena las respuestas se apartan de las de cada parche hasta en {largest}, y otra "
        "salida es la mayor en el {other} % de los lugares.",
        en="Approximation: in the middle of the scene answers depart from those of each patch by up to {largest}, and "
        "another output is the largest at {other} % of the places.",
    ),
    "precision_was": Text(es="precisión: {precision}", en="precision: {precision}"),
    "help_probabilities": Text(
        es="Escribir además las probabilidades de las clases, la entropía y el margen, en bytes o en coma flotante.",
        en="Also write the probabilities of the classes, entropy and margin, as bytes or as floating-point numbers.",
    ),
    "help_polygons": Text(
        es="Escribir además un GeoPackage de polígonos con clase, área en el terreno en m² y confianza media.",
        en="Also write a GeoPackage of polygons with class, area on the ground in m² and mean confidence.",
    ),
    "scheduler_or_workers": Text(
        es="--scheduler reparte el mapa en un clúster y --workers en esta máquina. Dé uno de los dos.",
        en="--scheduler shares the map out in a cluster, --workers on this machine. Give one of them.",
    ),
    "help_approximate": Text(
        es="Evaluar de forma densa también una red con relleno, de modo aproximado.",
        en="Evaluate a network with padding densely too, approximately.",
    ),
    "help_scheduler": Text(
        es="Repartir el trabajo en un clúster de Dask: la dirección de su planificador.",
        en="Share the work on a Dask cluster: the address of its scheduler.",
    ),
    "help_shard": Text(
        es="Calcular solo la parte i de n (desde 1); después las une convista mosaic.",
        en="Compute only part i of n (from 1); convista mosaic joins them afterwards.",
    ),
    "not_a_shard": Text(
        es="«{text}» no es una parte. Escriba i/n, por ejemplo 2/4.",
        en="“{text}” is not a part. Write i/n, for example 2/4.",
    ),
    "saved_shard": Text(es="partes del mapa: {path}", en="parts of the map: {path}"),
    "threshold_was": Text(
        es="«{name}» se dice desde una probabilidad del {at} %",
        en="“{name}” is said from a probability of {at} % on",
    ),
}
