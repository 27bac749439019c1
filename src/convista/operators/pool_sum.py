"""Pooling by a sliding window that adds up: its average, its sum, its length as a vector.

In an average padding counts only where asked, and torch's overhang (see `pool`) never does.
"""

from __future__ import annotations

import math

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, summed
from convista.operators.pool import ONE, place, under, weighted, window, windows_over
from convista.operators.sliding import NONE, Axes, Padding, Pair, collect, pad, windows
from convista.operators.upstream import element, gathered, heard


def average_pool(
    x: Array,
    *,
    kernel: Axes,
    stride: Axes,
    padding: Padding = NONE,
    overhang: Axes = (0, 0),
    count_padding: bool = True,
    divisor: int | None = None,
) -> Array:
    """Average each window: O[b,c,i] = Σ_u x[b,c, i·S + u] / n.

    ``n`` is the number of elements under the window: those of the input, those of the padding if
    ``count_padding``, never those of the overhang; or ``divisor``, if given.
    """
    n = _divisors(x.shape[2:], kernel, stride, padding, overhang, count_padding, divisor)
    return windows(pad(x, _with(padding, overhang)), kernel, stride, _ones(kernel)).sum(axis=under(kernel)) / n


def average_pool_gradient(
    upstream: Array,
    x: Array,
    *,
    kernel: Axes,
    stride: Axes,
    padding: Padding = NONE,
    overhang: Axes = (0, 0),
    count_padding: bool = True,
    divisor: int | None = None,
) -> dict[str, Array]:
    """Give every element under a window the same share, 1/n, of its upstream gradient."""
    n = _divisors(x.shape[2:], kernel, stride, padding, overhang, count_padding, divisor)
    around = _with(padding, overhang)
    shares = np.broadcast_to((upstream / n).reshape(*upstream.shape, *_ones(kernel)), (*upstream.shape, *kernel))
    return {"x": collect(shares, pad(x, around).shape, stride, around, _ones(kernel))}


def explain_average_pool(
    index: Index,
    x: Array,
    *,
    kernel: Axes,
    stride: Axes,
    padding: Padding = NONE,
    overhang: Axes = (0, 0),
    count_padding: bool = True,
    divisor: int | None = None,
) -> Explanation:
    """One term for each value of the window inside the input, times 1/n."""
    index, seen = window(index, x, kernel, stride, _with(padding, overhang), _ones(kernel))
    counts = _divisors(x.shape[2:], kernel, stride, padding, overhang, count_padding, divisor)
    n = float(counts[index[2:]])
    terms = weighted(x, seen, [1 / n] * len(seen))
    return summed(f"average_pool{len(kernel)}d", index, f"O[{place(index)}] = Σ x / n", terms, notes={"n": n})


def explain_average_pool_gradient(
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    *,
    kernel: Axes,
    stride: Axes,
    padding: Padding = NONE,
    overhang: Axes = (0, 0),
    count_padding: bool = True,
    divisor: int | None = None,
) -> Explanation:
    """One term for each window that read the element, times its 1/n."""
    index = element(f"average_pool{len(kernel)}d", operand, index, x=x)
    n = _divisors(x.shape[2:], kernel, stride, padding, overhang, count_padding, divisor)
    over = windows_over(index, upstream, kernel, stride, padding, _ones(kernel))
    terms = [heard(upstream, at, 1 / n[at[2:]]) for at in over]
    return gathered(f"average_pool{len(kernel)}d", operand, index, "∂x = Σ g / n", terms)


def sum_pool2d(x: Array, *, kernel: Pair, stride: Pair) -> Array:
    """Add up each window: O[b,c,i,j] = Σ_u,v x[b,c, i·S + u, j·S + v]."""
    return windows(x, kernel, stride, ONE).sum(axis=(-2, -1))


def sum_pool2d_gradient(upstream: Array, x: Array, *, kernel: Pair, stride: Pair) -> dict[str, Array]:
    """Give every element under a window its whole upstream gradient."""
    shares = np.broadcast_to(upstream[..., None, None], (*upstream.shape, *kernel))
    return {"x": collect(shares, x.shape, stride, NONE, ONE)}


