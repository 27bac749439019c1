"""Pooling by regions: the image is divided into a given number of cells, whatever its size.

A global pooling has one cell. An adaptive pooling has n rows of cells: the i-th begins at ⌊i·H/n⌋ and ends before
⌈(i + 1)·H/n⌉, so that cells overlap where n does not divide H; columns alike.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, inside, summed
from convista.operators.operator import Operator, Shape
from convista.operators.pool import place, weighted, winner
from convista.operators.reach import Reach
from convista.operators.upstream import element, gradient_explanation, upstream_term
from convista.pairs import Pair

Cell = tuple[slice, slice]


@dataclass(frozen=True, kw_only=True)
class RegionPool(Operator):
    """What poolings by regions share: which elements a cell has, and how far it sees."""

    @property
    @abstractmethod
    def parts(self) -> Pair:
        """Into how many cells rows and columns are divided."""

    def seen_by(self, index: Index, x: Array) -> tuple[Index, list[Index]]:
        """Return the checked index and the elements of its cell, row by row."""
        b, c, i, j = inside(index, (*x.shape[:2], *self.parts))
        cell = next(cell for a, e, cell in cells(x.shape, self.parts) if (a, e) == (i, j))
        return (b, c, i, j), _elements(b, c, cell)

    def reach(self, seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
        """Return how far the cells see."""
        return seen.by_cells(operands["x"][2 + axis], output[2 + axis])


@dataclass(frozen=True, kw_only=True)
class _Average(RegionPool):
    """Why the average of a cell is what it is."""

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each pixel of the cell, times 1 / (its number of pixels)."""
        index, pixels = self.seen_by(index, x)
        terms = weighted(x, pixels, [1 / len(pixels)] * len(pixels))
        return summed(self.name, index, f"O[{place(index)}] = Σ x / {len(pixels)}", terms)

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each cell that has the pixel, times 1 / (its number of pixels)."""
        b, c, *_ = index = element(self.name, operand, index, x=x)
        over = cells_over(index, x, self.parts)
        terms = [upstream_term(upstream, (b, c, i, j), 1 / len(pixels)) for i, j, pixels in over]
        return gradient_explanation(self.name, operand, index, "∂x = Σ g / n", terms)


@dataclass(frozen=True, kw_only=True)
class _Max(RegionPool):
    """Why the largest of a cell is what it is."""

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each pixel of the cell; only the largest counts."""
        index, pixels = self.seen_by(index, x)
        won = winner(x, pixels)
        terms = weighted(x, pixels, [float(at == won) for at in pixels])
        return summed(self.name, index, f"O[{place(index)}] = max x", terms)

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each cell that has the pixel; those that it won count once, the others not at all."""
        b, c, *_ = index = element(self.name, operand, index, x=x)
        over = cells_over(index, x, self.parts)
        terms = [upstream_term(upstream, (b, c, i, j), index == winner(x, pixels)) for i, j, pixels in over]
        return gradient_explanation(self.name, operand, index, "∂x = Σ g · [argmax]", terms)

    def reads(self, wanted: Array, x: Array) -> dict[str, Array]:
        """Return every pixel of a cell that is wanted: any of them may win."""
        return AdaptiveAverage(size=self.parts).gradient(wanted, x)


@dataclass(frozen=True, kw_only=True)
class GlobalAverage(_Average):
    """Average each channel over all its pixels: (batch, channels, rows, columns) → (batch, channels, 1, 1)."""

    names = ("global_average",)
    parts = (1, 1)

    def value(self, x: Array) -> Array:
        """Return the average of each channel."""
        return x.mean(axis=(2, 3), keepdims=True)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Give every pixel the same share, 1 / (rows · columns)."""
        return {"x": np.broadcast_to(upstream / (x.shape[2] * x.shape[3]), x.shape)}


@dataclass(frozen=True, kw_only=True)
class GlobalMax(_Max):
    """Take the largest pixel of each channel: (batch, channels, rows, columns) → (batch, channels, 1, 1)."""

    names = ("global_max",)
    parts = (1, 1)

    def value(self, x: Array) -> Array:
        """Return the largest pixel of each channel."""
        return x.max(axis=(2, 3), keepdims=True)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Send the upstream gradient to the largest pixel, the first of equals."""
        return AdaptiveMax(size=self.parts).gradient(upstream, x)


@dataclass(frozen=True, kw_only=True)
class AdaptiveAverage(_Average):
    """Average each cell: (batch, channels, rows, columns) → (batch, channels, *size)."""

    names = ("adaptive_average",)
    size: Pair

    @property
    def parts(self) -> Pair:
        """The size."""
        return self.size

    def value(self, x: Array) -> Array:
        """Return the average of each cell."""
        out = np.empty((*x.shape[:2], *self.size), x.dtype)
        for i, j, cell in cells(x.shape, self.size):
            out[:, :, i, j] = x[:, :, *cell].mean(axis=(2, 3))
        return out

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Give every pixel of a cell the same share; where cells overlap, shares add up."""
        out = np.zeros(x.shape, upstream.dtype)
        for i, j, cell in cells(x.shape, self.size):
            part = out[:, :, *cell]
            part += upstream[:, :, i, j, None, None] / (part.shape[2] * part.shape[3])
        return {"x": out}


@dataclass(frozen=True, kw_only=True)
class AdaptiveMax(_Max):
    """Take the largest pixel of each cell: (batch, channels, rows, columns) → (batch, channels, *size)."""

    names = ("adaptive_max",)
    size: Pair

    @property
    def parts(self) -> Pair:
        """The size."""
        return self.size

    def value(self, x: Array) -> Array:
        """Return the largest pixel of each cell."""
        out = np.empty((*x.shape[:2], *self.size), x.dtype)
        for i, j, cell in cells(x.shape, self.size):
            out[:, :, i, j] = x[:, :, *cell].max(axis=(2, 3))
        return out

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Send each upstream value to the largest pixel of its cell, the first of equals, row by row."""
        out = np.zeros(x.shape, upstream.dtype)
        for i, j, cell in cells(x.shape, self.size):
            part = x[:, :, *cell]
            flat = part.reshape(*part.shape[:2], -1)
            wins = np.arange(flat.shape[-1]) == flat.argmax(axis=-1)[..., None]
            out[:, :, *cell] += (wins * upstream[:, :, i, j, None]).reshape(part.shape)
        return {"x": out}


def cells(shape: tuple[int, ...], size: Pair) -> Iterator[tuple[int, int, Cell]]:
    """Yield (i, j, (rows, columns)) for every cell of an image whose last two axes are rows and columns."""
    down, across = (
        [slice(i * n // count, -(-(i + 1) * n // count)) for i in range(count)]
        for n, count in zip(shape[-2:], size, strict=True)
    )
    for i, rows in enumerate(down):
        for j, columns in enumerate(across):
            yield i, j, (rows, columns)


def cells_over(index: Index, x: Array, size: Pair) -> Iterator[tuple[int, int, list[Index]]]:
    """Yield (i, j, elements) for every cell that has an element of the input: the reverse of `seen_by`."""
    b, c, *pixel = index
    for i, j, cell in cells(x.shape, size):
        if all(side.start <= at < side.stop for side, at in zip(cell, pixel, strict=True)):
            yield i, j, _elements(b, c, cell)


def _elements(b: int, c: int, cell: Cell) -> list[Index]:
    """Return the elements of a cell, row by row."""
    rows, columns = (range(side.start, side.stop) for side in cell)
    return [(b, c, row, column) for row in rows for column in columns]
