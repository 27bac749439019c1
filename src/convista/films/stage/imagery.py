"""Imagery on the stage: bands as a photo, in the colours that eyes would see where there are such bands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.stage.marks import Box, Photo
from convista.scenes import Scene, Window
from convista.scenes.composite import Pixels, colour_picture, shown_bands

MOST = 640
"""Rows and columns of a scene that a film shows, at most: those in its middle."""


def composite(values: ArrayLike, names: Sequence[str] = ()) -> Pixels:
    """Return bands as red, green and blue, see `scenes.composite`.

    Parameters
    ----------
    values
        (bands, rows, columns) or (rows, columns), masked or with NaN where there is no datum.
    names
        Of the bands.

    Raises
    ------
    ConvistaError
        If there are no bands, rows or columns.
    """
    bands = np.ma.asarray(values).astype(np.float64)
    bands = bands[None] if bands.ndim == 2 else bands
    if bands.ndim != 3 or not bands.size:
        raise ConvistaError("films.imagery.not_bands", shape=bands.shape)
    return colour_picture(bands, names)


def photo(key: str, box: Box, pixels: Pixels) -> Photo:
    """Return pixels as a mark."""
    return Photo(key, box, pixels.shape[0], pixels.shape[1], np.ascontiguousarray(pixels).tobytes())


def seen(scene: Scene) -> tuple[Pixels, Window]:
    """Return a scene as a photo and which part of it that is: all, or the middle of a large one."""
    rows, columns = (min(side, MOST) for side in scene.shape)
    window = Window((scene.height - rows) // 2, (scene.width - columns) // 2, rows, columns)
    names = [scene.band_names[n] for n in dict.fromkeys(shown_bands(scene.band_names, len(scene.bands)))]
    return colour_picture(scene.read(window, names), names), window


def fitted(shape: tuple[int, int], room: Box) -> Box:
    """Return the largest box of an image's proportions in the middle of a room."""
    rows, columns = shape
    scale = min(room.width / columns, room.height / rows)
    (x, y), wide, tall = room.centre, columns * scale, rows * scale
    return Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
