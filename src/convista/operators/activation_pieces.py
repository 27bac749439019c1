"""Activations of straight pieces that a network for small devices uses, and the clamp that any network may."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convista.operators.activation import Pointwise
from convista.operators.explanation import Array


@dataclass(frozen=True, kw_only=True)
class Hardtanh(Pointwise):
    """Cut off at both ends: f(x) = min(max(x, low), high); ReLU6 is 0 … 6."""

    names = ("hardtanh",)
    formula, slope_formula = "y = min(max(x, low), high)", "[low < x < high]"
    low: float
    high: float

    def value(self, x: Array) -> Array:
        """Return min(max(x, low), high)."""
        return np.clip(x, self.low, self.high)

    def slope(self, x: Array) -> Array:
        """Return 1 where low < x < high, else 0: nothing at the ends themselves, as in torch."""
        return ((x > self.low) & (x < self.high)).astype(x.dtype)

    def reads(self, wanted: Array, x: Array) -> dict[str, Array]:
        """Return the elements themselves: what is cut off here need not be elsewhere."""
        return {"x": wanted}


@dataclass(frozen=True, kw_only=True)
class Clamp(Pointwise):
    """Keep within limits: f(x) = min(max(x, low), high); a limit of None is none."""

    names = ("clamp",)
    formula, slope_formula = "y = min(max(x, low), high)", "[low ≤ x ≤ high]"
    low: float | None = None
    high: float | None = None

    def value(self, x: Array) -> Array:
        """Return min(max(x, low), high)."""
        low, high = self._limits
        return np.minimum(np.maximum(x, low), high)

    def slope(self, x: Array) -> Array:
        """Return 1 where low ≤ x ≤ high, else 0: torch counts the limits in, other than for a hardtanh."""
        low, high = self._limits
        return ((x >= low) & (x <= high)).astype(x.dtype)

    def reads(self, wanted: Array, x: Array) -> dict[str, Array]:
        """Return the elements themselves: what is cut off here need not be elsewhere."""
        return {"x": wanted}

    @property
    def _limits(self) -> tuple[float, float]:
        return (-np.inf if self.low is None else self.low, np.inf if self.high is None else self.high)


@dataclass(frozen=True, kw_only=True)
class Hardsigmoid(Pointwise):
    """Approximate the sigmoid by straight pieces: f(x) = min(max(x + 3, 0), 6) / 6 (Howard et al. 2019)."""

    names = ("hardsigmoid",)
    formula, slope_formula = "y = min(max(x + 3, 0), 6) / 6", "[−3 < x < 3] / 6"

    def value(self, x: Array) -> Array:
        """Return min(max(x + 3, 0), 6) / 6."""
        return np.clip(x + 3, 0, 6) / 6

    def slope(self, x: Array) -> Array:
        """Return 1/6 where −3 < x < 3, else 0."""
        return ((x > -3) & (x < 3)) / 6
