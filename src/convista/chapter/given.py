"""What a film is given: refused where it is of another kind than its builder's annotation says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter
from numbers import Integral, Real
from pathlib import Path
from typing import Any

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


def _object(value: Any) -> bool:
    return not isinstance(value, (str, Real, list, tuple, dict, np.ndarray))


KINDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "ArrayLike": ("numbers", _numbers),
    "Sequence[ArrayLike]": ("arrays", lambda value: _each(value, _numbers)),
    "Sequence[ArrayLike | None]": ("arrays", lambda value: _each(value, lambda v: v is None or _numbers(v))),
    "Mapping[str, ArrayLike]": ("named_arrays", lambda v: isinstance(v, Mapping) and _each(v.values(), _numbers)),
    "Sequence[Mapping[str, float]]": ("epochs", lambda value: _each(value, lambda v: isinstance(v, Mapping))),
    "int": ("whole", _whole),
    "float": ("number", _number),
    "bool": ("truth", lambda value: isinstance(value, bool)),
    "str": ("word", _word),
    "str | Text": ("word", _word),
    "str | Path": ("word", lambda value: isinstance(value, (str, Path))),
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
    "int | str | Padding": ("padding", lambda value: _word(value) or _border(value)),
    **dict.fromkeys(("Scene", "Run", "Trace", "nn.Module"), ("object", _object)),
}
"""For each annotation of a builder's parameter, None apart: what it is called, and whether a value is of it."""


def of_its_kind(name: str, parameters: Mapping[str, Parameter], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of the film called `name`, numpy's scalars as Python's.

    Raises
    ------
    ConvistaError
        If a datum is not of the kind that its builder takes.
    """
    plain = {given: value.item() if isinstance(value, np.generic) else value for given, value in data.items()}
    for given, value in plain.items():
        annotation = str(parameters[given].annotation)
        needed = annotation.removesuffix(" | None")
        if value is None and needed != annotation:
            continue
        kind, is_of_kind = KINDS[needed]
        if not is_of_kind(value):
            asked = say(f"chapter.kind_{kind}", type=needed)
            shown = " ".join(repr(value).split())
            shown = shown if len(shown) <= 40 else f"{shown[:40]}…"
            raise ConvistaError("chapter.wrong_kind", name=name, given=given, value=shown, asked=asked)
    return plain
