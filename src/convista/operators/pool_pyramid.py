"""Spatial pyramid pooling: cells of several sizes, so that an image of any size gives as many numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, inside
from convista.operators.operator import Operator
from convista.operators.pool import winner
from convista.operators.pool_regions import AdaptiveAverage, AdaptiveMax, cells_over
from convista.operators.upstream import element, gradient_explanation, upstream_term


@dataclass(frozen=True, kw_only=True)
class SpatialPyramidPool(Operator):
    """Take the largest of n×n cells for each level n, and lay all out: → (batch, channels · Σ n²) (He et al. 2014).

    Level after level, in each channel after channel, in each cells row by row: as many numbers for any image.
    """

    names = ("spatial_pyramid_pool2d",)
    levels: tuple[int, ...]

    def value(self, x: Array) -> Array:
        """Return the largest pixel of each cell of each level."""
        return np.concatenate([AdaptiveMax(size=(n, n)).value(x).reshape(len(x), -1) for n in self.levels], axis=1)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Send each upstream value to the largest pixel of its cell; a pixel may win in several levels."""
        laid = self._by_level(upstream, x)
        return {"x": np.sum([AdaptiveMax(size=g.shape[2:]).gradient(g, x)["x"] for g in laid], axis=0)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each pixel of the cell; only the largest counts. The note says which level it is."""
        batch, position = inside(index, (x.shape[0], x.shape[1] * sum(n * n for n in self.levels)))
        left = position
        for n in self.levels:
            if left < x.shape[1] * n * n:
                break
            left -= x.shape[1] * n * n
        c, i, j = (int(k) for k in np.unravel_index(left, (x.shape[1], n, n)))
        cell = AdaptiveMax(size=(n, n)).explain((batch, c, i, j), x)
        formula = f"y[{position}] = max x[{c}], cell {i},{j}"
        return replace(cell, operator=self.name, index=(batch, position), formula=formula, notes={"n": float(n)})

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each cell, of every level, that has the pixel; those that it won count once."""
        b, c, *_ = index = element(self.name, operand, index, x=x)
        terms, before = [], 0
        for n in self.levels:
            for i, j, pixels in cells_over(index, x, (n, n)):
                laid = before + (c * n + i) * n + j
                terms.append(upstream_term(upstream, (b, laid), index == winner(x, pixels)))
            before += x.shape[1] * n * n
        return gradient_explanation(self.name, operand, index, "∂x = Σ g · [argmax]", terms)

    def reads(self, wanted: Array, x: Array) -> dict[str, Array]:
        """Return every pixel of a cell that is wanted: any of them may win."""
        laid = self._by_level(wanted, x)
        return {"x": np.sum([AdaptiveAverage(size=w.shape[2:]).gradient(w, x)["x"] for w in laid], axis=0)}

    def _by_level(self, laid_out: Array, x: Array) -> list[Array]:
        """Return what was laid out as the cells of each level, (batch, channels, n, n)."""
        parts = np.split(laid_out, np.cumsum([x.shape[1] * n * n for n in self.levels])[:-1], axis=1)
        return [part.reshape(*x.shape[:2], n, n) for part, n in zip(parts, self.levels, strict=True)]
