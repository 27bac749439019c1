"""The score of a run on samples that it was not trained on."""

from __future__ import annotations

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
from convista.learning.tasks import Task, task_of
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
        progress=progress,
    )
    if part not in samples.parts:
        raise ConvistaError("learning.no_such_part", part=part)
    return report(run.network, samples, run.mean, run.std, part=part, symmetries=symmetries, progress=progress)


def report(
    network: nn.Module,
    samples: Samples,
    mean: Float,
    std: Float,
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
    see `baselines`), ``part``, ``split`` and ``parts`` (samples of each part and class). JSON can hold it.
    """
    task = task_of(samples.task, samples.classes)
    score = score_of(network, task, samples, part, mean, std, symmetries=symmetries, progress=progress)
    return {
        "task": samples.task,
        "part": part,
        **score.report(),
        "interval": score.interval(),
        "baselines": baselines(task, samples, part),
        "split": dict(samples.split),
        "parts": counts(samples),
    }


def score_of(
    network: nn.Module,
    task: Task,
    samples: Samples,
    part: str,
    mean: Float,
    std: Float,
    *,
    members: NDArray[np.int64] | None = None,
    symmetries: bool = False,
    progress: Progress = silent,
) -> Score:
    """Return the score of a network's answers for a part, or for some members of it."""
    asked = samples.scored(part) if members is None else members
    score, batch = task.score(), max(1, BATCH_PIXELS // samples.patch**2)
    device = next(network.parameters()).device
    training = network.training
    network.eval()
    for start in range(0, len(asked), batch):
        some = asked[start : start + batch]
        patches = standardise(samples.values(some), mean, std).to(device)
        answers = answers_of(network, task, patches, symmetries).cpu().numpy()
        targets = samples.scored_targets(some, part)
        if samples.target is not None:
            answers, targets = (samples.target.restore(values) for values in (answers, targets))
        score.add(answers, targets, samples.groups(some))
        progress("evaluate", min(start + batch, len(asked)), len(asked))
    network.train(training)
    return score


@torch.inference_mode()
def answers_of(network: nn.Module, task: Task, patches: torch.Tensor, symmetries: bool = False) -> torch.Tensor:
    """Return a network's answers, averaged over the symmetries of the square if asked to."""
    patches = patches.contiguous(memory_format=torch.channels_last)
    if not symmetries:
        return task.answers(network(patches))
    total = torch.zeros(())
    for number in range(8):
        answers = task.answers(network(symmetry(patches, number)))
        total = total + (_back(answers, number) if answers.ndim == 4 else answers)
    return total / 8


def _back(turned: torch.Tensor, number: int) -> torch.Tensor:
    """Undo a symmetry: the mirrored ones undo themselves once turned back."""
    plain = turned.flip(-1) if number >= 4 else turned
    return torch.rot90(plain, -(number % 4), (-2, -1))
