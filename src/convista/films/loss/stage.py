"""The stage of a loss: its curve and its gradient's, the prediction as a dot with a tangent, and what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import hypot
from typing import NamedTuple

import numpy as np

from convista.films.stage import formula, text
from convista.films.stage.curve import DOT, plot
from convista.films.stage.equation import GAP, Equations
from convista.films.stage.layout import STAGE, arrow, heading
from convista.films.stage.marks import Box, Circle, Formula, Mark, Point, Polyline, Rectangle, Words
from convista.films.stage.plate import Plate
from convista.films.stage.scale import Scale
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators import Array, Operator
from convista.operators.activation import Sigmoid

FROM, TO = -3.5, 3.5
"""What the prediction, or the logit, moves between."""
SAMPLES = 281
TANGENT = 80.0
"""Half its length, in points."""
PLOT, BESIDE = Box(STAGE.left, 116, STAGE.right - 232, 420), Box(STAGE.right - 206, 136, STAGE.right, 420)
NAME, FORMULA, NAMED = 74.0, 102.0, 20.0
"""Baselines of the name of a loss and of its formula, and their size."""
SMALL, LINE = 14.0, 30.0
"""Size of letters in the legend, and its lines."""
SAMPLE, DASH = 28.0, 6.0


class Loss(NamedTuple):
    """A loss of one prediction that moves, all else held still."""

    key: str
    operator: Operator
    operands: Callable[[float], dict[str, Array]]
    """The operands for a value of the prediction, which is the first element of ``x``."""
    symbol: str
    """What moves: x, a prediction, or z, a logit."""
    target: float | None
    """Where the loss is least; None if that is ever farther to the right."""
    given: Mapping[str, Text]
    """Its numbers, by the names that texts have for them."""

    def value(self, x: float) -> float:
        """Return the loss."""
        return float(self.operator.explain((), **self.operands(x)).value)

    def slope(self, x: float) -> float:
        """Return the gradient with respect to the prediction."""
        slopes = self.operator.gradient(np.ones(()), **self.operands(x))["x"]
        return float(slopes.ravel()[0])


class Moment(NamedTuple):
    """Where the prediction is."""

    x: float
    rests: bool = True
    """It stands still, and the numbers of the place are seen."""


class LossStage:
    """One loss; ``rests`` are the places of the prediction whose numbers are shown."""

    def __init__(self, loss: Loss, rests: tuple[float, ...]) -> None:
        self._loss = loss
        x = np.linspace(FROM, TO, SAMPLES)
        values, slopes = (np.array([at(place) for place in x.tolist()]) for at in (loss.value, loss.slope))
        self._plot = plot("plot", PLOT, x, np.concatenate([values, slopes]))
        self._decimals = decimals_for(part(place) for part in (loss.value, loss.slope) for place in rests)
        self._equations = Equations({place: self._numbers(place) for place in rests})
        self._still = (
            *self._plot.axes(),
            *self._wanted(),
            *self._plot.curve("slope", x, slopes, width=2.0, dash=DASH),
            *self._plot.curve("loss", x, values),
            *self._named(),
            *self._legend(),
        )

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        line = self._equations.drawn(moment.x) if moment.rests else []
        return (*self._still, *self._dots(moment.x), *self._masks(moment.x), *line)

    def _dots(self, x: float) -> list[Mark]:
        """Return the dot, the tangent through it, and the dot of the gradient."""
        value, slope = self._loss.value(x), self._loss.slope(x)
        small = self._plot.dot("slope.dot", x, slope, "curve", 4.5)
        return [*small, self._tangent(x, value, slope), *self._plot.dot("dot", x, value)]

    def _tangent(self, x: float, value: float, slope: float) -> Polyline:
        """Return the tangent, as long as the axes leave room for."""
        here, there = self._plot.at(x, value), self._plot.at(x + 1, value + slope)
        across, down = there[0] - here[0], there[1] - here[1]
        unit, box = hypot(across, down), self._plot.box
        across, down = across / unit, down / unit
        ends: list[Point] = []
        for way in (-1, 1):
            reach = TANGENT
            if way * across:
                reach = min(reach, ((box.right if way * across > 0 else box.left) - here[0]) / (way * across))
            if way * down:
                reach = min(reach, ((box.bottom if way * down > 0 else box.top) - here[1]) / (way * down))
            ends.append((here[0] + way * across * reach, here[1] + way * down * reach))
        return Polyline("tangent", tuple(ends), "window", 2.0)

    def _wanted(self) -> list[Mark]:
        """Return where the prediction should be: a place, or an arrow to where the loss falls for ever."""
        box, y = self._plot.box, self._plot.box.top + 16
        if self._loss.target is None:
            end = box.right - 6, y
            said, at = message("films.losses.towards"), (end[0] - 66, y + 5)
            name = Words("target.name", at, said, SMALL, "text", "end")
            return [*arrow("target", (end[0] - 58, y), end, "text"), name]
        x = self._plot.at(self._loss.target, 0.0)[0]
        words = message("films.losses.target", target=written(self._loss.target))
        half = max(text.width(line, SMALL) for line in words) / 2
        middle = min(max(x, box.left + half + 4), box.right - half - 4)
        line = Polyline("target", ((x, y + 8), (x, box.bottom)), "text", 2.0, 4.0)
        return [line, Words("target.name", (middle, y), words, SMALL, "text")]

    def _named(self) -> list[Mark]:
        """Return the name of the loss and its formula."""
        name = message(f"films.losses.name_{self._loss.key}")
        tex = message(f"films.losses.tex_{self._loss.key}", **self._loss.given)
        size = min(NAMED, *((PLOT.width - 40) / formula.width(line) for line in tex))
        return [
            Words("loss.name", (STAGE.left, NAME), name, NAMED, "text", "start"),
            Formula("formula", (STAGE.left, FORMULA), tex, size, "curve", "start"),
        ]

    def _legend(self) -> list[Mark]:
        """Return what each line is, at the right, and what moves along the axis."""
        marks: list[Mark] = []
        left, symbol = BESIDE.left, self._loss.symbol
        rows = (("loss", "curve", 3.0, 0.0), ("slope", "curve", 2.0, DASH), ("tangent", "window", 2.0, 0.0))
        for row, (key, colour, width, dash) in enumerate(rows):
            y = BESIDE.top + LINE * row
            line = (left, y), (left + SAMPLE, y)
            marks.append(Polyline(f"legend.{key}", line, colour, width, dash))
            words = message(f"films.losses.legend_{key}", symbol=symbol)
            marks.append(Words(f"legend.{key}.name", (left + SAMPLE + 10, y + 5), words, SMALL, "text", "start"))
        y = BESIDE.top + LINE * len(rows)
        words, dot = (
            message(f"films.losses.axis_{symbol}"),
            Circle("legend.dot", (left + SAMPLE / 2, y), DOT, "window"),
        )
        return [*marks, dot, Words("legend.axis", (left + SAMPLE + 10, y + 5), words, SMALL, "window", "start")]

    def _masks(self, x: float) -> list[Mark]:
        """Return the predicted and the true region of a loss of regions, the pixel that moves in a window."""
        operands = self._loss.operands(x)
        if operands["x"].ndim < 3:
            return []
        places = operands["x"].reshape(2, -1)
        predicted = Sigmoid().value(places)
        scale, marks = Scale(0.0, 1.0), list[Mark]()
        rooms = BESIDE._replace(top=BESIDE.bottom - 126).columns(1, 1, gap=22.0)
        for key, room, values in zip(
            ("p", "g"), rooms, (predicted, operands["target"].reshape(2, -1)), strict=True
        ):
            plate = Plate(f"mask.{key}", room.inset(top=28), values, scale=scale, decimals=2 if key == "p" else 0)
            name = message(f"films.losses.mask_{key}")
            marks += [*plate.drawn(), heading(f"mask.{key}.name", plate.box, name, room.width + 16)]
            if key == "p":
                marks.append(Rectangle("mask.now", plate.span(0, 0).grown(1), None, "window", 3.0))
        return marks

    def _numbers(self, x: float) -> dict[str, Text]:
        """Return the place of the prediction, the loss and the gradient there."""
        symbol, place = self._loss.symbol, written(x, 2)
        value, slope = (written(part(x), self._decimals) for part in (self._loss.value, self._loss.slope))
        return {
            "x": Text(*(f"{symbol} = {line}" for line in place)),
            "gap": GAP,
            "loss": Text(*(f"L = {line}" for line in value)),
            "slope.gap": GAP,
            "slope": Text(*(f"∂L/∂{symbol} = {line}" for line in slope)),
        }
