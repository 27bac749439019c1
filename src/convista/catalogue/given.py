"""What a film is given: refused where it is of another kind than its builder's annotation says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter
from numbers import Integral, Real
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.language import Text, say


def _whole(value: Any) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def _number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _numbers(value: Any) -> bool:
    try:
        return np.asarray(value).dtype.kind in "buif" or np.ma.isMaskedArray(value)
    except ValueError:
        return False


def _word(value: Any) -> bool:
    return isinstance(value, (str, Text))


def _each(value: Any, kind: Callable[[Any], bool]) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, Mapping)) and all(map(kind, value))


def _wholes(value: Any) -> bool:
    return _each(value, _whole)


def _pair(value: Any) -> bool:
    return _wholes(value) and len(value) == 2


def _pairs(value: Any) -> bool:
    return _each(value, _pair)


def _border(value: Any) -> bool:
    return _whole(value) or (_pairs(value) and len(value) == 2)


def _is(kind: str) -> Callable[[Any], bool]:
    """Tell an object of a class, or of one made from it, by the name of the class: it need not be loaded."""
    return lambda value: kind in {each.__name__ for each in type(value).__mro__}


KINDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "ArrayLike": ("numbers", _numbers),
    "Channels": ("channels", _numbers),
    "Sequence[ArrayLike]": ("arrays", lambda value: _each(value, _numbers)),
    "Sequence[ArrayLike | None]": ("arrays", lambda value: _each(value, lambda v: v is None or _numbers(v))),
    "Mapping[str, ArrayLike]": ("named_arrays", lambda v: isinstance(v, Mapping) and _each(v.values(), _numbers)),
    "Sequence[Mapping[str, float]]": ("epochs", lambda value: _each(value, lambda v: isinstance(v, Mapping))),
    "int": ("whole", _whole),
    "float": ("number", _number),
    "bool": ("truth", lambda value: isinstance(value, bool)),
    "str": ("word", _word),
    "str | Text": ("text", _word),
    "str | Path": ("path", lambda value: isinstance(value, (str, Path))),
    "Sequence[str | Text]": ("words", lambda value: _each(value, _word)),
    "Sequence[str]": ("words", lambda value: _each(value, _word)),
    "tuple[str, ...]": ("words", lambda value: _each(value, _word)),
    "tuple[float, ...]": ("list", lambda value: _each(value, _number)),
    "tuple[int, ...]": ("wholes", _wholes),
    "Pair": ("pair", _pair),
    "tuple[int, int]": ("pair", _pair),
    "int | Pair": ("whole_or_pair", lambda value: _whole(value) or _pair(value)),
    "tuple[tuple[int, int], ...]": ("pairs", _pairs),
    "int | Padding": ("padding", _border),
    "int | str | Padding": ("padding_by_word", lambda value: _word(value) or _border(value)),
    "Scene": ("object", _is("Scene")),
    "Run": ("run", _is("Run")),
    "Trace": ("trace", _is("Trace")),
    "nn.Module": ("object", _is("Module")),
}
"""For each annotation of a builder's parameter, None apart: what it is called, and whether a value is of it."""


class Datum(NamedTuple):
    """What a film can be given, as its builder's signature has it."""

    name: str
    kind: str
    """The first of an entry of `KINDS`."""
    type: str
    """The annotation, None apart."""
    usual: Any
    """What the film shows where nothing is given; None where that is no single value."""
    optional: bool
    """Whether None is a value."""

    @classmethod
    def of(cls, parameter: Parameter) -> Datum:
        """Read a parameter."""
        annotation = str(parameter.annotation)
        needed = annotation.removesuffix(" | None")
        usual = None if parameter.default is Parameter.empty else parameter.default
        return cls(parameter.name, KINDS[needed][0], needed, usual, needed != annotation)


def of_its_kind(name: str, takes: Mapping[str, Datum], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of the film called `name`, numpy's scalars as Python's; what is not in ``takes`` as it is.

    Raises
    ------
    ConvistaError
        If a datum is not of the kind that the film takes.
    """
    plain = {given: value.item() if isinstance(value, np.generic) else value for given, value in data.items()}
    for given, value in plain.items():
        datum = takes.get(given)
        if datum is None or (value is None and datum.optional):
            continue
        if datum.type in KINDS and not KINDS[datum.type][1](value):
            asked = say(f"catalogue.kind_{datum.kind}", type=datum.type)
            shown = " ".join(repr(value).split())
            shown = shown if len(shown) <= 40 else f"{shown[:40]}…"
            raise ConvistaError("catalogue.wrong_kind", name=name, given=given, value=shown, asked=asked)
    return plain
