"""The stage of a convolution too large for its numbers: maps, and of each channel the window seen closely.

Left the input maps with the window on them; in the middle what the window covers in the channel of the moment,
above the filter's slice for it, with the sum of each row; right the output map. The equation adds the channels up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from convista.films.conv.equation import ConvEquation, of_one_channel, summed
from convista.films.conv.plan import ARROW, SUMS, part, plan
from convista.films.conv.sweep import Position, Sweep
from convista.films.stage.grid import LEGIBLE, keys, magnitude, picture
from convista.films.stage.layout import arrow, heading, heading_at_end
from convista.films.stage.marks import Mark, Rectangle, Words
from convista.films.stage.motion import Sources
from convista.films.wording import decimals_for, message, widest, written
from convista.language import Text
from convista.operators.sliding import pad

CHANNELS = 4
"""How many input channels are shown one by one."""
OUTLINED = 4.0
"""The smallest cell of a map with an outline of its own."""


class Moment(NamedTuple):
    """How far a sweep has come."""

    made: int
    """So many of the stops have their value in the output."""
    at: Position
    """Where the window stands."""
    channel: int
    """Which of the shown channels is seen closely."""
    rows: int
    """So many rows of it are summed."""
    parts: int
    """So many parts of the equation are known; where rows are its parts, as many as rows are summed."""
    known: bool = False
    """The equation has its result."""


class ZoomedStage:
    """A sweep whose numbers are seen through the window.

    ``half`` is the output's place where there are two, 0 above and 1 below; ``named`` is its heading.
    """

    def __init__(
        self, sweep: Sweep, names: Sequence[Text], half: int | None = None, named: Text | None = None
    ) -> None:
        self.sweep = sweep
        self._key = f"output{half}" if half else "output"
        self.shown = _weighing_most(sweep)
        """The channels that are seen closely."""
        self.left_out = [c for c in range(len(sweep.maps)) if c not in self.shown]
        """The others, which are told as one sum."""
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
        self._still = self._ground()
        self._name = self._output_name(named)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        at, channel, rows = moment.at, moment.channel, moment.rows
        return (
            *self._still,
            *self._closely(at, channel, rows),
            *self.output(moment.made, at),
            self._now(at, moment.made),
            *self._windows(at, channel),
            *self._equation.begun(at, rows * self._each_row or moment.parts),
            *(self._equation.ended(at) if moment.known else ()),
        )

    def output(self, made: int, at: Position | None = None) -> tuple[Mark, ...]:
        """Return the output with the values up to so many stops, and its heading.

        Where the window stands ``at`` a later place, what lies before that has been passed.
        """
        values, box = self.sweep.output, self._plan.output
        order = np.arange(values.size).reshape(values.shape)
        reached = order[self.sweep.positions[made - 1]] if made else -1
        if at is not None:
            reached = max(reached, order[at] - 1)
        drawn = picture(self._key, box, values, magnitude(values), order > reached)
        return self._name, Rectangle(f"{self._key}.frame", box.grown(1), None, "line", 1.0), drawn

    def summed(self, rows: int) -> Sources:
        """Return what the sum of a row comes out of: what the window sees in it, and the kernel's weights."""
        if not self._numbers:
            return {}
        tables, u = ("window", "kernel"), rows - 1
        columns = range(self._plan.kernel.columns)
        return {f"sums[{u}]": tuple(keys(table, u, v)[1] for v in columns for table in tables)}

    def _added_up(self) -> tuple[ConvEquation, int]:
        """Return the equation, and how many parts each kernel row adds to it; 0 where channels add them.

        Several channels add a partial sum each, and one for all that are left out.
        """
        if len(self.sweep.maps) == 1:
            equation, each_row = of_one_channel(self.sweep)
            if equation.legible:
                return equation, each_row
            labels = [message("films.conv.sum_of", count=self.sweep.kernel.size)]
        else:
            labels = list(self._names)
        sums = {}
        for at in self.sweep.positions:
            sums[at] = [self.sweep.part(at, c) for c in self.shown]
            if self.left_out:
                sums[at].append(sum(self.sweep.part(at, c) for c in self.left_out))
        if self.left_out:
            labels.append(message("films.conv.others", count=len(self.left_out)))
        return ConvEquation(self.sweep, summed(sums), labels), 0

    def _closely(self, at: Position, n: int, rows: int) -> list[Mark]:
        """Return the window's numbers above the kernel slice of a channel, and the sums of rows."""
        sweep, plan, c = self.sweep, self._plan, self.shown[n]
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

    def _now(self, at: Position, made: int) -> Rectangle:
        """Return the outline of the cell whose value is being made, bright once it is written."""
        cell = part(self._plan.output, self.sweep.output.shape, at, (1, 1), 7.0)
        done = self.sweep.positions.index(at) < made
        return Rectangle(f"{self._key}.now", cell.grown(2), None, "written" if done else "muted", 2.0)

    def _windows(self, at: Position, n: int) -> list[Mark]:
        """Return the window on every map, and the map of the moment marked."""
        marks: list[Mark] = []
        corner = at[0] * self.sweep.stride[0], at[1] * self.sweep.stride[1]
        for m, (box, padded) in enumerate(zip(self._plan.maps, self._padded, strict=True)):
            seen = part(box, padded.shape, corner, self.sweep.reach, 7.0)
            marks.append(Rectangle(f"window{m}.edge", seen.grown(2), None, "background", 4.0))
            cells = self._dilated(m, at)
            marks.append(Rectangle(f"window{m}", seen.grown(1), None, "window", 1.0 if cells else 2.0))
            marks += cells
            colour = "window" if m == n and len(self.shown) > 1 else "muted"
            marks.append(heading(f"map{m}.name", box, self._names[m], box.width + 12, colour))
        return marks

    def _dilated(self, m: int, at: Position) -> list[Mark]:
        """Return the outline of each cell that a dilated window reads of a map, if they are large enough to see."""
        sweep, box, shape = self.sweep, self._plan.maps[m], self._padded[m].shape
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

    def _ground(self) -> tuple[Mark, ...]:
        """Return what stays through the whole film."""
        sweep, plan = self.sweep, self._plan
        marks: list[Mark] = []
        scale = magnitude(sweep.maps[self.shown])
        for m, box in enumerate(plan.maps):
            rows, columns = sweep.x.shape[2:]
            around = pad(np.zeros((rows, columns), np.bool_), sweep.padding, 1)
            marks.append(picture(f"map{m}", box, self._padded[m], scale, around))
        marks.append(Rectangle("kernel.edge", plan.kernel.box.grown(2), None, "window", 2.0))
        marks.append(Rectangle("window.frame", plan.window.box.grown(2), None, "window", 2.0))
        y = plan.output.centre[1]
        marks += arrow("arrow", (plan.sums[0] + 12, y), (plan.output.left - 12, y))
        if self._numbers:
            at = plan.sums[0] - 6, plan.kernel.top - 9
            marks.append(Words("sums.name", at, Text("Σ", "Σ"), 16.0, "muted", "end"))
        return tuple(marks)

    def _output_name(self, named: Text | None) -> Words:
        """Return the heading of the output."""
        key, box, (rows, columns) = f"{self._key}.name", self._plan.output, self.sweep.size
        if named is not None:
            return heading_at_end(key, box, named, ARROW)
        name = message("films.conv.output", rows=rows, columns=columns)
        return heading(key, box, name, box.width + 40)


def _weighing_most(sweep: Sweep) -> list[int]:
    """Return the channels that contribute most where the film stops; one with a missing value is among them."""
    weights = [sum(abs(sweep.part(at, c)) for at in sweep.positions) for c in range(len(sweep.maps))]
    order = np.argsort(-np.nan_to_num(weights, nan=np.inf), kind="stable")
    return sorted(order[:CHANNELS].tolist())
