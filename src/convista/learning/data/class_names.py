"""Which classes of several files, or of data and a run, are the same: those of one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from convista.errors import ConvistaError
from convista.scenes import ClassInfo, colours_for


class ListedClasses(NamedTuple):
    """The classes that occur in one file of labels."""

    source: str
    classes: tuple[ClassInfo, ...]
    given: bool
    """Whether the file gives their numbers; those of drawn shapes are made up where they are opened."""


def tidied(name: str) -> str:
    """Return a name without what people write now so, now so: case, and what parts its words."""
    return " ".join(re.split(r"[\s_\-]+", unicodedata.normalize("NFC", name).casefold().strip()))


def is_number(name: str) -> bool:
    """Tell whether a class has no name but its number."""
    return name.removeprefix("-").isdecimal()


def places_of(found: Sequence[ClassInfo], known: Sequence[ClassInfo], source: str) -> list[int | None]:
    """Return for each class that was found its position among those known, None where it is none of them.

    Names that are written alike are the same class; else those that are alike once `tidied`.

    Raises
    ------
    ConvistaError
        If a name is alike to several.
    """
    places = [_same(one, known) for one in found]
    written = [tidied(one.name) for one in known]
    left = [tidied(one.name) for one, place in zip(found, places, strict=True) if place is None]
    for n, one in enumerate(found):
        if places[n] is not None:
            continue
        alike = [k for k, name in enumerate(written) if name == tidied(one.name)]
        if alike and (len(alike) > 1 or alike[0] in places or left.count(tidied(one.name)) > 1):
            names = ", ".join(f"“{known[k].name}”" for k in alike)
            raise ConvistaError("learning.data.class_names_alike", source=source, name=one.name, names=names)
        if alike:
            places[n] = alike[0]
    return places


def check_told_apart(
    found: Sequence[ClassInfo], places: Sequence[int | None], known: Sequence[ClassInfo], source: str
) -> None:
    """See that no class without a place is one of those left over: one has a name there, the other a number.

    Raises
    ------
    ConvistaError
        If it might be.
    """
    left = [one.name for one, place in zip(found, places, strict=True) if place is None]
    over = [one.name for n, one in enumerate(known) if n not in places]
    if any(is_number(here) != is_number(there) for here in left for there in over):
        listed = {"classes": ", ".join(left), "known": ", ".join(over)}
        raise ConvistaError("learning.data.name_the_classes", source=source, **listed)


def joined(files: Sequence[ListedClasses]) -> tuple[ClassInfo, ...]:
    """Return the classes of all files, each once, by their number.

    A class keeps the number that the first file to give one has for it, unless another class has it already; then,
    and where no file gives any, it has the first that is free. Colours are the first's, and none is there twice.

    Raises
    ------
    ConvistaError
        If a number has two names where some classes have no name but their number, or if it cannot be told which
        classes are the same.
    """
    if len(files) == 1:
        return files[0].classes
    _check_numbers(files)
    known: list[ClassInfo] = []
    numbers: list[int | None] = []
    for file in files:
        places = places_of(file.classes, known, file.source)
        if known:
            check_told_apart(file.classes, places, known, file.source)
        for one, place in zip(file.classes, places, strict=True):
            number = one.value if file.given or is_number(one.name) else None
            if place is None:
                known.append(one)
                numbers.append(number)
            elif numbers[place] is None:
                numbers[place] = number
    return _numbered(known, numbers)


def renumbered(classes: Sequence[ClassInfo], files: Sequence[ListedClasses]) -> bool:
    """Tell whether a file gives a class another number than it has among all."""
    for file in files:
        places = places_of(file.classes, classes, file.source)
        here = zip(file.classes, places, strict=True)
        if file.given and any(p is not None and classes[p].value != one.value for one, p in here):
            return True
    return False


def _same(one: ClassInfo, known: Sequence[ClassInfo]) -> int | None:
    """Return the position of the class of the same name; of several, of the one with the same number."""
    alike = [n for n, other in enumerate(known) if other.name == one.name]
    same = [n for n in alike if known[n].value == one.value] if len(alike) > 1 else alike
    return same[0] if same else None


def _check_numbers(files: Sequence[ListedClasses]) -> None:
    """See that a number that is some class's only name has no two names elsewhere."""
    given = [file for file in files if file.given]
    if all(not is_number(one.name) for file in given for one in file.classes):
        return
    named: dict[int, str] = {}
    for one in (one for file in given for one in file.classes if not is_number(one.name)):
        other = named.setdefault(one.value, one.name)
        if tidied(other) != tidied(one.name):
            raise ConvistaError("learning.data.class_of_two_names", value=one.value, names=f"{other}, {one.name}")


def _numbered(known: Sequence[ClassInfo], numbers: Sequence[int | None]) -> tuple[ClassInfo, ...]:
    order = range(len(known))
    if all(number is None for number in numbers):
        order = sorted(order, key=lambda n: known[n].name)  # type: ignore[assignment]
    taken: set[int] = set()
    chosen: dict[int, int] = {}
    for n in order:
        number = numbers[n]
        if number is not None and number not in taken:
            chosen[n] = number
            taken.add(number)
    for n in order:
        if n not in chosen:
            chosen[n] = next(number for number in range(1, len(known) + len(taken) + 1) if number not in taken)
            taken.add(chosen[n])
    by_number = sorted(order, key=chosen.__getitem__)
    seen: set[tuple[int, int, int]] = set()
    colours = [None if (c := known[n].colour) in seen or seen.add(c) else c for n in by_number]  # type: ignore[func-returns-value]
    names = [known[n].name for n in by_number]
    shown = zip((chosen[n] for n in by_number), names, colours_for(names, colours), strict=True)
    return tuple(ClassInfo(*entry) for entry in shown)
