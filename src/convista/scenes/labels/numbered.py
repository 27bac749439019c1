"""Labels that are told by their numbers: which of them are classes, and what these are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convista.errors import ConvistaError
from convista.scenes.labels.class_colours import colour_of
from convista.scenes.labels.class_names import ClassNames, name_classes
from convista.scenes.labels.classes import ClassInfo, colours_for
from convista.scenes.labels.counting import MOST_CLASSES, counted
from convista.scenes.labels.labels import Labels
from convista.scenes.labels.legend import Legend

MASKED_OUT = 255
"""What labels have, often without saying so, where there is none; in a mask of 0 and 255 it is a class."""

MASK = [0, 255]


def with_numbered_classes(
    labels: Labels, legend: Legend, names: ClassNames | None, unlabelled: Sequence[float]
) -> Labels:
    """Give labels the classes that their file names, or else one for each number that occurs.

    Raises
    ------
    ConvistaError
        As `open_labels` does.
    """
    values = sorted(set(legend.names) - set(unlabelled)) if legend.complete else []
    if not values or (isinstance(names, Mapping) and not set(names) <= set(values)):
        labels.counts = counted(lambda window: labels.read(window).compressed(), labels, MOST_CLASSES)
        values = sorted({*values, *labels.counts})
    if values and values[-1] == MASKED_OUT and values != MASK:
        _check_meant(labels.source, legend, names, values)
    labels.classes = _classes(labels.source, values, legend, names)
    return labels


def unlabelled_numbers(source: str, legend: Legend, nodata: float | str | None) -> tuple[float, ...]:
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


def _check_meant(source: str, legend: Legend, names: ClassNames | None, values: Sequence[int]) -> None:
    """See that somebody says that 255, which often means “no label”, is a class; ConvistaError if not."""
    given = MASKED_OUT in names if isinstance(names, Mapping) else names is not None
    if not (given or MASKED_OUT in legend.names):
        told = ", ".join(map(str, values))
        raise ConvistaError("scenes.labels.is_255_a_class", source=source, values=told, count=len(values))


def _classes(source: str, values: list[int], legend: Legend, names: ClassNames | None) -> tuple[ClassInfo, ...]:
    full = name_classes(source, {value: legend.names.get(value, str(value)) for value in values}, names)
    colours = colours_for(list(full.values()), [legend.colours.get(value) for value in full])
    return tuple(ClassInfo(*entry) for entry in zip(full, full.values(), colours, strict=True))
