"""Losses of regression: how far numbers are from those that were wanted, e = x − target.

In all of them ``x`` and ``target`` have one shape. The target has a gradient as well, the opposite of x's: an
autoencoder's target is its input.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index
from convista.operators.loss_reduction import ReducedLoss


@dataclass(frozen=True, kw_only=True)
class RegressionLoss(ReducedLoss):
    """What they share: the target hears the opposite of what x hears."""

    def _both(self, upstream: Array, slope: Array) -> dict[str, Array]:
        to_x = upstream * slope * self.share(slope.size)
        return {"x": to_x, "target": -to_x}


@dataclass(frozen=True, kw_only=True)
class Mse(RegressionLoss):
    """Square each error: L = mean e². Large errors count most."""

    names = ("mse",)
    slope_of_x, slope_of_target = "2·(x − t)", "−2·(x − t)"

    def value(self, x: Array, target: Array) -> Array:
        """Return mean e²."""
        return self.reduced((x - target) ** 2)

    def gradient(self, upstream: Array, x: Array, target: Array) -> dict[str, Array]:
        """Return ∂x = 2·e / n and ∂target = −∂x."""
        return self._both(upstream, 2 * (x - target))

    def explain(self, index: Index, x: Array, target: Array) -> Explanation:
        """One term for each element, its squared error."""
        return self.explain_elements(index, "(x − t)²", x, (x - target) ** 2)


@dataclass(frozen=True, kw_only=True)
class Mae(RegressionLoss):
    """Take each error's size: L = mean |e|. Every error pulls equally."""

    names = ("mae",)
    slope_of_x, slope_of_target = "sign(x − t)", "−sign(x − t)"

    def value(self, x: Array, target: Array) -> Array:
        """Return mean |e|."""
        return self.reduced(np.abs(x - target))

    def gradient(self, upstream: Array, x: Array, target: Array) -> dict[str, Array]:
        """Return ∂x = sign e / n, which is 0 where e is, and ∂target = −∂x."""
        return self._both(upstream, np.sign(x - target))

    def explain(self, index: Index, x: Array, target: Array) -> Explanation:
        """One term for each element, the size of its error."""
        return self.explain_elements(index, "|x − t|", x, np.abs(x - target))


@dataclass(frozen=True, kw_only=True)
class Huber(RegressionLoss):
    """Square small errors and take large ones' size: L = mean (e²/2 if |e| ≤ δ else δ·(|e| − δ/2)) (Huber 1964)."""

    names = ("huber",)
    slope_of_x, slope_of_target = "clip(x − t, −δ, δ)", "−clip(x − t, −δ, δ)"
    delta: float
    """δ."""

    def value(self, x: Array, target: Array) -> Array:
        """Return mean (e²/2 if |e| ≤ δ else δ·(|e| − δ/2))."""
        return self.reduced(_huber(x, target, self.delta))

    def gradient(self, upstream: Array, x: Array, target: Array) -> dict[str, Array]:
        """Return ∂x = e / n, held between −δ/n and δ/n, and ∂target = −∂x."""
        return self._both(upstream, np.clip(x - target, -self.delta, self.delta))

    def explain(self, index: Index, x: Array, target: Array) -> Explanation:
        """One term for each element."""
        losses = _huber(x, target, self.delta)
        return self.explain_elements(index, "huber(x − t, δ)", x, losses, {"δ": self.delta})


@dataclass(frozen=True, kw_only=True)
class SmoothL1(RegressionLoss):
    """Divide `Huber` by δ, so that large errors have slope 1 as in `Mae` (Girshick 2015)."""

    names = ("smooth_l1",)
    slope_of_x, slope_of_target = "clip((x − t) / δ, −1, 1)", "−clip((x − t) / δ, −1, 1)"
    delta: float
    """δ."""

    def value(self, x: Array, target: Array) -> Array:
        """Return mean (e²/2 if |e| ≤ δ else δ·(|e| − δ/2)) / δ."""
        return self.reduced(_huber(x, target, self.delta) / self.delta)

    def gradient(self, upstream: Array, x: Array, target: Array) -> dict[str, Array]:
        """Return ∂x = e / (δ·n), held between −1/n and 1/n, and ∂target = −∂x."""
        return self._both(upstream, np.clip((x - target) / self.delta, -1, 1))

    def explain(self, index: Index, x: Array, target: Array) -> Explanation:
        """One term for each element."""
        losses = _huber(x, target, self.delta) / self.delta
        return self.explain_elements(index, "huber(x − t, δ) / δ", x, losses, {"δ": self.delta})


def _huber(x: Array, target: Array, delta: float) -> Array:
    size = np.abs(x - target)
    return np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))
