"""Pooling by a sliding window: one value for each window of each channel.

Where torch's ``ceil_mode`` lets the last windows reach beyond the padded input, there is more padding below and at
the right, the `overhang`. Padding never wins a maximum or minimum. In an average it counts only where asked, and an
overhang never does.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.sliding import NONE, Padding, Pair, collect, output_size, pad, readers, windows
from convista.operators.sliding import window as read_by
from convista.operators.upstream import element, gathered, heard

ONE: Pair = (1, 1)


def max_pool2d(x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE, dilation: Pair = ONE) -> Array:
    """Take the largest value of each window: O[b,c,i,j] = max_u,v x[b,c, i·S + u·D, j·S + v·D].

    Input (batch, channels, rows, columns); padding is with −∞.
    """
    return windows(pad(x, padding, -np.inf), kernel, stride, dilation).max(axis=(-2, -1))


def max_pool2d_gradient(
    upstream: Array, x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE, dilation: Pair = ONE
) -> dict[str, Array]:
    """Send each upstream value back to the winner of its window.

    Of equal values the first wins, row by row, as in torch.
    """
    padded = pad(x, padding, -np.inf)
    seen = windows(padded, kernel, stride, dilation)
    flat = seen.reshape(*seen.shape[:-2], -1)
    winner = np.arange(flat.shape[-1]) == flat.argmax(axis=-1)[..., None]
    shares = (winner * upstream[..., None]).reshape(seen.shape)
    return {"x": collect(shares, padded.shape, stride, padding, dilation)}


def explain_max_pool2d(
    index: Index, x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE, dilation: Pair = ONE
) -> Explanation:
    """One term for each value of the window inside the input; the winner counts once, the others not at all."""
    index, seen = window(index, x, kernel, stride, padding, dilation)
    won = winner(x, seen)
    factors = [float(at == won) for at in seen]
    return summed("max_pool2d", index, f"O[{_place(index)}] = max x", _weighted(x, seen, factors))


def explain_max_pool2d_gradient(
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    *,
    kernel: Pair,
    stride: Pair,
    padding: Padding = NONE,
    dilation: Pair = ONE,
) -> Explanation:
    """One term for each window that read the element; those that it won count once, the others not at all."""
    index = element("max_pool2d", operand, index, x=x)
    terms = [
        heard(upstream, at, index == winner(x, window(at, x, kernel, stride, padding, dilation)[1]))
        for at in windows_over(index, upstream, kernel, stride, padding, dilation)
    ]
    return gathered("max_pool2d", operand, index, "∂x = Σ g of the windows won", terms)


def min_pool2d(x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE) -> Array:
    """Take the smallest value of each window: min x = −max(−x)."""
    return -max_pool2d(-x, kernel=kernel, stride=stride, padding=padding)


def min_pool2d_gradient(
    upstream: Array, x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE
) -> dict[str, Array]:
    """Send each upstream value back to the smallest of its window, the first of equals."""
    return max_pool2d_gradient(upstream, -x, kernel=kernel, stride=stride, padding=padding)


def explain_min_pool2d(
    index: Index, x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE
) -> Explanation:
    """One term for each value of the window inside the input; only the smallest counts."""
    index, seen = window(index, x, kernel, stride, padding, ONE)
    won = winner(-x, seen)
    factors = [float(at == won) for at in seen]
    return summed("min_pool2d", index, f"O[{_place(index)}] = min x", _weighted(x, seen, factors))


def explain_min_pool2d_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE
) -> Explanation:
    """One term for each window that read the element; those in which it is the smallest count once."""
    return replace(
        explain_max_pool2d_gradient(operand, index, upstream, -x, kernel=kernel, stride=stride, padding=padding),
        operator="min_pool2d",
    )


def average_pool2d(
    x: Array,
    *,
    kernel: Pair,
    stride: Pair,
    padding: Padding = NONE,
    overhang: Pair = (0, 0),
    count_padding: bool = True,
    divisor: int | None = None,
) -> Array:
    """Average each window: O[b,c,i,j] = Σ_u,v x[b,c, i·S + u, j·S + v] / n.

    ``n`` is the number of elements under the window: those of the input, those of the padding if
    ``count_padding``, never those of the overhang; or ``divisor``, if given.
    """
    n = _divisors(x.shape[-2:], kernel, stride, padding, overhang, count_padding, divisor)
    return windows(pad(x, _with(padding, overhang)), kernel, stride, ONE).sum(axis=(-2, -1)) / n


def average_pool2d_gradient(
    upstream: Array,
    x: Array,
    *,
    kernel: Pair,
    stride: Pair,
    padding: Padding = NONE,
    overhang: Pair = (0, 0),
    count_padding: bool = True,
    divisor: int | None = None,
) -> dict[str, Array]:
    """Give every element under a window the same share, 1/n, of its upstream gradient."""
    n = _divisors(x.shape[-2:], kernel, stride, padding, overhang, count_padding, divisor)
    around = _with(padding, overhang)
    shares = np.broadcast_to((upstream / n)[..., None, None], (*upstream.shape, *kernel))
    return {"x": collect(shares, pad(x, around).shape, stride, around, ONE)}


def explain_average_pool2d(
    index: Index,
    x: Array,
    *,
    kernel: Pair,
    stride: Pair,
    padding: Padding = NONE,
    overhang: Pair = (0, 0),
    count_padding: bool = True,
    divisor: int | None = None,
) -> Explanation:
    """One term for each value of the window inside the input, times 1/n."""
    index, seen = window(index, x, kernel, stride, _with(padding, overhang), ONE)
    counts = _divisors(x.shape[-2:], kernel, stride, padding, overhang, count_padding, divisor)
    n = float(counts[index[2:]])
    terms = _weighted(x, seen, [1 / n] * len(seen))
    return summed("average_pool2d", index, f"O[{_place(index)}] = Σ x / n", terms, notes={"n": n})


def explain_average_pool2d_gradient(
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    *,
    kernel: Pair,
    stride: Pair,
    padding: Padding = NONE,
    overhang: Pair = (0, 0),
    count_padding: bool = True,
    divisor: int | None = None,
) -> Explanation:
    """One term for each window that read the element, times its 1/n."""
    index = element("average_pool2d", operand, index, x=x)
    n = _divisors(x.shape[-2:], kernel, stride, padding, overhang, count_padding, divisor)
    over = windows_over(index, upstream, kernel, stride, padding, ONE)
    terms = [heard(upstream, at, 1 / n[at[2:]]) for at in over]
    return gathered("average_pool2d", operand, index, "∂x = Σ g / n", terms)


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
    return summed("sum_pool2d", index, f"O[{_place(index)}] = Σ x", _weighted(x, seen, [1.0] * len(seen)))


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
    terms = _weighted(x, seen, [float(x[at]) for at in seen])
    formula = f"O[{_place(index)}] = √Σ x²"
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


def overhang(size: int, kernel: int, stride: int, padding: int, dilation: int = 1) -> int:
    """Return how far torch's ``ceil_mode`` lets the last window of an axis reach beyond the padding.

    It adds one window where the floor left some elements out, unless that window would begin in the padding.
    """
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    windows_seen = -(-room // stride) + 1
    if (windows_seen - 1) * stride >= size + padding:
        windows_seen -= 1
    return max(0, (windows_seen - 1) * stride - room)


def window(
    index: Index, x: Array, kernel: Pair, stride: Pair, padding: Padding, dilation: Pair
) -> tuple[Index, list[Index]]:
    """Return the checked index, and the elements of the input under its window, row by row."""
    size = output_size(x.shape[2:], kernel, stride, padding, dilation)
    b, c, i, j = inside(index, (*x.shape[:2], *size))
    seen = read_by((i, j), x.shape[2:], kernel, stride, padding, dilation)
    return (b, c, i, j), [(b, c, *at) for _, at in seen]


def windows_over(
    index: Index, upstream: Array, kernel: Pair, stride: Pair, padding: Padding, dilation: Pair
) -> list[Index]:
    """Return the outputs whose windows read an element of the input: the reverse of `window`."""
    b, c, *place = index
    over = readers(tuple(place), upstream.shape[2:], kernel, stride, padding, dilation)
    return [(b, c, *i) for i, _ in over]


def winner(x: Array, seen: list[Index]) -> Index:
    """Return the element that holds the largest value, the first of equals."""
    return seen[int(np.argmax([x[at] for at in seen]))]


def _weighted(x: Array, seen: list[Index], factors: list[float]) -> tuple[Term, ...]:
    # A factor of 0 leaves nothing of a value, not even of an infinite one.
    return tuple(
        Term("x", at, float(x[at]), factor, None, float(x[at]) * factor if factor else 0.0)
        for at, factor in zip(seen, factors, strict=True)
    )


def _place(index: Index) -> str:
    return ",".join(map(str, index[1:]))


def _with(padding: Padding, overhang: Pair) -> Padding:
    (above, below), (before, after) = padding
    return (above, below + overhang[0]), (before, after + overhang[1])


def _divisors(
    size: tuple[int, ...],
    kernel: Pair,
    stride: Pair,
    padding: Padding,
    overhang: Pair,
    count_padding: bool,
    divisor: int | None,
) -> Array:
    """Return n for each window, (rows, columns) of the output."""
    counted = pad(pad(np.ones(size), padding, float(count_padding)), ((0, overhang[0]), (0, overhang[1])))
    counts = windows(counted, kernel, stride, ONE).sum(axis=(-2, -1))
    return counts if divisor is None else np.full_like(counts, divisor)


MAX_POOL2D = Operator(
    "max_pool2d", max_pool2d, max_pool2d_gradient, explain_max_pool2d, explain_max_pool2d_gradient
)
MIN_POOL2D = Operator(
    "min_pool2d", min_pool2d, min_pool2d_gradient, explain_min_pool2d, explain_min_pool2d_gradient
)
AVERAGE_POOL2D = Operator(
    "average_pool2d",
    average_pool2d,
    average_pool2d_gradient,
    explain_average_pool2d,
    explain_average_pool2d_gradient,
)
SUM_POOL2D = Operator(
    "sum_pool2d", sum_pool2d, sum_pool2d_gradient, explain_sum_pool2d, explain_sum_pool2d_gradient
)
L2_POOL2D = Operator("l2_pool2d", l2_pool2d, l2_pool2d_gradient, explain_l2_pool2d, explain_l2_pool2d_gradient)
