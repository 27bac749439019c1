"""Dice loss: how little a predicted region and the true one overlap (Milletari et al. 2016).

For one class, p the predicted probabilities and g the truth, 0 or 1, over all places of the batch:

    L = 1 − (2·Σ p·g + s) / (Σ p² + Σ g² + s)

and the loss is the mean over classes. A class counts the same however few its places are. Without squares the
denominator is Σ p + Σ g + s, as many libraries have it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convista.operators.activation import Sigmoid
from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.loss_places import IGNORED
from convista.operators.loss_reduction import Loss
from convista.operators.norm import lift
from convista.operators.softmax import Softmax


@dataclass(frozen=True, kw_only=True)
class OverlapLoss(Loss):
    """What both losses share: the overlap of each class, p and g being (batch, classes, …)."""

    cancels = True
    smooth: float = 1.0
    """s, more than 0: a class that is neither there nor predicted then has no loss."""
    squared: bool = True
    """Whether the denominator sums squares, as published, or plain values."""

    def one_less_overlap(self, p: Array, g: Array) -> Array:
        """Return mean 1 − (2·Σ p·g + s) / (Σ p² + Σ g² + s), from 0, a perfect overlap, to 1; of shape ()."""
        both, sizes = self._sums(p, g)
        return np.asarray((1 - both / sizes).mean())

    def slope(self, p: Array, g: Array) -> Array:
        """Return ∂L/∂p = (u·both / sizes − 2·g) / sizes / classes, u = 2·p with squares and 1 without."""
        both, sizes = self._sums(p, g)
        return ((2 * p if self.squared else 1.0) * both / sizes - 2 * g) / sizes / p.shape[1]

    def explain_overlap(self, index: Index, x: Array, p: Array, g: Array, counted: Array) -> Explanation:
        """One term for each logit that counts, what its probability adds: (p − g)² / (Σ p² + Σ g² + s) / classes.

        These sum to the loss, because the two sums of squares less twice that of products are Σ (p − g)². Without
        squares a term is (p + g − 2·p·g) over the other denominator.
        """
        index = inside(index, ())
        _, sizes = self._sums(p, g)
        apart = (p - g) ** 2 if self.squared else p + g - 2 * p * g
        parts = apart / sizes / p.shape[1]
        terms = tuple(
            Term("x", at, float(x[at]), None, None, float(parts[at])) for at in np.ndindex(x.shape) if counted[at]
        )
        definition = f"L = mean 1 − (2·Σ p·g + s) / ({'Σ p² + Σ g²' if self.squared else 'Σ p + Σ g'} + s)"
        return summed(self.name, index, definition, terms, notes={"s": self.smooth})

    def _sums(self, p: Array, g: Array) -> tuple[Array, Array]:
        """Return numerator and denominator of each class's overlap, of shape (classes, 1, …)."""
        axes = (0, *range(2, p.ndim))
        sizes = p**2 + g**2 if self.squared else p + g
        both = 2 * (p * g).sum(axis=axes, keepdims=True) + self.smooth
        return both, sizes.sum(axis=axes, keepdims=True) + self.smooth


@dataclass(frozen=True, kw_only=True)
class Dice(OverlapLoss):
    """Compare the softmax of logits with true classes: L = mean_c 1 − (2·Σ p·g + s) / (Σ p² + Σ g² + s)."""

    names = ("dice",)
    slope_of_x = "Σ ∂L/∂pⱼ · pⱼ·([i = j] − p)"
    ignored: int = IGNORED
    """A place with this target counts nowhere."""

    def value(self, x: Array, target: Array) -> Array:
        """Return mean_c 1 − (2·Σ p·g + s) / (Σ p² + Σ g² + s).

        Parameters
        ----------
        x
            Logits, (batch, classes, …).
        target
            Positions of the true classes, (batch, …), integers from 0.
        """
        return self.one_less_overlap(*self._classes(x, target))

    def gradient(self, upstream: Array, x: Array, target: Array) -> dict[str, Array]:
        """Return the gradient with respect to each probability, taken through the softmax."""
        counted = (target != self.ignored)[:, None]
        return Softmax(axis=1).gradient(upstream * counted * self.slope(*self._classes(x, target)), x)

    def explain(self, index: Index, x: Array, target: Array) -> Explanation:
        """One term for each logit, as `explain_overlap` says; ignored places are left out."""
        counted = np.broadcast_to((target != self.ignored)[:, None], x.shape)
        return self.explain_overlap(index, x, *self._classes(x, target), counted)

    def _classes(self, x: Array, target: Array) -> tuple[Array, Array]:
        """Return the probabilities and the truth of each class, both (batch, classes, …) and 0 where ignored."""
        truth = lift(np.arange(x.shape[1]), x, 0.0) == target[:, None]
        counted = (target != self.ignored)[:, None]
        return Softmax(axis=1).value(x) * counted, (truth & counted).astype(x.dtype)


@dataclass(frozen=True, kw_only=True)
class BinaryDice(OverlapLoss):
    """Compare the sigmoid of logits with 0 or 1, each channel a class of its own, so that classes may overlap."""

    names = ("binary_dice",)
    slope_of_x = "∂L/∂p · p·(1 − p)"

    def value(self, x: Array, target: Array) -> Array:
        """Return mean_c 1 − (2·Σ p·g + s) / (Σ p² + Σ g² + s); ``x`` and ``target`` are (batch, classes, …)."""
        return self.one_less_overlap(Sigmoid().value(x), target)

    def gradient(self, upstream: Array, x: Array, target: Array) -> dict[str, Array]:
        """Return the gradient with respect to each probability times the slope of the sigmoid."""
        return {"x": upstream * self.slope(Sigmoid().value(x), target) * Sigmoid().slope(x)}

    def explain(self, index: Index, x: Array, target: Array) -> Explanation:
        """One term for each logit, as `explain_overlap` says."""
        return self.explain_overlap(index, x, Sigmoid().value(x), target, np.ones(x.shape, bool))
