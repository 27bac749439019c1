"""A definition as a line of mathematics, part by part in colours, and below it what its symbols are."""

from __future__ import annotations

from typing import NamedTuple

from convista.films.stage import formula
from convista.films.stage.layout import EQUATION, INSIDE
from convista.films.stage.marks import Colour, Formula, Mark, Words
from convista.language import Text

LARGEST, APART, ROOM = 26.0, 6.0, 430.0
"""Size at most; half of the gap between two parts; how wide the whole may be, beside the bar of colours."""
RAISED = 6.0
"""How far above an equation's baseline it stands: fractions and what is below a sum need room."""
LEGEND, LABEL = EQUATION + 23, 14.0
"""Baseline and size of the line that names the symbols."""


class Part(NamedTuple):
    """A part of a definition, in one colour."""

    key: str
    tex: str
    colour: Colour = "text"


def definition(*parts: Part) -> list[Mark]:
    """Return the parts side by side, as large as there is room for."""
    gaps = 2 * APART * (len(parts) - 1)
    size = min(LARGEST, (ROOM - gaps) / sum(formula.width(part.tex) for part in parts))
    wide = [formula.width(part.tex, size) for part in parts]
    left = INSIDE.centre[0] - (sum(wide) + gaps) / 2
    marks: list[Mark] = []
    for part, width in zip(parts, wide, strict=True):
        words, at = Text(part.tex, part.tex), (left, EQUATION - RAISED)
        marks.append(Formula(f"formula.{part.key}", at, words, size, part.colour, "start"))
        left += width + 2 * APART
    return marks


def symbols(*named: Text) -> Words:
    """Return the line below that says what each symbol is."""
    words = Text(*(" · ".join(lines) for lines in zip(*named, strict=True)))
    return Words("formula.symbols", (INSIDE.centre[0], LEGEND), words, LABEL, "muted")
