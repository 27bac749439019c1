"""A ring: what won."""

from __future__ import annotations

from convista.films.marks import Box, Circle

LEAST = 5.0
"""The smallest radius that is seen as a ring."""


def ring(key: str, cell: Box, colour: str = "window", width: float = 2.5) -> Circle:
    """Return a ring inside a cell; around it where the cell is too small."""
    radius = max(LEAST, min(cell.width, cell.height) / 2 - 3)
    return Circle(key, cell.centre, radius, None, colour, width)
