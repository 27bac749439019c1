"""The score of a network on a part of some samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from convista.learning.data.augmentation import symmetry
from convista.learning.data.samples import Samples, counts
from convista.learning.progress import Progress, silent
from convista.learning.scores.baseline import Baselines, scored_baselines
from convista.learning.scores.scoring import Score
from convista.learning.tasks.task import Task
from convista.models.mode import evaluating

BATCH_PIXELS = 2**18
"""Pixels of the patches that a network sees at a time."""


def report(
    network: nn.Module,
    samples: Samples,
    task: Task,
    *,
    part: str = "test",
    fitted: Baselines | None = None,
    symmetries: bool = False,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Score a network on every sample of a part, in the frequencies the classes have there.

    Parameters
    ----------
    network
        Takes patches as samples have them, see `Run.end_to_end`.
    task
        That of the samples, calibrated.
    fitted
        What needs no network, to score beside it; None for nothing.

    Returns
    -------
    What the task's `Score.report` has, ``interval`` (of 95 %, for each number worth showing, by drawing samples,
    or the blocks of a scene, again and again: Efron 1979; empty where all are of one block), ``baselines`` (the
    same numbers for what needs no network, as it was fitted on the training part; their threshold is one half),
    ``part``, ``independent`` (False), ``split``, ``parts`` (samples of each part and class), ``unknown_classes``:
    those of the labels that the network does not know, with their samples, which no other number counts. Of
    classes also ``averaged_over`` (see `metrics.averaged_over`), and ``temperature`` and ``thresholds``, as they
    were calibrated; of one class out of several ``uncalibrated``, which is what ``calibration`` is without them.
    JSON can hold it.
    """
    tasks = [task, samples.task]
    score, before = scores_of(network, tasks, samples, part, symmetries=symmetries, progress=progress)
    return {
        "task": task.name,
        "part": part,
        "independent": False,
        **score.report(),
        "unknown_classes": [one._asdict() for one in samples.unknown_classes(part)],
        **task.about_calibration(),
        **_uncalibrated(before.report()),
        "interval": score.interval(),
        "baselines": {} if fitted is None else scored_baselines(samples, part, fitted),
        "split": dict(samples.split),
        "parts": counts(samples),
    }


def scores_of(
    network: nn.Module,
    tasks: Sequence[Task],
    samples: Samples,
    part: str,
    *,
    members: NDArray[np.int64] | None = None,
    symmetries: bool = False,
    progress: Progress = silent,
) -> list[Score]:
    """Return the score of a network's answers to each task, for a part or for some members of it."""
    asked = samples.scored(part) if members is None else members
    scores, done = [task.score() for task in tasks], 0
    for some, patches in batches(network, samples, asked):
        targets = samples.task.in_unit(samples.scored_targets(some, part))
        for score, given in zip(scores, predictions(network, tasks, patches, symmetries), strict=True):
            score.add(samples.task.in_unit(given.cpu().numpy()), targets, samples.groups(some))
        done += len(some)
        progress("evaluate", done, len(asked))
    return scores


def batches(
    network: nn.Module, samples: Samples, members: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], torch.Tensor]]:
    """Yield members with their patches, where the network is; meanwhile it is in evaluation mode."""
    size = max(1, BATCH_PIXELS // samples.patch**2)
    device = next(network.parameters()).device
    with evaluating(network):
        for start in range(0, len(members), size):
            some = members[start : start + size]
            patches = torch.from_numpy(samples.values(some)).to(device)
            yield some, patches.contiguous(memory_format=torch.channels_last)


@torch.inference_mode()
def predictions(
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


def _uncalibrated(before: dict[str, Any]) -> dict[str, Any]:
    """Return how far confidence could be trusted before the calibration, where the score tells."""
    return {"uncalibrated": before["calibration"]} if "calibration" in before else {}


def _back(turned: torch.Tensor, number: int) -> torch.Tensor:
    """Undo a symmetry: the mirrored ones undo themselves once turned back."""
    plain = turned.flip(-1) if number >= 4 else turned
    return torch.rot90(plain, -(number % 4), (-2, -1))
