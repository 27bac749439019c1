"""``convista predict``: from a run and a scene to a map."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from convista.cli.commands import described, everywhere
from convista.cli.options.resuming import resumable
from convista.cli.options.sources import (
    computing_options,
    open_for,
    open_named,
    restart_option,
    run_options,
    scene_options,
)
from convista.errors import ConvistaError
from convista.language import number, say

STORED = ("uint8", "float32")


@click.command(
    "predict",
    **described("cli.predict.help", "cli.predict.short"),
)
@click.argument("run", metavar="RUN")
@click.argument("scene", metavar=say("cli.options.arg_scene"))
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.options.help_out_map"))
@click.option("--stride", type=click.IntRange(min=1), help=say("cli.options.help_stride"))
@click.option("--overlap", type=float, help=say("cli.options.help_overlap"))
@click.option("--probabilities", type=click.Choice(STORED), help=say("cli.predict.help_probabilities"))
@click.option("--embeddings", is_flag=True, help=say("cli.predict.help_embeddings"))
@click.option("--polygons", is_flag=True, help=say("cli.predict.help_polygons"))
@click.option("--approximate", is_flag=True, help=say("cli.predict.help_approximate"))
@computing_options
@click.option("--scheduler", metavar="ADDRESS", help=say("cli.predict.help_scheduler"))
@click.option("--shard", metavar="i/n", help=say("cli.predict.help_shard"))
@restart_option
@click.option("--by-name", is_flag=True, help=say("cli.options.help_by_name"))
@run_options
@scene_options
@everywhere
def command(
    run: str,
    scene: str,
    out: Path,
    stride: int | None,
    overlap: float | None,
    probabilities: Any,
    embeddings: bool,
    polygons: bool,
    precision: str,
    device: str,
    approximate: bool,
    workers: int,
    scheduler: str | None,
    shard: str | None,
    restart: bool,
    by_name: bool,
    model: str | None,
    trust: bool,
    **options: Any,
) -> None:
    """Map the scene and say where the map is; if that is cut short, say how to go on."""
    from convista.cli.output.progress import shown
    from convista.learning.tasks.binary import Binary
    from convista.mapping import approximation, as_map_model, check_asked, precision_of, predict

    part = None if shard is None else _part(shard)
    if scheduler and workers > 1:
        raise ConvistaError("cli.predict.scheduler_or_workers")
    check_asked(out, precision, device, stride, overlap, approximate)
    asked = as_map_model(open_named(run, model, trust))
    imagery = open_for(asked, scene, **options)
    if approximate:
        asked.check(imagery, by_name)
        apart = approximation(asked, imagery, stride, embeddings=embeddings)
        figures = {"largest": number(apart.largest, 4), "other": number(100 * apart.disagreeing, 2)}
        click.echo(say("cli.predict.approximated", **figures), err=True)
    with resumable(out), shown() as progress:
        made = predict(
            asked,
            imagery,
            out,
            stride=stride,
            overlap=overlap,
            probabilities=probabilities,
            polygons=polygons,
            embeddings=embeddings,
            precision=precision,
            device=device,
            approximate=approximate,
            by_name=by_name,
            workers=scheduler or workers,
            shard=part,
            restart=restart,
            progress=progress,
        )
    if precision == "auto" and part is None:
        click.echo(say("cli.predict.precision_was", precision=precision_of(made)))
    if asked.run is not None and isinstance(asked.run.task, Binary):
        name, at = asked.run.classes[1].name, number(100 * asked.threshold, 1)
        click.echo(say("cli.predict.threshold_was", name=name, at=at))
    click.echo(say("cli.output.saved_map" if part is None else "cli.predict.saved_shard", path=made))


def _part(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    if not found:
        raise ConvistaError("cli.predict.not_a_shard", text=text)
    return int(found[1]), int(found[2])
