"""A colour bar has at each number the colour that the tables of its scale give it."""

from __future__ import annotations

import numpy as np
import pytest

from convista.films.stage.colour_bar import colour_bar
from convista.films.stage.marks import FULL, Box, Mark, Picture, Rectangle, Words
from convista.films.stage.plate import Plate
from convista.films.stage.scale import Scale
from convista.language import LANGUAGES, Text
from convista.operators import Array
from tests.films.reading import assert_laid_out, assert_prints, texts

ROOM = Box(100, 200, 400, 220)
SIGNED, POSITIVE, NEGATIVE = np.array([[-1.5, np.nan, 6.0]]), np.array([[0.0, 2.0, 9.0]]), np.array([[-4.0, -1.0]])


def strip(marks: tuple[Mark, ...]) -> tuple[Picture, list[int]]:
    (found,) = (mark for mark in marks if isinstance(mark, Picture))
    return found, np.frombuffer(found.levels, np.int8).tolist()


@pytest.mark.parametrize("values", [SIGNED, POSITIVE, NEGATIVE])
def test_a_number_has_the_colour_that_a_table_gives_it(values: Array) -> None:
    scale = Scale.of(values)
    marks = colour_bar("bar", ROOM, scale)
    _, levels = strip(marks)
    for value, level in ((scale.low, levels[0]), (scale.high, levels[-1])):
        (cell, _) = Plate("a", ROOM, np.array([[value]]), scale=scale).cell(0, 0)
        assert isinstance(cell, Rectangle)
        assert isinstance(cell.fill, float)
        assert level == round(cell.fill * FULL)
        assert cell.fill == scale.colour(value)
    assert sorted(levels) == levels


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("values", "ends"), [(SIGNED, (-1.5, 6)), (POSITIVE, (0, 9)), (NEGATIVE, (-4, 0)), (np.zeros((2, 2)), (0, 1))]
)
def test_its_ends_are_numbered_and_it_keeps_to_its_room(
    values: Array, ends: tuple[float, float], language: str
) -> None:
    marks = colour_bar("bar", ROOM, Scale.of(values), Text("valor", "value"))
    assert_laid_out(marks, language)
    read = texts(marks, language)
    assert_prints(read["bar.low"], ends[0])
    assert_prints(read["bar.high"], ends[1])
    assert ("," in read["bar.low"]) == (language == "es" and ends[0] == -1.5)
    assert all(mark.size >= 14 for mark in marks if isinstance(mark, Words))
    drawn, _ = strip(marks)
    assert ROOM.left < drawn.box.left < drawn.box.right < ROOM.right
    if "bar.zero" in read:
        (zero,) = (mark for mark in marks if mark.key == "bar.zero")
        assert isinstance(zero, Words)
        share = (zero.at[0] - drawn.box.left) / drawn.box.width
        assert ends[0] + share * (ends[1] - ends[0]) == pytest.approx(0, abs=1e-9)
    assert ("bar.zero" in read) == (ends[0] < 0 < ends[1])


def test_tables_of_one_scale_colour_a_number_alike() -> None:
    small, large = np.array([[2.0]]), np.array([[2.0, 9.0]])
    scale = Scale.of(small, large)
    cells = [Plate(key, ROOM, values, scale=scale).cell(0, 0)[0] for key, values in (("a", small), ("b", large))]
    assert [cell.fill for cell in cells if isinstance(cell, Rectangle)] == [2 / 9, 2 / 9]
    alone = Plate("c", ROOM, small).cell(0, 0)[0]
    assert isinstance(alone, Rectangle)
    assert alone.fill == 1.0
