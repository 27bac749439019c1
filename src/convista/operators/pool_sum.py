"""Pooling by a sliding window that adds up: its average, its sum, its length as a vector.

In an average padding counts only where asked, and torch's overhang (see `pool`) never does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, summed
from convista.operators.pool import WindowPool, place, under, weighted
from convista.operators.sliding import NONE, Axes, Padding, collect, pad, windows
from convista.operators.upstream import element, gradient_explanation, upstream_term


@dataclass(frozen=True, kw_only=True)
class AveragePool(WindowPool):
    """Average each window: O[b,c,i] = Σ_u x[b,c, i·S + u] / n.

    ``n`` is the number of elements under the window: those of the input, those of the padding if
    ``count_padding``, never those of the overhang; or ``divisor``, if given.
    """

    names = ("average_pool1d", "average_pool2d", "average_pool3d")
    padding: Padding = NONE
    overhang: Axes = (0, 0)
    count_padding: bool = True
    divisor: int | None = None

    @property
    def name(self) -> str:
        """What it is called, by the number of axes."""
        return f"average_pool{len(self.kernel)}d"

    @property
    def frame(self) -> Padding:
        """The padding, and after it the overhang."""
        axes = zip(self.padding, self.overhang, strict=True)
        return tuple((before, after + more) for (before, after), more in axes)

    def value(self, x: Array) -> Array:
        """Return the average of each window."""
        seen = windows(pad(x, self.frame), self.kernel, self.stride, self.spacing)
        return seen.sum(axis=under(self.kernel)) / self._divisors(x)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Give every element under a window the same share, 1/n, of its upstream gradient."""
        each = (upstream / self._divisors(x)).reshape(*upstream.shape, *self.spacing)
        shares = np.broadcast_to(each, (*upstream.shape, *self.kernel))
        return {"x": collect(shares, pad(x, self.frame).shape, self.stride, self.frame, self.spacing)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each value of the window inside the input, times 1/n."""
        index, seen = self.seen_by(index, x)
        n = float(self._divisors(x)[index[2:]])
        terms = weighted(x, seen, [1 / n] * len(seen))
        return summed(self.name, index, f"O[{place(index)}] = Σ x / n", terms, notes={"n": n})

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each window that read the element, times its 1/n."""
        index = element(self.name, operand, index, x=x)
        n = self._divisors(x)
        terms = [upstream_term(upstream, at, 1 / n[at[2:]]) for at in self.readers_of(index, upstream)]
        return gradient_explanation(self.name, operand, index, "∂x = Σ g / n", terms)

    def _divisors(self, x: Array) -> Array:
        """Return n for each window, (rows, columns) of the output, or as many axes as it has."""
        counted = pad(np.ones(x.shape[2:]), self.padding, float(self.count_padding))
        counted = pad(counted, tuple((0, more) for more in self.overhang))
        counts = windows(counted, self.kernel, self.stride, self.spacing).sum(axis=under(self.kernel))
        return counts if self.divisor is None else np.full_like(counts, self.divisor)


@dataclass(frozen=True, kw_only=True)
class SumPool(WindowPool):
    """Add up each window of an image: O[b,c,i,j] = Σ_u,v x[b,c, i·S + u, j·S + v]."""

    names = ("sum_pool2d",)

    def value(self, x: Array) -> Array:
        """Return the sum of each window."""
        return windows(x, self.kernel, self.stride, self.spacing).sum(axis=(-2, -1))

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Give every element under a window its whole upstream gradient."""
        shares = np.broadcast_to(upstream[..., None, None], (*upstream.shape, *self.kernel))
        return {"x": collect(shares, x.shape, self.stride, self.frame, self.spacing)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each value of the window."""
        index, seen = self.seen_by(index, x)
        return summed(self.name, index, f"O[{place(index)}] = Σ x", weighted(x, seen, [1.0] * len(seen)))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each window that read the element."""
        index = element(self.name, operand, index, x=x)
        terms = [upstream_term(upstream, at) for at in self.readers_of(index, upstream)]
        return gradient_explanation(self.name, operand, index, "∂x = Σ g", terms)


@dataclass(frozen=True, kw_only=True)
class L2Pool(WindowPool):
    """Take the length of each window of an image as a vector: O[b,c,i,j] = √(Σ_u,v x²), as libraries compute it.

    With ``mean`` it is the root of the mean of the squares, √(Σ_u,v x² / n), n being the elements of a window.
    """

    names = ("l2_pool2d",)
    mean: bool = False

    def value(self, x: Array) -> Array:
        """Return the length of each window, or the root of its mean square."""
        return np.sqrt((windows(x, self.kernel, self.stride, self.spacing) ** 2).sum(axis=(-2, -1)) / self._divisor)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Give every element its share, x / O, or x / (n · O); nothing where the whole window is 0."""
        length = self.value(x) * self._divisor
        per_unit = np.divide(upstream, length, out=np.zeros_like(length), where=length > 0)
        shares = windows(x, self.kernel, self.stride, self.spacing) * per_unit[..., None, None]
        return {"x": collect(shares, x.shape, self.stride, self.frame, self.spacing)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each value of the window: its square, or its share of their mean; then the root of all."""
        index, seen = self.seen_by(index, x)
        terms = weighted(x, seen, [float(x[at]) / self._divisor for at in seen])
        written = "√(Σ x² / n)" if self.mean else "√Σ x²"
        squares = summed(self.name, index, f"O[{place(index)}] = {written}", terms)
        return replace(squares, value=float(np.sqrt(squares.total)), closing="√Σ")

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each window that read the element, as `gradient` shares it."""
        index = element(self.name, operand, index, x=x)
        terms = []
        for at in self.readers_of(index, upstream):
            _, seen = self.seen_by(at, x)
            length = math.hypot(*(x[n] for n in seen)) * math.sqrt(self._divisor)
            terms.append(upstream_term(upstream, at, x[index] / length if length else 0.0, index, "x"))
        divisor = "(n · O)" if self.mean else "O"
        return gradient_explanation(self.name, operand, index, f"∂x = Σ g · x / {divisor}", terms)

    @property
    def _divisor(self) -> int:
        """What the sum of squares is divided by."""
        return math.prod(self.kernel) if self.mean else 1
