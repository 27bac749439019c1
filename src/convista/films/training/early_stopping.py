"""Early stopping as a film: both curves of a training as they grow, and when it is better to stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import LAST, TICK, Beat, Film, Step
from convista.films.stage import layout, text
from convista.films.stage.curve import Plot, plot
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Circle, Mark, Polyline, Words
from convista.films.wording import message, written
from convista.language import Text

ROOM = Box(STAGE.left, 84, STAGE.right - 200, 436)
FACTS = Box(STAGE.right - 170, 118, STAGE.right, 430)
BEATS = 24
"""Pictures of a step at most: of a long training some epochs at a time."""


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
    words = message("films.early_stopping.title")
    stage = _Stage(epochs, stop, watched, rising)
    first = stop.best // 2
    top, steps = layout.title(words), []
    parts = [(0, first, "both"), (first, stop.best, "best"), (stop.best, stop.last, "waiting")]
    for start, end, key in parts:
        if end <= start and key != "both":
            continue
        states = sorted({*np.linspace(start, end, min(BEATS, end - start + 1)).round().astype(int).tolist()})
        beats = [Beat((top, *stage.marks(at)), 2 * TICK) for at in states]
        beats[-1] = beats[-1]._replace(seconds=1.6)
        steps.append(Step(stage.caption(key, end), tuple(beats)))
    steps.append(Step(stage.end(), (Beat((top, *stage.marks(stop.last, after=True)), LAST),)))
    return Film("early-stopping", words, tuple(steps))


class _Stage:
    """The two curves over the epochs, and what is known so far at the right."""

    def __init__(self, epochs: Sequence[Epoch], stop: Stop, watched: Text, rising: bool) -> None:
        self._stop, self._watched, self._rising, self._epochs = stop, watched, rising, epochs
        self._x = np.array([epoch.number for epoch in epochs], dtype=np.float64)
        self._loss = np.array([epoch.loss for epoch in epochs], dtype=np.float64)
        self._kept = np.array([epoch.watched for epoch in epochs], dtype=np.float64)
        self._plot: Plot = plot("curves", ROOM, self._x, np.concatenate([self._loss, self._kept]))

    def marks(self, at: int, *, after: bool = False) -> list[Mark]:
        """Return the stage after an epoch; what would have followed is shown where asked."""
        seen = slice(0, at + 1)
        marks: list[Mark] = [*self._plot.axes(), self._axis()]
        if after and at + 1 < len(self._x):
            later = slice(at, None)
            marks += self._plot.curve("loss.later", self._x[later], self._loss[later], "line", 2.0)
            marks += self._plot.curve("kept.later", self._x[later], self._kept[later], "muted", 2.0)
        marks += self._plot.curve("loss", self._x[seen], self._loss[seen], "text", 2.0)
        marks += self._plot.curve("kept", self._x[seen], self._kept[seen])
        best = self._best(at)
        x, y = self._plot.at(self._x[best], self._kept[best])
        if np.isfinite(y):
            marks.append(Circle("best", (x, y), 10.0, None, "written", 2.0))
        if after:
            x = self._plot.at(self._x[at], 0.0)[0]
            line = ((x, self._plot.box.top), (x, self._plot.box.bottom))
            marks.append(Polyline("stop", line, "window", 2.0, 6.0))
        marks += self._plot.dot("now", self._x[at], self._kept[at])
        return [*marks, *self._facts(at, best)]

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
        return Words("axis", (self._plot.box.right, self._plot.box.top - 8), words, 12.0, "muted", "end")

    def _facts(self, at: int, best: int) -> list[Mark]:
        epoch = self._epochs[at]
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
            y = FACTS.top + 60 * n
            size = min(text.fitting(line, FACTS.width, 13.0) for line in name)
            marks.append(Words(f"fact.{key}.name", (FACTS.left, y), name, size, "muted", "start"))
            marks.append(Words(f"fact.{key}", (FACTS.left, y + 25), value, 20.0, colour, "start"))
        return marks
