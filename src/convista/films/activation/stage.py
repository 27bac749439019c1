"""The stage of an activation: the raw map above, the activated map below, at the right the curve with its dot."""

from __future__ import annotations

from enum import IntEnum
from math import isfinite
from typing import NamedTuple

import numpy as np

from convista.films.activation.activated import Activated
from convista.films.activation.curves import FAINT, Curves
from convista.films.keyframes import Position
from convista.films.stage.colour_bar import TALL, colour_bar
from convista.films.stage.equation import EQUALS, GAP, Equations, sign
from convista.films.stage.grid import telling
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark
from convista.films.stage.motion import Sources, faded
from convista.films.stage.paired import Paired
from convista.films.stage.scale import Scale
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators import Array

MAPS, APART = 372.0, 30.0
"""Widths of the room for the two maps, and of the gap after it."""
BARS = Box(STAGE.left, STAGE.bottom + 6, STAGE.left + MAPS, STAGE.bottom + 6 + TALL)
CURVES = Box(STAGE.left + MAPS + APART, STAGE.top, STAGE.right, BARS.bottom + 4)
SAME = 1 / 3
"""What is left of the largest value, at least, where both maps share a scale of colours."""
QUESTION = {"name", "equals", "worked"}
"""What of the equation is there before the answer."""


class Way(IntEnum):
    """How far a value has come."""

    SEEN = 0
    """The window is on it."""
    TAKEN = 1
    """It is on the axis of x, as a dot."""
    RAISED = 2
    """The dot is on the curve."""
    READ = 3
    """What the curve gives is at the axis of y."""
    WRITTEN = 4
    """That is in the activated map."""


class Moment(NamedTuple):
    """How far a film of an activation has come."""

    at: Position
    way: Way | None = Way.WRITTEN
    """Of the value at the position; None while nothing is looked at yet."""
    whole: bool = False
    """Nothing is looked at any more, but all that was made."""
    negatives: bool = False
    """Of that, what became of the negative values stands out."""
    close: bool = False
    """The curve is seen closely."""


class ActivationStage:
    """Maps, curves and the equation."""

    def __init__(self, activated: Activated) -> None:
        self._a = activated
        sizes = {"rows": activated.x.shape[0], "columns": activated.x.shape[1]}
        names = message("films.activation.raw", **sizes), message("films.activation.activated")
        scales = _scales(activated.x, activated.values)
        room = STAGE._replace(right=STAGE.left + MAPS)
        self._maps = Paired(room, activated.x, activated.values, names, scales)
        self._bars = _bars(*scales)
        self._curves = {close: Curves(activated, CURVES, close=close) for close in (False, True)}
        self._equations = _equations(activated)
        self._still = {
            (close, negatives): curves.still(negatives=negatives)
            for close, curves in self._curves.items()
            for negatives in (False, True)
        }

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        curves = self._still[moment.close, moment.negatives]
        return (*self._bars, *curves, *self._drawn(moment), *self._worked(moment))

    def taken(self, at: Position) -> Sources:
        """Return what the number on the axis of x comes out of: the map's cell."""
        return {"plot.x": self._maps.value("raw", at)} if isfinite(self._a.x[at]) else {}

    def written(self, at: Position) -> Sources:
        """Return what the activated map's number comes out of: the one on the axis of y."""
        return {self._maps.value("made", at): "plot.y"} if isfinite(self._a.x[at]) else {}

    def _drawn(self, moment: Moment) -> list[Mark]:
        """Return the maps; values that are not negative are dimmed while those that are stand out."""
        at, written = moment.at, moment.way == Way.WRITTEN
        seen = moment.way is not None and not moment.whole
        reached = 0 if moment.way is None else at[0] * self._a.x.shape[1] + at[1] + written
        marks = self._maps.drawn(at, reached, now=at if written and seen else None, framed=seen)
        if not moment.negatives or not self._maps.numbered:
            return marks
        others = {
            f"{key}[{row},{column}]" for key in ("raw", "made") for row, column in np.argwhere(~(self._a.x < 0))
        }
        return [faded(mark, FAINT) if mark.key.removesuffix(".value") in others else mark for mark in marks]

    def _worked(self, moment: Moment) -> list[Mark]:
        """Return the dot, as far as it has come, and the equation."""
        if moment.whole or moment.way is None or moment.way < Way.TAKEN:
            return []
        curves, x, way = self._curves[False], float(self._a.x[moment.at]), moment.way
        marks = curves.dot(x, raised=way >= Way.RAISED, read=way >= Way.READ)
        if way == Way.WRITTEN:
            marks += curves.slope_dot(x)
        return [*marks, *self._equations.drawn(moment.at, None if way == Way.WRITTEN else QUESTION)]


def _scales(x: Array, values: Array) -> tuple[Scale, Scale]:
    """Return the scales of both maps: one, unless the function makes of large values a quantity of its own."""
    raw, made = Scale.of(x), Scale.of(values)
    if made.full < SAME * raw.full:
        return raw, made
    both = Scale.of(x, values)
    return both, both


def _bars(raw: Scale, made: Scale) -> tuple[Mark, ...]:
    """Return the bar of the colours of both maps, or one for each."""
    if raw == made:
        return colour_bar("bar", BARS, raw, message("films.activation.both"))
    left, right = BARS.columns(1, 1, gap=24.0)
    names = message("films.activation.of_x"), message("films.activation.of_y")
    return (*colour_bar("bar.raw", left, raw, names[0]), *colour_bar("bar.made", right, made, names[1]))


def _equations(a: Activated) -> Equations:
    """Return for every stop f of the value, worked out, what a rival gives, and the slope there."""
    fine = decimals_for(telling(a.slope(a.x)))
    close = a.precision if a.rival is None else max(a.precision, decimals_for([a.farthest[1]]))
    texts = {}
    for at in a.stops:
        explained, slope = a.explain(at), float(a.slope(a.x[at].reshape(1))[0])
        number, steep = written(explained.terms[0].value, a.decimals), written(slope, fine)
        texts[at] = {
            "name": Text(f"f({number.es})", f"f({number.en})"),
            "equals": EQUALS,
            "worked": a.worked(at),
            "total.equals": sign(a.equals(at, close)),
            "total": written(explained.value, close),
        }
        if a.rival is not None:
            texts[at] |= {"gap": GAP, "rival": written(float(a.rival_of(a.x[at].reshape(1))[0]), close)}
        texts[at]["slope.gap"] = GAP
        texts[at]["slope"] = Text(*(f"f′({x}) = {s}" for x, s in zip(number, steep, strict=True)))
    return Equations(texts, _rivals(a))


def _rivals(a: Activated) -> dict[str, Text]:
    """Return the names of two functions that are compared, by what each is in the equation."""
    if a.rival is None:
        return {}
    pair = ("total", a.operator), ("rival", a.rival)
    return {key: message(f"films.activation.rival_{one.name}") for key, one in pair}
