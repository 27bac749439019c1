"""``convista film``: a film of the chapter, or all of them, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from convista.cli.commands import described, everywhere
from convista.cli.filming.own import Own, own_options
from convista.cli.filming.telling import Telling, telling_options
from convista.cli.options.sources import frame_size, open_asked, scene_options
from convista.errors import ConvistaError
from convista.language import say

FORMATS = ("gif", "mp4", "webp", "png", "svg", "html", "json", "srt", "vtt", "md", "sheet")


class FilmCommand(click.Command):
    """The command, whose help after the name of a film tells what that film takes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember which film is meant, before ``--help`` is answered."""
        asked, _, _ = self.make_parser(ctx).parse_args(list(args))
        ctx.meta["film"] = asked.get("name")
        return super().parse_args(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the film is about and what it takes; without a name, what the command does."""
        name = ctx.meta.get("film")
        if not isinstance(name, str) or name == "all":
            super().format_help_text(ctx, formatter)
            return
        from convista.cli.filming.help import write_help

        write_help(name, formatter)


def _formats(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Read formats given once or more, each perhaps several with commas between."""
    asked = tuple(dict.fromkeys(part.strip().lower() for text in given for part in text.split(",")))
    if unknown := [name for name in asked if name not in FORMATS]:
        raise ConvistaError("cli.film.no_such_format", unknown=", ".join(unknown), formats=", ".join(FORMATS))
    return asked


@click.command(
    "film",
    cls=FilmCommand,
    **described("cli.film.help", "cli.film.short"),
)
@click.argument("name", metavar=say("cli.film.arg_film"))
@click.option("--out", default="out/films", metavar=say("cli.film.arg_out"), help=say("cli.film.help_out"))
@click.option(
    "--format", "formats", multiple=True, metavar="F,…", callback=_formats, help=say("cli.film.help_format")
)
@click.option("--size", metavar="WxH", default="960x540", show_default=True, help=say("cli.film.help_size"))
@click.option("--theme", type=click.Choice(["dark", "light"]), default="dark", help=say("cli.film.help_theme"))
@click.option("--step", type=click.IntRange(min=1), help=say("cli.film.help_step"))
@click.option("--image", metavar=say("cli.options.arg_file"), help=say("cli.film.help_image"))
@click.option("--kernel", metavar=say("cli.film.arg_matrix"), help=say("cli.film.help_kernel"))
@click.option("--scene", metavar=say("cli.options.arg_file"), help=say("cli.film.help_scene"))
@click.option("--set", "others", multiple=True, metavar="X=…", help=say("cli.film.help_datum"))
@telling_options
@own_options
@scene_options
@everywhere
def command(
    name: str,
    out: str,
    formats: tuple[str, ...],
    size: str,
    theme: str,
    step: int | None,
    image: str | None,
    kernel: str | None,
    scene: str | None,
    others: tuple[str, ...],
    telling: Telling,
    own: Own,
    **opening: Any,
) -> None:
    """Make the films, going on past one that fails, and say where they are."""
    from convista.catalogue import film, film_names, find
    from convista.cli.filming.data import image_data, matrix, refuse_opening, settings
    from convista.cli.filming.many import Order, make_all, step_of
    from convista.cli.filming.targets import files_asked, in_folder

    takes = {} if name == "all" else find(name).data
    data = settings(others, takes)
    own.check()
    if scene is None and image is None:
        refuse_opening(opening)
    if kernel is not None:
        data["kernel"] = matrix("kernel", kernel)
    shown = {"size": frame_size(size), "theme": theme, **telling.shown()}
    if name == "all":
        given = {"image": image, "scene": scene, "run": own.run}
        if data := data | {key: value for key, value in given.items() if value is not None}:
            raise ConvistaError("cli.film.data_for_all", data=", ".join(data))
        if telling.cues is not None:
            raise ConvistaError("cli.film.cues_for_all")
        telling.check(in_folder(name, Path(out), formats), step)
        orders = [Order(each, in_folder(each, Path(out), formats), step, shown) for each in film_names()]
        make_all(orders)
        return
    files = files_asked(name, out, formats)
    telling.check(files, step)
    if own.run is not None:
        data |= own.data(name, scene, image, opening)
    elif image is not None:
        data |= image_data(image, takes, opening)
    if own.run is None and scene is not None:
        data["scene"] = open_asked(scene, **opening)
    made = telling.timed(film(name, **shown | data), shown)
    place = step_of(made, step)
    for target, sheet in files:
        target.parent.mkdir(parents=True, exist_ok=True)
        made.save(target, step=place, sheet=sheet)
        click.echo(say("cli.film.saved_film", path=target))
