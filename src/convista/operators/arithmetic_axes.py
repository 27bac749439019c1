"""Arithmetic along axes: many values become one, as a mean over rows and columns does.

``axes`` are the axes that are taken together, counted from 0; with ``keep`` they stay, with length 1.
"""

from __future__ import annotations

import itertools

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.upstream import element, gathered, heard

Axes = tuple[int, ...]


def mean_axes(x: Array, *, axes: Axes, keep: bool = False) -> Array:
    """Average along axes: y = Σ x / n."""
    return x.mean(axis=axes, keepdims=keep)


def mean_axes_gradient(upstream: Array, x: Array, *, axes: Axes, keep: bool = False) -> dict[str, Array]:
    """Give every element the same share, 1/n."""
    return {"x": np.broadcast_to(_kept(upstream, x, axes) / _count(x, axes), x.shape)}


def explain_mean_axes(index: Index, x: Array, *, axes: Axes, keep: bool = False) -> Explanation:
    """One term for each element, times 1/n."""
    index, seen = _read(index, x, axes, keep)
    n = len(seen)
    terms = tuple(Term("x", at, float(x[at]), 1 / n, None, float(x[at]) / n) for at in seen)
    return summed("mean", index, f"y = Σ x / {n}", terms)


def explain_mean_axes_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, axes: Axes, keep: bool = False
) -> Explanation:
    """One term: the upstream value times 1/n."""
    index, at, _ = _heard_at("mean", operand, index, x, axes, keep)
    n = _count(x, axes)
    return gathered("mean", operand, index, f"∂x = g / {n}", (heard(upstream, at, 1 / n),))


def sum_axes(x: Array, *, axes: Axes, keep: bool = False) -> Array:
    """Add up along axes: y = Σ x."""
    return x.sum(axis=axes, keepdims=keep)


def sum_axes_gradient(upstream: Array, x: Array, *, axes: Axes, keep: bool = False) -> dict[str, Array]:
    """Give every element the whole upstream gradient."""
    return {"x": np.broadcast_to(_kept(upstream, x, axes), x.shape)}


def explain_sum_axes(index: Index, x: Array, *, axes: Axes, keep: bool = False) -> Explanation:
    """One term for each element."""
    index, seen = _read(index, x, axes, keep)
    terms = tuple(Term("x", at, float(x[at]), 1.0, None, float(x[at])) for at in seen)
    return summed("sum", index, "y = Σ x", terms)


def explain_sum_axes_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, axes: Axes, keep: bool = False
) -> Explanation:
    """One term: the upstream value itself."""
    index, at, _ = _heard_at("sum", operand, index, x, axes, keep)
    return gathered("sum", operand, index, "∂x = g", (heard(upstream, at),))


def amax(x: Array, *, axes: Axes, keep: bool = False) -> Array:
    """Take the largest along axes: y = max x."""
    return x.max(axis=axes, keepdims=keep)


def amax_gradient(upstream: Array, x: Array, *, axes: Axes, keep: bool = False) -> dict[str, Array]:
    """Send the upstream gradient to the largest; of equals each receives the same share, as in torch's amax."""
    wins = x == x.max(axis=axes, keepdims=True)
    return {"x": _kept(upstream, x, axes) * wins / wins.sum(axis=axes, keepdims=True)}


def explain_amax(index: Index, x: Array, *, axes: Axes, keep: bool = False) -> Explanation:
    """One term for each element; only the largest counts, the first of equals."""
    index, seen = _read(index, x, axes, keep)
    return _winner("amax", index, x, seen)


def explain_amax_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, axes: Axes, keep: bool = False
) -> Explanation:
    """One term: the upstream value times 1 if the element is the largest, 1/m if m are as large, else 0."""
    index, at, line = _heard_at("amax", operand, index, x, axes, keep)
    wins = x[line] == x[line].max()
    # Among elements with a NaN nothing equals the largest, and torch sends NaN to all.
    share = float(x[index] == x[line].max()) / float(wins.sum()) if wins.any() else float("nan")
    return gathered("amax", operand, index, "∂x = g · [x = y] / m", (heard(upstream, at, share),))


