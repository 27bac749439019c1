"""How long steps last where it is told from outside: durations, and a narrator's file of cues."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import pairwise
from math import isfinite
from numbers import Real
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from convista.errors import ConvistaError
from convista.language import number

if TYPE_CHECKING:
    from convista.films.film import Film

LONGEST = 4 * 3600.0
"""Seconds of a whole film."""
LARGEST_FILE = 2**20
"""Bytes of a file of cues."""
END = "end"
"""What stands in place of a step's number where the film ends."""
ROUNDED = 1e-3
"""Seconds that a time may lack by having been written with three decimals."""


def checked(durations: Sequence[float], film: Film) -> tuple[float, ...]:
    """Return the durations of a film's steps as numbers, in seconds.

    Raises
    ------
    ConvistaError
        If they are not as many as steps, not numbers, longer than a film may be, or one is shorter than what moves
        in its step.
    """
    given: list[object] = list(durations)
    if len(given) != len(film.steps):
        raise ConvistaError("films.durations.count", name=film.name, given=len(given), steps=len(film.steps))
    seconds: list[float] = []
    for place, (one, step) in enumerate(zip(given, film.steps, strict=True), 1):
        if isinstance(one, bool) or not isinstance(one, Real) or not isfinite(one):
            raise ConvistaError("films.durations.no_number", step=place, value=one)
        asked = float(one)
        if asked < step.shortest - ROUNDED:
            told = {"value": _written(asked), "least": _written(step.shortest)}
            raise ConvistaError("films.durations.short", step=place, **told)
        seconds.append(max(asked, step.shortest))
    if sum(seconds) > LONGEST:
        raise ConvistaError("films.durations.long", seconds=_written(sum(seconds)), most=_written(LONGEST))
    return tuple(seconds)


def read_cues(path: str | PathLike[str], film: Film) -> tuple[float, ...]:
    """Read when steps begin from a file of lines ``step,start``, and return how long each step lasts, in seconds.

    Steps have the numbers that the player shows, from 1, and starts are in seconds from the film's beginning, in
    order; ``step,start`` may head them, and the last line may be ``end,`` with when the film ends. Steps that are
    not named share the time until the next that is: each has what it needs, and of what is left all the same.
    Without an end, the last steps last as long as the film gives them of itself.

    Raises
    ------
    ConvistaError
        If the file cannot be read, says anything else, or leaves a step too little time.
    """
    starts = _starts(Path(path), len(film.steps))
    own = [step.seconds for step in film.timed()]
    shortest = [step.shortest for step in film.steps]
    durations: list[float] = []
    for (step, start), (after, end) in pairwise(starts):
        least = sum(shortest[step:after])
        if end - start < least - ROUNDED:
            told = {"path": path, "step": step + 1, "seconds": _written(end - start), "least": _written(least)}
            raise ConvistaError("films.durations.cue_short", **told)
        share = max(0.0, end - start - least) / (after - step)
        durations += (one + share for one in shortest[step:after])
    return checked([*durations, *own[len(durations) :]], film)


def _starts(path: Path, steps: int) -> list[tuple[int, float]]:
    """Return the steps that a file names, counted from 0, with their starts; the end as the step after the last."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ConvistaError("films.durations.not_cues", path=path, line=1, text="…")
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as reason:
        raise ConvistaError("films.durations.unreadable", path=path, reason=reason.strerror) from reason
    except UnicodeDecodeError as reason:
        raise ConvistaError("films.durations.not_cues", path=path, line=1, text="…") from reason
    starts: list[tuple[int, float]] = []
    for row, line in enumerate(lines, 1):
        if not line.strip() or (not starts and line.replace(" ", "").lower() == "step,start"):
            continue
        try:
            name, start = (part.strip() for part in next(csv.reader([line])))
            step, seconds = steps if name == END else int(name) - 1, float(start)
        except (ValueError, csv.Error) as reason:
            raise ConvistaError("films.durations.not_cues", path=path, line=row, text=line[:60]) from reason
        before = starts[-1] if starts else (-1, -1.0)
        in_order = before[0] < step <= steps and (step < steps or name == END) and before[1] < seconds <= LONGEST
        if not in_order or (not starts and (step, seconds) != (0, 0.0)):
            told = {"path": path, "line": row, "text": line[:60], "steps": steps}
            raise ConvistaError("films.durations.cue_order", **told)
        starts.append((step, seconds))
    if not starts:
        raise ConvistaError("films.durations.not_cues", path=path, line=1, text="")
    return starts


def _written(seconds: float) -> str:
    return number(seconds, 2)
