"""Scenes: georeferenced imagery on one grid, read window by window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from types import TracebackType

import numpy as np
import rasterio
from affine import Affine
from rasterio.crs import CRS

from convista.errors import ConvistaError
from convista.language import Text, listed
from convista.pairs import pair
from convista.scenes.bands.band import Band
from convista.scenes.bands.masking import masking_rules
from convista.scenes.bands.reader import BandReader
from convista.scenes.bands.requests import named_as, position_of
from convista.scenes.content import Content, content_of
from convista.scenes.files.raster_file import basename
from convista.scenes.geometry.grid import Grid, finest
from convista.scenes.geometry.window import Size, Window, covering, sliding, spread, whole
from convista.scenes.patch import MaskedArray, Patch
from convista.scenes.products.acquisition import Acquired, acquired
from convista.suggestions import hint

LEAST_CACHE, MOST_CACHE = 2**26, 2**28
"""Bytes of decoded tiles that GDAL keeps."""
SIDE, ACROSS = 16, 4
"""A sample of a scene is of ACROSS × ACROSS windows of SIDE × SIDE pixels."""
LOOKED_AT = 512
"""Rows and columns of a scene that are looked at together."""


class Scene:
    """Georeferenced imagery on one grid. Made by `open_scene`.

    Nothing is read before it is asked for, and then only the window asked for. Threads may share a scene: one reads
    at a time. It can be pickled and survives a fork, since each process opens the files for itself.
    """

    def __init__(
        self, name: str, source: str, sensor: str | None, reader: BandReader, credit: Text | None = None
    ) -> None:
        self.name = name
        self.source = source
        """What was opened, as text."""
        self.sensor = sensor
        """Such as ``"sentinel-2"``, or None where nothing says which."""
        self.credit = credit
        """What has to be said wherever its pixels are shown; None where nobody asks for anything."""
        self.grid = reader.grid
        self.bands: tuple[Band, ...] = tuple(band.about for band in reader.bands)
        self._reader = reader

    @property
    def band_names(self) -> tuple[str, ...]:
        """Names of the bands, in order."""
        return tuple(band.name for band in self.bands)

    @property
    def crs(self) -> CRS | None:
        """The grid's CRS; None for an image without georeference."""
        return self.grid.crs

    @property
    def transform(self) -> Affine:
        """The grid's affine transform, (column, row) → (x, y)."""
        return self.grid.transform

    @property
    def height(self) -> int:
        """Rows."""
        return self.grid.height

    @property
    def width(self) -> int:
        """Columns."""
        return self.grid.width

    @property
    def shape(self) -> Size:
        """Rows and columns."""
        return self.grid.shape

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that the scene is read from, those that a virtual raster or a side-car names included."""
        return self._reader.files()

    @property
    def masks(self) -> tuple[str, ...]:
        """What hides bands where it is 0: files, or bands of files by their number, ``"scene.tif [4]"``."""
        found = dict.fromkeys(mask for band in self._reader.bands for mask in band.masks)
        own = {band.file for band in self._reader.bands}
        return tuple(basename(m.file) + (f" [{m.index}]" if m.file in own else "") for m in found)

    def read(self, window: Window | None = None, bands: Sequence[str] | None = None) -> MaskedArray:
        """Read scaled values, float32, (bands, rows, columns).

        The mask is always a whole array; masked values are 0, never not-a-number. What lies outside the scene is
        masked.

        Parameters
        ----------
        window
            What to read; None for the whole scene. It may reach outside.
        bands
            Names of the bands to read, in the order wanted, or one text with commas; None for all. As in
            `open_scene`, a name means a common name or a sensor's id, or the nearest band that the sensor has.

        Raises
        ------
        ConvistaError
            If there is no such band, or a file cannot be read.
        """
        window = whole(self.shape) if window is None else Window(*window)
        values, masked = self._reader.read(window, self._positions(bands))
        return np.ma.MaskedArray(values, masked)

    @contextmanager
    def read_in_rows(self, bands: Sequence[str] | None = None) -> Iterator[None]:
        """Have what is read inside, window by window and row by row, decode each tile of the files once.

        GDAL keeps as many decoded tiles as two rows of them take, from 64 to 256 MiB.
        """
        kept = 2 * self._reader.tile_row(self._positions(bands))
        # rasterio takes this option in bytes, unlike GDAL itself.
        with rasterio.Env(GDAL_CACHEMAX=min(max(kept, LEAST_CACHE), MOST_CACHE)):
            yield

    def patch(self, window: Window, bands: Sequence[str] | None = None) -> Patch:
        """Cut one window; it may reach outside the scene, where the patch is masked."""
        window = Window(*window)
        return Patch(
            self.read(window, bands), window, self.grid.at(window), self._renamed(bands), self.name, self.credit
        )

    def patches(
        self, size: int | Size, stride: int | Size | None = None, bands: Sequence[str] | None = None
    ) -> Iterator[Patch]:
        """Cut every patch of a size that lies inside the scene, row by row.

        Parameters
        ----------
        size
            Rows and columns of a patch, or one number for both.
        stride
            Step between patches down and across; None for `size`, so that they lie side by side.
        bands
            As in `read`.

        Raises
        ------
        ConvistaError
            If the scene is smaller than one patch, or a size or stride is below 1.
        """
        rows, columns = _pair(size)
        step = (rows, columns) if stride is None else _pair(stride)
        if rows > self.height or columns > self.width:
            raise ConvistaError(
                "scenes.smaller_than_patch", scene=self.name, shape=self.shape, size=(rows, columns)
            )
        return (self.patch(window, bands) for window in sliding(self.shape, (rows, columns), step))

    def patch_at(
        self, x: float, y: float, size: int | Size, crs: object = None, bands: Sequence[str] | None = None
    ) -> Patch:
        """Cut the patch around a point: the pixel that holds it is the patch's element ``size // 2``.

        Parameters
        ----------
        x, y
            The point; x is the longitude if the CRS is geographic.
        size
            Rows and columns of the patch, or one number for both.
        crs
            What the point is given in; None for the scene's own.
        bands
            As in `read`.

        Raises
        ------
        ConvistaError
            If the point lies outside the scene.
        """
        rows, columns = _pair(size)
        row, column = self.grid.pixel(x, y, crs)
        if not (0 <= row < self.height and 0 <= column < self.width):
            raise ConvistaError(
                "scenes.point_outside", x=x, y=y, scene=self.name, crs=self.crs, bounds=_plain_bounds(self.grid)
            )
        return self.patch(Window(row - rows // 2, column - columns // 2, rows, columns), bands)

    def on(self, grid: Grid) -> Scene:
        """Return the scene on another grid: bilinear onto finer pixels, their average onto coarser ones."""
        return Scene(self.name, self.source, self.sensor, self._reader.on(grid), self.credit)

    def acquired(self, bands: Sequence[str] | None = None) -> Acquired | None:
        """Return when the imagery was taken, from the first to the last of its files; None where nothing says so.

        It is said by the names and the metadata of Sentinel and Landsat products, the names of the Sentinel Hub's
        exports, the metadata that GDAL reads of other products, or the time that a TIFF holds: of that the zone is
        unknown, so that it gives a day around it.

        Parameters
        ----------
        bands
            As in `read`.

        Raises
        ------
        ConvistaError
            If there is no such band, or a file cannot be read.
        """
        return acquired(dict.fromkeys(self._reader.bands[n].file for n in self._positions(bands)))

    def content(self, bands: Sequence[str] | None = None) -> Content:
        """Return short texts that are the same for scenes that hold the same, see `content_of`.

        A file is known by its bytes: a copy is the same, under any name and whenever it was made; of files of more
        than 256 MiB, blocks of 256 KiB spread over them are looked at.

        Parameters
        ----------
        bands
            As in `read`.

        Raises
        ------
        ConvistaError
            If there is no such band, or a file cannot be read.
        """
        return content_of(self._reader, self._positions(bands))

    def sample(self, bands: Sequence[str] | str | None = None) -> MaskedArray:
        """Read a few small windows all over the scene, as `read` does, and return their pixels, (bands, pixels).

        The same ones every time: at most `ACROSS` × `ACROSS`, of `SIDE` × `SIDE` pixels.
        """
        pieces = [self.read(window, bands) for window in spread(self.shape, SIDE, ACROSS)]
        values, masked = (
            np.concatenate([part.reshape(len(part), -1) for part in parts], axis=1)
            for parts in zip(*((np.ma.getdata(p), np.ma.getmaskarray(p)) for p in pieces), strict=True)
        )
        return np.ma.MaskedArray(values, masked)

    def select(self, bands: Sequence[str] | str) -> Scene:
        """Return the scene with some bands alone, in this order and under these names, found as in `read`.

        Its grid is that of the finest of them, as if they alone had been opened; one that the caller chose stays.

        Raises
        ------
        ConvistaError
            If there is no such band.
        """
        chosen = [
            replace(self._reader.bands[position], about=about)
            for position, about in zip(self._positions(bands), self._renamed(bands), strict=True)
        ]
        asked = self.grid != finest([band.grid for band in self._reader.bands])
        grid = self.grid if asked else finest([band.grid for band in chosen])
        reader = BandReader(chosen, grid, nearest=self._reader.nearest)
        return Scene(self.name, self.source, self.sensor, reader, self.credit)

    def position(self, band: str) -> int | None:
        """Return the position of the band that a name means, found as in `read`; None if there is none."""
        return position_of(band, self.bands, self.sensor)

    def has_data(self, bands: Sequence[str] | None = None) -> bool:
        """Tell whether any pixel has a datum in all bands, or those named; a few places are looked at first."""
        windows = chain(spread(self.shape, SIDE, ACROSS), covering(self.shape, (LOOKED_AT, LOOKED_AT)))
        return any(not np.ma.getmaskarray(self.read(w, bands)).any(axis=0).all() for w in windows)

    def why_masked(self, bands: Sequence[str] | None = None, window: Window | None = None) -> str:
        """Tell in words which rules hide pixels of bands: all over the scene, or in the middle of a window."""
        chosen = [self._reader.bands[position] for position in self._positions(bands)]
        return masking_rules(chosen, None if window is None else (self.grid, Window(*window)))

    def hides(self, band: str, value: float | None = None) -> bool:
        """Tell whether a mask says of each pixel of a band whether it is a datum, or this raw value means none.

        Raises
        ------
        ConvistaError
            If there is no such band, or its file cannot be opened.
        """
        return self._reader.hides(self._position(band), value)

    def close(self) -> None:
        """Close the files; a later read opens them again."""
        self._reader.close()

    def __enter__(self) -> Scene:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        sensor = f", {self.sensor}" if self.sensor else ""
        size = f"{self.height}×{self.width}, {self.grid.crs_name}"
        return f"<Scene {self.name}: {listed(self.band_names)}; {size}{sensor}>"

    def _positions(self, bands: Sequence[str] | None) -> list[int]:
        if bands is None:
            return list(range(len(self.bands)))
        return [self._position(name) for name in _listed(bands)]

    def _renamed(self, bands: Sequence[str] | None) -> tuple[Band, ...]:
        """Return bands, each under the name that it goes on by."""
        if bands is None:
            return self.bands
        asked = zip(_listed(bands), self._positions(bands), strict=True)
        return tuple(replace(self.bands[n], name=named_as(name, self.bands[n])) for name, n in asked)

    def _position(self, name: str) -> int:
        if (position := self.position(name)) is not None:
            return position
        raise ConvistaError(
            "scenes.no_such_band",
            band=name,
            scene=self.name,
            bands=", ".join(self.band_names),
            hint=hint(name, self.band_names),
        )


def _listed(bands: Sequence[str]) -> Sequence[str]:
    return [name.strip() for name in bands.split(",")] if isinstance(bands, str) else bands


def _pair(size: int | Size) -> Size:
    rows, columns = pair(size)
    if rows < 1 or columns < 1:
        raise ConvistaError("scenes.size_below_one", size=size)
    return rows, columns


def _plain_bounds(grid: Grid) -> str:
    left, bottom, right, top = (f"{edge:.10g}" for edge in grid.bounds)
    return f"x {left} … {right}, y {bottom} … {top}"
