"""A formula in pieces side by side, each in a colour of its own."""

from __future__ import annotations

from collections.abc import Sequence

from convista.films.stage import formula
from convista.films.stage.marks import Colour, Formula, Point
from convista.language import Text

GAP = 0.28
"""What is left free between two pieces, in ems."""

Piece = tuple[str, Colour]
"""Mathematics as in TeX, without dollar signs, and its colour."""


def composed(key: str, pieces: Sequence[Piece], start: Point, size: float) -> tuple[Formula, ...]:
    """Return a formula in pieces that begins at a point on its baseline."""
    left, marks = start[0], []
    for n, (tex, colour) in enumerate(pieces):
        marks.append(Formula(f"{key}.{n}", (left, start[1]), Text(tex, tex), size, colour, "start"))
        left += formula.width(tex, size) + GAP * size
    return tuple(marks)


def wide(pieces: Sequence[Piece], size: float) -> float:
    """Return how wide a formula in pieces is."""
    return sum(formula.width(tex, size) for tex, _ in pieces) + GAP * size * (len(pieces) - 1)
