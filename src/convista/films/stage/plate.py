"""A matrix in the room that it is given: a table where its numbers are legible there, else a map of colours."""

from __future__ import annotations

from collections.abc import Callable, Collection
from math import inf

import numpy as np

from convista.films.stage.grid import FREE, LEGIBLE, CellGrid, Values, grid, keys, picture
from convista.films.stage.layout import heading
from convista.films.stage.marks import Box, Mark, Picture, Rectangle, Words
from convista.films.stage.scale import Scale
from convista.language import Text

Cell = tuple[int, int]
Written = Callable[[int, int], bool]
"""Whether a cell has its value by now."""

LARGEST = 54.0
"""Sides of the largest cells, in points."""


class Plate:
    """One matrix on the stage.

    Parameters
    ----------
    key
        Of its cells and their numbers: ``key[row,column]`` and ``key[row,column].value``.
    room
        Where it stands, in the middle, as large as fits.
    values
        The matrix, (rows, columns).
    like
        All values that share its colours and decimals; None for its own.
    cell
        Width and height of the largest cells.
    square
        Whether cells are squares, as pixels are; those of a vector may be wide.
    numbers
        Whether numbers are shown where they are legible.
    size
        The largest that they are, in points.
    decimals
        How many they have; None for as many as suit all the values.
    scale
        Of its colours, shared by all tables of its quantity; None for that of all the values.
    free
        The share of a cell's width that stays free beside the widest number.
    """

    def __init__(
        self,
        key: str,
        room: Box,
        values: Values,
        *,
        like: Values | None = None,
        cell: tuple[float, float] = (LARGEST, LARGEST),
        square: bool = True,
        numbers: bool = True,
        size: float = inf,
        decimals: int | None = None,
        scale: Scale | None = None,
        free: float = FREE,
    ) -> None:
        rows, columns = values.shape
        wide, tall = min(cell[0], room.width / columns), min(cell[1], room.height / rows)
        if square:
            wide = tall = min(wide, tall)
        corner = room.centre[0] - wide * columns / 2, room.centre[1] - tall * rows / 2
        all_values = values if like is None else like
        self.key, self.values = key, values
        table = grid(key, corner, values.shape, all_values, wide, tall, decimals, scale, free)
        self.size = min(size, table.size)
        """Of its numbers, in points."""
        ems = table.column / table.size if table.size else 0.0
        self._grid: CellGrid = table._replace(size=self.size, column=ems * self.size)
        self.numbered = numbers and self._grid.size >= LEGIBLE
        """Whether it shows numbers."""
        self._cells: dict[Cell, tuple[Mark, ...]] = {}
        self._last: tuple[Written | int | None, Picture] | None = None

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self._grid.box

    @property
    def decimals(self) -> int:
        """How many decimals its numbers have."""
        return self._grid.decimals

    def span(self, row: int, column: int, rows: int = 1, columns: int = 1) -> Box:
        """Return the box of a block of cells."""
        return self._grid.span(row, column, rows, columns)

    def drawn(self, written: Written | int | None = None) -> tuple[Mark, ...]:
        """Return the matrix, with the values that are written by now: so many, row by row; None for all."""
        if not self.numbered:
            return Rectangle(f"{self.key}.frame", self.box.grown(1), None, "line"), self._picture(written)
        by_now = first(self.values.size if written is None else written, self.values.shape[1])
        marks: list[Mark] = []
        for at in np.ndindex(*self.values.shape):
            marks += self.cell(*at) if by_now(*at) else self._grid.empty(*at)
        return tuple(marks)

    def _picture(self, written: Written | int | None) -> Picture:
        """Return the map of colours; one like the last is not made again."""
        if self._last is not None and self._last[0] == written:
            return self._last[1]
        unwritten = None
        if isinstance(written, int):
            unwritten = (np.arange(self.values.size) >= written).reshape(self.values.shape)
        elif written is not None:
            unwritten = ~np.fromfunction(np.vectorize(written), self.values.shape, dtype=int)
        made = picture(self.key, self.box, self.values, self._grid.scale, unwritten)
        self._last = written, made
        return made

    def cell(self, row: int, column: int) -> tuple[Mark, ...]:
        """Return one cell with its number."""
        if (row, column) not in self._cells:
            self._cells[row, column] = self._grid.written(row, column, float(self.values[row, column]))
        return self._cells[row, column]

    def keys(self, row: int, column: int) -> tuple[str, str]:
        """Return the keys of a cell and of its number."""
        return keys(self.key, row, column)

    def named(self, words: Text, room: float | None = None, colour: str = "muted") -> Words:
        """Return the name above the matrix."""
        return heading(f"{self.key}.name", self.box, words, self.box.width + 60 if room is None else room, colour)

    def marked(self, name: str, row: int, column: int, rows: int = 1, columns: int = 1) -> tuple[Mark, ...]:
        """Return a window around a block of cells, in the colour of its name."""
        return window(name, self.span(row, column, rows, columns))

    def outlined(self, cells: Collection[Cell], colour: str = "written") -> tuple[Mark, ...]:
        """Return outlines around single cells: what was just written."""
        return tuple(Rectangle(f"{self.key}[{r},{c}].now", self.span(r, c), None, colour, 2.5) for r, c in cells)


def first(written: Written | int, columns: int) -> Written:
    """Return whether a cell has its value by now, where so many have, row by row."""
    return written if callable(written) else lambda row, column: row * columns + column < written


def window(key: str, box: Box, colour: str = "window") -> tuple[Mark, ...]:
    """Return an outline with a dark edge, so that it is seen on any colour."""
    return (
        Rectangle(f"{key}.edge", box.grown(3), None, "background", 6.0),
        Rectangle(key, box.grown(2), None, colour, 3.0),
    )


def side_by_side(
    key: str,
    room: Box,
    values: Values,
    gap: float,
    *,
    rows: int = 1,
    like: Values | None = None,
    numbers: bool = True,
    scale: Scale | None = None,
) -> list[Plate]:
    """Lay the maps of (maps, rows, columns) out in lines, with room above each for its name."""
    across = -(-len(values) // rows)
    wide, tall = (room.width - gap * (across - 1)) / across, (room.height - gap * (rows - 1)) / rows
    cell = min(LARGEST, wide / values.shape[2], tall / values.shape[1])
    step = cell * values.shape[2] + gap
    left = room.centre[0] - (step * across - gap) / 2
    plates = []
    for n, matrix in enumerate(values):
        line, place = divmod(n, across)
        x, y = left + place * step, room.top + line * (tall + gap)
        box = Box(x, y, x + step - gap, y + tall)
        everything = values if like is None else like
        plates.append(Plate(f"{key}{n}", box, matrix, like=everything, numbers=numbers, scale=scale))
    return plates
