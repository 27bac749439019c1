"""A small bar that says which number has which colour, for the scale that all tables of a quantity share."""

from __future__ import annotations

import numpy as np

from convista.films.stage import text
from convista.films.stage.grid import picture
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.stage.scale import Scale
from convista.films.wording import decimals_for, widest, written
from convista.language import Text

TYPE, TALL = 14.0, 18.0
"""Size of its letters, and its height."""
APART = 6.0
"""Between the strip and the numbers of its ends."""
SHADES = 64
"""Cells of the strip."""
UNDER_STAGE = Box(STAGE.left, STAGE.bottom + 8, STAGE.left + 220, STAGE.bottom + 8 + TALL)
"""Where it is in no array's way, above the equation."""


def colour_bar(key: str, room: Box, scale: Scale, name: Text | None = None) -> tuple[Mark, ...]:
    """Return the bar in one line: the strip with the numbers of its ends beside it, and 0 on it if it lies inside.

    Parameters
    ----------
    room
        As wide as the whole is, name and numbers included; the strip lies in the middle of its height.
    scale
        Signed, or of one side: then the strip begins, or ends, with the 0 of the map.
    name
        Of the quantity, written before the bar.
    """
    decimals = decimals_for(scale)
    numbers = [written(value, decimals) for value in scale]
    left = room.left + (0.0 if name is None else text.width(" ", TYPE) + widest([name]) * TYPE)
    low, high = (widest([number]) * TYPE for number in numbers)
    y = room.centre[1]
    strip = Box(left + low + APART, y - TALL / 2, room.right - high - APART, y + TALL / 2)
    base = y + text.CAP / 2 * TYPE
    marks: list[Mark] = [
        picture(f"{key}.strip", strip, np.linspace(scale.low, scale.high, SHADES)[None], scale.full),
        Rectangle(f"{key}.frame", strip.grown(1), None, "line"),
        Words(f"{key}.low", (strip.left - APART, base), numbers[0], TYPE, "muted", "end"),
        Words(f"{key}.high", (strip.right + APART, base), numbers[1], TYPE, "muted", "start"),
    ]
    zero = strip.left + strip.width * -scale.low / (scale.high - scale.low)
    if strip.left + TALL / 2 < zero < strip.right - TALL / 2:
        marks.append(Words(f"{key}.zero", (zero, base), written(0.0), TYPE, 0.0))
    if name is not None:
        marks.append(Words(f"{key}.name", (room.left, base), name, TYPE, "muted", "start"))
    return tuple(marks)
