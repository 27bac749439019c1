"""Poolings with chance in them. What was drawn is an operand, so that a recorded run can be computed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, inside, summed
from convista.operators.operator import Operator, Shape
from convista.operators.pool import WindowPool, place, weighted, winner
from convista.operators.sliding import collect, windows
from convista.operators.upstream import element, gradient_explanation, upstream_term
from convista.pairs import Pair


@dataclass(frozen=True, kw_only=True)
class StochasticPool(WindowPool):
    """Take one value of each window of an image at random, the larger the likelier (Zeiler & Fergus 2013).

    Operands
    --------
    x
        Input, (batch, channels, rows, columns), meant to be what a ReLU gave. The probability of a value is its
        share of the positive values of its window, p = x / Σ x; where there are none, all are equally likely.
    chosen
        Which value of each window was drawn, counted row by row, in the shape of the output. None, as in inference,
        gives the expected value, O = Σ p·x.
    """

    names = ("stochastic_pool2d",)

    def value(self, x: Array, chosen: Array | None = None) -> Array:
        """Return the value of each window that was drawn, or the expected one."""
        seen = self._flat(x)
        if chosen is None:
            return (probabilities(seen) * seen).sum(axis=-1)
        return np.take_along_axis(seen, chosen[..., None], -1)[..., 0]

    def gradient(self, upstream: Array, x: Array, chosen: Array | None = None) -> dict[str, Array]:
        """Send the upstream gradient to the value that was drawn; or give each positive one (2·x − O) / Σ x of it.

        The expected value is Σ x² / Σ x over the positive values of a window. Without any, it is the average.
        """
        slopes = _slopes(self._flat(x), chosen)
        shares = (upstream[..., None] * slopes).reshape(*upstream.shape, *self.kernel)
        return {"x": collect(shares, x.shape, self.stride, self.frame, self.spacing)}

    def explain(self, index: Index, x: Array, chosen: Array | None = None) -> Explanation:
        """One term for each value of the window, times 1 if it was drawn, or times its probability, noted."""
        index, seen = self.seen_by(index, x)
        likely = probabilities(np.array([x[at] for at in seen]))
        factors = likely if chosen is None else np.arange(len(seen)) == chosen[index]
        terms = weighted(x, seen, [float(factor) for factor in factors])
        notes = {f"p[{n // self.kernel[1]},{n % self.kernel[1]}]": float(p) for n, p in enumerate(likely)}
        formula = f"O[{place(index)}] = " + ("Σ p · x" if chosen is None else "x drawn by p")
        return summed(self.name, index, formula, terms, notes=notes)

    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, x: Array, chosen: Array | None = None
    ) -> Explanation:
        """One term for each window that read the element, times 1 if it was drawn there, or (2·x − O) / Σ x."""
        index = element(self.name, operand, index, x=x)
        terms = []
        for at in self.readers_of(index, upstream):
            _, seen = self.seen_by(at, x)
            slopes = _slopes(np.array([x[n] for n in seen]), None if chosen is None else chosen[at])
            terms.append(upstream_term(upstream, at, slopes[seen.index(index)]))
        formula = "∂x = Σ g · (2·x − O) / Σ x" if chosen is None else "∂x = Σ g · [x → O]"
        return gradient_explanation(self.name, operand, index, formula, terms)

    def choice(self, draws: Array, x: Array) -> Array:
        """Return which value of each window is drawn, counted row by row: the operand ``chosen``.

        ``draws`` has a number of 0 … 1 for each output; the first value at which the running sum of the
        probabilities exceeds it is drawn.
        """
        running = probabilities(self._flat(x)).cumsum(axis=-1)
        below = (running <= draws[..., None] * running[..., -1:]).sum(axis=-1)
        return np.minimum(below, running.shape[-1] - 1)

    def _flat(self, x: Array) -> Array:
        """Return the values of each window along a last axis, row by row."""
        seen = windows(x, self.kernel, self.stride, self.spacing)
        return seen.reshape(*seen.shape[:-2], -1)


@dataclass(frozen=True, kw_only=True)
class FractionalMaxPool(Operator):
    """Take the largest value of windows at irregular steps: O[b,c,i,j] = max_u,v x[b,c, R[i] + u, C[j] + v].

    The steps are drawn for each channel so that a size shrinks by a fraction, such as √2 (Graham 2014).

    Operands
    --------
    x
        Input, (batch, channels, rows, columns).
    rows, columns
        R, C: where the windows begin, by `fractional_starts`: (batch, channels, output rows), (…, output columns).
    """

    names = ("fractional_max_pool2d",)
    kernel: Pair

    def value(self, x: Array, rows: Array, columns: Array) -> Array:
        """Return the largest value of each window."""
        return self._irregular(x, rows, columns).max(axis=-1)

    def gradient(self, upstream: Array, x: Array, rows: Array, columns: Array) -> dict[str, Array]:
        """Send each upstream value back to the winner of its window, the first of equals."""
        won = self._irregular(x, rows, columns).argmax(axis=-1)
        b, c = np.ogrid[: x.shape[0], : x.shape[1]]
        out = np.zeros(x.shape, upstream.dtype)
        at = rows[..., :, None] + won // self.kernel[1], columns[..., None, :] + won % self.kernel[1]
        np.add.at(out, (b[..., None, None], c[..., None, None], *at), upstream)
        return {"x": out}

    def explain(self, index: Index, x: Array, rows: Array, columns: Array) -> Explanation:
        """One term for each value of the window; only the largest counts."""
        index = inside(index, (*rows.shape, columns.shape[2]))
        seen = self._under(index, rows, columns)
        won = winner(x, seen)
        terms = weighted(x, seen, [float(at == won) for at in seen])
        return summed(self.name, index, f"O[{place(index)}] = max x", terms)

    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, x: Array, rows: Array, columns: Array
    ) -> Explanation:
        """One term for each window that read the element; those that it won count once, the others not at all."""
        index = element(self.name, operand, index, x=x)
        b, c, row, column = index
        down, across = (
            [i for i, begin in enumerate(starts[b, c].tolist()) if begin <= at < begin + k]
            for at, starts, k in ((row, rows, self.kernel[0]), (column, columns, self.kernel[1]))
        )
        terms = [
            upstream_term(upstream, (b, c, i, j), index == winner(x, self._under((b, c, i, j), rows, columns)))
            for i in down
            for j in across
        ]
        return gradient_explanation(self.name, operand, index, "∂x = Σ g · [argmax]", terms)

    def reads(self, wanted: Array, x: Array, rows: Array, columns: Array) -> dict[str, Array]:
        """Return every element under a window that is wanted: any of them may win."""
        out = np.zeros(x.shape)
        b, c = (n[..., None, None] for n in np.ogrid[: x.shape[0], : x.shape[1]])
        for u, v in np.ndindex(*self.kernel):
            np.add.at(out, (b, c, rows[..., :, None] + u, columns[..., None, :] + v), wanted)
        return {"x": out}

    def window_size(self, operands: Mapping[str, Shape]) -> Shape:
        """Return the size of the window."""
        return self.kernel

    def _under(self, index: Index, rows: Array, columns: Array) -> list[Index]:
        """Return the elements of the input under an irregular window, row by row."""
        b, c, i, j = index
        top, left = int(rows[b, c, i]), int(columns[b, c, j])
        return [(b, c, top + u, left + v) for u in range(self.kernel[0]) for v in range(self.kernel[1])]

    def _irregular(self, x: Array, rows: Array, columns: Array) -> Array:
        """Return the values of each window along a last axis, row by row."""
        b, c = (n[..., None, None, None] for n in np.ogrid[: x.shape[0], : x.shape[1]])
        u, v = (n.ravel() for n in np.indices(self.kernel))
        return x[b, c, rows[..., :, None, None] + u, columns[..., None, :, None] + v]


def probabilities(seen: Array) -> Array:
    """Return the probability of each value along the last axis."""
    positive = np.maximum(seen, 0)
    total = positive.sum(axis=-1, keepdims=True)
    return np.where(total > 0, positive / np.where(total > 0, total, 1), 1 / seen.shape[-1])


def fractional_starts(draws: Array, size: int, kernel: int, out: int) -> Array:
    """Return where the windows of one axis begin: ⌊(i + u)·α⌋ − ⌊u·α⌋, α = (size − kernel) / (out − 1).

    ``draws`` holds a number u of 0 … 1 for each channel, (batch, channels). The last window ends with the input. It
    is computed in the precision of the draws, as torch does, because the floor depends on it.
    """
    last = np.full((*draws.shape, 1), size - kernel)
    if out == 1:
        return last
    number = draws.dtype.type
    alpha = number(size - kernel) / number(out - 1)
    u, i = draws[..., None], np.arange(out - 1, dtype=draws.dtype)
    return np.concatenate([((i + u) * alpha).astype(int) - (u * alpha).astype(int), last], axis=-1)


def _slopes(seen: Array, chosen: Array | None) -> Array:
    """Return how much each window's output changes with each of its values, along a last axis like ``seen``."""
    if chosen is not None:
        return (np.arange(seen.shape[-1]) == chosen[..., None]).astype(seen.dtype)
    total = np.maximum(seen, 0).sum(axis=-1, keepdims=True)
    expected = (probabilities(seen) * seen).sum(axis=-1, keepdims=True)
    slopes = (seen > 0) * (2 * seen - expected) / np.where(total > 0, total, 1)
    return np.where(total > 0, slopes, 1 / seen.shape[-1])
