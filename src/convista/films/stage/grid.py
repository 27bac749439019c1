"""An array on the stage: as a table of cells with numbers, or, where those would be too small, as a map."""

from __future__ import annotations

from math import isfinite
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convista.films.stage import text
from convista.films.stage.marks import FULL, MISSING, UNWRITTEN, Box, Picture, Point, Rectangle, Words
from convista.films.stage.scale import Scale
from convista.films.wording import decimals_for, widest, written

Values = NDArray[Any]

LEGIBLE = 10.0
"""The smallest numbers that a stage shows, in points."""
FREE, CLOSE = 0.2, 0.04
"""Shares of a cell's width that stay free beside its number: usually, and in a table of many columns."""


class CellGrid(NamedTuple):
    """Where a table of cells stands and how its numbers look."""

    key: str
    left: float
    top: float
    rows: int
    columns: int
    wide: float
    """Of a cell."""
    tall: float
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
        left, top = self.left + column * self.wide, self.top + row * self.tall
        return Box(left, top, left + columns * self.wide, top + rows * self.tall)

    def written(self, row: int, column: int, value: float) -> tuple[Rectangle, Words]:
        """Return a cell with its number."""
        box, key = self.span(row, column), f"{self.key}[{row},{column}]"
        if not isfinite(value):
            number = written(value)
            size = text.fitting(number.en, self.wide - 4, self.size)
            at = (box.centre[0], box.centre[1] + text.CAP / 2 * size)
            return Rectangle(key, box, "missing", "line"), Words(f"{key}.value", at, number, size, "black")
        at = (box.centre[0] + self.column / 2, box.centre[1] + text.CAP / 2 * self.size)
        number, fill = written(value, self.decimals), value / self.scale
        return Rectangle(key, box, fill, "line"), Words(f"{key}.value", at, number, self.size, fill, "end")

    def padded(self, row: int, column: int) -> tuple[Rectangle, Words]:
        """Return a cell that padding added: its zero is not the image's."""
        cell, number = self.written(row, column, 0.0)
        at = cell.box.centre[0], number.at[1]
        zero = Words(number.key, at, written(0.0), self.size, "muted")
        return cell._replace(fill="panel"), zero

    def empty(self, row: int, column: int) -> tuple[Rectangle]:
        """Return a cell that has no value yet."""
        return (Rectangle(f"{self.key}[{row},{column}]", self.span(row, column), "panel", "line"),)


def grid(
    key: str,
    corner: Point,
    shape: tuple[int, ...],
    values: Values,
    wide: float,
    tall: float | None = None,
    decimals: int | None = None,
    scale: Scale | None = None,
    free: float = FREE,
) -> CellGrid:
    """Return a table whose numbers, colours and type suit all the values that will be shown in it.

    Colours are those of a ``scale`` where the quantity has one; ``free`` is the share of a cell's width that stays
    free beside the widest number.
    """
    tall = wide if tall is None else tall
    ends = telling(values)
    decimals = decimals_for(ends) if decimals is None else decimals
    column = widest(written(value, decimals) for value in ends)
    size = min(0.72 * tall, 0.46 * wide, int(2 * (wide - max(20 * free, free * wide)) / max(column, 0.5)) / 2)
    place = *corner, shape[0], shape[1], wide, tall
    full = magnitude(values) if scale is None else scale.full
    return CellGrid(key, *place, full, decimals, size, column * size)


def keys(key: str, row: int, column: int) -> tuple[str, str]:
    """Return the keys of a cell and of its number, in the array of that key."""
    return f"{key}[{row},{column}]", f"{key}[{row},{column}].value"


def telling(values: Values) -> list[float]:
    """Return the few numbers that decide how all are written: the extremes, and one that is not whole if there is.

    Figures are tabular, so no number is wider than the largest or the most negative.
    """
    finite = values[np.isfinite(values)]
    if not finite.size:
        return []
    broken = finite[finite != np.floor(finite)][:1]
    return [float(finite.min()), float(finite.max()), *broken.tolist()]


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
