"""Small rasters that the tests of scenes write for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray

NORTH_UP = Affine(10, 0, 500_000, 0, -10, 4_600_000)


def write(
    path: Path,
    values: NDArray[Any],
    *,
    crs: str | None = "EPSG:32630",
    transform: Affine = NORTH_UP,
    descriptions: Sequence[str] | None = None,
    scales: Sequence[float] | None = None,
    offsets: Sequence[float] | None = None,
    **profile: Any,
) -> Path:
    """Write (bands, rows, columns) as a GeoTIFF, or what the profile says, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    bands, height, width = values.shape
    with rasterio.open(
        path,
        "w",
        **({"driver": "GTiff", "photometric": "minisblack"} | profile),
        count=bands,
        height=height,
        width=width,
        dtype=values.dtype,
        crs=crs,
        transform=transform,
    ) as dataset:
        dataset.write(values)
        if descriptions:
            dataset.descriptions = tuple(descriptions)
        if scales:
            dataset.scales = tuple(scales)
        if offsets:
            dataset.offsets = tuple(offsets)
    return path


def counted(bands: int, height: int, width: int, dtype: str = "uint16") -> NDArray[Any]:
    """Return values that are all different: 1, 2, 3 …"""
    return (np.arange(bands * height * width) + 1).reshape(bands, height, width).astype(dtype)


def constant(value: float, height: int = 8, width: int = 8, dtype: str = "uint16") -> NDArray[Any]:
    """Return one band of one value."""
    return np.full((1, height, width), value, dtype)
