"""What `convista films` says."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "short": Text(es="Lista las películas.", en="List the films."),
    "help": Text(
        es="Lista las películas por secciones del capítulo, cada una con lo que muestra.",
        en="List the films by sections of the chapter, each with what it shows.",
    ),
    "help_json": Text(es="La lista como JSON.", en="The list as JSON."),
}
