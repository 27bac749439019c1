"""Bands as a picture: in the colours that eyes would see where there are such bands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Pixels = NDArray[np.uint8]
"""Red, green and blue, (rows, columns, 3)."""

COLOURS = ("red", "green", "blue")
STRETCH = (2, 98)
"""Percentiles of each band that become black and full colour."""
NOTHING = (43, 49, 59)
"""What has no datum."""


def shown_bands(names: Sequence[str], count: int) -> list[int]:
    """Return which bands are shown as red, green and blue: those, else the first three, or the first in grey.

    Parameters
    ----------
    names
        Of the bands; none where they are not known.
    count
        How many bands there are.
    """
    if set(COLOURS) <= set(names):
        return [list(names).index(name) for name in COLOURS]
    return [0, 1, 2] if count >= len(COLOURS) else [0, 0, 0]


def colour_picture(values: ArrayLike, names: Sequence[str] = ()) -> Pixels:
    """Return bands as a picture, each stretched from its own `STRETCH`.

    Parameters
    ----------
    values
        (bands, rows, columns), floating point, masked or not finite where there is no datum.
    names
        Of the bands, see `shown_bands`.
    """
    bands = np.ma.masked_invalid(values)
    bands = bands[shown_bands(names, len(bands))]
    pixels = np.empty((*bands.shape[1:], len(COLOURS)), np.uint8)
    for channel, band in enumerate(bands):
        seen = band.compressed()
        low, high = np.percentile(seen, STRETCH) if seen.size else (0.0, 1.0)
        share = (band.filled(low) - low) / max(float(high - low), 1e-12)
        pixels[..., channel] = np.clip(share, 0, 1) * 255
    pixels[np.ma.getmaskarray(bands).any(axis=0)] = NOTHING
    return pixels
