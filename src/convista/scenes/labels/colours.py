"""Labels that are told by colours: which class each colour, or each number with a colour, is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.scenes.labels.class_colours import ClassColour, hexadecimal
from convista.scenes.labels.classes import Colour

LARGEST_VALUE = 254
"""A map is of bytes, and one of them means no datum."""
LISTED = 12
"""Colours that a message lists."""


class Recoding(NamedTuple):
    """Which class each number that is read means."""

    read: NDArray[np.int64]
    """In growing order."""
    means: NDArray[np.int32]
    """Their classes; −1 of what is no label."""

    @classmethod
    def of(cls, meanings: Mapping[int, int]) -> Recoding:
        """Return the recoding of a mapping."""
        read = sorted(meanings)
        return cls(np.array(read, np.int64), np.array([meanings[number] for number in read], np.int32))

    def applied(
        self, numbers: NDArray[np.int64], masked: NDArray[np.bool_]
    ) -> np.ma.MaskedArray[Any, np.dtype[np.int32]]:
        """Return classes, −1 and masked where there is none."""
        found = np.full(numbers.shape, -1, np.int32)
        places = np.searchsorted(self.read, numbers).clip(max=len(self.read) - 1)
        known = ~masked & (self.read[places] == numbers)
        found[known] = self.means[places[known]]
        return np.ma.MaskedArray(found, found < 0, fill_value=-1)


class ColouredClass(NamedTuple):
    """A class that is told by its colours."""

    value: int
    name: str
    colours: tuple[Colour, ...]
    pixels: int


def pack_colours(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the numbers of one band, or one number for each colour of three, (rows, columns)."""
    if len(values) == 1:
        return np.asarray(values[0], np.int64)
    red, green, blue = values.astype(np.int64)
    return np.asarray(red << 16 | green << 8 | blue, np.int64)


def unpack_colour(number: int) -> Colour:
    """Return the colour of a number."""
    return number >> 16, number >> 8 & 255, number & 255


def classes_by_colour(
    source: str,
    counts: Mapping[int, int],
    shown: Mapping[int, Colour],
    table: Sequence[ClassColour],
    unlabelled: Sequence[Colour],
    *,
    keep: bool,
) -> tuple[Recoding, tuple[ColouredClass, ...]]:
    """Return which class each number is by its colour, and the classes by value.

    Parameters
    ----------
    source
        What messages call the labels.
    counts
        Pixels of each number.
    shown
        The colour of each, where it has one.
    table
        Which colour is which class.
    unlabelled
        Colours that are no label.
    keep
        Whether classes keep the numbers that are read; else they have the table's, or are numbered from 1.

    Raises
    ------
    ConvistaError
        If there are colours that are neither in the table nor no label; what lies near is not taken for them.
    """
    names = {entry.colour: entry.name for entry in table}
    strange = {n: pixels for n, pixels in counts.items() if shown.get(n) not in {*names, *unlabelled}}
    if strange:
        raise _strange(source, counts, strange, shown)
    numbers: dict[str, list[int]] = {name: [] for name in names.values()}
    for number in counts:
        if shown[number] not in unlabelled:
            numbers[names[shown[number]]].append(number)
    if keep:
        values = {name: min(read) for name, read in numbers.items() if read}
    else:
        given = {entry.name: entry.value for entry in table}
        values = _usable(given) or {name: place for place, name in enumerate(given, 1)}
    meanings = {number: values[name] for name, read in numbers.items() for number in read}
    told = [
        ColouredClass(
            value,
            name,
            tuple(entry.colour for entry in table if entry.name == name),
            sum(counts[number] for number in numbers[name]),
        )
        for name, value in sorted(values.items(), key=lambda item: item[1])
    ]
    return Recoding.of({n: meanings.get(n, -1) for n in counts}), tuple(told)


def unexplained(source: str, counts: Mapping[int, int]) -> ConvistaError:
    """Return the error of a picture whose colours nobody explained: it gives the text of the option."""
    ordered = sorted(counts, key=lambda number: -counts[number])
    pairs = ",".join(f"class{n}={hexadecimal(unpack_colour(number))}" for n, number in enumerate(ordered, 1))
    listed = _listed(counts, {number: unpack_colour(number) for number in counts}, len(counts))
    return ConvistaError(
        "scenes.labels.which_colours", source=source, count=len(counts), colours=listed, pairs=pairs
    )


def _usable(given: Mapping[str, int | None]) -> dict[str, int]:
    """Return the numbers that a table gives, if a map can hold all of them and no two are the same."""
    found = {name: value for name, value in given.items() if value is not None}
    fits = len(found) == len(given) == len(set(found.values()))
    return found if fits and all(0 <= value <= LARGEST_VALUE for value in found.values()) else {}


def _strange(
    source: str, counts: Mapping[int, int], strange: Mapping[int, int], shown: Mapping[int, Colour]
) -> ConvistaError:
    pixels = sum(strange.values())
    told = {"count": len(strange), "pixels": pixels, "share": f"{100 * pixels / sum(counts.values()):.2g}"}
    most = max(strange, key=lambda number: strange[number])
    first = hexadecimal(shown[most]) if most in shown else str(most)
    listed = _listed(strange, shown, LISTED)
    return ConvistaError("scenes.labels.colours_unknown", source=source, **told, colours=listed, first=first)


def _listed(counts: Mapping[int, int], shown: Mapping[int, Colour], most: int) -> str:
    """Write colours, the commonest first, each with its pixels."""
    ordered = sorted(counts, key=lambda number: -counts[number])
    texts = [f"{hexadecimal(shown[n]) if n in shown else n} ({counts[n]})" for n in ordered[:most]]
    return ", ".join(texts) + (" …" if len(ordered) > most else "")
