"""What is said of files that could not be written."""

from convista.language import Text

TABLE: dict[str, Text] = {
    "not_written": Text(
        es="No se puede escribir {path}: {reason}. {remedy}.",
        en="{path} cannot be written: {reason}. {remedy}.",
    ),
    "remedy_full": Text(
        es="Libere espacio en el disco y repita la orden.",
        en="Free some space on the disk and give the command again.",
    ),
    "remedy_too_large": Text(
        es="Ese disco, o un límite de su cuenta, no admite un archivo tan grande; elija otro disco.",
        en="That disk, or a limit of your account, takes no file so large; choose another disk.",
    ),
    "remedy_denied": Text(
        es="Compruebe que puede escribir ahí y que ningún otro programa tiene abierto el archivo, o elija otra carpeta.",
        en="See that you may write there and that no other program has the file open, or choose another folder.",
    ),
    "remedy_read_only": Text(
        es="Ese disco solo se puede leer; elija una carpeta de otro.",
        en="That disk can only be read; choose a folder on another.",
    ),
    "remedy_long_name": Text(es="Elija un nombre más corto.", en="Choose a shorter name."),
    "remedy_gone": Text(
        es="No existe esa carpeta; créela y repita la orden, o elija otra.",
        en="There is no such folder; make it and give the command again, or choose another.",
    ),
    "remedy_other": Text(
        es="Compruebe el disco, o elija otra carpeta.", en="Check the disk, or choose another folder."
    ),
}
