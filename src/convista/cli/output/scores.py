"""The score of a run, as a table for people and as a file for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from convista.language import number, say
from convista.tables import aligned
from convista.whole_file import write_file

if TYPE_CHECKING:
    from convista.learning import Run, Seeds

MEASURES = ("accuracy", "macro_f1", "mean_iou", "r2", "rmse")
"""Totals of a report, as far as a task has them."""
AVERAGES = ("macro_f1", "mean_iou")
"""Those of them that are means over classes."""
INTERRUPTED = 130
"""Exit code of what Ctrl-C ended."""


def end_if_interrupted(run: Run, go_on: str) -> None:
    """End the command, as Ctrl-C asks, if the training was cut short; say first what is kept, and how to go on."""
    record = run.record
    if record["interrupted"]:
        done, epochs = len(record["epochs"]), record["recipe"]["epochs"]
        end_interrupted(say("cli.output.stopped_early", done=done, epochs=epochs, path=run.source) + " " + go_on)


def end_interrupted(said: str) -> NoReturn:
    """End the command with the exit code of Ctrl-C, and with these words in place of the usual ones.

    Raises
    ------
    Exit
        Always.
    """
    click.echo(said, err=True)
    raise click.exceptions.Exit(INTERRUPTED)


def write_report(run: Run, path: Path) -> None:
    """Write score, split and training of a run as JSON."""
    record = dict(run.record)
    facts: dict[str, Any] = {**record.pop("report"), "model": run.architecture, "patch": run.patch}
    for name in ("split", "data", "baselines"):  # the report has the first; the others are for programs alone
        record.pop(name)
    write_file(path, json.dumps({**facts, "training": record}, ensure_ascii=False, indent=2) + "\n")


def score_table(run: Run) -> str:
    """Write the score of a run on the part held out, see `table_of`."""
    return table_of(run.record["report"], run.task.target.unit if run.task.target else None)


def seeds_table(seeds: Seeds) -> str:
    """Write the scores of several seeds as aligned text: each, their mean with its spread, and the baselines."""
    summary, target = seeds.summary(), seeds.runs[0].task.target
    unit = target.unit if target else None
    scores, count = summary["scores"], len(summary["seeds"])
    rows = [["", *(heading(name, summary) for name in scores)]]
    for n, seed in enumerate(summary["seeds"]):
        rows.append([say("cli.output.seed", seed=seed), *(number(one["each"][n], 3) for one in scores.values())])
    spread = (f"{number(one['mean'], 3)} ± {number(one['spread'], 3)}" for one in scores.values())
    rows.append([say("cli.output.mean_of_seeds", count=count), *spread])
    for baseline, numbers in summary["baselines"].items():
        told = (number(numbers[name], 3) if name in numbers else "" for name in scores)
        rows.append([say(f"cli.output.baseline_{baseline}"), *told])
    head = say("cli.output.score_of_seeds", samples=summary["samples"], unit=f" ({unit})" if unit else "")
    return "\n".join([head, *aligned(rows), *absent_classes(summary)])


def table_of(report: dict[str, Any], unit: str | None = None) -> str:
    """Write scores as aligned text: totals with intervals beside the baselines, then each class."""
    names = [name for name in MEASURES if name in report]
    rows = [["", *(heading(name, report) for name in names)]]
    rows.append([say("cli.output.network"), *(_with_interval(report, name) for name in names)])
    for baseline, numbers in report["baselines"].items():
        rows.append([say(f"cli.output.baseline_{baseline}"), *(number(numbers[name], 3) for name in names)])
    lines = [*_data(report, unit), *aligned(rows), *_reservations(report), *_calibration(report)]
    if "per_class" in report:
        measures = [name for name in ("precision", "recall", "f1", "iou") if name in report["per_class"][0]]
        classes = [
            [
                say("cli.output.class"),
                *(say(f"cli.output.measure_{name}") for name in measures),
                say("cli.output.samples"),
            ]
        ]
        classes += [
            [
                one["name"],
                *(number(one[name], 3) if one["support"] else "–" for name in measures),
                str(one["support"]),
            ]
            for one in report["per_class"]
        ]
        classes += [
            [say("cli.output.unknown_class", name=one["name"]), *("–" for _ in measures), str(one["samples"])]
            for one in report.get("unknown_classes", [])
        ]
        lines += ["", *aligned(classes)]
    return "\n".join(lines)


def heading(name: str, report: Mapping[str, Any]) -> str:
    """Name a number; of a mean over classes say over how many it is, if some of them have no sample."""
    said = say(f"cli.output.measure_{name}")
    over = report.get("averaged_over")
    if over is None or not over["absent"] or name not in AVERAGES:
        return said
    return say("cli.output.mean_over", name=said, classes=over["classes"], all=over["all"])


def absent_classes(report: Mapping[str, Any]) -> list[str]:
    """Say which classes are in no mean, as they have no sample; nothing where all have some."""
    absent = report.get("averaged_over", {}).get("absent")
    return [say("cli.output.absent_classes", names=", ".join(absent))] if absent else []


def _data(report: dict[str, Any], unit: str | None) -> list[str]:
    """Say what was scored: which samples, and what they are to the run."""
    asked = {"samples": report["samples"], "unit": f" ({unit})" if unit else ""}
    lines = [say("cli.output.score" if report["part"] == "test" else f"cli.output.score_{report['part']}", **asked)]
    if "scenes" in report:
        others = ", ".join(one["scene"] for one in report["scenes"] if one["independent"])
        lines.insert(0, say("cli.output.some_independent", scenes=others))
    for name in ("overlap", "shared"):
        if name in report:
            lines.insert(0, say(f"cli.output.data_{name}", share=number(100 * report[name], 1)))
    if report.get("assumed"):
        lines.insert(0, say("cli.output.assumed_independent"))
    return lines


def _reservations(report: dict[str, Any]) -> list[str]:
    """Say what the numbers leave out."""
    lines = absent_classes(report)
    if unknown := [f"{one['name']} ({one['samples']})" for one in report.get("unknown_classes", [])]:
        lines.append(say("cli.output.unknown_classes", names=", ".join(unknown), count=len(unknown)))
    if not report["interval"]:
        lines.append(say("cli.output.no_interval"))
    if not report["baselines"]:
        lines.append(say("cli.output.no_baselines"))
    return ["", *lines] if lines else []


def _calibration(report: dict[str, Any]) -> list[str]:
    """Write what the validation part was used to calibrate, and what that did to the confidence."""
    lines = []
    if "calibration" in report:
        before, after = (number(100 * report[n]["expected_error"], 1) for n in ("uncalibrated", "calibration"))
        temperature = number(report["temperature"], 2)
        lines = ["", say("cli.output.expected_error", before=before, after=after, temperature=temperature)]
    if "thresholds" in report:
        said = ", ".join(f"{name} {number(100 * at, 1)} %" for name, at in report["thresholds"].items())
        lines += [*([] if lines else [""]), say("cli.output.thresholds", said=said)]
    return lines


def _with_interval(report: dict[str, Any], name: str) -> str:
    """Write a number, and the interval of 95 % where there is one."""
    written = number(report[name], 3)
    if name not in report["interval"]:
        return written
    low, high = (number(edge, 3) for edge in report["interval"][name])
    return f"{written} [{low}, {high}]"
