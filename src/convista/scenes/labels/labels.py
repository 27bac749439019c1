"""Labels: a raster of class numbers, with the classes' names and colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.language import listed
from convista.scenes.bands.band import Band
from convista.scenes.bands.masks import MaskBand
from convista.scenes.bands.raster_band import RasterBand
from convista.scenes.bands.reader import BandReader
from convista.scenes.files.header import Header
from convista.scenes.files.raster_file import RasterFile, title
from convista.scenes.geometry.grid import Grid
from convista.scenes.geometry.window import Window, whole
from convista.scenes.labels.classes import ClassInfo, Colour
from convista.scenes.labels.colours import Recoding, pack_colours

LabelArray = np.ma.MaskedArray[Any, np.dtype[np.int32]]

LARGEST_CLASS = 2**24
"""Class numbers are read as float32, which counts no further."""


class Labels:
    """A raster of class numbers. Made by `open_labels`; it can be pickled, and shared as a `Scene` can."""

    def __init__(self, reader: BandReader) -> None:
        self._reader = reader
        self.recoding: Recoding | None = None
        """Which class each number, or colour, of the file is; None where they are the same."""
        self.classes: tuple[ClassInfo, ...] = ()
        """By value."""
        self.colours: Mapping[int, tuple[Colour, ...]] = {}
        """The colours that each class is told by, by value; empty where it is told by numbers."""
        self.counts: Mapping[int, int] | None = None
        """Pixels of each class, by value; None where the file names its classes, so that nobody counted."""

    @property
    def source(self) -> str:
        """What was opened, as text."""
        return title(self._reader.bands[0].file)

    @property
    def grid(self) -> Grid:
        """Where the labels lie on the ground."""
        return self._reader.grid

    def read(self, window: Window | None = None) -> LabelArray:
        """Read class numbers, int32, (rows, columns): masked where there is no label, which is −1 underneath.

        None reads everything. The window may reach outside the raster, where it is masked.

        Raises
        ------
        ConvistaError
            If the file cannot be read or has values that are no class numbers.
        """
        window = whole(self.grid.shape) if window is None else Window(*window)
        values, unknown = self._reader.read(window, range(len(self._reader.bands)))
        masked = np.asarray(unknown.any(axis=0), np.bool_)
        if self.recoding is not None:
            return self.recoding.applied(pack_colours(values), masked)
        numbers = values[0]
        masked = masked | (numbers < 0)
        numbers[masked] = -1
        strange = numbers[(numbers != np.floor(numbers)) | (numbers > LARGEST_CLASS)]
        if strange.size:
            raise ConvistaError("scenes.labels.no_class_number", source=self.source, value=f"{strange[0]:g}")
        return np.ma.MaskedArray(numbers.astype(np.int32), masked, fill_value=-1)

    def on(self, grid: Grid) -> Labels:
        """Return the labels on another grid: each pixel has the class of the one its centre falls into."""
        there = Labels(self._reader.on(grid, nearest=True))
        there.recoding, there.classes, there.colours = self.recoding, self.classes, self.colours
        return there

    def packed_colours(self, window: Window) -> NDArray[np.int64]:
        """Return what is read of a window's labelled pixels before it is a class (`pack_colours`); one axis."""
        values, unknown = self._reader.read(window, range(len(self._reader.bands)))
        return pack_colours(values)[~unknown.any(axis=0)]

    def close(self) -> None:
        """Close the file; a later read opens it again."""
        self._reader.close()

    def __enter__(self) -> Labels:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        classes = listed([f"{c.value} {c.name}" for c in self.classes])
        return f"<Labels {self.source}: {classes}; {self.grid.height}×{self.grid.width}>"


def labels_of(file: RasterFile, header: Header, bands: Sequence[int], unlabelled: Sequence[float]) -> Labels:
    """Return the labels that bands of a file hold, which have no classes yet.

    Parameters
    ----------
    file, header
        The file, and what it says of itself.
    bands
        Their numbers, from 1: one, or three of a picture.
    unlabelled
        Numbers that are no label, besides the one that the file declares.
    """
    masks = () if header.alpha is None else (MaskBand(file, header.alpha),)
    found = []
    for number in bands:
        # The tag of a picture is a colour, which a single band does not tell.
        tag = header.nodata[number - 1] if len(bands) == 1 else None
        band = Band("labels", "labels", dtype=header.dtypes[number - 1], nodata=tag)
        nodata = (*unlabelled, *(() if tag is None else (tag,)))
        found.append(RasterBand(file, number, band, nodata, header.grid, masks=masks))
    return Labels(BandReader(found, header.grid))
