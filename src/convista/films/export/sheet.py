"""A contact sheet: the last picture of many steps side by side, as PNG."""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING

import numpy as np

from convista.films.export.drawing import palette_of
from convista.films.export.medium import SHEET, Has, medium
from convista.films.export.png import indexed
from convista.films.stage.canvas import Canvas

if TYPE_CHECKING:
    from convista.films.film import Film

MOST = 16
"""How many steps a sheet shows at most: the first, the last, and some evenly between."""
GAP = 8
"""Pixels between pictures."""


@medium(".png", Has.PICTURE, SHEET)
def encode(film: Film) -> bytes:
    """Return the file. Each picture is half as wide and high as the film, so that its numbers can be read."""
    count = min(MOST, len(film.steps))
    shown = sorted({round(n * (len(film.steps) - 1) / max(1, count - 1)) for n in range(count)})
    across = ceil(sqrt(len(shown)))
    palette = palette_of(film)
    width, height = film.size[0] // 2, film.size[1] // 2
    rows = ceil(len(shown) / across)
    size = rows * (height + GAP) + GAP, across * (width + GAP) + GAP
    sheet = np.full(size, palette.number("line"), np.uint8)
    for place, step in enumerate(shown):
        canvas = Canvas((width, height), palette, film.language)
        canvas.show(film.picture(step).marks)
        top, left = (GAP + n * (side + GAP) for n, side in zip(divmod(place, across), (height, width), strict=True))
        sheet[top : top + height, left : left + width] = canvas.pixels
    return indexed(sheet, palette)
