"""A study of poolings: the same network trained with each of them, several times over."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import mean, median, stdev
from typing import Any, NamedTuple

import torch

from convista.errors import ConvistaError
from convista.learning.data.sources import Data
from convista.learning.fitting import checkpoint
from convista.learning.fitting.recipe import renamed
from convista.learning.fitting.specification import OPTIONS, Specification, specify
from convista.learning.progress import Progress, silent
from convista.learning.runs import storage
from convista.learning.runs.fields import Field, parsed
from convista.learning.runs.run import Run, open_run
from convista.learning.training import run_training
from convista.models import create_model
from convista.models.pooling import WINDOWS
from convista.whole_file import write_file

COMPARED: Mapping[str, Sequence[str]] = {"lenet": tuple(WINDOWS)}
"""The poolings that a study compares where nobody names them: LeNet's are of windows, those of others …"""
COMPARED_MAPS = ("average", "max", "mixed", "pyramid", "blocks")
"""… of their last maps."""
ARGUMENTS = "study.json"


class MeanAndSpread(NamedTuple):
    """The mean over several seeds, and their standard deviation; None of one alone."""

    mean: float
    spread: float | None


@dataclass(frozen=True)
class Trial:
    """What one training of a study came to."""

    pooling: str
    seed: int
    parameters: int
    scores: Mapping[str, float]
    """The numbers of the test part that the task is judged by."""
    seconds: float
    """Of the median epoch, validation included."""
    epochs: int
    precision: str
    averaged_over: Mapping[str, Any] | None = None
    """Of the means over classes, see `metrics.averaged_over`."""


@dataclass(frozen=True)
class Outcome:
    """What a pooling came to over all seeds."""

    pooling: str
    parameters: int
    scores: Mapping[str, MeanAndSpread]
    seconds: float
    """The median of its trainings."""


def study_pooling(
    data: Data,
    model: str = "lenet",
    *,
    out: str | Path,
    poolings: Sequence[str] | None = None,
    seeds: int = 3,
    options: Mapping[str, Any] | None = None,
    progress: Progress = silent,
    **arguments: Any,
) -> list[Trial]:
    """Train one architecture with each of its poolings, and score every training on the test part.

    Seeds take turns: every pooling is trained with the first before any is with the second, so that whatever else
    the machine does meets all of them. All use the precision of the first.

    Parameters
    ----------
    data
        As in `train`.
    model
        An architecture with a choice ``pool``.
    out
        Folder for the runs, ``POOLING/seed-N/model.safetensors``. A study that was cut off goes on from there, in
        the middle of a training too, if it is called with the same arguments.
    poolings
        Values of ``pool``; None for those of windows in LeNet, else those of whole maps that take any size.
    seeds
        How many: 0, 1 …
    options
        The architecture's other choices.
    **arguments
        All else that `train` takes.

    Returns
    -------
    The trainings, in the order in which they were made.

    Raises
    ------
    ConvistaError
        As `train`, and if the folder has a study with other arguments.
    KeyboardInterrupt
        If interrupted.
    """
    folder = Path(out)
    poolings = list(dict.fromkeys(poolings or COMPARED.get(model, COMPARED_MAPS)))
    options = {**OPTIONS.get(model, {}), **(options or {})}
    for pooling in poolings:  # a mistake in the last of them should not show after hours
        with torch.device("meta"):
            create_model(model, 1, 2, patch=arguments.get("patch") or 64, **options | {"pool": pooling})
    if seeds < 1:
        raise ConvistaError("learning.number_not_positive", name="seeds", value=seeds)
    specification = specify(data, model, options=options | {"pool": poolings[0]}, seed=0, **arguments)
    _keep_arguments(folder, {"data": _named(data), "model": model, "options": options, **arguments})
    trials: list[Trial] = []
    for seed in range(seeds):
        for pooling in poolings:
            own = replace(specification, options=options | {"pool": pooling}, seed=seed)
            if trials:
                own = replace(own, recipe=replace(own.recipe, precision=trials[0].precision))
            run = _trained(own, folder / pooling / f"seed-{seed}", progress)
            trials.append(_trial(run, pooling, seed))
            progress("study", len(trials), seeds * len(poolings))
    return trials


def outcomes(trials: Sequence[Trial]) -> list[Outcome]:
    """Return what each pooling came to, in the order of their first trainings."""
    found = []
    for pooling in dict.fromkeys(trial.pooling for trial in trials):
        own = [trial for trial in trials if trial.pooling == pooling]
        scores = {name: _figure([trial.scores[name] for trial in own]) for name in own[0].scores}
        seconds = median(trial.seconds for trial in own)
        found.append(Outcome(pooling, own[0].parameters, scores, seconds))
    return found


def write_trials(trials: Sequence[Trial], path: Path) -> Path:
    """Write a line a training as CSV, whole or not at all, and return the file."""
    rows = [asdict(trial) for trial in trials]
    nested = {"scores", "averaged_over"}
    plain = [{name: value for name, value in row.items() if name not in nested} | row["scores"] for row in rows]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(plain[0]))
    writer.writeheader()
    writer.writerows(plain)
    return write_file(path, text.getvalue())


def _trained(specification: Specification, folder: Path, progress: Progress) -> Run:
    """Return the run in a folder; where it is not finished, train it."""
    file = storage.run_file(folder)
    if file.exists() and not file.with_name(checkpoint.NAME).exists():
        return open_run(file, specification.model)
    run = run_training(specification, out=folder, resume=True, progress=progress)
    if run.record["interrupted"]:
        raise KeyboardInterrupt
    return run


def _trial(run: Run, pooling: str, seed: int) -> Trial:
    report = run.record["report"]
    return Trial(
        pooling,
        seed,
        run.record["parameters"],
        {name: report[name] for name in report["baselines"]["linear"]},
        median(epoch["seconds"] for epoch in run.record["epochs"]),
        len(run.record["epochs"]),
        run.record["precision"],
        report.get("averaged_over"),
    )


def _figure(values: Sequence[float]) -> MeanAndSpread:
    return MeanAndSpread(mean(values), stdev(values) if len(values) > 1 else None)


def _keep_arguments(folder: Path, arguments: Mapping[str, Any]) -> None:
    """See that a folder is for this study, and write down in it what it is of."""
    now = json.loads(json.dumps(arguments, default=str))
    file = folder / ARGUMENTS
    if file.exists():
        try:
            before = renamed(Field(file, "", parsed(file.read_text(encoding="utf-8"))).members())
        except ValueError as error:
            raise storage.damaged(file, error) from error
        if other := sorted(name for name in now.keys() | before.keys() if now.get(name) != before.get(name)):
            raise ConvistaError(
                "learning.studies.other_study", folder=folder, names=", ".join(other), count=len(other)
            )
        return
    with storage.prepared(folder):
        write_file(file, json.dumps(now, indent=2, ensure_ascii=False) + "\n")


def _named(data: Data) -> str:
    """Write what data are, without what differs from one opening to the next."""
    several = [data] if not isinstance(data, list | tuple) else data
    return ", ".join(str(getattr(one, "source", one)) for one in several)
