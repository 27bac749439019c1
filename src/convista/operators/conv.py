"""Convolution as networks compute it: a sum of products over a window that slides without flipping the kernel.

One definition serves images (rows, columns), series and volumes: i and u below stand for one position an axis.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convista.errors import ConvistaError
from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed

Axes = tuple[int, ...]
"""One number for each axis of the image, such as (rows, columns)."""
Pair = tuple[int, int]
Padding = tuple[Pair, ...]
"""Zeros added before and after, for each axis of the image: ((above, below), (left, right))."""

Slices = tuple[Any, ...]

NONE: Padding = ((0, 0), (0, 0))

# Letters of the sums below: places of the output, and of the kernel.
_PLACE, _KERNEL = "ijl", "uvw"


def conv(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    *,
    stride: Axes = (1, 1),
    padding: Padding = NONE,
    dilation: Axes = (1, 1),
    groups: int = 1,
) -> Array:
    """Slide each filter over the input: O[b,k,i] = Σ_c,u x[b,c, i·S + u·D] · w[k,c,u] + bias[k].

    Parameters
    ----------
    x
        Input, (batch, channels, rows, columns); one axis fewer or more for series and volumes.
    weight
        Filters, (filters, channels / groups, kernel rows, kernel columns).
    bias
        One number a filter, or None.
    stride, padding, dilation
        For each axis: step of the window, zeros around the input, distance between the elements it reads.
    groups
        The channels and the filters are divided into so many groups that know nothing of each other.

    Returns
    -------
    Feature maps, (batch, filters, rows, columns) as `output_size` says.

    Raises
    ------
    ConvistaError
        If the kernel is larger than the padded input.
    """
    i, u = letters(x)
    seen = windows(pad(x, padding), weight.shape[2:], stride, dilation)
    shares = zip(np.split(seen, groups, axis=1), np.split(weight, groups, axis=0), strict=True)
    out = np.concatenate([np.einsum(f"bc{i}{u},kc{u}->bk{i}", s, w, optimize=True) for s, w in shares], axis=1)
    return out if bias is None else out + bias.reshape(-1, *[1] * len(i))


def conv_gradient(
    upstream: Array,
    x: Array,
    weight: Array,
    bias: Array | None = None,
    *,
    stride: Axes = (1, 1),
    padding: Padding = NONE,
    dilation: Axes = (1, 1),
    groups: int = 1,
) -> dict[str, Array]:
    """Return the gradients of `conv`.

    A weight is used at every position of its window, so its gradient sums over all of them:
    ∂w[k,c,u] = Σ_b,i g[b,k,i] · x[b,c, i·S + u·D]. An input element collects from every window that read it:
    ∂x[b,c, i·S + u·D] += g[b,k,i] · w[k,c,u].
    """
    i, u = letters(x)
    padded = pad(x, padding)
    seen = windows(padded, weight.shape[2:], stride, dilation)
    shares = zip(
        *(np.split(part, groups, axis) for part, axis in ((seen, 1), (weight, 0), (upstream, 1))), strict=True
    )
    to_x, to_weight = [], []
    for s, w, g in shares:
        to_weight.append(np.einsum(f"bc{i}{u},bk{i}->kc{u}", s, g, optimize=True))
        to_x.append(np.einsum(f"bk{i},kc{u}->bc{i}{u}", g, w, optimize=True))
    gradients = {
        "x": collect(np.concatenate(to_x, axis=1), padded.shape, stride, padding, dilation),
        "weight": np.concatenate(to_weight, axis=0),
    }
    if bias is not None:
        gradients["bias"] = np.einsum(f"bk{i}->k", upstream)
    return gradients


def explain_conv(
    index: Index,
    x: Array,
    weight: Array,
    bias: Array | None = None,
    *,
    stride: Axes = (1, 1),
    padding: Padding = NONE,
    dilation: Axes = (1, 1),
    groups: int = 1,
) -> Explanation:
    """Take O[b,k,i] apart: one product for each element of the window that lies inside the input.

    Padding adds zeros, which add nothing, so they are not among the terms.
    """
    filters, channels, *kernel = weight.shape
    size = output_size(x.shape[2:], tuple(kernel), stride, padding, dilation)
    b, k, *place = inside(index, (x.shape[0], filters, *size))
    first = k // (filters // groups) * channels
    terms = []
    for c in range(channels):
        for u in np.ndindex(*kernel):
            at = tuple(
                i * s + v * d - before
                for i, s, v, d, (before, _) in zip(place, stride, u, dilation, padding, strict=True)
            )
            if all(0 <= a < n for a, n in zip(at, x.shape[2:], strict=True)):
                read, by = (b, first + c, *at), (k, c, *u)
                value, factor = float(x[read]), float(weight[by])
                terms.append(Term("x", read, value, factor, by, value * factor))
    formula = f"O[{','.join(map(str, (k, *place)))}] = Σ x · w[{k}] + b[{k}]"
    offset = 0.0 if bias is None else float(bias[k])
    return summed(f"conv{len(place)}d", (b, k, *place), formula, tuple(terms), offset)


def output_size(size: Axes, kernel: Axes, stride: Axes, padding: Padding, dilation: Axes) -> Axes:
    """Return ⌊(N + P − D·(K − 1) − 1) / S⌋ + 1 for each axis, P being the zeros added on both sides.

    Raises
    ------
    ConvistaError
        If the kernel is larger than the padded input.
    """
    sizes = []
    for n, k, s, p, d in zip(size, kernel, stride, padding, dilation, strict=True):
        room = n + sum(p) - d * (k - 1) - 1
        if room < 0:
            raise ConvistaError("operators.kernel_too_large", kernel=d * (k - 1) + 1, size=n + sum(p))
        sizes.append(room // s + 1)
    return tuple(sizes)


def windows(x: Array, kernel: Axes, stride: Axes, dilation: Axes) -> Array:
    """View every window of the last axes without copying: (…, rows, columns) → (…, i, j, u, v)."""
    around = len(kernel)
    output_size(x.shape[-around:], kernel, stride, NONE[:1] * around, dilation)
    reach = tuple(d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True))
    view = sliding_window_view(x, reach, axis=tuple(range(-around, 0)))
    steps: Slices = (..., *(slice(None, None, step) for step in (*stride, *dilation)))
    return view[steps]


def pad(x: Array, padding: Padding, value: float = 0.0) -> Array:
    """Add a border to the last axes, as many as the padding has."""
    around = [(0, 0)] * (x.ndim - len(padding)) + list(padding)
    return np.pad(x, around, constant_values=value)


def collect(shares: Array, padded: Axes, stride: Axes, padding: Padding, dilation: Axes) -> Array:
    """Add up what each window sends back to each element it read, and drop the border: the reverse of `windows`.

    ``shares`` is (…, i, j, u, v), ``padded`` the shape of the padded input.
    """
    around = len(padding)
    out = np.zeros(padded, shares.dtype)
    size, kernel = shares.shape[-2 * around : -around], shares.shape[-around:]
    for u in np.ndindex(*kernel):
        steps = zip(u, dilation, size, stride, strict=True)
        read: Slices = (..., *(slice(v * d, v * d + n * s, s) for v, d, n, s in steps))
        out[read] += shares[(..., *u)]
    borders = zip(padding, padded[-around:], strict=True)
    inner: Slices = (..., *(slice(before, n - after) for (before, after), n in borders))
    return out[inner]


def letters(x: Array) -> tuple[str, str]:
    """Return the letters that stand for places of the output and of the kernel in a sum over x's axes."""
    return _PLACE[: x.ndim - 2], _KERNEL[: x.ndim - 2]


CONV1D, CONV2D, CONV3D = (Operator(f"conv{n}d", conv, conv_gradient, explain_conv) for n in (1, 2, 3))
