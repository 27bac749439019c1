"""Focal loss: cross-entropy that turns away from what is already known (Lin et al. 2017).

−α·(1 − p)^γ·log p, p being the probability given to the truth: where it is near 1, (1 − p)^γ leaves next to
nothing, so that many easy places do not drown a few hard ones. γ = 0 is cross-entropy. The mean divides by the
number of places that count, not by their α.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, inside
from convista.operators.loss_places import PlaceLoss, raised
from convista.operators.loss_reduction import ReducedLoss
from convista.operators.softmax import LogSoftmax, Softmax

_BODY = "−α·(1 − p)^γ·log p"


@dataclass(frozen=True, kw_only=True)
class Focal(PlaceLoss):
    """Average −α·(1 − p)^γ·log p, p the softmax at the true class."""

    names = ("focal",)
    cancels = True
    slope_of_x = "∂L/∂log p · ([target] − pⱼ)"
    gamma: float
    """γ, 0 or more."""

    def value(self, x: Array, target: Array, weight: Array | None = None) -> Array:
        """Return mean −α·(1 − p)^γ·log p.

        Parameters
        ----------
        x
            Logits, (batch, classes, …).
        target
            Positions of the true classes, (batch, …), integers from 0.
        weight
            α, one number a class; None for 1. A constant: no gradient is given for it.
        """
        return self.reduced(self._losses(x, target, weight), self.counted_weight(target, None))

    def gradient(self, upstream: Array, x: Array, target: Array, weight: Array | None = None) -> dict[str, Array]:
        """Return ∂x_j = ∂L/∂log p · ([j = target] − p_j), with ∂L/∂log p from `_slope`."""
        log_p = self.picked(LogSoftmax(axis=1).value(x), target)
        along = self.own_weights(target, weight) * _slope(log_p, self.gamma)
        truth = np.moveaxis(np.eye(x.shape[1])[np.where(target == self.ignored, 0, target)], -1, 1)
        slope = along[:, None] * (truth - Softmax(axis=1).value(x))
        return self.to_counted(slope, upstream, target, None)

    def explain(self, index: Index, x: Array, target: Array, weight: Array | None = None) -> Explanation:
        """Take the loss apart: that of one place by its logits, that of several by the places.

        For one place the terms are exp(x_j − m), m the largest logit; their sum makes p, and p the value. For
        several there is one term a place, at its true class. Ignored places are not among them.
        """
        losses = self._losses(x, target, weight) * self.share(self.counted_weight(target, None))
        index = inside(index, target.shape if self.reduction == "none" else ())
        if self.reduction != "none" and target.size > 1:
            return self.explain_places(index, self.formula(_BODY), x, target, losses)
        place = index or (0,) * target.ndim
        terms, largest = raised(x, place)
        total = float(sum(term.contribution for term in terms))
        true = 0 if target[place] == self.ignored else int(target[place])
        return Explanation(
            operator=self.name,
            index=index,
            formula=f"L = {_BODY}",
            terms=terms,
            bias=0.0,
            total=total,
            value=float(losses[place]),
            closing=f"{_BODY}, p = exp(z[target] − m) / Σ",
            notes={
                "m": largest,
                "p": terms[true].contribution / total,
                "α": float(self.own_weights(target, weight)[place]),
                "γ": self.gamma,
            },
        )

    def _losses(self, x: Array, target: Array, weight: Array | None) -> Array:
        log_p = self.picked(LogSoftmax(axis=1).value(x), target)
        alpha = self.own_weights(target, weight)
        return np.where(target != self.ignored, -alpha * _missing(log_p) ** self.gamma * log_p, 0)


@dataclass(frozen=True, kw_only=True)
class BinaryFocal(ReducedLoss):
    """Average −α·(1 − p)^γ·log p, p = σ(x) where the target is 1 and σ(−x) where it is 0."""

    names = ("binary_focal",)
    cancels = True
    slope_of_x = "∂L/∂log p · ±(1 − p)"
    gamma: float
    """γ, 0 or more."""
    alpha: float | None = None
    """α where the target is 1, and 1 − α where it is 0; None for 1 everywhere."""

    def value(self, x: Array, target: Array) -> Array:
        """Return mean −α·(1 − p)^γ·log p.

        Parameters
        ----------
        x
            Logits, of any shape.
        target
            0 or 1 for each of them.
        """
        return self.reduced(self._losses(x, target))

    def gradient(self, upstream: Array, x: Array, target: Array) -> dict[str, Array]:
        """Return ∂x = ±∂L/∂log p · (1 − p), with + where the target is 1."""
        side = np.where(target == 1, 1.0, -1.0)
        log_p = -np.logaddexp(0, -side * x)
        slope = self._alphas(target) * _slope(log_p, self.gamma) * side * -np.expm1(log_p)
        return {"x": upstream * slope * self.share(x.size)}

    def explain(self, index: Index, x: Array, target: Array) -> Explanation:
        """One term for each element, what its loss adds."""
        notes = {"γ": self.gamma} if self.alpha is None else {"γ": self.gamma, "α": self.alpha}
        return self.explain_elements(index, _BODY, x, self._losses(x, target), notes)

    def _losses(self, x: Array, target: Array) -> Array:
        log_p = -np.logaddexp(0, np.where(target == 1, -x, x))
        return -self._alphas(target) * _missing(log_p) ** self.gamma * log_p

    def _alphas(self, target: Array) -> Array:
        return np.ones(target.shape) if self.alpha is None else np.where(target == 1, self.alpha, 1 - self.alpha)


def _slope(log_p: Array, gamma: float) -> Array:
    """Return ∂L/∂log p = −(1 − p)^γ + γ·(1 − p)^(γ − 1)·p·log p, before α."""
    missing = _missing(log_p)
    return -(missing**gamma) + gamma * missing ** (gamma - 1) * np.exp(log_p) * log_p


def _missing(log_p: Array) -> Array:
    """Return 1 − p without cancelling, and never 0, so that any power of it is finite."""
    return np.maximum(-np.expm1(log_p), np.finfo(log_p.dtype).tiny)
