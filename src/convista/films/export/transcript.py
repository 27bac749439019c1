"""The script of a film as Markdown, in its language: steps with their times, their captions, and what is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convista.films.export.medium import Has, medium
from convista.films.said import narrations
from convista.language import number, say

if TYPE_CHECKING:
    from convista.films.film import Film


@medium(".md", Has.TIME)
def encode(film: Film) -> bytes:
    """Return the file: for each caption, or each narration under it, the steps, their time and the words."""
    steps = film.timed()
    parts = [f"# {_plain(getattr(film.title, film.language))}"]
    parts.append(_said(film, "script_about", name=_plain(film.name), seconds=_time(film, film.seconds)))
    first, start = 1, 0.0
    for words, together in narrations(steps):
        last, end = first + len(together) - 1, start + sum(step.seconds for step in together)
        times = {"start": _time(film, start), "end": _time(film, end)}
        caption = getattr(together[0].caption, film.language)
        key = "script_step" if first == last else "script_steps"
        parts.append(f"## {_said(film, key, first=first, last=last)}")
        parts.append(_said(film, "script_times", **times))
        parts.append(f"> {_plain(caption)}")
        if words != together[0].caption:
            parts.append(_plain(getattr(words, film.language)))
        first, start = last + 1, end
    return ("\n\n".join(parts) + "\n").encode()


def _said(film: Film, key: str, /, **values: object) -> str:
    return say(f"films.export.{key}", language=film.language, **values)


def _time(film: Film, seconds: float) -> str:
    """Write a time as minutes and seconds, to the tenth."""
    minutes, tenths = divmod(round(10 * seconds), 600)
    return f"{minutes}:{'0' if tenths < 100 else ''}{number(tenths / 10, 1, language=film.language)}"


def _plain(text: str) -> str:
    """Write a text in one line, what Markdown would take for markup as what it is."""
    line = re.sub(r"([\\`*_\[\]<>&|~])", r"\\\1", " ".join(text.split()))
    return re.sub(r"^(\d*)([#+.)-])", r"\1\\\2", line)
