"""Putting a film together: a stage knows what a moment looks like, a script what happens, in which order."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Protocol, TypeVar

from convista.films.film import SLOW, TICK, Beat, Film, Step
from convista.films.stage import layout
from convista.films.stage.marks import Mark
from convista.films.stage.motion import Sources
from convista.language import Text

TRAVEL = 0.5
"""How long what a viewer is to follow is on its way, in seconds."""
QUICK = TICK
"""How long the shortest states and ways of the fast middle of a sweep are."""
SHORT = 0.2
"""How long a state is held that only leads to the next."""

Moment_contra = TypeVar("Moment_contra", contravariant=True)


class Stage(Protocol[Moment_contra]):
    """Where things stand, and what a moment looks like.

    A moment is a record of what has happened so far, without times: the same one always looks the same. What comes
    out of what is asked of the stage too, by methods that return `Sources`.
    """

    def at(self, moment: Moment_contra) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""


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


def beat(
    *parts: Iterable[Mark],
    seconds: float = SLOW.row,
    travel: float = 0.0,
    born_from: Sources = MappingProxyType({}),
) -> Beat:
    """Return a beat of several groups of marks, in painter's order."""
    return Beat(tuple(mark for part in parts for mark in part), seconds, travel, born_from)
