"""Layers: one band's pixels in one file, and reading them on the scene's grid."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from os import getpid
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import Resampling

from convista.scenes.bands.masks import MaskBand
from convista.scenes.bands.names import Band
from convista.scenes.files.complex_parts import PARTS
from convista.scenes.files.memory import check_room
from convista.scenes.files.raster_file import OpenRaster, RasterFile, readable, title
from convista.scenes.geometry.grid import Grid
from convista.scenes.geometry.warping import warp
from convista.scenes.geometry.window import Window, whole

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class RasterBand:
    """Where a band's raw values lie."""

    file: RasterFile
    index: int
    """Number of the band in its file, from 1."""
    band: Band
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


class BandReader:
    """Reads layers on one grid, keeping their files open.

    A lock lets one thread read at a time. After a fork the files are opened anew, because processes that share an
    open file would move each other's position in it. It can be pickled: the copy opens the files when it reads.

    Layers on another grid are resampled: bilinear onto finer pixels, their average onto coarser ones; or, with
    ``nearest``, the pixel that each centre falls into, as numbers of classes must be.
    """

    def __init__(self, layers: Sequence[RasterBand], grid: Grid, *, nearest: bool = False) -> None:
        self.layers = tuple(layers)
        self.grid = grid
        self.nearest = nearest
        self._begin()

    def on(self, grid: Grid, *, nearest: bool = False) -> BandReader:
        """Return a reader of the same layers on another grid."""
        return BandReader(self.layers, grid, nearest=nearest)

    def read(self, window: Window, which: Sequence[int]) -> tuple[Values, Mask]:
        """Read scaled values and their mask, both (bands, rows, columns), for the layers at the positions `which`.

        The window may leave the grid; there, and wherever a raw value is nodata or not finite, the mask is True
        and the value 0.

        Raises
        ------
        ConvistaError
            If it is more than fits into memory, or a file cannot be read.
        """
        check_room(title(self.layers[0].file), window.shape, len(which))
        values = np.zeros((len(which), *window.shape), np.float32)
        masked = np.ones(values.shape, np.bool_)
        inside = window.intersection(whole(self.grid.shape))
        if inside is None:
            return values, masked
        rows, columns = inside.seen_from(window).slices
        with self._lock_of_this_process():
            for file in dict.fromkeys(self.layers[i].file for i in which):
                here = [n for n, i in enumerate(which) if self.layers[i].file == file]
                layers = [self.layers[which[n]] for n in here]
                values[here, rows, columns], masked[here, rows, columns] = self._read_file(file, layers, inside)
        return values, masked

    def hides(self, which: int, value: float | None) -> bool:
        """Tell whether a layer or its file has a mask, or this raw value, if one is given, means nothing there."""
        layer = self.layers[which]
        with self._lock_of_this_process():
            known = value in layer.nodata or bool(layer.masks)
            return known or self._opened(layer.file).has_mask(layer.index)

    def take(self, opened: OpenRaster) -> None:
        """Read from a file that is open already; whoever opened it closes it."""
        self._open[opened.file] = opened

    def files(self) -> tuple[str, ...]:
        """Return the names of all files that are read, as GDAL lists them; a raster in memory has none."""
        found: dict[str, None] = {}
        with self._lock_of_this_process():
            for file in dict.fromkeys(file for layer in self.layers for file in layer.files):
                if isinstance(file, str):
                    found.update(dict.fromkeys((file, *self._opened(file).dataset.files)))
        return tuple(found)

    def tile_row(self, which: Sequence[int]) -> int:
        """Return the bytes of a row of decoded tiles of every file, for the layers at the positions `which`."""
        indexes: dict[RasterFile, list[int]] = {}
        for layer in (self.layers[i] for i in which):
            indexes.setdefault(layer.file, []).append(layer.index)
            for mask in layer.masks:
                indexes.setdefault(mask.file, []).append(mask.index)
        with self._lock_of_this_process():
            return sum(self._opened(file).tile_row(of) for file, of in indexes.items())

    def close(self) -> None:
        """Close the files; a later read opens them again."""
        with self._lock_of_this_process():
            for opened in self._open.values():
                opened.close()
            self._open.clear()

    def __getstate__(self) -> dict[str, Any]:
        return {"layers": self.layers, "grid": self.grid, "nearest": self.nearest}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.layers, self.grid, self.nearest = state["layers"], state["grid"], state["nearest"]
        self._begin()

    def _begin(self) -> None:
        self._process = getpid()
        self._lock = threading.Lock()
        self._open: dict[RasterFile, OpenRaster] = {}

    def _lock_of_this_process(self) -> threading.Lock:
        if self._process != getpid():
            self._begin()
        return self._lock

    def _read_file(self, file: RasterFile, layers: Sequence[RasterBand], window: Window) -> tuple[Values, Mask]:
        opened = self._opened(file)
        if opened.grid.same_as(self.grid):
            return self._scaled(opened, layers, window)
        return self._resampled(opened, layers, self.grid.at(window))

    def _opened(self, file: RasterFile) -> OpenRaster:
        if file not in self._open:
            self._open[file] = OpenRaster(file)
        return self._open[file]

    def _scaled(self, opened: OpenRaster, layers: Sequence[RasterBand], window: Window) -> tuple[Values, Mask]:
        """Read a window that lies inside the file: scaled values, 0 where masked, and the mask."""
        raw, masked = opened.read([layer.index for layer in layers], window)
        hidden = {mask: self._hidden(mask, opened, window) for layer in layers for mask in layer.masks}
        values = np.empty(raw.shape, np.float32)
        for number, layer in enumerate(layers):
            masked[number] |= _is_nodata(raw[number], layer.nodata)
            for mask in layer.masks:
                masked[number] |= hidden[mask]
            plain = raw[number] if layer.part is None else PARTS[layer.part].of(raw[number])
            values[number] = _scale(plain, layer.band)
        values[masked] = 0
        return values, masked

    def _hidden(self, mask: MaskBand, opened: OpenRaster, window: Window) -> Mask:
        """Return where a mask hides the pixels of a window of a file: where it is 0, no number, or ends."""
        its = self._opened(mask.file)
        if its.grid.same_as(opened.grid):
            return its.hidden(mask.index, window)
        its.grid.check_placed()
        seen: NDArray[np.uint8] = np.zeros((1, *window.shape), np.uint8)
        with readable(its.file):
            warp(
                its.grid,
                lambda part: (~its.hidden(mask.index, part))[None].astype(np.uint8),
                opened.grid.at(window),
                seen,
                Resampling.nearest,
                empty=0,
                file=title(its.file),
            )
        hidden: Mask = seen[0] == 0
        return hidden

    def _resampled(self, opened: OpenRaster, layers: Sequence[RasterBand], wanted: Grid) -> tuple[Values, Mask]:
        """Read layers whose file has another grid, resampled as the class says.

        The mask is applied before resampling, so nothing invalid is blended in.
        """

        def read(seen: Window) -> Values:
            values, masked = self._scaled(opened, layers, seen)
            values[masked] = np.nan
            return values

        values = np.full((len(layers), *wanted.shape), np.nan, np.float32)
        how = Resampling.nearest if self.nearest else None
        with readable(opened.file):
            warp(opened.grid, read, wanted, values, how, empty=np.nan, file=title(opened.file))
        empty = np.isnan(values)
        values[empty] = 0
        return values, empty


def _is_nodata(raw: NDArray[Any], nodata: Sequence[float]) -> Mask:
    found: Mask = np.zeros(raw.shape, np.bool_)
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


def _scale(raw: NDArray[Any], band: Band) -> NDArray[Any]:
    if band.scale == 1 and band.offset == 0:
        return raw
    exact: type[np.floating[Any]] = np.float64
    if raw.dtype.itemsize <= 2 or raw.dtype == np.float32:
        exact = np.float32
    # Masked values may be anything, not-a-number and infinity included.
    with np.errstate(invalid="ignore", over="ignore"):
        scaled: NDArray[Any] = raw.astype(exact) * band.scale + band.offset
        return scaled
