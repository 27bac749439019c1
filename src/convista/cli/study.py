"""``convista study``: one question, answered by many trainings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from convista.cli.commands import described, everywhere
from convista.cli.options.sources import names_option
from convista.cli.options.training import asked_training, training_options
from convista.language import number, say
from convista.tables import aligned


@click.group(
    "study",
    subcommand_metavar=say("cli.options.arg_command"),
    **described("cli.study.help", "cli.study.short"),
)
@everywhere
def command() -> None:
    """Be the group."""


@command.command(
    "pooling",
    **described("cli.study.help_pooling", "cli.study.short_pooling"),
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.study.help_out"))
@training_options
@names_option("--poolings", "P1,P2,…", say("cli.study.help_poolings"))
@click.option("--seeds", type=click.IntRange(min=1), default=3, show_default=True, help=say("cli.study.help_seeds"))
@everywhere
def pooling(out: Path, poolings: list[str] | None, seeds: int, **options: Any) -> None:
    """Train with every pooling and seed; print a table, and save it and a picture beside the runs."""
    from convista.cli.output.progress import shown
    from convista.learning.studies.picture import draw_study
    from convista.learning.studies.study import study_pooling, write_trials

    source, keywords = asked_training(**options)
    try:
        with shown() as progress:
            trials = study_pooling(source, out=out, poolings=poolings, seeds=seeds, progress=progress, **keywords)
    except KeyboardInterrupt:
        click.echo(say("cli.study.study_cut_short", folder=out), err=True)
        raise
    click.echo(study_table(trials))
    saved = (write_trials(trials, out / "pooling.csv"), draw_study(trials, out / "pooling.png"))
    click.echo(say("cli.study.saved_study", table=saved[0], picture=saved[1], folder=out))


def study_table(trials: list[Any]) -> str:
    """Write what each pooling came to, and whether the networks have as many parameters."""
    from convista.cli.output.scores import absent_classes, heading
    from convista.learning.studies.study import outcomes

    found = outcomes(trials)
    measures = list(found[0].scores)
    report = {"averaged_over": trials[0].averaged_over or {"absent": []}}
    heads = [
        *(heading(name, report) for name in measures),
        say("cli.study.parameters"),
        say("cli.study.seconds_an_epoch"),
    ]
    rows = [[say("cli.study.pooling"), *heads]]
    for one in found:
        scores = [_with_spread(*one.scores[name]) for name in measures]
        rows.append([one.pooling, *scores, str(one.parameters), number(one.seconds, 2)])
    seeds = len({trial.seed for trial in trials})
    lines = [say("cli.study.study_of", seeds=seeds, precision=trials[0].precision), *aligned(rows)]
    lines += absent_classes(report)
    if len({one.parameters for one in found}) > 1:
        lines += ["", say("cli.study.parameters_differ")]
    return "\n".join(lines)


def _with_spread(mean: float, spread: float | None) -> str:
    return number(mean, 4) if spread is None else f"{number(mean, 4)} ± {number(spread, 4)}"
