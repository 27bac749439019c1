"""The stage of the flip: the image, the kernel above the one that is turned, and what each of them gives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.films.conv.sweep import Position, Sweep
from convista.films.stage.colour_bar import colour_bar
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.grid import LEGIBLE, CellGrid, grid, keys
from convista.films.stage.layout import EQUATION, INSIDE, STAGE, heading
from convista.films.stage.marks import Box, Formula, Mark, Rectangle
from convista.films.stage.motion import Sources
from convista.films.stage.pieces import Piece, composed, wide
from convista.films.stage.plate import window
from convista.films.stage.scale import Scale
from convista.films.wording import decimals_for, message, written
from convista.language import Text

LARGEST_CELL, APART, BETWEEN_ROWS, BAR = 50.0, 48.0, 40.0, 28.0
FORMULA_SIZE, FORMULAS_APART = 20.0, 48.0
NAMES = ("corr", "conv")


class Moment(NamedTuple):
    """How far the film has come."""

    turned: int = 3
    """0: there is one kernel; 1: and its copy; 2: whose rows are reversed; 3: and its columns."""
    made: tuple[int, int] = (0, 0)
    """So many values are written into each output."""
    at: Position | None = None
    """Where the window stands; None before it comes."""
    known: int = 0
    """So many of the two sums of this place are known."""
    formulas: tuple[int, ...] = ()
    """Which of the two definitions are under the stage."""


class FlipStage:
    """Both operations on one stage; the first sweep is by the kernel, the second by the turned one."""

    def __init__(self, sweeps: tuple[Sweep, Sweep]) -> None:
        self.sweeps = sweeps
        self._place()
        tables = (self._input, sweeps[0].maps[0]), (self._kernels[0], sweeps[0].kernel[0])
        cells = (
            mark
            for table, values in tables
            for r, c in np.ndindex(*values.shape)
            for mark in table.written(r, c, float(values[r, c]))
        )
        self._still: tuple[Mark, ...] = (*cells, *self._names(0), _edge(self._kernels[0]))
        self._line = self._equation()
        self._definitions = [self._definition(n) for n in (0, 1)]

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        marks: list[Mark] = [*self._still]
        if moment.turned:
            marks += (*self._turned(moment.turned), *self._names(1))
        if moment.at is not None or any(moment.made):
            marks += [mark for n in (0, 1) for mark in self._output(n, moment.made[n])]
            marks += self._bar
        if moment.at is not None:
            marks += self._now(moment.at, moment.made)
            marks += window("window", self._input.span(*moment.at, *self.sweeps[0].reach))
            marks += [mark for n in range(moment.known) for mark in self._sum(n, moment.at)]
        return (*marks, *self._formulas(moment.formulas))

    def copied(self) -> Sources:
        """Return what the copy of the kernel comes out of."""
        (rows, columns), (kernel, turned) = self.sweeps[0].kernel.shape[1:], self._kernels
        cells = np.ndindex(rows, columns)
        return {
            copy: own
            for cell in cells
            for copy, own in zip(keys(turned.key, *cell), keys(kernel.key, *cell), strict=True)
        }

    def summed(self, n: int, at: Position) -> Sources:
        """Return what a sum comes out of: the pixels under the window, and the weights of the kernel."""
        cells = list(np.ndindex(*self.sweeps[0].kernel.shape[1:]))
        pixels = (keys("input", at[0] + u, at[1] + v)[1] for u, v in cells)
        weights = (keys(self._kernels[n].key, *cell)[1] for cell in cells)
        return {f"equation.{NAMES[n]}.sum": (*pixels, *weights)}

    def written(self, n: int, at: Position) -> Sources:
        """Return what a value of an output comes out of: the sum."""
        return {keys(self._outputs[n].key, *at)[1]: f"equation.{NAMES[n]}.sum"}

    def _output(self, n: int, made: int) -> list[Mark]:
        table, sweep = self._outputs[n], self.sweeps[n]
        marks: list[Mark] = [self._heading(table)]
        for count, at in enumerate(sweep.positions):
            marks += table.written(*at, sweep.explain(at).value) if count < made else table.empty(*at)
        return marks

    def _now(self, at: Position, made: tuple[int, int]) -> list[Mark]:
        """Return the outlines of both values of the moment, bright once they are written."""
        number = self.sweeps[0].positions.index(at)
        return [
            Rectangle(f"{table.key}.now", table.span(*at), None, "written" if number < done else "muted", 3.0)
            for table, done in zip(self._outputs, made, strict=True)
        ]

    def _turned(self, how: int) -> list[Mark]:
        """Return the second kernel; each weight keeps the key that it had in the first."""
        rows, columns = self.sweeps[0].kernel.shape[1:]
        table, weights = self._kernels[1], self.sweeps[0].kernel[0]
        marks: list[Mark] = []
        for u, v in np.ndindex(rows, columns):
            place = (rows - 1 - u if how > 1 else u), (columns - 1 - v if how > 2 else v)
            cell, number = table.written(*place, float(weights[u, v]))
            key, number_key = keys(table.key, u, v)
            marks += cell._replace(key=key), number._replace(key=number_key)
        return [*marks, _edge(table)]

    def _names(self, n: int) -> list[Mark]:
        """Return the headings of what is there from the beginning, or of the turned kernel."""
        return [self._heading(table) for table in ((self._input, self._kernels[0]), (self._kernels[1],))[n]]

    def _heading(self, table: CellGrid) -> Mark:
        words = message(f"films.conv_flip.{table.key}", rows=table.rows, columns=table.columns)
        room = table.box.width if table is self._outputs[1] else table.box.width + APART
        return heading(f"{table.key}.name", table.box, words, room, "window" if table in self._kernels else "muted")

    def _equation(self) -> Equation:
        places = self.sweeps[0].positions
        values = {(n, at): self.sweeps[n].explain(at).value for n in (0, 1) for at in places}
        decimals = decimals_for(values.values())
        self._sums = {place: written(value, decimals) for place, value in values.items()}
        slots = []
        for n, name in enumerate(NAMES):
            slots.append(Slot(name, [_name(n, at) for at in places]))
            slots.append(Slot(f"{name}.sum", [self._sums[n, at] for at in places]))
            slots += [Slot("gap", [sign(" " * 8)])] if n == 0 else []
        return Equation(slots)

    def _sum(self, n: int, at: Position) -> tuple[Mark, Mark]:
        name = NAMES[n]
        return self._line.write(name, _name(n, at), "muted"), self._line.write(f"{name}.sum", self._sums[n, at])

    def _definition(self, n: int) -> list[Piece]:
        """Return a definition in pieces, the weights in the colour of the kernel's frame."""
        rows, columns = self.sweeps[0].kernel.shape[1:]
        operation = (r"\star", r"\ast")[n]
        weight = ("K[u,\\ v]", rf"K[{rows + 1}-u,\ {columns + 1}-v]")[n]
        return [
            (rf"(I {operation} K)[i,j]\ =\ \sum_{{u,v}}\ ", "text"),
            (r"I[i+u-1,\ j+v-1]", "text"),
            (r"\cdot", "muted"),
            (weight, "window"),
        ]

    def _formulas(self, shown: tuple[int, ...]) -> list[Formula]:
        """Return one definition in the middle under the stage, or both side by side."""
        widths = [wide(self._definitions[n], 1.0) for n in shown]
        gaps = FORMULAS_APART * (len(shown) - 1)
        size = min(FORMULA_SIZE, (INSIDE.width - gaps) / max(1.0, sum(widths)))
        left = INSIDE.centre[0] - (sum(widths) * size + gaps) / 2
        marks: list[Formula] = []
        for n, width in zip(shown, widths, strict=True):
            marks += composed(f"definition{n}", self._definitions[n], (left, EQUATION), size)
            left += width * size + FORMULAS_APART
        return marks

    def _place(self) -> None:
        """Place the arrays, as large as they fit: input, kernels one above the other, both outputs, their colours.

        Raises
        ------
        ConvistaError
            If numbers would be too small to read.
        """
        one = self.sweeps[0]
        (rows, columns), (high, wide) = one.maps[0].shape, one.kernel.shape[1:]
        out_rows, out_columns = one.size
        room = STAGE.width - 3 * APART
        tallest = min(
            STAGE.height / rows, (STAGE.height - BETWEEN_ROWS) / 2 / high, (STAGE.height - 2 * BAR) / out_rows
        )
        cell = min(LARGEST_CELL, tallest, room / (columns + wide + 2 * out_columns))
        middle, gap = (STAGE.top + STAGE.bottom) / 2, (STAGE.width - cell * (columns + wide + 2 * out_columns)) / 3
        self._input = grid("input", (STAGE.left, middle - cell * rows / 2), (rows, columns), one.maps[0], cell)
        left, top = self._input.box.right + gap, middle - cell * high - BETWEEN_ROWS / 2
        low = top + cell * high + BETWEEN_ROWS
        self._kernels = (
            grid("kernel", (left, top), (high, wide), one.kernel[0], cell),
            grid("turned", (left, low), (high, wide), one.kernel[0], cell),
        )
        values = np.array([sweep.explain(at).value for sweep in self.sweeps for at in one.positions])
        left, top, scale = left + cell * wide + gap, middle - cell * out_rows / 2, Scale.of(values)
        self._outputs = (
            grid("correlation", (left, top), one.size, values, cell, scale=scale),
            grid("convolution", (left + cell * out_columns + gap, top), one.size, values, cell, scale=scale),
        )
        if min(table.size for table in (self._input, *self._kernels, *self._outputs)) < LEGIBLE:
            raise ConvistaError("films.conv_flip.too_large", image=one.maps[0].shape, kernel=(high, wide))
        y = self._outputs[0].box.bottom + BAR
        self._bar = colour_bar("scale", Box(left, y, self._outputs[1].box.right, y), scale)


def _edge(table: CellGrid) -> Mark:
    return Rectangle(f"{table.key}.edge", table.box.grown(2), None, "window", 2.0)


def _name(n: int, at: Position) -> Text:
    place = f"[{at[0] + 1},{at[1] + 1}]"
    return message(f"films.conv_flip.{NAMES[n]}_name", place=place)
