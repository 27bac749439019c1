"""The stage of a spatial pyramid pooling: the map and its cells, the levels beside it, the vector below."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from convista.films.keyframes import ALL_SHOWN, Position
from convista.films.pool.formulas import defined, named
from convista.films.pool.pooled import LONGEST, listed
from convista.films.stage.colour_bar import UNDER_STAGE, colour_bar
from convista.films.stage.equation import EQUALS, Equations
from convista.films.stage.grid import telling
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark, Polyline, Rectangle
from convista.films.stage.motion import Sources
from convista.films.stage.plate import Plate, window
from convista.films.stage.ring import THIN, ring
from convista.films.stage.scale import Scale
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators import Array, Explanation
from convista.operators.pool_pyramid import SpatialPyramidPool

INPUT, APART, VECTOR, HEADING = 226.0, 46.0, 40.0, 34.0
"""Widths of the map and of gaps; heights of the vector and of its name."""
CELL = 60.0
"""Sides of a level's largest cells."""


class Cell(NamedTuple):
    """One number of the output: its level, its row and column there, and its place in the vector."""

    n: int
    row: int
    column: int
    place: int


class Moment(NamedTuple):
    """How far the making of a cell has come: each is true from its own time on."""

    at: int | None
    """Which of the cells that the film stops at; None for the whole, with the definition below it."""
    worked: bool = True
    """What wins is ringed, and how the number is worked out is there."""
    known: bool = True
    """The equation has its result."""
    levelled: bool = True
    """Its level has it."""
    written: bool = True
    """The vector has it; of the whole, every number."""


