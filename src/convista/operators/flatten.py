"""Flattening: the same values in another shape and order.

Every operator of this family only moves values. So one gradient serves them all: an element of the input collects
the upstream gradient of each place to which it was moved. And so do two explanations: a value is the one element of
the input that stands there, and a gradient is what the element collects. All number the elements of the input, move
the numbers as the values are moved, and read them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.upstream import element, gathered, heard

NOWHERE = -1
"""The number of a place to which no element was moved, such as a margin of zeros."""


def reshape(x: Array, *, shape: tuple[int, ...]) -> Array:
    """Lay the values, in the order rows of the last axis first, into another shape; −1 stands for what is left."""
    return x.reshape(shape)


def permute(x: Array, *, order: tuple[int, ...]) -> Array:
    """Put the axes in another order: axis n of the output is axis ``order[n]`` of the input."""
    return x.transpose(order)


def expand(x: Array, *, shape: tuple[int, ...]) -> Array:
    """Repeat axes of length 1, and add axes in front, up to a shape."""
    return np.broadcast_to(x, shape)


def flip(x: Array, *, axes: tuple[int, ...]) -> Array:
    """Turn the order of axes round."""
    return np.flip(x, axes)


def flatten_classic(x: Array, *, channel_last: bool = False) -> Array:
    """Lay each sample out in one row: (batch, channels, rows, columns) → (batch, channels · rows · columns).

    Channel first, as in torch, channel after channel is laid out, each row by row: place (c·H + i)·W + j. Channel
    last, as in TensorFlow, pixel after pixel, each with all its channels: place (i·W + j)·K + c.
    """
    return (np.moveaxis(x, 1, -1) if channel_last else x).reshape(len(x), -1)


def moving(name: str, define: Callable[..., Array]) -> Operator:
    """Make the operator of a definition that only moves values: ``define(x, **attributes)``."""

    def gradient(upstream: Array, x: Array, **attributes: Any) -> dict[str, Array]:
        return {"x": collected(upstream, define(numbered(x), **attributes), x.shape)}

    def explain(index: Index, x: Array, **attributes: Any) -> Explanation:
        origins = define(numbered(x), **attributes)
        index = inside(index, origins.shape)
        at = tuple(int(i) for i in np.unravel_index(int(origins[index]), x.shape))
        value = float(x[at])
        return summed(name, index, "y = x", (Term("x", at, value, 1.0, None, value),))

    def explain_gradient(operand: str, index: Index, upstream: Array, x: Array, **attributes: Any) -> Explanation:
        index = element(name, operand, index, x=x)
        origins = define(numbered(x), **attributes)
        return gathered(name, operand, index, "∂x = Σ g", hears_copies(upstream, origins, index, x))

    return Operator(name, define, gradient, explain, explain_gradient)


def numbered(x: Array) -> Array:
    """Return an array of the shape of x that holds the number of each element."""
    return np.arange(x.size).reshape(x.shape)


def collected(upstream: Array, origins: Array, shape: tuple[int, ...]) -> Array:
    """Sum the upstream gradient by the number of the element that was moved to each place."""
    moved = origins != NOWHERE
    size = int(np.prod(shape))
    return np.bincount(origins[moved], weights=upstream[moved], minlength=size).reshape(shape)


def hears_copies(upstream: Array, origins: Array, index: Index, x: Array) -> list[Term]:
    """Return what an element of x hears: each place to which it was moved."""
    places = np.argwhere(origins == np.ravel_multi_index(index, x.shape))
    return [heard(upstream, at) for at in map(tuple, places.tolist())]


def roll(x: Array, *, shifts: tuple[int, ...], axes: tuple[int, ...]) -> Array:
    """Move along axes, and what leaves at the end comes in at the start."""
    return np.roll(x, shifts, axes)


RESHAPE = moving("reshape", reshape)
PERMUTE = moving("permute", permute)
EXPAND = moving("expand", expand)
FLIP = moving("flip", flip)
ROLL = moving("roll", roll)
FLATTEN_CLASSIC = moving("flatten_classic", flatten_classic)
