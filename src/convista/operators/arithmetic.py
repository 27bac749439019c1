"""Arithmetic between two arrays, as skip connections use it."""

from __future__ import annotations

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed


def add(x: Array, y: Array) -> Array:
    """Add element by element; an axis of length 1, or one that is missing in front, is repeated."""
    return x + y


def add_gradient(upstream: Array, x: Array, y: Array) -> dict[str, Array]:
    """Hand the upstream gradient to both; a repeated element collects what its copies receive."""
    return {"x": _gather(upstream, x.shape), "y": _gather(upstream, y.shape)}


def explain_add(index: Index, x: Array, y: Array) -> Explanation:
    """Two terms, one from each operand."""
    index = inside(index, np.broadcast_shapes(x.shape, y.shape))
    terms = []
    for name, operand in (("x", x), ("y", y)):
        own = index[len(index) - operand.ndim :]
        at = tuple(0 if n == 1 else i for i, n in zip(own, operand.shape, strict=True))
        value = float(operand[at])
        terms.append(Term(name, at, value, 1.0, None, value))
    return summed("add", index, "z = x + y", tuple(terms))


def _gather(upstream: Array, shape: tuple[int, ...]) -> Array:
    """Sum over the axes along which an operand of this shape was repeated."""
    extra = upstream.ndim - len(shape)
    repeated = tuple(range(extra)) + tuple(extra + a for a, n in enumerate(shape) if n == 1)
    return upstream.sum(axis=repeated, keepdims=True).reshape(shape)


ADD = Operator("add", add, add_gradient, explain_add)
