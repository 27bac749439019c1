"""Opening a raster of labels: which bands hold them, and what tells their classes."""

from __future__ import annotations

import os
from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes.files.complex_parts import is_complex
from convista.scenes.files.formats import is_remote
from convista.scenes.files.open_raster import read_header
from convista.scenes.files.raster_file import InMemoryRaster, RasterFile, title
from convista.scenes.labels.class_colours import ClassColours, class_colours
from convista.scenes.labels.class_names import ClassNames
from convista.scenes.labels.coloured import unlabelled_colours, with_palette_classes, with_picture_classes
from convista.scenes.labels.labels import Labels, labels_of
from convista.scenes.labels.legend import read_legend
from convista.scenes.labels.numbered import unlabelled_numbers, with_numbered_classes
from convista.scenes.sources.paths import existing


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
        declared = [header.nodata[number - 1] for number in bands]
        no_label = unlabelled_colours(title(file), nodata, declared)
        return with_picture_classes(labels_of(file, header, bands, ()), names, no_label, colours)
    if len(bands) != 1:
        raise ConvistaError("scenes.labels.labels_bands", source=title(file), count=header.count)
    legend = read_legend(file)
    table = None if colours is None else class_colours(colours)
    unlabelled = unlabelled_numbers(title(file), legend, nodata)
    labels = labels_of(file, header, bands, unlabelled)
    if table is None:
        return with_numbered_classes(labels, legend, names, unlabelled)
    return with_palette_classes(labels, legend, names, table)
