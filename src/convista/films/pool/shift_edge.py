"""One edge of a feature map closely: its numbers before and after the move, and the maxima of both."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.films.pool.pool import extreme
from convista.films.pool.pooled import Pooled
from convista.films.pool.shifted import Shifted
from convista.films.stage.colour_bar import UNDER_STAGE, colour_bar
from convista.films.stage.layout import STAGE, arrow
from convista.films.stage.marks import Mark, Rectangle
from convista.films.stage.motion import Sources
from convista.films.stage.plate import Plate, window
from convista.films.stage.ring import ring
from convista.films.stage.scale import Scale
from convista.films.wording import message
from convista.operators import Array
from convista.operators.pool import MaxPool
from convista.pairs import Pair

SIDE, POOL = 4, MaxPool(kernel=(2, 2), stride=(2, 2))
"""Rows and columns that are seen, and how they are pooled."""
CELL = 58.0
ROOMS = STAGE.columns(SIDE, SIDE // 2, SIDE, SIDE // 2, gap=56)
"""Where the map before and its output stand, and those after."""


class Moment(NamedTuple):
    """How far the comparison has come: each is true from its own time on."""

    moved: bool = True
    """The map after the move has its values."""
    pooled: bool = True
    """Both are pooled."""
    compared: bool = True
    """The outputs that stay the same are framed."""


class Edge(NamedTuple):
    """A block of the feature map, pooled before and after the move."""

    corner: Pair
    """Its first row and column, both even: windows lie as they do on the whole map."""
    before: Pooled
    after: Pooled

    @classmethod
    def of(cls, way: Shifted) -> Edge:
        """Choose the strongest block of which pooling keeps a part and changes a part; else the strongest."""
        rows, columns = (range(0, n - SIDE + 1, 2) for n in way.before.shape)
        blocks = [_pooled(way, (row, column)) for row in rows for column in columns]
        return max(blocks, key=lambda edge: (0 < edge.same.sum() < edge.same.size, edge.before.x.sum()))

    @property
    def same(self) -> Array:
        """Whether each output is the same after the move, (rows, columns)."""
        return np.equal(self.before.output, self.after.output)

    @property
    def cells(self) -> int:
        """How many cells hold another value after the move."""
        return int((self.before.x != self.after.x).sum())


class EdgeStage:
    """Two tables with the output of each beside it."""

    def __init__(self, edge: Edge, scale: Scale) -> None:
        self._edge, both = edge, (edge.before, edge.after)
        self._still = colour_bar("colours", UNDER_STAGE, scale)
        like = np.stack([one.x for one in both])
        shown = [values for one in both for values in (one.x, one.output)]
        self._plates = [
            Plate(key, room, values, like=like, cell=(CELL, CELL), scale=scale)
            for key, room, values in zip(("near", "made", "moved", "remade"), ROOMS, shown, strict=True)
        ]

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        marks: list[Mark] = [*self._still]
        for n, pooled in enumerate((self._edge.before, self._edge.after)):
            seen, made = self._plates[2 * n : 2 * n + 2]
            marks += seen.drawn(None if n == 0 or moment.moved else 0)
            marks.append(seen.named(message(f"films.pool.shift_{'after' if n else 'before'}")))
            marks.append(Rectangle(f"{seen.key}.frame", seen.box.grown(2), None, "window", 2.0))
            if not moment.pooled:
                continue
            for at in np.ndindex(*pooled.output.shape):
                block, won = pooled.block(*at), pooled.winner((at[0], at[1]))
                marks += window(f"{seen.key}.window{at}", seen.span(block.row, block.column, *block.reach))
                if won is not None:
                    marks += ring(f"{seen.key}.ring{at}", seen.span(*won))
            y = seen.box.centre[1]
            marks += [*arrow(f"arrow{n}", (seen.box.right + 12, y), (made.box.left - 12, y)), *made.drawn()]
            marks.append(made.named(message("films.pool.name_max")))
            if moment.compared:
                marks += made.outlined([(int(i), int(j)) for i, j in np.argwhere(self._edge.same)])
        return tuple(marks)

    def closer(self) -> Sources:
        """Return what the tables come out of: their places on the maps."""
        return {"near.frame": "place.before", "moved.frame": "place.after"}

    def moving(self) -> Sources:
        """Return where the values of the map after the move were before: one column further right."""
        before, _, after, _ = self._plates
        cells = [(row, column) for row in range(SIDE) for column in range(SIDE - 1)]
        return {
            new: old
            for row, column in cells
            for new, old in zip(after.keys(row, column), before.keys(row, column + 1), strict=True)
        }

    def pooling(self) -> Sources:
        """Return which cell each output comes out of."""
        born: dict[str, str] = {}
        for n, pooled in enumerate((self._edge.before, self._edge.after)):
            seen, made = self._plates[2 * n : 2 * n + 2]
            for at in np.ndindex(*pooled.output.shape):
                won = pooled.winner((at[0], at[1]))
                if won is not None:
                    born |= dict(zip(made.keys(*at), seen.keys(*won), strict=True))
        return born


def _pooled(way: Shifted, corner: Pair) -> Edge:
    rows, columns = (slice(start, start + SIDE) for start in corner)
    before, after = (extreme(POOL, values[rows, columns]) for values in (way.before, way.after))
    return Edge(corner, before, after)
