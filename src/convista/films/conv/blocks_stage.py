"""The stage of a convolution in perspective: the input as a slab, the kernel on it, the output deeper behind."""

from __future__ import annotations

import numpy as np

from convista.films.conv.equation import ConvEquation, of_one_channel, summed
from convista.films.conv.kernel_block import KernelBlock
from convista.films.conv.sweep import Position, Sweep
from convista.films.film import FAST, SLOW, TICK, Beat
from convista.films.keyframes import slowly
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Rectangle
from convista.films.stage.perspective import DEPTH, Slab, rays
from convista.films.wording import message
from convista.operators.sliding import pad

LARGEST_CELL, THICK, LEAST_GAP, LARGEST_GAP = 46.0, 26.0, 70.0, 190.0
OUTLINED = 4.0
"""The smallest cell with an outline of its own."""
CLOSE_CELL, MAP = 58.0, 250.0
"""Of the window seen closely where slabs are maps, and the largest side of those."""


class BlocksStage:
    """The beats of every step; ``around`` is on the stage throughout."""

    def __init__(self, sweep: Sweep, around: tuple[Mark, ...]) -> None:
        self._sweep, self._around = sweep, around
        self._written: set[Position] = set()
        self._equation, self._each_row = of_one_channel(sweep)
        if not self._equation.legible:
            labels = [message("films.conv.sum_of", count=sweep.kernel.size)]
            sums = {at: [sweep.part(at)] for at in sweep.positions}
            self._equation, self._each_row = ConvEquation(sweep, summed(sums), labels), 1
        self._close: Box | None = None
        self._place()

    def beats(self, n: int) -> tuple[Beat, ...]:
        """Return one position: the block slides there, meets the values, and what they give is written."""
        at = self._sweep.positions[n]
        pace = SLOW if slowly(n, len(self._sweep.positions)) else FAST
        if n == 0:
            beats = [Beat(self._marks(at, bare=True), 2 * SLOW.end)]
        else:
            before = self._sweep.positions[n - 1]
            beats = [
                Beat(self._marks(before, bare=True, leaving=True)),
                Beat(self._marks(at, bare=True), pace.row, 4 * TICK),
            ]
        beats.append(Beat((*self._marks(at), *self._begun(at)), pace.sum))
        ended = (*self._begun(at), *self._equation.ended(at))
        self._reach(n)
        outline = Rectangle("output.now", self._output.cell(*at), None, "written", 3.0)
        beats.append(Beat((*self._marks(at), outline, *ended), pace.end))
        return tuple(beats)

    def _begun(self, at: Position) -> list[Mark]:
        rows = self._sweep.kernel.shape[1]
        return self._equation.begun(at, rows * self._each_row)

    def _reach(self, n: int) -> None:
        """Write what the sweep has come to: the value, and on maps all that lie before it."""
        at, columns = self._sweep.positions[n], self._sweep.size[1]
        if self._output.numbers:
            self._written.add(at)
        else:
            self._written.update(divmod(place, columns) for place in range(at[0] * columns + at[1] + 1))

    def _marks(self, at: Position, *, bare: bool = False, leaving: bool = False) -> tuple[Mark, ...]:
        """Return the stage with the block at a position, before it has met the values if ``bare``.

        Where it is ``leaving``, the numbers below it are there already, for it to uncover.
        """
        window, target = self._window(at), self._output.cell(*at)
        held = None if bare else at
        marks = [*self._around]
        if self._close is None:
            marks += rays("ray", window, target, self._input.box.right)
            marks += self._output.marks(self._written)
            marks += self._input.marks(nearer=() if leaving else self._block.covers(window))
            marks += self._block.marks(window, held)
        else:
            marks += [*rays("near", window, self._close, self._input.box.right)]
            marks += rays("ray", self._close, target, self._close.right)
            marks += self._output.marks(self._written)
            marks += self._input.marks()
            marks.append(Rectangle("window.edge", window.grown(2), None, "background", 4.0))
            marks.append(Rectangle("window", window.grown(1), None, "window", 2.0))
            marks += self._spread(at)
            marks += self._block.marks(self._close, held)
        return (*marks, *self._headings)

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

    def _place(self) -> None:
        """Place the slabs with numbers if those can be read, else as maps with the window between them."""
        sweep = self._sweep
        rows, columns = pad(sweep.maps[0], sweep.padding).shape
        across, up = THICK * DEPTH[0], -THICK * DEPTH[1]
        room = STAGE.width - LEAST_GAP - 2 * across
        cell = min(LARGEST_CELL, (STAGE.height - up) / rows, room / (columns + sweep.size[1]))
        self._block = KernelBlock(sweep, cell, sweep.dilation)
        self._stand(cell, cell, LARGEST_GAP)
        if self._block.legible and self._input.numbers and self._output.numbers:
            return
        high, wide = sweep.kernel.shape[1:]
        close = min(CLOSE_CELL, STAGE.height / high, 0.3 * STAGE.width / wide)
        free = (STAGE.width - close * wide - 2 * LEAST_GAP - 2 * across) / 2
        side = min(MAP, free, STAGE.height - up)
        self._stand(side / max(rows, columns), side / max(sweep.size), LARGEST_GAP + close * wide)
        middle = (self._input.box.right + across + self._output.box.left) / 2
        centre = (STAGE.top + STAGE.bottom) / 2
        self._block = KernelBlock(sweep, close)
        self._close = Box(
            middle - close * wide / 2,
            centre - close * high / 2,
            middle + close * wide / 2,
            centre + close * high / 2,
        )

    def _stand(self, cell: float, out_cell: float, largest_gap: float) -> None:
        """Stand the input at the left and the output at the right, higher because it lies deeper."""
        sweep = self._sweep
        rows, columns = pad(sweep.maps[0], sweep.padding).shape
        across, up = THICK * DEPTH[0], -THICK * DEPTH[1]
        used = cell * columns + out_cell * sweep.size[1] + 2 * across
        gap = min(largest_gap, STAGE.width - used)
        left = STAGE.left + (STAGE.width - used - gap) / 2
        top = STAGE.bottom - cell * rows - max(0.0, (STAGE.height - up - cell * rows) / 2)
        self._input = Slab("input", (left, top), sweep.maps[0], cell, depth=THICK, padding=sweep.padding)
        high = STAGE.top + up + max(0.0, (STAGE.height - up - out_cell * sweep.size[0]) / 4)
        totals = np.array([sweep.explain(at).value for at in sweep.positions])
        corner = left + cell * columns + across + gap, high
        numbers = totals if len(totals) == sweep.size[0] * sweep.size[1] else sweep.output
        self._output = Slab("output", corner, sweep.output, out_cell, depth=THICK, alike=numbers)
        self._headings = self._names()

    def _names(self) -> list[Mark]:
        sweep = self._sweep
        marks: list[Mark] = []
        for slab, (rows, columns) in ((self._input, sweep.x.shape[2:]), (self._output, sweep.size)):
            words = message(f"films.conv.{slab.key}", rows=rows, columns=columns)
            marks.append(heading(f"{slab.key}.name", slab.covers, words, slab.covers.width + 60))
        return marks
