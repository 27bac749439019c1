"""The stage of a convolution small enough to show every number: input, kernel above products, output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from convista.films.conv.equation import of_one_channel
from convista.films.conv.sums import Sums
from convista.films.conv.sweep import Position, Sweep
from convista.films.conv.tables import SUMS, Tables
from convista.films.stage.colour_bar import colour_bar
from convista.films.stage.grid import keys
from convista.films.stage.layout import arrow, heading, heading_at_end
from convista.films.stage.marks import Box, Mark, Polyline, Rectangle, Words
from convista.films.stage.motion import Sources
from convista.films.wording import message
from convista.language import Text

BESIDE_OUTPUT, BESIDE_HEADING = 36.0, 66.0
"""How far left of an output an arrow bends: past the output, past a heading that reaches beyond it."""
DIMMED = 0.28
"""How much is left of the colour of what is not in focus."""
DASH = 6.0


class Moment(NamedTuple):
    """How far a sweep has come."""

    made: int = 0
    """So many of the stops have their value in the output."""
    at: Position | None = None
    """Where the window stands; None before it comes."""
    onto: Position | None = None
    """Where the window has moved on to, while all else is still that of ``at``."""
    products: int = 0
    """So many products are made, row by row of the kernel."""
    told: int = 0
    """So many of them stand in the equation."""
    rows: int = 0
    """So many of their rows are summed beside them."""
    added: int = 0
    """The sum of so many products stands above the arrow; once it is that of all, the equation has it too."""
    met: bool = False
    """The pixel and the weight of the last product are outlined."""
    border: bool = True
    """The zeros of the padding are there."""
    output: bool = True
    """The output is there, if only its empty cells."""
    skipped: bool = False
    """The places between this one and the one before are outlined."""
    unread: bool = False
    """What no window reads is dimmed and framed."""


class WholeStage:
    """A sweep with all its numbers.

    ``named`` is the heading of the output where it is one of several.
    """

    def __init__(self, sweep: Sweep, laid: Tables, named: Text | None = None) -> None:
        self.sweep, self._tables = sweep, laid
        self._equation, self._parts = of_one_channel(sweep)
        above = laid.output.box.bottom - 12 < laid.products.box.centre[1]
        self._bend = laid.output.box.left - (BESIDE_HEADING if named else BESIDE_OUTPUT) if above else None
        self._written = [laid.output.written(*at, sweep.explain(at).value) for at in sweep.positions]
        self._empty = {at: laid.output.empty(*at) for at in np.ndindex(*sweep.size)}
        self._name = self._output_name(named)
        self._image, self._border = self._cells()
        self._still = self._ground()
        self._bar = colour_bar("scale", laid.bar, laid.scale)
        self.sums = Sums(sweep, laid, self._bend)
        # A product is the same mark in every state that it is seen in.
        self._product = cache(self._product_of)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        marks: list[Mark] = [*(self._border if moment.border else ()), *self._image, *self._still]
        if moment.unread:
            marks = [*self._unread_dimmed(marks), *self._unread_frames()]
        at, table = moment.at, self._tables.products
        for n, (u, v) in enumerate(np.ndindex(table.rows, table.columns)):
            marks += table.empty(u, v) if at is None or n >= moment.products else self._product(at, n)
        if moment.output:
            marks += (*self.output(moment.made), *self._arrow(), *self._bar)
        if at is None:
            return tuple(marks)
        now = at if moment.onto is None else moment.onto
        marks += self._now(now, moment.made)
        marks += [*self._window(now), *(self._skipped(now) if moment.skipped else ())]
        if moment.met and moment.products:
            marks += self._met(at, divmod(moment.products - 1, table.columns))
        marks += [*self.sums.rows(at, moment.rows), *self.sums.total(at, moment.added)]
        marks += self._equation.begun(at, moment.told * self._parts // table.columns)
        if moment.added == self.sweep.kernel.size:
            marks += self._equation.ended(at)
        return tuple(marks)

    def output(self, made: int) -> tuple[Mark, ...]:
        """Return the output with so many values written, and its heading."""
        cells = {**self._empty, **dict(zip(self.sweep.positions[:made], self._written, strict=False))}
        return (self._name, *(mark for marks in cells.values() for mark in marks))

    def met(self, at: Position, first: int, last: int) -> Sources:
        """Return what some products come out of: each out of a pixel and a weight."""
        return {
            product: (self._read_key(at, cell), keys("kernel", *cell)[1])
            for product, cell in self._products(first, last)
        }

    def read(self, at: Position) -> Sources:
        """Return the pixel that each product comes out of."""
        return {product: self._read_key(at, cell) for product, cell in self._products(0, self.sweep.kernel.size)}

    def joined(self, first: int, last: int) -> Sources:
        """Return what the sum so far comes out of: the products that join it."""
        return {"sum": tuple(product for product, _ in self._products(first, last))}

    def landed(self, at: Position) -> Sources:
        """Return what the output's value comes out of."""
        return {keys(self._tables.output.key, *at)[1]: "sum"}

    def outlined(self, places: Iterable[Position]) -> tuple[Mark, ...]:
        """Return outlines around cells of the output."""
        output = self._tables.output
        return tuple(
            Rectangle(f"{output.key}.outlined[{i},{j}]", output.span(i, j), None, "written", 3.0) for i, j in places
        )

    def place(self, key: str, at: Position) -> Mark:
        """Return a dashed outline around what the window at a place covers."""
        return _dashed(key, self._covered(at).grown(1), "window")

    def _products(self, first: int, last: int) -> list[tuple[str, Position]]:
        """Return the keys of some products' numbers, and which element of the kernel makes each."""
        columns = self.sweep.kernel.shape[2]
        cells = [divmod(n, columns) for n in range(first, last)]
        return [(keys("products", *cell)[1], cell) for cell in cells]

    def _product_of(self, at: Position, n: int) -> tuple[Mark, ...]:
        table = self._tables.products
        u, v = divmod(n, table.columns)
        term = self.sweep.terms(at).get((0, u, v))
        return table.padded(u, v) if term is None else table.written(u, v, term.contribution)

    def _now(self, at: Position, made: int) -> tuple[Mark, ...]:
        """Return the outline of the cell whose value is being made, bright once it is written."""
        output, done = self._tables.output, self.sweep.positions.index(at) < made
        return (Rectangle(f"{output.key}.now", output.span(*at), None, "written" if done else "muted", 3.0),)

    def _met(self, at: Position, element: Position) -> tuple[Mark, ...]:
        """Return outlines around an element of the window, of the kernel, and their product."""
        boxes = (
            ("input.met", self._read(at, element), "written"),
            ("kernel.met", self._tables.kernel.span(*element), "written"),
            ("products.met", self._tables.products.span(*element), "written"),
        )
        return tuple(Rectangle(key, box, None, colour, 3.0) for key, box, colour in boxes)

    def _arrow(self) -> list[Mark]:
        """Return the arrow from the products to the output, with a bend where that is not beside them."""
        start, end = self._tables.products.box, self._tables.output.box
        begin, tip = (start.right + SUMS + 4, start.centre[1]), (end.left - 12, start.centre[1])
        if self._bend is None:
            return [*arrow("arrow", begin, tip)]
        tip = tip[0], end.bottom - 12
        corner = self._bend, tip[1]
        bent = Polyline("arrow.bend", (begin, (self._bend, begin[1]), corner), "muted", 2.0)
        return [bent, *arrow("arrow", corner, tip)]

    def _read(self, at: Position, element: Position = (0, 0)) -> Box:
        """Return the box of what an element of the kernel meets."""
        return self._tables.input.span(*self._cell(at, element))

    def _read_key(self, at: Position, element: Position) -> str:
        return keys("input", *self._cell(at, element))[1]

    def _cell(self, at: Position, element: Position) -> Position:
        """Return the cell of the padded image that an element of the kernel meets."""
        sweep, frame = self.sweep, self._tables.frame
        row, column = (
            i * s + u * d + around[0] - own[0]
            for i, s, u, d, around, own in zip(
                at, sweep.stride, element, sweep.dilation, frame, sweep.padding, strict=True
            )
        )
        return row, column

    def _covered(self, at: Position) -> Box:
        """Return the box of all that the window covers."""
        rows, columns = self.sweep.kernel.shape[1:]
        return Box(*self._read(at)[:2], *self._read(at, (rows - 1, columns - 1))[2:])

    def _window(self, at: Position) -> tuple[Mark, ...]:
        """Return the outline of the window, and where it is dilated of each cell that it reads."""
        box = self._covered(at)
        if self.sweep.dilation == (1, 1):
            return (
                Rectangle("window.edge", box.grown(3), None, "background", 6.0),
                Rectangle("window", box.grown(2), None, "window", 4.0),
            )
        cells = (
            Rectangle(f"window[{u},{v}].outline", self._read(at, (u, v)).grown(1), None, "window", 3.0)
            for u, v in np.ndindex(*self.sweep.kernel.shape[1:])
        )
        return (Rectangle("window", box.grown(2), None, "window", 1.0), *cells)

    def _skipped(self, at: Position) -> list[Mark]:
        """Return the places that a stride leaves out before a place: left of it, or above the first of a row."""
        (down, right), box = self.sweep.stride, self._covered(at)
        table, across = self._tables.input, at[1] > 0
        if not (across or at[0] > 0):
            return []
        count, wide, tall = (right, table.wide, 0.0) if across else (down, 0.0, table.tall)
        return [
            _dashed(
                f"skipped[{n}]",
                Box(box.left - n * wide, box.top - n * tall, box.right - n * wide, box.bottom - n * tall),
                "window",
            )
            for n in range(1, count)
        ]

    def _strips(self) -> list[tuple[int, int, int, int]]:
        """Return the rows at the bottom and the columns at the right that no window reads, as blocks of cells."""
        sweep, frame = self.sweep, self._tables.frame
        top, left = (around[0] - own[0] for around, own in zip(frame, sweep.padding, strict=True))
        high, wide = (size + sum(own) for size, own in zip(sweep.x.shape[2:], sweep.padding, strict=True))
        rows, columns = sweep.unread
        strips = [(top + high - rows, left, rows, wide), (top, left + wide - columns, high - rows, columns)]
        return [strip for strip in strips if min(strip[2:]) > 0]

    def _unread_frames(self) -> list[Mark]:
        table = self._tables.input
        return [
            Rectangle(f"unread[{n}]", table.span(*strip), None, "text", 2.0)
            for n, strip in enumerate(self._strips())
        ]

    def _unread_dimmed(self, marks: Sequence[Mark]) -> list[Mark]:
        """Return marks, those of cells that no window reads nearly as dark as the background."""
        unread = {
            key
            for row, column, rows, columns in self._strips()
            for r, c in np.ndindex(rows, columns)
            for key in keys("input", row + r, column + c)
        }
        return [_dimmed(mark) if mark.key in unread else mark for mark in marks]

    def _cells(self) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
        """Return the cells of the image, and those of the zeros around it."""
        sweep, image, frame = self.sweep, self._tables.input, self._tables.frame
        rows, columns = sweep.x.shape[2:]
        (above, below), (before, after) = sweep.padding
        own: list[Mark] = []
        around: list[Mark] = []
        for r, c in np.ndindex(image.rows, image.columns):
            row, column = r - frame[0][0], c - frame[1][0]
            if 0 <= row < rows and 0 <= column < columns:
                own += image.written(r, c, float(sweep.maps[0, row, column]))
            elif -above <= row < rows + below and -before <= column < columns + after:
                around += image.padded(r, c)
        if around:
            edge = image.span(frame[0][0], frame[1][0], rows, columns)
            own.append(Rectangle("image.edge", edge.grown(1), None, "text", 2.0))
        return tuple(own), tuple(around)

    def _ground(self) -> tuple[Mark, ...]:
        """Return what stays through the whole film besides the image."""
        marks: list[Mark] = []
        image, kernel, products, *_ = self._tables
        for u, v in np.ndindex(kernel.rows, kernel.columns):
            marks += kernel.written(u, v, float(self.sweep.kernel[0, u, v]))
        marks.append(Rectangle("kernel.edge", kernel.box.grown(2), None, "window", 2.0))
        rows, columns = self.sweep.x.shape[2:]
        name = message("films.conv.input", rows=rows, columns=columns)
        marks.append(heading("input.name", image.box, name, image.box.width + 90))
        name = message("films.conv.kernel", rows=kernel.rows, columns=kernel.columns)
        marks.append(heading("kernel.name", kernel.box, name, kernel.box.width + 90, "window"))
        name = message("films.conv.products", rows=products.rows, columns=products.columns)
        marks.append(heading("products.name", products.box, name, products.box.width + 50))
        across = (image.box.right + kernel.box.left) / 2
        marks.append(Words("times", (across, kernel.box.centre[1] + 10), Text("⊙", "⊙"), 28.0, "muted"))
        return tuple(marks)

    def _output_name(self, named: Text | None) -> Words:
        output = self._tables.output
        if named is not None:
            return heading_at_end(f"{output.key}.name", output.box, named, BESIDE_HEADING - 12)
        name = message("films.conv.output", rows=output.rows, columns=output.columns)
        return heading(f"{output.key}.name", output.box, name, output.box.width + 90)


def _dimmed(mark: Mark) -> Mark:
    """Return a mark nearly as dark as the background: that is the colour of zero."""
    if isinstance(mark, Rectangle) and isinstance(mark.fill, float):
        return mark._replace(fill=DIMMED * mark.fill)
    return mark._replace(colour="muted") if isinstance(mark, Words) else mark


def _dashed(key: str, box: Box, colour: str) -> Polyline:
    left, top, right, bottom = box
    return Polyline(
        key, ((left, top), (right, top), (right, bottom), (left, bottom), (left, top)), colour, 2.0, DASH
    )
