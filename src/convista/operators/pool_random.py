"""Poolings with chance in them. What was drawn is an operand, so that a recorded run can be computed again."""

from __future__ import annotations

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.pool import ONE, window, windows_over, winner
from convista.operators.sliding import NONE, Pair, collect, windows
from convista.operators.upstream import element, gathered, heard


def stochastic_pool2d(x: Array, chosen: Array | None = None, *, kernel: Pair, stride: Pair) -> Array:
    """Take one value of each window at random, the larger the likelier (Zeiler & Fergus 2013).

    Parameters
    ----------
    x
        Input, (batch, channels, rows, columns), meant to be what a ReLU gave. The probability of a value is its
        share of the positive values of its window, p = x / Σ x; where there are none, all are equally likely.
    chosen
        Which value of each window was drawn, counted row by row, in the shape of the output. None, as in inference,
        gives the expected value, O = Σ p·x.
    kernel, stride
        Size and step of the window.
    """
    seen = _flat(x, kernel, stride)
    if chosen is None:
        return (probabilities(seen) * seen).sum(axis=-1)
    return np.take_along_axis(seen, chosen[..., None], -1)[..., 0]


def stochastic_pool2d_gradient(
    upstream: Array, x: Array, chosen: Array | None = None, *, kernel: Pair, stride: Pair
) -> dict[str, Array]:
    """Send the upstream gradient to the value that was drawn; or give each positive one (2·x − O) / Σ x of it.

    The expected value is Σ x² / Σ x over the positive values of a window. Without any, it is the average.
    """
    slopes = _slopes(_flat(x, kernel, stride), chosen)
    shares = (upstream[..., None] * slopes).reshape(*upstream.shape, *kernel)
    return {"x": collect(shares, x.shape, stride, NONE, ONE)}


def explain_stochastic_pool2d(
    index: Index, x: Array, chosen: Array | None = None, *, kernel: Pair, stride: Pair
) -> Explanation:
    """One term for each value of the window, times 1 if it was drawn, or times its probability, which is noted."""
    index, seen = window(index, x, kernel, stride, NONE, ONE)
    likely = probabilities(np.array([x[at] for at in seen]))
    factors = likely if chosen is None else np.arange(len(seen)) == chosen[index]
    terms = tuple(
        Term("x", at, float(x[at]), float(f), None, float(x[at]) * float(f) if f else 0.0)
        for at, f in zip(seen, factors, strict=True)
    )
    notes = {f"p[{n // kernel[1]},{n % kernel[1]}]": float(p) for n, p in enumerate(likely)}
    formula = f"O[{','.join(map(str, index[1:]))}] = " + ("Σ p · x" if chosen is None else "x drawn by p")
    return summed("stochastic_pool2d", index, formula, terms, notes=notes)


def explain_stochastic_pool2d_gradient(
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    chosen: Array | None = None,
    *,
    kernel: Pair,
    stride: Pair,
) -> Explanation:
    """One term for each window that read the element, times 1 if it was drawn there; or times (2·x − O) / Σ x."""
    index = element("stochastic_pool2d", operand, index, x=x)
    terms = []
    for at in windows_over(index, upstream, kernel, stride, NONE, ONE):
        _, seen = window(at, x, kernel, stride, NONE, ONE)
        slopes = _slopes(np.array([x[n] for n in seen]), None if chosen is None else chosen[at])
        terms.append(heard(upstream, at, slopes[seen.index(index)]))
    formula = "∂x = Σ g · (2·x − O) / Σ x" if chosen is None else "∂x = Σ g · [x → O]"
    return gathered("stochastic_pool2d", operand, index, formula, terms)


def probabilities(seen: Array) -> Array:
    """Return the probability of each value along the last axis."""
    positive = np.maximum(seen, 0)
    total = positive.sum(axis=-1, keepdims=True)
    return np.where(total > 0, positive / np.where(total > 0, total, 1), 1 / seen.shape[-1])


def stochastic_choice(draws: Array, x: Array, *, kernel: Pair, stride: Pair) -> Array:
    """Return which value of each window is drawn, counted row by row: ``chosen`` of `stochastic_pool2d`.

    ``draws`` has a number of 0 … 1 for each output; the first value at which the running sum of the probabilities
    exceeds it is drawn.
    """
    running = probabilities(_flat(x, kernel, stride)).cumsum(axis=-1)
    below = (running <= draws[..., None] * running[..., -1:]).sum(axis=-1)
    return np.minimum(below, running.shape[-1] - 1)


