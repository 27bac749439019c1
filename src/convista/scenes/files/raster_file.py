"""Raster files by name, or in memory, and what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class InMemoryRaster:
    """A raster file held in memory, such as a simulated scene that nobody asked to keep."""

    name: str
    data: bytes = field(repr=False)


RasterFile = str | InMemoryRaster
"""A path, or anything GDAL opens by name, or a file in memory."""


def title(file: RasterFile) -> str:
    """Return how a file is named in messages."""
    return file.name if isinstance(file, InMemoryRaster) else file


def basename(file: RasterFile) -> str:
    """Return a file's name without its folders, whichever system wrote the path."""
    path = re.sub(r'^ZARR:"?(.*?)"?:/[^:]*$', r"\1", title(file))
    return re.split(r"[\\/]", path.rstrip("\\/"))[-1]


def stem(file: RasterFile) -> str:
    """Return a file's name without its folders and its last suffix."""
    return re.sub(r"\.[^.]*$", "", basename(file))
