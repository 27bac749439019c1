"""The stage of a convolution small enough to show every number: input, kernel above products, output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from convista.films.conv.equation import of_one_channel
from convista.films.conv.sweep import Position, Sweep
from convista.films.film import FAST, SLOW, TICK, Beat, Pace
from convista.films.stage.grid import LEGIBLE, CellGrid, grid
from convista.films.stage.layout import STAGE, arrow, heading, heading_at_end
from convista.films.stage.marks import Box, Mark, Polyline, Rectangle, Words
from convista.films.wording import message, widest, written
from convista.language import Text
from convista.operators.sliding import Padding, pad

LARGEST_CELL = 54.0
BETWEEN = 84.0
"""Least room between input, kernel and output."""
ABOVE_PRODUCTS = 34.0
SUM_SIZE = 20.0
BESIDE_OUTPUT, BESIDE_HEADING = 36.0, 66.0
"""How far left of an output an arrow bends: past the output, past a heading that reaches beyond it."""


class Tables(NamedTuple):
    """The arrays of the stage, and for what padding around the image there are cells."""

    input: CellGrid
    kernel: CellGrid
    products: CellGrid
    output: CellGrid
    frame: Padding


def tables(*sweeps: Sweep) -> list[Tables] | None:
    """Lay the arrays out, or return None if there are several channels or a number would be too small to read.

    Several sweeps of one image by one kernel, with paddings of their own, have their outputs one above the other.
    """
    sweep = sweeps[0]
    if sweep.maps.shape[0] != 1:
        return None
    frame = _around(sweeps)
    padded, (high, wide) = pad(sweep.maps[0], frame), sweep.kernel.shape[1:]
    (rows, columns), sizes = padded.shape, [one.size for one in sweeps]
    out_rows, out_columns = sum(size[0] for size in sizes), max(size[1] for size in sizes)
    between = ABOVE_PRODUCTS * (len(sweeps) - 1)
    room = STAGE.width - 2 * BETWEEN
    tallest = min(STAGE.height / rows, (STAGE.height - between) / out_rows)
    cell = min(LARGEST_CELL, tallest, room / (columns + out_columns + wide))
    tall = min(STAGE.height, max(cell * rows, 2 * high * cell + ABOVE_PRODUCTS))
    small = min(cell, (tall - ABOVE_PRODUCTS) / (2 * high))
    middle = (STAGE.top + STAGE.bottom) / 2
    gap = (STAGE.width - cell * (columns + out_columns) - small * wide) / 2
    left, top, bottom = STAGE.left + cell * columns + gap, middle - tall / 2, middle + tall / 2
    explained = [one.explain(at) for one in sweeps for at in one.positions]
    products = np.array([term.contribution for one in explained for term in one.terms] or [0.0])
    totals = np.array([one.value for one in explained])
    arrays = (
        grid("input", (STAGE.left, middle - cell * rows / 2), padded.shape, padded, cell),
        grid("kernel", (left, top), (high, wide), sweep.kernel[0], small),
        grid("products", (left, bottom - small * high), (high, wide), products, small),
    )
    laid, top = [], middle - (cell * out_rows + between) / 2
    for n, size in enumerate(sizes):
        corner = STAGE.right - cell * out_columns, top
        output = grid("output" if n == 0 else f"output{n}", corner, size, totals, cell)
        laid.append(Tables(*arrays, output, frame))
        top = output.box.bottom + ABOVE_PRODUCTS
    return laid if min(table.size for one in laid for table in one[:4]) >= LEGIBLE else None


class Whole:
    """The beats of every step of a sweep, with all its numbers on the stage.

    ``beside`` are marks that stand there as well, such as the output of another sweep; ``named`` is the heading of
    the output.
    """

    shown = (0,)

    def __init__(
        self, sweep: Sweep, laid: Tables, beside: tuple[Mark, ...] = (), named: Text | None = None
    ) -> None:
        self._sweep, self._tables, self._beside = sweep, laid, beside
        self._equation, self._parts = of_one_channel(sweep)
        above = laid.output.box.bottom - 12 < laid.products.box.centre[1]
        self._bend = laid.output.box.left - (BESIDE_HEADING if named else BESIDE_OUTPUT) if above else None
        self._output: dict[Position, tuple[Mark, ...]] = {
            at: laid.output.empty(*at) for at in np.ndindex(*sweep.size)
        }
        self._still = self._ground(named)

    @property
    def made(self) -> tuple[Mark, ...]:
        """The output as far as it is written, with its heading; before the sweep its empty cells."""
        name = [mark for mark in self._still if mark.key == f"{self._tables.output.key}.name"]
        return (*name, *(mark for marks in self._output.values() for mark in marks))

    def beats(self, at: Position, *, first: bool, slow: bool) -> tuple[Beat, ...]:
        """Return one position: the window arrives, the products light up row by row, their sum, the cell."""
        (rows, columns), pace = self._sweep.kernel.shape[1:], SLOW if slow else FAST
        beats = [Beat(self.marks(at, 0), 2 * pace.end)] if first else []
        travel = 0.0 if first else TICK
        arrivals = [travel, *[0.0] * (rows - 1)]
        beats += [Beat(self.marks(at, n * columns), pace.row, arrivals[n - 1]) for n in range(1, rows + 1)]
        return (*beats, *self.ended(at, pace))

    def ended(self, at: Position, pace: Pace) -> tuple[Beat, Beat]:
        """Return what follows the products: their sum, and the cell that it is written into."""
        total, output = self.total(at), self._tables.output
        before = Beat((*self.marks(at, self._sweep.kernel.size), *total), pace.sum)
        self._output[at] = output.written(*at, self._sweep.explain(at).value)
        outline = Rectangle(f"{output.key}.now", output.span(*at), None, "written", 3.0)
        return before, Beat((*self.marks(at, self._sweep.kernel.size), *total, outline), pace.end)

    def marks(self, at: Position, done: int) -> tuple[Mark, ...]:
        """Return the stage at a position with its first ``done`` products."""
        products: list[Mark] = []
        terms, table = self._sweep.terms(at), self._tables.products
        for n, (u, v) in enumerate(np.ndindex(table.rows, table.columns)):
            if n >= done:
                products += table.empty(u, v)
            elif term := terms.get((0, u, v)):
                products += table.written(u, v, term.contribution)
            else:
                products += table.padded(u, v)
        parts = done * self._parts // table.columns
        still = (*self._still, *self._beside, *products)
        output = (mark for marks in self._output.values() for mark in marks)
        return (*still, *output, *self._window(at), *self._equation.begun(at, parts))

    def running(self, at: Position, done: int) -> tuple[Mark, ...]:
        """Return the sum of the first products above the arrow."""
        return (self._above_arrow(written(self._sweep.running(at, done), self._tables.output.decimals), "muted"),)

    def total(self, at: Position) -> tuple[Mark, ...]:
        """Return the value above the arrow that leads to its cell, and at the end of the equation."""
        number = written(self._sweep.explain(at).value, self._tables.output.decimals)
        return (self._above_arrow(number, "text"), *self._equation.ended(at))

    def met(self, at: Position, element: Position) -> tuple[Mark, ...]:
        """Return outlines around an element of the window, of the kernel, and their product."""
        boxes = (
            ("input.met", self._read(at, element), "window"),
            ("kernel.met", self._tables.kernel.span(*element), "window"),
            ("products.met", self._tables.products.span(*element), "written"),
        )
        return tuple(Rectangle(key, box, None, colour, 3.0) for key, box, colour in boxes)

    def outlined(self, places: Iterable[Position]) -> tuple[Mark, ...]:
        """Return outlines around cells of the output."""
        output = self._tables.output
        return tuple(
            Rectangle(f"{output.key}.outlined[{i},{j}]", output.span(i, j), None, "written", 3.0) for i, j in places
        )

    def unread(self) -> tuple[Mark, ...]:
        """Return frames around the rows and the columns of the input that no window reaches."""
        sweep, table, frame = self._sweep, self._tables.input, self._tables.frame
        top, left = (around[0] - own[0] for around, own in zip(frame, sweep.padding, strict=True))
        high, wide = (size + sum(own) for size, own in zip(sweep.x.shape[2:], sweep.padding, strict=True))
        rows, columns = sweep.unread
        strips = {
            "rows": (top + high - rows, left, rows, wide),
            "columns": (top, left + wide - columns, high - rows, columns),
        }
        return tuple(
            Rectangle(f"unread.{name}", table.span(*strip), None, "muted", 3.0)
            for name, strip in strips.items()
            if min(strip[2:]) > 0
        )

    def _above_arrow(self, number: Text, colour: str) -> Words:
        """Return a sum above the arrow, or below it where the arrow's bend leaves too little room."""
        table, end = self._tables.products.box, self._tables.output.box.left
        summed = Text(*(f"Σ = {line}" for line in number))
        middle, wide, y = (table.right + end) / 2, end - table.right - 16, table.centre[1] - 14
        if self._bend is not None:
            narrow = self._bend - table.right - 16
            if narrow < LEGIBLE * widest([summed]):
                y += 34
            else:
                middle, wide = (table.right + self._bend) / 2, narrow
        return Words("sum", (middle, y), summed, min(SUM_SIZE, wide / widest([summed])), colour)

    def _arrow(self) -> list[Mark]:
        """Return the arrow from the products to the output, with a bend where that is not beside them."""
        start, end = self._tables.products.box, self._tables.output.box
        begin, tip = (start.right + 14, start.centre[1]), (end.left - 14, start.centre[1])
        if self._bend is None:
            return [*arrow("arrow", begin, tip)]
        tip = tip[0], end.bottom - 12
        corner = self._bend, tip[1]
        bent = Polyline("arrow.bend", (begin, (self._bend, begin[1]), corner), "muted", 2.0)
        return [bent, *arrow("arrow", corner, tip)]

    def _read(self, at: Position, element: Position = (0, 0)) -> Box:
        """Return the box of what an element of the kernel meets."""
        sweep, frame = self._sweep, self._tables.frame
        row, column = (
            i * s + u * d + around[0] - own[0]
            for i, s, u, d, around, own in zip(
                at, sweep.stride, element, sweep.dilation, frame, sweep.padding, strict=True
            )
        )
        return self._tables.input.span(row, column)

    def _window(self, at: Position) -> tuple[Mark, ...]:
        """Return the outline of the window, and where it is dilated of each cell that it reads."""
        sweep = self._sweep
        rows, columns = sweep.kernel.shape[1:]
        (left, top), (right, bottom) = self._read(at)[:2], self._read(at, (rows - 1, columns - 1))[2:]
        box = Box(left, top, right, bottom)
        if sweep.dilation == (1, 1):
            return (
                Rectangle("window.edge", box.grown(3), None, "background", 6.0),
                Rectangle("window", box.grown(2), None, "window", 4.0),
            )
        cells = (
            Rectangle(f"window[{u},{v}].outline", self._read(at, (u, v)).grown(1), None, "window", 3.0)
            for u, v in np.ndindex(rows, columns)
        )
        return (Rectangle("window", box.grown(2), None, "window", 1.0), *cells)

    def _ground(self, named: Text | None) -> tuple[Mark, ...]:
        """Return what stays through the whole film."""
        marks: list[Mark] = []
        sweep, (image, kernel, products, output, frame) = self._sweep, self._tables
        rows, columns = sweep.x.shape[2:]
        (above, below), (before, after) = sweep.padding
        for r, c in np.ndindex(image.rows, image.columns):
            row, column = r - frame[0][0], c - frame[1][0]
            if 0 <= row < rows and 0 <= column < columns:
                marks += image.written(r, c, float(sweep.maps[0, row, column]))
            elif -above <= row < rows + below and -before <= column < columns + after:
                marks += image.padded(r, c)
        for u, v in np.ndindex(kernel.rows, kernel.columns):
            marks += kernel.written(u, v, float(sweep.kernel[0, u, v]))
        marks.append(Rectangle("kernel.edge", kernel.box.grown(2), None, "window", 2.0))
        sizes = {"rows": rows, "columns": columns}
        marks.append(heading("input.name", image.box, message("films.conv.input", **sizes), image.box.width + 90))
        for name, table in (("kernel", kernel), ("products", products), ("output", output)):
            words = message(f"films.conv.{name}", rows=table.rows, columns=table.columns)
            marks.append(heading(f"{table.key}.name", table.box, words, table.box.width + 90))
        if named is not None:
            marks[-1] = heading_at_end(f"{output.key}.name", output.box, named, BESIDE_HEADING - 12)
        across = (image.box.right + kernel.box.left) / 2
        marks.append(Words("times", (across, kernel.box.centre[1] + 10), Text("⊙", "⊙"), 28.0, "muted"))
        return (*marks, *self._arrow())


def _around(sweeps: Sequence[Sweep]) -> Padding:
    """Return the largest padding on each side."""
    axes = zip(*(sweep.padding for sweep in sweeps), strict=True)
    return tuple((max(before for before, _ in axis), max(after for _, after in axis)) for axis in axes)
