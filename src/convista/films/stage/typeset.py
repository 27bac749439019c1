"""The line under a stage where a formula is typeset, symbol by symbol in colours, with numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from convista.films.stage import formula, text
from convista.films.stage.layout import EQUATION, INSIDE
from convista.films.stage.marks import Colour, Formula, Words
from convista.language import Text

LARGEST, SPACE = 20.0, 0.2
"""The largest letters, and the room on both sides of a symbol, in ems."""


class Tex(NamedTuple):
    """Mathematics as in TeX, without dollar signs; the same in every language."""

    tex: str


Written = Text | Tex


class Part(NamedTuple):
    """One place of the line: all that will ever stand there, of which the widest makes its width."""

    key: str
    ever: Sequence[Written]
    colour: Colour = "text"


class Line:
    """Parts side by side, centred, as large as fits inside the margins; a part stays where it is."""

    def __init__(self, parts: Sequence[Part], largest: float = LARGEST) -> None:
        wide = {part.key: max(map(_width, part.ever), default=0.0) for part in parts}
        whole = sum(wide.values())
        self.size = min(largest, int(2 * INSIDE.width / whole) / 2)
        left = (INSIDE.left + INSIDE.right - whole * self.size) / 2
        self._centres: dict[str, float] = {}
        for key, ems in wide.items():
            self._centres[key] = left + ems * self.size / 2
            left += ems * self.size
        self._parts = {part.key: part for part in parts}

    def drawn(self, standing: Mapping[str, Written]) -> tuple[Words | Formula, ...]:
        """Return what stands in some of the parts, by their keys."""
        return tuple(self._mark(key, words) for key, words in standing.items())

    def _mark(self, key: str, words: Written) -> Words | Formula:
        at, colour = (self._centres[key], EQUATION), self._parts[key].colour
        if isinstance(words, Tex):
            return Formula(f"equation.{key}", at, Text(words.tex, words.tex), self.size, colour)
        return Words(f"equation.{key}", at, words, self.size, colour)


def _width(words: Written) -> float:
    """Return the width in ems: of numbers and words, or of a symbol with room on both sides."""
    if isinstance(words, Tex):
        return formula.width(words.tex) + 2 * SPACE
    return max(text.width(line) for line in words)
