"""What a film's file may say: marks that can be drawn, on a stage of ordinary size, in a time that can be watched.

A file of a few bytes can name a picture of any size, or a state of any number of marks; nothing is made of it
before it has been checked here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from convista.films.stage.marks import Mark, Photo, Picture
from convista.films.stage.theme import THEMES
from convista.language import Text, say

LARGEST_FILE = 2**26
"""Bytes. The films of the chapter have 2 MB at most."""
LARGEST_SIDE = 7680
"""Pixels of the longer side of a picture."""
MOST_MARKS = 5_000_000
"""Marks on the stage, of all its states together."""
FAR = 10_000.0
"""Points from the stage's corner beyond which nothing lies, and the largest size of anything."""
LETTERS = 10_000
"""Of a text."""


def check_file(path: Path) -> None:
    """See that a file is no larger than a film; ValueError if it is."""
    if path.stat().st_size > LARGEST_FILE:
        raise wrong("bytes", path.stat().st_size)


def wrong(name: str, value: object) -> ValueError:
    """Return the error that says which value cannot be."""
    return ValueError(say("films.export.wrong_value", name=name, value=ascii(value)[:60]))


def numbers(name: str, value: Any, least: float, most: float, count: int = 1) -> None:
    """See that these are so many finite numbers of a range; ValueError if not."""
    several = value if isinstance(value, list | tuple) else (value,)
    plain = all(type(one) in {int, float} and math.isfinite(one) and least <= one <= most for one in several)
    if not plain or len(several) != count:
        raise wrong(name, value)


def whole(name: str, value: Any, least: int, most: int) -> None:
    """See that this is a whole number of a range; ValueError if not."""
    if type(value) is not int or not least <= value <= most:
        raise wrong(name, value)


def truth(name: str, value: Any) -> None:
    """See that this is true or false; ValueError if not."""
    if type(value) is not bool:
        raise wrong(name, value)


def texts(name: str, value: Any) -> None:
    """See that this is a text, or one in every language, and not endless; ValueError if not."""
    if not all(
        isinstance(one, str) and len(one) <= LETTERS for one in (value if isinstance(value, Text) else [value])
    ):
        raise wrong(name, value)


def check_mark(mark: Mark) -> None:
    """See that a mark can be drawn.

    Raises
    ------
    ValueError, KeyError, TypeError
        If not.
    """
    for name, value in mark._asdict().items():
        if value is not None:
            CHECKS[name](name, value)
    if isinstance(mark, Picture) and len(mark.levels) != mark.rows * mark.columns:
        raise wrong("levels", len(mark.levels))
    if isinstance(mark, Photo) and len(mark.pixels) != 3 * mark.rows * mark.columns:
        raise wrong("pixels", len(mark.pixels))


def _points(name: str, value: Any) -> None:
    for point in value:
        numbers(name, point, -FAR, FAR, 2)


def _colour(name: str, value: Any) -> None:
    del name
    for theme in THEMES.values():
        theme.rgb(value)


def _scale(name: str, value: Any) -> None:
    texts(name, value)
    for theme in THEMES.values():
        theme._scaled(value, 0.5)


def _anchor(name: str, value: Any) -> None:
    if value not in {"start", "middle", "end"}:
        raise wrong(name, value)


def _bytes(name: str, value: Any) -> None:
    if not isinstance(value, bytes):
        raise wrong(name, value)


CHECKS: dict[str, Callable[[str, Any], None]] = {
    "key": texts,
    "box": lambda name, value: numbers(name, value, -FAR, FAR, 4),
    "at": lambda name, value: numbers(name, value, -FAR, FAR, 2),
    "centre": lambda name, value: numbers(name, value, -FAR, FAR, 2),
    "points": _points,
    "text": texts,
    "tex": texts,
    "size": lambda name, value: numbers(name, value, 0, FAR),
    "width": lambda name, value: numbers(name, value, 0, FAR),
    "dash": lambda name, value: numbers(name, value, 0, FAR),
    "radius": lambda name, value: numbers(name, value, 0, FAR),
    "opacity": lambda name, value: numbers(name, value, 0, 1),
    "rows": lambda name, value: whole(name, value, 1, 0xFFFF),
    "columns": lambda name, value: whole(name, value, 1, 0xFFFF),
    "anchor": _anchor,
    "scale": _scale,
    "fill": _colour,
    "stroke": _colour,
    "colour": _colour,
    "levels": _bytes,
    "pixels": _bytes,
}
"""What the fields of marks must be, by name."""
