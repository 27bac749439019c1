"""Pooling by a sliding window that takes one value of each: the largest or the smallest.

Where torch's ``ceil_mode`` lets the last windows reach beyond the padded input, there is more padding below and at
the right, the `overhang`. Padding never wins.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.sliding import NONE, Axes, Padding, Pair, collect, output_size, pad, readers, windows
from convista.operators.sliding import window as read_by
from convista.operators.upstream import element, gathered, heard

ONE: Pair = (1, 1)


def max_pool(x: Array, *, kernel: Axes, stride: Axes, padding: Padding = NONE, dilation: Axes = ONE) -> Array:
    """Take the largest value of each window: O[b,c,i] = max_u x[b,c, i·S + u·D].

    Input (batch, channels, rows, columns), one axis fewer or more for series and volumes, for which i and u stand;
    padding is with −∞.
    """
    return windows(pad(x, padding, -np.inf), kernel, stride, dilation).max(axis=under(kernel))


def max_pool_gradient(
    upstream: Array, x: Array, *, kernel: Axes, stride: Axes, padding: Padding = NONE, dilation: Axes = ONE
) -> dict[str, Array]:
    """Send each upstream value back to the winner of its window.

    Of equal values the first wins, row by row, as in torch.
    """
    padded = pad(x, padding, -np.inf)
    seen = windows(padded, kernel, stride, dilation)
    flat = seen.reshape(*upstream.shape, -1)
    wins = np.arange(flat.shape[-1]) == flat.argmax(axis=-1)[..., None]
    shares = (wins * upstream[..., None]).reshape(seen.shape)
    return {"x": collect(shares, padded.shape, stride, padding, dilation)}


def explain_max_pool(
    index: Index, x: Array, *, kernel: Axes, stride: Axes, padding: Padding = NONE, dilation: Axes = ONE
) -> Explanation:
    """One term for each value of the window inside the input; the winner counts once, the others not at all."""
    index, seen = window(index, x, kernel, stride, padding, dilation)
    won = winner(x, seen)
    factors = [float(at == won) for at in seen]
    return summed(f"max_pool{len(kernel)}d", index, f"O[{place(index)}] = max x", weighted(x, seen, factors))


def explain_max_pool_gradient(
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    *,
    kernel: Axes,
    stride: Axes,
    padding: Padding = NONE,
    dilation: Axes = ONE,
) -> Explanation:
    """One term for each window that read the element; those that it won count once, the others not at all."""
    index = element(f"max_pool{len(kernel)}d", operand, index, x=x)
    terms = [
        heard(upstream, at, index == winner(x, window(at, x, kernel, stride, padding, dilation)[1]))
        for at in windows_over(index, upstream, kernel, stride, padding, dilation)
    ]
    return gathered(f"max_pool{len(kernel)}d", operand, index, "∂x = Σ g · [argmax]", terms)


def min_pool2d(x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE) -> Array:
    """Take the smallest value of each window: min x = −max(−x)."""
    return -max_pool(-x, kernel=kernel, stride=stride, padding=padding)


def min_pool2d_gradient(
    upstream: Array, x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE
) -> dict[str, Array]:
    """Send each upstream value back to the smallest of its window, the first of equals."""
    return max_pool_gradient(upstream, -x, kernel=kernel, stride=stride, padding=padding)


def explain_min_pool2d(
    index: Index, x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE
) -> Explanation:
    """One term for each value of the window inside the input; only the smallest counts."""
    index, seen = window(index, x, kernel, stride, padding, ONE)
    won = winner(-x, seen)
    factors = [float(at == won) for at in seen]
    return summed("min_pool2d", index, f"O[{place(index)}] = min x", weighted(x, seen, factors))


def explain_min_pool2d_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE
) -> Explanation:
    """One term for each window that read the element; those in which it is the smallest count once."""
    won = explain_max_pool_gradient(operand, index, upstream, -x, kernel=kernel, stride=stride, padding=padding)
    return replace(won, operator="min_pool2d", formula="∂x = Σ g · [argmin]")


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
    index: Index, x: Array, kernel: Axes, stride: Axes, padding: Padding, dilation: Axes
) -> tuple[Index, list[Index]]:
    """Return the checked index, and the elements of the input under its window, row by row."""
    size = output_size(x.shape[2:], kernel, stride, padding, dilation)
    b, c, *i = index = inside(index, (*x.shape[:2], *size))
    seen = read_by(tuple(i), x.shape[2:], kernel, stride, padding, dilation)
    return index, [(b, c, *at) for _, at in seen]


def windows_over(
    index: Index, upstream: Array, kernel: Axes, stride: Axes, padding: Padding, dilation: Axes
) -> list[Index]:
    """Return the outputs whose windows read an element of the input: the reverse of `window`."""
    b, c, *own = index
    over = readers(tuple(own), upstream.shape[2:], kernel, stride, padding, dilation)
    return [(b, c, *i) for i, _ in over]


def winner(x: Array, seen: list[Index]) -> Index:
    """Return the element that holds the largest value, the first of equals."""
    return seen[int(np.argmax([x[at] for at in seen]))]


def weighted(x: Array, seen: list[Index], factors: list[float]) -> tuple[Term, ...]:
    """Return a term for each element of a window, times its factor."""
    # A factor of 0 leaves nothing of a value, not even of an infinite one.
    return tuple(
        Term("x", at, float(x[at]), factor, None, float(x[at]) * factor if factor else 0.0)
        for at, factor in zip(seen, factors, strict=True)
    )


def under(kernel: Axes) -> Axes:
    """Return the axes of `windows` along which lie the elements under a window."""
    return tuple(range(-len(kernel), 0))


def place(index: Index) -> str:
    """Write the place of an output for a formula: 0,3,4 for a channel, row and column."""
    return ",".join(map(str, index[1:]))


MAX_POOL1D, MAX_POOL2D, MAX_POOL3D = (
    Operator(f"max_pool{n}d", max_pool, max_pool_gradient, explain_max_pool, explain_max_pool_gradient)
    for n in (1, 2, 3)
)
MIN_POOL2D = Operator(
    "min_pool2d", min_pool2d, min_pool2d_gradient, explain_min_pool2d, explain_min_pool2d_gradient
)
