"""``convista embed``: the vectors of the patches of a scene, or of images, as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from convista.cli.commands import described, everywhere
from convista.cli.options.applicability import Kind, check_effective, kinds_of
from convista.cli.options.resuming import resumable
from convista.cli.options.sources import open_for, open_named, restart_option, run_options, scene_options
from convista.language import number, say

if TYPE_CHECKING:
    from convista.mapping import Embedded


@click.command(
    "embed",
    **described("cli.embed.help", "cli.embed.short"),
)
@click.argument("run", metavar="RUN")
@click.argument("source", metavar=say("cli.embed.arg_source"))
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.embed.help_out"))
@click.option("--stride", type=click.IntRange(min=1), help=say("cli.embed.help_stride"))
@click.option("--clusters", type=int, metavar="K", help=say("cli.embed.help_clusters"))
@click.option("--anomaly", is_flag=True, help=say("cli.embed.help_anomaly"))
@click.option("--against", type=click.Path(path_type=Path), metavar="TABLE", help=say("cli.embed.help_against"))
@click.option("--least", type=float, default=0.9, show_default=True, help=say("cli.embed.help_least"))
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help=say("cli.options.help_seed"))
@click.option("--skip-bad", is_flag=True, help=say("cli.options.help_skip_bad"))
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, show_default=True, help=say("cli.options.help_workers")
)
@restart_option
@click.option("--by-name", is_flag=True, help=say("cli.options.help_by_name"))
@run_options
@scene_options
@everywhere
def command(
    run: str,
    source: str,
    out: Path,
    stride: int | None,
    clusters: int | None,
    anomaly: bool,
    against: Path | None,
    least: float,
    seed: int,
    skip_bad: bool,
    workers: int,
    restart: bool,
    by_name: bool,
    model: str | None,
    trust: bool,
    **options: Any,
) -> None:
    """Write the table and the maps; list the clusters and the strangest patches."""
    from convista.cli.output.progress import shown
    from convista.learning import open_images
    from convista.mapping import embed

    kinds = kinds_of([source], [], values=False)
    check_effective(kinds)
    named = open_named(run, model, trust)
    opened: Any
    if Kind.IMAGES in kinds:
        del options["mask"]
        opened = open_images(source, **options)
    else:
        opened = open_for(named, source, **options)
    with resumable(out), shown() as progress:
        made = embed(
            named,
            opened,
            out,
            stride=stride,
            clusters=clusters,
            anomaly=anomaly,
            against=against,
            least=least,
            seed=seed,
            by_name=by_name,
            skip_bad=skip_bad,
            workers=workers,
            restart=restart,
            progress=progress,
        )
    _tell(made, opened)


def _tell(made: Embedded, source: Any) -> None:
    click.echo(say("cli.embed.embedded", patches=made.patches, numbers=made.numbers))
    for group in made.clusters:
        figures = {"number": f"{group.number:>3}", "share": number(100 * group.patches / made.patches, 1)}
        told = say("cli.embed.group", patches=group.patches, **figures)
        if group.commonest is not None:
            told += say("cli.embed.group_class", name=group.commonest, part=number(100 * group.share, 0))
        click.echo(told)
    if made.outliers:
        click.echo(say("cli.embed.strangest"))
    for strange in made.outliers:
        click.echo(f"{number(strange.anomaly, 3):>7}  {_place(strange.place, source)}")
    click.echo(say("cli.embed.saved_table", path=made.path))
    for path in made.maps:
        click.echo(say("cli.output.saved_map", path=path))


def _place(place: Any, scene: Any) -> str:
    """Write where a patch is: its middle in the scene's CRS, or its file."""
    if isinstance(place, str):
        return place
    x, y = scene.grid.coordinates(place.row + place.height // 2, place.column + place.width // 2)
    return f"{x:.10g},{y:.10g}"
