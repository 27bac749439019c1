"""Pooling: one value for each window of each channel."""

from __future__ import annotations

import numpy as np

from convista.operators.conv import NONE, Padding, Pair, collect, output_size, pad, windows
from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed


def max_pool2d(x: Array, *, kernel: Pair, stride: Pair, padding: Padding = NONE, dilation: Pair = (1, 1)) -> Array:
    """Take the largest value of each window: O[b,c,i,j] = max_u,v x[b,c, i·S + u·D, j·S + v·D].

    Padding is with −∞, which never wins. Input (batch, channels, rows, columns).
    """
    seen = windows(pad(x, padding, -np.inf), kernel, stride, dilation)
    return seen.max(axis=(-2, -1))


def max_pool2d_gradient(
    upstream: Array,
    x: Array,
    *,
    kernel: Pair,
    stride: Pair,
    padding: Padding = NONE,
    dilation: Pair = (1, 1),
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
    index: Index,
    x: Array,
    *,
    kernel: Pair,
    stride: Pair,
    padding: Padding = NONE,
    dilation: Pair = (1, 1),
) -> Explanation:
    """One term for each value of the window inside the input; the winner counts once, the others not at all."""
    size = output_size(x.shape[2:], kernel, stride, padding, dilation)
    b, c, i, j = inside(index, (*x.shape[:2], *size))
    rows = [i * stride[0] + u * dilation[0] - padding[0][0] for u in range(kernel[0])]
    columns = [j * stride[1] + v * dilation[1] - padding[1][0] for v in range(kernel[1])]
    seen = [
        (b, c, row, column)
        for row in rows
        for column in columns
        if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]
    ]
    winner = int(np.argmax([x[at] for at in seen]))
    terms = tuple(
        Term("x", at, float(x[at]), float(n == winner), None, float(x[at]) if n == winner else 0.0)
        for n, at in enumerate(seen)
    )
    return summed("max_pool2d", (b, c, i, j), f"O[{c},{i},{j}] = max x", terms)


def global_average(x: Array) -> Array:
    """Average each channel over all its pixels: (batch, channels, rows, columns) → (batch, channels, 1, 1)."""
    return x.mean(axis=(2, 3), keepdims=True)


def global_average_gradient(upstream: Array, x: Array) -> dict[str, Array]:
    """Give every pixel the same share, 1 / (rows · columns)."""
    return {"x": np.broadcast_to(upstream / (x.shape[2] * x.shape[3]), x.shape)}


def explain_global_average(index: Index, x: Array) -> Explanation:
    """One term for each pixel of the channel, times 1 / (rows · columns)."""
    b, c, i, j = inside(index, (*x.shape[:2], 1, 1))
    share = 1.0 / (x.shape[2] * x.shape[3])
    terms = tuple(
        Term("x", (b, c, row, column), float(value), share, None, float(value) * share)
        for (row, column), value in np.ndenumerate(x[b, c])
    )
    return summed("global_average", (b, c, i, j), f"O[{c}] = Σ x / {x.shape[2] * x.shape[3]}", terms)


MAX_POOL2D = Operator("max_pool2d", max_pool2d, max_pool2d_gradient, explain_max_pool2d)
GLOBAL_AVERAGE = Operator("global_average", global_average, global_average_gradient, explain_global_average)
