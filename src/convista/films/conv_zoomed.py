"""The stage of a convolution too large for its numbers: maps, and of each channel the window seen closely.

Left the input maps with the window on them; in the middle what the window covers in the channel of the moment,
above the filter's slice for it, with the sum of each row; right the output map. The equation adds the channels up.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

import numpy as np

from convista.films import text
from convista.films.conv_equation import ConvEquation, of_one_channel, summed
from convista.films.conv_sweep import Position, Sweep
from convista.films.film import FAST, RATE, SLOW, Beat
from convista.films.grid import LEGIBLE, Grid, grid, magnitude, picture
from convista.films.layout import STAGE, arrow, heading
from convista.films.marks import Box, Mark, Point, Rectangle, Words
from convista.films.wording import decimals_for, told, widest, written
from convista.language import Text
from convista.operators.sliding import pad

CHANNELS = 4
"""How many input channels are shown one by one."""
WIDE, TALL = 64.0, 44.0
"""The largest cell of a window seen closely."""
OUTPUT, LEAST_MAP = 190.0, 80.0
"""The output map, and what is always left for input maps."""
SUMS, ARROW, APART = 58.0, 60.0, 40.0
"""Widths of the row sums, of the arrow, of the gap after the maps."""
HEADING = 30.0
"""Height of a heading between two arrays."""


class Plan(NamedTuple):
    """Where things stand."""

    maps: tuple[Box, ...]
    window: Grid
    kernel: Grid
    sums: Point
    """Where the sum of the first kernel row ends."""
    output: Box


class Zoomed:
    """The beats of every step of a sweep whose numbers are seen through the window."""

    def __init__(self, sweep: Sweep, names: Sequence[Text]) -> None:
        self._sweep = sweep
        self.shown = _weighing_most(sweep)
        self._left_out = [c for c in range(len(sweep.maps)) if c not in self.shown]
        self._names = [names[sweep.first + c] for c in self.shown]
        self._padded = [pad(sweep.maps[c], sweep.padding) for c in self.shown]
        self._plan = _plan(sweep, self.shown)
        self._numbers = min(self._plan.window.size, self._plan.kernel.size) >= LEGIBLE
        rows = range(self._plan.kernel.rows)
        sums = [sweep.part(at, c, u) for at in sweep.positions for c in self.shown for u in rows]
        self._decimals = decimals_for(sums)
        widest_sum = widest(written(value, self._decimals) for value in sums)
        self._sum_size = min(self._plan.kernel.size, SUMS / widest_sum)
        self._equation, self._each_row = self._added_up()
        self._still = self._ground()

    def beats(self, at: Position, *, first: bool, slow: bool) -> tuple[Beat, ...]:
        """Return one position: the window arrives, each channel is multiplied and summed, the value is written."""
        rows, pace = self._sweep.kernel.shape[1], SLOW if slow else FAST
        beats = []
        for n in range(len(self.shown)):
            if not first and n == 0:
                beats.append(Beat(self._marks(at, 0, 0, 0), pace.row, 4 / RATE))
            if first:
                beats.append(Beat(self._marks(at, n, 0, n), 2 * pace.end if n == 0 else pace.sum))
                beats += [Beat(self._marks(at, n, row, n), pace.row / 2) for row in range(1, rows + 1)]
            beats.append(Beat(self._marks(at, n, rows, n + 1), pace.sum))
        last, parts = len(self.shown) - 1, len(self.shown)
        if self._left_out:
            parts += 1
            beats.append(Beat(self._marks(at, last, rows, parts), pace.sum))
        ended = self._equation.ended(at)
        beats.append(Beat((*self._marks(at, last, rows, parts), *ended), pace.sum))
        beats.append(Beat((*self._marks(at, last, rows, parts, done=True), *ended), pace.end))
        return tuple(beats)

    def _added_up(self) -> tuple[ConvEquation, int]:
        """Return the equation, and how many parts each kernel row adds to it; 0 where channels add them.

        Several channels add a partial sum each, and one for all that are left out.
        """
        if len(self._sweep.maps) == 1:
            equation, each_row = of_one_channel(self._sweep)
            if equation.legible:
                return equation, each_row
            labels = [told("films.conv.sum_of", count=self._sweep.kernel.size)]
        else:
            labels = list(self._names)
        sums = {}
        for at in self._sweep.positions:
            sums[at] = [self._sweep.part(at, c) for c in self.shown]
            if self._left_out:
                sums[at].append(sum(self._sweep.part(at, c) for c in self._left_out))
        if self._left_out:
            labels.append(told("films.conv.others", count=len(self._left_out)))
        return ConvEquation(self._sweep, summed(sums), labels), 0

    def _marks(self, at: Position, n: int, rows: int, parts: int, *, done: bool = False) -> tuple[Mark, ...]:
        """Return the stage at a position, channel ``n`` seen closely, the first ``rows`` rows of it summed."""
        return (
            *self._still,
            *self._closely(at, n, rows),
            *self._output(at, done=done),
            *self._windows(at, n),
            *self._equation.begun(at, rows * self._each_row or parts),
        )

    def _closely(self, at: Position, n: int, rows: int) -> list[Mark]:
        """Return the window's numbers above the kernel slice of a channel, and the sums of rows."""
        sweep, plan, c = self._sweep, self._plan, self.shown[n]
        top, left = at[0] * sweep.stride[0], at[1] * sweep.stride[1]
        seen = self._padded[n][top :: sweep.dilation[0], left :: sweep.dilation[1]]
        seen = seen[: plan.window.rows, : plan.window.columns]
        name, slice_ = told("films.conv.window", name=self._names[n]), told("films.conv.slice", name=self._names[n])
        if len(sweep.maps) == 1:
            slice_ = told("films.conv.kernel", rows=plan.kernel.rows, columns=plan.kernel.columns)
        room = plan.window.box.width + SUMS
        marks: list[Mark] = [
            heading("window.name", plan.window.box, name, room),
            heading("kernel.name", plan.kernel.box, slice_, room),
        ]
        if not self._numbers:
            marks.append(picture("window.map", plan.window.box, seen, plan.window.scale))
            marks.append(picture("kernel.map", plan.kernel.box, sweep.kernel[c], plan.kernel.scale))
            return marks
        terms = sweep.terms(at)
        for u, v in np.ndindex(plan.window.rows, plan.window.columns):
            term = terms.get((c, u, v))
            marks += plan.window.padded(u, v) if term is None else plan.window.written(u, v, term.value)
            marks += plan.kernel.written(u, v, float(sweep.kernel[c, u, v]))
        x, y = plan.sums
        for u in range(rows):
            number = written(sweep.part(at, c, u), self._decimals)
            place = x, y + u * plan.kernel.tall
            marks.append(Words(f"sums[{u}]", place, number, self._sum_size, "text", "end"))
        return marks

    def _output(self, at: Position, *, done: bool) -> tuple[Mark, ...]:
        """Return the output map as far as the sweep has come, with the cell of the moment outlined."""
        made, box = self._sweep.output, self._plan.output
        reached = np.arange(made.size).reshape(made.shape)
        now = reached[at]
        cell = _part(box, made.shape, at, (1, 1), 7.0)
        return (
            picture("output", box, made, magnitude(made), reached > now if done else reached >= now),
            Rectangle("output.now", cell.grown(2), None, "written" if done else "muted", 2.0),
        )

    def _windows(self, at: Position, n: int) -> list[Mark]:
        """Return the window on every map, and the map of the moment marked."""
        marks: list[Mark] = []
        corner = at[0] * self._sweep.stride[0], at[1] * self._sweep.stride[1]
        for m, (box, padded) in enumerate(zip(self._plan.maps, self._padded, strict=True)):
            seen = _part(box, padded.shape, corner, self._sweep.reach, 7.0)
            marks.append(Rectangle(f"window{m}.edge", seen.grown(2), None, "background", 4.0))
            marks.append(Rectangle(f"window{m}", seen.grown(1), None, "window", 2.0))
            colour = "window" if m == n and len(self.shown) > 1 else "muted"
            marks.append(heading(f"map{m}.name", box, self._names[m], box.width + 12, colour))
        return marks

    def _ground(self) -> tuple[Mark, ...]:
        """Return what stays through the whole film."""
        sweep, plan = self._sweep, self._plan
        marks: list[Mark] = []
        scale = magnitude(sweep.maps[self.shown])
        for m, box in enumerate(plan.maps):
            rows, columns = sweep.x.shape[2:]
            around = pad(np.zeros((rows, columns), np.bool_), sweep.padding, 1)
            marks.append(picture(f"map{m}", box, self._padded[m], scale, around))
        marks.append(Rectangle("kernel.edge", plan.kernel.box.grown(2), None, "window", 2.0))
        marks.append(Rectangle("window.frame", plan.window.box.grown(2), None, "window", 2.0))
        rows, columns = sweep.size
        name = told("films.conv.output", rows=rows, columns=columns)
        marks.append(heading("output.name", plan.output, name, plan.output.width + 40))
        marks.append(Rectangle("output.frame", plan.output.grown(1), None, "line", 1.0))
        y = plan.output.centre[1]
        marks += arrow("arrow", (plan.sums[0] + 12, y), (plan.output.left - 12, y))
        if self._numbers:
            at = plan.sums[0] - 6, plan.kernel.top - 9
            marks.append(Words("sums.name", at, Text("Σ", "Σ"), 16.0, "muted", "end"))
        return tuple(marks)


