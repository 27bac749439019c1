"""Gradient descent as a film: a ball for each update rule rolls down one surface of a loss, seen from above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import SLOW, Beat, Film
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.training.descent_stage import SYMBOLS, DescentStage, Measure, Moment, Surface, Way
from convista.films.wording import message, titled, written
from convista.language import Text

SLOWLY = 3
"""How many moves of a rule are seen one by one, with their arithmetic."""
ROLL, STOP = 0.08, 0.04
"""How long each of the further moves takes, and how long the ball is where it leads, in seconds."""


def descent_film(
    surface: Surface,
    ways: Sequence[Way],
    *,
    title: str | Text | None = None,
    end: Text | None = None,
    measure: Measure | None = None,
    name: str = "descent",
) -> Film:
    """Show ways down a surface, one after the other and then all together.

    Parameters
    ----------
    surface
        What is descended.
    ways
        One to four.
    end
        What the last caption says, instead of where each way ended.
    measure
        What is drawn over the steps beside the surface; None for the loss.

    Raises
    ------
    ConvistaError
        If there are no ways or too many, a rule is unknown, or the arrays do not belong together.
    """
    _check(surface, ways)
    drawn = Measure("loss", tuple(way.losses for way in ways)) if measure is None else measure
    script, stage = Script(name, titled(title, "films.descent.title")), DescentStage(surface, ways, drawn)
    before = Moment((None,) * len(ways))
    script.step(message("films.descent.begin"), beat(stage.at(before), seconds=SLOW.end))
    for n, way in enumerate(ways):
        start = before._replace(steps=_changed(before.steps, n, 0), now=n)
        first = message(f"films.descent.begin_{way.rule}", first=surface.names[0])
        script.step(first, *_slowly(stage, start, len(way.directions)), narration=_told(way))
        script.step(_goes_on(way), *_onwards(stage, start, (n,)))
        before = start._replace(steps=_changed(start.steps, n, len(way.directions)), now=None)
    if len(ways) > 1:
        again, cleared = Moment((0,) * len(ways)), Moment((None,) * len(ways))
        waiting = beat(stage.at(cleared), seconds=SLOW.row), beat(stage.at(again), seconds=SLOW.row)
        script.step(message("films.descent.together"), *waiting, *_onwards(stage, again, range(len(ways))))
    last = Moment(tuple(len(way.directions) for way in ways))
    script.step(_where_it_ends(ways) if end is None else end, beat(stage.at(last), seconds=SLOW.end))
    return script.film()


def _slowly(stage: DescentStage, start: Moment, steps: int) -> Iterator[Beat]:
    """Yield the first moves of a rule: the slope, the arithmetic, the move."""
    way = start.now or 0
    yield beat(stage.at(start), seconds=SLOW.row)
    for step in range(min(SLOWLY, steps)):
        here = start._replace(steps=_changed(start.steps, way, step), line=step)
        yield beat(stage.at(here), seconds=SLOW.end)
        there = here._replace(steps=_changed(start.steps, way, step + 1))
        yield beat(stage.at(there), seconds=SHORT, travel=TRAVEL)


def _onwards(stage: DescentStage, start: Moment, ways: Sequence[int]) -> Iterator[Beat]:
    """Yield all further moves of some ways, all at the same time."""
    counts = stage.counts
    begin = 1 if len(ways) > 1 else min(SLOWLY, counts[ways[0]])
    most = max(counts[way] for way in ways)
    for step in range(begin, most + 1):
        steps = tuple(min(step, counts[way]) if way in ways else gone for way, gone in enumerate(start.steps))
        rolling = step < most
        moment = start._replace(steps=steps, rolling=rolling)
        yield beat(stage.at(moment), seconds=STOP if rolling else SLOW.end, travel=ROLL)


def _changed(steps: tuple[int | None, ...], way: int, to: int) -> tuple[int | None, ...]:
    return (*steps[:way], to, *steps[way + 1 :])


def _told(way: Way) -> Text:
    return message(f"films.descent.told_{way.rule}")


def _goes_on(way: Way) -> Text:
    start, last = (written(float(way.losses[place]), 3) for place in (0, -1))
    return message(f"films.descent.goes_on_{way.rule}", steps=len(way.directions), start=start, last=last)


def _where_it_ends(ways: Sequence[Way]) -> Text:
    best = min(ways, key=lambda way: float(way.losses[-1]))
    given = {"rule": message(f"films.descent.{best.rule}"), "last": written(float(best.losses[-1]), 3)}
    return message("films.descent.end", **given)


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
