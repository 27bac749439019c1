"""Reading a film back: the numbers that its marks print, and where its marks stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import combinations

import pytest

from convista.films import formula, text
from convista.films.canvas import ANCHORS
from convista.films.layout import INSIDE
from convista.films.marks import Box, Circle, Formula, Mark, Polygon, Polyline, Rectangle, Words

NUMBER = re.compile("−?[0-9]+(?:[.,][0-9]+)?")


def texts(marks: Iterable[Mark], language: str) -> dict[str, str]:
    """Return what is written, by key."""
    return {mark.key: getattr(mark.text, language) for mark in marks if isinstance(mark, Words)}


def numbers(written: str) -> list[tuple[float, int]]:
    """Return the numbers in a text and how many decimals each has."""
    found = [word.replace("−", "-").replace(",", ".") for word in NUMBER.findall(written)]
    return [(float(word), len(word.partition(".")[2])) for word in found]


def assert_prints(written: str, *values: float) -> None:
    """A text prints these numbers, in this order, each rounded to the decimals it has."""
    read = numbers(written)
    assert len(read) == len(values), written
    for (number, decimals), value in zip(read, values, strict=True):
        assert number == pytest.approx(value, abs=0.5000001 * 10**-decimals), written


def assert_all_print(read: Mapping[str, str], expected: Mapping[str, float], prefix: str) -> None:
    """The texts whose keys begin so are these values' and no others."""
    found = {key: line for key, line in read.items() if key.startswith(prefix) and key.endswith(".value")}
    assert found.keys() == {f"{key}.value" for key in expected}
    for key, value in expected.items():
        assert_prints(read[f"{key}.value"], value)


def box_of(mark: Mark, language: str) -> Box:
    """Return where a mark stands; text reaches from its capitals to the tails of its letters."""
    match mark:
        case Words(at=(x, y), size=size):
            wide = text.width(getattr(mark.text, language), size)
            left = x - wide * ANCHORS[mark.anchor]
            return Box(left, y - text.ASCENT * size, left + wide, y + text.DESCENT * size)
        case Formula(at=(x, y), size=size):
            tex = getattr(mark.tex, language)
            wide, (above, below) = formula.width(tex, size), formula.height(tex, size)
            left = x - wide * ANCHORS[mark.anchor]
            return Box(left, y - above, left + wide, y + below)
        case Circle(centre=(x, y), radius=radius):
            edge = radius + (0 if mark.stroke is None else mark.width / 2)
            return Box(x - edge, y - edge, x + edge, y + edge)
        case Polyline() | Polygon():
            across, down = zip(*mark.points, strict=True)
            return Box(min(across), min(down), max(across), max(down))
        case _:
            return mark.box


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    slack = 0.01
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > slack and min(one.bottom, other.bottom) - max(one.top, other.top) > slack


def assert_laid_out(marks: Iterable[Mark], language: str) -> None:
    """Everything is inside the margin, no two texts overlap, and the number of a cell is inside the cell."""
    marks = list(marks)
    boxes = {mark.key: box_of(mark, language) for mark in marks}
    for key, box in boxes.items():
        assert box.left >= INSIDE.left - 0.01, key
        assert box.top >= INSIDE.top - 0.01, key
        assert box.right <= INSIDE.right + 0.01, key
        assert box.bottom <= INSIDE.bottom + 0.01, key
    words = [mark for mark in marks if isinstance(mark, Words | Formula)]
    for one, other in combinations(words, 2):
        assert not overlap(boxes[one.key], boxes[other.key]), (one, other)
    for number in words:
        if number.key.endswith(".value"):
            cell, box = boxes[number.key.removesuffix(".value")], boxes[number.key]
            assert cell.left < box.left, number
            assert box.right < cell.right, number
            assert cell.top <= box.top + 3, number
            assert box.bottom <= cell.bottom + 3, number
    outside = [mark for mark in marks if isinstance(mark, Rectangle) and mark.fill is not None]
    for mark in outside:
        for other in words:
            if not other.key.startswith(mark.key):
                assert not overlap(mark.box, boxes[other.key]), (mark.key, other)
