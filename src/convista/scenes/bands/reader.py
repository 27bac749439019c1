"""Reading bands, each from its file, on one grid."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from os import getpid
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import Resampling

from convista.scenes.bands.masks import MaskBand
from convista.scenes.bands.raster_band import MaskArray, RasterBand, is_nodata, scaled
from convista.scenes.files.complex_parts import PARTS
from convista.scenes.files.memory import check_room
from convista.scenes.files.open_raster import OpenRaster, readable
from convista.scenes.files.raster_file import RasterFile, title
from convista.scenes.geometry.grid import Grid
from convista.scenes.geometry.warping import warp
from convista.scenes.geometry.window import Window, whole

Values = NDArray[np.float32]


class BandReader:
    """Reads bands on one grid, keeping their files open.

    A lock lets one thread read at a time. After a fork the files are opened anew, because processes that share an
    open file would move each other's position in it. It can be pickled: the copy opens the files when it reads.

    Layers on another grid are resampled: bilinear onto finer pixels, their average onto coarser ones; or, with
    ``nearest``, the pixel that each centre falls into, as numbers of classes must be.
    """

    def __init__(self, bands: Sequence[RasterBand], grid: Grid, *, nearest: bool = False) -> None:
        self.bands = tuple(bands)
        self.grid = grid
        self.nearest = nearest
        self._begin()

    def on(self, grid: Grid, *, nearest: bool = False) -> BandReader:
        """Return a reader of the same bands on another grid."""
        return BandReader(self.bands, grid, nearest=nearest)

    def read(self, window: Window, which: Sequence[int]) -> tuple[Values, MaskArray]:
        """Read scaled values and their mask, both (bands, rows, columns), for the bands at the positions `which`.

        The window may leave the grid; there, and wherever a raw value is nodata or not finite, the mask is True
        and the value 0.

        Raises
        ------
        ConvistaError
            If it is more than fits into memory, or a file cannot be read.
        """
        check_room(title(self.bands[0].file), window.shape, len(which))
        values = np.zeros((len(which), *window.shape), np.float32)
        masked = np.ones(values.shape, np.bool_)
        inside = window.intersection(whole(self.grid.shape))
        if inside is None:
            return values, masked
        rows, columns = inside.seen_from(window).slices
        with self._lock_of_this_process():
            for file in dict.fromkeys(self.bands[i].file for i in which):
                here = [n for n, i in enumerate(which) if self.bands[i].file == file]
                bands = [self.bands[which[n]] for n in here]
                values[here, rows, columns], masked[here, rows, columns] = self._read_file(file, bands, inside)
        return values, masked

    def hides(self, which: int, value: float | None) -> bool:
        """Tell whether a band or its file has a mask, or this raw value, if one is given, means nothing there."""
        band = self.bands[which]
        with self._lock_of_this_process():
            known = value in band.nodata or bool(band.masks)
            return known or self._opened(band.file).has_mask(band.index)

    def use_open_file(self, opened: OpenRaster) -> None:
        """Read from a file that is open already; whoever opened it closes it."""
        self._open[opened.file] = opened

    def files(self) -> tuple[str, ...]:
        """Return the names of all files that are read, as GDAL lists them; a raster in memory has none."""
        found: dict[str, None] = {}
        with self._lock_of_this_process():
            for file in dict.fromkeys(file for band in self.bands for file in band.files):
                if isinstance(file, str):
                    found.update(dict.fromkeys((file, *self._opened(file).dataset.files)))
        return tuple(found)

    def tile_row(self, which: Sequence[int]) -> int:
        """Return the bytes of a row of decoded tiles of every file, for the bands at the positions `which`."""
        indexes: dict[RasterFile, list[int]] = {}
        for band in (self.bands[i] for i in which):
            indexes.setdefault(band.file, []).append(band.index)
            for mask in band.masks:
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
        return {"bands": self.bands, "grid": self.grid, "nearest": self.nearest}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.bands, self.grid, self.nearest = state["bands"], state["grid"], state["nearest"]
        self._begin()

    def _begin(self) -> None:
        self._process = getpid()
        self._lock = threading.Lock()
        self._open: dict[RasterFile, OpenRaster] = {}

    def _lock_of_this_process(self) -> threading.Lock:
        if self._process != getpid():
            self._begin()
        return self._lock

    def _read_file(self, file: RasterFile, bands: Sequence[RasterBand], window: Window) -> tuple[Values, MaskArray]:
        opened = self._opened(file)
        if opened.grid.same_as(self.grid):
            return self._scaled(opened, bands, window)
        return self._resampled(opened, bands, self.grid.at(window))

    def _opened(self, file: RasterFile) -> OpenRaster:
        if file not in self._open:
            self._open[file] = OpenRaster(file)
        return self._open[file]

    def _scaled(self, opened: OpenRaster, bands: Sequence[RasterBand], window: Window) -> tuple[Values, MaskArray]:
        """Read a window that lies inside the file: scaled values, 0 where masked, and the mask."""
        raw, masked = opened.read([band.index for band in bands], window)
        hidden = {mask: self._hidden(mask, opened, window) for band in bands for mask in band.masks}
        values = np.empty(raw.shape, np.float32)
        for number, band in enumerate(bands):
            masked[number] |= is_nodata(raw[number], band.nodata)
            for mask in band.masks:
                masked[number] |= hidden[mask]
            plain = raw[number] if band.part is None else PARTS[band.part].of(raw[number])
            values[number] = scaled(plain, band.about)
        values[masked] = 0
        return values, masked

    def _hidden(self, mask: MaskBand, opened: OpenRaster, window: Window) -> MaskArray:
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
        hidden: MaskArray = seen[0] == 0
        return hidden

    def _resampled(self, opened: OpenRaster, bands: Sequence[RasterBand], wanted: Grid) -> tuple[Values, MaskArray]:
        """Read bands whose file has another grid, resampled as the class says.

        The mask is applied before resampling, so nothing invalid is blended in.
        """

        def read(seen: Window) -> Values:
            values, masked = self._scaled(opened, bands, seen)
            values[masked] = np.nan
            return values

        values = np.full((len(bands), *wanted.shape), np.nan, np.float32)
        how = Resampling.nearest if self.nearest else None
        with readable(opened.file):
            warp(opened.grid, read, wanted, values, how, empty=np.nan, file=title(opened.file))
        empty = np.isnan(values)
        values[empty] = 0
        return values, empty
