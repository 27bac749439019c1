"""The score of a run, as a table for people and as a file for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from convista.language import number, say

if TYPE_CHECKING:
    from convista.learning import Run


def stop_if_interrupted(run: Run, out: Path) -> None:
    """End the command, as Ctrl-C asks, if the training was cut short; say first that the best so far is kept.

    Raises
    ------
    KeyboardInterrupt
        If it was.
    """
    record = run.record
    if record["interrupted"]:
        done, epochs = len(record["epochs"]), record["recipe"]["epochs"]
        click.echo(say("cli.stopped_early", done=done, epochs=epochs, path=out / "model.safetensors"), err=True)
        raise KeyboardInterrupt


def write_report(run: Run, path: Path) -> None:
    """Write score, split and training of a run as JSON."""
    record = dict(run.record)
    facts: dict[str, Any] = {**record.pop("report"), "model": run.architecture, "patch": run.patch}
    record.pop("split")  # the report has it
    path.write_text(
        json.dumps({**facts, "training": record}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


def score_table(run: Run) -> str:
    """Write the scores of a run as aligned text: the totals beside the baseline, then each class."""
    report = run.record["report"]
    base = report["baseline"]
    rows = [
        [say("cli.class"), say("cli.precision"), say("cli.recall"), "F1", say("cli.samples")],
        *(
            [c["name"], *(number(c[key], 3) for key in ("precision", "recall", "f1")), str(c["support"])]
            for c in report["per_class"]
        ),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    table = [
        "  ".join([f"{row[0]:<{widths[0]}}", *(f"{c:>{w}}" for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    ]
    figures = {
        "samples": report["samples"],
        "accuracy": number(report["accuracy"], 3),
        "macro_f1": number(report["macro_f1"], 3),
        "base_accuracy": number(base["accuracy"], 3),
        "base_f1": number(base["macro_f1"], 3),
        "base_class": base["class"],
    }
    return "\n".join(
        [say("cli.score", **figures), say("cli.baseline", **figures), *("  " + line for line in table)]
    )
