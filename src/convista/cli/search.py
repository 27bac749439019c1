"""``convista search``: places most like a given one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from convista.cli.commands import described, everywhere
from convista.cli.options.resuming import resumable
from convista.cli.options.sources import (
    computing_options,
    open_for,
    open_named,
    point,
    restart_option,
    run_options,
    scene_options,
)
from convista.language import number, say


@click.command(
    "search",
    **described("cli.search.help", "cli.search.short"),
)
@click.argument("run", metavar="RUN")
@click.argument("scene", metavar=say("cli.options.arg_scene"))
@click.option("--at", "place", metavar="X,Y", required=True, help=say("cli.options.help_at"))
@click.option("--crs", help=say("cli.options.help_crs"))
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.search.help_out"))
@click.option("--stride", type=click.IntRange(min=1), help=say("cli.options.help_stride"))
@click.option(
    "--top", type=click.IntRange(min=1), default=20, show_default=True, help=say("cli.search.help_places")
)
@computing_options
@restart_option
@click.option("--by-name", is_flag=True, help=say("cli.options.help_by_name"))
@run_options
@scene_options
@everywhere
def command(
    run: str,
    scene: str,
    place: str,
    crs: str | None,
    out: Path,
    stride: int | None,
    top: int,
    precision: str,
    device: str,
    workers: int,
    restart: bool,
    by_name: bool,
    model: str | None,
    trust: bool,
    **options: Any,
) -> None:
    """Write the heat map and the places, and list the most similar ones."""
    from convista.cli.output.progress import shown
    from convista.mapping import check_asked, search

    check_asked(out, precision, device, stride)
    opened = open_named(run, model, trust)
    imagery = open_for(opened, scene, **options)
    x, y = point(place)
    with resumable(out), shown() as progress:
        places = search(
            opened,
            imagery,
            x,
            y,
            out,
            crs=crs,
            stride=stride,
            top=top,
            precision=precision,
            device=device,
            by_name=by_name,
            workers=workers,
            restart=restart,
            progress=progress,
        )
    for found in places:
        middle = found.window.row + found.window.height // 2, found.window.column + found.window.width // 2
        there = imagery.grid.coordinates(*middle)
        click.echo(f"{number(found.similarity, 3):>7}  {there[0]:.10g},{there[1]:.10g}")
    click.echo(say("cli.output.saved_map", path=out))
    click.echo(say("cli.search.saved_places", path=out.with_suffix(".geojson")))
