"""Putting a film together, step by step."""

from __future__ import annotations

from collections.abc import Iterable

from convista.films.film import RATE, SLOW, Beat, Film, Step
from convista.films.stage import layout
from convista.films.stage.marks import Mark
from convista.language import Text

TRAVEL = 4 / RATE
"""How long a window is on its way, in seconds."""
QUICK = 1 / RATE


class Script:
    """The steps of a film as they are written; every beat carries the title."""

    def __init__(self, name: str, title: Text) -> None:
        self._name, self._title = name, title
        self._top = layout.title(title)
        self._steps: list[Step] = []

    def step(self, caption: Text, *beats: Beat, narration: Text | None = None) -> None:
        """Add a step; a narration is what a narrator says instead of the caption."""
        titled = tuple(beat._replace(marks=(self._top, *beat.marks)) for beat in beats)
        self._steps.append(Step(caption, titled, narration))

    def film(self) -> Film:
        """Return the film."""
        return Film(self._name, self._title, tuple(self._steps))


def beat(*parts: Iterable[Mark], seconds: float = SLOW.row, travel: float = 0.0) -> Beat:
    """Return a beat of several groups of marks, in painter's order."""
    return Beat(tuple(mark for part in parts for mark in part), seconds, travel)
