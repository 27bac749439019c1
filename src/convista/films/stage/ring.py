"""A ring: what won."""

from __future__ import annotations

from convista.films.stage.marks import Box, Circle

LEAST = 5.0
"""The smallest radius that is seen as a ring."""
WIDTH, THIN = 2.5, 1.2
"""Of the ring of what won, and of what is as large and did not."""


def ring(key: str, cell: Box, colour: str = "window", width: float = WIDTH) -> tuple[Circle, Circle]:
    """Return a ring with a dark edge inside a cell; around it where the cell is too small."""
    radius = max(LEAST, min(cell.width, cell.height) / 2 - 2)
    edge = Circle(f"{key}.edge", cell.centre, radius, None, "background", width + 3)
    return edge, Circle(key, cell.centre, radius, None, colour, width)
