"""Flattening: the same values in another shape and order.

Every operator of this family only moves values. So one gradient serves them all: an element of the input collects
the upstream gradient of each place to which it was moved. And so do two explanations: a value is the one element of
the input that stands there, and a gradient is what the element collects. All number the elements of the input, move
the numbers as the values are moved, and read them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator
from convista.operators.upstream import element, gradient_explanation, upstream_term

NOWHERE = -1
"""The number of a place to which no element was moved, such as a margin of zeros."""


@dataclass(frozen=True, kw_only=True)
class Moving(Operator):
    """What operators share whose value only moves elements."""

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Sum the upstream gradient of all places to which an element was moved."""
        return {"x": collected(upstream, self.value(numbered(x)), x.shape)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term: the element that stands there."""
        origins = self.value(numbered(x))
        index = inside(index, origins.shape)
        at = tuple(int(i) for i in np.unravel_index(int(origins[index]), x.shape))
        value = float(x[at])
        return summed(self.name, index, "y = x", (Term("x", at, value, 1.0, None, value),))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each place to which the element was moved."""
        index = element(self.name, operand, index, x=x)
        origins = self.value(numbered(x))
        return gradient_explanation(
            self.name, operand, index, "∂x = Σ g", hears_copies(upstream, origins, index, x)
        )


@dataclass(frozen=True, kw_only=True)
class Reshape(Moving):
    """Lay the values, in the order rows of the last axis first, into another shape; −1 stands for what is left."""

    names = ("reshape",)
    finishes_a_layer = True
    shape: tuple[int, ...]

    def value(self, x: Array) -> Array:
        """Return the values in the shape."""
        return x.reshape(self.shape)


@dataclass(frozen=True, kw_only=True)
class Permute(Moving):
    """Put the axes in another order: axis n of the output is axis ``order[n]`` of the input."""

    names = ("permute",)
    finishes_a_layer = True
    order: tuple[int, ...]

    def value(self, x: Array) -> Array:
        """Return the values with the axes in that order."""
        return x.transpose(self.order)


@dataclass(frozen=True, kw_only=True)
class Expand(Moving):
    """Repeat axes of length 1, and add axes in front, up to a shape."""

    names = ("expand",)
    finishes_a_layer = True
    shape: tuple[int, ...]

    def value(self, x: Array) -> Array:
        """Return the values repeated."""
        return np.broadcast_to(x, self.shape)


@dataclass(frozen=True, kw_only=True)
class Flip(Moving):
    """Turn the order of axes round."""

    names = ("flip",)
    finishes_a_layer = True
    axes: tuple[int, ...]

    def value(self, x: Array) -> Array:
        """Return the values in the other direction."""
        return np.flip(x, self.axes)


@dataclass(frozen=True, kw_only=True)
class Roll(Moving):
    """Move along axes, and what leaves at the end comes in at the start."""

    names = ("roll",)
    shifts: tuple[int, ...]
    axes: tuple[int, ...]

    def value(self, x: Array) -> Array:
        """Return the values moved."""
        return np.roll(x, self.shifts, self.axes)


@dataclass(frozen=True, kw_only=True)
class FlattenClassic(Moving):
    """Lay each sample out in one row: (batch, channels, rows, columns) → (batch, channels · rows · columns).

    Channel first, as in torch, channel after channel is laid out, each row by row: place (c·H + i)·W + j. Channel
    last, as in TensorFlow, pixel after pixel, each with all its channels: place (i·W + j)·K + c.
    """

    names = ("flatten_classic",)
    channel_last: bool = False

    def value(self, x: Array) -> Array:
        """Return a row a sample."""
        return (np.moveaxis(x, 1, -1) if self.channel_last else x).reshape(len(x), -1)


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
    return [upstream_term(upstream, at) for at in map(tuple, places.tolist())]
