"""Arrows: where a value goes, or where an error comes back from."""

from __future__ import annotations

from math import hypot

from convista.films.marks import Mark, Point, Polygon, Polyline

HEAD = 9.0
"""Length of an arrow's head, in points."""


def arrow(key: str, start: Point, end: Point, colour: str = "muted", width: float = 2.0) -> tuple[Mark, ...]:
    """Return an arrow from one point to another."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down) or 1.0
    x, y = across / length, down / length
    foot = end[0] - x * HEAD, end[1] - y * HEAD
    half = HEAD * 0.5 + width / 4
    sides = (foot[0] - y * half, foot[1] + x * half), (foot[0] + y * half, foot[1] - x * half)
    return Polyline(key, (start, foot), colour, width), Polygon(f"{key}.head", (end, *sides), colour)