def max_axis(x: Array, *, axis: int, keep: bool = False, output: int = 0) -> Array:
    """Take the largest along one axis, and as the second output its position on it, the first of equals."""
    taken = x.argmax(axis=axis, keepdims=True)
    largest = taken if output else np.take_along_axis(x, taken, axis)
    return largest if keep else largest.squeeze(axis)


def max_axis_gradient(
    upstream: Array, x: Array, *, axis: int, keep: bool = False, output: int = 0
) -> dict[str, Array]:
    """Send the upstream gradient to the largest, the first of equals; a position has no gradient."""
    if output:
        return {}
    gradient = np.zeros(x.shape, upstream.dtype)
    np.put_along_axis(gradient, x.argmax(axis=axis, keepdims=True), _kept(upstream, x, (axis,)), axis)
    return {"x": gradient}


def explain_max_axis(index: Index, x: Array, *, axis: int, keep: bool = False, output: int = 0) -> Explanation:
    """One term for each element; only the largest counts, with its value or with its position."""
    index, seen = _read(index, x, (axis,), keep)
    return _winner("max", index, x, seen, position=bool(output))


def explain_max_axis_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, axis: int, keep: bool = False, output: int = 0
) -> Explanation:
    """One term: the upstream value times 1 if the element is the largest, the first of equals, else 0."""
    if output:
        element("max", operand, index)
    index, at, line = _heard_at("max", operand, index, x, (axis,), keep)
    won = index[axis] == int(x[line].argmax())
    return gathered("max", operand, index, "∂x = g · [argmax]", (heard(upstream, at, won),))


def _winner(name: str, index: Index, x: Array, seen: list[Index], *, position: bool = False) -> Explanation:
    winner = int(np.argmax([x[at] for at in seen]))
    terms = tuple(
        Term("x", at, float(x[at]), None, None, float(n == winner) * n)
        if position
        else Term("x", at, float(x[at]), float(n == winner), None, float(x[at]) if n == winner else 0.0)
        for n, at in enumerate(seen)
    )
    return summed(name, index, "y = argmax x" if position else "y = max x", terms)


def _heard_at(
    name: str, operand: str, index: Index, x: Array, axes: Axes, keep: bool
) -> tuple[Index, Index, tuple[int | slice, ...]]:
    """Return the checked index, the output element that it went into, and all that went into it, as a key of x."""
    index = element(name, operand, index, x=x)
    at = tuple(0 if a in axes else i for a, i in enumerate(index) if keep or a not in axes)
    return index, at, tuple(slice(None) if a in axes else i for a, i in enumerate(index))


def _kept(upstream: Array, x: Array, axes: Axes) -> Array:
    """Lay the upstream gradient so that the axes that were taken together have length 1."""
    return upstream.reshape([1 if a in axes else n for a, n in enumerate(x.shape)])


def _count(x: Array, axes: Axes) -> int:
    return int(np.prod([x.shape[a] for a in axes]))


def _read(index: Index, x: Array, axes: Axes, keep: bool) -> tuple[Index, list[Index]]:
    """Return the checked index, and the elements of x that it was made of, the last axis first."""
    shape = [1 if a in axes else n for a, n in enumerate(x.shape) if keep or a not in axes]
    index = inside(index, tuple(shape))
    places = iter(index if not keep else [i for a, i in enumerate(index) if a not in axes])
    ranges = [range(n) if a in axes else (next(places),) for a, n in enumerate(x.shape)]
    return index, [tuple(at) for at in itertools.product(*ranges)]


MEAN = Operator("mean", mean_axes, mean_axes_gradient, explain_mean_axes, explain_mean_axes_gradient)
SUM = Operator("sum", sum_axes, sum_axes_gradient, explain_sum_axes, explain_sum_axes_gradient)
AMAX = Operator("amax", amax, amax_gradient, explain_amax, explain_amax_gradient)
MAX = Operator("max", max_axis, max_axis_gradient, explain_max_axis, explain_max_axis_gradient, several=True)