def _weighing_most(sweep: Sweep) -> list[int]:
    """Return the channels that contribute most where the film stops; one with a missing value is among them."""
    weights = [sum(abs(sweep.part(at, c)) for at in sweep.positions) for c in range(len(sweep.maps))]
    order = np.argsort(-np.nan_to_num(weights, nan=np.inf), kind="stable")
    return sorted(order[:CHANNELS].tolist())


def _plan(sweep: Sweep, shown: list[int]) -> Plan:
    """Place everything: cells as large as fit, maps in as many columns as make them largest."""
    rows, columns = sweep.kernel.shape[1:]
    fixed = APART + SUMS + ARROW + OUTPUT
    wide = min(WIDE, (STAGE.width - fixed - LEAST_MAP) / columns)
    tall = min(TALL, (STAGE.height - HEADING - 6) / (2 * rows))
    if tall * 0.72 < LEGIBLE:
        wide = tall
    across, side = _arranged(len(shown), STAGE.width - fixed - wide * columns)
    padded = pad(sweep.maps[0], sweep.padding).shape
    maps = tuple(_map_box(n, across, side, padded, len(shown)) for n in range(len(shown)))
    middle = (STAGE.top + STAGE.bottom) / 2
    output = _shaped(STAGE.right - OUTPUT, middle - OUTPUT / 2, OUTPUT, sweep.size)
    used = max(box.right for box in maps) - STAGE.left + fixed + wide * columns
    left = max(box.right for box in maps) + APART + (STAGE.width - used) / 2
    height = 2 * rows * tall + HEADING + 6
    top = middle - height / 2
    terms = [term for at in sweep.positions for (c, _, _), term in sweep.terms(at).items() if c in shown]
    values = np.array([term.value for term in terms] or [0.0])
    window = grid("window", (left, top), (rows, columns), values, wide, tall)._replace(
        scale=magnitude(sweep.maps[shown])
    )
    kernel = grid("kernel", (left, top + height - rows * tall), (rows, columns), sweep.kernel[shown], wide, tall)
    sums = kernel.box.right + SUMS + 4, kernel.top + tall / 2 + text.CAP / 2 * kernel.size
    return Plan(maps, window, kernel, sums, output)


