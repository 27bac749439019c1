"""Classes of labels and maps: a value, a name, a colour."""

from __future__ import annotations

from colorsys import hls_to_rgb
from typing import NamedTuple

Colour = tuple[int, int, int]


class ClassInfo(NamedTuple):
    """One class of a raster of labels or of a map."""

    value: int
    name: str
    colour: Colour
    """Red, green, blue, 0 … 255."""


_DISTINCT: tuple[Colour, ...] = (
    (0, 114, 178), (230, 159, 0), (0, 158, 115), (204, 121, 167),
    (240, 228, 66), (86, 180, 233), (213, 94, 0), (136, 34, 85),
    (153, 153, 51), (51, 34, 136), (221, 221, 221), (17, 119, 51),
)  # fmt: skip
"""Okabe and Ito's colours, then some of Paul Tol's "muted": told apart by colour-blind readers."""


def distinct_colour(position: int) -> Colour:
    """Return a colour for the class at a position, from 0: no two of the first 255 are the same.

    The first twelve are told apart by colour-blind readers; beyond, hues follow the golden angle and three
    lightnesses take turns.
    """
    if position < len(_DISTINCT):
        return _DISTINCT[position]
    red, green, blue = hls_to_rgb(position * 0.61803398875 % 1, (0.35, 0.55, 0.75)[position % 3], 0.65)
    return round(red * 255), round(green * 255), round(blue * 255)
