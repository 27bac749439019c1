"""What of each shape is its class: an attribute, its values, and the numbers that classes get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import isnan
from typing import Any, NamedTuple, TypeVar

from convista.errors import ConvistaError
from convista.scenes.labels.class_names import ClassNames, SharedNames, name_classes
from convista.scenes.labels.classes import ClassInfo, colours_for

Known = TypeVar("Known", int, str)

LARGEST = 254
"""A map is of bytes, and one of them means no datum."""


class Classified(NamedTuple):
    """The class of each shape, and all classes."""

    numbers: list[int | None]
    """None where the attribute has no value."""
    classes: tuple[ClassInfo, ...]


def chosen_attribute(source: str, attributes: Mapping[str, list[Any]], wanted: str | None) -> str:
    """Return the attribute that says the class: the one named, in any case, or where there is no doubt.

    Raises
    ------
    ConvistaError
        If there is none of that name, or it cannot be told which is meant.
    """
    if wanted is not None:
        alike = [name for name in attributes if name.lower() == wanted.lower()]
        if wanted in attributes or len(alike) == 1:
            return wanted if wanted in attributes else alike[0]
    texts = [name for name, values in attributes.items() if any(isinstance(value, str) for value in values)]
    for names in (list(attributes), texts):
        if wanted is None and len(names) == 1:
            return names[0]
    if not attributes:
        raise ConvistaError("scenes.shapes.no_attributes", source=source)
    key = "scenes.shapes.which_attribute" if wanted is None else "scenes.shapes.no_such_attribute"
    raise ConvistaError(key, source=source, attribute=wanted, attributes=", ".join(attributes))


def classified(source: str, attribute: str, values: Sequence[Any], names: ClassNames | None) -> Classified:
    """Return the class of each shape by the values of an attribute.

    Whole numbers, also written as text, are codes: classes are in their order, and have them as their numbers if
    all are from 0 to 254. Other text, dates, and codes beyond are numbered from 1, in their order. What is NULL,
    not a number or empty text is no class.

    Parameters
    ----------
    source, attribute
        What messages call them.
    values
        Of the attribute, for each shape.
    names
        As of `open_shapes`.

    Raises
    ------
    ConvistaError
        If values are no classes, there are too many different ones, or the names do not fit.
    """
    read = [_read(source, attribute, value) for value in values]
    codes = [_code(value) for value in read]
    if codes.count(None) == read.count(None):
        is_bool = all(isinstance(value, bool) for value in read if value is not None)
        own = {code: str(bool(code)).lower() if is_bool else str(code) for code in sorted(_known(codes))}
    else:
        texts = [None if value is None else str(value) for value in read]
        own = dict(enumerate(sorted(_known(texts)), 1))
        numbered = {text: number for number, text in own.items()}
        codes = [None if text is None else numbered[text] for text in texts]
        # These numbers are this file's alone, so names by number that are for others too do not speak of them.
        names = dict(names) if isinstance(names, SharedNames) else names
    if len(own) > LARGEST:
        raise ConvistaError("scenes.shapes.too_many_values", source=source, attribute=attribute, limit=LARGEST)
    full = name_classes(source, own, names)
    fits = all(0 <= code <= LARGEST for code in own)
    numbers = {code: code if fits else place for place, code in enumerate(own, 1)}
    colours = colours_for(list(full.values()), [None] * len(full))
    entries = zip(numbers.values(), full.values(), colours, strict=True)
    classes = tuple(ClassInfo(*entry) for entry in entries)
    return Classified([None if code is None else numbers[code] for code in codes], classes)


def _known(values: Iterable[Known | None]) -> set[Known]:
    return {value for value in values if value is not None}


def _read(source: str, attribute: str, value: Any) -> str | int | bool | None:
    """Return a value of an attribute as something to be told apart by, None if it is none."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.strip() or None
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and isnan(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise ConvistaError("scenes.shapes.no_class_value", source=source, attribute=attribute, value=value)


def _code(value: str | int | bool | None) -> int | None:
    """Return the whole number that a value is or says, None if it is no such number."""
    if not isinstance(value, str):
        return None if value is None else int(value)
    digits = value.removeprefix("-")
    return int(value) if digits.isdecimal() and str(int(value)) == value else None
