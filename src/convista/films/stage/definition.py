"""A definition typeset where equations stand, in the colours of the stage; below it, what its symbols are."""

from __future__ import annotations

from convista.films.stage.layout import EQUATION, INSIDE
from convista.films.stage.marks import Formula, Words
from convista.films.stage.pieces import Piece, composed, wide
from convista.language import Text

LARGEST, ROOM = 26.0, 430.0
"""Size at most, and how wide the whole may be, beside the bar of colours."""
RAISED = 6.0
"""How far above an equation's baseline it stands: fractions and what is below a sum need room."""
LEGEND, LABEL = EQUATION + 23, 14.0
"""Baseline and size of the line that names the symbols."""


def definition(*pieces: Piece) -> tuple[Formula, ...]:
    """Return the pieces side by side in the middle, as large as there is room for."""
    size = min(LARGEST, ROOM / wide(pieces, 1.0))
    left = INSIDE.centre[0] - wide(pieces, size) / 2
    return composed("formula", pieces, (left, EQUATION - RAISED), size)


def symbols(*named: Text) -> Words:
    """Return the line below that says what each symbol is."""
    words = Text(*(" · ".join(lines) for lines in zip(*named, strict=True)))
    return Words("formula.symbols", (INSIDE.centre[0], LEGEND), words, LABEL, "muted")
