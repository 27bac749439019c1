"""``convista evaluate``: the score of a run, on the data of its training or on others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from convista.cli.commands import described, everywhere
from convista.cli.options.labels import labelled, samples_options
from convista.cli.options.sources import open_named, run_options, scene_options
from convista.language import say
from convista.whole_file import write_file

PARTS = ("train", "validation", "test")


@click.command(
    "evaluate",
    **described("cli.evaluate.help", "cli.evaluate.short"),
)
@click.argument("run", metavar="RUN")
@samples_options
@click.option("--part", type=click.Choice(PARTS), help=say("cli.evaluate.help_part"))
@click.option("--independent", is_flag=True, help=say("cli.evaluate.help_independent"))
@click.option("--symmetries", is_flag=True, help=say("cli.evaluate.help_symmetries"))
@click.option("--by-name", is_flag=True, help=say("cli.options.help_by_name"))
@click.option("--skip-bad", is_flag=True, help=say("cli.options.help_skip_bad"))
@click.option("--out", type=click.Path(path_type=Path), help=say("cli.evaluate.help_out"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.options.help_json"))
@run_options
@scene_options
@everywhere
def command(
    run: str,
    data: tuple[str, ...],
    labels: tuple[str, ...],
    part: str | None,
    independent: bool,
    symmetries: bool,
    by_name: bool,
    skip_bad: bool,
    out: Path | None,
    as_json: bool,
    model: str | None,
    trust: bool,
    **options: Any,
) -> None:
    """Score the run and print the report."""
    from convista.cli.output.progress import shown
    from convista.cli.output.scores import table_of
    from convista.learning import evaluate

    opened = open_named(run, model, trust)
    options["attribute"] = options["attribute"] or opened.record.get("attribute")
    source, truth = labelled(data, labels, values=opened.task.labels_are_values, run=opened, **options)
    with shown() as progress:
        report = evaluate(
            opened,
            source,
            labels=truth,
            part=part,
            independent=independent,
            by_name=by_name,
            skip_bad=skip_bad,
            symmetries=symmetries,
            out=out,
            progress=progress,
        )
    table = table_of(report, opened.task.target.unit if opened.task.target else None)
    if out is not None:
        write_file(out / "report.txt", table + "\n")
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else table)
    if out is not None:
        click.echo(say("cli.evaluate.saved_report", folder=out), err=as_json)
