"""Writing a raster as a Cloud Optimized GeoTIFF: the whole file, or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from uuid import uuid4

import numpy as np
import rasterio
import rasterio.shutil
from numpy.typing import NDArray
from rasterio.io import DatasetWriter
from rasterio.windows import Window as RasterioWindow

from convista.errors import ConvistaError
from convista.failures import told_as
from convista.language import listed
from convista.scenes.files.failures import FAILURES
from convista.scenes.files.open_raster import perhaps_without_georeference
from convista.scenes.geometry.grid import Grid
from convista.scenes.geometry.window import Window, whole
from convista.whole_file import whole_file

ENDINGS = (".tif", ".tiff")
BLOCK, SMALLEST_BLOCK = 512, 128
"""Side of the tiles of a file of few bands, and of very many."""
BLOCK_BYTES = 2**24
"""Of a tile with all its bands, at most, since a Cloud Optimized GeoTIFF keeps them together."""
ROWS = 16
"""Rows of a tile while windows come in: each write compresses anew every tile that it touches."""


class OutputBand(NamedTuple):
    """A band to be written."""

    description: str
    unit: str | None = None
    scale: float = 1.0
    """What a stored number is multiplied by to mean what it does."""


class RasterWriter:
    """Writes a raster window by window, in any order, into a file that appears when it is complete.

    Used as a context manager. Windows go into a temporary file beside the target; a clean exit makes the Cloud
    Optimized GeoTIFF from it (deflate, overviews) under its name. Any exception, an interruption included, leaves
    nothing behind, and an older file of that name as it was. Pixels that are never written are nodata.

    Parameters
    ----------
    path
        The file, ``.tif`` or ``.tiff``.
    grid
        Its grid.
    bands
        What each band holds.
    dtype, nodata
        How numbers are stored, and which of them means no datum.
    overviews
        How a pixel of an overview is made of those below it, in GDAL's words.
    workplace
        The folder of the temporary files, on the same disk; None for beside the file.

    Raises
    ------
    ConvistaError
        At once if the file cannot be made there; at the end if the disk is full.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        grid: Grid,
        bands: Sequence[OutputBand],
        *,
        dtype: str,
        nodata: float,
        overviews: str = "average",
        workplace: Path | None = None,
    ) -> None:
        self.path = Path(path)
        self.grid = grid
        self.bands = tuple(bands)
        self.dtype = dtype
        self.nodata = nodata
        self._overviews = overviews
        self._block = block_of(len(self.bands), dtype)
        check_place(self.path)
        self._workplace = self.path.parent if workplace is None else workplace
        self._strips = self._workplace / f".unfinished-{uuid4().hex[:8]}.tif"
        try:
            with self._telling():
                self._dataset = self._created()
                self._describe(self._dataset)
        except ConvistaError:
            self._clear()
            raise

    def __repr__(self) -> str:
        bands = listed([band.description for band in self.bands])
        size = f"{self.grid.height}×{self.grid.width}"
        return f"<{type(self).__name__} {self.path}: {bands}; {size}, {self.dtype}, {self.grid.crs_name}>"

    def write(self, window: Window, values: NDArray[Any]) -> None:
        """Write values, (bands, rows, columns), into a window of the grid.

        Raises
        ------
        ValueError
            If the window leaves the grid or the array has another shape or type.
        ConvistaError
            If the disk does not take it.
        """
        window = Window(*window)
        expected = (len(self.bands), *window.shape)
        if values.dtype != self.dtype or values.shape != expected or not whole(self.grid.shape).contains(window):
            raise ValueError(f"{values.dtype} {values.shape} in {window} of a map of {self.grid.shape}")
        cut = RasterioWindow.from_slices(*window.slices)
        with self._telling():
            self._dataset.write(values, window=cut)

    def _created(self) -> DatasetWriter:
        with perhaps_without_georeference():
            return rasterio.open(
                self._strips,
                "w",
                driver="GTiff",
                height=self.grid.height,
                width=self.grid.width,
                count=len(self.bands),
                dtype=self.dtype,
                crs=self.grid.crs,
                transform=self.grid.transform,
                nodata=self.nodata,
                tiled=True,
                blockxsize=self._block,
                blockysize=ROWS,
                compress="deflate",
                zlevel=1,
                interleave="band",
                photometric="minisblack",
                sparse_ok=True,
                bigtiff="if_safer",
            )

    def _describe(self, dataset: DatasetWriter) -> None:
        """Write what the bands are."""
        dataset.descriptions = tuple(band.description for band in self.bands)
        dataset.units = tuple(band.unit or "" for band in self.bands)
        if any(band.scale != 1 for band in self.bands):
            dataset.scales = tuple(band.scale for band in self.bands)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                with self._telling(), perhaps_without_georeference():
                    self._finish()
        finally:
            self._clear()

    def _finish(self) -> None:
        self._dataset.close()
        with whole_file(self.path, self._workplace) as draft:
            rasterio.shutil.copy(
                self._strips,
                draft,
                driver="COG",
                compress="deflate",
                predictor="yes" if self.dtype == "float32" else "no",
                blocksize=self._block,
                overview_resampling=self._overviews,
                bigtiff="if_safer",
                num_threads="all_cpus",
            )
            self._compare(draft)

    def _compare(self, finished: Path) -> None:
        """Read both files and compare them: GDAL does not always report that the last bytes found no room."""
        with rasterio.open(self._strips) as written, rasterio.open(finished) as copied:
            for _, tile in copied.block_windows(1):
                if written.read(window=tile).tobytes() != copied.read(window=tile).tobytes():
                    raise OSError("the finished file differs from what was written")

    def _clear(self) -> None:
        with suppress(AttributeError, *FAILURES):
            self._dataset.close()
        for leftover in self._workplace.glob(f"{self._strips.name}*"):
            leftover.unlink(missing_ok=True)

    def _telling(self) -> AbstractContextManager[None]:
        return told_as("scenes.writing.map_not_written", FAILURES, self._workplace, path=self.path)


def block_of(bands: int, dtype: str) -> int:
    """Return the side of the tiles of a file with so many bands."""
    block = BLOCK
    while block > SMALLEST_BLOCK and block**2 * bands * np.dtype(dtype).itemsize > BLOCK_BYTES:
        block //= 2
    return block


def check_place(path: Path) -> None:
    """See that a raster can have this name; ConvistaError if not."""
    if path.suffix.lower() not in ENDINGS:
        raise ConvistaError("scenes.writing.map_ending", path=path)
    with told_as("scenes.writing.map_not_written", path=path):
        if not path.parent.is_dir():
            raise ConvistaError("scenes.no_folder", path=path, folder=path.parent)
        if path.is_dir():
            raise ConvistaError("scenes.writing.map_exists_as_folder", path=path)
