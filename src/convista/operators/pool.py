"""Pooling by a sliding window that takes one value of each: the largest or the smallest.

Where torch's ``ceil_mode`` lets the last windows reach beyond the padded input, there is more padding below and at
the right, the `overhang`. Padding never wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator, Shape
from convista.operators.reach import Reach
from convista.operators.sliding import (
    NONE,
    Axes,
    Padding,
    collect,
    output_size,
    pad,
    read_by_windows,
    readers,
    windows,
)
from convista.operators.sliding import window as read_by
from convista.operators.upstream import element, gradient_explanation, upstream_term
from convista.pairs import Pair

ONE: Pair = (1, 1)


@dataclass(frozen=True, kw_only=True)
class WindowPool(Operator):
    """What poolings by a sliding window share: which elements a window reads, and which windows read an element."""

    kernel: Axes
    stride: Axes

    @property
    def frame(self) -> Padding:
        """What lies around the input, before and after along each axis: nothing, unless a pooling has a padding."""
        return ((0, 0),) * len(self.kernel)

    @property
    def spacing(self) -> Axes:
        """How far apart the elements under a window are: side by side, unless a pooling has a dilation."""
        return (1,) * len(self.kernel)

    def seen_by(self, index: Index, x: Array) -> tuple[Index, list[Index]]:
        """Return the checked index, and the elements of the input under its window, row by row."""
        size = output_size(x.shape[2:], self.kernel, self.stride, self.frame, self.spacing)
        b, c, *i = index = inside(index, (*x.shape[:2], *size))
        seen = read_by(tuple(i), x.shape[2:], self.kernel, self.stride, self.frame, self.spacing)
        return index, [(b, c, *at) for _, at in seen]

    def readers_of(self, index: Index, upstream: Array) -> list[Index]:
        """Return the outputs whose windows read an element of the input: the reverse of `seen_by`."""
        b, c, *own = index
        over = readers(tuple(own), upstream.shape[2:], self.kernel, self.stride, self.frame, self.spacing)
        return [(b, c, *i) for i, _ in over]

    def reads(self, wanted: Array, x: Array, *_: Array, **__: Array) -> dict[str, Array]:
        """Return every element under a window that is wanted: any of them may win."""
        return {"x": read_by_windows(wanted, x, self.kernel, self.stride, self.frame, self.spacing)}

    def window_size(self, operands: Mapping[str, Shape]) -> Shape:
        """Return the size of the window."""
        return self.kernel

    def reach(self, seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
        """Return how far the windows see."""
        before, _ = self.frame[axis]
        return seen.by_windows(self.kernel[axis], self.stride[axis], before, self.spacing[axis])


@dataclass(frozen=True, kw_only=True)
class MaxPool(WindowPool):
    """Take the largest value of each window: O[b,c,i] = max_u x[b,c, i·S + u·D].

    Input (batch, channels, rows, columns), one axis fewer or more for series and volumes, for which i and u stand;
    padding is with −∞.
    """

    names = ("max_pool1d", "max_pool2d", "max_pool3d")
    padding: Padding = NONE
    dilation: Axes = ONE

    @property
    def name(self) -> str:
        """What it is called, by the number of axes."""
        return f"max_pool{len(self.kernel)}d"

    @property
    def frame(self) -> Padding:
        """The padding."""
        return self.padding

    @property
    def spacing(self) -> Axes:
        """The dilation."""
        return self.dilation

    def value(self, x: Array) -> Array:
        """Return the largest value of each window."""
        seen = windows(pad(x, self.padding, -np.inf), self.kernel, self.stride, self.dilation)
        return seen.max(axis=under(self.kernel))

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Send each upstream value back to the winner of its window.

        Of equal values the first wins, row by row, as in torch.
        """
        padded = pad(x, self.padding, -np.inf)
        seen = windows(padded, self.kernel, self.stride, self.dilation)
        flat = seen.reshape(*upstream.shape, -1)
        wins = np.arange(flat.shape[-1]) == flat.argmax(axis=-1)[..., None]
        shares = (wins * upstream[..., None]).reshape(seen.shape)
        return {"x": collect(shares, padded.shape, self.stride, self.padding, self.dilation)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each value of the window inside the input; the winner counts once, the others not at all."""
        index, seen = self.seen_by(index, x)
        won = winner(x, seen)
        factors = [float(at == won) for at in seen]
        return summed(self.name, index, f"O[{place(index)}] = max x", weighted(x, seen, factors))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each window that read the element; those that it won count once, the others not at all."""
        index = element(self.name, operand, index, x=x)
        over = self.readers_of(index, upstream)
        terms = [upstream_term(upstream, at, index == winner(x, self.seen_by(at, x)[1])) for at in over]
        return gradient_explanation(self.name, operand, index, "∂x = Σ g · [argmax]", terms)


@dataclass(frozen=True, kw_only=True)
class MinPool(WindowPool):
    """Take the smallest value of each window of an image: min x = −max(−x)."""

    names = ("min_pool2d",)
    padding: Padding = NONE

    @property
    def frame(self) -> Padding:
        """The padding."""
        return self.padding

    @property
    def _largest(self) -> MaxPool:
        return MaxPool(kernel=self.kernel, stride=self.stride, padding=self.padding)

    def value(self, x: Array) -> Array:
        """Return the smallest value of each window."""
        return -self._largest.value(-x)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Send each upstream value back to the smallest of its window, the first of equals."""
        return self._largest.gradient(upstream, -x)

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each value of the window inside the input; only the smallest counts."""
        index, seen = self.seen_by(index, x)
        won = winner(-x, seen)
        factors = [float(at == won) for at in seen]
        return summed(self.name, index, f"O[{place(index)}] = min x", weighted(x, seen, factors))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each window that read the element; those in which it is the smallest count once."""
        won = self._largest.explain_gradient(operand, index, upstream, -x)
        return replace(won, operator=self.name, formula="∂x = Σ g · [argmin]")


def overhang(size: int, kernel: int, stride: int, padding: int, dilation: int = 1) -> int:
    """Return how far torch's ``ceil_mode`` lets the last window of an axis reach beyond the padding.

    It adds one window where the floor left some elements out, unless that window would begin in the padding.
    """
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    windows_seen = -(-room // stride) + 1
    if (windows_seen - 1) * stride >= size + padding:
        windows_seen -= 1
    return max(0, (windows_seen - 1) * stride - room)


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
