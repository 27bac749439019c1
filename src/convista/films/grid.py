"""An array on the stage: as a table of cells with numbers, or, where those would be too small, as a map."""

from __future__ import annotations

from math import isfinite
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convista.films import text
from convista.films.marks import FULL, MISSING, UNWRITTEN, Box, Picture, Rectangle, Words
from convista.films.wording import decimals_for, widest, written

Values = NDArray[Any]

LEGIBLE = 11.0
"""The smallest numbers that a stage shows, in points."""


class Grid(NamedTuple):
    """Where a table of cells stands and how its numbers look."""

    key: str
    left: float
    top: float
    rows: int
    columns: int
    cell: float
    scale: float
    """The magnitude that has the full colour of the signed map."""
    decimals: int
    size: float
    """Of the numbers, in points."""
    column: float
    """Width of the widest number: numbers end on one line, so that their decimal marks stand in one."""

    @property
    def box(self) -> Box:
        """The whole table."""
        return self.span(0, 0, self.rows, self.columns)

    def span(self, row: float, column: float, rows: float = 1, columns: float = 1) -> Box:
        """Return the box of a block of cells."""
        left, top = self.left + column * self.cell, self.top + row * self.cell
        return Box(left, top, left + columns * self.cell, top + rows * self.cell)

    def written(self, row: int, column: int, value: float) -> tuple[Rectangle, Words]:
        """Return a cell with its number."""
        box, key = self.span(row, column), f"{self.key}[{row},{column}]"
        if not isfinite(value):
            number = written(value)
            size = text.fitting(number.en, self.cell - 4, self.size)
            at = (box.centre[0], box.centre[1] + text.CAP / 2 * size)
            return Rectangle(key, box, "missing", "line"), Words(f"{key}.value", at, number, size, "black")
        at = (box.centre[0] + self.column / 2, box.centre[1] + text.CAP / 2 * self.size)
        number, fill = written(value, self.decimals), value / self.scale
        return Rectangle(key, box, fill, "line"), Words(f"{key}.value", at, number, self.size, fill, "end")

    def padded(self, row: int, column: int) -> tuple[Rectangle, Words]:
        """Return a cell that padding added: its zero is not the image's."""
        cell, number = self.written(row, column, 0.0)
        return cell._replace(fill="panel"), number._replace(colour="muted")

    def empty(self, row: int, column: int) -> tuple[Rectangle]:
        """Return a cell that has no value yet."""
        return (Rectangle(f"{self.key}[{row},{column}]", self.span(row, column), "panel", "line"),)


def grid(key: str, left: float, top: float, cell: float, shape: tuple[int, ...], values: Values) -> Grid:
    """Return a table whose numbers, colours and type suit all the values that will be shown in it."""
    numbers = values.ravel().tolist()
    decimals = decimals_for(numbers)
    column = widest(written(v, decimals) for v in numbers if isfinite(v))
    size = number_size(cell, column)
    return Grid(key, left, top, shape[0], shape[1], cell, magnitude(values), decimals, size, column * size)


def number_size(cell: float, ems: float) -> float:
    """Return how large numbers of a width in ems are written in a cell."""
    return min(cell * 0.46, int(2 * (cell - max(4, 0.24 * cell)) / max(ems, 0.5)) / 2)


def magnitude(values: Values) -> float:
    """Return the largest absolute value, 1 where there is none above zero: what has the map's full colour."""
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) or 1.0 if finite.size else 1.0


def picture(
    key: str, box: Box, values: Values, scale: float, unwritten: NDArray[np.bool_] | None = None
) -> Picture:
    """Return a map without numbers of a two-dimensional array."""
    finite = np.isfinite(values)
    levels = np.round(np.where(finite, values, 0) / scale * FULL).clip(-FULL, FULL).astype(np.int8)
    levels[~finite] = MISSING
    if unwritten is not None:
        levels[unwritten] = UNWRITTEN
    return Picture(key, box, values.shape[0], values.shape[1], levels.tobytes())
