"""The stage on its way from one state to the next: what moves, what turns into what, what fades."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from convista.films.stage.marks import ANCHORS, Formula, Mark, Mixed, Photo, Picture, Point, Words
from convista.films.stage.text import width

FADE = 0.2
"""How long marks take to appear and to disappear, in seconds."""

Sources = Mapping[str, str | tuple[str, ...]]
"""For a key of the new state, the key or keys of what it is born from."""

COLOURS = frozenset({"fill", "stroke", "colour"})
CONTINUOUS = COLOURS | {"key", "box", "at", "centre", "points", "size", "radius", "width", "opacity"}
"""The fields of marks that can lie between those of two others."""


class Passage:
    """The way from one state of the stage to the next.

    What is on both sides goes from its old place, size and colours to the new ones. A mark that is born from others
    is seen as each of them, travelling over all else to its place. What is new without a source appears at the end
    of the way; what is gone disappears at its beginning.

    Parameters
    ----------
    before, after
        The marks of both states, in painter's order.
    born_from
        What marks are born from.
    seconds
        How long the whole way takes.

    Raises
    ------
    ValueError
        If a mark is to be born that is not in ``after``, or from one that is on neither side.
    """

    def __init__(self, before: Sequence[Mark], after: Sequence[Mark], born_from: Sources, seconds: float) -> None:
        old, new = {mark.key: mark for mark in before}, {mark.key: mark for mark in after}
        self._seconds, self._fade = seconds, min(FADE, seconds)
        self._pairs: list[tuple[Mark | None, Mark | None]] = []
        self._travelling: list[tuple[str, Mark, Mark]] = []
        for key in _interleaved(list(old), list(new)):
            start, end = old.get(key), new.get(key)
            # What is to be born anew stays as it was until then; what is equal stands still, and need not be mixed.
            stays = key in born_from or start == end
            self._pairs.append((start, start if stays else end))
        for key, sources in born_from.items():
            for n, source in enumerate((sources,) if isinstance(sources, str) else sources):
                origin = old.get(source, new.get(source))
                if key not in new or origin is None:
                    raise ValueError(f"{key} is born from {source}: there is none")
                # Several that become one need names of their own while they are on their way.
                self._travelling.append((key if n == 0 and key not in old else f"{key}<{n}", origin, new[key]))

    def at(self, share: float) -> tuple[Mark, ...]:
        """Return the stage at a share of the time, 0 … 1, both ends excluded."""
        return tuple(self._seen(share))

    def _seen(self, share: float) -> Iterator[Mark]:
        moved, gone = eased(share), share * self._seconds
        leaving = max(0.0, 1 - gone / self._fade)
        coming = max(0.0, 1 - (self._seconds - gone) / self._fade)
        for start, end in self._pairs:
            if start is end:
                if start is not None:
                    yield start
            elif end is None or start is None:
                mark, opacity = (start, leaving) if end is None else (end, coming)
                if mark is not None and opacity > 0:
                    yield faded(mark, opacity)
            else:
                yield between(start, end, moved)
        for key, start, end in self._travelling:
            yield travelling(start, end, moved)._replace(key=key)


def eased(share: float) -> float:
    """Start and arrive gently: 3 s² − 2 s³, whose slope is 0 at both ends."""
    return share * share * (3 - 2 * share)


def faded(mark: Mark, opacity: float) -> Mark:
    """Return a mark that lets through what is under it."""
    return mark._replace(opacity=mark.opacity * opacity)


def between(start: Mark, end: Mark, share: float) -> Mark:
    """Return one thing on its way between two states: 0 is still the first, 1 the second.

    Place, size, colours, strokes and opacity go over into each other. What cannot (another text, other values,
    another kind of mark or number of points) changes in the middle; letters and shapes fade out before it and in
    after it.
    """
    if _alike(start, end):
        return _mixed(start, end, share)
    nearer: Any = start if share < 0.5 else end
    if isinstance(start, Picture | Photo) and isinstance(end, type(start)):
        moved: Mark = nearer._replace(box=_mix(start.box, end.box, share))
        return moved
    if isinstance(start, Words | Formula) and isinstance(end, type(start)) and start.anchor == end.anchor:
        nearer = nearer._replace(at=_mix(start.at, end.at, share))
    return faded(nearer, abs(1 - 2 * share))


def travelling(source: Mark, end: Mark, share: float) -> Mark:
    """Return a mark that is born from another, on its way: at first in the other's place, size and colours.

    A number keeps its own digits until it arrives. Letters that are black or white to suit a cell are as text is
    while they are on their way.
    """
    if not isinstance(source, Words) or not isinstance(end, Words):
        return between(source, end, share)
    colour = next((colour for colour in (end.colour, source.colour) if isinstance(colour, str)), "text")
    at, size = _mix(_middle(source, source), _middle(end, source), share), _mix(source.size, end.size, share)
    return source._replace(at=at, size=size, colour=colour, anchor="middle", opacity=end.opacity)


def _middle(placed: Words, written: Words) -> Point:
    """Return where the middle of a text would be, placed like another."""
    wide = width(written.text.en, placed.size)
    return placed.at[0] + (0.5 - ANCHORS[placed.anchor]) * wide, placed.at[1]


def _alike(start: Mark, end: Mark) -> bool:
    """Say whether one can become the other without a break."""
    if type(start) is not type(end):
        return False
    fixed = {name: value for name, value in zip(start._fields, start, strict=True) if name not in CONTINUOUS}
    changing = {name: getattr(end, name) for name in fixed}
    points = len(getattr(start, "points", ())) == len(getattr(end, "points", ()))
    painted = all((getattr(start, n, 0) is None) == (getattr(end, n, 0) is None) for n in ("fill", "stroke"))
    return points and painted and {**fixed, "key": ""} == {**changing, "key": ""}


def _mixed(start: Mark, end: Mark, share: float) -> Mark:
    """Return a mark whose numbers and colours lie between those of two that are alike."""
    letters = isinstance(start, Words | Formula)
    fields: dict[str, Any] = {}
    first: Any
    last: Any
    for name, first, last in zip(start._fields, start, end, strict=True):
        if name == "key" or first == last:
            continue
        if name not in COLOURS:
            fields[name] = _mix(first, last, share)
        # Letters are read on what is under them: half of one colour and half of the other may be read on nothing.
        elif letters:
            fields[name] = first if share < 0.5 else last
        else:
            fields[name] = Mixed(first, last, round(share, 2))
    return start._replace(**fields)


def _mix(first: Any, last: Any, share: float) -> Any:
    """Return what lies between two numbers, or two tuples of them however deep, of the first one's type."""
    if not isinstance(first, tuple):
        return first + (last - first) * share
    parts = [_mix(a, b, share) for a, b in zip(first, last, strict=True)]
    return type(first)(*parts) if hasattr(first, "_fields") else tuple(parts)


def _interleaved(before: list[str], after: list[str]) -> list[str]:
    """Return the keys of both states in painter's order: the new one's, and what is gone behind what it lay on."""
    new = set(after)
    following: dict[str | None, list[str]] = {}
    last: str | None = None
    for key in before:
        if key in new:
            last = key
        else:
            following.setdefault(last, []).append(key)
    order = [*following.get(None, ())]
    for key in after:
        order += (key, *following.get(key, ()))
    return order
