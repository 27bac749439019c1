"""Masks: bands that say where others hold, 0 where they do not, and how such a band is known.

By its name or description (``dataMask``), by its colour interpretation (alpha), by the caller; and, of a file that
stands for one band and has a second one that nothing describes, by values that are only 0 and 1 or 0 and full.

A colour interpretation alone is not believed: GDAL calls the fourth band of any byte raster alpha, near
infrared too. A sample of the values decides then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.scenes.files.header import Header
from convista.scenes.files.open_raster import OpenRaster
from convista.scenes.files.raster_file import RasterFile
from convista.scenes.geometry.window import spread, whole

_NAME = re.compile(r"(?<![^\W_])(?:data|valid|validity|valid[ _-]?data)[ _-]?mask(?![^\W_])", re.IGNORECASE)
ALPHA = "alpha"
_ALPHA_WORDS = re.compile(r"alpha(?:[ _-]?(?:band|channel))?", re.IGNORECASE)
_MASK = "mask"

SIDE, COUNT = 64, 8
"""A sample is of COUNT × COUNT windows of SIDE × SIDE pixels, spread evenly, however large the file."""
MOST_OF_A_BAND, LEAST_OF_A_MASK = 0.2, 0.6
"""Share of the values above 0 that are full: at or below the first a band is data, from the second on a mask."""


@dataclass(frozen=True)
class MaskBand:
    """A band whose 0 hides others; any other number lets them be seen."""

    file: RasterFile
    index: int = 1
    """Its number in its file, from 1."""


class Role(Enum):
    """What a band of a file is for."""

    BAND = "band"
    MASK = "mask"
    UNCLEAR = "unclear"
    """It is called alpha, but may as well be data."""
    SPARE = "spare"
    """It is read only if it is asked for: a file in a folder whose name says no band."""


def is_mask_name(text: str) -> bool:
    """Whether a file name or description says that 0 is where data are not valid; ``"cloud mask"`` does not."""
    return _NAME.search(text) is not None


def role(file: RasterFile, index: int, header: Header) -> Role:
    """Return what a band of a file with several is for, as far as the file says.

    A description counts before the colour interpretation. Where only the latter says alpha, a sample decides.
    """
    description = (header.descriptions[index - 1] or "").strip()
    if re.fullmatch(rf"band[ _]?{index}", description, re.IGNORECASE):
        description = ""  # which says nothing
    if is_mask_name(description) or _ALPHA_WORDS.fullmatch(description):
        return Role.MASK
    if description.lower() == _MASK and header.count == 2:
        return Role.MASK
    if description or header.colours[index - 1] != ALPHA:
        return Role.BAND
    full = share_of_full(sampled(file, index))
    return Role.MASK if full >= LEAST_OF_A_MASK else Role.BAND if full <= MOST_OF_A_BAND else Role.UNCLEAR


def masks_of_one(file: RasterFile, header: Header) -> tuple[int, ...]:
    """Return the numbers of the bands of a file that can only be masks, if the file stands for one band."""
    found = tuple(n for n in range(1, header.count + 1) if role(file, n, header) is Role.MASK)
    if found or header.count != 2 or any(header.descriptions):
        return found
    return (2,) if has_two_values(sampled(file, 2)) else ()


def sampled(file: RasterFile, index: int) -> NDArray[Any]:
    """Return values of a band from all over it: all of a small one, else windows that lie apart."""
    opened = OpenRaster(file)
    try:
        height, width = opened.grid.shape
        if height * width <= (SIDE * COUNT) ** 2:
            return opened.read([index], whole(opened.grid.shape))[0].ravel()
        windows = spread(opened.grid.shape, SIDE, COUNT)
        return np.concatenate([opened.read([index], window)[0].ravel() for window in windows])
    finally:
        opened.close()


def share_of_full(values: NDArray[Any]) -> float:
    """Return which share of the values other than 0 is the full one of a mask; 1 where there are only zeros."""
    there = values[(values != 0) & np.isfinite(values)]
    if not there.size:
        return 1.0
    largest = there.max()
    return float(np.mean(there == largest)) if _may_be_full(largest, values.dtype) else 0.0


def has_two_values(values: NDArray[Any]) -> bool:
    """Whether values are only 0 and full, and not all of them 0."""
    return bool(values.any()) and share_of_full(values) == 1


def _may_be_full(value: Any, dtype: np.dtype[Any]) -> bool:
    return value in (1, 255) or (dtype.kind in "ui" and value == np.iinfo(dtype).max)
