"""Convolution as networks compute it: a sum of products over a window that slides without flipping the kernel."""

from __future__ import annotations

from math import floor

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convista.errors import ConvistaError
from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed

Pair = tuple[int, int]
Padding = tuple[Pair, Pair]
"""Zeros added: ((above, below), (left, right))."""

NONE: Padding = ((0, 0), (0, 0))


def conv2d(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    *,
    stride: Pair = (1, 1),
    padding: Padding = NONE,
    dilation: Pair = (1, 1),
    groups: int = 1,
) -> Array:
    """Slide each filter over the input: O[b,k,i,j] = Σ_c,u,v x[b,c, i·S + u·D, j·S + v·D] · w[k,c,u,v] + bias[k].

    Parameters
    ----------
    x
        Input, (batch, channels, rows, columns).
    weight
        Filters, (filters, channels / groups, kernel rows, kernel columns).
    bias
        One number a filter, or None.

    Returns
    -------
    Feature maps, (batch, filters, rows, columns) as `output_size` says.

    Raises
    ------
    ConvistaError
        If the kernel is larger than the padded input.
    """
    seen = windows(pad(x, padding), weight.shape[2:], stride, dilation)
    shares = zip(np.split(seen, groups, axis=1), np.split(weight, groups, axis=0), strict=True)
    out = np.concatenate([np.einsum("bcijuv,kcuv->bkij", s, w, optimize=True) for s, w in shares], axis=1)
    return out if bias is None else out + bias[:, None, None]


def conv2d_gradient(
    upstream: Array,
    x: Array,
    weight: Array,
    bias: Array | None = None,
    *,
    stride: Pair = (1, 1),
    padding: Padding = NONE,
    dilation: Pair = (1, 1),
    groups: int = 1,
) -> dict[str, Array]:
    """Return the gradients of `conv2d`.

    A weight is used at every position of its window, so its gradient sums over all of them:
    ∂w[k,c,u,v] = Σ_b,i,j g[b,k,i,j] · x[b,c, i·S + u·D, j·S + v·D]. An input element collects from every window
    that read it: ∂x[b,c, i·S + u·D, j·S + v·D] += g[b,k,i,j] · w[k,c,u,v].
    """
    padded = pad(x, padding)
    seen = windows(padded, weight.shape[2:], stride, dilation)
    to_x, to_weight = [], []
    for s, w, g in zip(
        np.split(seen, groups, axis=1),
        np.split(weight, groups, axis=0),
        np.split(upstream, groups, axis=1),
        strict=True,
    ):
        to_weight.append(np.einsum("bcijuv,bkij->kcuv", s, g, optimize=True))
        to_x.append(np.einsum("bkij,kcuv->bcijuv", g, w, optimize=True))
    gradients = {
        "x": collect(np.concatenate(to_x, axis=1), padded.shape, stride, padding, dilation),
        "weight": np.concatenate(to_weight, axis=0),
    }
    if bias is not None:
        gradients["bias"] = upstream.sum(axis=(0, 2, 3))
    return gradients


def explain_conv2d(
    index: Index,
    x: Array,
    weight: Array,
    bias: Array | None = None,
    *,
    stride: Pair = (1, 1),
    padding: Padding = NONE,
    dilation: Pair = (1, 1),
    groups: int = 1,
) -> Explanation:
    """Take O[b,k,i,j] apart: one product for each element of the window that lies inside the input.

    Padding adds zeros, which add nothing, so they are not among the terms.
    """
    filters, channels, kernel_rows, kernel_columns = weight.shape
    size = output_size(x.shape[2:], (kernel_rows, kernel_columns), stride, padding, dilation)
    b, k, i, j = inside(index, (x.shape[0], filters, *size))
    first = (k // (filters // groups)) * channels
    terms = []
    for c in range(channels):
        for u in range(kernel_rows):
            for v in range(kernel_columns):
                row = i * stride[0] + u * dilation[0] - padding[0][0]
                column = j * stride[1] + v * dilation[1] - padding[1][0]
                if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
                    value, factor = float(x[b, first + c, row, column]), float(weight[k, c, u, v])
                    at, by = (b, first + c, row, column), (k, c, u, v)
                    terms.append(Term("x", at, value, factor, by, value * factor))
    formula = f"O[{k},{i},{j}] = Σ x · w[{k}] + b[{k}]"
    return summed("conv2d", (b, k, i, j), formula, tuple(terms), 0.0 if bias is None else float(bias[k]))


def output_size(
    size: tuple[int, ...], kernel: tuple[int, ...], stride: Pair, padding: Padding, dilation: Pair
) -> tuple[int, ...]:
    """Return floor((N + P − D·(K − 1) − 1) / S) + 1 for each axis, P being the zeros added on both sides."""
    sizes = []
    for n, k, s, p, d in zip(size, kernel, stride, padding, dilation, strict=True):
        room = n + sum(p) - d * (k - 1) - 1
        if room < 0:
            raise ConvistaError("operators.kernel_too_large", kernel=d * (k - 1) + 1, size=n + sum(p))
        sizes.append(floor(room / s) + 1)
    return tuple(sizes)


def windows(x: Array, kernel: tuple[int, ...], stride: Pair, dilation: Pair) -> Array:
    """View every window of the last two axes without copying: (…, rows, columns) → (…, i, j, u, v)."""
    output_size(x.shape[-2:], kernel, stride, NONE, dilation)
    reach = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
    view = sliding_window_view(x, reach, axis=(-2, -1))
    return view[..., :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]


def pad(x: Array, padding: Padding, value: float = 0.0) -> Array:
    """Add a border to the last two axes."""
    around = [(0, 0)] * (x.ndim - 2) + list(padding)
    return np.pad(x, around, constant_values=value)


def collect(shares: Array, padded: tuple[int, ...], stride: Pair, padding: Padding, dilation: Pair) -> Array:
    """Add up what each window sends back to each element it read, and drop the border: the reverse of `windows`."""
    out = np.zeros(padded, shares.dtype)
    rows, columns, kernel_rows, kernel_columns = shares.shape[2:]
    for u in range(kernel_rows):
        for v in range(kernel_columns):
            top, left = u * dilation[0], v * dilation[1]
            down, across = top + rows * stride[0], left + columns * stride[1]
            out[:, :, top : down : stride[0], left : across : stride[1]] += shares[..., u, v]
    (above, below), (before, after) = padding
    return out[:, :, above : out.shape[2] - below, before : out.shape[3] - after]


CONV2D = Operator("conv2d", conv2d, conv2d_gradient, explain_conv2d)
