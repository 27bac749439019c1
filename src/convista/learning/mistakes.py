"""The mistakes that a network is surest of: the first thing to look at in one's data."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from torch import nn

from convista.learning.evaluation import BATCH_PIXELS, answers_of
from convista.learning.samples import Samples
from convista.learning.statistics import Float, standardise
from convista.learning.tasks import task_of

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
    network: nn.Module, samples: Samples, mean: Float, std: Float, *, part: str = "test", count: int = 24
) -> list[Mistake]:
    """Return the mistakes of a part with the highest confidence, the surest first.

    Nothing for tasks that do not ask for one class of a patch.
    """
    if samples.task not in {"multiclass", "binary"} or samples.label_rule == "pixels":
        return []
    task = task_of(samples.task, samples.classes)
    found: list[Mistake] = []
    members = np.random.default_rng(0).permutation(samples.scored(part))[:MOST]
    device = next(network.parameters()).device
    batch = max(1, BATCH_PIXELS // samples.patch**2)
    for start in range(0, len(members), batch):
        some = members[start : start + batch]
        values, targets = samples.values(some), samples.targets(some)
        answers = answers_of(network, task, standardise(values, mean, std).to(device)).cpu().numpy()
        chosen, confidence = answers.argmax(axis=1), answers.max(axis=1)
        wrong = [
            Mistake(int(some[n]), values[n], int(chosen[n]), int(targets[n]), float(confidence[n]))
            for n in np.flatnonzero(chosen != targets)
        ]
        found = sorted([*found, *wrong], key=lambda one: -one.confidence)[:count]
    return found
