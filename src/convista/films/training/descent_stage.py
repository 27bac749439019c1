"""The stage of a descent: the surface seen from above at the left, what is measured over the steps at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from convista.films.stage import text
from convista.films.stage.curve import LEFT, Plot, plot
from convista.films.stage.equation import Equation, Slot
from convista.films.stage.layout import STAGE, arrow
from convista.films.stage.marks import (
    FULL,
    MISSING,
    Box,
    Circle,
    Colour,
    Mark,
    Picture,
    Point,
    Polyline,
    Rectangle,
    Tone,
    Words,
)
from convista.films.stage.motion import faded
from convista.films.stage.pieces import composed
from convista.films.wording import as_written, bracketed, decimals_for, enough_digits, message, widest, written
from convista.language import Text
from convista.operators import Array

MAP = Box(STAGE.left + 38, 84, STAGE.left + 38 + 308, 392)
BAR = Box(MAP.right + 16, MAP.top, MAP.right + 30, MAP.bottom)
"""The strip that says which loss has which colour."""
BESIDE = STAGE._replace(left=BAR.right + 74, top=158, bottom=416)
"""The curves."""
DEFINITION, NAMED = 102.0, 127.0
"""Baselines of the rule's formula and of the line that names its symbols, above the curves."""
LABEL, TYPESET = 14.0, 24.0
LINE = 22.0
"""From one line of the legend to the next."""
ARROW = 52.0
"""Length of the longest arrow at the ball, in points: it shows a direction, and of two how much each counts."""
DIMMED = 0.3
PATHS: tuple[Colour, ...] = ("curve", Tone("hue 150"), Tone("hue 25"), Tone("hue 265"))
"""Of the ways, by their order."""


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
    decay: float = 0.0
    """λ: how much of the parameters themselves is in each direction."""


class Measure(NamedTuple):
    """What is drawn over the steps: ``"loss"``, or ``"length"``, that of the vector of both parameters."""

    key: str
    values: tuple[Array, ...]
    """Of each way, (steps + 1,)."""


class Moment(NamedTuple):
    """How far each way has come."""

    steps: tuple[int | None, ...]
    """None has not begun."""
    now: int | None = None
    """The way that is looked at; the others are dimmed."""
    line: int | None = None
    """Which of its steps is worked out."""
    rolling: bool = False
    """Whether balls are on their way: numbers that change all the time are left out."""


SYMBOLS = {"sgd": "g", "momentum": "v", "adam": "m′/√s′", "decay": "(g + λ·w)"}
"""What each rule multiplies the rate by."""
SGD, MOVES = ("g", "backward"), (r"w \leftarrow w - \eta\,", "text")
FORMULAS: dict[str, tuple[tuple[str, str], ...]] = {
    "sgd": (MOVES, SGD),
    "momentum": (
        ("v", "window"),
        (r"\leftarrow \mu\,v +", "text"),
        SGD,
        (r",\quad w \leftarrow w - \eta\,", "text"),
        ("v", "window"),
    ),
    "adam": (MOVES, (r"m'\,/\,\sqrt{s'}", "window")),
    "decay": ((r"w \leftarrow w - \eta\,(", "text"), SGD, ("+", "text"), (r"\lambda\,w", "window"), (")", "text")),
}
"""Each rule in pieces, in the colours that they have on the map."""


