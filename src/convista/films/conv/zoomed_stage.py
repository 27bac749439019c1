"""The stage of a convolution too large for its numbers: maps, and of each channel the window seen closely.

Left the input maps with the window on them; in the middle what the window covers in the channel of the moment,
above the filter's slice for it, with the sum of each row; right the output map. The equation adds the channels up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convista.films.conv.equation import ConvEquation, of_one_channel, summed
from convista.films.conv.plan import ARROW, SUMS, part, plan
from convista.films.conv.sweep import Position, Sweep
from convista.films.film import FAST, SLOW, TICK, Beat
from convista.films.stage.grid import LEGIBLE, magnitude, picture
from convista.films.stage.layout import arrow, heading, heading_at_end
from convista.films.stage.marks import Mark, Rectangle, Words
from convista.films.wording import decimals_for, message, widest, written
from convista.language import Text
from convista.operators.sliding import pad

CHANNELS = 4
"""How many input channels are shown one by one."""
OUTLINED = 4.0
"""The smallest cell of a map with an outline of its own."""


class Zoomed:
    """The beats of every step of a sweep whose numbers are seen through the window.

    ``half`` is the output's place where there are two, 0 above and 1 below; ``beside`` are marks that stand there
    as well, such as the other output; ``named`` is the heading of the output.
    """

    def __init__(
        self,
        sweep: Sweep,
        names: Sequence[Text],
        half: int | None = None,
        beside: tuple[Mark, ...] = (),
        named: Text | None = None,
    ) -> None:
        self._sweep, self._beside = sweep, beside
        self._key = f"output{half}" if half else "output"
        self.shown = _weighing_most(sweep)
        self._left_out = [c for c in range(len(sweep.maps)) if c not in self.shown]
        self._names = [names[sweep.first + c] for c in self.shown]
        self._padded = [pad(sweep.maps[c], sweep.padding) for c in self.shown]
        self._plan = plan(sweep, self.shown, half)
        self._numbers = min(self._plan.window.size, self._plan.kernel.size) >= LEGIBLE
        rows = range(self._plan.kernel.rows)
        sums = [sweep.part(at, c, u) for at in sweep.positions for c in self.shown for u in rows]
        self._decimals = decimals_for(sums)
        widest_sum = widest(written(value, self._decimals) for value in sums)
        self._sum_size = min(self._plan.kernel.size, SUMS / widest_sum)
        self._equation, self._each_row = self._added_up()
        self._still = self._ground(named)
        self._written: tuple[Mark, ...] = ()

    def beats(self, at: Position, *, first: bool, slow: bool) -> tuple[Beat, ...]:
        """Return one position: the window arrives, each channel is multiplied and summed, the value is written."""
        rows, pace = self._sweep.kernel.shape[1], SLOW if slow else FAST
        beats = []
        for n in range(len(self.shown)):
            if not first and n == 0:
                beats.append(Beat(self._marks(at, 0, 0, 0), pace.row, 4 * TICK))
            if first:
                beats.append(Beat(self._marks(at, n, 0, n), 2 * pace.end if n == 0 else pace.sum))
                beats += [Beat(self._marks(at, n, row, n), pace.row / 2) for row in range(1, rows + 1)]
            beats.append(Beat(self._marks(at, n, rows, n + 1), pace.sum))
        self._written = self._output(at, done=True)[:1]
        last, parts = len(self.shown) - 1, len(self.shown)
        if self._left_out:
            parts += 1
            beats.append(Beat(self._marks(at, last, rows, parts), pace.sum))
        ended = self._equation.ended(at)
        beats.append(Beat((*self._marks(at, last, rows, parts), *ended), pace.sum))
        beats.append(Beat((*self._marks(at, last, rows, parts, done=True), *ended), pace.end))
        return tuple(beats)

    @property
    def made(self) -> tuple[Mark, ...]:
        """The output as far as it is written, with its heading; before the sweep its frame."""
        own = {f"{self._key}.name", f"{self._key}.frame"}
        return (*(mark for mark in self._still if mark.key in own), *self._written)

    def _added_up(self) -> tuple[ConvEquation, int]:
        """Return the equation, and how many parts each kernel row adds to it; 0 where channels add them.

        Several channels add a partial sum each, and one for all that are left out.
        """
        if len(self._sweep.maps) == 1:
            equation, each_row = of_one_channel(self._sweep)
            if equation.legible:
                return equation, each_row
            labels = [message("films.conv.sum_of", count=self._sweep.kernel.size)]
        else:
            labels = list(self._names)
        sums = {}
        for at in self._sweep.positions:
            sums[at] = [self._sweep.part(at, c) for c in self.shown]
            if self._left_out:
                sums[at].append(sum(self._sweep.part(at, c) for c in self._left_out))
        if self._left_out:
            labels.append(message("films.conv.others", count=len(self._left_out)))
        return ConvEquation(self._sweep, summed(sums), labels), 0

    def _marks(self, at: Position, n: int, rows: int, parts: int, *, done: bool = False) -> tuple[Mark, ...]:
        """Return the stage at a position, channel ``n`` seen closely, the first ``rows`` rows of it summed."""
        return (
            *self._still,
            *self._beside,
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
        name, slice_ = (
            message("films.conv.window", name=self._names[n]),
            message("films.conv.slice", name=self._names[n]),
        )
        if len(sweep.maps) == 1:
            slice_ = message("films.conv.kernel", rows=plan.kernel.rows, columns=plan.kernel.columns)
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
        cell = part(box, made.shape, at, (1, 1), 7.0)
        return (
            picture(self._key, box, made, magnitude(made), reached > now if done else reached >= now),
            Rectangle(f"{self._key}.now", cell.grown(2), None, "written" if done else "muted", 2.0),
        )

    def _windows(self, at: Position, n: int) -> list[Mark]:
        """Return the window on every map, and the map of the moment marked."""
        marks: list[Mark] = []
        corner = at[0] * self._sweep.stride[0], at[1] * self._sweep.stride[1]
        for m, (box, padded) in enumerate(zip(self._plan.maps, self._padded, strict=True)):
            seen = part(box, padded.shape, corner, self._sweep.reach, 7.0)
            marks.append(Rectangle(f"window{m}.edge", seen.grown(2), None, "background", 4.0))
            cells = self._dilated(m, at)
            marks.append(Rectangle(f"window{m}", seen.grown(1), None, "window", 1.0 if cells else 2.0))
            marks += cells
            colour = "window" if m == n and len(self.shown) > 1 else "muted"
            marks.append(heading(f"map{m}.name", box, self._names[m], box.width + 12, colour))
        return marks

    def _dilated(self, m: int, at: Position) -> list[Mark]:
        """Return the outline of each cell that a dilated window reads of a map, if they are large enough to see."""
        sweep, box, shape = self._sweep, self._plan.maps[m], self._padded[m].shape
        if sweep.dilation == (1, 1) or box.width / shape[1] < OUTLINED or box.height / shape[0] < OUTLINED:
            return []
        marks: list[Mark] = []
        for u, v in np.ndindex(sweep.kernel.shape[1:]):
            row, column = (
                i * s + k * d for i, s, k, d in zip(at, sweep.stride, (u, v), sweep.dilation, strict=True)
            )
            cell = part(box, shape, (row, column), (1, 1), 0.0)
            marks.append(Rectangle(f"window{m}[{u},{v}]", cell, None, "window", 1.0))
        return marks

    def _ground(self, named: Text | None) -> tuple[Mark, ...]:
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
        name = message("films.conv.output", rows=rows, columns=columns)
        if named is None:
            marks.append(heading(f"{self._key}.name", plan.output, name, plan.output.width + 40))
        else:
            marks.append(heading_at_end(f"{self._key}.name", plan.output, named, ARROW))
        marks.append(Rectangle(f"{self._key}.frame", plan.output.grown(1), None, "line", 1.0))
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
