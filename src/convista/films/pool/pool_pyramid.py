"""Spatial pyramid pooling as a film: the same map in coarse and in fine cells, laid out as one vector."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.film import FAST, SLOW, TICK, Beat, Film
from convista.films.keyframes import ALL_SHOWN
from convista.films.pool.pooled import LONGEST, listed, one_map
from convista.films.registry import film, of_operators
from convista.films.script import Script
from convista.films.stage.equation import EQUALS, Equations
from convista.films.stage.grid import telling
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark, Polyline, Rectangle
from convista.films.stage.plate import Plate, window
from convista.films.stage.ring import ring
from convista.films.wording import decimals_for, message, titled, written
from convista.language import Text
from convista.operators import Array, Explanation
from convista.operators.pool_pyramid import SpatialPyramidPool

if TYPE_CHECKING:
    from convista.films.traced import Recorded

EXAMPLE = (
    (1, 3, 2, 4, 0, 2, 5, 1),
    (5, 6, 7, 8, 3, 1, 0, 2),
    (3, 2, 1, 0, 4, 4, 2, 6),
    (1, 2, 3, 6, 2, 4, 8, 3),
    (0, 7, 5, 2, 6, 1, 1, 0),
    (7, 3, 1, 5, 2, 9, 3, 4),
    (2, 4, 0, 1, 8, 2, 6, 5),
    (1, 0, 3, 2, 5, 7, 4, 1),
)
INPUT, APART, VECTOR, HEADING = 226.0, 46.0, 40.0, 34.0
"""Widths of the map and of gaps; heights of the vector and of its name."""


class Cell(NamedTuple):
    """One number of the output: its level, its row and column there, and its place in the vector."""

    n: int
    row: int
    column: int
    place: int


@film("pool-spp", "spatial_pyramid_pool2d")
def pool_spp(
    image: ArrayLike = EXAMPLE, *, levels: tuple[int, ...] = (1, 2, 4), title: str | Text | None = None
) -> Film:
    """Show a spatial pyramid pooling of a map (rows, columns): the largest of n×n cells for each level n."""
    x = one_map(np.asarray(image, dtype=np.float64))
    words = titled(title, "films.pool.pyramid_title")
    return _film(SpatialPyramidPool(levels=tuple(levels)), x, "pool-spp", words)


@of_operators("spatial_pyramid_pool2d")
def film_of_pool_pyramid(record: Recorded, *, channel: int = 0) -> Film:
    """Show what a traced spatial pyramid pooling made of one map."""
    x = one_map(record.arrays()["x"], channel)
    title = message("films.pool.traced_pyramid", layer=record.name, channel=channel)
    return _film(record.definition, x, record.name, title)


def _film(operator: SpatialPyramidPool, x: Array, name: str, title: Text) -> Film:
    levels = operator.levels
    if not levels or min(levels) < 1 or max(levels) > min(x.shape):
        raise ConvistaError("films.pool.levels", levels=levels, largest=min(x.shape))
    stage, script = _Stage(operator, x), Script(name, title)
    for n, cell in enumerate(stage.cells):
        script.step(_caption(stage, n), *stage.beats(n, new=n == 0 or stage.cells[n - 1].n != cell.n))
    return script.film()


class _Stage:
    """The beats of every cell that the film stops at."""

    def __init__(self, operator: SpatialPyramidPool, x: Array) -> None:
        self._operator, self._x, self.levels = operator, x, operator.levels
        self.vector: Array = operator.value(x[None, None])[0]
        self.cells = _chosen(operator.levels)
        self.decimals = decimals_for(self.vector.tolist())
        self._explained = {cell: self._explain(cell) for cell in self.cells}
        bottom = STAGE.bottom - VECTOR - HEADING
        self._input = Plate("input", Box(STAGE.left, STAGE.top, STAGE.left + INPUT, bottom), x)
        self._grids = self._placed(STAGE._replace(left=STAGE.left + INPUT + APART, bottom=bottom))
        row = STAGE._replace(top=STAGE.bottom - VECTOR)
        self._vector = Plate("vector", row, self.vector[None], cell=(VECTOR, VECTOR))
        self._equations = Equations({cell: self._equation(cell) for cell in self.cells})
        names = [self._input.named(message("films.pool.input", rows=x.shape[0], columns=x.shape[1]))]
        names.append(self._vector.named(message("films.pool.laid_out", count=self.vector.size), 300))
        levels = zip(self.levels, self._grids, strict=True)
        names += [grid.named(message("films.pool.level", n=n)) for n, grid in levels]
        self._still: list[Mark] = [*self._input.drawn(), *names]

    def beats(self, n: int, *, new: bool) -> tuple[Beat, ...]:
        """Return one cell: the window takes its size, its largest value is ringed and written twice."""
        pace = SLOW if new or n == len(self.cells) - 1 else FAST
        travel = 0.0 if n == 0 else (5 if new else 2) * TICK
        begins = Beat(self._marks(n, 0), 2 * pace.end if n == 0 else pace.sum, travel)
        return begins, Beat(self._marks(n, 1), pace.sum), Beat(self._marks(n, 2), pace.end)

    def _marks(self, n: int, parts: int) -> tuple[Mark, ...]:
        """Return the stage at a cell: the window, its winner, the value in its level and in the vector."""
        cell = self.cells[n]
        terms = self._explained[cell].terms
        marks: list[Mark] = [*self._still, *self._lines(cell.n), *window("window", self._block(cell))]
        if parts:
            won = max(terms, key=lambda term: term.factor or 0.0).index
            marks += ring("ring", self._input.span(won[2], won[3]))
        reached = cell.place + (parts == 2)
        marks += self._vector.drawn(reached)
        before = 0
        for level, grid in zip(self.levels, self._grids, strict=True):
            marks += grid.drawn(reached - before)
            before += level * level
        if parts == 2:
            boxes = (
                self._grids[self.levels.index(cell.n)].span(cell.row, cell.column),
                self._vector.span(0, cell.place),
            )
            keys = "level.now", "vector.now"
            marks += [Rectangle(key, box, None, "written", 3.0) for key, box in zip(keys, boxes, strict=True)]
        return (*marks, *self._equations.drawn(cell, (set(), {"name", "equals", "worked"}, None)[parts]))

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
        cell = min(46.0, room.height / max(self.levels), (room.width - gaps) / sum(self.levels))
        left = room.right - gaps - cell * sum(self.levels)
        left = room.left + (left - room.left) / 2
        plates, before = [], 0
        for n in self.levels:
            values = self.vector[before : before + n * n].reshape(n, n)
            box = Box(left, room.top, left + n * cell, room.bottom)
            plates.append(Plate(f"level{n}", box, values, like=self.vector, cell=(cell, cell)))
            left, before = left + n * cell + APART, before + n * n
        return plates

    def _explain(self, cell: Cell) -> Explanation:
        return self._operator.explain((0, cell.place), self._x[None, None])

    def _equation(self, cell: Cell) -> dict[str, Text]:
        explained, decimals = self._explained[cell], decimals_for(telling(self._x))
        values = [written(term.value, decimals) for term in explained.terms]
        worked = message("films.pool.extreme_many", count=len(values))
        if len(values) <= LONGEST:
            worked = message("films.pool.extreme", values=listed(values))
        name, total = f"y[{cell.place}]", written(explained.value, self.decimals)
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


def _caption(stage: _Stage, n: int) -> Text:
    """Say how often the map is divided, then of each level what passes, at last what this is for."""
    cell, last = stage.cells[n], len(stage.cells) - 1
    if n == 0:
        return message("films.pool.begin_pyramid", levels=", ".join(f"{n}×{n}" for n in stage.levels))
    if n == last:
        return message("films.pool.end_pyramid", count=stage.vector.size)
    return message("films.pool.begin_level", n=cell.n, count=cell.n**2)
