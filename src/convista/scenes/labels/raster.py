"""Labels: a raster of class numbers, with the classes' names and colours."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.language import listed
from convista.scenes.bands.masks import MaskBand
from convista.scenes.bands.names import Band
from convista.scenes.bands.reader import BandReader, RasterBand
from convista.scenes.files.complex_parts import is_complex
from convista.scenes.files.formats import is_remote
from convista.scenes.files.raster_file import Header, InMemoryRaster, RasterFile, read_header, title
from convista.scenes.geometry.grid import Grid
from convista.scenes.geometry.window import Window, covering, whole
from convista.scenes.labels.class_colours import ClassColour, ClassColours, class_colours, colour_of
from convista.scenes.labels.class_names import ClassNames, named
from convista.scenes.labels.classes import ClassInfo, Colour, colours_for
from convista.scenes.labels.colours import Recoding, Told, packed, told_by_colours, unexplained, unpacked
from convista.scenes.labels.legend import Legend, read_legend
from convista.scenes.sources import existing

LabelArray = np.ma.MaskedArray[Any, np.dtype[np.int32]]

MOST_CLASSES = 255
"""As many as a one-byte map holds beside its nodata value."""

MASKED_OUT = 255
"""What labels have, often without saying so, where there is none; in a mask of 0 and 255 it is a class."""

MASK = [0, 255]

MOST_COLOURS = 4096
"""A picture of more colours is a photograph, or was compressed with loss."""

LARGEST_CLASS = 2**24
"""Class numbers are read as float32, which counts no further."""

STRIP_ROWS, STRIP_COLUMNS = 256, 2**16
"""Of a raster that is read through: its width is only what the file claims."""


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
        values, unknown = self._reader.read(window, range(len(self._reader.layers)))
        masked = np.asarray(unknown.any(axis=0), np.bool_)
        if self.recoding is not None:
            return self.recoding.applied(packed(values), masked)
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

    def packed(self, window: Window) -> NDArray[np.int64]:
        """Return what is read of the labelled pixels of a window, before it is a class, see `packed`; one axis."""
        values, unknown = self._reader.read(window, range(len(self._reader.layers)))
        return packed(values)[~unknown.any(axis=0)]

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


def open_labels(
    source: str | os.PathLike[str] | InMemoryRaster,
    names: ClassNames | None = None,
    *,
    nodata: float | str | None = None,
    colours: ClassColours | None = None,
) -> Labels:
    """Open a raster of labels: one band of class numbers, or a picture of three in which a colour is a class.

    What is nodata, masked or negative is no label.

    Parameters
    ----------
    source
        The raster.
    names
        Names of the classes: one for each, in the order of their values, or a mapping value → name. None for the
        names in the file, or else the values themselves.
    nodata
        A value, or a colour such as ``"#000000"``, that is no label, besides those the file declares.
    colours
        Which colour is which class, see `class_colours`: of a picture of red, green and blue, or of the colour
        table of a raster of class numbers, which keeps its numbers.

    Returns
    -------
    The labels. Their classes are those the file names; if it names none, its values, for which it is read through
    once, strip by strip; of a picture those of the table of colours, by the numbers it gives, or else numbered from
    1. Colours are the table's or the file's; where there are none, those that people expect of a class of that
    name, or else distinct ones.

    Raises
    ------
    ConvistaError
        If the file cannot be read, is no raster of class numbers or has colours that are no class, has another
        number of classes than names, or the names are of values that it does not have, or repeated. If 255 is there
        among other numbers and nobody says whether it is a class: together with 0 it is one.
    """
    file: RasterFile
    if isinstance(source, InMemoryRaster):
        file = source
    else:
        text = os.fspath(source)
        file = text if is_remote(text) else existing(Path(text))
    header = read_header(file)
    bands = [number for number in range(1, header.count + 1) if number != header.alpha]
    if any(map(is_complex, header.dtypes)):
        raise ConvistaError("scenes.labels.labels_complex", source=title(file))
    if len(bands) == 3 and set(header.dtypes) == {"uint8"}:
        return _picture(file, header, bands, names, nodata, colours)
    if len(bands) != 1:
        raise ConvistaError("scenes.labels.labels_bands", source=title(file), count=header.count)
    legend = read_legend(file)
    if colours is None:
        return _numbers(file, header, bands, names, legend, _special(title(file), legend, nodata))
    return _with_palette(file, header, bands, names, legend, nodata, class_colours(colours))


def _numbers(
    file: RasterFile,
    header: Header,
    bands: Sequence[int],
    names: ClassNames | None,
    legend: Legend,
    special: Sequence[float],
) -> Labels:
    labels = Labels(_reader(file, header, bands, special))
    values = sorted(set(legend.names) - set(special)) if legend.complete else []
    if not values or (isinstance(names, Mapping) and not set(names) <= set(values)):
        labels.counts = _counted(lambda window: labels.read(window).compressed(), labels, MOST_CLASSES)
        values = sorted({*values, *labels.counts})
    if values and values[-1] == MASKED_OUT and values != MASK:
        _check_meant(labels.source, legend, names, values)
    labels.classes = _classes(labels.source, values, legend, names)
    return labels


def _special(source: str, legend: Legend, nodata: float | str | None) -> tuple[float, ...]:
    """Return the numbers that are no label: the one given, or all of a colour; ConvistaError if there is none."""
    if nodata is None:
        return ()
    if not isinstance(nodata, str):
        return (float(nodata),)
    colour = colour_of(nodata)
    found = tuple(float(value) for value, shown in legend.palette.items() if shown == colour)
    if not found:
        raise ConvistaError("scenes.labels.no_palette", source=source)
    return found


def _with_palette(
    file: RasterFile,
    header: Header,
    bands: Sequence[int],
    names: ClassNames | None,
    legend: Legend,
    nodata: float | str | None,
    table: Sequence[ClassColour],
) -> Labels:
    """Name the numbers of a raster by the colours that its own table gives them."""
    if not legend.palette:
        raise ConvistaError("scenes.labels.no_palette", source=title(file))
    labels = Labels(_reader(file, header, bands, _special(title(file), legend, nodata)))
    counts = _counted(lambda window: labels.read(window).compressed(), labels, MOST_CLASSES)
    recoding, told = told_by_colours(labels.source, counts, legend.palette, table, (), keep=True)
    return _told(labels, recoding, told, names)


def _picture(
    file: RasterFile,
    header: Header,
    bands: Sequence[int],
    names: ClassNames | None,
    nodata: float | str | None,
    colours: ClassColours | None,
) -> Labels:
    """Open a picture of red, green and blue."""
    if nodata is not None and not isinstance(nodata, str):
        raise ConvistaError("scenes.labels.nodata_of_picture", source=title(file), nodata=nodata)
    labels = Labels(_reader(file, header, bands, ()))
    most = MOST_CLASSES if colours is None else MOST_COLOURS
    counts = _counted(labels.packed, labels, most, "scenes.labels.too_many_colours")
    unlabelled = [] if nodata is None else [colour_of(nodata)]
    tags = [header.nodata[number - 1] for number in bands]
    if None not in tags:
        red, green, blue = (int(tag or 0) for tag in tags)
        unlabelled.append((red, green, blue))
    shown = {number: unpacked(number) for number in counts}
    if colours is None:
        left = {number: pixels for number, pixels in counts.items() if shown[number] not in unlabelled}
        raise unexplained(labels.source, left)
    table = class_colours(colours)
    recoding, told = told_by_colours(labels.source, counts, shown, table, unlabelled, keep=False)
    return _told(labels, recoding, told, names)


def _told(labels: Labels, recoding: Recoding, told: Sequence[Told], names: ClassNames | None) -> Labels:
    """Give labels the classes that their colours tell."""
    full = named(labels.source, {one.value: one.name for one in told}, names)
    labels.recoding = recoding
    labels.classes = tuple(ClassInfo(one.value, full[one.value], one.colours[0]) for one in told)
    labels.colours = {one.value: one.colours for one in told}
    labels.counts = {one.value: one.pixels for one in told}
    return labels


def _check_meant(source: str, legend: Legend, names: ClassNames | None, values: Sequence[int]) -> None:
    """See that somebody says that 255, which often means “no label”, is a class; ConvistaError if not."""
    given = MASKED_OUT in names if isinstance(names, Mapping) else names is not None
    if not (given or MASKED_OUT in legend.names):
        raise ConvistaError("scenes.labels.is_255_a_class", source=source, values=", ".join(map(str, values)))


def _reader(file: RasterFile, header: Header, bands: Sequence[int], special: Sequence[float]) -> BandReader:
    masks = () if header.alpha is None else (MaskBand(file, header.alpha),)
    layers = []
    for number in bands:
        tag = header.nodata[number - 1] if len(bands) == 1 else None
        band = Band("labels", "labels", dtype=header.dtypes[number - 1], nodata=tag)
        nothing = (*special, *(() if tag is None else (tag,)))
        layers.append(RasterBand(file, number, band, nothing, header.grid, masks=masks))
    return BandReader(layers, header.grid)


def _counted(
    numbers: Callable[[Window], NDArray[Any]],
    labels: Labels,
    most: int,
    otherwise: str = "scenes.labels.too_many_classes",
) -> dict[int, int]:
    """Return the pixels of each number; ConvistaError, as `otherwise` says, if there are more than `most`."""
    counts: Counter[int] = Counter()
    for window in covering(labels.grid.shape, (STRIP_ROWS, STRIP_COLUMNS)):
        values, pixels = np.unique(numbers(window), return_counts=True)
        counts.update(dict(zip(values.tolist(), pixels.tolist(), strict=True)))
        if len(counts) > most:
            raise ConvistaError(otherwise, source=labels.source, limit=most)
    return dict(sorted(counts.items()))


def _classes(source: str, values: list[int], legend: Legend, names: ClassNames | None) -> tuple[ClassInfo, ...]:
    full = named(source, {value: legend.names.get(value, str(value)) for value in values}, names)
    colours = colours_for(list(full.values()), [legend.colours.get(value) for value in full])
    return tuple(ClassInfo(*entry) for entry in zip(full, full.values(), colours, strict=True))
