"""Imagery on the stage: bands as a photo, in the colours that eyes would see where there are such bands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convista.errors import ConvistaError
from convista.films.stage.marks import Box, Photo
from convista.scenes import Scene, Window

Pixels = NDArray[np.uint8]
"""Red, green and blue, (rows, columns, 3)."""

STRETCH = (2, 98)
"""Percentiles of each band that become black and full colour."""
NOTHING = (43, 49, 59)
"""What has no datum."""
MOST = 640
"""Rows and columns of a scene that a film shows, at most: those in its middle."""


def composite(values: ArrayLike, names: Sequence[str] = ()) -> Pixels:
    """Return bands as red, green and blue.

    Parameters
    ----------
    values
        (bands, rows, columns) or (rows, columns), masked or with NaN where there is no datum.
    names
        Of the bands; where red, green and blue are not among them, the first three are shown, or the first in grey.

    Raises
    ------
    ConvistaError
        If there are no bands, rows or columns.
    """
    array = np.ma.asarray(values) if isinstance(values, np.ma.MaskedArray) else np.asarray(values)
    bands = np.ma.filled(array.astype(np.float64), np.nan)
    bands = bands[None] if bands.ndim == 2 else bands
    if bands.ndim != 3 or not bands.size:
        raise ConvistaError("films.imagery.not_bands", shape=bands.shape)
    if {"red", "green", "blue"} <= set(names):
        chosen = [list(names).index(name) for name in ("red", "green", "blue")]
    else:
        chosen = [0, 1, 2] if len(bands) >= 3 else [0, 0, 0]
    pixels = np.empty((*bands.shape[1:], 3), np.uint8)
    for channel, band in enumerate(bands[chosen]):
        seen = band[np.isfinite(band)]
        low, high = np.percentile(seen, STRETCH) if seen.size else (0.0, 1.0)
        share = (band - low) / max(float(high - low), 1e-12)
        pixels[..., channel] = np.nan_to_num(np.clip(share, 0, 1)) * 255
    pixels[~np.isfinite(bands[chosen]).all(axis=0)] = NOTHING
    return pixels


def photo(key: str, box: Box, pixels: Pixels) -> Photo:
    """Return pixels as a mark."""
    return Photo(key, box, pixels.shape[0], pixels.shape[1], np.ascontiguousarray(pixels).tobytes())


def seen(scene: Scene) -> tuple[Pixels, Window]:
    """Return a scene as a photo and which part of it that is: all, or the middle of a large one."""
    rows, columns = (min(side, MOST) for side in scene.shape)
    window = Window((scene.height - rows) // 2, (scene.width - columns) // 2, rows, columns)
    names: list[str] = [name for name in ("red", "green", "blue") if name in scene.band_names]
    names = names if len(names) == 3 else list(scene.band_names[: 3 if len(scene.bands) >= 3 else 1])
    return composite(scene.read(window, names), names), window


def fitted(shape: tuple[int, int], room: Box) -> Box:
    """Return the largest box of an image's proportions in the middle of a room."""
    rows, columns = shape
    scale = min(room.width / columns, room.height / rows)
    (x, y), wide, tall = room.centre, columns * scale, rows * scale
    return Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
