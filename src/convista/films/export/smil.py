"""A whole film as one SVG that moves by itself: each thing is an element, changed when its mark changes."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import accumulate
from typing import TYPE_CHECKING

from convista.films.export.medium import medium
from convista.films.export.shapes import Shape, painter, shape
from convista.films.export.svg import letters, page
from convista.films.stage.marks import Mark
from convista.films.stage.theme import THEMES

if TYPE_CHECKING:
    from convista.films.film import Film

RATE = 15
"""Pictures a second while something moves: each is written out, so that more would make a large file."""
UNSAID = {"opacity": "1"}
"""What attributes are where an element does not say; others are ``"none"``."""
Life = dict[int, dict[str, str]]
"""The attributes of an element from each picture on where they change; empty while it is not seen."""


@medium(".svg")
def encode(film: Film) -> bytes:
    """Return the file; it repeats for ever."""
    frames = list(film.frames(RATE))
    starts = [0.0, *accumulate(frame.seconds for frame in frames)]
    keys = [f"{start / starts[-1]:.5f}".rstrip("0").rstrip(".") or "0" for start in starts]
    order, lives = _lives([frame.marks for frame in frames], film)
    timing = f'dur="{starts[-1]:.3f}s" calcMode="discrete" repeatCount="indefinite"'
    body = "\n".join(_element(*part, lives[part], keys, timing) for part in order)
    marks = [mark for frame in frames for mark in frame.marks]
    caption: str = getattr(film.staged()[-1].caption, film.language)
    return page(film, body, caption, letters(marks, (film.language,)))


Part = tuple[str, str, str, int]
"""One element: its mark's key, its tag and content, which nothing animates, and how often it began anew."""


def _lives(pictures: list[tuple[Mark, ...]], film: Film) -> tuple[list[Part], dict[Part, Life]]:
    """Return the elements in painter's order, and for each what it is from picture to picture.

    An element that would have to be in front of one that it was behind begins anew there.
    """
    paint = painter(THEMES[film.theme])
    made: dict[Mark, Shape] = {}
    order: list[Part] = []
    lives: dict[Part, Life] = {}
    ages: dict[Hashable, int] = {}
    seen: dict[Part, dict[str, str]] = {}
    for number, marks in enumerate(pictures):
        places = {part: place for place, part in enumerate(order)}
        last, now = -1, {}
        for mark in marks:
            if mark not in made:
                made[mark] = shape(mark, paint, film.language)
            tag, attributes, content = made[mark]
            same = mark.key, tag, content
            part = (*same, ages.get(same, 0))
            if places.get(part, -1) < last + 1:
                if part in places:
                    ages[same] = part[3] + 1
                    part = (*same, ages[same])
                order.insert(last + 1, part)
                places = {part: place for place, part in enumerate(order)}
            last, now[part] = places[part], attributes
        for part in seen.keys() | now.keys():
            if seen.get(part) != now.get(part):
                lives.setdefault(part, {})[number] = now.get(part, {})
        seen = now
    return order, lives


def _element(key: str, tag: str, content: str, _: int, life: Life, keys: list[str], timing: str) -> str:
    """Return an element and what changes it."""
    present = [attributes for attributes in life.values() if attributes]
    names = dict.fromkeys(name for attributes in present for name in attributes)
    seen = {number: "visible" if attributes else "hidden" for number, attributes in life.items()}
    moving = []
    for name in names:
        values = {n: attributes.get(name, UNSAID.get(name, "none")) for n, attributes in life.items() if attributes}
        moving.append(_animate(name, {0: next(iter(values.values()))} | values, keys, timing))
    hidden = {} if life.get(0) else {"visibility": "hidden"}
    shows = _animate("visibility", seen, keys, timing)
    if tag == "svg":
        # Browsers do not hide an inner svg element by animating it, only what it is in.
        return str(Shape("g", hidden, shows + str(Shape(tag, present[0], content + "".join(moving)))))
    return str(Shape(tag, present[0] | hidden, content + shows + "".join(moving)))


def _animate(name: str, values: dict[int, str], keys: list[str], timing: str) -> str:
    """Return the changes of one attribute, if it has any."""
    changes: dict[int, str] = {0: values.get(0, "hidden")}
    for number, value in sorted(values.items()):
        if value != list(changes.values())[-1]:
            changes[number] = value
    if len(changes) == 1:
        return ""
    times = ";".join(keys[number] for number in changes)
    return f'<animate attributeName="{name}" values="{";".join(changes.values())}" keyTimes="{times}" {timing}/>'
