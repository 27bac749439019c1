"""Flattening that averages first: one number a channel, or one for each region of a channel."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, inside
from convista.operators.operator import Operator
from convista.operators.pool_regions import AdaptiveAverage
from convista.pairs import Pair


@dataclass(frozen=True, kw_only=True)
class FlattenGlobal(Operator):
    """Average each channel: (batch, channels, rows, columns) → (batch, channels); every position is lost."""

    names = ("flatten_global",)

    def value(self, x: Array) -> Array:
        """Return one number a channel."""
        return _WHOLE.value(x)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Give every pixel of a channel the same share."""
        return _WHOLE.gradient(upstream, x)

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each pixel of the channel, times 1 / (rows · columns)."""
        return replace(_WHOLE.explain(index, x), operator=self.name)

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term, the upstream value of the channel, times 1 / (rows · columns)."""
        return replace(_WHOLE.explain_gradient(operand, index, upstream, x), operator=self.name)


@dataclass(frozen=True, kw_only=True)
class FlattenBlocks(Operator):
    """Average each of ``size`` regions, then lay them out: → (batch, channels · region rows · region columns).

    Regions are the cells of an adaptive pooling; channel after channel is laid out, its regions row by row. Some
    position is kept: which region, not which pixel.
    """

    names = ("flatten_blocks",)
    size: Pair

    def value(self, x: Array) -> Array:
        """Return a row a sample."""
        return self._averaged.value(x).reshape(len(x), -1)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Give every pixel of a region the same share."""
        return self._averaged.gradient(upstream.reshape(*x.shape[:2], *self.size), x)

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each pixel of the region, times 1 / (their number)."""
        batch, channels = x.shape[:2]
        index = inside(index, (batch, channels * self.size[0] * self.size[1]))
        c, i, j = (int(n) for n in np.unravel_index(index[1], (channels, *self.size)))
        region = self._averaged.explain((index[0], c, i, j), x)
        formula = f"y[{index[1]}] = Σ x[{c}] / {len(region.terms)}"
        return replace(region, operator=self.name, index=index, formula=formula)

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each region that has the pixel, times 1 / (its number of pixels)."""
        regions = upstream.reshape(*x.shape[:2], *self.size)
        averaged = self._averaged.explain_gradient(operand, index, regions, x)
        terms = tuple(
            replace(term, index=(term.index[0], int(np.ravel_multi_index(term.index[1:], regions.shape[1:]))))
            for term in averaged.terms
        )
        return replace(averaged, operator=self.name, terms=terms)

    @property
    def _averaged(self) -> AdaptiveAverage:
        return AdaptiveAverage(size=self.size)


_WHOLE = FlattenBlocks(size=(1, 1))
