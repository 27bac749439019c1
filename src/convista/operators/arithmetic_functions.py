"""Functions of one number that a network's own code applies: exponential, logarithm, absolute value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convista.operators.activation import Pointwise
from convista.operators.explanation import Array


@dataclass(frozen=True, kw_only=True)
class Exponential(Pointwise):
    """Raise e to a power: f(x) = e^x."""

    names = ("exponential",)
    formula, slope_formula = "y = exp(x)", "exp(x)"

    def value(self, x: Array) -> Array:
        """Return e^x."""
        return np.exp(x)

    def slope(self, x: Array) -> Array:
        """Return e^x."""
        return np.exp(x)


@dataclass(frozen=True, kw_only=True)
class Logarithm(Pointwise):
    """Take the natural logarithm: f(x) = log x."""

    names = ("logarithm",)
    formula, slope_formula = "y = log x", "1 / x"

    def value(self, x: Array) -> Array:
        """Return log x; −∞ at 0, NaN below."""
        return np.log(x)

    def slope(self, x: Array) -> Array:
        """Return 1 / x."""
        return 1 / x


@dataclass(frozen=True, kw_only=True)
class Absolute(Pointwise):
    """Drop the sign: f(x) = |x|."""

    names = ("absolute",)
    formula, slope_formula = "y = |x|", "sign(x)"

    def value(self, x: Array) -> Array:
        """Return |x|."""
        return np.abs(x)

    def slope(self, x: Array) -> Array:
        """Return the sign of x; at 0 itself 0, as in torch."""
        return np.sign(x)
