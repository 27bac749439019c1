"""Which files a film is written to: what ``--out`` and ``--format`` say together."""

from __future__ import annotations

from pathlib import Path

from convista.errors import ConvistaError

FilmFile = tuple[Path, bool]
"""A file, and whether it is a contact sheet."""
USUAL = ("gif",)
SHEET = "sheet"


def files_asked(name: str, out: str, formats: tuple[str, ...]) -> list[FilmFile]:
    """Return the files of a film.

    A name with the ending of a medium is a file, and several may stand with commas between; any other is a folder
    for files that are called as the film.

    Raises
    ------
    ConvistaError
        If a file is to be of another format than its ending says, or files and folders stand together.
    """
    from convista.films.export.medium import WHOLE

    paths = [Path(part.strip()) for part in out.split(",")]
    if not any(path.suffix.lower() in WHOLE for path in paths[:-1]):
        paths = [Path(out)]  # a comma in the name of a folder
    endings = [path.suffix.lower() for path in paths]
    if len(paths) == 1 and (not endings[0] or (formats and endings[0] not in WHOLE)):
        return in_folder(name, paths[0], formats)
    if unknown := [path for path, ending in zip(paths, endings, strict=True) if ending not in WHOLE]:
        raise ConvistaError("cli.film.no_film_file", files=", ".join(map(str, unknown)), endings=", ".join(WHOLE))
    of_format = {"png" if each == SHEET else each for each in formats}
    if formats and (of_format != {ending[1:] for ending in endings} or len(formats) > len(paths)):
        raise ConvistaError("cli.film.format_and_ending", out=out, formats=", ".join(formats))
    return [(path, SHEET in formats and ending == ".png") for path, ending in zip(paths, endings, strict=True)]


def in_folder(name: str, folder: Path, formats: tuple[str, ...]) -> list[FilmFile]:
    """Return the files of a film in a folder."""
    return [
        (folder / (f"{name}-{SHEET}.png" if ending == SHEET else f"{name}.{ending}"), ending == SHEET)
        for ending in formats or USUAL
    ]
