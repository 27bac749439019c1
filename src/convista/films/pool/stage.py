"""The stage of a pooling: the map left, what the window sees in the middle, the output right, an equation below."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.films.keyframes import Position
from convista.films.pool.pooled import Block, Pooled
from convista.films.stage.bordered import Bordered
from convista.films.stage.equation import EQUALS, Equations, sign
from convista.films.stage.grid import LEGIBLE, CellGrid, grid, keys, magnitude, picture
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Polygon, Polyline, Rectangle
from convista.films.stage.motion import Sources
from convista.films.stage.plate import LARGEST, Plate, window
from convista.films.stage.ring import ring
from convista.films.wording import message, written
from convista.language import Text
from convista.operators import Array

LEFT, SEEN, ARROW = 506.0, (176.0, 290.0), 76.0
"""Widths of the rooms for the map and what the window sees together, of the latter at least and at most, and of the
arrow."""
CLOSE = 42.0
"""Width of a cell that the window sees, where it has many columns."""
APART, HEADING = 56.0, 34.0
"""Width of the gap after the map, and height of a heading between two arrays."""


class Moment(NamedTuple):
    """How far the making of an output has come: each is true from its own time on."""

    at: Position
    read: bool = True
    """The values that the window sees are beside the map."""
    worked: bool = True
    """What wins or weighs is shown, and how the output is worked out."""
    known: bool = True
    """The equation has its result."""
    written: bool = True
    """The output has it."""


class PoolStage:
    """The map, the window's values closely, the output; ``rival`` fills a second output at the same time."""

    def __init__(self, pooled: Pooled, rival: Pooled | None = None) -> None:
        self._p = pooled
        columns = max(pooled.block(*at).columns for at in pooled.stops)
        seen = min(SEEN[1], max(SEEN[0], CLOSE * columns))
        room, end = STAGE._replace(right=STAGE.left + LEFT - seen), STAGE.left + LEFT + APART
        self._input = Bordered("input", room, pooled.x, pooled.padding, pooled.border)
        self._seen = _Seen(pooled, STAGE._replace(left=end - seen, right=end))
        self._outputs = _outputs(pooled, rival, STAGE._replace(left=end + ARROW))
        self._equations = Equations({at: _equation(pooled, at) for at in pooled.stops})
        self._still = self._ground(rival)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        at, marks = moment.at, [*self._still, *self._windows(self._p.block(*moment.at))]
        marks += self._rings(moment)
        marks += self._seen.drawn(at, read=moment.read, weighed=moment.worked)
        reached = at[0] * self._p.output.shape[1] + at[1] + moment.written
        for plate in self._outputs:
            marks += plate.drawn(reached)
            if moment.written:
                marks += _now(plate, at)
        slots = {"name", "equals", "worked"} if moment.worked else set()
        return (*marks, *self._equations.drawn(at, None if moment.known else slots))

    def read(self, at: Position) -> Sources:
        """Return which cell of the map each value comes from that the window sees."""
        if not (self._input.numbered and self._seen.numbered):
            return {}
        block, terms = self._p.block(*at), self._p.terms(at)
        cells = [cell for cell in np.ndindex(block.rows, block.columns) if block.at(*cell) in terms]
        return {
            close: far
            for cell in cells
            for close, far in zip(keys("window", *cell), self._input.keys(*block.at(*cell)), strict=True)
        }

    def result(self, at: Position) -> Sources:
        """Return what the equation's result comes out of: the value that won, or all that the window sees."""
        if not self._seen.numbered:
            return {}
        block, won = self._p.block(*at), self._p.winner(at)
        cells = [cell for cell in np.ndindex(block.rows, block.columns) if block.at(*cell) in self._p.terms(at)]
        chosen = [cell for cell in cells if won is None or block.at(*cell) == won]
        return {"equation.total": tuple(keys("window", *cell)[1] for cell in chosen)}

    def written(self, at: Position) -> Sources:
        """Return what the output comes out of: the equation's result."""
        return {self._outputs[0].keys(*at)[1]: "equation.total"} if self._outputs[0].numbered else {}

    def _rings(self, moment: Moment) -> list[Mark]:
        """Return a ring on each cell that has won so far, and on that of the moment as soon as it is known."""
        stops, now = self._p.stops, self._p.winner(moment.at)
        passed = stops[: stops.index(moment.at) + moment.written]
        before = dict.fromkeys(won for at in passed if (won := self._p.winner(at)) is not None)
        ringed = {won: "written" for won in before if won != now or not moment.worked}
        if now is not None and moment.worked:
            ringed[now] = "window"
        return [
            mark
            for won, colour in ringed.items()
            for mark in ring(_key("ring", won), self._input.span(*won), colour)
        ]

    def _windows(self, block: Block) -> list[Mark]:
        """Return the outline of what an output sees, and of each cell where they lie apart."""
        box = self._input.span(block.row, block.column, *block.reach)
        if block.apart == (1, 1):
            return list(window("window", box))
        cells = {cell: self._input.span(*block.at(*cell)) for cell in np.ndindex(block.rows, block.columns)}
        each = [Rectangle(_key("seen", cell), span, None, "window", 2.5) for cell, span in cells.items()]
        return [Rectangle("window", box.grown(1), None, "window", 1.0), *each]

    def _ground(self, rival: Pooled | None) -> list[Mark]:
        """Return what stays through the whole film."""
        rows, columns = self._p.x.shape
        marks: list[Mark] = [*self._input.drawn()]
        marks.append(self._input.named(message("films.pool.input", rows=rows, columns=columns), 200))
        pairs = zip(self._outputs, (self._p, rival), strict=False)
        for plate, pooled in pairs:
            if pooled is not None:
                rows, columns = pooled.output.shape
                name = message(f"films.pool.name_{pooled.kind}")
                marks.append(plate.named(message("films.pool.output", name=name, rows=rows, columns=columns), 240))
        y = (STAGE.top + STAGE.bottom) / 2
        start = STAGE.left + LEFT + APART + 12
        end = start + ARROW - 24
        marks.append(Polyline("arrow", ((start, y), (end - 8, y)), "muted", 2.0))
        return [*marks, Polygon("arrow.head", ((end, y), (end - 10, y - 5), (end - 10, y + 5)), "muted")]


