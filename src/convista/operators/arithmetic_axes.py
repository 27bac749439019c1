"""Arithmetic along axes: many values become one, as a mean over rows and columns does.

``axes`` are the axes that are taken together, counted from 0; with ``keep`` they stay, with length 1.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator
from convista.operators.upstream import element, gradient_explanation, upstream_term

Axes = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class AlongAxes(Operator):
    """What arithmetic along several axes shares."""

    finishes_a_layer = True
    axes: Axes
    keep: bool = False


@dataclass(frozen=True, kw_only=True)
class Mean(AlongAxes):
    """Average along axes: y = Σ x / n."""

    names = ("mean",)

    def value(self, x: Array) -> Array:
        """Return Σ x / n."""
        return x.mean(axis=self.axes, keepdims=self.keep)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Give every element the same share, 1/n."""
        return {"x": np.broadcast_to(_kept(upstream, x, self.axes) / _count(x, self.axes), x.shape)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each element, times 1/n."""
        index, seen = _read(index, x, self.axes, self.keep)
        n = len(seen)
        terms = tuple(Term("x", at, float(x[at]), 1 / n, None, float(x[at]) / n) for at in seen)
        return summed(self.name, index, f"y = Σ x / {n}", terms)

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term: the upstream value times 1/n."""
        index, at, _ = _upstream_at(self.name, operand, index, x, self.axes, self.keep)
        n = _count(x, self.axes)
        return gradient_explanation(
            self.name, operand, index, f"∂x = g / {n}", (upstream_term(upstream, at, 1 / n),)
        )


@dataclass(frozen=True, kw_only=True)
class Sum(AlongAxes):
    """Add up along axes: y = Σ x."""

    names = ("sum",)

    def value(self, x: Array) -> Array:
        """Return Σ x."""
        return x.sum(axis=self.axes, keepdims=self.keep)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Give every element the whole upstream gradient."""
        return {"x": np.broadcast_to(_kept(upstream, x, self.axes), x.shape)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each element."""
        index, seen = _read(index, x, self.axes, self.keep)
        terms = tuple(Term("x", at, float(x[at]), 1.0, None, float(x[at])) for at in seen)
        return summed(self.name, index, "y = Σ x", terms)

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term: the upstream value itself."""
        index, at, _ = _upstream_at(self.name, operand, index, x, self.axes, self.keep)
        return gradient_explanation(self.name, operand, index, "∂x = g", (upstream_term(upstream, at),))


@dataclass(frozen=True, kw_only=True)
class Amax(AlongAxes):
    """Take the largest along axes: y = max x."""

    names = ("amax",)

    def value(self, x: Array) -> Array:
        """Return max x."""
        return x.max(axis=self.axes, keepdims=self.keep)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Send the upstream gradient to the largest; of equals each receives the same share, as in torch's amax."""
        wins = x == x.max(axis=self.axes, keepdims=True)
        return {"x": _kept(upstream, x, self.axes) * wins / wins.sum(axis=self.axes, keepdims=True)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each element; only the largest counts, the first of equals."""
        index, seen = _read(index, x, self.axes, self.keep)
        return _winner(self.name, index, x, seen)

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term: the upstream value times 1 if the element is the largest, 1/m if m are as large, else 0."""
        index, at, line = _upstream_at(self.name, operand, index, x, self.axes, self.keep)
        wins = x[line] == x[line].max()
        # Among elements with a NaN nothing equals the largest, and torch sends NaN to all.
        share = float(x[index] == x[line].max()) / float(wins.sum()) if wins.any() else float("nan")
        return gradient_explanation(
            self.name, operand, index, "∂x = g · [x = y] / m", (upstream_term(upstream, at, share),)
        )


@dataclass(frozen=True, kw_only=True)
class Max(Operator):
    """Take the largest along one axis, and as the second output its position on it, the first of equals."""

    names = ("max",)
    finishes_a_layer = True
    several = True
    axis: int
    keep: bool = False
    output: int = 0
    """Which output: the values, or their positions."""

    def of_output(self, position: int) -> Self:
        """Return the definition of one of the two outputs."""
        return replace(self, output=position)

    def value(self, x: Array) -> Array:
        """Return the largest, or its position."""
        taken = x.argmax(axis=self.axis, keepdims=True)
        largest = taken if self.output else np.take_along_axis(x, taken, self.axis)
        return largest if self.keep else largest.squeeze(self.axis)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Send the upstream gradient to the largest, the first of equals; a position has no gradient."""
        if self.output:
            return {}
        gradient = np.zeros(x.shape, upstream.dtype)
        largest = x.argmax(axis=self.axis, keepdims=True)
        np.put_along_axis(gradient, largest, _kept(upstream, x, (self.axis,)), self.axis)
        return {"x": gradient}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each element; only the largest counts, with its value or with its position."""
        index, seen = _read(index, x, (self.axis,), self.keep)
        return _winner(self.name, index, x, seen, position=bool(self.output))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term: the upstream value times 1 if the element is the largest, the first of equals, else 0."""
        if self.output:
            element(self.name, operand, index)
        index, at, line = _upstream_at(self.name, operand, index, x, (self.axis,), self.keep)
        won = index[self.axis] == int(x[line].argmax())
        return gradient_explanation(
            self.name, operand, index, "∂x = g · [argmax]", (upstream_term(upstream, at, won),)
        )

    def reads(self, wanted: Array, x: Array) -> dict[str, Array]:
        """Return all along the axis: any of them may be the largest."""
        return Sum(axes=(self.axis,), keep=self.keep).gradient(wanted, x)


def _winner(name: str, index: Index, x: Array, seen: list[Index], *, position: bool = False) -> Explanation:
    winner = int(np.argmax([x[at] for at in seen]))
    terms = tuple(
        Term("x", at, float(x[at]), None, None, float(n == winner) * n)
        if position
        else Term("x", at, float(x[at]), float(n == winner), None, float(x[at]) if n == winner else 0.0)
        for n, at in enumerate(seen)
    )
    return summed(name, index, "y = argmax x" if position else "y = max x", terms)


def _upstream_at(
    name: str, operand: str, index: Index, x: Array, axes: Axes, keep: bool
) -> tuple[Index, Index, tuple[int | slice, ...]]:
    """Return the checked index, the output element that it went into, and all that went into it, as a key of x."""
    index = element(name, operand, index, x=x)
    at = tuple(0 if a in axes else i for a, i in enumerate(index) if keep or a not in axes)
    return (index, at, tuple(slice(None) if a in axes else i for a, i in enumerate(index)))


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
