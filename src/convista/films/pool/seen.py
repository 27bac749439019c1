"""What the window of a pooling sees, closely; under it what each value weighs, where that is shown."""

from __future__ import annotations

import numpy as np

from convista.films.keyframes import Position
from convista.films.pool.pooled import Block, Pooled
from convista.films.stage.grid import LEGIBLE, CellGrid, grid, picture
from convista.films.stage.layout import heading
from convista.films.stage.marks import Box, Mark, Rectangle
from convista.films.stage.ring import THIN, ring
from convista.films.stage.scale import Scale
from convista.films.wording import message
from convista.operators import Array

CELL, HEADING, NAME = 72.0, 34.0, 216.0
"""Sides of the largest cells; height of a heading between two arrays, and the width that it may take."""


class Seen:
    """What the window sees, closely; under it what each value weighs, where that is shown."""

    def __init__(self, pooled: Pooled, room: Box, scale: Scale) -> None:
        self._p, self._scale = pooled, scale
        blocks = [pooled.block(*at) for at in pooled.stops]
        weights = [pooled.weights(at) or [] for at in pooled.stops]
        self._weights = np.array([weight for line in weights for weight in line])
        half = (room.height - HEADING) / 2
        self._rooms = [room]
        if self._weights.size:
            self._rooms = [room._replace(bottom=room.top + half), room._replace(top=room.bottom - half)]
        rows, columns = max(block.rows for block in blocks), max(block.columns for block in blocks)
        self._cell = min(CELL, room.width / columns, self._rooms[0].height / rows)
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
            marks.append(heading(f"{table.key}.name", table.box, name, NAME))
        if not self.numbered:
            marks.append(picture("window.map", tables[0].box, self._values(block), tables[0].scale))
        else:
            marks += self._cells(at, block, tables, weighed=weighed) if read else _empty(block, tables)
        marks.append(Rectangle("window.frame", tables[0].box.grown(2), None, "window", 2.0))
        return marks + self._rings(at, block, tables[0]) if weighed else marks

    def _rings(self, at: Position, block: Block, table: CellGrid) -> list[Mark]:
        """Return a ring on the value that won, and thin ones on those that are equal to it."""
        won, tied, marks = self._p.winner(at), self._p.tied(at), list[Mark]()
        for cell in np.ndindex(block.rows, block.columns):
            if block.at(*cell) in tied:
                marks += ring(f"window.tie[{cell[0]},{cell[1]}]", table.span(*cell), width=THIN)
            elif block.at(*cell) == won:
                marks += ring("window.ring", table.span(*cell))
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
        tables, scales = [], (self._scale, Scale.of(self._weights))
        like = self._p.x, self._weights
        for key, room, values, scale in zip(("window", "weights"), self._rooms, like, scales, strict=False):
            corner = room.centre[0] - self._cell * block.columns / 2, room.centre[1] - self._cell * block.rows / 2
            tables.append(grid(key, corner, (block.rows, block.columns), values, self._cell, scale=scale))
        return tables


def _empty(block: Block, tables: list[CellGrid]) -> list[Mark]:
    return [
        mark for table in tables for cell in np.ndindex(block.rows, block.columns) for mark in table.empty(*cell)
    ]
