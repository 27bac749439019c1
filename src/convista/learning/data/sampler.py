"""Which samples an epoch shows, in which order."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from convista.learning.data.samples import Samples
from convista.learning.fitting.recipe import Recipe

LOOKED_AT = 256
"""Patches around pixels of each class that tell which other classes come along."""


class Sampler:
    """Draws the batches of an epoch from the training part.

    ``sampling_power`` and ``prior_power`` of the recipe speak of classes; samples that have not one each are drawn
    as they occur.
    """

    def __init__(self, samples: Samples, recipe: Recipe, rng: np.random.Generator) -> None:
        train, by_class = samples.parts["train"], samples.task.by_class
        groups = samples.strata[train] if by_class else np.zeros(len(train), np.int64)
        self._members = [train[groups == number] for number in range(int(groups.max()) + 1)]
        self._batch, self._rng = recipe.batch, rng
        self.size = min(len(train), recipe.epoch_samples)
        frequency = np.array([len(members) for members in self._members]) / len(train)
        self._probabilities = _power(frequency, recipe.sampling_power)
        present = frequency > 0
        self.logit_shift = np.zeros(len(samples.task.classes) if by_class else len(frequency), np.float32)
        """log(shown share / answered share) of each class; 0 where classes are drawn as they are."""
        if by_class:
            answered, shown = (
                _power(frequency, recipe.prior_power),
                self._probabilities @ self._shown_shares(samples),
            )
            self.logit_shift[: len(frequency)][present] = np.log(shown[present] / answered[present])

    @property
    def batches(self) -> int:
        """Batches of an epoch."""
        return len(self._edges) + 1

    @property
    def smallest_batch(self) -> int:
        """Samples of the smallest batch."""
        edges: list[int] = [0, *self._edges, self.size]
        return min(after - before for before, after in pairwise(edges))

    @property
    def _edges(self) -> range:
        """Where batches end; the last is never one sample alone, which batch normalisation could not take."""
        return range(self._batch, self.size - 1, self._batch)

    def _shown_shares(self, samples: Samples) -> NDArray[np.float64]:
        """Return what share of each class a sample of each class shows, (drawn, shown).

        A patch that is asked for its pixels shows many classes, whichever its centre was drawn for.
        """
        shares = np.eye(len(self._members))
        if samples.label_rule.of_pixels:
            for number in np.flatnonzero([len(members) for members in self._members]):
                seen = samples.targets(self._rng.permutation(self._members[number])[:LOOKED_AT])
                counts = np.bincount(seen[seen >= 0], minlength=len(shares))[: len(shares)]
                shares[number] = counts / counts.sum()
        return shares

    def epoch(self) -> list[NDArray[np.int64]]:
        """Return the batches of one epoch; within a class nothing is drawn again before everything has been."""
        wanted = self._rng.multinomial(self.size, self._probabilities)
        drawn = []
        for members, n in zip(self._members, wanted, strict=True):
            rounds = [self._rng.permutation(members) for _ in range(-(-n // max(1, len(members))))]
            drawn.append(np.concatenate([members[:0], *rounds])[:n])
        order = self._rng.permutation(np.concatenate(drawn))
        return np.split(order, self._edges)


def _power(frequency: NDArray[np.float64], power: float) -> NDArray[np.float64]:
    raised: NDArray[np.float64] = np.where(frequency > 0, frequency**power, 0.0)
    return np.asarray(raised / raised.sum())
