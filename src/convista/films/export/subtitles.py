"""The subtitles of a film, SubRip and WebVTT, in its language: its captions, or what is said if it is narrated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from convista.films.export.medium import WORDS, medium
from convista.films.said import captions, narrations

if TYPE_CHECKING:
    from convista.films.film import Film

LETTERS = 84
"""Of a subtitle, at most: two lines of 42. A narration is longer, and broken into several."""


class Cue(NamedTuple):
    """A subtitle and when it is read, in seconds."""

    start: float
    end: float
    text: str


def cues(film: Film) -> Iterator[Cue]:
    """Yield the subtitles in order, each for all steps that it stands over.

    The parts of a narration share its time by their letters.
    """
    start, steps = 0.0, film.timed()
    for words, together in narrations(steps) if film.narrated else captions(steps):
        seconds = sum(step.seconds for step in together)
        text = " ".join(getattr(words, film.language).split())
        parts = _parts(text) if film.narrated else [text]
        letters = [0, *accumulate(map(len, parts))]
        times = [start + seconds * before / max(letters[-1], 1) for before in letters[:-1]]
        start += seconds
        yield from map(Cue, times, [*times[1:], start], parts)


def _parts(text: str) -> list[str]:
    """Break a narration into parts of up to so many letters: sentences, and long ones evenly between words."""
    parts: list[str] = []
    for sentence in re.split(r"(?<=[.?!:;]) ", text):
        if parts and len(parts[-1]) + 1 + len(sentence) <= LETTERS:
            parts[-1] += f" {sentence}"
        else:
            parts += _evenly(sentence)
    return parts


def _evenly(sentence: str) -> list[str]:
    fewest = _wrapped(sentence, LETTERS)
    narrowest = (_wrapped(sentence, width) for width in range(1, LETTERS))
    return next((parts for parts in narrowest if len(parts) == len(fewest)), fewest)


def _wrapped(sentence: str, width: int) -> list[str]:
    return wrap(sentence, width, break_on_hyphens=False) or [""]


@medium(".srt", WORDS)
def encode_srt(film: Film) -> bytes:
    """Return a SubRip file."""
    blocks = [
        f"{n}\n{_time(cue.start, ',')} --> {_time(cue.end, ',')}\n{cue.text}\n"
        for n, cue in enumerate(cues(film), 1)
    ]
    return "\n".join(blocks).encode()


@medium(".vtt", WORDS)
def encode_vtt(film: Film) -> bytes:
    """Return a WebVTT file."""
    blocks = [f"{_time(cue.start, '.')} --> {_time(cue.end, '.')}\n{_plain(cue.text)}\n" for cue in cues(film)]
    return "\n".join(["WEBVTT\n", *blocks]).encode()


def _plain(text: str) -> str:
    """Write what WebVTT would take for markup as what it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(seconds: float, mark: str) -> str:
    thousandths = round(1000 * seconds)
    minutes, thousandths = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{thousandths // 1000:02}{mark}{thousandths % 1000:03}"
