"""Reading a film back: the numbers that its marks print, and where its marks stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from convista.films.film import Film
from convista.films.stage import formula, text
from convista.films.stage.canvas import Canvas
from convista.films.stage.full_colour import FullColour
from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import ANCHORS, Box, Circle, Formula, Mark, Polygon, Polyline, Rectangle, Words
from convista.films.stage.palette import palette
from convista.films.stage.theme import THEMES

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
    return bool(overlaps([one], [other])[0, 0])


def overlaps(some: Sequence[Box], others: Sequence[Box]) -> NDArray[np.bool_]:
    """Whether each box of some shares more than an edge with each of others."""
    slack = 0.01
    one, other = np.array(some).reshape(-1, 1, 4), np.array(others).reshape(1, -1, 4)
    shared = np.minimum(one[..., 2:], other[..., 2:]) - np.maximum(one[..., :2], other[..., :2])
    both: NDArray[np.bool_] = (shared > slack).all(2)
    return both


def assert_laid_out(marks: Iterable[Mark], language: str) -> None:
    """Everything is inside the margin, no two texts overlap, and the number of a cell is inside the cell."""
    marks = list(marks)
    boxes = {mark.key: box_of(mark, language) for mark in marks}
    assert len(boxes) == len(marks), "two marks have the same key"
    for key, box in boxes.items():
        assert box.left >= INSIDE.left - 0.01, key
        assert box.top >= INSIDE.top - 0.01, key
        assert box.right <= INSIDE.right + 0.01, key
        assert box.bottom <= INSIDE.bottom + 0.01, key
    words = [mark for mark in marks if isinstance(mark, Words | Formula)]
    places = [boxes[word.key] for word in words]
    for one, other in np.argwhere(np.triu(overlaps(places, places), 1)):
        raise AssertionError(f"{words[one]} overlaps {words[other]}")
    for number in words:
        if number.key.endswith(".value"):
            cell, box = boxes[number.key.removesuffix(".value")], boxes[number.key]
            assert cell.left < box.left, number
            assert box.right < cell.right, number
            assert cell.top <= box.top + 3, number
            assert box.bottom <= cell.bottom + 3, number
    filled = [mark for mark in marks if isinstance(mark, Rectangle) and mark.fill is not None]
    order = {mark.key: place for place, mark in enumerate(marks)}
    for one, other in np.argwhere(overlaps([mark.box for mark in filled], places)):
        word, below = words[other], filled[one]
        own = order.get(word.key.rpartition(".")[0], -1)
        # What stands behind a word's own cell is not seen under the word.
        behind = order[below.key] < own < order[word.key]
        assert word.key.startswith(below.key) or behind, f"{word} over {below}"


def drawn_afresh(
    made: Film, marks: Sequence[Mark], *, size: tuple[int, int] | None = None, full: bool = False
) -> NDArray[np.uint8]:
    """Draw one picture on a canvas that has seen no other: red, green, blue, of a palette or of all colours."""
    colours = FullColour(THEMES[made.theme]) if full else palette(made.theme, made.marks())
    canvas = Canvas(size or made.size, colours, made.language)
    canvas.show(marks)
    seen: NDArray[np.uint8] = canvas.pixels if isinstance(colours, FullColour) else colours.colours[canvas.pixels]
    return seen
