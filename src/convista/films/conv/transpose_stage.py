"""The stage of a transposed convolution: input, kernel above what it spreads, the output that adds it up."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from convista.films.conv.transpose_steps import Spread
from convista.films.conv.transpose_sums import SpreadSums
from convista.films.keyframes import Position
from convista.films.stage.colour_bar import colour_bar
from convista.films.stage.grid import LEGIBLE, CellGrid, grid, keys, picture
from convista.films.stage.layout import STAGE, arrow, heading
from convista.films.stage.marks import Box, Mark, Rectangle
from convista.films.stage.motion import Sources
from convista.films.stage.perspective import Slab
from convista.films.stage.scale import Scale
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array

LARGEST_CELL, BETWEEN, ABOVE, THICK = 50.0, 90.0, 34.0, 6.0
MAP, WIDEST_CELL = 260.0, 58.0
"""Where input and output are maps: their largest side, and the widest cell of the kernel."""
LARGEST_INPUT, BELOW, BAR = 60.0, 20.0, 160.0
"""Side of the input's largest cells; height of the room for the bar of colours below it, and its least width."""


class Moment(NamedTuple):
    """How far the spreading has come."""

    at: Position | None = None
    """The input place of the moment; None before the first."""
    channel: int = 0
    """Which of its channels that are shown spreads."""
    multiplied: bool = False
    """Its value times the kernel is there."""
    added: int = 0
    """So many channels of the place have been added to the output."""
    completed: bool = False
    """The value to which nothing is added any more is outlined, with its equation."""


class SpreadStage:
    """Input, kernel above what it spreads, and the output; ``names`` are those of the channels."""

    def __init__(self, spread: Spread, names: list[Text]) -> None:
        self.spread = spread
        self._names = [names[spread.first + c] for c in spread.shown]
        self._place()
        self._sums = SpreadSums(spread)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        at, n = moment.at, moment.channel
        marks: list[Mark] = [*self._headings, self._input_name(n), *self._inputs[n].marks()]
        output = self._output(at, moment.added)
        marks += [*output.marks(self._known(at, moment.added)), *self._bar]
        marks += _filled(self._kernel, self.spread.kernels[self.spread.shown[n]], None)
        if at is None:
            return (*marks, *_filled(self._product, self.spread.kernels[self.spread.shown[n]], ()))
        inside = {u for u, _ in self.spread.reached(at)} if moment.multiplied else set()
        marks += _filled(self._product, self.spread.product(self.spread.shown[n], at), inside)
        marks.append(Rectangle("input.now", _seen(self._inputs[n].cell(*at)), None, "window", 3.0))
        marks += self._window(output, at)
        place = self._sums.completed(at)
        if moment.completed and place is not None:
            marks += self._sums.drawn(place)
            marks.append(Rectangle("output.now", _seen(self._final.cell(*place)), None, "written", 3.0))
        return tuple(marks)

    def multiplied(self, at: Position) -> Sources:
        """Return what the products come out of: the value of the input place, and each its weight."""
        if not self._numbers:
            return {}
        value = keys("input", *at)[1]
        return {keys("products", *u)[1]: (value, keys("kernel", *u)[1]) for u, _ in self.spread.reached(at)}

    def added(self, at: Position) -> Sources:
        """Return what the output's values come out of: the products that are added to them."""
        if not self._numbers:
            return {}
        return {keys("output", *place)[1]: keys("products", *u)[1] for u, place in self.spread.reached(at)}

    @property
    def _numbers(self) -> bool:
        """Whether every number can be read."""
        slabs = self._final.numbers and self._inputs[0].numbers
        return slabs and min(self._kernel.size, self._product.size) >= LEGIBLE

    def _output(self, at: Position | None, added: int) -> Slab:
        values = self.spread.after((0, 0) if at is None else at, added)
        return Slab("output", self._corner, values, self._cell, depth=THICK, alike=self._alike)

    def _known(self, at: Position | None, added: int) -> set[Position] | None:
        """Return the output places that something has been spread over; None, all, where they begin as a bias."""
        if self.spread.bias is not None or not self._final.numbers:
            return None
        columns = self.spread.maps.shape[2]
        passed = 0 if at is None else at[0] * columns + at[1] + bool(added)
        return {place for n in range(passed) for _, place in self.spread.reached(divmod(n, columns))}

    def _input_name(self, channel: int) -> Mark:
        rows, columns = self.spread.maps.shape[1:]
        name = message("films.conv_transpose.input", name=self._names[channel], rows=rows, columns=columns)
        if self._names == [message("films.conv.image")]:
            name = message("films.conv.input", rows=rows, columns=columns)
        box = self._inputs[channel].box
        return heading("input.name", box, name, box.width + BETWEEN)

    def _window(self, output: Slab, at: Position) -> list[Mark]:
        """Return the outline of what an input place reaches in the output; dilated, of each cell."""
        places = [place for _, place in self.spread.reached(at)]
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
        if self.spread.dilation != (1, 1) and output.numbers:
            marks += [Rectangle(f"window.{n}", box, None, "window", 1.5) for n, box in enumerate(boxes)]
        return marks

    def _place(self) -> None:
        """Place the arrays with numbers if those can be read, else input and output as maps."""
        spread = self.spread
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
        else:
            spare = room - cell * out_columns - across * wide
            own = max(cell, min(LARGEST_INPUT, 0.7 * STAGE.height / rows, 0.8 * spare / columns))
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
        box = self._inputs[0].box
        y = max(box.bottom + BELOW, STAGE.bottom - BELOW / 2)
        line = Box(STAGE.left, y, max(box.right, STAGE.left + BAR), y)
        self._bar = colour_bar("scale", line, Scale.of(self._alike))
        self._headings = self._ground()

    def _ground(self) -> list[Mark]:
        """Return what stays: names, the edge of the kernel, the arrow to the output."""
        output, kernel, product = self._final.box, self._kernel.box, self._product.box
        rows, columns = self.spread.output.shape
        y, high, wide = product.centre[1], self._kernel.rows, self._kernel.columns
        names = (
            ("output", output, message("films.conv.output", rows=rows, columns=columns)),
            ("kernel", kernel, message("films.conv.kernel", rows=high, columns=wide)),
            ("products", product, message("films.conv_transpose.products")),
        )
        marks: list[Mark] = [
            heading(f"{key}.name", box, words, box.width + BETWEEN, "window" if key == "kernel" else "muted")
            for key, box, words in names
        ]
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