def _arranged(count: int, room: float) -> tuple[int, float]:
    """Return in how many columns maps are largest, and how large."""
    sizes = []
    for across in range(1, count + 1):
        down = ceil(count / across)
        tall = (STAGE.height + HEADING) / down - HEADING
        sizes.append((min(tall, (room - 16 * (across - 1)) / across, 210.0), -across))
    side, across = max(sizes)
    return -across, side


def _map_box(n: int, across: int, side: float, shape: tuple[int, ...], count: int) -> Box:
    down = ceil(count / across)
    height = down * side + (down - 1) * HEADING
    top = (STAGE.top + STAGE.bottom - height) / 2
    return _shaped(STAGE.left + n % across * (side + 16), top + n // across * (side + HEADING), side, shape)


def _shaped(left: float, top: float, side: float, shape: tuple[int, ...]) -> Box:
    """Return the box of a map with square cells, whole points each where they are that large, inside a square."""
    cell = side / max(shape)
    cell = int(cell) if cell >= 2 else cell
    wide, tall = shape[1] * cell, shape[0] * cell
    left, top = round(left + (side - wide) / 2), round(top + (side - tall) / 2)
    return Box(left, top, left + wide, top + tall)


def _part(box: Box, shape: tuple[int, ...], corner: Position, size: Position, least: float) -> Box:
    """Return the box of a block of a map's cells, grown around its centre where it would be hard to see."""
    wide, tall = box.width / shape[1], box.height / shape[0]
    part = Box(
        box.left + corner[1] * wide,
        box.top + corner[0] * tall,
        box.left + (corner[1] + size[1]) * wide,
        box.top + (corner[0] + size[0]) * tall,
    )
    return part.grown(max(0.0, (least - min(part.width, part.height)) / 2))