def fractional_max_pool2d(x: Array, rows: Array, columns: Array, *, kernel: Pair) -> Array:
    """Take the largest value of windows at irregular steps: O[b,c,i,j] = max_u,v x[b,c, R[i] + u, C[j] + v].

    The steps are drawn for each channel so that a size shrinks by a fraction, such as √2 (Graham 2014).

    Parameters
    ----------
    x
        Input, (batch, channels, rows, columns).
    rows, columns
        R, C: where the windows begin, by `fractional_starts`: (batch, channels, output rows), (…, output columns).
    kernel
        Size of the window.
    """
    return _irregular(x, rows, columns, kernel).max(axis=-1)


def fractional_max_pool2d_gradient(
    upstream: Array, x: Array, rows: Array, columns: Array, *, kernel: Pair
) -> dict[str, Array]:
    """Send each upstream value back to the winner of its window, the first of equals."""
    winner = _irregular(x, rows, columns, kernel).argmax(axis=-1)
    b, c = np.ogrid[: x.shape[0], : x.shape[1]]
    out = np.zeros(x.shape, upstream.dtype)
    at = rows[..., :, None] + winner // kernel[1], columns[..., None, :] + winner % kernel[1]
    np.add.at(out, (b[..., None, None], c[..., None, None], *at), upstream)
    return {"x": out}


def explain_fractional_max_pool2d(
    index: Index, x: Array, rows: Array, columns: Array, *, kernel: Pair
) -> Explanation:
    """One term for each value of the window; only the largest counts."""
    b, c, i, j = inside(index, (*rows.shape, columns.shape[2]))
    seen = _under((b, c, i, j), rows, columns, kernel)
    won = winner(x, seen)
    terms = tuple(
        Term("x", at, float(x[at]), float(at == won), None, float(x[at]) if at == won else 0.0) for at in seen
    )
    return summed("fractional_max_pool2d", (b, c, i, j), f"O[{c},{i},{j}] = max x", terms)


def explain_fractional_max_pool2d_gradient(
    operand: str, index: Index, upstream: Array, x: Array, rows: Array, columns: Array, *, kernel: Pair
) -> Explanation:
    """One term for each window that read the element; those that it won count once, the others not at all."""
    index = element("fractional_max_pool2d", operand, index, x=x)
    b, c, row, column = index
    down, across = (
        [i for i, begin in enumerate(starts[b, c].tolist()) if begin <= at < begin + k]
        for at, starts, k in ((row, rows, kernel[0]), (column, columns, kernel[1]))
    )
    terms = [
        heard(upstream, (b, c, i, j), index == winner(x, _under((b, c, i, j), rows, columns, kernel)))
        for i in down
        for j in across
    ]
    return gathered("fractional_max_pool2d", operand, index, "∂x = Σ g · [argmax]", terms)


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


def _flat(x: Array, kernel: Pair, stride: Pair) -> Array:
    """Return the values of each window along a last axis, row by row."""
    seen = windows(x, kernel, stride, ONE)
    return seen.reshape(*seen.shape[:-2], -1)


def _slopes(seen: Array, chosen: Array | None) -> Array:
    """Return how much each window's output changes with each of its values, along a last axis like ``seen``."""
    if chosen is not None:
        return (np.arange(seen.shape[-1]) == chosen[..., None]).astype(seen.dtype)
    total = np.maximum(seen, 0).sum(axis=-1, keepdims=True)
    expected = (probabilities(seen) * seen).sum(axis=-1, keepdims=True)
    slopes = (seen > 0) * (2 * seen - expected) / np.where(total > 0, total, 1)
    return np.where(total > 0, slopes, 1 / seen.shape[-1])


def _under(index: Index, rows: Array, columns: Array, kernel: Pair) -> list[Index]:
    """Return the elements of the input under an irregular window, row by row."""
    b, c, i, j = index
    top, left = int(rows[b, c, i]), int(columns[b, c, j])
    return [(b, c, top + u, left + v) for u in range(kernel[0]) for v in range(kernel[1])]


def _irregular(x: Array, rows: Array, columns: Array, kernel: Pair) -> Array:
    """Return the values of each window along a last axis, row by row."""
    b, c = (n[..., None, None, None] for n in np.ogrid[: x.shape[0], : x.shape[1]])
    u, v = (n.ravel() for n in np.indices(kernel))
    return x[b, c, rows[..., :, None, None] + u, columns[..., None, :, None] + v]


STOCHASTIC_POOL2D = Operator(
    "stochastic_pool2d",
    stochastic_pool2d,
    stochastic_pool2d_gradient,
    explain_stochastic_pool2d,
    explain_stochastic_pool2d_gradient,
)
FRACTIONAL_MAX_POOL2D = Operator(
    "fractional_max_pool2d",
    fractional_max_pool2d,
    fractional_max_pool2d_gradient,
    explain_fractional_max_pool2d,
    explain_fractional_max_pool2d_gradient,
)