def explain_sum_pool2d(index: Index, x: Array, *, kernel: Pair, stride: Pair) -> Explanation:
    """One term for each value of the window."""
    index, seen = window(index, x, kernel, stride, NONE, ONE)
    return summed("sum_pool2d", index, f"O[{place(index)}] = Σ x", weighted(x, seen, [1.0] * len(seen)))


def explain_sum_pool2d_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, kernel: Pair, stride: Pair
) -> Explanation:
    """One term for each window that read the element."""
    index = element("sum_pool2d", operand, index, x=x)
    terms = [heard(upstream, at) for at in windows_over(index, upstream, kernel, stride, NONE, ONE)]
    return gathered("sum_pool2d", operand, index, "∂x = Σ g", terms)


def l2_pool2d(x: Array, *, kernel: Pair, stride: Pair) -> Array:
    """Take the length of each window as a vector: O[b,c,i,j] = √(Σ_u,v x²)."""
    return np.sqrt((windows(x, kernel, stride, ONE) ** 2).sum(axis=(-2, -1)))


def l2_pool2d_gradient(upstream: Array, x: Array, *, kernel: Pair, stride: Pair) -> dict[str, Array]:
    """Give every element its share of the length, x / O; nothing where the whole window is 0."""
    length = l2_pool2d(x, kernel=kernel, stride=stride)
    per_unit = np.divide(upstream, length, out=np.zeros_like(length), where=length > 0)
    shares = windows(x, kernel, stride, ONE) * per_unit[..., None, None]
    return {"x": collect(shares, x.shape, stride, NONE, ONE)}


def explain_l2_pool2d(index: Index, x: Array, *, kernel: Pair, stride: Pair) -> Explanation:
    """One term for each value of the window: its square; the value is the root of their sum."""
    index, seen = window(index, x, kernel, stride, NONE, ONE)
    terms = weighted(x, seen, [float(x[at]) for at in seen])
    formula = f"O[{place(index)}] = √Σ x²"
    plain = summed("l2_pool2d", index, formula, terms)
    return Explanation("l2_pool2d", index, formula, terms, 0.0, plain.total, float(np.sqrt(plain.total)), "√Σ")


def explain_l2_pool2d_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, kernel: Pair, stride: Pair
) -> Explanation:
    """One term for each window that read the element, times x / O; nothing where the whole window is 0."""
    index = element("l2_pool2d", operand, index, x=x)
    terms = []
    for at in windows_over(index, upstream, kernel, stride, NONE, ONE):
        _, seen = window(at, x, kernel, stride, NONE, ONE)
        length = math.hypot(*(x[n] for n in seen))
        terms.append(heard(upstream, at, x[index] / length if length else 0.0, index, "x"))
    return gathered("l2_pool2d", operand, index, "∂x = Σ g · x / O", terms)


def _ones(kernel: Axes) -> Axes:
    return (1,) * len(kernel)


def _with(padding: Padding, overhang: Axes) -> Padding:
    return tuple((before, after + more) for (before, after), more in zip(padding, overhang, strict=True))


def _divisors(
    size: Axes,
    kernel: Axes,
    stride: Axes,
    padding: Padding,
    overhang: Axes,
    count_padding: bool,
    divisor: int | None,
) -> Array:
    """Return n for each window, (rows, columns) of the output, or as many axes as it has."""
    counted = pad(pad(np.ones(size), padding, float(count_padding)), tuple((0, more) for more in overhang))
    counts = windows(counted, kernel, stride, _ones(kernel)).sum(axis=under(kernel))
    return counts if divisor is None else np.full_like(counts, divisor)


AVERAGE_POOL1D, AVERAGE_POOL2D, AVERAGE_POOL3D = (
    Operator(
        f"average_pool{n}d",
        average_pool,
        average_pool_gradient,
        explain_average_pool,
        explain_average_pool_gradient,
    )
    for n in (1, 2, 3)
)
SUM_POOL2D = Operator(
    "sum_pool2d", sum_pool2d, sum_pool2d_gradient, explain_sum_pool2d, explain_sum_pool2d_gradient
)
L2_POOL2D = Operator("l2_pool2d", l2_pool2d, l2_pool2d_gradient, explain_l2_pool2d, explain_l2_pool2d_gradient)
