"""The score of a run on samples that it was not trained on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from convista.errors import ConvistaError
from convista.learning.augmentation import symmetry
from convista.learning.baseline import baselines
from convista.learning.data import Data, Truth, gather
from convista.learning.progress import Progress, silent
from convista.learning.run import Run
from convista.learning.samples import Samples, counts
from convista.learning.scoring import Score
from convista.learning.statistics import Float, standardise
from convista.learning.tasks import UNCALIBRATED, Calibration, Task, task_of
from convista.models.mode import evaluating
from convista.scenes import Scene

BATCH_PIXELS = 2**18
"""Pixels of the patches that a network sees at a time."""


def evaluate(
    run: Run,
    data: Data,
    *,
    labels: Truth | None = None,
    part: str = "test",
    by_name: bool = False,
    symmetries: bool = False,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Score a run on every sample of one part of the data it was trained on, split as it was then.

    Parameters
    ----------
    run
        What to score.
    data, labels
        As in `train`.
    part
        ``"train"``, ``"validation"`` or ``"test"``.
    by_name
        As in `Run.check`.
    symmetries
        Whether answers are averaged over the eight symmetries of each patch, which takes eight times as long.

    Returns
    -------
    The report that `report` describes.

    Raises
    ------
    ConvistaError
        If the data are not those of the training, or cannot be read.
    """
    for scene in [data] if isinstance(data, Scene) else data if isinstance(data, list | tuple) else []:
        if isinstance(scene, Scene):
            run.check(scene, by_name)
    samples = gather(
        data,
        labels=labels,
        bands=run.band_names,
        patch=run.patch,
        task=run.task,
        rule=run.label_rule,
        positive=run.record.get("positive"),
        attribute=run.record.get("attribute"),
        split=run.record["split"],
        skip_bad=run.record.get("skip_bad", False),
        by_name=by_name or run.record.get("by_name", False),
        progress=progress,
    )
    if part not in samples.parts:
        raise ConvistaError("learning.no_such_part", part=part)
    return report(
        run.network,
        samples,
        run.mean,
        run.std,
        run.calibration,
        part=part,
        symmetries=symmetries,
        progress=progress,
    )


def report(
    network: nn.Module,
    samples: Samples,
    mean: Float,
    std: Float,
    calibration: Calibration = UNCALIBRATED,
    *,
    part: str = "test",
    symmetries: bool = False,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Score a network on every sample of a part, in the frequencies the classes have there.

    Returns
    -------
    What the task's `Score.report` has, ``interval`` (of 95 %, for each number worth showing, by drawing samples, or
    the blocks of a scene, again and again: Efron 1979), ``baselines`` (the same numbers for what needs no network,
    see `baselines`; their threshold is one half), ``part``, ``split`` and ``parts`` (samples of each part and
    class). Of classes also ``temperature`` and ``thresholds``, as they were calibrated; of one class out of several
    ``uncalibrated``, which is what ``calibration`` is without them. JSON can hold it.
    """
    plain = task_of(samples.task, samples.classes)
    tasks = [task_of(samples.task, samples.classes, calibration), plain]
    score, before = scores_of(network, tasks, samples, part, mean, std, symmetries=symmetries, progress=progress)
    return {
        "task": samples.task,
        "part": part,
        **score.report(),
        **_calibrated(samples, calibration, before),
        "interval": score.interval(),
        "baselines": baselines(plain, samples, part),
        "split": dict(samples.split),
        "parts": counts(samples),
    }


def scores_of(
    network: nn.Module,
    tasks: Sequence[Task],
    samples: Samples,
    part: str,
    mean: Float,
    std: Float,
    *,
    members: NDArray[np.int64] | None = None,
    symmetries: bool = False,
    progress: Progress = silent,
) -> list[Score]:
    """Return the score of a network's answers to each task, for a part or for some members of it."""
    asked = samples.scored(part) if members is None else members
    scores, done = [task.score() for task in tasks], 0
    for some, patches in batches(network, samples, asked, mean, std):
        targets = samples.scored_targets(some, part)
        if samples.target is not None:
            targets = samples.target.restore(targets)
        for score, given in zip(scores, answers_of(network, tasks, patches, symmetries), strict=True):
            answers = given.cpu().numpy()
            if samples.target is not None:
                answers = samples.target.restore(answers)
            score.add(answers, targets, samples.groups(some))
        done += len(some)
        progress("evaluate", done, len(asked))
    return scores


def batches(
    network: nn.Module, samples: Samples, members: NDArray[np.int64], mean: Float, std: Float
) -> Iterator[tuple[NDArray[np.int64], torch.Tensor]]:
    """Yield members with their patches as a network sees them, where it is; meanwhile it is in evaluation mode."""
    size = max(1, BATCH_PIXELS // samples.patch**2)
    device = next(network.parameters()).device
    with evaluating(network):
        for start in range(0, len(members), size):
            some = members[start : start + size]
            patches = standardise(samples.values(some), mean, std).to(device)
            yield some, patches.contiguous(memory_format=torch.channels_last)


@torch.inference_mode()
def answers_of(
    network: nn.Module, tasks: Sequence[Task], patches: torch.Tensor, symmetries: bool = False
) -> list[torch.Tensor]:
    """Return a network's answers to each task, averaged over the symmetries of the square if asked to."""
    if not symmetries:
        output = network(patches)
        return [task.answers(output) for task in tasks]
    totals = [torch.zeros((), device=patches.device) for _ in tasks]
    for number in range(8):
        output = network(symmetry(patches, number))
        for n, task in enumerate(tasks):
            answers = task.answers(output)
            totals[n] = totals[n] + (_back(answers, number) if answers.ndim == 4 else answers)
    return [total / 8 for total in totals]


def _calibrated(samples: Samples, calibration: Calibration, before: Score) -> dict[str, Any]:
    """Return what a report says of the calibration; nothing of a regression."""
    if samples.target is not None:
        return {}
    told: dict[str, Any] = {"temperature": calibration.temperature}
    if calibration.thresholds:
        names = [c.name for c in samples.classes]
        said = names[1:] if samples.task == "binary" else names
        told["thresholds"] = dict(zip(said, calibration.thresholds, strict=True))
    if "calibration" in (numbers := before.report()):
        told["uncalibrated"] = numbers["calibration"]
    return told


def _back(turned: torch.Tensor, number: int) -> torch.Tensor:
    """Undo a symmetry: the mirrored ones undo themselves once turned back."""
    plain = turned.flip(-1) if number >= 4 else turned
    return torch.rot90(plain, -(number % 4), (-2, -1))
