"""Gradient descent as a film: the way of each update rule down the same surface of a loss, seen from above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import FAST, SLOW, TICK, Beat, Film
from convista.films.script import Script, beat
from convista.films.stage.equation import Equation, Slot
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import FULL, MISSING, Box, Circle, Mark, Picture, Point, Polyline, Words
from convista.films.stage.plate import window
from convista.films.wording import as_written, bracketed, decimals_for, enough_digits, message, titled, written
from convista.language import Text
from convista.operators import Array

GAP = 36.0
TALLEST = STAGE.height - 34
SLOWLY = 3
"""How many moves of a rule are seen one by one, with their arithmetic."""
LABELLED = 12.0


class Surface(NamedTuple):
    """A loss over two parameters."""

    across: Array
    """Values of the first parameter, evenly spaced, (columns,)."""
    upwards: Array
    """Values of the second, evenly spaced, (rows,)."""
    loss: Array
    """(rows, columns)."""
    names: tuple[str, str] = ("w1", "w2")


class Way(NamedTuple):
    """The way of one rule down a surface."""

    rule: str
    """``"sgd"``, ``"momentum"``, ``"adam"`` or ``"decay"``."""
    rate: float
    places: Array
    """The two parameters before the first step and after each, (steps + 1, 2)."""
    directions: Array
    """What the rate is multiplied by in each step, (steps, 2)."""
    losses: Array
    """At each place, (steps + 1,)."""


SYMBOLS = {"sgd": "g", "momentum": "v", "adam": "m′/√s′", "decay": "(g + λ·w)"}
"""What each rule multiplies the rate by."""


def descent_film(
    surface: Surface,
    ways: Sequence[Way],
    *,
    title: str | Text | None = None,
    end: Text | None = None,
    name: str = "descent",
) -> Film:
    """Show ways down a surface, each beside the others, from its first steps to its last.

    Parameters
    ----------
    surface
        What is descended.
    ways
        One to four.
    end
        What the last caption says, instead of where each way ended.

    Raises
    ------
    ConvistaError
        If there are no ways or too many, a rule is unknown, or the arrays do not belong together.
    """
    _check(surface, ways)
    words = titled(title, "films.descent.title")
    script, stage = Script(name, words), _Stage(surface, ways)
    for n, way in enumerate(ways):
        start, last = written(float(way.losses[0])), written(float(way.losses[-1]))
        script.step(message(f"films.descent.begin_{way.rule}", first=surface.names[0]), *stage.slowly(n))
        steps = len(way.directions)
        script.step(message("films.descent.goes_on", steps=steps, start=start, last=last), *stage.on(n))
    if end is None:
        best = min(ways, key=lambda way: float(way.losses[-1]))
        last = written(float(best.losses[-1]), 3)
        end = message("films.descent.end", rule=message(f"films.descent.{best.rule}"), last=last)
    script.step(end, beat(stage.whole(), seconds=SLOW.end))
    return script.film()


class _Stage:
    """The surface once for each rule, side by side."""

    def __init__(self, surface: Surface, ways: Sequence[Way]) -> None:
        self._surface, self._ways = surface, ways
        room = (STAGE.width - 44 - GAP * (len(ways) - 1)) / len(ways)
        side = min(room, TALLEST)
        left = STAGE.left + 44 + (STAGE.width - 44 - side * len(ways) - GAP * (len(ways) - 1)) / 2
        self._boxes = [
            Box(left + n * (side + GAP), STAGE.top, left + n * (side + GAP) + side, STAGE.top + side)
            for n in range(len(ways))
        ]
        self._ground = self._still()
        self._done: list[Mark] = []

    def slowly(self, n: int) -> list[Beat]:
        """Return the first steps of a rule, with the arithmetic of the first parameter."""
        lines = [self._line(n, step) for step in range(min(SLOWLY, len(self._ways[n].directions)))]
        beats = [beat(self._ground, self._done, self._trail(n, 0), window("now", self._boxes[n]), seconds=SLOW.row)]
        for step, line in enumerate(lines):
            written_line = Equation([Slot("line", lines)]).write("line", line)
            marks = (self._ground, self._done, self._trail(n, step + 1), window("now", self._boxes[n]))
            beats.append(beat(*marks, [written_line], seconds=SLOW.end, travel=4 * TICK))
        return beats

    def on(self, n: int) -> list[Beat]:
        """Return all further steps of a rule, quickly."""
        count = len(self._ways[n].directions)
        beats = [
            beat(self._ground, self._done, self._trail(n, step), window("now", self._boxes[n]), seconds=TICK)
            for step in range(min(SLOWLY, count), count + 1)
        ]
        self._done += self._trail(n, count)
        return [*beats[:-1], beats[-1]._replace(seconds=FAST.end)]

    def whole(self) -> tuple[Mark, ...]:
        """Return all ways, and the loss at which each ended."""
        return (*self._ground, *self._done)

    def _still(self) -> list[Mark]:
        surface = self._surface
        marks: list[Mark] = []
        low, high = float(np.nanmin(surface.loss)), float(np.nanmax(surface.loss))
        shares = (surface.loss[::-1] - low) / ((high - low) or 1.0)
        levels = np.round(np.nan_to_num(np.sqrt(shares)) * FULL).astype(np.int8)
        levels[~np.isfinite(shares)] = MISSING
        for n, (box, way) in enumerate(zip(self._boxes, self._ways, strict=True)):
            marks.append(Picture(f"loss{n}", box, len(levels), levels.shape[1], levels.tobytes(), "magnitude"))
            given = {"rule": message(f"films.descent.{way.rule}"), "rate": _rate(way)}
            words, at = message("films.descent.named", **given), (box.centre[0], box.top - 9)
            marks.append(Words(f"loss{n}.name", at, words, 14.0, "muted"))
            marks += self._axes(n, box)
        return marks

    def _axes(self, n: int, box: Box) -> list[Mark]:
        """Return the ends of both axes and their names, and where both parameters are 0."""
        marks: list[Mark] = []
        (first, second), ends = self._surface.names, (self._surface.across, self._surface.upwards)
        for name, place, anchor in (("first", 0, "start"), ("last", -1, "end")):
            x = box.left if place == 0 else box.right
            number = written(float(ends[0][place]), 1)
            marks.append(Words(f"x{n}.{name}", (x, box.bottom + 15), number, LABELLED, "muted", anchor))
            if n == 0:
                y = box.bottom if place == 0 else box.top + 9
                number = written(float(ends[1][place]), 1)
                marks.append(Words(f"y.{name}", (box.left - 6, y), number, LABELLED, "muted", "end"))
        marks.append(Words(f"x{n}.name", (box.centre[0], box.bottom + 15), Text(first, first), LABELLED, "muted"))
        if n == 0:
            marks.append(
                Words("y.name", (box.left - 6, box.centre[1] + 4), Text(second, second), LABELLED, "muted", "end")
            )
        if all(end[0] < 0 < end[-1] for end in ends):
            centre = self._at(n, 0.0, 0.0)
            # A map of magnitudes is dark blue to yellow in every theme: one of the two rings is seen on any of it.
            marks.append(Circle(f"zero{n}.edge", centre, 6.0, None, "black", 1.5))
            marks.append(Circle(f"zero{n}", centre, 4.5, None, "white", 1.5))
        return marks

    def _trail(self, n: int, steps: int) -> list[Mark]:
        """Return the way after some steps, with the dot at its end and the loss there."""
        way, box = self._ways[n], self._boxes[n]
        points = tuple(self._at(n, *place) for place in way.places[: steps + 1].tolist())
        marks: list[Mark] = []
        if steps:
            marks.append(Polyline(f"way{n}", points, "curve", 2.5))
        marks += Circle(f"dot{n}.edge", points[-1], 8.0, "background"), Circle(f"dot{n}", points[-1], 6.0, "window")
        line = message("films.descent.loss", step=steps, loss=written(float(way.losses[steps]), 3))
        marks.append(Words(f"way{n}.loss", (box.centre[0], box.bottom + 34), line, 14.0, "text"))
        return marks

    def _at(self, n: int, x: float, y: float) -> Point:
        """Return where two parameters are on a surface; what leaves it stays at its edge."""
        box, (across, upwards) = self._boxes[n], (self._surface.across, self._surface.upwards)
        right = (x - across[0]) / (across[-1] - across[0])
        up = (y - upwards[0]) / (upwards[-1] - upwards[0])
        keep = [float(np.clip(share, 0.03, 0.97)) for share in (right, up)]
        return box.left + keep[0] * box.width, box.bottom - keep[1] * box.height

    def _line(self, n: int, step: int) -> Text:
        """Return one step of the first parameter."""
        way, name = self._ways[n], self._surface.names[0]
        before, after = (float(way.places[place, 0]) for place in (step, step + 1))
        by = float(way.directions[step, 0])
        rate = as_written(way.rate, decimals_for([way.rate]))
        decimals, equals = enough_digits(
            after, lambda digits: digits(before) - rate * digits(by), decimals_for([before, by, after])
        )
        numbers = written(before, decimals), _rate(way), bracketed(by, decimals), written(after, decimals)
        lines = zip(*numbers, strict=True)
        return Text(
            *(f"{name} ← {name} − η·{SYMBOLS[way.rule]} = {a} − {b}·{c} {equals} {d}" for a, b, c, d in lines)
        )


def _rate(way: Way) -> Text:
    return written(way.rate, decimals_for([way.rate]))


def _check(surface: Surface, ways: Sequence[Way]) -> None:
    shape = len(surface.upwards), len(surface.across)
    if surface.loss.shape != shape or min(shape) < 2 or not np.isfinite(surface.loss).any():
        raise ConvistaError("films.descent.surface", loss=surface.loss.shape, rows=shape[0], columns=shape[1])
    if not 1 <= len(ways) <= 4:
        raise ConvistaError("films.descent.ways", count=len(ways))
    for way in ways:
        if way.rule not in SYMBOLS:
            raise ConvistaError("films.descent.rule", rule=way.rule, rules=", ".join(SYMBOLS))
        steps = len(way.directions)
        if not steps or way.places.shape != (steps + 1, 2) or way.losses.shape != (steps + 1,):
            raise ConvistaError("films.descent.way", places=way.places.shape, directions=way.directions.shape)
