"""Writing a map of classes as a Cloud Optimized GeoTIFF: the whole file, or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from uuid import uuid4

import numpy as np
import rasterio
import rasterio.shutil
from numpy.typing import NDArray
from rasterio.io import DatasetWriter
from rasterio.windows import Window as RasterioWindow

from convista.errors import ConvistaError
from convista.scenes.classes import ClassInfo, category_xml
from convista.scenes.failures import FAILURES, reason
from convista.scenes.files import perhaps_without_georeference
from convista.scenes.grid import Grid
from convista.scenes.window import Window, whole

ENDINGS = (".tif", ".tiff")
BLOCK = 512
"""Side of the tiles of the file; strips whose height is a multiple of it are written once."""


class MapWriter:
    """Writes a map window by window, in any order, into a file that appears when it is complete.

    Used as a context manager. Windows go into a temporary file beside the target; a clean exit makes the Cloud
    Optimized GeoTIFF from it (deflate, overviews by the commonest class, colour table, class names) under its name.
    Any exception, an interruption included, leaves nothing behind, and an older map of that name as it was.
    Pixels that are never written are nodata.

    Parameters
    ----------
    path
        The map, ``.tif`` or ``.tiff``; ``<path>.aux.xml`` beside it holds the class names for GDAL and QGIS.
    grid
        Its grid.
    classes
        Its classes, at most 255, with values from 0 to 255 other than `nodata`.
    description
        What the band shows.
    nodata
        The value of pixels without a class.

    Raises
    ------
    ConvistaError
        At once if the file cannot be made there or the classes do not fit; at the end if the disk is full.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        grid: Grid,
        classes: Sequence[ClassInfo],
        *,
        description: str,
        nodata: int = 255,
    ) -> None:
        self.path = Path(path)
        self.grid = grid
        self.classes = tuple(classes)
        self.nodata = nodata
        _check_classes(self.classes, nodata)
        _check_place(self.path)
        self._known = np.zeros(256, np.bool_)
        self._known[[nodata, *(c.value for c in self.classes)]] = True
        unique = f".{self.path.name}.{uuid4().hex[:8]}"
        self._strips = self.path.with_name(f"{unique}.strips.tif")
        self._finished = self.path.with_name(f"{unique}.tif")
        self._legend = self.path.with_name(f"{unique}.aux.xml")
        try:
            self._dataset = self._created()
            self._dataset.write_colormap(
                1, {c.value: (*c.colour, 255) for c in self.classes} | {nodata: (0, 0, 0, 0)}
            )
            self._dataset.set_band_description(1, description)
            self._dataset.update_tags(1, **{f"CLASS_{c.value}": c.name for c in self.classes})
        except FAILURES as error:
            self._clear()
            raise ConvistaError("scenes.map_not_written", path=self.path, reason=reason(error)) from error

    def write(self, window: Window, values: NDArray[np.uint8]) -> None:
        """Write class values, uint8, (rows, columns), into a window of the grid.

        Raises
        ------
        ValueError
            If the window leaves the grid, the array has another shape or type, or a value is no class.
        ConvistaError
            If the disk does not take it.
        """
        window = Window(*window)
        if values.dtype != np.uint8 or values.shape != window.shape or not whole(self.grid.shape).contains(window):
            raise ValueError(f"{values.dtype} {values.shape} in {window} of a map of {self.grid.shape}")
        if not self._known[values].all():
            raise ValueError(f"values {np.unique(values[~self._known[values]]).tolist()} are no class of the map")
        cut = RasterioWindow(window.column, window.row, window.width, window.height)
        try:
            self._dataset.write(values, 1, window=cut)
        except FAILURES as error:
            raise ConvistaError("scenes.map_not_written", path=self.path, reason=reason(error)) from error

    def _created(self) -> DatasetWriter:
        with perhaps_without_georeference():
            return rasterio.open(
                self._strips,
                "w",
                driver="GTiff",
                height=self.grid.height,
                width=self.grid.width,
                count=1,
                dtype="uint8",
                crs=self.grid.crs,
                transform=self.grid.transform,
                nodata=self.nodata,
                tiled=True,
                blockxsize=BLOCK,
                blockysize=BLOCK,
                compress="deflate",
                zlevel=1,
                sparse_ok=True,
                bigtiff="if_safer",
            )

    def __enter__(self) -> MapWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                with perhaps_without_georeference():
                    self._finish()
        except FAILURES as failure:
            raise ConvistaError("scenes.map_not_written", path=self.path, reason=reason(failure)) from failure
        finally:
            self._clear()

    def _finish(self) -> None:
        self._dataset.close()
        rasterio.shutil.copy(
            self._strips,
            self._finished,
            driver="COG",
            compress="deflate",
            blocksize=BLOCK,
            overview_resampling="mode",
            bigtiff="if_safer",
            num_threads="all_cpus",
        )
        self._compare()
        self._legend.write_text(category_xml(self.classes), encoding="utf-8")
        self._finished.replace(self.path)
        self._legend.replace(f"{self.path}.aux.xml")

    def _compare(self) -> None:
        """Read both files and compare them: GDAL does not always report that the last bytes found no room."""
        with rasterio.open(self._strips) as written, rasterio.open(self._finished) as copied:
            if written.checksum(1) != copied.checksum(1):
                raise OSError("the finished file differs from what was written")

    def _clear(self) -> None:
        with suppress(AttributeError, *FAILURES):
            self._dataset.close()
        for leftover in (self._strips, self._finished, self._legend):
            for path in (
                leftover,
                Path(f"{leftover}.aux.xml"),
                Path(f"{leftover}.ovr.tmp"),
                Path(f"{leftover}.msk.ovr.tmp"),
            ):
                path.unlink(missing_ok=True)


def _check_classes(classes: Sequence[ClassInfo], nodata: int) -> None:
    values = [c.value for c in classes]
    if len(values) > 255:
        raise ConvistaError("scenes.too_many_map_classes", count=len(values))
    if not 0 <= nodata <= 255:
        raise ConvistaError("scenes.map_nodata", nodata=nodata)
    wrong = [v for v in values if not 0 <= v <= 255 or v == nodata or values.count(v) > 1]
    if wrong:
        listed = ", ".join(str(v) for v in dict.fromkeys(wrong))
        raise ConvistaError("scenes.class_values", values=listed, nodata=nodata)


def _check_place(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        raise ConvistaError("scenes.map_ending", path=path)
    if not path.parent.is_dir():
        raise ConvistaError("scenes.no_folder", path=path, folder=path.parent)
    if path.is_dir():
        raise ConvistaError("scenes.map_exists_as_folder", path=path)
