"""Early stopping as a film: both curves of a training as they grow, and when it is better to stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import LAST, SLOW, Beat, Film
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.stage import text
from convista.films.stage.curve import Plot, plot
from convista.films.stage.grid import Values
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Circle, Mark, Polyline, Words
from convista.films.wording import message, written
from convista.language import Text

ROOM = Box(STAGE.left, 92, STAGE.right - 244, 446)
FACTS = Box(STAGE.right - 218, 108, STAGE.right, 446)
BEATS = 24
"""States of a step at most: of a long training some epochs at a time."""
LABEL = 14.0
DRAWN, STOP = 0.16, 0.04
"""How long a piece of the curves is drawn, and how long it then stands, in seconds."""


class Epoch(NamedTuple):
    """One epoch: its number, the loss on what is learned, and what is watched on what is kept apart."""

    number: int
    loss: float
    watched: float


class Stop(NamedTuple):
    """When training ends: the positions of the best epoch, and of the one after which it ends."""

    best: int
    last: int
    patience: int
    reached: bool
    """Whether patience ran out; else the training just came to its end."""


def early_stopping(epochs: Sequence[Epoch], stop: Stop, *, watched: Text, rising: bool = False) -> Film:
    """Show a training epoch by epoch up to where it stops, and what would have followed.

    Parameters
    ----------
    epochs
        In order, all of them, those after the stop too.
    stop
        As the training loop decides it.
    watched
        What the second curve is.
    rising
        Whether more of it is better, as of an accuracy.

    Raises
    ------
    ConvistaError
        If there are fewer than three epochs, or the stop is none of them.
    """
    if len(epochs) < 3 or not 0 <= stop.best <= stop.last < len(epochs):
        raise ConvistaError("films.early_stopping.epochs", count=len(epochs), best=stop.best, last=stop.last)
    stage = StoppingStage(epochs, stop, watched, rising)
    script = Script("early-stopping", message("films.early_stopping.title"))
    script.step(message("films.early_stopping.begin"), beat(stage.at(Moment(0)), seconds=SLOW.end))
    first = stop.best // 2
    for start, end, key in [(0, first, "both"), (first, stop.best, "best"), (stop.best, stop.last, "waiting")]:
        if end > start or key == "both":
            script.step(stage.caption(key, end), *_drawn(stage, start, end))
    if stop.last + 1 < len(epochs):
        script.step(message("films.early_stopping.later"), *_drawn_on(stage, stop.last, len(epochs) - 1))
    kept = Moment(stop.last, later=len(epochs) - 1)
    script.step(
        stage.end(),
        beat(stage.at(kept._replace(stopped=True)), seconds=SHORT, travel=TRAVEL),
        beat(stage.at(kept._replace(stopped=True, kept=True)), seconds=LAST, travel=2 * TRAVEL),
    )
    return script.film()


def _drawn(stage: StoppingStage, start: int, end: int) -> Iterator[Beat]:
    """Yield both curves, drawn on to an epoch."""
    for at in _states(start, end):
        rolling = at < end
        moment = Moment(at, rolling=rolling)
        yield beat(stage.at(moment), seconds=STOP if rolling else SLOW.end, travel=DRAWN)


def _drawn_on(stage: StoppingStage, last: int, end: int) -> Iterator[Beat]:
    """Yield what would have followed."""
    for at in _states(last, end):
        yield beat(stage.at(Moment(last, later=at)), seconds=STOP if at < end else SLOW.end, travel=DRAWN)


def _states(start: int, end: int) -> list[int]:
    count = min(BEATS, end - start + 1)
    return sorted(
        {*np.linspace(start, end, count).round().astype(int).tolist()} - ({start} if end > start else set())
    )


class Moment(NamedTuple):
    """How far a training has come, by positions of epochs."""

    at: int
    later: int = 0
    """Up to which one it is seen what would have followed."""
    stopped: bool = False
    """Whether a line stands where it stops."""
    kept: bool = False
    """Whether the dot has gone back to the best epoch, whose weights are kept."""
    rolling: bool = False
    """Whether the curves are being drawn: numbers that change all the time are left out."""


class StoppingStage:
    """The two curves over the epochs, and what is known so far at the right."""

    def __init__(self, epochs: Sequence[Epoch], stop: Stop, watched: Text, rising: bool) -> None:
        self._stop, self._watched, self._rising, self._epochs = stop, watched, rising, epochs
        self._x = np.array([epoch.number for epoch in epochs], dtype=np.float64)
        self._loss = np.array([epoch.loss for epoch in epochs], dtype=np.float64)
        self._kept: Values = np.array([epoch.watched for epoch in epochs], dtype=np.float64)
        self._plot: Plot = plot("curves", ROOM, self._x, np.concatenate([self._loss, self._kept]))

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        at, best = moment.at, self._best(moment.at)
        marks: list[Mark] = [*self._plot.axes(), self._axis()]
        if moment.later > at:
            marks += self._curve("loss.later", self._loss, at, moment.later, "muted", 2.0)
            marks += self._curve("kept.later", self._kept, at, moment.later, "muted", 2.0)
        marks += self._curve("loss", self._loss, 0, at, "text", 2.0)
        marks += self._curve("kept", self._kept, 0, at, "curve", 3.0)
        x, y = self._plot.at(self._x[best], self._kept[best])
        if np.isfinite(y):
            marks.append(Circle("best", (x, y), 10.0, None, "written", 2.0))
        if moment.stopped:
            x = self._plot.at(self._x[at], 0.0)[0]
            line = ((x, self._plot.box.top), (x, self._plot.box.bottom))
            marks.append(Polyline("stop", line, "window", 2.0, 6.0))
        here = best if moment.kept else at
        marks += self._plot.dot("now", self._x[here], self._kept[here])
        return (*marks, *self._facts(moment, best))

    def _curve(self, name: str, values: Values, start: int, end: int, colour: str, width: float) -> list[Polyline]:
        """Return a curve from one epoch to another, each piece in as many points as it will have.

        What is still to come waits at the end, so that it is drawn as the end moves on; a missing number breaks it.
        """
        pieces, marks = np.split(np.arange(len(values)), np.flatnonzero(np.diff(np.isfinite(values))) + 1), []
        for n, piece in enumerate(pieces):
            seen = [p for p in piece.tolist() if start <= p <= end]
            if not seen or not np.isfinite(values[piece]).all():
                continue
            points = [self._plot.at(float(self._x[p]), float(values[p])) for p in seen]
            waiting = sum(p >= start for p in piece.tolist()) - len(points)
            line = (*points, *[points[-1]] * max(waiting, 2 - len(points)))
            marks.append(Polyline(f"curves.{name}{n}", line, colour, width))
        return marks

    def caption(self, key: str, at: int) -> Text:
        """Return what a part of the training shows."""
        best = self._best(at)
        values = {"epoch": self._epochs[at].number, "best": self._epochs[best].number, "watched": self._watched}
        values |= {"waited": at - best, "value": written(float(self._kept[best]))}
        way = f"{key}_rising" if key == "best" and self._rising else key
        return message(f"films.early_stopping.{way}", **values)

    def end(self) -> Text:
        """Return what the film ends with."""
        best, last = self._epochs[self._stop.best], self._epochs[self._stop.last]
        values = {"best": best.number, "last": last.number, "patience": self._stop.patience}
        key = "stopped" if self._stop.reached else "came_to_its_end"
        return message(f"films.early_stopping.{key}", value=written(best.watched), **values)

    def _best(self, at: int) -> int:
        """Return the best epoch so far; after the last improvement it is the training's own."""
        if at >= self._stop.best:
            return self._stop.best
        seen = self._kept[: at + 1] if self._rising else -self._kept[: at + 1]
        return int(np.nanargmax(seen)) if np.isfinite(seen).any() else 0

    def _axis(self) -> Words:
        words = message("films.early_stopping.axis")
        return Words("axis", (self._plot.box.right, self._plot.box.top - 8), words, LABEL, "muted", "end")

    def _facts(self, moment: Moment, best: int) -> list[Mark]:
        """Return what is known by now; while curves are drawn, what they are called alone."""
        at, epoch = moment.at, self._epochs[moment.at]
        facts: list[tuple[str, Text, Text, str]] = [
            ("epoch", message("films.early_stopping.fact_epoch"), written(float(epoch.number)), "text"),
            ("loss", message("films.early_stopping.fact_loss"), written(epoch.loss, 2), "text"),
            ("watched", self._watched, written(epoch.watched, 2), "curve"),
            ("best", message("films.early_stopping.fact_best"), written(float(self._epochs[best].number)), "text"),
        ]
        if self._stop.patience:
            waited = Text(*[f"{at - best} / {self._stop.patience}"] * 2)
            facts.append(("waited", message("films.early_stopping.fact_waited"), waited, "window"))
        marks: list[Mark] = []
        for n, (key, name, value, colour) in enumerate(facts):
            y = FACTS.top + 64 * n
            size = min(text.fitting(line, FACTS.width, 16.0) for line in name)
            marks.append(Words(f"fact.{key}.name", (FACTS.left, y), name, size, "muted", "start"))
            if key in {"loss", "watched"}:
                line = (FACTS.left, y + 20), (FACTS.left + 26, y + 20)
                marks.append(Polyline(f"fact.{key}.sample", line, colour, 2.0 if key == "loss" else 3.0))
            if not moment.rolling:
                left = FACTS.left + (36 if key in {"loss", "watched"} else 0)
                marks.append(Words(f"fact.{key}", (left, y + 27), value, 20.0, colour, "start"))
        return marks
