"""Labels that are told by colours: of a picture, or of a raster's own table of colours."""

from __future__ import annotations

from collections.abc import Sequence

from convista.errors import ConvistaError
from convista.scenes.labels.class_colours import ClassColour, ClassColours, class_colours, colour_of
from convista.scenes.labels.class_names import ClassNames, name_classes
from convista.scenes.labels.classes import ClassInfo, Colour
from convista.scenes.labels.colours import ColouredClass, Recoding, classes_by_colour, unexplained, unpack_colour
from convista.scenes.labels.counting import MOST_CLASSES, counted
from convista.scenes.labels.labels import Labels
from convista.scenes.labels.legend import Legend

MOST_COLOURS = 4096
"""A picture of more colours is a photograph, or was compressed with loss."""


def with_palette_classes(
    labels: Labels, legend: Legend, names: ClassNames | None, table: Sequence[ClassColour]
) -> Labels:
    """Give labels the classes of the colours that their file's own table gives their numbers.

    Raises
    ------
    ConvistaError
        As `open_labels` does.
    """
    if not legend.palette:
        raise ConvistaError("scenes.labels.no_palette", source=labels.source)
    counts = counted(lambda window: labels.read(window).compressed(), labels, MOST_CLASSES)
    recoding, found = classes_by_colour(labels.source, counts, legend.palette, table, (), keep=True)
    return _with_classes(labels, recoding, found, names)


def with_picture_classes(
    labels: Labels,
    names: ClassNames | None,
    unlabelled: Sequence[Colour],
    colours: ClassColours | None,
) -> Labels:
    """Give labels that are a picture of red, green and blue the classes of its colours.

    Raises
    ------
    ConvistaError
        As `open_labels` does; where nobody says which colour is which class, with the text of the option.
    """
    most = MOST_CLASSES if colours is None else MOST_COLOURS
    counts = counted(labels.packed_colours, labels, most, "scenes.labels.too_many_colours")
    shown = {number: unpack_colour(number) for number in counts}
    if colours is None:
        left = {number: pixels for number, pixels in counts.items() if shown[number] not in unlabelled}
        raise unexplained(labels.source, left)
    table = class_colours(colours)
    recoding, found = classes_by_colour(labels.source, counts, shown, table, unlabelled, keep=False)
    return _with_classes(labels, recoding, found, names)


def unlabelled_colours(source: str, nodata: float | str | None, tags: Sequence[float | None]) -> list[Colour]:
    """Return the colours of a picture that are no label: the one given, and the one that the file declares.

    Raises
    ------
    ConvistaError
        If a number is given where a colour is wanted.
    """
    if nodata is not None and not isinstance(nodata, str):
        raise ConvistaError("scenes.labels.nodata_of_picture", source=source, nodata=nodata)
    found = [] if nodata is None else [colour_of(nodata)]
    if None not in tags:
        red, green, blue = (int(tag or 0) for tag in tags)
        found.append((red, green, blue))
    return found


def _with_classes(
    labels: Labels, recoding: Recoding, found: Sequence[ColouredClass], names: ClassNames | None
) -> Labels:
    """Give labels the classes that their colours tell."""
    full = name_classes(labels.source, {one.value: one.name for one in found}, names)
    labels.recoding = recoding
    labels.classes = tuple(ClassInfo(one.value, full[one.value], one.colours[0]) for one in found)
    labels.colours = {one.value: one.colours for one in found}
    labels.counts = {one.value: one.pixels for one in found}
    return labels
