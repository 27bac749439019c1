"""``convista activations``: what a layer makes of a whole scene."""

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
    position,
    restart_option,
    run_options,
    scene_options,
)
from convista.language import say


@click.command(
    "activations",
    **described("cli.activations.help", "cli.activations.short"),
)
@click.argument("run", metavar="RUN")
@click.argument("scene", metavar=say("cli.options.arg_scene"))
@click.option("--layer", metavar="L", required=True, help=say("cli.activations.help_layer"))
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.options.help_out_map"))
@click.option("--channels", metavar="C1,C2,…", help=say("cli.activations.help_channels"))
@click.option("--overlap", type=float, default=0.25, show_default=True, help=say("cli.options.help_overlap"))
@computing_options
@restart_option
@click.option("--by-name", is_flag=True, help=say("cli.options.help_by_name"))
@run_options
@scene_options
@everywhere
def command(
    run: str,
    scene: str,
    layer: str,
    out: Path,
    channels: str | None,
    overlap: float,
    precision: str,
    device: str,
    workers: int,
    restart: bool,
    by_name: bool,
    model: str | None,
    trust: bool,
    **options: Any,
) -> None:
    """Map the layer's channels and say where the map is."""
    from convista.cli.output.progress import shown
    from convista.mapping import check_asked, map_activations

    check_asked(out, precision, device, overlap=overlap)
    chosen = None if channels is None else position(channels)
    opened = open_named(run, model, trust)
    with resumable(out), shown() as progress:
        made = map_activations(
            opened,
            open_for(opened, scene, **options),
            layer,
            out,
            channels=chosen,
            overlap=overlap,
            precision=precision,
            device=device,
            by_name=by_name,
            workers=workers,
            restart=restart,
            progress=progress,
        )
    click.echo(say("cli.output.saved_map", path=made))
