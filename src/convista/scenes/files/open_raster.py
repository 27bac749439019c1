"""An open raster file: what it says of itself, and windows of its raw values.

Whatever rasterio raises on the way becomes a ConvistaError that names the file and the reason.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import MaskFlags
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import DatasetReader, MemoryFile
from rasterio.windows import Window as RasterioWindow

from convista.errors import ConvistaError
from convista.failures import reason
from convista.scenes.files.failures import FAILURES
from convista.scenes.files.formats import SELF_CONTAINED, open_dataset
from convista.scenes.files.header import Header
from convista.scenes.files.raster_file import InMemoryRaster, RasterFile, title
from convista.scenes.geometry.grid import Grid, Tie
from convista.scenes.geometry.window import Window

LARGEST_BLOCK = 2**29
"""Bytes of a block, as GDAL decodes it, that are read: a block is read whole, however small the window is."""


@contextmanager
def readable(file: RasterFile) -> Iterator[None]:
    """Turn what rasterio raises while a file is opened or read into a ConvistaError."""
    try:
        yield
    except FAILURES as error:
        raise ConvistaError("scenes.files.unreadable", file=title(file), reason=reason(error)) from error


@contextmanager
def perhaps_without_georeference() -> Iterator[None]:
    """Silence the warning about an image without georeference: here that is a case of its own, with CRS None."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        yield


class OpenRaster:
    """One open file. It belongs to the process that opened it and serves one caller at a time."""

    def __init__(self, file: RasterFile) -> None:
        self.file = file
        self._held = ExitStack()
        with readable(file), perhaps_without_georeference():
            if isinstance(file, InMemoryRaster):
                memory = self._held.enter_context(MemoryFile(file.data))
                self.dataset: DatasetReader = self._held.enter_context(memory.open(driver=list(SELF_CONTAINED)))
            else:
                self.dataset = self._held.enter_context(open_dataset(file))
            height, width = self.dataset.shape
            self.grid = Grid(self.dataset.crs, self.dataset.transform, height, width, self._tie())

    def header(self) -> Header:
        """Return what the file says of itself."""
        d = self.dataset
        return Header(
            self.grid,
            tuple(d.dtypes),
            tuple(text or self._variable(i) for i, text in zip(d.indexes, d.descriptions, strict=True)),
            tuple(c.name for c in d.colorinterp),
            tuple(d.scales),
            tuple(d.offsets),
            tuple(u or None for u in d.units),
            tuple(d.nodatavals),
            tuple(name for name in d.subdatasets if self._is_inside(name)),
        )

    def read(self, indexes: Sequence[int], window: Window) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """Read a window that lies inside the file: raw values, and where the file's own mask hides them.

        Both (bands, rows, columns). Nodata values and masks that are bands, such as alpha, are left to the caller,
        who may know others than the file does.
        """
        self._check_blocks(indexes)
        cut = RasterioWindow.from_slices(*window.slices)
        with readable(self.file):
            raw = self.dataset.read(list(indexes), window=cut)
            masked = np.zeros(raw.shape, np.bool_)
            for number, index in enumerate(indexes):
                flags = self.dataset.mask_flag_enums[index - 1]
                if MaskFlags.per_dataset in flags and MaskFlags.alpha not in flags:
                    masked[number] = self.dataset.read_masks(index, window=cut) == 0
        return raw, masked

    def has_mask(self, index: int) -> bool:
        """Tell whether a mask of the file's own says of each pixel of a band whether it counts."""
        flags = self.dataset.mask_flag_enums[index - 1]
        return MaskFlags.per_dataset in flags and MaskFlags.alpha not in flags

    def hidden(self, index: int, window: Window) -> NDArray[np.bool_]:
        """Return where a band that is a mask hides others, in a window inside the file: where it is 0 or no number.

        A nodata tag of the file is that of its data: 255 is no datum of a picture and full of its alpha.
        """
        (values,), (hidden,) = self.read([index], window)
        return np.asarray(hidden | (values == 0) | ~np.isfinite(values))

    def tile_row(self, indexes: Sequence[int]) -> int:
        """Return the bytes of a row of decoded tiles, as GDAL keeps them: of bands side by side, all."""
        kept = self._decoded_with(indexes)
        rows: int = max(self.dataset.block_shapes[index - 1][0] for index in kept)
        return rows * int(self.dataset.width) * self._pixel(kept)

    def _tie(self) -> Tie | None:
        """Return what else says where the file lies, if it has no grid."""
        if not self.dataset.transform.is_identity:
            return None
        points, crs = self.dataset.gcps
        if points:
            numbers = tuple((p.row, p.col, p.x, p.y, p.z) for p in points)
            return Tie(title(self.file), numbers, len(points), crs)
        coefficients = self.dataset.rpcs
        return Tie(title(self.file), tuple(coefficients.to_gdal().items())) if coefficients else None

    def _check_blocks(self, indexes: Sequence[int]) -> None:
        """Raise a ConvistaError where a block, which is decoded whole for the smallest window, is too large."""
        for index in indexes:
            rows, columns = self.dataset.block_shapes[index - 1]
            size = rows * columns * self._pixel(self._decoded_with([index]))
            if size > LARGEST_BLOCK:
                raise ConvistaError(
                    "scenes.files.block_too_large",
                    file=title(self.file),
                    rows=rows,
                    columns=columns,
                    size=f"{size / 2**30:.1f}",
                    most=f"{LARGEST_BLOCK / 2**30:g}",
                )

    def _decoded_with(self, indexes: Sequence[int]) -> Sequence[int]:
        """Return the bands that are decoded where some are read: all of them, if they lie pixel by pixel."""
        together = self.dataset.tags(ns="IMAGE_STRUCTURE").get("INTERLEAVE") == "PIXEL"
        bands: Sequence[int] = self.dataset.indexes if together else indexes
        return bands

    def _pixel(self, indexes: Sequence[int]) -> int:
        """Return the bytes of one decoded pixel of some bands."""
        dtypes = (self.dataset.dtypes[index - 1] for index in indexes)
        # GDAL's complex integers are no type of NumPy.
        return sum(np.dtype("complex64" if d.startswith("complex_int") else d).itemsize for d in dtypes)

    def close(self) -> None:
        """Close the file."""
        self._held.close()

    def _is_inside(self, name: str) -> bool:
        """Whether a name of GDAL's own leads into this file; metadata beside it may name anything."""
        here = title(self.file)
        return name.lower().startswith(self.dataset.driver.lower()) and here in name and name != here

    def _variable(self, index: int) -> str | None:
        """Return the name of the NetCDF variable that a band is, or is a part of."""
        name: str | None = self.dataset.tags(index).get("NETCDF_VARNAME")
        return f"{name}_{index}" if name and self.dataset.count > 1 else name


def read_header(file: RasterFile) -> Header:
    """Open a file, take its header, and close it."""
    opened = OpenRaster(file)
    try:
        return opened.header()
    finally:
        opened.close()
