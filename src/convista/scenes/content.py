"""What a scene holds, as short texts that are the same for the same: under any name, whenever it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np

from convista.scenes.bands.reader import BandReader
from convista.scenes.files.open_raster import OpenRaster
from convista.scenes.files.raster_file import RasterFile
from convista.scenes.files.variables import name_of
from convista.scenes.geometry.grid import Grid
from convista.scenes.geometry.window import spread

WHOLE = 2**28
"""Bytes of a file up to which all of it is read for its digest."""
BLOCK = 2**18
"""Bytes read at each of the places in a larger file, spread evenly over it: `WHOLE` in all."""
LETTERS = 32
"""Of a digest."""
SIDE, PLACES = 64, 3
"""Rows and columns, and how many down and across, of the windows read where there is no file of this machine."""
_LOOKED_AT_ELSEWHERE = re.compile(r"\.(aux\.xml|ovr)$", re.IGNORECASE)
"""Files that say what grid and bands say already, or hold overviews; looking at a scene may make them."""


class Content(NamedTuple):
    """What is read of a scene."""

    pixels: str
    """Of the bytes of its files and of those of its masks; of the numbers in some windows where a file is not on
    this machine, or is a Zarr store."""
    grid: str
    """Of CRS, transform and size."""
    bands: str
    """Of scale, offset, nodata and part of each band."""


def content_of(reader: BandReader, which: Sequence[int]) -> Content:
    """Return what the bands at some positions hold.

    Raises
    ------
    ConvistaError
        If a file cannot be read.
    """
    bands = [reader.bands[position] for position in which]
    held = {file: _pixels(file) for file in dict.fromkeys(file for band in bands for file in band.files)}
    pixels = [
        (held[band.file], band.index, [(held[mask.file], mask.index) for mask in band.masks]) for band in bands
    ]
    meant = [(band.about.scale, band.about.offset, band.nodata, band.part) for band in bands]
    return Content(_digest(pixels), _digest((_plain(reader.grid), reader.nearest)), _digest(meant))


def file_digest(path: Path, whole: int = WHOLE, block: int = BLOCK) -> str:
    """Return a digest of a file's size and bytes: of all, or if they are more than `whole`, of blocks of them."""
    size = path.stat().st_size
    digest = blake2b(str(size).encode(), digest_size=LETTERS // 2)
    with path.open("rb") as file:
        if size <= whole:
            while held := file.read(block):
                digest.update(held)
        else:
            for start in np.linspace(0, size - block, max(2, whole // block)).astype(int).tolist():
                file.seek(start)
                digest.update(file.read(block))
    return digest.hexdigest()


def _pixels(file: RasterFile) -> str:
    opened = OpenRaster(file)
    try:
        if not isinstance(file, str):
            return blake2b(file.data, digest_size=LETTERS // 2).hexdigest()
        paths = [Path(name) for name in opened.dataset.files if not _LOOKED_AT_ELSEWHERE.search(name)]
        # Of a Zarr store, only what describes it is listed.
        if not paths or opened.dataset.driver == "Zarr" or not all(path.is_file() for path in paths):
            return _sampled(opened)
        part = None if Path(file).is_file() else name_of(file)
        return _digest((_plain(opened.grid), part, [file_digest(path) for path in paths]))
    finally:
        opened.close()


def _sampled(opened: OpenRaster) -> str:
    """Return a digest of the numbers in windows spread over a raster."""
    digest = blake2b(repr(_plain(opened.grid)).encode(), digest_size=LETTERS // 2)
    for window in spread(opened.grid.shape, SIDE, PLACES):
        for part in opened.read(opened.dataset.indexes, window):
            digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()


def _plain(grid: Grid) -> tuple[object, ...]:
    return (None if grid.crs is None else grid.crs.to_wkt(), *grid.transform[:6], *grid.shape)


def _digest(told: object) -> str:
    return blake2b(repr(told).encode(), digest_size=LETTERS // 2).hexdigest()
