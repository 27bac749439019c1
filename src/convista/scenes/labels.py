"""Labels: a raster of class numbers, with the classes' names and colours."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from convista.errors import ConvistaError
from convista.language import listed
from convista.scenes.bands import Band
from convista.scenes.class_names import ClassNames, named
from convista.scenes.classes import ClassInfo, Legend, colours_for, read_legend
from convista.scenes.complex_parts import is_complex
from convista.scenes.files import Header, InMemoryRaster, RasterFile, read_header, title
from convista.scenes.formats import is_remote
from convista.scenes.grid import Grid
from convista.scenes.layers import Layer, LayerReader
from convista.scenes.sources import existing
from convista.scenes.window import Window, covering, whole

LabelArray = np.ma.MaskedArray[Any, np.dtype[np.int32]]

MOST_CLASSES = 255
"""As many as a one-byte map holds beside its nodata value."""

LARGEST_CLASS = 2**24
"""Class numbers are read as float32, which counts no further."""

STRIP_ROWS = 256


class Labels:
    """A raster of class numbers. Made by `open_labels`; it can be pickled, and shared as a `Scene` can."""

    def __init__(self, reader: LayerReader, classes: tuple[ClassInfo, ...] = ()) -> None:
        self._reader = reader
        self.classes = classes
        """By value."""

    @property
    def source(self) -> str:
        """What was opened, as text."""
        return title(self._reader.layers[0].file)

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
        (values,), (masked,) = self._reader.read(window, [0])
        masked = masked | (values < 0)
        values[masked] = -1
        strange = values[(values != np.floor(values)) | (values > LARGEST_CLASS)]
        if strange.size:
            raise ConvistaError("scenes.no_class_number", source=self.source, value=f"{strange[0]:g}")
        return np.ma.MaskedArray(values.astype(np.int32), masked, fill_value=-1)

    def on(self, grid: Grid) -> Labels:
        """Return the labels on another grid: each pixel has the class of the one its centre falls into."""
        return Labels(self._reader.on(grid, nearest=True), self.classes)

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


def open_labels(source: str | os.PathLike[str] | InMemoryRaster, names: ClassNames | None = None) -> Labels:
    """Open a raster of labels: one band of class numbers; what is nodata, masked or negative is no label.

    Parameters
    ----------
    source
        The raster.
    names
        Names of the classes: one for each, in the order of their values, or a mapping value → name. None for the
        category names in the file, or else the values themselves.

    Returns
    -------
    The labels. Their classes are those the file names; if it names none, its values, for which it is read through
    once, strip by strip. Colours are the file's; where it has none, those that people expect of a class of that
    name, or else distinct ones.

    Raises
    ------
    ConvistaError
        If the file cannot be read, is no raster of class numbers, has another number of classes than names, or the
        names are of values that it does not have, or repeated.
    """
    file: RasterFile
    if isinstance(source, InMemoryRaster):
        file = source
    else:
        text = os.fspath(source)
        file = text if is_remote(text) else existing(Path(text))
    header = read_header(file)
    if header.count - (header.alpha is not None) != 1:
        raise ConvistaError("scenes.labels_bands", source=title(file), count=header.count)
    if is_complex(header.dtypes[0]):
        raise ConvistaError("scenes.labels_complex", source=title(file))
    labels = Labels(LayerReader([_layer(file, header)], header.grid))
    legend = read_legend(file)
    values = sorted(legend.names) or _values_found(labels)
    if isinstance(names, Mapping) and not set(names) <= set(values):
        values = sorted({*values, *_values_found(labels)})
    labels.classes = _classes(title(file), values, legend, names)
    return labels


def _layer(file: RasterFile, header: Header) -> Layer:
    tag = header.nodata[0]
    band = Band("labels", "labels", dtype=header.dtypes[0], nodata=tag)
    return Layer(file, 1, band, () if tag is None else (tag,))


def _values_found(labels: Labels) -> list[int]:
    values: set[int] = set()
    for window in covering(labels.grid.shape, (STRIP_ROWS, labels.grid.width)):
        values.update(np.unique(labels.read(window).compressed()).tolist())
        if len(values) > MOST_CLASSES:
            raise ConvistaError("scenes.too_many_classes", source=labels.source, limit=MOST_CLASSES)
    return sorted(values)


def _classes(source: str, values: list[int], legend: Legend, names: ClassNames | None) -> tuple[ClassInfo, ...]:
    full = named(source, {value: legend.names.get(value, str(value)) for value in values}, names)
    colours = colours_for(list(full.values()), [legend.colours.get(value) for value in full])
    return tuple(ClassInfo(*entry) for entry in zip(full, full.values(), colours, strict=True))