class DescentStage:
    """The surface with a ball for each way, and a curve for each."""

    def __init__(self, surface: Surface, ways: Sequence[Way], measure: Measure) -> None:
        self._surface, self._ways, self._measure = surface, ways, measure
        self.counts = [len(way.directions) for way in ways]
        """How many steps each way has."""
        known = [values[np.isfinite(values)] for values in measure.values]
        steps = np.arange(max(self.counts) + 1, dtype=np.float64)
        self._plot: Plot = plot("measure", BESIDE, steps, np.concatenate(known))
        self._ground = [*self._map(), *self._axes(), *self._bar(), *self._plot.axes(), self._named_axis()]

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        marks, front = [*self._ground], list[Mark]()
        for n, step in enumerate(moment.steps):
            if step is not None and n == moment.now:
                front = self._looked_at(n, step, moment)
            elif step is not None:
                drawn = [*self._drawn(n, step), *self._value(n, step, moment)]
                marks += drawn if moment.now is None else [faded(mark, DIMMED) for mark in drawn]
        return (*marks, *front)

    def _drawn(self, n: int, step: int, arrows: Sequence[Mark] = ()) -> list[Mark]:
        """Return a way so far, on the map and beside it."""
        return [*self._trail(n, step), *arrows, *self._ball(n, step), *self._curve(n, step), *self._name(n)]

    def _looked_at(self, n: int, step: int, moment: Moment) -> list[Mark]:
        """Return a way with its rule and, of a step that is worked out, its slope and its arithmetic."""
        rest = [*self._rule(self._ways[n].rule), *self._value(n, step, moment)]
        if moment.line is None:
            return [*self._drawn(n, step), *rest]
        return [*self._drawn(n, step, self._slope(n, step)), *rest, self._worked(n, moment.line)]

    def _map(self) -> list[Mark]:
        rows, columns = self._surface.loss.shape
        return [
            Picture("loss", MAP, rows, columns, self._levels(self._surface.loss[::-1]), "magnitude"),
            Rectangle("loss.frame", MAP.grown(1), None, "line"),
        ]

    def _levels(self, loss: Array) -> bytes:
        """Return the colours of losses; the roots of their distances from the least, so that valleys are seen."""
        low, high = self._ends()
        shares = np.clip((loss - low) / ((high - low) or 1.0), 0, 1)
        levels = np.round(np.nan_to_num(np.sqrt(shares)) * FULL).astype(np.int8)
        levels[~np.isfinite(shares)] = MISSING
        return levels.tobytes()

    def _ends(self) -> tuple[float, float]:
        return float(np.nanmin(self._surface.loss)), float(np.nanmax(self._surface.loss))

    def _bar(self) -> list[Mark]:
        low, high = self._ends()
        decimals = decimals_for((low, high))
        strip = np.linspace(high, low, 64)[:, None]
        x, half = BAR.right + 7, text.CAP / 2 * LABEL
        return [
            Picture("bar", BAR, 64, 1, self._levels(strip), "magnitude"),
            Words("bar.high", (x, BAR.top + 2 * half), written(high, decimals), LABEL, "muted", "start"),
            Words("bar.name", (x, BAR.centre[1] + half), message("films.descent.bar"), LABEL, "muted", "start"),
            Words("bar.low", (x, BAR.bottom), written(low, decimals), LABEL, "muted", "start"),
        ]

    def _axes(self) -> list[Mark]:
        """Return the ends of both axes and their names, and where both parameters are 0."""
        (first, second), ends = self._surface.names, (self._surface.across, self._surface.upwards)
        below, beside = MAP.bottom + 17, MAP.left - 6
        numbers = [[written(float(axis[place]), 1) for place in (0, -1)] for axis in ends]
        marks: list[Mark] = [
            Words("x.first", (MAP.left, below), numbers[0][0], LABEL, "muted", "start"),
            Words("x.name", (MAP.centre[0], below), Text(first, first), LABEL, "muted"),
            Words("x.last", (MAP.right, below), numbers[0][1], LABEL, "muted", "end"),
            Words("y.first", (beside, MAP.bottom), numbers[1][0], LABEL, "muted", "end"),
            Words("y.name", (beside, MAP.centre[1] + 5), Text(second, second), LABEL, "muted", "end"),
            Words("y.last", (beside, MAP.top + 11), numbers[1][1], LABEL, "muted", "end"),
        ]
        if all(end[0] < 0 < end[-1] for end in ends):
            centre = self._on_map(0.0, 0.0)
            # A map of magnitudes is dark blue to yellow in every theme: one of the two rings is seen on any of it.
            marks.append(Circle("zero.edge", centre, 6.0, None, "black", 1.5))
            marks.append(Circle("zero", centre, 4.5, None, "white", 1.5))
        return marks

    def _named_axis(self) -> Mark:
        at = self._plot.box.left - LEFT, self._plot.box.top - 12
        return Words(
            "measure.axis", at, message(f"films.descent.axis_{self._measure.key}"), LABEL, "muted", "start"
        )

    def _trail(self, n: int, step: int) -> list[Mark]:
        """Return the way so far, on a dark edge; what is still to come waits at its end, to be drawn as it goes."""
        places = self._ways[n].places
        points = tuple(self._on_map(*place) for place in places[: step + 1].tolist())
        line = (*points, *[points[-1]] * (len(places) - len(points)))
        return [Polyline(f"way{n}.edge", line, "black", 5.0), Polyline(f"way{n}", line, PATHS[n], 2.5)]

    def _ball(self, n: int, step: int) -> list[Mark]:
        at = self._on_map(*self._ways[n].places[step].tolist())
        return [Circle(f"dot{n}.edge", at, 8.5, "black"), Circle(f"dot{n}", at, 7.0, "window", PATHS[n], 2.5)]

    def _curve(self, n: int, step: int) -> list[Mark]:
        """Return the curve so far, in as many points as it will have."""
        low, high = self._plot.upwards
        values = np.clip(np.nan_to_num(self._measure.values[n], nan=high, posinf=high), low, high).tolist()
        points = tuple(self._plot.at(place, value) for place, value in enumerate(values[: step + 1]))
        line = (*points, *[points[-1]] * (len(values) - len(points)))
        return [
            Polyline(f"curve{n}", line, PATHS[n], 2.5),
            Circle(f"now{n}", points[-1], 5.0, "window", PATHS[n], 2.0),
        ]

    def _name(self, n: int) -> list[Mark]:
        """Return the legend's line of a way, at the right above the curves, which fall."""
        y, names = self._line(n), [self._called(way) for way in self._ways]
        number = text.width(self._written(n, 0).en, LABEL)
        left = self._plot.box.right - number - 20 - widest(names) * LABEL
        return [
            Polyline(f"way{n}.sample", ((left - 30, y - 5), (left - 8, y - 5)), PATHS[n], 3.0),
            Words(f"way{n}.name", (left, y), names[n], LABEL, "text", "start"),
        ]

    def _value(self, n: int, step: int, moment: Moment) -> list[Mark]:
        """Return what is measured of a way now."""
        if moment.rolling and moment.now in (None, n):
            return []
        at = self._plot.box.right, self._line(n)
        return [Words(f"way{n}.{self._measure.key}", at, self._written(n, step), LABEL, "text", "end")]

    def _line(self, n: int) -> float:
        return self._plot.box.top + 16 + LINE * n

    def _written(self, n: int, step: int) -> Text:
        value = written(float(self._measure.values[n][step]), 3)
        return message(f"films.descent.{self._measure.key}", value=value)

    @staticmethod
    def _called(way: Way) -> Text:
        rule = message(f"films.descent.{way.rule}")
        return message("films.descent.named", rule=rule, rate=_rate(way))

    def _rule(self, rule: str) -> list[Mark]:
        """Return the formula of a rule, its pieces in the colours of the map, and what they are called."""
        typeset = composed("rule", FORMULAS[rule], (BESIDE.left, DEFINITION), TYPESET)
        named = message(f"films.descent.symbols_{rule}")
        size = min(text.fitting(line, BESIDE.width, 15.0, LABEL) for line in named)
        return [*typeset, Words("rule.symbols", (BESIDE.left, NAMED), named, size, "muted", "start")]

    def _slope(self, n: int, step: int) -> list[Mark]:
        """Return arrows at the ball: where it is pulled to, each piece in the colour that it has in the formula."""
        way = self._ways[n]
        if step == len(way.directions):
            return []
        place, whole = way.places[step], way.directions[step]
        pull = way.decay * place
        pieces = {"step": (whole - pull, "window" if way.rule in {"momentum", "adam"} else "backward")}
        if way.decay:
            pieces["pull"] = (pull, "window")
        longest = max(float(np.hypot(*piece)) for piece, _ in pieces.values()) or 1.0
        (x, y), marks = self._on_map(*place.tolist()), list[Mark]()
        for name, (piece, colour) in pieces.items():
            across, up = (-ARROW * piece / longest).tolist()
            end = x + across, y - up
            shaft, head = arrow(name, (x, y), end, colour, 3.0)
            edge = shaft._replace(key=f"{name}.edge", colour="black", width=5.0)
            marks += [edge, shaft, head._replace(stroke="black")]
        return marks

    def _worked(self, n: int, step: int) -> Words:
        """Return one step of the first parameter, worked out."""
        way, name = self._ways[n], self._surface.names[0]
        before, after = (float(way.places[place, 0]) for place in (step, step + 1))
        by = float(way.directions[step, 0])
        rate = as_written(way.rate, decimals_for([way.rate]))
        decimals, equals = enough_digits(
            after, lambda digits: digits(before) - rate * digits(by), decimals_for([before, by, after])
        )
        numbers = written(before, decimals), _rate(way), bracketed(by, decimals), written(after, decimals)
        line = Text(
            *(
                f"{name} ← {name} − η·{SYMBOLS[way.rule]} = {a} − {b}·{c} {equals} {d}"
                for a, b, c, d in zip(*numbers, strict=True)
            )
        )
        return Equation([Slot("line", [line])]).write("line", line)

    def _on_map(self, x: float, y: float) -> Point:
        """Return where two parameters are on the map; what leaves it stays at its edge."""
        across, upwards = self._surface.across, self._surface.upwards
        right = (x - across[0]) / (across[-1] - across[0])
        up = (y - upwards[0]) / (upwards[-1] - upwards[0])
        right, up = (float(np.clip(share, 0.03, 0.97)) for share in (right, up))
        return MAP.left + right * MAP.width, MAP.bottom - up * MAP.height


def _rate(way: Way) -> Text:
    return written(way.rate, decimals_for([way.rate]))
