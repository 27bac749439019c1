"""A film as plain records that any other program can draw: colours as red, green and blue, one language."""

from __future__ import annotations

from typing import Any

import numpy as np

from convista.films import Film
from convista.films.stage.full_colour import FullColour
from convista.films.stage.marks import Mark, Photo, Picture, Words
from convista.films.stage.theme import THEMES

Plain = dict[str, Any]


def plain(film: Film, rate: float) -> Plain:
    """Return the pictures of a film, and its states with the time of the way to each and of its stillness."""
    numbers: dict[Mark, int] = {}

    def listed(marks: tuple[Mark, ...]) -> list[int]:
        return [numbers.setdefault(mark, len(numbers)) for mark in marks]

    frames = [(frame.seconds, listed(frame.marks)) for frame in film.frames(rate)]
    states = [
        (
            beat.passing if n else 0.0,
            beat.lasting - (beat.passing if n else 0.0),
            listed(beat.marks + film.words(step)),
        )
        for n, (step, beat) in enumerate((step, beat) for step in film.timed() for beat in step.beats)
    ]
    return {"frames": frames, "states": states, "marks": [_record(mark, film) for mark in numbers]}


def _record(mark: Mark, film: Film) -> Plain:
    theme = THEMES[film.theme]
    record: Plain = {"kind": type(mark).__name__, **mark._asdict()}
    for name in ("fill", "stroke", "colour"):
        if record.get(name) is not None:
            letters = isinstance(mark, Words)
            record[name] = [v / 255 for v in theme.rgb(theme.letters(record[name]) if letters else record[name])]
    for name in ("text", "tex"):
        if name in record:
            record[name] = getattr(record[name], film.language)
    if isinstance(mark, Picture):
        levels = np.frombuffer(mark.levels, np.uint8).reshape(mark.rows, mark.columns)
        record["pixels"] = FullColour(theme).levels(mark.scale)[levels].tolist()
        del record["levels"]
    if isinstance(mark, Photo):
        record["pixels"] = np.frombuffer(mark.pixels, np.uint8).reshape(mark.rows, mark.columns, 3).tolist()
    return record
