"""The stage of an activation: the raw map above, the activated map below, at the right the curve with its dot."""

from __future__ import annotations

from math import isfinite

import numpy as np

from convista.films.activation.activated import Activated
from convista.films.film import FAST, SLOW, TICK, Beat
from convista.films.keyframes import Position
from convista.films.stage.curve import Plot, plot
from convista.films.stage.equation import EQUALS, GAP, Equations, sign
from convista.films.stage.grid import telling
from convista.films.stage.layout import HEADING_SIZE, STAGE
from convista.films.stage.marks import Box, Mark, Polyline, Words
from convista.films.stage.paired import Paired
from convista.films.stage.text import fitting
from convista.films.wording import decimals_for, message, widest, written
from convista.language import Text

MAPS = 372.0
"""Width of the room for the two maps."""
DIFFERENCE = 112.0
"""Height of the plot of a difference, with its name."""
NAMED = 26.0
"""Height of a plot's name."""
NUMBERS = 44.0
"""Width of the numbers beside two plots."""
QUESTION = {"name", "equals", "worked"}
"""What of the equation is there before the answer."""


class ActivationStage:
    """The beats of every value that the film stops at."""

    def __init__(self, activated: Activated) -> None:
        self._a = activated
        sizes = {"rows": activated.x.shape[0], "columns": activated.x.shape[1]}
        names = message("films.activation.raw", **sizes), message("films.activation.activated")
        self._maps = Paired(STAGE._replace(right=STAGE.left + MAPS), activated.x, activated.values, names)
        self._plots = _plots(activated)
        self._still = _still(activated, self._plots)
        self._equations = _equations(activated)
        self._reached = 0
        self._x = 0.0

    def beats(self, at: Position, *, first: bool, slow: bool) -> tuple[Beat, ...]:
        """Return one value: the window arrives, the dot runs along the curve, the value is written."""
        pace, x = SLOW if slow else FAST, self._a.explain(at).terms[0].value
        path = np.linspace(self._x, x, 10 if slow else 4)[1:-1].tolist() if isfinite(x) else []
        beats = [
            Beat(self._marks(at, self._x, 0), 2 * pace.end if first else pace.sum, 0.0 if first else pace.sum / 2)
        ]
        beats += [Beat(self._marks(at, on_the_way, 0), TICK) for on_the_way in path]
        beats.append(Beat(self._marks(at, x, 1), pace.sum))
        self._reached = at[0] * self._a.x.shape[1] + at[1] + 1
        beats.append(Beat(self._marks(at, x, 2), pace.end))
        self._x = x if isfinite(x) else self._x
        return tuple(beats)

    def _marks(self, at: Position, x: float, parts: int) -> tuple[Mark, ...]:
        """Return the stage with the dot at x; of the equation nothing, then the question, then the answer."""
        maps = self._maps.drawn(at, self._reached, now=at if parts == 2 else None)
        line = self._equations.drawn(at, (set(), QUESTION, None)[parts])
        return (*self._still, *maps, *self._dots(x), *line)

    def _dots(self, x: float) -> list[Mark]:
        """Return the dot on the curve with its guides, and small ones on the derivative and on a difference."""
        if not isfinite(x):
            return []
        one, (upper, *lower) = np.array([x]), self._plots
        y, slope = float(self._a.of(one)[0]), float(self._a.slope(one)[0])
        marks: list[Mark] = [*upper.guides("guide", x, y)]
        marks += [*upper.dot("slope.dot", x, slope, radius=3.5), *upper.dot("dot", x, y)]
        for plot_below in lower:
            marks += plot_below.dot("dot", x, float(self._a.apart(one)[0]), radius=3.5)
        return marks


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
            other = float(a.rival.value(a.x[at].reshape(1))[0])
            texts[at] |= {"gap": GAP, "rival": written(other, close)}
        texts[at]["slope.gap"] = GAP
        texts[at]["slope"] = Text(*(f"f′({x}) = {s}" for x, s in zip(number, steep, strict=True)))
    return Equations(texts, _rivals(a))


def _rivals(a: Activated) -> dict[str, Text]:
    """Return the names of two functions that are compared, by what each is in the equation."""
    if a.rival is None:
        return {}
    return {
        key: message(f"films.activation.rival_{one.name}")
        for key, one in (("total", a.operator), ("rival", a.rival))
    }


def _plots(a: Activated) -> list[Plot]:
    """Return the axes of the curve, and of the difference from a rival below it."""
    x = a.samples
    room = Box(STAGE.left + MAPS + 36, STAGE.top, STAGE.right, STAGE.bottom + 6)
    seen = np.concatenate([a.of(x), a.slope(x)])
    if a.rival is None:
        return [plot("plot", room, x, seen)]
    upper, lower = (
        room._replace(bottom=room.bottom - DIFFERENCE),
        room._replace(top=room.bottom - DIFFERENCE + NAMED),
    )
    return [plot("plot", upper, x, seen, beside=NUMBERS), plot("apart", lower, x, a.apart(x), beside=NUMBERS)]


def _still(a: Activated, plots: list[Plot]) -> list[Mark]:
    """Return what stays: axes, curves, and their names."""
    upper, *lower = plots
    x, curve = a.samples, message(f"films.activation.curve_{a.operator.name}")
    marks = [*upper.axes(), *upper.curve("slope", x, a.slope(x), width=1.5), *upper.curve("curve", x, a.of(x))]
    marks += _legend(upper, curve, message("films.activation.slope"))
    for below in lower:
        marks += [*below.axes(), *below.curve("curve", x, a.apart(x), width=2.0)]
        words = _apart(a)
        size = min(fitting(line, STAGE.right - below.box.left, HEADING_SIZE) for line in words)
        marks.append(Words("apart.name", (below.box.left, below.box.top - 10), words, size, "muted", "start"))
    return marks


def _legend(axes: Plot, curve: Text, slope: Text) -> list[Mark]:
    """Return the names of the curve and of its derivative, each with a piece of its line, above the axes."""
    y, left, right, line = STAGE.top - 9, axes.box.left, STAGE.right, 24.0
    thin = right - HEADING_SIZE * widest([slope]) - 8
    room = thin - line - 24 - (left + line + 8)
    size = min(fitting(words, room, HEADING_SIZE) for words in curve)
    return [
        Polyline("legend.thick", ((left, y - 5), (left + line, y - 5)), "curve", 3.0),
        Words("legend.curve", (left + line + 8, y), curve, size, "curve", "start"),
        Polyline("legend.thin", ((thin - line, y - 5), (thin, y - 5)), "curve", 1.5),
        Words("legend.slope", (right, y), slope, HEADING_SIZE, "curve", "end"),
    ]


def _apart(a: Activated) -> Text:
    """Return the name of the difference, and how large it gets."""
    x, difference = a.farthest
    names = _rivals(a)
    apart = message("films.activation.difference", name=names["total"], rival=names["rival"])
    largest = message(
        "films.activation.largest", difference=written(abs(difference), decimals_for([difference])), x=written(x, 2)
    )
    return Text(*(f"{a} · {b}" for a, b in zip(apart, largest, strict=True)))
