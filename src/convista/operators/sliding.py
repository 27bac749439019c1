"""Sliding windows: which elements of an input a window reads, and which windows read an element.

A window stands at a place i of the output and reads i·S + u·D − P for each place u of its kernel: S is the stride,
D the dilation and P the padding before the input. Any number of axes, most often (rows, columns).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convista.errors import ConvistaError
from convista.operators.explanation import Array
from convista.pairs import Pair

Axes = tuple[int, ...]
"""One number for each axis of the image, such as (rows, columns)."""
Padding = tuple[Pair, ...]
"""Zeros added before and after, for each axis of the image: ((above, below), (left, right))."""

Slices = tuple[Any, ...]

NONE: Padding = ((0, 0), (0, 0))


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


def same_both(kernel: Axes, dilation: Axes) -> Padding:
    """Return the padding named ``same`` that is equal before and after: ⌊D·(K − 1) / 2⌋ on each side.

    With an odd kernel it keeps the size at stride 1 and gives ⌈N / S⌉ beyond; torch's ``padding=K // 2`` is this.
    """
    halves = (d * (k - 1) // 2 for k, d in zip(kernel, dilation, strict=True))
    return tuple((half, half) for half in halves)


def same_after(size: Axes, kernel: Axes, stride: Axes, dilation: Axes) -> Padding:
    """Return the padding named ``same`` that is just enough for ⌈N / S⌉ windows, one more after if it is odd.

    In all max(0, (⌈N / S⌉ − 1)·S + D·(K − 1) + 1 − N) zeros an axis, as TensorFlow's ``SAME`` has it.
    """
    pairs = []
    for n, k, s, d in zip(size, kernel, stride, dilation, strict=True):
        whole = max(0, (-(-n // s) - 1) * s + d * (k - 1) + 1 - n)
        pairs.append((whole // 2, whole - whole // 2))
    return tuple(pairs)


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


def read_by_windows(wanted: Array, x: Array, kernel: Axes, stride: Axes, padding: Padding, dilation: Axes) -> Array:
    """Return what is other than 0 where an element of x is read by a window whose output is wanted."""
    each = wanted.reshape(*wanted.shape, *(1,) * len(kernel))
    shares = np.broadcast_to(each, (*wanted.shape, *kernel))
    return collect(shares, pad(x, padding).shape, stride, padding, dilation)


def window(
    place: Axes, size: Axes, kernel: Axes, stride: Axes, padding: Padding, dilation: Axes
) -> list[tuple[Axes, Axes]]:
    """Return what the window at a place of the output reads: each element's place in the kernel, and in the input.

    ``size`` is that of the input; what lies in the padding is left out.
    """
    return _crossed(
        [(u, at) for u in range(k) if 0 <= (at := i * s + u * d - before) < n]
        for i, n, k, s, (before, _), d in zip(place, size, kernel, stride, padding, dilation, strict=True)
    )


def readers(
    place: Axes, size: Axes, kernel: Axes, stride: Axes, padding: Padding, dilation: Axes
) -> list[tuple[Axes, Axes]]:
    """Return the windows that read a place of the input: each one's place in the output, and ours in its kernel.

    ``size`` is that of the output. This is the reverse of `window`.
    """
    return _crossed(
        [(i, u) for i in range(n) for u in range(k) if i * s + u * d - before == at]
        for at, n, k, s, (before, _), d in zip(place, size, kernel, stride, padding, dilation, strict=True)
    )


def _crossed(axes: Iterable[list[Pair]]) -> list[tuple[Axes, Axes]]:
    """Combine the pairs of each axis with those of all others."""
    combined = itertools.product(*axes)
    return [(tuple(a for a, _ in pairs), tuple(b for _, b in pairs)) for pairs in combined]
