"""Losses of places: what the losses share that ask for one true class at each place.

``x`` is (batch, classes, …) and ``target`` (batch, …): a class for a patch, or one for each pixel, counted
from 0. A place whose target is ``ignored`` counts nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, summed
from convista.operators.loss_reduction import ReducedLoss

IGNORED = -100
"""The target that torch ignores if no other is named."""


@dataclass(frozen=True, kw_only=True)
class PlaceLoss(ReducedLoss):
    """What such losses share: which places count, and how much."""

    ignored: int = IGNORED
    """A place with this target counts nowhere."""

    def own_weights(self, target: Array, weight: Array | None) -> Array:
        """Return the weight of each place's true class, 0 where it is ignored, (batch, …)."""
        counted = target != self.ignored
        return counted * (1.0 if weight is None else weight[np.where(counted, target, 0)])

    def counted_weight(self, target: Array, weight: Array | None) -> float:
        """Return what the mean divides by: Σ w over the true classes."""
        return float(self.own_weights(target, weight).sum())

    def picked(self, x: Array, target: Array) -> Array:
        """Return x at the true class of each place, (batch, …); at class 0 where it is ignored."""
        true = np.where(target == self.ignored, 0, target)
        return np.take_along_axis(x, true[:, None], axis=1)[:, 0]

    def to_counted(self, slope: Array, upstream: Array, target: Array, weight: Array | None) -> dict[str, Array]:
        """Multiply by the upstream gradient and by what one place counts; an ignored place hears nothing."""
        each = upstream[:, None] if self.reduction == "none" else upstream
        part = self.share(self.counted_weight(target, weight))
        return {"x": np.where((target != self.ignored)[:, None], each * part * slope, 0.0)}

    def explain_places(self, index: Index, definition: str, x: Array, target: Array, losses: Array) -> Explanation:
        """Take a loss of several places apart: one term for each, at its true class, what it adds."""
        places = [place for place in np.ndindex(target.shape) if target[place] != self.ignored]
        at = [(place[0], int(target[place]), *place[1:]) for place in places]
        terms = tuple(
            Term("x", read, float(x[read]), None, None, float(losses[place]))
            for read, place in zip(at, places, strict=True)
        )
        return summed(self.name, index, definition, terms)


def raised(x: Array, place: Index) -> tuple[tuple[Term, ...], float]:
    """Return exp(z − m) of each logit of a place as terms, and m, the largest of them."""
    logits = of_place(x, place)
    largest = float(logits.max())
    return tuple(
        Term("x", (place[0], j, *place[1:]), float(z), None, None, float(np.exp(z - largest)))
        for j, z in enumerate(logits)
    ), largest


def of_place(x: Array, place: Index) -> Array:
    """Return what lies at a place, one number a class."""
    return np.moveaxis(x, 1, -1)[place]
