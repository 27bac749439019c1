"""The stage of a convolution in perspective: the input as a slab, the kernel on it, the output deeper behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from convista.films.conv.equation import ConvEquation, of_one_channel, summed
from convista.films.conv.kernel_block import KernelBlock
from convista.films.conv.sweep import Position, Sweep
from convista.films.stage.camera import Camera
from convista.films.stage.grid import keys
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Polygon, Rectangle
from convista.films.stage.motion import Sources
from convista.films.stage.perspective import Eye, Slab, rays
from convista.films.wording import message
from convista.operators import Array
from convista.operators.sliding import pad

ROOM = STAGE._replace(top=84, bottom=410)
FAR, SMALLER = 5000.0, 0.95
"""How far the camera is, and how large the output is seen, which stands so much deeper than the input."""
DEEP = FAR / SMALLER - FAR
THICK, APART = 0.1 * DEEP, 0.09 * DEEP
"""Of the input and of a map of the output, and from a map to the next."""
LARGEST_CELL, LEAST_GAP, LARGEST_GAP, RISE = 46.0, 60.0, 170.0, 110.0
"""In points of the stage, as the gap between the blocks is seen and how much higher the output stands."""
OUTLINED = 4.0
"""The smallest cell with an outline of its own."""
CLOSE_CELL, MAP = 58.0, 240.0
"""Of the window seen closely where slabs are maps, and the largest side of those."""


class Moment(NamedTuple):
    """How far the making of a value has come."""

    at: Position
    met: bool = True
    """The kernel has the values of its window."""
    worked: bool = True
    """They are in the equation."""
    known: bool = True
    """The equation has its result."""
    written: bool = True
    """The output has it."""


class BlocksStage:
    """The input, the output behind it, and the block; ``others`` are the maps of other filters, (maps, …)."""

    def __init__(self, sweep: Sweep, others: Sequence[Array]) -> None:
        self._sweep, self._others = sweep, others
        self._equation, each_row = of_one_channel(sweep)
        self._parts = sweep.kernel.shape[1] * each_row
        if not self._equation.legible:
            labels = [message("films.conv.sum_of", count=sweep.kernel.size)]
            sums = {at: [sweep.part(at)] for at in sweep.positions}
            self._equation, self._parts = ConvEquation(sweep, summed(sums), labels), 1
        self._close: Box | None = None
        self._place()

    def front(self) -> tuple[Mark, ...]:
        """Return the input alone, from straight before it: what stands behind it is not to be seen."""
        before = Eye(*self._input.box.centre, FAR)
        marks = [*self._output_seen(before).marks(()), *self._input_seen(before).marks(), self._headings[0]]
        (x, _), (_, y) = self._input.box.centre, ROOM.centre
        room = ROOM.grown(20)
        return Camera(Box(x, y, x, y).middle(room.width, room.height), room).seen(marks)

    def aside(self) -> tuple[Mark, ...]:
        """Return both blocks from the side, before the kernel is there."""
        return (*self._output.marks(()), *self._input.marks(), *self._headings)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        at, held = moment.at, moment.at if moment.met else None
        window, target, behind = self._window(at), self._output.cell(*at), self._eye.behind(0.0)
        written = self._written(at, with_it=moment.written)
        marks: list[Mark] = []
        if self._close is None:
            marks += rays("ray", window, target, self._input.box.right)
            marks += self._output.marks(written)
            marks += self._input.marks(nearer=self._block.covers(window, behind))
            marks += self._block.marks(window, held, behind)
        else:
            marks += rays("ray", self._close, target, self._close.right)
            marks += self._output.marks(written)
            marks += self._input.marks()
            marks += rays("near", window, self._close, window.right)
            marks.append(Rectangle("window.edge", window.grown(2), None, "background", 4.0))
            marks.append(Rectangle("window", window.grown(1), None, "window", 2.0))
            marks += self._spread(at)
            marks += self._block.marks(self._close, held, behind)
        if moment.written and at == self._sweep.positions[-1]:
            marks += self._unread()
        if moment.written:
            marks.append(Rectangle("output.now", target, None, "written", 3.0))
        if moment.worked:
            marks += self._equation.begun(at, self._parts)
        if moment.known:
            marks += self._equation.ended(at)
        return (*marks, *self._headings)

    def channels(self) -> tuple[Mark, ...]:
        """Return the output with the maps of the other filters behind its own."""
        marks: list[Mark] = []
        plates = [self._output]
        for n, values in enumerate(self._others, 1):
            plates.append(self._output_seen(self._eye, n, values))
        for n in reversed(range(len(plates))):
            nearer = [plate.covers for plate in plates[:n]]
            marks += plates[n].marks(nearer=nearer)
        rows, columns = self._sweep.size
        words = message("films.conv_blocks.channels_name", rows=rows, columns=columns, channels=len(plates))
        whole = Box(self._output.box.left, plates[-1].covers.top, plates[-1].covers.right, self._output.box.bottom)
        name = heading("output.name", whole, words, whole.width + 60)
        return (*marks, *self._input.marks(), self._headings[0], name)

    def worked(self) -> Sources:
        """Return what each part of the equation comes out of: its product, or the values of a sum."""
        cells = [f"kernel[{u},{v}].value" for u, v in np.ndindex(self._sweep.kernel.shape[1:])]
        each = len(cells) // self._parts
        return {f"equation.{n}": tuple(cells[n * each : (n + 1) * each]) for n in range(self._parts)}

    def result(self) -> Sources:
        """Return what the equation's result comes out of."""
        return {"equation.total": tuple(f"equation.{n}" for n in range(self._parts))}

    def written(self, at: Position) -> Sources:
        """Return what the output's value comes out of."""
        return {keys("output", *at)[1]: "equation.total"} if self._output.numbers else {}

    def _written(self, at: Position, *, with_it: bool) -> set[Position]:
        """Return what the output has by now: the values of all stops, on maps all that lie before them too."""
        stops, columns = self._sweep.positions, self._sweep.size[1]
        if self._output.numbers:
            return {*stops[: stops.index(at) + with_it]}
        return {divmod(place, columns) for place in range(at[0] * columns + at[1] + with_it)}

    def _window(self, at: Position) -> Box:
        """Return the box of what the window spans on the input, grown on a map where it would be hard to see."""
        (row, column), (down, across) = at, self._sweep.stride
        box = self._input.span(row * down, column * across, *self._sweep.reach)
        return box if self._close is None else box.grown(max(0.0, (7 - min(box.width, box.height)) / 2))

    def _spread(self, at: Position) -> list[Mark]:
        """Return the outline of each cell that a dilated window reads, where they are large enough to see."""
        sweep = self._sweep
        if sweep.dilation == (1, 1) or self._input.grid.wide < OUTLINED:
            return []
        marks: list[Mark] = []
        for u, v in np.ndindex(sweep.kernel.shape[1:]):
            row, column = (
                i * s + k * d for i, s, k, d in zip(at, sweep.stride, (u, v), sweep.dilation, strict=True)
            )
            marks.append(Rectangle(f"window[{u},{v}]", self._input.span(row, column), None, "window", 1.5))
        return marks

    def _unread(self) -> list[Mark]:
        """Return an outline around the rows and columns that no window reads."""
        down, across = self._sweep.unread
        if not (down or across):
            return []
        left, top, right, bottom = self._input.box
        x, y = right - across * self._cell, bottom - down * self._cell
        corners = [(left, bottom), (left, y), (x, y), (x, top), (right, top), (right, bottom)]
        return [Polygon("unread", tuple(corners), None, "muted", 3.0)]

    def _place(self) -> None:
        """Place the slabs with numbers if those can be read, else as maps with the window between them."""
        sweep = self._sweep
        rows, columns = pad(sweep.maps[0], sweep.padding).shape
        wide = 0.87 * columns + 0.83 * sweep.size[1]
        cell = min(LARGEST_CELL, (ROOM.height - 0.1 * RISE) / rows, (0.73 * ROOM.width - LEAST_GAP) / wide)
        self._block = KernelBlock(sweep, cell, sweep.dilation)
        self._stand(cell, cell, LARGEST_GAP)
        if self._block.legible and self._input.numbers and self._output.numbers:
            return
        high, across = sweep.kernel.shape[1:]
        close = min(CLOSE_CELL, ROOM.height / high, 0.3 * ROOM.width / across)
        gap = close * across + 2 * LEAST_GAP
        side = min(MAP, (0.73 * ROOM.width - gap) / 1.7)
        self._stand(side / max(rows, columns), side / max(sweep.size), gap)
        self._block = KernelBlock(sweep, close)
        middle = (self._input.covers.right + self._output.box.left) / 2
        self._close = Box(middle, ROOM.top, middle, ROOM.bottom).middle(close * across, close * high)

    def _stand(self, cell: float, out_cell: float, gap: float) -> None:
        """Stand the input on the floor at the left, and the output deeper on it, seen from the right and above."""
        sweep = self._sweep
        rows, columns = pad(sweep.maps[0], sweep.padding).shape
        tall, wide = (out_cell * size for size in sweep.size)
        # What is straight behind the input is seen so far to the right of it, and so much higher; its own depth and
        # that of the maps of other filters are a fifth of that.
        inset = (cell * columns - wide) / 2
        right = min((ROOM.width - inset - SMALLER * wide) / 1.22, (cell * columns + gap - inset) / 0.9)
        floor = ROOM.bottom - max(0.0, ROOM.height - 0.1 * RISE - cell * rows) / 2
        up = min(RISE, (floor - ROOM.top - 24 - SMALLER * tall) / 1.22)
        left = ROOM.left + (ROOM.width - inset - 1.22 * right - SMALLER * wide) / 2
        self._cell, self._corner = cell, (left, floor - cell * rows)
        self._behind = Box(left + inset, floor - tall, left + inset + wide, floor)
        self._eye = Eye(left + inset + right / (1 - SMALLER), floor - up / (1 - SMALLER), FAR)
        made = np.array([sweep.explain(at).value for at in sweep.positions])
        self._sums = np.concatenate([made, *(values.ravel() for values in self._others)])
        self._input, self._output = self._input_seen(self._eye), self._output_seen(self._eye)
        self._headings = self._names()

    def _input_seen(self, eye: Eye) -> Slab:
        values, padding = self._sweep.maps[0], self._sweep.padding
        back = eye.behind(0.0)
        return Slab("input", self._corner, values, self._cell, depth=THICK, padding=padding, behind=back)

    def _output_seen(self, eye: Eye, number: int = 0, values: Array | None = None) -> Slab:
        """Return the output's map, or that of another filter behind it."""
        depth = DEEP + number * APART
        front, shown = eye.box(self._behind, depth), self._sweep.output if values is None else values
        key, back = f"output{number}" if number else "output", eye.behind(depth)
        cell = front.width / shown.shape[1]
        return Slab(key, front[:2], shown, cell, depth=THICK / 2, alike=self._sums, behind=back)

    def _names(self) -> list[Mark]:
        sweep = self._sweep
        marks: list[Mark] = []
        for slab, (rows, columns) in ((self._input, sweep.x.shape[2:]), (self._output, sweep.size)):
            words = message(f"films.conv.{slab.key}", rows=rows, columns=columns)
            marks.append(heading(f"{slab.key}.name", slab.covers, words, slab.covers.width + 60))
        return marks
