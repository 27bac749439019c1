"""``convista evaluate``: the score of a run on a part of the data it was trained on."""

from __future__ import annotations

import json
from typing import Any

import click

from convista.cli.commands import everywhere
from convista.cli.labelling import labelled, samples_options
from convista.cli.sources import open_named, run_options, scene_options
from convista.language import say

PARTS = ("train", "validation", "test")


@click.command(
    "evaluate",
    options_metavar=say("cli.arg_options"),
    help=say("cli.help_evaluate"),
    short_help=say("cli.short_evaluate"),
)
@click.argument("run", metavar="RUN")
@samples_options
@click.option("--part", type=click.Choice(PARTS), default="test", show_default=True, help=say("cli.help_part"))
@click.option("--symmetries", is_flag=True, help=say("cli.help_symmetries"))
@click.option("--by-name", is_flag=True, help=say("cli.help_by_name"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.help_json"))
@run_options
@scene_options
@everywhere
def command(
    run: str,
    data: tuple[str, ...],
    labels: tuple[str, ...],
    part: str,
    symmetries: bool,
    by_name: bool,
    as_json: bool,
    model: str | None,
    trust: bool,
    **options: Any,
) -> None:
    """Score the run and print the report."""
    from convista.cli.progress import shown
    from convista.cli.report import table_of
    from convista.learning import evaluate

    opened = open_named(run, model, trust)
    options["attribute"] = options["attribute"] or opened.record.get("attribute")
    source, truth = labelled(data, labels, values=opened.task == "regression", run=opened, **options)
    with shown() as progress:
        report = evaluate(
            opened,
            source,
            labels=truth,
            part=part,
            by_name=by_name,
            symmetries=symmetries,
            progress=progress,
        )
    unit = opened.target.unit if opened.target else None
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else table_of(report, unit))
