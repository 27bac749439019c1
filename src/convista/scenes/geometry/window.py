"""Windows: the coordinates of a cut on a grid of pixels. Pure geometry, no files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Size = tuple[int, int]
"""Rows and columns."""


class Window(NamedTuple):
    """A rectangle of pixels: its first row and column, counted from 0, and how many of each.

    It may begin before 0 or end beyond the scene; what lies outside is then masked in what is read.
    """

    row: int
    column: int
    height: int
    width: int

    @property
    def shape(self) -> Size:
        """Rows and columns."""
        return self.height, self.width

    @property
    def slices(self) -> tuple[slice, slice]:
        """The slices that cut the window out of an array that holds the whole scene; it must lie inside."""
        return slice(self.row, self.row + self.height), slice(self.column, self.column + self.width)

    def shifted(self, rows: int, columns: int) -> Window:
        """Return the window moved down by `rows` and to the right by `columns`."""
        return Window(self.row + rows, self.column + columns, self.height, self.width)

    def seen_from(self, other: Window) -> Window:
        """Return the window in coordinates that count from the first row and column of another."""
        return self.shifted(-other.row, -other.column)

    def grown(self, margin: int) -> Window:
        """Return the window with `margin` more pixels on each of its four sides."""
        return Window(self.row - margin, self.column - margin, self.height + 2 * margin, self.width + 2 * margin)

    def intersection(self, other: Window) -> Window | None:
        """Return the pixels that lie in both windows, or None where there are none."""
        row, column = max(self.row, other.row), max(self.column, other.column)
        height = min(self.row + self.height, other.row + other.height) - row
        width = min(self.column + self.width, other.column + other.width) - column
        return Window(row, column, height, width) if height > 0 and width > 0 else None

    def union(self, other: Window) -> Window:
        """Return the smallest window that holds both."""
        row, column = min(self.row, other.row), min(self.column, other.column)
        height = max(self.row + self.height, other.row + other.height) - row
        width = max(self.column + self.width, other.column + other.width) - column
        return Window(row, column, height, width)

    def contains(self, other: Window) -> bool:
        """Whether every pixel of the other window lies in this one."""
        return self.intersection(other) == other


def whole(shape: Size) -> Window:
    """Return the window of everything."""
    return Window(0, 0, *shape)


def sliding(shape: Size, size: Size, stride: Size) -> Iterator[Window]:
    """Slide a window over a grid, row by row; only windows that lie inside, so a rest at the edge is left out."""
    for row in range(0, shape[0] - size[0] + 1, stride[0]):
        for column in range(0, shape[1] - size[1] + 1, stride[1]):
            yield Window(row, column, *size)


def covering(shape: Size, size: Size) -> Iterator[Window]:
    """Cover a grid with windows side by side, row by row; the last ones are smaller where they would leave it."""
    for row in range(0, shape[0], size[0]):
        for column in range(0, shape[1], size[1]):
            yield Window(row, column, min(size[0], shape[0] - row), min(size[1], shape[1] - column))


def spread(shape: Size, side: int, across: int) -> list[Window]:
    """Spread windows of side × side pixels evenly over a grid, row by row, as a sample of it.

    At most across × across; those that would be the same are there once, and none is larger than the grid.
    """
    height, width = (min(side, length) for length in shape)
    rows, columns = np.linspace(0, [shape[0] - height, shape[1] - width], across).round().astype(int).T.tolist()
    return sorted({Window(row, column, height, width) for row in rows for column in columns})


def coverage(shape: Size, windows: Iterable[Window]) -> NDArray[np.int64]:
    """Return for each pixel of a grid how many of the windows hold it."""
    counts = np.zeros(shape, np.int64)
    for window in windows:
        inside = window.intersection(whole(shape))
        if inside is not None:
            counts[inside.slices] += 1
    return counts
