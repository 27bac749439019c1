"""The curves of an activation: the function above, its slope below, and the way of the dot over them."""

from __future__ import annotations

from math import isfinite

import numpy as np

from convista.films.activation.activated import Activated
from convista.films.stage import formula
from convista.films.stage.curve import numbered, plot
from convista.films.stage.layout import HEADING_SIZE
from convista.films.stage.marks import Box, Formula, Mark, Polyline, Words
from convista.films.stage.motion import faded
from convista.films.stage.text import CAP, fitting
from convista.films.wording import as_written, decimals_for, message, widest, written
from convista.language import Text

ABOVE, BETWEEN, LOWER = 16.0, 24.0, 112.0
"""Heights: of the formula's room below the top, of the lower plot's name, of the lower plot."""
SAMPLE = 30.0
"""Length of the piece of a line beside its name."""
FORMULA, READ = 18.0, 16.0
"""Sizes of the formula, and of the numbers beside the axes."""
LINE = 36.0
"""From one formula to the next."""
DASH, FAINT = 7.0, 0.3


class Curves:
    """Two plots one above the other in a room, of as much of x as there is in the map, or of what is near 0."""

    def __init__(self, activated: Activated, room: Box, *, close: bool = False) -> None:
        a = self._a = activated
        self._x = a.near if close else a.samples
        self._compared = close and a.rival is not None
        upper, _, lower = room.inset(top=ABOVE).rows(room.height - ABOVE - BETWEEN - LOWER, BETWEEN, LOWER)
        under = a.apart(self._x) if self._compared else a.slope(self._x)
        rooms = ("plot", upper, a.of(self._x)), ("apart" if self._compared else "slope", lower, under)
        beside = max(numbered(part, y) for _, part, y in rooms)
        self._upper, self._lower = (plot(key, part, self._x, y, beside=beside) for key, part, y in rooms)
        self._room, self._under = room, under

    def still(self, *, negatives: bool = False) -> list[Mark]:
        """Return axes, curves and their names; what is above 0 is dimmed where the ``negatives`` are looked at."""
        upper, lower, x, y = self._upper, self._lower, self._x, self._a.of(self._x)
        curve: list[Mark] = [*upper.curve("curve", x, y)]
        if negatives:
            curve = [faded(mark, FAINT) for mark in curve]
            curve += upper.curve("negative", x[x <= 0], y[x <= 0], width=4.0)
        marks = [*upper.axes("y"), *curve, *lower.axes(), *self._formula()]
        dash = 0.0 if self._compared else DASH
        marks += lower.curve("curve", x, self._under, width=2.0, dash=dash)
        if self._compared and self._a.rival is not None:
            marks += upper.curve("rival", x, self._a.rival_of(x), "window", 2.0, DASH)
            place, apart = self._a.farthest
            marks += lower.dot("dot", place, apart, radius=4.0)
        return [*marks, *self._under_name(dash)]

    def dot(self, x: float, *, raised: bool, read: bool) -> list[Mark]:
        """Return the dot on the axis of x, or ``raised`` to the curve; what is ``read`` is beside the axis of y."""
        if not isfinite(x):
            return []
        y = float(self._a.of(np.array([x]))[0])
        height = y if raised else 0.0
        here, foot = self._upper.at(x, height), self._upper.at(x, 0.0)
        across = self._upper.at(0.0, y) if read else here
        marks: list[Mark] = [
            Polyline("plot.guide.up", (foot, here), "window", 1.5),
            Polyline("plot.guide.across", (here, across), "window", 1.5),
            *self._upper.dot("dot", x, height),
            self._of_x(x, foot, above=y < 0),
        ]
        return [*marks, self._of_y(x, y)] if read else marks

    def slope_dot(self, x: float) -> list[Mark]:
        """Return the dot on the slope."""
        if not isfinite(x):
            return []
        return [*self._lower.dot("dot", x, float(self._a.slope(np.array([x]))[0]), radius=4.5)]

    def _of_x(self, x: float, foot: tuple[float, float], *, above: bool) -> Words:
        """Return the number of x at its axis, on the side where the curve is not."""
        y = foot[1] - 10 if above else foot[1] + 8 + CAP * READ
        words, box = written(x, self._a.decimals), self._upper.box
        half = READ * widest([words]) / 2
        return Words("plot.x", (min(max(foot[0], box.left + half), box.right - half), y), words, READ, "window")

    def _of_y(self, x: float, y: float) -> Words:
        """Return the number of y at its axis, on the side where the dot is not."""
        left, height = self._upper.at(0.0, y)
        lift = CAP / 2 * READ
        if abs(height - self._upper.at(0.0, 0.0)[1]) < READ:
            lift = -6 if y >= 0 else 8 + CAP * READ
        aside, anchor = (-9, "end") if x > 0 else (9, "start")
        return Words("plot.y", (left + aside, height + lift), written(y, self._a.precision), READ, "curve", anchor)

    def _formula(self) -> list[Mark]:
        """Return the formula with a piece of its curve; two of them where it is compared with a rival."""
        lines = [("formula", self._a.operator.name, "curve", 0.0)]
        if self._compared and self._a.rival is not None:
            lines.append(("formula.rival", self._a.rival.name, "window", DASH))
        left, room = self._upper.box.left, self._room.right - self._upper.box.left - SAMPLE - 10
        marks: list[Mark] = []
        for n, (key, name, colour, dash) in enumerate(lines):
            y = self._room.top - 6 + (12 - LINE * (len(lines) - 1 - n)) * (len(lines) > 1)
            tex = message(f"films.activation.tex_{name}")
            size = min(FORMULA, *(room / formula.width(line) for line in tex))
            marks.append(Polyline(f"{key}.line", ((left, y - 6), (left + SAMPLE, y - 6)), colour, 3.0, dash))
            marks.append(Formula(key, (left + SAMPLE + 10, y), tex, size, colour, "start"))
        return marks

    def _under_name(self, dash: float) -> list[Mark]:
        """Return the name of the lower curve with a piece of it."""
        box, words = self._lower.box, self._apart_name() if self._compared else message("films.activation.slope")
        y, room = box.top - 12, self._room.right - box.left - SAMPLE - 10
        size = min(fitting(line, room, HEADING_SIZE) for line in words)
        sample = Polyline("under.line", ((box.left, y - 5), (box.left + SAMPLE, y - 5)), "curve", 2.0, dash)
        return [sample, Words("under.name", (box.left + SAMPLE + 10, y), words, size, "curve", "start")]

    def _apart_name(self) -> Text:
        """Return the name of the difference, and how large it gets."""
        place, apart = self._a.farthest
        return message(
            "films.activation.difference",
            difference=written(abs(apart), decimals_for([apart])),
            x=written(as_written(place, 2), 2),
        )
