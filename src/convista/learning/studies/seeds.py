"""The same training from several seeds: how much of a score is chance."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from convista.errors import ConvistaError
from convista.language import listed
from convista.learning import processes
from convista.learning.data.sources import Data
from convista.learning.fitting.checkpoint import check_none
from convista.learning.fitting.specification import shows_arguments, specify
from convista.learning.progress import Progress, silent
from convista.learning.runs.run import Run
from convista.learning.training import run_training
from convista.whole_file import write_file

NAME = "seeds"
"""Of the summary's files, ``seeds.csv`` and ``seeds.json``."""
SCORES = ("accuracy", "macro_f1", "mean_iou", "r2", "rmse", "mae", "bias")
"""Numbers of a report that are summed up, where it has them; and the expected error of the confidence."""
SHARED = ("part", "samples", "averaged_over", "baselines")
"""What all reports have alike."""


@dataclass(frozen=True, repr=False)
class Seeds:
    """Runs that differ by their seed alone. Made by `train_seeds`."""

    runs: tuple[Run, ...]
    """Those that are finished, in the order of their seeds."""
    interrupted: Run | None = None
    """The one that Ctrl-C cut short, after which there are no others."""

    def __repr__(self) -> str:
        if not self.runs:
            return "<Seeds: no run is finished>"
        summary = self.summary()
        scores = (f"{name} {s['mean']:.3f} ± {s['spread']:.3f}" for name, s in summary["scores"].items())
        seeds = listed(summary["seeds"])
        return f"<Seeds {seeds} of {self.runs[0].architecture}: {', '.join(scores)}>"

    def summary(self) -> dict[str, Any]:
        """Sum up the finished runs, as JSON can hold it.

        Returns
        -------
        ``seeds``; ``scores``: for each number of the reports ``each``, ``mean`` and ``spread``, the standard
        deviation of a sample (n − 1; 0 of a single run); ``best_epoch`` and ``seconds`` of each; ``part``,
        ``samples``, ``averaged_over`` and ``baselines``, which all have alike.
        """
        reports = [run.record["report"] for run in self.runs]
        columns = {name: [report[name] for report in reports] for name in SCORES if name in reports[0]}
        if "calibration" in reports[0]:
            columns["expected_error"] = [report["calibration"]["expected_error"] for report in reports]
        return {
            "seeds": [run.record["seed"] for run in self.runs],
            "scores": {name: {"each": each, **_spread(each)} for name, each in columns.items()},
            "best_epoch": [run.record["best_epoch"] for run in self.runs],
            "seconds": [run.record["seconds"] for run in self.runs],
            **{name: reports[0][name] for name in SHARED if name in reports[0]},
        }


@shows_arguments("seed")
def train_seeds(
    data: Data,
    model: str = "lenet",
    *,
    seeds: Sequence[int] = (0, 1, 2),
    out: str | Path | None = None,
    resume: bool = False,
    progress: Progress = silent,
    **arguments: Any,
) -> Seeds:
    """Train the same network from each of several seeds, and score each on the same samples.

    Parameters
    ----------
    data, model
        As in `train`.
    seeds
        Each once.
    out
        Folder in which each run has its own, such as ``seed-0``, and a summary lies, ``seeds.csv`` and
        ``seeds.json``, up to date after each; None to save nothing.
    resume
        Whether runs of an earlier call that are finished are not made again, and the one that was cut off goes on.
    progress
        Told how far all of them are together.
    **arguments
        What else `train` takes.

    Raises
    ------
    ConvistaError
        As `train` does; if no seed is given, or one twice.
    KeyboardInterrupt
        If interrupted before the first epoch of a training; those before it are kept.
    """
    if not seeds or len(set(seeds)) < len(seeds):
        raise ConvistaError("learning.studies.seeds_once", seeds=", ".join(map(str, seeds)))
    if out is not None and not resume:
        for seed in seeds:
            check_none(seed_folder(out, seed))
    specification = specify(data, model, seed=seeds[0], **arguments)
    runs: list[Run] = []
    for number, seed in enumerate(seeds):
        own = None if out is None else seed_folder(out, seed)
        told = _part(progress, number, len(seeds), seed)
        run = run_training(replace(specification, seed=seed), out=own, resume=resume, progress=told)
        if run.record["interrupted"]:
            return Seeds(tuple(runs), run)
        runs.append(run)
        if out is not None and not processes.rank():
            write_summary(Seeds(tuple(runs)), Path(out))
    return Seeds(tuple(runs))


def seed_folder(out: str | Path, seed: int) -> Path:
    """Return the folder of the run of a seed."""
    return Path(out) / f"seed-{seed}"


def write_summary(seeds: Seeds, folder: Path) -> None:
    """Write ``seeds.json``, and ``seeds.csv`` with a row a seed, their mean and their spread.

    Raises
    ------
    ConvistaError
        If one cannot be written.
    """
    summary = seeds.summary()
    scores = summary["scores"]
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["seed", *scores, "best_epoch", "seconds"])
    more = zip(summary["seeds"], summary["best_epoch"], summary["seconds"], strict=True)
    for n, (seed, best, seconds) in enumerate(more):
        rows.writerow([seed, *(one["each"][n] for one in scores.values()), best, seconds])
    for row in ("mean", "spread"):
        rows.writerow([row, *(one[row] for one in scores.values()), "", ""])
    write_file(folder / f"{NAME}.csv", text.getvalue())
    write_file(folder / f"{NAME}.json", json.dumps(summary, ensure_ascii=False, indent=2))


def _spread(each: Sequence[float]) -> dict[str, float]:
    return {"mean": float(np.mean(each)), "spread": float(np.std(each, ddof=1)) if len(each) > 1 else 0.0}


def _part(progress: Progress, number: int, count: int, seed: int) -> Progress:
    """Tell one training's progress as a part of that of all."""

    def told(stage: str, done: int, total: int, /, **numbers: float) -> None:
        which = {"seed": seed} if "epoch" in numbers else {}
        progress(stage, number * total + done, count * total, **numbers, **which)

    return told
