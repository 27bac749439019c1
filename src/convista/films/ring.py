"""A ring: what won."""

from __future__ import annotations

from math import cos, pi, sin

from convista.films.marks import Box, Polyline

POINTS = 48
LEAST = 5.0
"""The smallest half of a ring's width that is seen as one."""


def ring(key: str, cell: Box, colour: str = "window", width: float = 2.5) -> Polyline:
    """Return a ring inside a cell; around it where the cell is too small."""
    x, y = cell.centre
    wide, tall = (max(LEAST, side / 2 - 2 - width / 2) for side in (cell.width, cell.height))
    turns = (2 * pi * n / POINTS for n in range(POINTS + 1))
    return Polyline(key, tuple((x + wide * cos(turn), y + tall * sin(turn)) for turn in turns), colour, width)
