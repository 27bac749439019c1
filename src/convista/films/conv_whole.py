"""The stage of a convolution small enough to show every number: input, kernel above products, output."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.films.conv_equation import of_one_channel
from convista.films.conv_sweep import Position, Sweep
from convista.films.film import FAST, RATE, SLOW, Beat
from convista.films.grid import LEGIBLE, Grid, grid
from convista.films.layout import STAGE, arrow, heading
from convista.films.marks import Mark, Rectangle, Words
from convista.films.wording import told, widest, written
from convista.language import Text
from convista.operators.sliding import pad

LARGEST_CELL = 54.0
BETWEEN = 84.0
"""Least room between input, kernel and output."""
ABOVE_PRODUCTS = 34.0
SUM_SIZE = 20.0


class Tables(NamedTuple):
    """The arrays of the stage."""

    input: Grid
    kernel: Grid
    products: Grid
    output: Grid


def tables(sweep: Sweep) -> Tables | None:
    """Lay the arrays out, or return None if there are several channels or a number would be too small to read."""
    if sweep.maps.shape[0] != 1:
        return None
    padded = pad(sweep.maps[0], sweep.padding)
    (rows, columns), (high, wide), (out_rows, out_columns) = padded.shape, sweep.kernel.shape[1:], sweep.size
    room = STAGE.width - 2 * BETWEEN
    cell = min(LARGEST_CELL, STAGE.height / max(rows, out_rows), room / (columns + out_columns + wide))
    tall = min(STAGE.height, max(cell * rows, 2 * high * cell + ABOVE_PRODUCTS))
    small = min(cell, (tall - ABOVE_PRODUCTS) / (2 * high))
    middle = (STAGE.top + STAGE.bottom) / 2
    gap = (STAGE.width - cell * (columns + out_columns) - small * wide) / 2
    left, top, bottom = STAGE.left + cell * columns + gap, middle - tall / 2, middle + tall / 2
    explained = [sweep.explain(at) for at in sweep.positions]
    products = np.array([term.contribution for one in explained for term in one.terms] or [0.0])
    totals = np.array([one.value for one in explained])
    corner = STAGE.right - cell * out_columns, middle - cell * out_rows / 2
    laid = Tables(
        grid("input", (STAGE.left, middle - cell * rows / 2), padded.shape, padded, cell),
        grid("kernel", (left, top), (high, wide), sweep.kernel[0], small),
        grid("products", (left, bottom - small * high), (high, wide), products, small),
        grid("output", corner, sweep.size, totals, cell),
    )
    return laid if min(table.size for table in laid) >= LEGIBLE else None


class Whole:
    """The beats of every step of a sweep, with all its numbers on the stage."""

    shown = (0,)

    def __init__(self, sweep: Sweep, laid: Tables) -> None:
        self._sweep, self._tables = sweep, laid
        self._equation, self._parts = of_one_channel(sweep)
        self._output: dict[Position, tuple[Mark, ...]] = {
            at: laid.output.empty(*at) for at in np.ndindex(*sweep.size)
        }
        self._still = self._ground()

    def beats(self, at: Position, *, first: bool, slow: bool) -> tuple[Beat, ...]:
        """Return one position: the window arrives, the products light up row by row, their sum, the cell."""
        rows, pace = self._sweep.kernel.shape[1], SLOW if slow else FAST
        beats = [Beat(self._marks(at, 0), 2 * pace.end)] if first else []
        travel = 0.0 if first else 1 / RATE
        beats += [Beat(self._marks(at, n), pace.row, travel if n == 1 else 0.0) for n in range(1, rows + 1)]
        beats.append(Beat((*self._marks(at, rows), *self._sum(at)), pace.sum))
        self._output[at] = self._tables.output.written(*at, self._sweep.explain(at).value)
        outline = Rectangle("output.now", self._tables.output.span(*at), None, "written", 3.0)
        beats.append(Beat((*self._marks(at, rows), *self._sum(at), outline), pace.end))
        return tuple(beats)

    def _marks(self, at: Position, rows: int) -> tuple[Mark, ...]:
        """Return the stage at a position with the products of the first ``rows`` kernel rows."""
        products: list[Mark] = []
        terms, table = self._sweep.terms(at), self._tables.products
        for u, v in np.ndindex(table.rows, table.columns):
            if u >= rows:
                products += table.empty(u, v)
            elif term := terms.get((0, u, v)):
                products += table.written(u, v, term.contribution)
            else:
                products += table.padded(u, v)
        output = [mark for marks in self._output.values() for mark in marks]
        return (*self._still, *products, *output, *self._window(at), *self._equation.begun(at, rows * self._parts))

    def _window(self, at: Position) -> tuple[Mark, ...]:
        row, column = at[0] * self._sweep.stride[0], at[1] * self._sweep.stride[1]
        box = self._tables.input.span(row, column, *self._sweep.reach)
        return (
            Rectangle("window.edge", box.grown(3), None, "background", 6.0),
            Rectangle("window", box.grown(2), None, "window", 4.0),
        )

    def _sum(self, at: Position) -> tuple[Mark, ...]:
        """Return the value above the arrow that leads to its cell, and at the end of the equation."""
        table = self._tables.products
        centre = (table.box.right + self._tables.output.box.left) / 2
        number = written(self._sweep.explain(at).value, self._tables.output.decimals)
        summed = Text(*(f"Σ = {line}" for line in number))
        room = self._tables.output.box.left - table.box.right - 16
        size = min(SUM_SIZE, room / widest([summed]))
        return (
            Words("sum", (centre, table.box.centre[1] - 14), summed, size, "text"),
            *self._equation.ended(at),
        )

    def _ground(self) -> tuple[Mark, ...]:
        """Return what stays through the whole film."""
        marks: list[Mark] = []
        sweep, (image, kernel, products, output) = self._sweep, self._tables
        rows, columns = sweep.x.shape[2:]
        for r, c in np.ndindex(image.rows, image.columns):
            row, column = r - sweep.padding[0][0], c - sweep.padding[1][0]
            if 0 <= row < rows and 0 <= column < columns:
                marks += image.written(r, c, float(sweep.maps[0, row, column]))
            else:
                marks += image.padded(r, c)
        for u, v in np.ndindex(kernel.rows, kernel.columns):
            marks += kernel.written(u, v, float(sweep.kernel[0, u, v]))
        marks.append(Rectangle("kernel.edge", kernel.box.grown(2), None, "window", 2.0))
        sizes = {"rows": rows, "columns": columns}
        marks.append(heading("input.name", image.box, told("films.conv.input", **sizes), image.box.width + 90))
        for name, table in (("kernel", kernel), ("products", products), ("output", output)):
            words = told(f"films.conv.{name}", rows=table.rows, columns=table.columns)
            marks.append(heading(f"{name}.name", table.box, words, table.box.width + 90))
        across = (image.box.right + kernel.box.left) / 2
        marks.append(Words("times", (across, kernel.box.centre[1] + 10), Text("⊙", "⊙"), 28.0, "muted"))
        y = products.box.centre[1]
        marks += arrow("arrow", (products.box.right + 14, y), (output.box.left - 14, y))
        return tuple(marks)
