"""Every film can be watched: large letters, a full stage, motion that explains, colours that mean numbers.

What a film does not do yet is in the lists below; one that does it must leave them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from convista.films.film import Beat
from convista.films.stage.camera import hull
from convista.films.stage.layout import CAPTION_LINES, INSIDE, TITLE_SIZE
from convista.films.stage.marks import Box, Formula, Mark, Rectangle, Words
from tests.films.every_film import every_film, made

SMALLEST = 14.0
"""Points."""
FILLED = 0.55
"""Of the room between title and captions."""
MOVING = 0.1
"""Of a film's time, on ways of their own, fading aside."""
SMALL_LETTERS: set[str] = set()
EMPTY_STAGE: set[str] = set()
STILL: set[str] = set()
ROOM = Box(INSIDE.left, INSIDE.top + TITLE_SIZE + 10, INSIDE.right, CAPTION_LINES[0] - 16)


def beats(name: str) -> Iterator[Beat]:
    return (beat for step in made(name).timed() for beat in step.beats)


@every_film(failing=SMALL_LETTERS)
def test_letters_are_large_enough(name: str) -> None:
    small = {
        (mark.key, round(mark.size, 1))
        for mark in made(name).marks()
        if isinstance(mark, Words | Formula) and mark.size < SMALLEST
    }
    assert not small


@every_film(failing=EMPTY_STAGE)
def test_the_stage_is_filled(name: str) -> None:
    assert filled(made(name).steps[-1].marks) >= FILLED


def filled(marks: tuple[Mark, ...]) -> float:
    """Return which share of the room the box around all marks takes, title aside."""
    boxes = [hull(mark) for mark in marks if mark.key != "title"]
    left, top, right, bottom = zip(*boxes, strict=True)
    area: float = (max(right) - min(left)) * (max(bottom) - min(top))
    return area / (ROOM.width * ROOM.height)


@every_film(failing=STILL)
def test_things_move(name: str) -> None:
    assert sum(beat.travel for beat in beats(name)) >= MOVING * made(name).seconds


@every_film()
def test_a_value_keeps_its_colour_where_it_goes(name: str) -> None:
    """A cell that is born from another one with the same number is as far on the same scale.

    A cell without a number, as in a film that has none, that several others become is their sum.
    """
    before: dict[str, Mark] = {}
    for beat in beats(name):
        now = {mark.key: mark for mark in beat.marks}
        for key, sources in beat.born_from.items():
            source = sources if isinstance(sources, str) else sources[0]
            start, end = before.get(source, now.get(source)), now[key]
            same = isinstance(sources, str) or number_of(end, now) is not None
            same &= number_of(start, before | now) == number_of(end, now)
            if isinstance(start, Rectangle) and isinstance(end, Rectangle) and same and start.fill != "panel":
                # What a run recorded is rounded to single precision, what a definition makes of it is not.
                near = isinstance(start.fill, float) and start.fill == pytest.approx(end.fill, abs=1e-4)
                assert near or start.fill == end.fill, (source, key)
        before = now


def number_of(cell: Mark | None, stage: dict[str, Mark]) -> object:
    number = None if cell is None else stage.get(f"{cell.key}.value")
    return number.text if isinstance(number, Words) else None


def test_the_measures_notice_what_is_wrong() -> None:
    assert filled((Rectangle("a", ROOM),)) == pytest.approx(1)
    assert filled((Rectangle("title", ROOM), Rectangle("a", ROOM.middle(100, 100)))) < FILLED
