"""``convista train``: from a labelled scene, or a folder of class folders, to a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from convista.cli.commands import everywhere
from convista.cli.sources import open_asked, scene_options
from convista.language import say


@click.command("train", help=say("cli.help_train"), short_help=say("cli.short_train"))
@click.argument("data", metavar=say("cli.arg_data"))
@click.option("--labels", metavar="FILE", help=say("cli.help_labels"))
@click.option("--model", default="lenet", show_default=True, help=say("cli.help_model"))
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.help_out_run"))
@click.option("--patch", type=click.IntRange(min=1), help=say("cli.help_patch"))
@click.option("--label-rule", type=click.Choice(["centre", "majority"]), help=say("cli.help_label_rule"))
@click.option("--epochs", type=click.IntRange(min=1), help=say("cli.help_epochs"))
@click.option("--seed", type=int, default=0, show_default=True, help=say("cli.help_seed"))
@scene_options
@everywhere
def command(data: str, labels: str | None, model: str, out: Path, **options: Any) -> None:
    """Train, save the run, and print the score on the part held out."""
    from convista.cli.progress import shown
    from convista.cli.report import print_report

    scene_keys = ("bands", "sensor", "scale", "offset", "nodata")
    scene_given = {key: options.pop(key) for key in scene_keys}
    chosen = {key: value for key, value in options.items() if value is not None}
    from convista.learning import train

    source: Any = data
    if labels is not None:
        source = open_asked(data, **scene_given)
    with shown() as progress:
        run = train(source, model, labels=labels, out=out, progress=progress, **chosen)
    print_report(run)
    click.echo(say("cli.saved_run", path=out / "model.safetensors"))
