"""What `convista embed` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "short": Text(
        es="Guarda los vectores de los parches, en grupos.", en="Write the vectors of patches, in clusters."
    ),
    "help": Text(
        es="Escribe en GeoParquet el vector con que la red de RUN decide cada parche de FUENTE: una escena, o una carpeta con "
        "carpetas de imágenes. Los puede juntar en grupos, y decir cuánto se aparta cada uno de los demás.",
        en="Write as GeoParquet the vector by which RUN's network decides each patch of SOURCE: a scene, or a folder with "
        "folders of images. It can put them into clusters, and say how far each lies from the others.",
    ),
    "arg_source": Text(es="FUENTE", en="SOURCE"),
    "help_out": Text(
        es="Tabla, .parquet; los mapas de una escena van al lado.",
        en="Table, .parquet; the maps of a scene lie beside it.",
    ),
    "help_stride": Text(
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
        es="{patches} {patches:parche|parches}, vectores de {numbers} {numbers:número|números}",
        en="{patches} {patches:patch|patches}, vectors of {numbers} {numbers:number|numbers}",
    ),
    "group": Text(
        es="grupo {number} {patches:>7} {patches:parche |parches}  {share} %",
        en="cluster {number} {patches:>7} {patches:patch  |patches}  {share} %",
    ),
    "group_class": Text(es="  {name} en el {part} %", en="  {name} in {part} %"),
    "strangest": Text(es="los que más se apartan:", en="farthest from the others:"),
    "saved_table": Text(es="tabla: {path}", en="table: {path}"),
}
