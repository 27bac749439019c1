"""Losses as a film: the curve of each, the prediction that moves on it, and the gradient as its tangent."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot
from typing import NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import SLOW, TICK, Beat, Film
from convista.films.registry import film
from convista.films.script import Script, beat
from convista.films.stage.curve import Plot, plot
from convista.films.stage.equation import Equation, Slot
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark, Polyline, Words
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators import Array, Operator
from convista.operators.loss import CrossEntropy
from convista.operators.loss_binary import BinaryCrossEntropyLogits
from convista.operators.loss_dice import BinaryDice
from convista.operators.loss_focal import BinaryFocal
from convista.operators.loss_regression import Huber, Mae, Mse

FROM, TO = -3.5, 3.5
"""What the prediction, or the logit, moves between."""
MOMENTS, SAMPLES = 29, 281
"""How many places the dot is seen at, and how many samples a curve has."""
ROOM = Box(STAGE.left, STAGE.top, STAGE.right - 190, STAGE.bottom)
TANGENT = 80.0
"""Half its length, in points."""


class Loss(NamedTuple):
    """A loss of one prediction that moves, all else held still."""

    key: str
    operator: Operator
    operands: Callable[[float], dict[str, Array]]
    """The operands for a value of the prediction, which is the first element of ``x``."""
    formula: str

    def value(self, x: float) -> float:
        """Return the loss."""
        operands = self.operands(x)
        return float(self.operator.explain((), **operands).value)

    def slope(self, x: float) -> float:
        """Return the gradient with respect to the prediction."""
        operands = self.operands(x)
        slopes = self.operator.gradient(np.ones(()), **operands)["x"]
        return float(slopes.ravel()[0])


@film("losses")
def losses_film(
    *,
    target: float = 1.0,
    delta: float = 1.0,
    gamma: float = 2.0,
    others: tuple[float, ...] = (0.5, -0.5),
    name: str = "losses",
) -> Film:
    """Show seven losses, each with its gradient, while a prediction moves.

    Parameters
    ----------
    target
        What the losses of regression want, −3.5 … 3.5.
    delta
        δ, where Huber's loss goes from a parabola to a line; more than 0.
    gamma
        γ of the focal loss; 0 or more.
    others
        Logits of the other classes of the cross-entropy of several classes.

    Raises
    ------
    ConvistaError
        If a number is out of its range, or there is no other class.
    """
    if not FROM <= target <= TO or not delta > 0 or not gamma >= 0 or not others or not np.isfinite(others).all():
        raise ConvistaError("films.losses.data", target=target, delta=delta, gamma=gamma, others=others)
    script = Script(name, message("films.losses.title"))
    for loss in _losses(target, delta, gamma, others):
        given = {"target": written(target), "delta": written(delta), "gamma": written(gamma)}
        script.step(message(f"films.losses.{loss.key}", **given), *_Stage(loss).moving())
    return script.film()


def _losses(target: float, delta: float, gamma: float, others: tuple[float, ...]) -> list[Loss]:
    def wanted(x: float) -> dict[str, Array]:
        return {"x": np.array([x]), "target": np.array([target])}

    def true(x: float) -> dict[str, Array]:
        return {"x": np.array([x]), "target": np.array([1.0])}

    def classes(x: float) -> dict[str, Array]:
        return {"x": np.array([[x, *others]]), "target": np.array([0])}

    def region(x: float) -> dict[str, Array]:
        return {"x": np.array([[[x, 2.0, -1.0, -2.0]]]), "target": np.array([[[1.0, 1.0, 0.0, 0.0]]])}

    return [
        Loss("mse", Mse(), wanted, "(x − t)²"),
        Loss("mae", Mae(), wanted, "|x − t|"),
        Loss("huber", Huber(delta=delta), wanted, "huber(x − t, δ)"),
        Loss("binary", BinaryCrossEntropyLogits(), true, "−log σ(z)"),
        Loss("classes", CrossEntropy(), classes, "−log p, p = softmax(z)"),
        Loss("focal", BinaryFocal(gamma=gamma), true, "−(1 − p)ᵞ·log p"),
        Loss("dice", BinaryDice(), region, "1 − (2·Σ p·g + 1) / (Σ p² + Σ g² + 1)"),
    ]


class _Stage:
    """The curve of one loss and that of its gradient, and the dot on it."""

    def __init__(self, loss: Loss) -> None:
        self._loss = loss
        x = np.linspace(FROM, TO, SAMPLES)
        values, slopes = (np.array([at(place) for place in x.tolist()]) for at in (loss.value, loss.slope))
        self._plot: Plot = plot("plot", ROOM, x, np.concatenate([values, slopes]))
        self._ground: list[Mark] = [
            *self._plot.axes(),
            *self._plot.curve("slope", x, slopes, width=1.5),
            *self._plot.curve("loss", x, values),
            *self._legend(),
        ]
        self._moments = np.linspace(FROM, TO, MOMENTS).tolist()
        self._numbers = {place: (loss.value(place), loss.slope(place)) for place in self._moments}
        self._decimals = decimals_for(number for pair in self._numbers.values() for number in pair)
        self._equation = Equation(
            [Slot(key, [self._text(key, place) for place in self._moments]) for key in ("loss", "slope")]
        )

    def moving(self) -> list[Beat]:
        """Return the prediction on its way; it rests at the start, in the middle and at the end."""
        rests = {self._moments[n] for n in (0, MOMENTS // 2, MOMENTS - 1)}
        return [
            beat(self._ground, self._dot(place), self._line(place), seconds=SLOW.end if place in rests else TICK)
            for place in self._moments
        ]

    def _dot(self, x: float) -> list[Mark]:
        """Return the dot, the tangent through it, and the dot of the gradient."""
        value, slope = self._numbers[x]
        return [
            *self._plot.dot("slope dot", x, slope, "curve", 4.0),
            self._tangent(x, value, slope),
            *self._plot.dot("dot", x, value),
        ]

    def _tangent(self, x: float, value: float, slope: float) -> Polyline:
        """Return the tangent, as long as the axes leave room for."""
        here, there = self._plot.at(x, value), self._plot.at(x + 1, value + slope)
        across, down = there[0] - here[0], there[1] - here[1]
        unit, box = hypot(across, down), self._plot.box
        across, down = across / unit, down / unit
        ends = []
        for way in (-1, 1):
            reach = TANGENT
            if way * across:
                reach = min(reach, ((box.right if way * across > 0 else box.left) - here[0]) / (way * across))
            if way * down:
                reach = min(reach, ((box.bottom if way * down > 0 else box.top) - here[1]) / (way * down))
            ends.append((here[0] + way * across * reach, here[1] + way * down * reach))
        return Polyline("tangent", tuple(ends), "window", 2.0)

    def _legend(self) -> list[Mark]:
        """Return what each line is, at the right."""
        marks: list[Mark] = []
        left, symbol = ROOM.right + 26, self._symbol
        rows = (("loss", "curve", 3.0), ("slope", "curve", 1.5), ("tangent", "window", 2.0))
        for row, (key, colour, width) in enumerate(rows):
            y = STAGE.top + 24 + 34 * row
            marks.append(Polyline(f"legend.{key}", ((left, y), (left + 28, y)), colour, width))
            words = message(f"films.losses.legend_{key}", symbol=symbol)
            marks.append(Words(f"legend.{key}.name", (left + 38, y + 5), words, 14.0, "text", "start"))
        at = left, STAGE.top + 24 + 34 * len(rows) + 8
        marks.append(Words("legend.axis", at, message(f"films.losses.axis_{symbol}"), 13.0, "muted", "start"))
        return marks

    @property
    def _symbol(self) -> str:
        return "x" if self._loss.key in {"mse", "mae", "huber"} else "z"

    def _line(self, x: float) -> list[Mark]:
        write = self._equation.write
        return [write("loss", self._text("loss", x)), write("slope", self._text("slope", x))]

    def _text(self, key: str, x: float) -> Text:
        value, slope = (written(number, self._decimals) for number in self._numbers[x])
        place, symbol = written(x, 2), self._symbol
        if key == "loss":
            lines = zip(place, value, strict=True)
            return Text(*(f"{symbol} = {a}     L = {self._loss.formula} = {b}" for a, b in lines))
        return Text(*(f"     ∂L/∂{symbol} = {line}" for line in slope))
