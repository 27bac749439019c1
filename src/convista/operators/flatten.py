"""Flattening: the same values in another shape."""

from __future__ import annotations

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed


def reshape(x: Array, *, shape: tuple[int, ...]) -> Array:
    """Lay the values, in the order rows of the last axis first, into another shape; −1 stands for what is left.

    A classic flatten is ``shape=(batch, −1)``: channel by channel, each row by row.
    """
    return x.reshape(shape)


def reshape_gradient(upstream: Array, x: Array, *, shape: tuple[int, ...]) -> dict[str, Array]:
    """Lay the gradient back into the input's shape."""
    return {"x": upstream.reshape(x.shape)}


def explain_reshape(index: Index, x: Array, *, shape: tuple[int, ...]) -> Explanation:
    """One term: the element of the input that stands at the same place of the order."""
    laid = reshape(x, shape=shape).shape
    index = inside(index, laid)
    source = tuple(int(i) for i in np.unravel_index(np.ravel_multi_index(index, laid), x.shape))
    value = float(x[source])
    return summed("reshape", index, "y = x", (Term("x", source, value, 1.0, None, value),))


RESHAPE = Operator("reshape", reshape, reshape_gradient, explain_reshape)
