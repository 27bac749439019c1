"""The score of a run: on the data of its training, split as they were then, or on others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from convista.errors import ConvistaError
from convista.learning.data.sources import Data, References
from convista.learning.progress import Progress, silent
from convista.learning.runs import storage
from convista.learning.runs.run import Run
from convista.learning.scores.baseline import Baselines, baselines_of, fitted_baselines
from convista.learning.scores.evaluation import report
from convista.learning.scores.hard_errors import most_confident_mistakes
from convista.learning.scores.pictures import draw_report
from convista.learning.scores.recognition import ALL, ScoringSamples, Stated, samples_to_score
from convista.whole_file import write_file

REPORT = "report.json"


def evaluate(
    run: Run,
    data: Data,
    *,
    labels: References | None = None,
    part: str | None = None,
    independent: bool = False,
    by_name: bool = False,
    skip_bad: bool = False,
    symmetries: bool = False,
    out: str | Path | None = None,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Score a run: on a part of the data it was trained on, split as they were then, or on all of other data.

    Whether data are those of the training is told by what is in them, not by where they lie. Classes are matched
    with those of the run by name; those of a number alone by that.

    Parameters
    ----------
    run
        What to score.
    data, labels
        As of a `Specification`.
    part
        Of the data of the training: ``"train"``, ``"validation"`` or ``"test"``, which is what None means. Others
        have no parts.
    independent
        Whether the data have to be others; of a run that does not say which its own were, it says that they are.
    by_name
        As in `Run.check`.
    skip_bad
        Whether images that cannot be read, or are unlike the first, are left out.
    symmetries
        Whether answers are averaged over the eight symmetries of each patch, which takes eight times as long.
    out
        Folder for the report, as ``report.json``, and its pictures, see `draw_report`; None to write nothing.

    Returns
    -------
    The report that `report` describes. Of other data ``part`` is ``"all"`` and ``independent`` is True. ``overlap``
    says which share of their ground was learned from, by bounds; ``scenes`` which are others, where only some are;
    ``assumed`` is True where a run that does not say of which data it is makes that an assumption.

    Raises
    ------
    ConvistaError
        If the data cannot be read, do not go with the run, or hold some that were learned from beside others; if a
        part is asked of data that have none; or if it cannot be told what the data or their classes are.
    """
    if out is not None:
        _check_folder(Path(out))
    stated = Stated(part, independent, by_name or run.record.get("by_name", False), skip_bad)
    scored = samples_to_score(run, data, labels, stated, progress)
    samples, of = scored.samples, scored.part
    told = report(
        run.end_to_end,
        samples,
        run.task,
        part=of,
        fitted=_baselines(run, scored),
        symmetries=symmetries,
        progress=progress,
    )
    told |= scored.facts
    if told["part"] == ALL:
        told["parts"] = {ALL: told["parts"][of]}
    if out is not None:
        mistakes = most_confident_mistakes(run.end_to_end, samples, run.task, part=of, symmetries=symmetries)
        text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        with storage.prepared(Path(out) / storage.FILE):
            write_file(Path(out) / REPORT, text)
            draw_report(told, mistakes, run, Path(out))
    return told


def _baselines(run: Run, scored: ScoringSamples) -> Baselines | None:
    """Return what the run keeps; of one that keeps none, fit it on the training part, where the data have that."""
    if kept := run.record.get("baselines"):
        return baselines_of(kept)
    if "scenes" in scored.facts or not len(scored.samples.parts["train"]):
        return None
    return fitted_baselines(scored.samples)


def _check_folder(folder: Path) -> None:
    """See that a folder can be written to and is no run's, whose pictures are of its training."""
    if storage.run_file(folder).exists():
        raise ConvistaError("learning.scores.folder_of_run", folder=folder)
    with storage.prepared(folder):
        pass
