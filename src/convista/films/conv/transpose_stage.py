"""The stage of a transposed convolution: input, kernel above what it spreads, the output that adds it up."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from convista.films.conv.transpose_steps import Spread
from convista.films.film import FAST, SLOW, TICK, Beat
from convista.films.keyframes import Position, slowly
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.grid import LEGIBLE, CellGrid, grid, picture
from convista.films.stage.layout import STAGE, arrow, heading
from convista.films.stage.marks import Box, Mark, Rectangle
from convista.films.stage.perspective import Slab
from convista.films.wording import as_written, bracketed, decimals_for, equality, message, written
from convista.language import Text
from convista.operators import Array

LARGEST_CELL, BETWEEN, ABOVE, THICK = 50.0, 90.0, 34.0, 6.0
MAP, WIDEST_CELL = 260.0, 58.0
"""Where input and output are maps: their largest side, and the widest cell of the kernel."""
LONGEST = 4
"""Sums of up to so many products are written out."""


class _Sum(NamedTuple):
    """What stands in each slot of the equation of a value."""

    name: Text
    sum: Text
    equals: Text
    total: Text


class SpreadStage:
    """The beats of every step; ``around`` is on the stage throughout."""

    def __init__(self, spread: Spread, around: tuple[Mark, ...], names: list[Text]) -> None:
        self._spread, self._around = spread, around
        self._names = [names[spread.first + c] for c in spread.shown]
        self._place()
        self._sums = self._explained()
        slots = [Slot("name", [one.name for one in self._sums.values()])]
        slots += [Slot("first", [sign("=")]), Slot("sum", [one.sum for one in self._sums.values()])]
        slots.append(Slot("equals", [one.equals for one in self._sums.values()]))
        slots.append(Slot("total", [one.total for one in self._sums.values()]))
        self._line = Equation(slots) if self._sums else None

    def beats(self, n: int) -> tuple[Beat, ...]:
        """Return one input place: each channel's value, times its kernel, is added to the output."""
        spread, at = self._spread, self._spread.positions[n]
        pace = SLOW if slowly(n, len(spread.positions)) else FAST
        beats = []
        for channel in range(len(spread.shown)):
            travel = 3 * TICK if n and channel == 0 else 0.0
            beats.append(Beat(self._marks(at, channel, channel), pace.row, travel))
            beats.append(Beat(self._marks(at, channel, channel, shown=True), pace.sum))
            beats.append(Beat(self._marks(at, channel, channel + 1, shown=True), pace.sum))
        return (*beats[:-1], Beat((*beats[-1].marks, *self._complete(at)), pace.end))

    def _marks(self, at: Position, channel: int, done: int, *, shown: bool = False) -> tuple[Mark, ...]:
        """Return the stage for a channel of a place, once so many channels have been added to the output."""
        spread, c = self._spread, self._spread.shown[channel]
        box = self._inputs[channel].box
        rows, columns = spread.maps.shape[1:]
        name = message("films.conv_transpose.input", name=self._names[channel], rows=rows, columns=columns)
        marks: list[Mark] = [*self._around, *self._headings, heading("input.name", box, name, box.width + BETWEEN)]
        marks += self._inputs[channel].marks()
        output = Slab("output", self._corner, spread.after(at, done), self._cell, depth=THICK, alike=self._alike)
        marks += output.marks()
        inside = {u for u, _ in spread.reached(at)} if shown else set()
        marks += _filled(self._kernel, spread.kernels[c], None)
        marks += _filled(self._product, spread.product(c, at), inside)
        now = _seen(self._inputs[channel].cell(*at))
        marks.append(Rectangle("input.now", now, None, "window", 3.0))
        return (*marks, *self._window(output, at))

    def _window(self, output: Slab, at: Position) -> list[Mark]:
        """Return the outline of what an input place reaches in the output; dilated, of each cell."""
        places = [place for _, place in self._spread.reached(at)]
        if not places:
            return []
        boxes = [output.cell(*place) for place in places]
        whole = Box(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )
        marks: list[Mark] = [Rectangle("window", _seen(whole), None, "window", 3.0)]
        if self._spread.dilation != (1, 1) and output.numbers:
            marks += [Rectangle(f"window.{n}", box, None, "window", 1.5) for n, box in enumerate(boxes)]
        return marks

    def _complete(self, at: Position) -> list[Mark]:
        """Return the equation of the output value to which nothing is added any more, and its outline."""
        place = self._first(at)
        if place is None or self._line is None:
            return []
        done = self._sums[place]
        marks: list[Mark] = [
            self._line.write("name", done.name),
            self._line.write("first", sign("="), "muted"),
            self._line.write("sum", done.sum),
            self._line.write("equals", done.equals, "muted"),
            self._line.write("total", done.total),
        ]
        return [*marks, Rectangle("output.now", _seen(self._final.cell(*place)), None, "written", 3.0)]

    def _first(self, at: Position) -> Position | None:
        """Return where the first element of the kernel falls: later places do not reach it. None if cut away."""
        reached = dict(self._spread.reached(at))
        return reached.get((0, 0))

    def _explained(self) -> dict[Position, _Sum]:
        """Return the equation of each value that is completed at a stop."""
        spread, sums = self._spread, {}
        places = [place for at in spread.positions if (place := self._first(at)) is not None]
        explained = {place: spread.explain(place) for place in places}
        decimals = decimals_for(
            number
            for one in explained.values()
            for term in one.terms
            for number in (term.value, term.factor or 0.0)
        )
        coarse = decimals_for(one.value for one in explained.values())
        for place, one in explained.items():
            products = [(bracketed if n else written)(term.value, decimals) for n, term in enumerate(one.terms)]
            factors = [bracketed(term.factor or 0.0, decimals) for term in one.terms]
            parts = [Text(f"{a.es}·{b.es}", f"{a.en}·{b.en}") for a, b in zip(products, factors, strict=True)]
            made = sum(as_written(t.value, decimals) * as_written(t.factor or 0.0, decimals) for t in one.terms)
            if one.bias:
                fine = decimals_for([one.bias])
                parts.append(bracketed(one.bias, fine))
                made += as_written(one.bias, fine)
            equals = equality(made, one.value, coarse)
            line = Text(" + ".join(p.es for p in parts), " + ".join(p.en for p in parts))
            if len(parts) > LONGEST:
                line, equals = message("films.conv_transpose.sum_of", count=len(one.terms)), "="
            name = f"O[{place[0]},{place[1]}]"
            sums[place] = _Sum(Text(name, name), line, sign(equals), written(one.value, coarse))
        return sums

    def _place(self) -> None:
        """Place the arrays with numbers if those can be read, else input and output as maps."""
        spread = self._spread
        (rows, columns), (high, wide), (out_rows, out_columns) = (
            spread.maps.shape[1:],
            spread.kernels.shape[1:],
            spread.output.shape,
        )
        products = np.array([spread.maps[c].ravel()[:, None] * spread.kernels[c].ravel() for c in spread.shown])
        self._alike = np.concatenate([spread.output.ravel(), products.ravel()])
        room = STAGE.width - 2 * BETWEEN
        cell = min(LARGEST_CELL, STAGE.height / max(rows, out_rows), room / (columns + wide + out_columns))
        tall = min(LARGEST_CELL, (STAGE.height - ABOVE) / (2 * high), 0.3 * STAGE.width / wide)
        small = across = min(cell, tall)
        trial = grid("output", (0, 0), (out_rows, out_columns), self._alike, cell)
        own = cell
        if min(trial.size, grid("input", (0, 0), (rows, columns), spread.maps, cell).size) < LEGIBLE:
            side = min(MAP, (room - 0.3 * STAGE.width) / 2, STAGE.height)
            own, cell, small = side / max(rows, columns), side / max(out_rows, out_columns), tall
            across = max(tall, min(WIDEST_CELL, 0.3 * STAGE.width / wide))
        self._cell = cell
        middle = (STAGE.top + STAGE.bottom) / 2
        gap = (STAGE.width - THICK * 2 - own * columns - cell * out_columns - across * wide) / 2
        left = STAGE.left + own * columns + THICK + gap
        half = (2 * small * high + ABOVE) / 2
        start = STAGE.left, middle - own * rows / 2
        self._inputs = [
            Slab("input", start, spread.maps[c], own, depth=THICK, alike=spread.maps[spread.shown])
            for c in spread.shown
        ]
        shape, shown = (high, wide), spread.kernels[spread.shown]
        self._kernel: CellGrid = grid("kernel", (left, middle - half), shape, shown, across, small)
        low = left, middle + half - small * high
        self._product: CellGrid = grid("products", low, shape, products, across, small)
        self._corner = STAGE.right - THICK - cell * out_columns, middle - cell * out_rows / 2
        self._final = Slab("output", self._corner, spread.output, cell, depth=THICK, alike=self._alike)
        self._headings = self._ground()

    def _ground(self) -> list[Mark]:
        """Return what stays: names, the edge of the kernel, the arrow to the output."""
        output, kernel, product = self._final.box, self._kernel.box, self._product.box
        rows, columns = self._spread.output.shape
        y, high, wide = product.centre[1], self._kernel.rows, self._kernel.columns
        names = (
            ("output", output, message("films.conv.output", rows=rows, columns=columns)),
            ("kernel", kernel, message("films.conv.kernel", rows=high, columns=wide)),
            ("products", product, message("films.conv_transpose.products")),
        )
        marks: list[Mark] = [heading(f"{key}.name", box, words, box.width + BETWEEN) for key, box, words in names]
        marks.append(Rectangle("kernel.edge", kernel.grown(2), None, "window", 2.0))
        return [*marks, *arrow("arrow", (product.right + 12, y), (output.left - 12, y))]


def _filled(table: CellGrid, values: Array, known: Collection[Position] | None) -> list[Mark]:
    """Return a table with the values that are known, None being all; as a map where numbers would be too small."""
    unknown = np.full(values.shape, known is not None)
    for place in known or ():
        unknown[place] = False
    if table.size < LEGIBLE:
        return [picture(table.key, table.box, values, table.scale, unknown)]
    marks: list[Mark] = []
    for u, v in np.ndindex(table.rows, table.columns):
        marks += table.empty(u, v) if unknown[u, v] else table.written(u, v, float(values[u, v]))
    return marks


def _seen(box: Box) -> Box:
    """Return a box grown around its centre where it would be hard to see."""
    return box.grown(max(1.0, (7.0 - min(box.width, box.height)) / 2))
