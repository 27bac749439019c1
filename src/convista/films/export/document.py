"""A film as JSON and back: steps, captions, times, and every mark once. docs/films.md describes the file."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from convista.errors import ConvistaError
from convista.films.durations import LONGEST
from convista.films.export.checking import (
    LARGEST_SIDE,
    MOST_MARKS,
    check_file,
    check_mark,
    numbers,
    texts,
    truth,
    whole,
    wrong,
)
from convista.films.export.medium import MOVING, Has, medium
from convista.films.export.runs import folded, unfolded
from convista.films.film import Beat, Film, Step
from convista.films.stage import marks
from convista.films.stage.marks import Box, Mark, Tone
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
WORDS = {"plain": False, "captions": True, "narrated": False}
"""What of a film's words is shown or said, as it usually is."""


@medium(".json", MOVING | Has.SUBTITLES)
def encode(film: Film) -> bytes:
    """Return the file."""
    places: dict[Mark, int] = {}
    beats = [beat for step in film.steps for beat in step.beats]
    runs = folded([[places.setdefault(mark, len(places)) for mark in beat.marks] for beat in beats])
    document = {
        "format": FORMAT,
        "version": VERSION,
        "name": film.name,
        "title": film.title._asdict(),
        "size": film.size,
        "language": film.language,
        "theme": film.theme,
        **_told(film),
        "marks": [{"kind": type(mark).__name__.lower()} | _written(mark) for mark in places],
        "steps": [
            {
                "caption": step.caption._asdict(),
                **({} if step.narration is None else {"narration": step.narration._asdict()}),
                "beats": [
                    {"marks": next(runs), "seconds": beat.seconds, "travel": beat.travel}
                    | ({"born_from": dict(beat.born_from)} if beat.born_from else {})
                    for beat in step.beats
                ],
            }
            for step in film.steps
        ],
    }
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _told(film: Film) -> dict[str, Any]:
    """Return what is shown otherwise than usual: words left out, the pace of the narration, times from outside."""
    usual = WORDS | {"durations": None}
    return {name: getattr(film, name) for name, value in usual.items() if getattr(film, name) != value}


def open_film(path: str | os.PathLike[str]) -> Film:
    """Read a film that was saved as ``.json``.

    Raises
    ------
    ConvistaError
        If the file cannot be read, is not a film of this format, or says what cannot be drawn: see `checking`.
    """
    try:
        check_file(Path(path))
        document = json.loads(Path(path).read_text("utf-8"))
        if (document["format"], document["version"]) != (FORMAT, VERSION):
            raise ValueError(f"{document['format']} {document['version']}")
        return _read(document)
    except OSError as reason:
        raise ConvistaError("films.export.unreadable", path=path, reason=reason.strerror) from reason
    except (AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError) as reason:
        told = (str(reason).splitlines() or [type(reason).__name__])[0][:200]
        raise ConvistaError("films.export.not_a_film", path=path, reason=told) from reason


def _read(document: dict[str, Any]) -> Film:
    made = [_mark(**fields) for fields in document["marks"]]
    states = unfolded(beat["marks"] for step in document["steps"] for beat in step["beats"])
    placed, seconds = 0, 0.0
    before: set[str] = set()

    def beats(step: dict[str, Any]) -> Iterator[Beat]:
        nonlocal placed, seconds, before
        for beat in step["beats"]:
            numbers("seconds, travel", (beat["seconds"], beat["travel"]), 0, LONGEST, 2)
            seconds += beat["seconds"] + beat["travel"]
            numbers("seconds", seconds, 0, LONGEST)
            state = next(states)
            shown = tuple(made[number] for number in state)
            born_from = _sources(beat.get("born_from", {}), before | {mark.key for mark in shown})
            before = {mark.key for mark in shown}
            placed += len(state) + sum(1 if isinstance(from_, str) else len(from_) for from_ in born_from.values())
            whole("marks", placed, 0, MOST_MARKS)
            yield Beat(shown, beat["seconds"], beat["travel"], born_from)

    steps = tuple(
        Step(_text(step["caption"]), tuple(beats(step)), _text(step["narration"]) if "narration" in step else None)
        for step in document["steps"]
    )
    if not steps or not all(step.beats for step in steps):
        raise wrong("steps", len(steps))
    texts("name", document["name"])
    film = Film(document["name"], _text(document["title"]), steps)
    width, height = document["size"]
    whole("size", max(width, height), 1, LARGEST_SIDE)
    words = {name: document.get(name, usual) for name, usual in WORDS.items()}
    for name, value in words.items():
        truth(name, value)
    durations = document.get("durations")
    if durations is not None:
        numbers("durations", durations, 0, LONGEST, len(steps))
    shown = {"language": document["language"], "theme": document["theme"], "durations": durations}
    film = film.shown(size=(width, height), **shown, **words)
    # Words take time as well.
    numbers("seconds", film.seconds, 0, LONGEST)
    return film


def _sources(written: dict[str, Any], keys: set[str]) -> dict[str, str | tuple[str, ...]]:
    """Return what marks are born from; ValueError if that is not on the stage before or after."""
    sources = {key: from_ if isinstance(from_, str) else tuple(from_) for key, from_ in written.items()}
    named = {
        *sources,
        *(name for from_ in sources.values() for name in ([from_] if isinstance(from_, str) else from_)),
    }
    if unknown := named - keys:
        raise wrong("born_from", min(unknown, key=str))
    return sources


def _text(fields: dict[str, Any]) -> Text:
    text = Text(**fields)
    texts("text", text)
    return text


def _written(mark: Mark) -> dict[str, Any]:
    """Return a mark's fields as JSON has them; those that are as if nothing were said are left out."""
    fields: dict[str, Any] = {}
    usual = mark._field_defaults
    for name, value in mark._asdict().items():
        if name in usual and value == usual[name]:
            continue
        if isinstance(value, Text | Tone):
            fields[name] = value._asdict()
        elif isinstance(value, bytes):
            fields[name] = b64encode(value).decode()
        elif value is not None:
            fields[name] = value
    return fields


def _mark(kind: str, **fields: Any) -> Mark:
    read = {name: READERS[name](value) if name in READERS else value for name, value in fields.items()}
    mark = KINDS[kind](**read)
    check_mark(mark)
    return mark


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
