"""Writing a map of classes as a Cloud Optimized GeoTIFF: the whole file, or none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasterio.io import DatasetWriter

from convista.errors import ConvistaError
from convista.scenes.geometry.grid import Grid
from convista.scenes.geometry.window import Window
from convista.scenes.labels.classes import ClassInfo, category_xml
from convista.scenes.writing.raster_writer import OutputBand, RasterWriter
from convista.whole_file import whole_file


class MapWriter(RasterWriter):
    """Writes a map of classes window by window: a `RasterWriter` that knows which values are classes.

    The file has a colour table, the names of the classes, and overviews by the commonest class;
    ``<path>.aux.xml`` beside it holds the names for GDAL and QGIS.

    Parameters
    ----------
    path
        The map, ``.tif`` or ``.tiff``.
    grid
        Its grid.
    classes
        Its classes, at most 255, with values from 0 to 255 other than `nodata`.
    description
        What the band shows.
    nodata
        The value of pixels without a class.
    workplace
        As of `RasterWriter`.

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
        workplace: Path | None = None,
    ) -> None:
        self.classes = tuple(classes)
        check_classes(self.classes, nodata)
        self._known = np.zeros(256, np.bool_)
        self._known[[nodata, *(c.value for c in self.classes)]] = True
        bands = [OutputBand(description)]
        super().__init__(path, grid, bands, dtype="uint8", nodata=nodata, overviews="mode", workplace=workplace)

    def write(self, window: Window, values: NDArray[np.uint8]) -> None:
        """Write class values, uint8, (rows, columns) or (1, rows, columns), into a window of the grid.

        Raises
        ------
        ValueError
            If the window leaves the grid, the array has another shape or type, or a value is no class.
        ConvistaError
            If the disk does not take it.
        """
        if values.dtype == np.uint8 and not self._known[values].all():
            raise ValueError(f"values {np.unique(values[~self._known[values]]).tolist()} are no class of the map")
        super().write(window, values[None] if values.ndim == 2 else values)

    def _describe(self, dataset: DatasetWriter) -> None:
        super()._describe(dataset)
        colours = {c.value: (*c.colour, 255) for c in self.classes}
        dataset.write_colormap(1, colours | {int(self.nodata): (0, 0, 0, 0)})
        dataset.update_tags(1, **{f"CLASS_{c.value}": c.name for c in self.classes})

    def _finish(self) -> None:
        with whole_file(Path(f"{self.path}.aux.xml"), self._workplace) as draft:
            draft.write_text(category_xml(self.classes), encoding="utf-8")
            super()._finish()


def free_nodata(classes: Iterable[ClassInfo]) -> int:
    """Return the byte that means no datum in a map: 255, or, if that is a class, the largest that is none.

    Raises
    ------
    ConvistaError
        If the classes take every byte.
    """
    taken = {c.value for c in classes}
    free = [value for value in range(255, -1, -1) if value not in taken]
    if not free:
        raise ConvistaError("scenes.writing.too_many_map_classes", count=len(taken))
    return free[0]


def check_classes(classes: Sequence[ClassInfo], nodata: int) -> None:
    """See that classes fit a map of bytes; ConvistaError if not."""
    values = [c.value for c in classes]
    if len(values) > 255:
        raise ConvistaError("scenes.writing.too_many_map_classes", count=len(values))
    if not 0 <= nodata <= 255:
        raise ConvistaError("scenes.writing.map_nodata", nodata=nodata)
    wrong = [v for v in values if not 0 <= v <= 255 or v == nodata or values.count(v) > 1]
    if wrong:
        each = dict.fromkeys(wrong)
        listed = ", ".join(map(str, each))
        raise ConvistaError("scenes.writing.class_values", values=listed, count=len(each), nodata=nodata)
