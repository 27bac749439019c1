"""``convista train``: from labelled data to a run, or to several that differ by their seed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from convista.cli.commands import described, everywhere
from convista.cli.options.training import asked_training, training_options
from convista.language import say

if TYPE_CHECKING:
    from convista.learning import Run, Seeds

FIRST = ""
"""``--snapshots`` without layers: the first."""


@click.command(
    "train",
    **described("cli.train.help", "cli.train.short"),
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.train.help_out"))
@training_options
@click.option("--seed", type=int, default=0, show_default=True, help=say("cli.options.help_seed"))
@click.option("--seeds", type=click.IntRange(min=2), help=say("cli.train.help_seeds"))
@click.option("--resume", is_flag=True, help=say("cli.train.help_resume"))
@click.option(
    "--snapshots", is_flag=False, flag_value=FIRST, metavar="L1,L2,…", help=say("cli.train.help_snapshots")
)
@click.option("--tensorboard", is_flag=True, help=say("cli.train.help_tensorboard"))
@everywhere
def command(out: Path, seed: int, seeds: int | None, snapshots: str | None, **options: Any) -> None:
    """Train, save the run or the runs, and print the score on the part held out."""
    from convista.cli.output.progress import shown
    from convista.cli.output.scores import end_interrupted
    from convista.learning import processes, train, train_seeds
    from convista.learning.fitting.checkpoint import NAME as CHECKPOINT
    from convista.learning.runs.storage import FILE

    source, keywords = asked_training(**options)
    keywords |= {"out": out, "pictures": True}
    if snapshots is not None:
        keywords["snapshots"] = True if snapshots == FIRST else snapshots.split(",")
    try:
        with shown() as progress:
            if seeds is None:
                made: Run | Seeds = train(source, seed=seed, progress=progress, **keywords)
            else:
                which = range(seed, seed + seeds)
                made = train_seeds(source, seeds=which, progress=progress, **keywords)
    except KeyboardInterrupt:
        if any(out.rglob(CHECKPOINT)) or any(out.glob(f"*/{FILE}")):
            end_interrupted(say("cli.train.stopped_half_way"))
        raise
    if not processes.rank():
        _tell(made, out)


def _tell(made: Run | Seeds, out: Path) -> None:
    """Print the score and where everything lies; of a training that was cut short, how to go on."""
    from convista.cli.output.scores import end_if_interrupted, score_table, seeds_table
    from convista.learning import Run

    one = made if isinstance(made, Run) else made.interrupted
    if one is not None:
        end_if_interrupted(one, say("cli.train.go_on_resume"))
    if isinstance(made, Run):
        click.echo(score_table(made))
        click.echo(say("cli.train.saved_run", path=made.source))
        click.echo(say("cli.train.saved_beside", folder=out))
    else:
        click.echo(seeds_table(made))
        click.echo(say("cli.train.saved_seeds", folder=out))
