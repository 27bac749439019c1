"""``convista train``: from labelled data to a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from convista.cli.commands import everywhere
from convista.cli.trainings import asked_training, training_options
from convista.language import say


@click.command(
    "train", options_metavar=say("cli.arg_options"), help=say("cli.help_train"), short_help=say("cli.short_train")
)
@click.argument("data", metavar=say("cli.arg_data"))
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.help_out_run"))
@training_options
@click.option("--seed", type=int, default=0, show_default=True, help=say("cli.help_seed"))
@click.option("--resume", is_flag=True, help=say("cli.help_resume"))
@everywhere
def command(data: str, out: Path, **options: Any) -> None:
    """Train, save the run, and print the score on the part held out."""
    from convista.cli.progress import shown
    from convista.cli.report import score_table, stop_if_interrupted
    from convista.learning import processes, train

    source, keywords = asked_training(data, **options)
    with shown() as progress:
        run = train(source, out=out, pictures=True, progress=progress, **keywords)
    if processes.rank():
        return
    stop_if_interrupted(run, out)
    click.echo(score_table(run))
    click.echo(say("cli.saved_run", path=out / "model.safetensors"))
    click.echo(say("cli.saved_beside", folder=out))
