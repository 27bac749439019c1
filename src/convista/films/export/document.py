"""A film as JSON and back: steps, captions, times, and every mark once. docs/films.md describes the file."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from convista.errors import ConvistaError
from convista.films import marks
from convista.films.export.runs import folded, unfolded
from convista.films.film import Beat, Film, Step
from convista.films.marks import Box, Mark, Tone
from convista.language import Text

FORMAT, VERSION = "convista film", 1
KINDS: dict[str, type[Mark]] = {
    kind.__name__.lower(): kind
    for kind in (
        marks.Rectangle,
        marks.Words,
        marks.Formula,
        marks.Polyline,
        marks.Polygon,
        marks.Circle,
        marks.Picture,
        marks.Photo,
    )
}
"""What marks are called in a file."""


def encode(film: Film) -> bytes:
    """Return the file."""
    numbers: dict[Mark, int] = {}
    beats = [beat for step in film.steps for beat in step.beats]
    runs = folded([[numbers.setdefault(mark, len(numbers)) for mark in beat.marks] for beat in beats])
    document = {
        "format": FORMAT,
        "version": VERSION,
        "name": film.name,
        "title": film.title._asdict(),
        "size": film.size,
        "language": film.language,
        "theme": film.theme,
        "marks": [{"kind": type(mark).__name__.lower()} | _written(mark) for mark in numbers],
        "steps": [
            {
                "caption": step.caption._asdict(),
                "beats": [
                    {"marks": next(runs), "seconds": beat.seconds, "travel": beat.travel} for beat in step.beats
                ],
            }
            for step in film.steps
        ],
    }
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def open_film(path: str | os.PathLike[str]) -> Film:
    """Read a film that was saved as ``.json``.

    Raises
    ------
    ConvistaError
        If the file cannot be read or is not a film of this format.
    """
    try:
        document = json.loads(Path(path).read_text("utf-8"))
        if (document["format"], document["version"]) != (FORMAT, VERSION):
            raise ValueError(f"{document['format']} {document['version']}")
        return _read(document)
    except OSError as reason:
        raise ConvistaError("films.export.unreadable", path=path, reason=reason.strerror) from reason
    except (KeyError, TypeError, ValueError, IndexError) as reason:
        raise ConvistaError("films.export.not_a_film", path=path, reason=reason) from reason


def _read(document: dict[str, Any]) -> Film:
    made = [_mark(**fields) for fields in document["marks"]]
    states = unfolded(beat["marks"] for step in document["steps"] for beat in step["beats"])

    def beats(step: dict[str, Any]) -> Iterator[Beat]:
        for beat in step["beats"]:
            yield Beat(tuple(made[number] for number in next(states)), beat["seconds"], beat["travel"])

    steps = tuple(Step(Text(**step["caption"]), tuple(beats(step))) for step in document["steps"])
    film = Film(document["name"], Text(**document["title"]), steps)
    width, height = document["size"]
    return film.shown(size=(width, height), language=document["language"], theme=document["theme"])


def _written(mark: Mark) -> dict[str, Any]:
    """Return a mark's fields as JSON has them; those that are None or empty are left out."""
    fields: dict[str, Any] = {}
    for name, value in mark._asdict().items():
        if isinstance(value, Text | Tone):
            fields[name] = value._asdict()
        elif isinstance(value, bytes):
            fields[name] = b64encode(value).decode()
        elif value is not None:
            fields[name] = value
    return fields


def _mark(kind: str, **fields: Any) -> Mark:
    read = {name: READERS[name](value) if name in READERS else value for name, value in fields.items()}
    return KINDS[kind](**read)


def _colour(value: Any) -> marks.Colour:
    colour: marks.Colour = Tone(**value) if isinstance(value, dict) else value
    return colour


READERS: dict[str, Callable[[Any], Any]] = {
    "box": lambda value: Box(*value),
    "text": lambda value: Text(**value),
    "tex": lambda value: Text(**value),
    "at": tuple,
    "centre": tuple,
    "points": lambda value: tuple((x, y) for x, y in value),
    "fill": _colour,
    "stroke": _colour,
    "colour": _colour,
    "levels": b64decode,
    "pixels": b64decode,
}
"""How the fields that JSON has no type for are read."""
