"""One band's pixels in one file: where they lie, and what its raw values mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.scenes.bands.band import Band
from convista.scenes.bands.masks import MaskBand
from convista.scenes.files.raster_file import RasterFile
from convista.scenes.geometry.grid import Grid

MaskArray = NDArray[np.bool_]
"""True where there is no datum."""


@dataclass(frozen=True)
class RasterBand:
    """Where a band's raw values lie."""

    file: RasterFile
    index: int
    """Number of the band in its file, from 1."""
    about: Band
    """Its names, and what its raw values mean."""
    nodata: tuple[float, ...]
    """Every raw value that means nothing: the file's, the product's, the caller's."""
    grid: Grid
    """Of the file."""
    part: str | None = None
    """Of complex numbers: which of `complex_parts.PARTS` is read. A raw 0 of these means nothing either."""
    masks: tuple[MaskBand, ...] = ()
    """Bands that hide this one where they are 0, such as alpha; on another grid the nearest pixel counts."""

    @property
    def files(self) -> tuple[RasterFile, ...]:
        """Its file and those of its masks."""
        return self.file, *(mask.file for mask in self.masks)


def is_nodata(raw: NDArray[Any], nodata: Sequence[float]) -> MaskArray:
    """Return where raw values mean nothing: those given, what is not finite, and a complex 0."""
    found: MaskArray = np.zeros(raw.shape, np.bool_)
    if np.issubdtype(raw.dtype, np.inexact):
        found = ~np.isfinite(raw)
    if raw.dtype.kind == "c":
        found |= raw == 0
    for value in nodata:
        if not isnan(value):
            # In a float32 raster the nodata value has been rounded to float32, like everything else in it.
            with np.errstate(over="ignore"):
                found |= raw == (raw.dtype.type(value) if raw.dtype.kind == "f" else value)
    return found


def scaled(raw: NDArray[Any], band: Band) -> NDArray[Any]:
    """Return raw · scale + offset; in float64 where float32 does not hold the raw values exactly."""
    if band.scale == 1 and band.offset == 0:
        return raw
    exact: type[np.floating[Any]] = np.float64
    if raw.dtype.itemsize <= 2 or raw.dtype == np.float32:
        exact = np.float32
    # Masked values may be anything, not-a-number and infinity included.
    with np.errstate(invalid="ignore", over="ignore"):
        values: NDArray[Any] = raw.astype(exact) * band.scale + band.offset
        return values
