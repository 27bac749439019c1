"""``convista film``: a film of the chapter, as a file."""

from __future__ import annotations

from pathlib import Path

import click

from convista.cli.commands import everywhere
from convista.cli.sources import frame_size
from convista.language import say


@click.command(
    "film", options_metavar=say("cli.arg_options"), help=say("cli.help_film"), short_help=say("cli.short_film")
)
@click.argument("name", metavar=say("cli.arg_name"))
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.help_out_film"))
@click.option("--size", metavar="WxH", default="960x540", show_default=True, help=say("cli.help_size"))
@click.option("--theme", type=click.Choice(["dark", "light"]), default="dark", help=say("cli.help_theme"))
@click.option("--step", type=click.IntRange(min=0), help=say("cli.help_step"))
@everywhere
def command(name: str, out: Path, size: str, theme: str, step: int | None) -> None:
    """Make the film and say where it is."""
    from convista.chapter import film

    film(name, size=frame_size(size), theme=theme).save(out, step=step)
    click.echo(say("cli.saved_film", path=out))
