"""The mistakes that a network is surest of: the first thing to look at in one's data."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from torch import nn

from convista.learning.data.samples import Samples
from convista.learning.scores.evaluation import batches, predictions
from convista.learning.scores.scoring import confidence_of
from convista.learning.tasks.prediction import ExclusiveProbabilities
from convista.learning.tasks.task import Task

MOST = 20_000
"""Samples that are looked through, where there are more."""


class Mistake(NamedTuple):
    """A patch that was taken for another class."""

    sample: int
    values: NDArray[np.float32]
    """(bands, rows, columns), NaN where masked."""
    answer: int
    """Position of the class that the network said."""
    target: int
    """Position of the one it is."""
    confidence: float
    """Probability of the answer."""


def most_confident_mistakes(
    network: nn.Module,
    samples: Samples,
    task: Task,
    *,
    part: str = "test",
    symmetries: bool = False,
    count: int = 24,
) -> list[Mistake]:
    """Return the mistakes of a part with the highest confidence, the surest first.

    Nothing for tasks that do not ask for one class of a patch.
    """
    prediction = task.prediction
    if not isinstance(prediction, ExclusiveProbabilities) or samples.label_rule.of_pixels:
        return []
    found: list[tuple[float, int, int, int]] = []
    members = np.random.default_rng(0).permutation(samples.scored(part))[:MOST]
    for some, patches in batches(network, samples, members):
        (given,) = predictions(network, [task], patches, symmetries)
        answers, targets = given.cpu().numpy(), samples.targets(some)
        said = prediction.said(answers)
        confidence = confidence_of(answers, said)
        wrong = np.flatnonzero(said != targets)
        found += [(float(confidence[n]), int(some[n]), int(said[n]), int(targets[n])) for n in wrong]
        found = sorted(found, key=lambda one: -one[0])[:count]
    shown = samples.values(np.array([sample for _, sample, _, _ in found], np.int64))
    return [
        Mistake(sample, values, answer, target, sure)
        for (sure, sample, answer, target), values in zip(found, shown, strict=True)
    ]
