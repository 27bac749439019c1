"""``convista film``: a film of the chapter, or all of them, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from convista.cli.commands import everywhere
from convista.cli.sources import frame_size, open_asked, scene_options
from convista.errors import ConvistaError
from convista.language import say

FORMATS = ("gif", "mp4", "webp", "png", "svg", "html", "json", "srt", "vtt", "sheet")


def _formats(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Read formats given once or more, each perhaps several with commas between."""
    asked = tuple(dict.fromkeys(part.strip().lower() for text in given for part in text.split(",")))
    if unknown := [name for name in asked if name not in FORMATS]:
        raise ConvistaError("cli.no_such_format", unknown=", ".join(unknown), formats=", ".join(FORMATS))
    return asked


@click.command(
    "film", options_metavar=say("cli.arg_options"), help=say("cli.help_film"), short_help=say("cli.short_film")
)
@click.argument("name", metavar=say("cli.arg_film"))
@click.option("--out", type=click.Path(path_type=Path), default=Path("out/films"), help=say("cli.help_out_film"))
@click.option("--format", "formats", multiple=True, metavar="F,…", callback=_formats, help=say("cli.help_format"))
@click.option("--size", metavar="WxH", default="960x540", show_default=True, help=say("cli.help_size"))
@click.option("--theme", type=click.Choice(["dark", "light"]), default="dark", help=say("cli.help_theme"))
@click.option("--step", type=click.IntRange(min=0), help=say("cli.help_step"))
@click.option("--image", metavar=say("cli.arg_file"), help=say("cli.help_image"))
@click.option("--kernel", metavar=say("cli.arg_matrix"), help=say("cli.help_kernel"))
@click.option("--scene", metavar=say("cli.arg_file"), help=say("cli.help_scene_film"))
@click.option("--set", "others", multiple=True, metavar="X=…", help=say("cli.help_datum"))
@scene_options
@everywhere
def command(
    name: str,
    out: Path,
    formats: tuple[str, ...],
    size: str,
    theme: str,
    step: int | None,
    image: str | None,
    kernel: str | None,
    scene: str | None,
    others: tuple[str, ...],
    **options: Any,
) -> None:
    """Make the films, going on past one that fails, and say where they are."""
    from convista.cli.film_data import matrix, settings
    from convista.cli.film_making import Order, make_all

    data = settings(others)
    data |= {key: matrix(key, text) for key, text in (("image", image), ("kernel", kernel)) if text is not None}
    if scene is not None:
        data["scene"] = open_asked(scene, **options)
    shown: dict[str, Any] = {"size": frame_size(size), "theme": theme}
    if name == "all":
        if data:
            raise ConvistaError("cli.data_for_all", data=", ".join(data))
        from convista.chapter import film_names

        make_all([Order(film, _targets(film, out, formats), step, shown) for film in film_names()])
        return
    from convista.chapter import film

    made = film(name, **shown | data)
    # A name with an ending is a file; else it is a folder for files named after the film.
    for target, sheet in _targets(name, out, formats) if formats or not out.suffix else [(out, False)]:
        target.parent.mkdir(parents=True, exist_ok=True)
        made.save(target, step=step, sheet=sheet)
        click.echo(say("cli.saved_film", path=target))


def _targets(name: str, folder: Path, formats: tuple[str, ...]) -> list[tuple[Path, bool]]:
    """Return the files of a film in a folder, and whether each is a contact sheet."""
    return [
        (folder / (f"{name}-sheet.png" if ending == "sheet" else f"{name}.{ending}"), ending == "sheet")
        for ending in formats or ("gif",)
    ]
