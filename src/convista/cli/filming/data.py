"""What a film is to be made of, as it is typed: pictures, matrices, numbers, words; each as the film takes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError

if TYPE_CHECKING:
    from convista.catalogue.given import Datum

Values = NDArray[np.float64]


def settings(given: tuple[str, ...], takes: Mapping[str, Datum] | None = None) -> dict[str, Any]:
    """Read ``name=value`` pairs, each as the kind of datum that the film takes under this name.

    Numbers, lists as JSON has them, true, false and null; matrices as `matrix` reads them; words, several of them
    with commas. What the film does not take is read as JSON or as text, for the film to refuse.

    Raises
    ------
    ConvistaError
        If one has no equals sign, or is no such matrix.
    """
    values: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise ConvistaError("cli.film.not_a_setting", text=text)
        key = name.strip().replace("-", "_")
        datum = None if takes is None else takes.get(key)
        kind = "" if datum is None else datum.kind
        if datum is not None and datum.optional and value.strip() == "null":
            values[key] = None
        else:
            values[key] = READERS.get(kind, _plain)(key, value.strip())
    return values


def image_data(text: str, takes: Mapping[str, Datum], opening: Mapping[str, Any]) -> dict[str, Any]:
    """Return the image that a film is to be made of, as it takes one: a plane, or bands, perhaps with their names.

    Raises
    ------
    ConvistaError
        If it is no such image, or an option says how to open a scene and this is none.
    """
    from convista.cli.filming.files import RASTERS, is_file, planes

    if not text.lower().endswith(RASTERS):
        refuse_opening(opening)
    if "image" not in takes or takes["image"].kind != "channels":
        return {"image": matrix("image", text, opening)}
    if not is_file(text):
        return {"image": channels("image", text)}
    values, names = planes("image", text, opening)
    return {"image": values} | ({"band_names": list(names)} if names and "band_names" in takes else {})


def refuse_opening(opening: Mapping[str, Any]) -> None:
    """Say that options of opening a scene have none to open; ConvistaError if any is given."""
    if unused := [f"--{key}" for key, value in opening.items() if value is not None]:
        raise ConvistaError("cli.options.options_of_no_scene", options=", ".join(unused), count=len(unused))


def matrix(name: str, text: str, opening: Mapping[str, Any] | None = None) -> Values:
    """Read a matrix from a file, from numbers, or from the name of a classical filter of size 3.

    Numbers are ``1 0 -1; 2 0 -2; 1 0 -1`` or ``[[1,0,-1],[2,0,-2],[1,0,-1]]``. Files are ``.npy``; ``.csv`` and
    ``.txt``; pictures, as their brightness; and rasters of one band, or of which ``opening`` takes one.

    Raises
    ------
    ConvistaError
        If it is none of these.
    """
    from convista.cli.filming.files import is_file, plane

    if is_file(text):
        return plane(name, text, opening)
    from convista.operators.filters import bank

    kernels = bank(3)
    if text in kernels:
        return np.asarray(kernels[text], dtype=np.float64)
    try:
        return _numbers(text)
    except (ValueError, TypeError) as reason:
        raise ConvistaError("cli.film.not_a_matrix", name=name, text=text, filters=", ".join(kernels)) from reason


def channels(name: str, text: str) -> Values:
    """Read several maps, (channels, rows, columns): a picture's colours, a raster's bands, or nested lists.

    Raises
    ------
    ConvistaError
        If it is none of these.
    """
    from convista.cli.filming.files import is_file, planes

    return planes(name, text)[0] if is_file(text) else _nested(name, text)


def _nested(name: str, text: str) -> Values:
    try:
        return np.asarray(json.loads(text), dtype=np.float64) if text.startswith("[") else _numbers(text)
    except (ValueError, TypeError) as reason:
        raise ConvistaError("cli.film.not_numbers", name=name, text=text) from reason


def _numbers(text: str) -> Values:
    if text.lstrip().startswith("["):
        return np.array(json.loads(text), dtype=np.float64)
    rows = [row.replace(",", " ").split() for row in text.split(";")]
    return np.array([[float(number) for number in row] for row in rows])


def _any_numbers(name: str, text: str) -> Values:
    """Read numbers of any axes: a single row of them is a row."""
    return _nested(name, text) if text.startswith("[") else matrix(name, text)


def _arrays(name: str, text: str) -> list[Any]:
    """Read a list of arrays: as JSON has it, or files with commas between them."""
    from convista.cli.filming.files import is_file

    if text.startswith("["):
        return list(_json(name, text))
    files = [part.strip() for part in text.split(",")]
    if not all(map(is_file, files)):
        raise ConvistaError("cli.film.not_numbers", name=name, text=text)
    return [channels(name, part) for part in files]


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as reason:
        raise ConvistaError("cli.film.not_numbers", name=name, text=text) from reason


def _words(_: str, text: str) -> Any:
    if text.startswith("["):
        return _plain("", text)
    return [part.strip() for part in text.split(",")]


def _list(_: str, text: str) -> Any:
    """Read numbers with commas, with or without brackets."""
    return _plain("", text if text.startswith("[") else f"[{text}]") if "," in text else _plain("", text)


def _plain(_: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _text(_: str, text: str) -> str:
    return text


READERS: Mapping[str, Callable[[str, str], Any]] = {
    "numbers": _any_numbers,
    "channels": channels,
    "arrays": _arrays,
    "word": _text,
    "text": _text,
    "path": _text,
    "words": _words,
    "list": _list,
    "wholes": _list,
    "pair": _list,
    "whole_or_pair": _list,
}
"""How the data of each kind are typed; those of other kinds as JSON."""
