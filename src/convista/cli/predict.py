"""``convista predict``: from a run and a scene to a map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from convista.cli.commands import everywhere
from convista.cli.sources import open_asked, scene_options
from convista.language import say


@click.command(
    "predict",
    options_metavar=say("cli.arg_options"),
    help=say("cli.help_predict"),
    short_help=say("cli.short_predict"),
)
@click.argument("run", metavar="RUN")
@click.argument("scene", metavar=say("cli.arg_scene"))
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.help_out_map"))
@click.option("--stride", type=click.IntRange(min=1), help=say("cli.help_stride"))
@click.option("--by-name", is_flag=True, help=say("cli.help_by_name"))
@scene_options
@everywhere
def command(run: str, scene: str, out: Path, stride: int | None, by_name: bool, **options: Any) -> None:
    """Map the scene and say where the map is."""
    from convista.cli.progress import shown
    from convista.learning import open_run
    from convista.mapping import predict

    with shown() as progress:
        predict(open_run(run), open_asked(scene, **options), out, stride=stride, by_name=by_name, progress=progress)
    click.echo(say("cli.saved_map", path=out))
