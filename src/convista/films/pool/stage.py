"""The stage of a pooling: the map left, what the window sees in the middle, the output right, an equation below."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.films.keyframes import Position
from convista.films.pool.formulas import defined, named
from convista.films.pool.pooled import Block, Pooled
from convista.films.pool.seen import CELL, HEADING, Seen
from convista.films.stage.bordered import Bordered
from convista.films.stage.colour_bar import UNDER_STAGE, colour_bar
from convista.films.stage.equation import EQUALS, Equations, sign
from convista.films.stage.grid import Values, keys
from convista.films.stage.layout import STAGE, arrow
from convista.films.stage.marks import Box, Mark, Rectangle
from convista.films.stage.motion import Sources, faded
from convista.films.stage.plate import Plate, window
from convista.films.stage.ring import THIN, ring
from convista.films.stage.scale import Scale
from convista.films.wording import message, written
from convista.language import Text

LEFT, SEEN, ARROW = 506.0, (176.0, 290.0), 76.0
"""Widths of the rooms for the map and what the window sees together, of the latter at least and at most, and of the
arrow."""
CLOSE = 42.0
"""Width of a cell that the window sees, where it has many columns."""
APART = 56.0
"""Width of the gap after the map."""
DIMMED = 0.45
"""Opacity of the cells that the window does not see."""


class Moment(NamedTuple):
    """How far the making of an output has come: each is true from its own time on."""

    at: Position | None
    """The output; None for the whole, with the definition below it."""
    read: bool = True
    """The values that the window sees are beside the map."""
    worked: bool = True
    """What wins or weighs is shown, and how the output is worked out."""
    known: bool = True
    """The equation has its result."""
    written: bool = True
    """The output has it; of the whole, every output."""


class PoolStage:
    """The map, the window's values closely, the output; ``rival`` fills a second output at the same time."""

    def __init__(self, pooled: Pooled, rival: Pooled | None = None) -> None:
        self._p = pooled
        made = [one.output for one in (pooled, rival) if one is not None]
        self.scale = Scale.of(pooled.x, *made)
        """Of the map and of the outputs."""
        rooms = Rooms.of(pooled)
        self.input = Bordered("input", rooms.map, pooled.x, pooled.padding, pooled.border, self.scale, (CELL, CELL))
        """The map."""
        self._seen = Seen(pooled, rooms.seen, self.scale)
        self._outputs = outputs(made, rooms.output, self.scale)
        self._equations = Equations({at: _equation(pooled, at) for at in pooled.stops})
        self._arrow = arrow("arrow", *rooms.arrow)
        self._still = self._ground(rival)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        if moment.at is None:
            return self._whole(written=moment.written)
        at, marks = moment.at, [*self._still, *self._map(moment.at), *self._windows(self._p.block(*moment.at))]
        marks += self._rings(at, now=moment.worked, passed=self._p.stops.index(at) + moment.written)
        marks += [*self._seen.drawn(at, read=moment.read, weighed=moment.worked), *self._arrow]
        reached = at[0] * self._p.output.shape[1] + at[1] + moment.written
        for plate in self._outputs:
            marks += plate.drawn(reached)
            if moment.written:
                marks += _now(plate, at)
        slots = {"name", "equals", "worked"} if moment.worked else set()
        return (*marks, *self._equations.drawn(at, None if moment.known else slots))

    def read(self, at: Position) -> Sources:
        """Return which cell of the map each value comes from that the window sees."""
        if not (self.input.numbered and self._seen.numbered):
            return {}
        block, terms = self._p.block(*at), self._p.terms(at)
        cells = [cell for cell in np.ndindex(block.rows, block.columns) if block.at(*cell) in terms]
        return {
            close: far
            for cell in cells
            for close, far in zip(keys("window", *cell), self.input.keys(*block.at(*cell)), strict=True)
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

    def _whole(self, *, written: bool) -> tuple[Mark, ...]:
        """Return the whole map and the whole output, with the definition; who has won keeps a ring."""
        marks: list[Mark] = [*self._still, *self._arrow, *self.input.drawn()]
        if written:
            marks += self._rings(self._p.stops[-1], now=False, passed=len(self._p.stops))
        for plate in self._outputs:
            marks += plate.drawn(None if written else 0)
        marks += defined(self._p.kind)
        return tuple(marks) if written else (*marks, named(self._p.kind))

    def _map(self, at: Position) -> list[Mark]:
        """Return the map; of its numbers those are dimmed that the window does not see."""
        if not self.input.numbered:
            return [*self.input.drawn()]
        lit = {key for cell in self._p.terms(at) for key in self.input.keys(*cell)}
        return [mark if mark.key in lit else faded(mark, DIMMED) for mark in self.input.drawn()]

    def _rings(self, at: Position, *, now: bool, passed: int) -> list[Mark]:
        """Return a ring on each cell that has won so far; ``now`` also what wins this output, and its equals."""
        won = self._p.winner(at) if now else None
        before = dict.fromkeys(self._p.winner(at) for at in self._p.stops[:passed])
        ringed = {cell: "written" for cell in before if cell not in (None, won)} | ({won: "window"} if won else {})
        marks: list[Mark] = []
        for cell in self._p.tied(at) if now else ():
            if cell not in ringed:
                marks += ring(_key("tie", cell), self.input.span(*cell), width=THIN)
        for cell, colour in ringed.items():
            if cell is not None:
                marks += ring(_key("ring", cell), self.input.span(*cell), colour)
        return marks

    def _windows(self, block: Block) -> list[Mark]:
        """Return the outline of what an output sees, and of each cell where they lie apart."""
        box = self.input.span(block.row, block.column, *block.reach)
        if block.apart == (1, 1):
            return list(window("window", box))
        cells = {cell: self.input.span(*block.at(*cell)) for cell in np.ndindex(block.rows, block.columns)}
        each = [Rectangle(_key("seen", cell), span, None, "window", 2.5) for cell, span in cells.items()]
        return [Rectangle("window", box.grown(1), None, "window", 1.0), *each]

    def _ground(self, rival: Pooled | None) -> list[Mark]:
        """Return what stays through the whole film."""
        rows, columns = self._p.x.shape
        marks: list[Mark] = [self.input.named(message("films.pool.input", rows=rows, columns=columns), 200)]
        for plate, pooled in zip(self._outputs, (self._p, rival), strict=False):
            if pooled is not None:
                rows, columns = pooled.output.shape
                name = message(f"films.pool.name_{pooled.kind}")
                marks.append(plate.named(message("films.pool.output", name=name, rows=rows, columns=columns), 250))
        return [*marks, *colour_bar("colours", UNDER_STAGE, self.scale)]


class Rooms(NamedTuple):
    """Where the parts of the stage stand."""

    map: Box
    seen: Box
    arrow: tuple[tuple[float, float], tuple[float, float]]
    """Where it starts and ends."""
    output: Box

    @classmethod
    def of(cls, pooled: Pooled) -> Rooms:
        """Return the rooms for a pooling: the wider its windows, the more of what they see."""
        columns = max(pooled.block(*at).columns for at in pooled.stops)
        seen = min(SEEN[1], max(SEEN[0], CLOSE * columns))
        end, y = STAGE.left + LEFT + APART, STAGE.centre[1]
        return cls(
            STAGE._replace(right=STAGE.left + LEFT - seen),
            STAGE._replace(left=end - seen, right=end),
            ((end + 12, y), (end + ARROW - 12, y)),
            STAGE._replace(left=end + ARROW),
        )


def outputs(made: list[Values], room: Box, scale: Scale) -> list[Plate]:
    """Return the output, or two, one above the other."""
    places = room.rows(*[1] * len(made), gap=HEADING)
    return [
        Plate(key, place, values, cell=(CELL, CELL), scale=scale)
        for key, place, values in zip(("output", "rival"), places, made, strict=False)
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
