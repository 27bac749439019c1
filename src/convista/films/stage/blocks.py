"""Volumes of maps as blocks in a row: height is rows, depth backwards is columns, thickness is channels."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin, sqrt
from typing import NamedTuple

from convista.films.stage.marks import Box, Colour, Mark, Point, Polygon, Polyline

BACK = 0.13, -0.09
"""How far right and up one column goes, as a share of a row's height."""
THINNEST, LOWEST = 3.0, 5.0
"""No block is thinner or lower, in points, however small."""
GAP = 7.0


class Block(NamedTuple):
    """One volume where it stands: its front face, and how far its back lies to the right and up."""

    key: str
    front: Box
    back: Point

    @property
    def top(self) -> Point:
        """The middle of the upper face."""
        return (self.front.left + self.front.right + self.back[0]) / 2, self.front.top + self.back[1] / 2

    @property
    def whole(self) -> Box:
        """All that it covers."""
        front, (right, up) = self.front, self.back
        return Box(front.left, front.top + up, front.right + right, front.bottom)

    def marks(self, shade: Colour, lit: Colour, dark: Colour, edge: Colour, width: float = 1.0) -> list[Mark]:
        """Return the three faces that are seen, and their edges."""
        (left, top, right, bottom), (across, up) = self.front, self.back
        near, far = (right, top), (right + across, top + up)
        upper = ((left, top), (left + across, top + up), far, near)
        side = (near, far, (right + across, bottom + up), (right, bottom))
        front = ((left, top), near, (right, bottom), (left, bottom))
        outline = (front[3], front[0], upper[1], far, side[2], front[2], front[3])
        return [
            Polygon(f"{self.key}.side", side, dark),
            Polygon(f"{self.key}.upper", upper, lit),
            Polygon(f"{self.key}.front", front, shade),
            Polyline(f"{self.key}.outline", outline, edge, width),
            Polyline(f"{self.key}.edges", (front[0], near, front[2], near, far), edge, width),
        ]


def row(key: str, shapes: Sequence[tuple[int, ...]], room: Box) -> list[Block]:
    """Stand blocks side by side, centred in the room's height, each as large as its shape says.

    Parameters
    ----------
    shapes
        (channels, rows, columns) of each; what has no rows and columns is a row of units, one high.
    room
        What they fill from left to right; the tallest fills its height.
    """
    volumes = [(*shape, 1, 1)[:3] if len(shape) != 2 else (shape[0], *shape[1:], 1) for shape in shapes]
    tallest = max(rows for _, rows, _ in volumes)
    widest = max(columns for *_, columns in volumes)
    tall = room.height / (tallest - BACK[1] * widest)
    heights = [max(LOWEST, tall * rows) for _, rows, _ in volumes]
    backs = [(max(2.0, BACK[0] * tall * columns), min(-1.5, BACK[1] * tall * columns)) for *_, columns in volumes]
    free = room.width - GAP * (len(volumes) - 1) - THINNEST * len(volumes) - backs[-1][0]
    thick = min(2.2, free / sum(sqrt(channels) for channels, *_ in volumes))
    thickness = [THINNEST + thick * sqrt(channels) for channels, *_ in volumes]
    # What is left over widens the gaps, up to what still reads as one row.
    gap = GAP
    if len(volumes) > 1:
        rest = room.width - sum(thickness) - backs[-1][0] - GAP * (len(volumes) - 1)
        gap += min(62.0, rest / (len(volumes) - 1))
    used = sum(thickness) + gap * (len(volumes) - 1) + backs[-1][0]
    left = room.left + (room.width - used) / 2
    # The room's middle is that of the tallest block, its back included.
    middle = room.bottom - tall * tallest / 2
    blocks = []
    for n, (height, wide, back) in enumerate(zip(heights, thickness, backs, strict=True)):
        blocks.append(Block(f"{key}.{n}", Box(left, middle - height / 2, left + wide, middle + height / 2), back))
        left += wide + gap
    return blocks


def arc(key: str, start: Point, end: Point, above: float, colour: Colour, width: float = 1.5) -> list[Mark]:
    """Return an arrow that leaves a place upwards, rises to a height and comes down on another."""
    (x0, y0), (x1, y1) = start, end
    y1 -= 5
    lift = (y0 + y1) / 2 - above
    steps = [n / 24 for n in range(25)]
    line = tuple(
        (x0 + (x1 - x0) * (1 - cos(pi * t)) / 2, y0 + (y1 - y0) * t - lift * sin(pi * t) ** 0.7) for t in steps
    )
    head = ((x1, y1 + 5), (x1 - 3.5, y1 - 1), (x1 + 3.5, y1 - 1))
    return [Polyline(key, line, colour, width), Polygon(f"{key}.head", head, colour)]