class PyramidStage:
    """The map, its levels and the vector; places are written from ``origin``."""

    def __init__(self, operator: SpatialPyramidPool, x: Array, origin: int) -> None:
        self._operator, self._x, self._origin, self.levels = operator, x, origin, operator.levels
        self.vector: Array = operator.value(x[None, None])[0]
        self.cells = _chosen(operator.levels)
        self._explained = {cell: self._explain(cell) for cell in self.cells}
        self._scale = Scale.of(x, self.vector)
        bottom = STAGE.bottom - VECTOR - HEADING
        room = Box(STAGE.left, STAGE.top, STAGE.left + INPUT, bottom)
        self._input = Plate("input", room, x, scale=self._scale)
        self._grids = self._placed(STAGE._replace(left=STAGE.left + INPUT + APART, bottom=bottom))
        row = STAGE._replace(top=STAGE.bottom - VECTOR)
        self._vector = Plate("vector", row, self.vector[None], cell=(54.0, VECTOR), square=False, scale=self._scale)
        self._equations = Equations({cell: self._equation(cell) for cell in self.cells})
        self._still = self._ground()

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        if moment.at is None:
            reached = self.vector.size if moment.written else 0
            whole = [*self._still, *self._numbers(reached, reached), *defined("pyramid")]
            return tuple(whole) if moment.written else (*whole, named("pyramid"))
        cell = self.cells[moment.at]
        marks: list[Mark] = [*self._still, *self._lines(cell.n), *window("window", self._block(cell))]
        marks += self._rings(cell) if moment.worked else []
        marks += self._numbers(cell.place + moment.levelled, cell.place + moment.written)
        if moment.levelled:
            marks.append(Rectangle("level.now", self._grid(cell).span(cell.row, cell.column), None, "written", 3.0))
        if moment.written:
            marks.append(Rectangle("vector.now", self._vector.span(0, cell.place), None, "written", 3.0))
        slots = {"name", "equals", "worked"} if moment.worked else set()
        return (*marks, *self._equations.drawn(cell, None if moment.known else slots))

    def result(self, at: int) -> Sources:
        """Return what a cell's number comes out of: the value that won."""
        return {"equation.total": self._input.keys(*self._won(self.cells[at]))[1]} if self._input.numbered else {}

    def levelled(self, at: int) -> Sources:
        """Return what the number of a level comes out of: the equation's result."""
        cell = self.cells[at]
        grid = self._grid(cell)
        return {grid.keys(cell.row, cell.column)[1]: "equation.total"} if grid.numbered else {}

    def written(self, at: int) -> Sources:
        """Return what the number of the vector comes out of: that of the level."""
        cell = self.cells[at]
        grid = self._grid(cell)
        if not (grid.numbered and self._vector.numbered):
            return {}
        return dict(zip(self._vector.keys(0, cell.place), grid.keys(cell.row, cell.column), strict=True))

    def _numbers(self, levelled: int, written: int) -> list[Mark]:
        """Return the levels and the vector, each with so many of the numbers."""
        marks, before = [*self._vector.drawn(written)], 0
        for level, grid in zip(self.levels, self._grids, strict=True):
            marks += grid.drawn(levelled - before)
            before += level * level
        return marks

    def _grid(self, cell: Cell) -> Plate:
        return self._grids[self.levels.index(cell.n)]

    def _won(self, cell: Cell) -> Position:
        """Return the row and column of the value that won."""
        _, _, row, column = max(self._explained[cell].terms, key=lambda term: term.factor or 0.0).index
        return row, column

    def _rings(self, cell: Cell) -> list[Mark]:
        """Return a ring on the value that won, and thin ones on those that are equal to it."""
        won, explained, marks = self._won(cell), self._explained[cell], list[Mark]()
        for term in explained.terms:
            _, _, row, column = term.index
            if (row, column) != won and term.value == explained.value:
                marks += ring(f"tie[{row},{column}]", self._input.span(row, column), width=THIN)
        return [*marks, *ring("ring", self._input.span(*won))]

    def _block(self, cell: Cell) -> Box:
        """Return the box of what a cell covers."""
        rows, columns = zip(*(term.index[2:] for term in self._explained[cell].terms), strict=True)
        return self._input.span(rows[0], columns[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1)

    def _lines(self, n: int) -> list[Mark]:
        """Return the edges between the cells of a level, on a map that they divide evenly."""
        box, (rows, columns) = self._input.box, self._x.shape
        across = [box.left + box.width * i / n for i in range(1, n) if columns % n == 0]
        down = [box.top + box.height * i / n for i in range(1, n) if rows % n == 0]
        ends = [((x, box.top), (x, box.bottom)) for x in across] + [((box.left, y), (box.right, y)) for y in down]
        return [Polyline(f"input.edge{k}", line, "window", 1.0) for k, line in enumerate(ends)]

    def _placed(self, room: Box) -> list[Plate]:
        """Return the levels side by side, their cells of one size."""
        gaps = APART * (len(self.levels) - 1)
        cell = min(CELL, room.height / max(self.levels), (room.width - gaps) / sum(self.levels))
        left = room.left + (room.width - gaps - cell * sum(self.levels)) / 2
        plates, before = [], 0
        for n in self.levels:
            values = self.vector[before : before + n * n].reshape(n, n)
            box = Box(left, room.top, left + n * cell, room.bottom)
            plate = Plate(f"level{n}", box, values, like=self.vector, cell=(cell, cell), scale=self._scale)
            plates.append(plate)
            left, before = left + n * cell + APART, before + n * n
        return plates

    def _ground(self) -> list[Mark]:
        """Return what stays through the whole film."""
        rows, columns = self._x.shape
        names = [self._input.named(message("films.pool.input", rows=rows, columns=columns))]
        names.append(self._vector.named(message("films.pool.laid_out", count=self.vector.size), 300))
        levels = zip(self.levels, self._grids, strict=True)
        names += [grid.named(message("films.pool.level", n=n)) for n, grid in levels]
        return [*self._input.drawn(), *names, *colour_bar("colours", UNDER_STAGE, self._scale)]

    def _explain(self, cell: Cell) -> Explanation:
        return self._operator.explain((0, cell.place), self._x[None, None])

    def _equation(self, cell: Cell) -> dict[str, Text]:
        explained, decimals = self._explained[cell], decimals_for(telling(self._x))
        values = [written(term.value, decimals) for term in explained.terms]
        worked = message("films.pool.extreme_many", count=len(values))
        if len(values) <= LONGEST:
            worked = message("films.pool.extreme", values=listed(values))
        name, total = (
            f"y[{cell.place + self._origin}]",
            written(explained.value, decimals_for(self.vector.tolist())),
        )
        equation = {"name": Text(name, name), "equals": EQUALS, "worked": worked}
        return {**equation, "total.equals": EQUALS, "total": total}


def _chosen(levels: tuple[int, ...]) -> list[Cell]:
    """Return the cells that the film stops at: all, or of many the first two and the last of each level."""
    cells: list[Cell] = []
    for n in levels:
        cells += [Cell(n, row, column, len(cells) + row * n + column) for row, column in np.ndindex(n, n)]
    if len(cells) <= ALL_SHOWN:
        return cells
    ends = {0, len(cells) - 1}
    ends |= {n for n, (one, other) in enumerate(pairwise(cells)) if one.n != other.n}
    ends |= {n + 1 for n in ends if n + 1 < len(cells)} | {n + 2 for n in ends if n and n + 2 < len(cells)}
    return [cells[n] for n in sorted(ends)]
