"""A film of an activation: each value goes over the curve into the activated map; what becomes of the negatives."""

from __future__ import annotations

import numpy as np

from convista.films.activation import narration
from convista.films.activation.activated import Activated
from convista.films.activation.stage import ActivationStage, Moment, Way
from convista.films.film import SLOW, Beat, Film
from convista.films.keyframes import Position, slowly
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.wording import decimals_for, message, written
from convista.language import Text

FLAT = 0.05
"""A slope below which a curve is called flat."""
CLOSER = 1.2
"""How long the curve takes to come closer, in seconds."""


def activation_film(activated: Activated, title: Text, name: str) -> Film:
    """Show a function at work on a map, value by value."""
    a, stage, script = activated, ActivationStage(activated), Script(name, title)
    first, last, count = a.stops[0], a.stops[-1], len(a.stops)
    asked = message("films.activation.question", name=a.name())
    script.step(asked, beat(stage.at(Moment(first, None))), narration=narration.question(a))
    for n, at in enumerate(a.stops):
        making = _slowly(stage, at) if slowly(n, count) else _quickly(stage, at)
        caption = _caption(a, n, count - 1)
        script.step(caption, *making, narration=narration.of_value(a, n, caption))
    if (a.x < 0).any():
        marked = stage.at(Moment(last, whole=True, negatives=True))
        told = beat(marked, seconds=SLOW.end, travel=TRAVEL)
        script.step(_negatives(a), told, narration=narration.negatives(a, _negatives(a)))
    end = stage.at(Moment(last, whole=True, close=True))
    script.step(_ending(a), beat(end, seconds=SLOW.end, travel=CLOSER))
    return script.film()


def _slowly(stage: ActivationStage, at: Position) -> tuple[Beat, ...]:
    """Return a value part by part: the window, the axis, the curve, the other axis, the activated map."""
    return (
        beat(stage.at(Moment(at, Way.SEEN)), seconds=SHORT, travel=TRAVEL),
        beat(stage.at(Moment(at, Way.TAKEN)), seconds=SHORT, travel=TRAVEL, born_from=stage.taken(at)),
        beat(stage.at(Moment(at, Way.RAISED)), seconds=SHORT, travel=TRAVEL),
        beat(stage.at(Moment(at, Way.READ)), seconds=SHORT, travel=TRAVEL),
        beat(stage.at(Moment(at)), seconds=SLOW.end, travel=TRAVEL, born_from=stage.written(at)),
    )


def _quickly(stage: ActivationStage, at: Position) -> tuple[Beat, ...]:
    """Return a value in three moves: to the axis, over the curve, into the activated map."""
    return (
        beat(stage.at(Moment(at, Way.TAKEN)), seconds=QUICK, travel=3 * QUICK, born_from=stage.taken(at)),
        beat(stage.at(Moment(at, Way.READ)), seconds=QUICK, travel=3 * QUICK),
        beat(stage.at(Moment(at)), seconds=QUICK, travel=3 * QUICK, born_from=stage.written(at)),
    )


def _caption(a: Activated, n: int, last: int) -> Text:
    """Return what the function is, then what happens to values."""
    if n == 0:
        begin = message(f"films.activation.begin_{a.operator.name}")
        if last + 1 == a.x.size:
            return begin
        return message("films.activation.stops", begin=begin, shown=last + 1, count=a.x.size)
    if slowly(n, last + 1) or np.isnan(a.x[a.stops[n]]):
        return _happens(a, a.stops[n])
    return message("films.activation.onwards")


def _happens(a: Activated, at: Position) -> Text:
    """Say what happens to one value and to the gradient that comes back through it."""
    explained, slope = a.explain(at), float(a.slope(a.x[at].reshape(1))[0])
    x, y = explained.terms[0].value, explained.value
    if np.isnan(x):
        return message("films.activation.missing")
    told_x, told_y = written(x, a.decimals), written(y, a.precision)
    if y == x and slope == 1:
        return message("films.activation.passes", x=told_x)
    if y == 0 and slope == 0:
        return message("films.activation.stopped", x=told_x)
    kind = "flat" if abs(slope) < FLAT else "bent"
    return message(f"films.activation.{kind}", x=told_x, y=told_y, slope=written(slope, decimals_for([slope])))


def _negatives(a: Activated) -> Text:
    """Say what became of the values below 0."""
    before, after = a.x[a.x < 0], a.values[a.x < 0]
    numbers = {"count": before.size, "low": written(float(before.min()), a.decimals)}
    numbers["high"] = written(float(before.max()), a.decimals)
    if not after.any():
        return message("films.activation.negatives_zero", **numbers)
    lowest, highest = (written(float(end), a.precision) for end in (after.min(), after.max()))
    return message("films.activation.negatives", lowest=lowest, highest=highest, **numbers)


def _ending(a: Activated) -> Text:
    """Say what the function is like, with numbers of its curve and of the map."""
    if a.rival is not None:
        x, difference = a.farthest
        shown = written(abs(difference), decimals_for([difference]))
        return message("films.activation.end_gelu", difference=shown, x=written(x, 2))
    special = {"relu", "leaky_relu", "sigmoid", "tanh", "elu", "silu"}
    zeros = int((a.values == 0).sum())
    if a.operator.name == "relu" and not zeros:
        return message("films.activation.end_all_pass", count=a.x.size)
    numbers = {
        "count": a.x.size,
        "zeros": zeros,
        "steepest": written(float(a.slope(a.samples).max())),
        "lowest": written(float(a.of(a.samples).min())),
        **a.parameter,
    }
    return message(f"films.activation.end{f'_{a.operator.name}' if a.operator.name in special else ''}", **numbers)
