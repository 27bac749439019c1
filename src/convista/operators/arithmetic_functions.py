"""Functions of one number that a network's own code applies: exponential, logarithm, absolute value."""

from __future__ import annotations

import numpy as np

from convista.operators.activation import pointwise
from convista.operators.explanation import Array


def exponential(x: Array) -> Array:
    """Raise e to a power: f(x) = e^x."""
    return np.exp(x)


def logarithm(x: Array) -> Array:
    """Return the natural logarithm: f(x) = log x; −∞ at 0, NaN below."""
    return np.log(x)


def logarithm_slope(x: Array) -> Array:
    """Return 1 / x."""
    return 1 / x


def absolute(x: Array) -> Array:
    """Drop the sign: f(x) = |x|."""
    return np.abs(x)


def absolute_slope(x: Array) -> Array:
    """Return the sign of x; at 0 itself 0, as in torch."""
    return np.sign(x)


EXPONENTIAL = pointwise("exponential", exponential, exponential, "y = exp(x)", "exp(x)")
LOGARITHM = pointwise("logarithm", logarithm, logarithm_slope, "y = log x", "1 / x")
ABSOLUTE = pointwise("absolute", absolute, absolute_slope, "y = |x|", "sign(x)")
