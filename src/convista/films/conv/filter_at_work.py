"""What a filter makes of one window: in every channel window, kernel and partial sum, and then one value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convista.films.conv.sweep import Position, Sweep
from convista.films.stage.grid import CellGrid, grid, keys, magnitude
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Rectangle, Tone, Words
from convista.films.stage.motion import Sources
from convista.films.stage.perspective import Slab
from convista.films.wording import as_written, bracketed, decimals_for, equality, message, widest, written
from convista.language import Text
from convista.operators import Array

ROOM = STAGE._replace(top=100, bottom=404)
ROWS, COLUMNS = 16.0, (112.0, 126.0, 126.0, 62.0, 74.0, 112.0)
"""Gap between rows; widths of the columns: planes, their windows, kernels, partial sums, their sum, planes."""
CELL = 42.0, 34.0
"""Width and height of the largest cells."""
READABLE = 14.0
"""The smallest numbers, in points."""
PART_SIZE, SUM_SIZE = 20.0, 24.0


class FilterAtWork:
    """The columns between the planes that are read and those that are made.

    Parameters
    ----------
    sweeps
        One for each filter.
    read, made
        Tints of the channels that are read, and of those that are made: ``"signed"`` is the map of signed values.
    places
        The positions whose values are made part by part.
    """

    def __init__(
        self, sweeps: Sequence[Sweep], read: Sequence[str], made: Sequence[str], places: Sequence[Position]
    ) -> None:
        self._sweeps, self._read, self._made = sweeps, read, made
        self._values: Array = sweeps[0].maps
        self.channels = len(self._values)
        self._outputs = np.stack([sweep.output for sweep in sweeps])
        parts = [sweep.part(at, c) for sweep in sweeps for at in places for c in range(self.channels)]
        biases = [sweep.explain((0, 0)).bias for sweep in sweeps if sweep.bias is not None]
        self._decimals = decimals_for([*parts, *biases])
        wide = widest(written(part, self._decimals) for part in parts)
        self._size = min(PART_SIZE, int(2 * (COLUMNS[3] - 10) / wide) / 2)

    def windows(self, planes: Sequence[Slab], at: Position, *, lifted: bool, seen: bool = True) -> list[Mark]:
        """Return the window on every plane and, where it is ``seen``, its values, there or lifted from it."""
        rows, columns = self._sweeps[0].kernel.shape[1:]
        marks: list[Mark] = []
        for c, plane in enumerate(planes):
            small = plane.span(*at, rows, columns)
            marks.append(Rectangle(f"reads{c}", small.grown(2), None, "window", 3.0))
            table = self._table(c, "window")
            for u, v in np.ndindex(rows, columns):
                if not seen:
                    continue
                cell, number = self._seen(c, table, at, (u, v))
                if not lifted:
                    marks.append(cell._replace(box=plane.span(at[0] + u, at[1] + v), stroke=None))
                else:
                    marks += [cell, number] if table.size >= READABLE else [cell]
        if lifted:
            words = message("films.conv_channels.seen")
            marks.append(heading("window.name", self._table(0, "window").box, words, 150))
        return marks

    def kernels(self, k: int) -> list[Mark]:
        """Return a filter: a kernel for each channel, with a sign of product before it."""
        marks: list[Mark] = []
        for c, kernel in enumerate(self._sweeps[k].kernel):
            table = self._table(c, "kernel")
            marks += _drawn(table, kernel)
            marks.append(Rectangle(f"kernel{c}.frame", table.box.grown(3), None, "window", 3.0))
            x = (self._table(c, "window").box.right + table.box.left) / 2
            marks.append(Words(f"kernel{c}.times", (x, table.box.centre[1] + 7), TIMES, PART_SIZE, "muted"))
        name = message("films.conv_channels.filter", number=k + 1)
        return [*marks, heading("kernel.name", self._table(0, "kernel").box, name, 160)]

    def sums(self, at: Position, k: int, parts: int | None, *, known: bool) -> list[Mark]:
        """Return the partial sums of the first channels, None for all, and where it is ``known`` their sum."""
        sweep, boxes = self._sweeps[k], boxes_of(3, self.channels)
        marks: list[Mark] = []
        for c, box in enumerate(boxes[:parts]):
            number = written(sweep.part(at, c), self._decimals)
            right, y = box.right, box.centre[1] + 7
            marks.append(Words(f"part{c}", (right, y), number, self._size, "text", "end"))
            marks.append(Words(f"part{c}.equals", (box.left - 14, y), Text("=", "="), self._size, "muted"))
            if c:
                between = right, (boxes[c - 1].bottom + box.top) / 2 + 7
                marks.append(Words(f"part{c}.plus", between, Text("+", "+"), self._size, "muted", "end"))
        return marks + self._sum(at, k) if known else marks

    def bank(self) -> list[Mark]:
        """Return all filters side by side, each with its kernels one below the other."""
        marks: list[Mark] = []
        left, right = boxes_of(1, 1)[0].left, boxes_of(4, 1)[0].right
        columns = ROOM._replace(left=left, right=right).columns(*[1.0] * len(self._sweeps), gap=24)
        for k, (sweep, column) in enumerate(zip(self._sweeps, columns, strict=True)):
            for c, box in enumerate(_rows(column, self.channels)):
                table = self._standing(f"filter{k}.{c}", box, sweep.kernel.shape[1:], sweep.weight)
                marks += _drawn(table, sweep.kernel[c])
                marks.append(Rectangle(f"filter{k}.{c}.frame", table.box.grown(3), None, "window", 3.0))
                if c == 0:
                    name = message("films.conv_channels.filter", number=k + 1)
                    marks.append(heading(f"filter{k}.name", table.box, name, column.width))
        return marks

    def landed(self, plane: Slab, at: Position, k: int) -> list[Mark]:
        """Return the place of a map that was just written."""
        box = plane.cell(*at)
        ring = Rectangle("landed.now", box.grown(2), None, "written", 2.5)
        return [Rectangle("landed", box, self._tone(at, k)), ring]

    def part(self, channel: int) -> Sources:
        """Return what the partial sum of a channel comes out of: its products."""
        table = self._table(channel, "window")
        if table.size < READABLE:
            return {}
        cells = np.ndindex(table.rows, table.columns)
        return {f"part{channel}": tuple(keys(table.key, *cell)[1] for cell in cells)}

    def sum(self) -> Sources:
        """Return what the value comes out of: the partial sums."""
        return {"sum.value": tuple(f"part{c}" for c in range(self.channels))}

    def _sum(self, at: Position, k: int) -> list[Mark]:
        sweep, (box,) = self._sweeps[k], boxes_of(4, 1)
        value, tone, cell, (x, y) = (
            sweep.explain(at).value,
            self._tone(at, k),
            box.middle(box.width, 48),
            box.centre,
        )
        made = sum(as_written(sweep.part(at, c), self._decimals) for c in range(self.channels))
        made += as_written(sweep.explain(at).bias, self._decimals)
        sign, number = equality(made, value, self._decimals), written(value, self._decimals)
        size = min(SUM_SIZE, int(2 * (box.width - 8) / widest([number])) / 2)
        marks: list[Mark] = [
            Words("sum.equals", (cell.left - 14, y + 8), Text(sign, sign), SUM_SIZE, "muted"),
            Rectangle("sum", cell, tone, "line"),
            Words("sum.value", (x, y + 8), number, size, tone),
        ]
        if sweep.bias is not None:
            words = message("films.conv_channels.bias", value=bracketed(sweep.explain(at).bias, self._decimals))
            marks.append(Words("sum.bias", (x, cell.top - 14), words, 15.0, "text"))
        return marks

    def _tone(self, at: Position, k: int) -> Tone:
        value = float(self._outputs[k][at])
        signed = self._made[k] == "signed"
        return Tone(self._made[k], value / magnitude(self._outputs) if signed else share(value, self._outputs))

    def _seen(self, c: int, table: CellGrid, at: Position, cell: Position) -> tuple[Rectangle, Words]:
        """Return a cell of the window; the border's zeros are not the image's."""
        sweep, (u, v) = self._sweeps[0], cell
        row, column = at[0] + u - sweep.padding[0][0], at[1] + v - sweep.padding[1][0]
        if not (0 <= row < self._values.shape[1] and 0 <= column < self._values.shape[2]):
            return table.padded(u, v)
        value = float(self._values[c, row, column])
        tone = Tone(self._read[c], share(value, self._values))
        box, number = table.written(u, v, value)
        return box._replace(fill=tone), number._replace(colour=tone)

    def _table(self, channel: int, name: str) -> CellGrid:
        """Return where the window of a channel, or its kernel, stands."""
        box = boxes_of(1 if name == "window" else 2, self.channels)[channel]
        like: Array = self._values if name == "window" else self._sweeps[0].weight
        return self._standing(f"{name}{channel}", box, self._sweeps[0].kernel.shape[1:], like)

    def _standing(self, key: str, box: Box, shape: tuple[int, ...], like: Array) -> CellGrid:
        wide, tall = min(CELL[0], box.width / shape[1]), min(CELL[1], box.height / shape[0])
        corner = box.middle(wide * shape[1], tall * shape[0])[:2]
        return grid(key, corner, shape, like, wide, tall)


TIMES = Text("⊙", "⊙")
"""Each with each in the same place."""


def boxes_of(column: int, rows: int) -> tuple[Box, ...]:
    """Return the rows of a column."""
    gap = (ROOM.width - sum(COLUMNS) - 12) / (len(COLUMNS) - 1)
    left = ROOM.left + sum(COLUMNS[:column]) + gap * column
    return _rows(ROOM._replace(left=left, right=left + COLUMNS[column]), rows)


def share(value: float, values: Array) -> float:
    """Return how bright a value is in a tint, as `Slab` has it."""
    lowest = min(0.0, float(values.min()))
    return (value - lowest) / (magnitude(values) - lowest)


def _rows(box: Box, rows: int) -> tuple[Box, ...]:
    return box.rows(*[1.0] * rows, gap=ROWS)


def _drawn(table: CellGrid, kernel: Array) -> list[Mark]:
    """Return a kernel, with its weights where they can be read."""
    marks = [table.written(u, v, float(weight)) for (u, v), weight in np.ndenumerate(kernel)]
    return [mark for pair in marks for mark in (pair if table.size >= READABLE else pair[:1])]
