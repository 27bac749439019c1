"""The equation under a stage: a line of slots, each as wide as it will ever need, so that nothing shifts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from convista.films.stage.layout import EQUATION, INSIDE
from convista.films.stage.marks import Words
from convista.films.wording import widest
from convista.language import Text

LARGEST, LABEL = 21.0, 14.0


class Slot(NamedTuple):
    """One place of an equation: its key, all that will stand there, and a name to write below it."""

    key: str
    texts: Sequence[Text]
    label: Text | None = None


class Equation:
    """Slots side by side, centred, as large as fits inside the margins and as asked for."""

    def __init__(self, slots: Sequence[Slot], largest: float = LARGEST) -> None:
        self.size = largest
        while (whole := sum(wide := [_width(slot, self.size) for slot in slots])) > INSIDE.width and self.size > 1:
            self.size -= 0.5
        left = (INSIDE.left + INSIDE.right - whole) / 2
        self._centre = {}
        for slot, room in zip(slots, wide, strict=True):
            self._centre[slot.key] = left + room / 2
            left += room
        self._labels = {slot.key: slot.label for slot in slots if slot.label is not None}

    def write(self, key: str, words: Text, colour: str = "text") -> Words:
        """Return what stands in a slot."""
        return Words(f"equation.{key}", (self._centre[key], EQUATION), words, self.size, colour)

    def label(self, key: str) -> list[Words]:
        """Return the name below a slot, if it has one."""
        if key not in self._labels:
            return []
        at = self._centre[key], EQUATION + 19
        return [Words(f"equation.{key}.label", at, self._labels[key], LABEL, "muted")]


def _width(slot: Slot, size: float) -> float:
    """Return how much room a slot takes where its texts have a size; a name below it has its own."""
    named = 0.0 if slot.label is None else (widest([slot.label]) + 0.5) * LABEL
    return max(widest(slot.texts) * size, named)


class Equations:
    """An equation for each stop of a film, each centred by itself, all of one size.

    ``texts`` are what stands in each slot, by stop and by key; ``labels`` are written below slots.
    """

    def __init__(self, texts: Mapping[Any, Mapping[str, Text]], labels: Mapping[str, Text] | None = None) -> None:
        self._texts = texts
        self._slots = {
            stop: [Slot(key, [words], (labels or {}).get(key)) for key, words in line.items()]
            for stop, line in texts.items()
        }
        self.size = min(Equation(slots).size for slots in self._slots.values())

    def drawn(self, stop: Any, keys: Collection[str] | None = None) -> list[Words]:
        """Return the equation of a stop, or some of its slots; signs are muted."""
        line, marks = Equation(self._slots[stop], self.size), []
        for key, words in self._texts[stop].items():
            if keys is None or key in keys:
                marks += [
                    line.write(key, words, "muted" if words in (EQUALS, NEARLY) else "text"),
                    *line.label(key),
                ]
        return marks


def sign(written: str) -> Text:
    """Return an operator sign with room around it."""
    return Text(f" {written} ", f" {written} ")


EQUALS, NEARLY, GAP = sign("="), sign("≈"), Text("    ", "    ")
"""What stands between two sides, and between two equations."""
