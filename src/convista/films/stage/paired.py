"""Two maps of one size, one above the other: what goes in, and what comes out, filling up.

Where their numbers would be too small they are pictures, and the cells around the one of the moment are seen
closely beside them.
"""

from __future__ import annotations

from functools import cached_property

from convista.films.keyframes import Position
from convista.films.stage.grid import CellGrid, Values, grid, keys
from convista.films.stage.layout import heading
from convista.films.stage.marks import Box, Mark, Rectangle
from convista.films.stage.plate import Plate, Written, first, window
from convista.films.stage.scale import Scale
from convista.language import Text

HEADING = 30.0
"""Height of the lower map's name."""
CELL = (78.0, 45.0)
AROUND = 3
"""Rows and columns seen closely."""
SMALL = 9.0
"""A block smaller than this has its outline wholly outside."""
CLOSE, APART = 62.0, 26.0
"""Width of a cell seen closely, and of the gap before it."""


class Paired:
    """The two maps in their room, the upper one called ``raw`` in keys, the lower one ``made``."""

    def __init__(
        self,
        room: Box,
        raw: Values,
        made: Values,
        names: tuple[Text, Text],
        scales: tuple[Scale | None, Scale | None] = (None, None),
    ) -> None:
        tall = (room.height - HEADING) / 2
        rooms = room._replace(bottom=room.top + tall), room._replace(top=room.bottom - tall)
        pair = list(zip(("raw", "made"), rooms, (raw, made), scales, strict=True))
        size = min(Plate(key, place, values, cell=CELL, square=False).size for key, place, values, _ in pair)
        self._plates = [
            Plate(key, place, values, cell=CELL, square=False, size=size, scale=scale)
            for key, place, values, scale in pair
        ]
        self._scales = scales
        self._rooms, self._shape = rooms, raw.shape
        self.numbered = all(plate.numbered for plate in self._plates)
        """Whether every number is shown."""
        if not self.numbered:
            self._plates = [
                Plate(
                    plate.key,
                    place._replace(right=place.right - AROUND * CLOSE - APART),
                    plate.values,
                    numbers=False,
                    scale=scale,
                )
                for plate, place, scale in zip(self._plates, rooms, scales, strict=True)
            ]
        self._names = [
            heading(f"{plate.key}.name", plate.box if self.numbered else place, words, room.width)
            for plate, place, words in zip(self._plates, rooms, names, strict=True)
        ]

    def drawn(
        self,
        at: Position,
        by_now: Written | int,
        *,
        size: Position = (1, 1),
        now: Position | None = None,
        framed: bool = True,
    ) -> list[Mark]:
        """Return the stage with the window, if it is ``framed``, on a block of the upper map.

        ``by_now`` says which cells of the lower map have their value, or how many, row by row; ``now`` is the one
        just written.
        """
        raw, made = self._plates
        marks: list[Mark] = [*self._names, *raw.drawn(), *made.drawn(by_now)]
        if not self.numbered:
            return marks + self._closely(at, first(by_now, self._shape[1]), now)
        if framed:
            marks += window("window", raw.span(*at, *size))
        return marks if now is None else [*marks, Rectangle("made.now", made.span(*now), None, "written", 3.0)]

    def value(self, plate: str, at: Position) -> str:
        """Return the key of a cell's number in the map of a key, while the window is on that cell."""
        if self.numbered:
            return keys(plate, *at)[1]
        top, left, _, _ = self._around(at)
        return keys(f"{plate}.close", at[0] - top, at[1] - left)[1]

    def _around(self, at: Position) -> tuple[int, int, int, int]:
        """Return the first row and column that are seen closely, and how many of each."""
        rows, columns = (min(AROUND, n) for n in self._shape)
        top, left = (
            min(max(i - 1, 0), n - size) for i, n, size in zip(at, self._shape, (rows, columns), strict=True)
        )
        return top, left, rows, columns

    def _closely(self, at: Position, by_now: Written, now: Position | None) -> list[Mark]:
        """Return the cells around one with their numbers, and where they are on the pictures."""
        top, left, rows, columns = self._around(at)
        marks: list[Mark] = []
        for plate, close in zip(self._plates, self._close, strict=True):
            for u in range(rows):
                for v in range(columns):
                    row, column = top + u, left + v
                    here = plate.key == "raw" or by_now(row, column)
                    value = float(plate.values[row, column])
                    marks += close.written(u, v, value) if here else close.empty(u, v)
            block = plate.span(top, left, rows, columns)
            grown = block.grown(2 if min(block.width, block.height) < SMALL else 1)
            marks.append(Rectangle(f"{plate.key}.around", grown, None, "window", 2.0))
            marks.append(Rectangle(f"{close.key}.frame", close.box.grown(2), None, "window", 2.0))
            cell = close.span(at[0] - top, at[1] - left)
            if plate.key == "raw":
                marks += window("window", cell)
            elif now is not None:
                marks.append(Rectangle("made.now", cell, None, "written", 3.0))
        return marks

    @cached_property
    def _close(self) -> list[CellGrid]:
        """The tables of the cells seen closely."""
        rows, columns = (min(AROUND, n) for n in self._shape)
        tables = []
        for plate, room, scale in zip(self._plates, self._rooms, self._scales, strict=True):
            tall = min(CELL[1], room.height / rows)
            corner = room.right - CLOSE * columns, room.centre[1] - tall * rows / 2
            key, shape = f"{plate.key}.close", (rows, columns)
            tables.append(grid(key, corner, shape, plate.values, CLOSE, tall, scale=scale))
        return tables
