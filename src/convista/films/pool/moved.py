"""What a pooling makes of its map once that has moved by one pixel: a part of a film, after its sweep."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.films.film import SLOW
from convista.films.pool.pooled import Pooled
from convista.films.pool.seen import CELL
from convista.films.pool.stage import PoolStage, Rooms, outputs
from convista.films.script import TRAVEL, Script, beat
from convista.films.stage.bordered import Bordered
from convista.films.stage.colour_bar import UNDER_STAGE, colour_bar
from convista.films.stage.layout import arrow
from convista.films.stage.marks import Mark
from convista.films.stage.motion import Sources
from convista.films.stage.plate import window
from convista.films.stage.ring import ring
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array

WAY = 2 * TRAVEL
"""How long the whole map is on its way."""


class Moment(NamedTuple):
    """How far the comparison has come."""

    moved: bool = True
    """The map has moved by a column."""
    pooled: bool = True
    """It has been pooled as before."""
    compared: bool = True
    """The outputs that stay the same are outlined."""


class Moved:
    """The map before and after, and both outputs, in the rooms that the sweep had."""

    def __init__(self, before: Pooled, after: Pooled, stage: PoolStage) -> None:
        self._pair, rooms = (before, after), Rooms.of(before)
        self._maps = [
            Bordered("input", rooms.map, one.x, one.padding, one.border, stage.scale, (CELL, CELL))
            for one in self._pair
        ]
        self._outputs = outputs([before.output, after.output], rooms.output, stage.scale)
        self._still = [*arrow("arrow", *rooms.arrow), *colour_bar("colours", UNDER_STAGE, stage.scale)]

    @property
    def unchanged(self) -> Array:
        """Whether each output is the same as before, (rows, columns)."""
        first, last = (one.output for one in self._pair)
        return np.isclose(first, last, rtol=0, atol=0, equal_nan=True)

    @property
    def cells(self) -> int:
        """How many cells of the map hold another value than before."""
        first, last = (one.x for one in self._pair)
        return int((~np.isclose(first, last, rtol=0, atol=0, equal_nan=True)).sum())

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        one, shown = self._pair[moment.moved], self._maps[moment.moved]
        marks: list[Mark] = [*self._still, *shown.drawn(), shown.named(self._name("map", moved=moment.moved), 260)]
        for n, at in enumerate(np.ndindex(*one.output.shape)):
            block = one.block(*at)
            marks += window(f"window{n}", shown.span(block.row, block.column, *block.reach))
            won = one.winner((at[0], at[1])) if moment.pooled or not moment.moved else None
            if won is not None:
                marks += ring(f"ring[{won[0]},{won[1]}]", shown.span(*won))
        for n, (plate, key) in enumerate(zip(self._outputs, ("before", "after"), strict=True)):
            marks.append(plate.named(self._name(key, moved=bool(n)), 260))
            marks += plate.drawn(None if n == 0 or moment.pooled else 0)
            if moment.compared:
                same = [(int(i), int(j)) for i, j in np.argwhere(self.unchanged)]
                marks += plate.outlined(same)
        return tuple(marks)

    def moving(self) -> Sources:
        """Return where each cell of the moved map was before."""
        rows, columns = self._pair[0].x.shape
        here = [(row, column) for row in range(rows) for column in range(columns - 1)]
        return {
            new: old
            for row, column in here
            for new, old in zip(self._maps[1].keys(row, column + 1), self._maps[0].keys(row, column), strict=True)
        }

    def pooling(self) -> Sources:
        """Return which cell each of the new outputs comes out of."""
        won = {at: self._pair[1].winner((at[0], at[1])) for at in np.ndindex(*self._pair[1].output.shape)}
        return {
            self._outputs[1].keys(*at)[1]: self._maps[1].keys(*cell)[1]
            for at, cell in won.items()
            if cell is not None and self._outputs[1].numbered
        }

    def _name(self, what: str, *, moved: bool) -> Text:
        rows, columns = self._pair[moved].x.shape
        return message(
            f"films.pool.moved_{what}{'_on' if moved and what == 'map' else ''}", rows=rows, columns=columns
        )


def move(script: Script, before: Pooled, after: Pooled, stage: PoolStage) -> None:
    """Add the steps in which the map moves, is pooled again, and both outputs are compared."""
    moved = Moved(before, after, stage)
    still, gone, pooled = Moment(False, False, False), Moment(True, False, False), Moment(compared=False)
    script.step(
        message("films.pool.moved_ask"),
        beat(moved.at(still), seconds=SLOW.end, travel=TRAVEL),
        beat(moved.at(gone), seconds=SLOW.end, travel=WAY, born_from=moved.moving()),
    )
    script.step(
        message("films.pool.moved_again"),
        beat(moved.at(pooled), seconds=SLOW.end, travel=WAY, born_from=moved.pooling()),
    )
    numbers = {
        "cells": moved.cells,
        "of": before.x.size,
        "same": int(moved.unchanged.sum()),
        "out": after.output.size,
    }
    script.step(message("films.pool.moved_end", **numbers), beat(moved.at(Moment()), seconds=SLOW.end))


def one_to_the_right(x: Array) -> Array:
    """Return a map whose columns have moved by one to the right; zeros come in, and the last column is lost."""
    moved = np.zeros_like(x)
    moved[:, 1:] = x[:, :-1]
    return moved