class _Seen:
    """What the window sees, closely; under it what each value weighs, where that is shown."""

    def __init__(self, pooled: Pooled, room: Box) -> None:
        self._p = pooled
        blocks = [pooled.block(*at) for at in pooled.stops]
        weights = [pooled.weights(at) or [] for at in pooled.stops]
        self._weights = np.array([weight for line in weights for weight in line])
        half = (room.height - HEADING) / 2
        self._rooms = [room]
        if self._weights.size:
            self._rooms = [room._replace(bottom=room.top + half), room._replace(top=room.bottom - half)]
        rows, columns = max(block.rows for block in blocks), max(block.columns for block in blocks)
        self._cell = min(LARGEST, room.width / columns, self._rooms[0].height / rows)
        self.numbered = all(table.size >= LEGIBLE for table in self._tables(blocks[0]))

    def drawn(self, at: Position, *, read: bool, weighed: bool) -> list[Mark]:
        """Return the block of an output.

        Its values are there when they are ``read``; ``weighed`` shows the winner's ring and what each value weighs.
        """
        block = self._p.block(*at)
        tables = self._tables(block)
        names = [message("films.pool.seen", rows=block.rows, columns=block.columns)]
        if self._weights.size:
            names.append(message(f"films.pool.weights_{self._p.kind}"))
        marks: list[Mark] = []
        for table, name in zip(tables, names, strict=True):
            marks.append(heading(f"{table.key}.name", table.box, name, SEEN[0] + 40))
        if not self.numbered:
            marks.append(picture("window.map", tables[0].box, self._values(block), tables[0].scale))
        else:
            marks += self._cells(at, block, tables, weighed=weighed) if read else _empty(block, tables)
        marks.append(Rectangle("window.frame", tables[0].box.grown(2), None, "window", 2.0))
        won = self._p.winner(at) if weighed else None
        if won is not None:
            where = next(cell for cell in np.ndindex(block.rows, block.columns) if block.at(*cell) == won)
            marks += ring("window.ring", tables[0].span(*where))
        return marks

    def _cells(self, at: Position, block: Block, tables: list[CellGrid], *, weighed: bool) -> list[Mark]:
        marks: list[Mark] = []
        terms, weights = self._p.terms(at), self._p.weights(at) or []
        by_cell = dict(zip(terms, weights, strict=False))
        for u, v in np.ndindex(block.rows, block.columns):
            cell = block.at(u, v)
            if cell in terms:
                marks += tables[0].written(u, v, terms[cell].value)
            else:
                beyond, sign = tables[0].padded(u, v)
                marks += beyond, sign._replace(text=self._p.border(*cell))
            for table in tables[1:]:
                shown = weighed and cell in by_cell
                marks += table.written(u, v, by_cell[cell]) if shown else table.empty(u, v)
        return marks

    def _values(self, block: Block) -> Array:
        inside = {cell: block.at(*cell) for cell in np.ndindex(block.rows, block.columns)}
        rows, columns = self._p.x.shape
        values = np.full((block.rows, block.columns), np.nan)
        for cell, (row, column) in inside.items():
            if 0 <= row < rows and 0 <= column < columns:
                values[cell] = self._p.x[row, column]
        return values

    def _tables(self, block: Block) -> list[CellGrid]:
        """Return the tables of a block, in the middle of their rooms."""
        tables = []
        for key, room, like in zip(("window", "weights"), self._rooms, (self._p.x, self._weights), strict=False):
            corner = room.centre[0] - self._cell * block.columns / 2, room.centre[1] - self._cell * block.rows / 2
            table = grid(key, corner, (block.rows, block.columns), like, self._cell)
            tables.append(table._replace(scale=magnitude(like)))
        return tables


def _outputs(pooled: Pooled, rival: Pooled | None, room: Box) -> list[Plate]:
    """Return the output, and that of a rival below it."""
    if rival is None:
        return [Plate("output", room, pooled.output)]
    half = (room.height - HEADING) / 2
    return [
        Plate("output", room._replace(bottom=room.top + half), pooled.output),
        Plate("rival", room._replace(top=room.bottom - half), rival.output),
    ]


def _empty(block: Block, tables: list[CellGrid]) -> list[Mark]:
    return [
        mark for table in tables for cell in np.ndindex(block.rows, block.columns) for mark in table.empty(*cell)
    ]


def _now(plate: Plate, at: Position) -> list[Mark]:
    """Return an outline around the cell just written, large enough to be seen."""
    box = plate.span(*at)
    return [
        Rectangle(
            f"{plate.key}.now",
            box if plate.numbered else box.grown(2),
            None,
            "written",
            3.0 if plate.numbered else 2.0,
        )
    ]


def _equation(pooled: Pooled, at: Position) -> dict[str, Text]:
    """Return what stands in each slot of the equation."""
    return {
        "name": pooled.name(at),
        "equals": EQUALS,
        "worked": pooled.worked(at),
        "total.equals": sign(pooled.equals(at, pooled.precision)),
        "total": written(pooled.explain(at).value, pooled.precision),
    }


def _key(name: str, cell: Position) -> str:
    return f"{name}[{cell[0]},{cell[1]}]"
