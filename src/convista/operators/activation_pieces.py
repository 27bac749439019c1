"""Activations of straight pieces that a network for small devices uses, and the clamp that any network may."""

from __future__ import annotations

import numpy as np

from convista.operators.activation import pointwise
from convista.operators.explanation import Array


def hardtanh(x: Array, *, low: float, high: float) -> Array:
    """Cut off at both ends: f(x) = min(max(x, low), high); ReLU6 is 0 … 6."""
    return np.clip(x, low, high)


def hardtanh_slope(x: Array, *, low: float, high: float) -> Array:
    """Return 1 where low < x < high, else 0: nothing at the ends themselves, as in torch."""
    return ((x > low) & (x < high)).astype(x.dtype)


def clamp(x: Array, *, low: float = -np.inf, high: float = np.inf) -> Array:
    """Keep within limits: f(x) = min(max(x, low), high)."""
    return np.minimum(np.maximum(x, low), high)


def clamp_slope(x: Array, *, low: float = -np.inf, high: float = np.inf) -> Array:
    """Return 1 where low ≤ x ≤ high, else 0: torch counts the limits in, other than for `hardtanh`."""
    return ((x >= low) & (x <= high)).astype(x.dtype)


def hardsigmoid(x: Array) -> Array:
    """Approximate the sigmoid by straight pieces: f(x) = min(max(x + 3, 0), 6) / 6 (Howard et al. 2019)."""
    return np.clip(x + 3, 0, 6) / 6


def hardsigmoid_slope(x: Array) -> Array:
    """Return 1/6 where −3 < x < 3, else 0."""
    return ((x > -3) & (x < 3)) / 6


HARDTANH = pointwise("hardtanh", hardtanh, hardtanh_slope, "y = min(max(x, low), high)", "[low < x < high]")
CLAMP = pointwise("clamp", clamp, clamp_slope, "y = min(max(x, low), high)", "[low ≤ x ≤ high]")
HARDSIGMOID = pointwise(
    "hardsigmoid", hardsigmoid, hardsigmoid_slope, "y = min(max(x + 3, 0), 6) / 6", "[−3 < x < 3] / 6"
)
