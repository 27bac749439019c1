"""What `chapter` says: the sections, what each film is about, and what there is not."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "section_a": Text(es="Imágenes, parches, filtros", en="Images, patches, filters"),
    "section_b": Text(es="Convolución", en="Convolution"),
    "section_c": Text(es="Activaciones", en="Activations"),
    "section_d": Text(es="Pooling", en="Pooling"),
    "section_e": Text(es="Aplanado y capas densas", en="Flatten and dense"),
    "section_f": Text(es="Aprendizaje", en="Learning"),
    "film_conv_step_by_step": Text(
        es="Un kernel recorre una imagen: cada producto, cada suma y qué significa su signo.",
        en="A kernel slides over an image: every product, every sum, and what its sign means.",
    ),
    "no_such_film": Text(
        es="No hay ninguna película «{name}». Las más parecidas: {near}.",
        en="There is no film “{name}”. The nearest names: {near}.",
    ),
    "no_such_data": Text(
        es="La película «{name}» no toma {unknown}. Toma: {takes}.",
        en="The film “{name}” does not take {unknown}. It takes: {takes}.",
    ),
}
