"""The captions of a film as subtitles: SubRip and WebVTT, in the film's language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from convista.films.export.medium import medium

if TYPE_CHECKING:
    from convista.films.film import Film


class Cue(NamedTuple):
    """A caption and when it is on the stage, in seconds."""

    start: float
    end: float
    text: str


def cues(film: Film) -> Iterator[Cue]:
    """Yield the captions in order, one for all steps that it stands over."""
    start = 0.0
    for words, steps in groupby(film.timed(), key=lambda step: step.caption):
        end = start + sum(step.seconds for step in steps)
        yield Cue(start, end, getattr(words, film.language))
        start = end


@medium(".srt")
def encode_srt(film: Film) -> bytes:
    """Return a SubRip file."""
    blocks = [
        f"{n}\n{_time(cue.start, ',')} --> {_time(cue.end, ',')}\n{cue.text}\n"
        for n, cue in enumerate(cues(film), 1)
    ]
    return "\n".join(blocks).encode()


@medium(".vtt")
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
