"""What click, the command-line library, says by itself: its English words as they stand in it, and the Spanish ones."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "usage": Text(es="Uso:", en="Usage:"),
    "options": Text(es="Opciones", en="Options"),
    "commands": Text(es="Órdenes", en="Commands"),
    "help": Text(es="Mostrar esta ayuda y terminar.", en="Show this message and exit."),
    "required": Text(es="obligatorio", en="required"),
    "default": Text(es="por defecto: {default}", en="default: {default}"),
    "try": Text(es="Vea '{command} {option}'.", en="Try '{command} {option}' for help."),
    "error": Text(es="Error: {message}", en="Error: {message}"),
    "missing_argument": Text(es="Falta el argumento", en="Missing argument"),
    "missing_option": Text(es="Falta la opción", en="Missing option"),
    "missing_command": Text(es="Falta la orden.", en="Missing command."),
    "no_command": Text(es="No hay ninguna orden {name!r}.", en="No such command {name!r}."),
    "no_option": Text(es="No hay ninguna opción {name!r}.", en="No such option {name!r}."),
    "did_you_mean": Text(es="¿Quiso decir {possibility}?", en="Did you mean {possibility}?"),
    "did_you_mean_one": Text(
        es="(¿Quiso decir una de estas?: {possibilities})", en="(Did you mean one of: {possibilities}?)"
    ),
    "invalid": Text(es="Valor no válido: {message}", en="Invalid value: {message}"),
    "invalid_for": Text(
        es="Valor no válido para {param_hint}: {message}", en="Invalid value for {param_hint}: {message}"
    ),
    "not_a": Text(es="{value!r} no es {number_type}.", en="{value!r} is not a valid {number_type}."),
    "not_in_range": Text(es="{value} no está en el intervalo {range}.", en="{value} is not in the range {range}."),
    "not_choice": Text(es="{value!r} no es {choice}.", en="{value!r} is not {choice}."),
    "not_choices": Text(es="{value!r} no es ninguno de {choices}.", en="{value!r} is not one of {choices}."),
    "extra_argument": Text(es="Sobra un argumento ({args})", en="Got unexpected extra argument ({args})"),
    "extra_arguments": Text(es="Sobran argumentos ({args})", en="Got unexpected extra arguments ({args})"),
}
