"""``convista mosaic``: from the parts of a map to the map."""

from __future__ import annotations

from pathlib import Path

import click

from convista.cli.commands import described, everywhere
from convista.language import say


@click.command(
    "mosaic",
    **described("cli.mosaic.help", "cli.mosaic.short"),
)
@click.argument("out", metavar=say("cli.mosaic.arg_map"), type=click.Path(path_type=Path))
@click.argument("folders", metavar=say("cli.mosaic.arg_folders"), nargs=-1, type=click.Path(path_type=Path))
@everywhere
def command(out: Path, folders: tuple[Path, ...]) -> None:
    """Join the parts and say where the map is."""
    from convista.cli.output.progress import shown
    from convista.mapping import mosaic

    with shown() as progress:
        made = mosaic(out, folders, progress=progress)
    click.echo(say("cli.output.saved_map", path=made[0]))
