"""Classes of several files, and of data and a run, are matched by name; numbers count where nothing has a name."""

from __future__ import annotations

import pytest

from convista.errors import ConvistaError, ConvistaWarning
from convista.learning.data.class_names import ListedClasses, check_told_apart, joined, places_of
from convista.learning.data.targets import Numbering
from convista.scenes import ClassInfo

GREY = (9, 9, 9)


def classes(**values: int) -> tuple[ClassInfo, ...]:
    return tuple(ClassInfo(value, name.replace("_", " "), GREY) for name, value in values.items())


def numbers(*values: int) -> tuple[ClassInfo, ...]:
    return tuple(ClassInfo(value, str(value), GREY) for value in values)


def listed(*found: ClassInfo, given: bool = True) -> ListedClasses:
    return ListedClasses("labels", found, given)


def told(found: tuple[ClassInfo, ...]) -> list[tuple[int, str]]:
    return [(c.value, c.name) for c in found]


def says(*files: ListedClasses) -> str:
    with pytest.raises(ConvistaError) as error:
        joined(files)
    return str(error.value)


def test_a_name_is_looked_for_as_it_is_then_tidied() -> None:
    known = classes(forest=1, bare_soil=2, Water=3)
    assert places_of(classes(water=1, Bare__soil=7, forest=2, ice=4), known, "x") == [2, 1, 0, None]
    both = classes(forest=1, Forest=2)
    assert places_of(both, both, "x") == [0, 1]
    for found, here in ((classes(FOREST=1), both), (both, classes(FOREST=1)), (both, classes(forest=1))):
        with pytest.raises(ConvistaError, match=r"The class “\w+” of x is like .*Name it exactly alike"):
            places_of(found, here, "x")


def test_numbers_are_the_same_class_where_nothing_has_a_name() -> None:
    assert places_of(numbers(2, 7), numbers(1, 2), "x") == [1, None]
    check_told_apart(numbers(2, 7), [1, None], numbers(1, 2), "x")


@pytest.mark.parametrize(("here", "there"), [(numbers(1, 2), classes(a=1, b=2)), (classes(a=1), numbers(1))])
def test_a_name_beside_a_number_is_asked(here: tuple[ClassInfo, ...], there: tuple[ClassInfo, ...]) -> None:
    with pytest.raises(ConvistaError, match=r"some have names and some only numbers.*--class-names VALUE=NAME"):
        check_told_apart(here, places_of(here, there, "x"), there, "x")
    with pytest.raises(ConvistaError, match="some have names and some only numbers"):
        joined([listed(*here), listed(*there)])


def test_drawn_classes_of_several_files_have_one_numbering() -> None:
    one, two = listed(*classes(forest=1, water=2), given=False), listed(*classes(soil=1, water=2), given=False)
    assert told(joined([one, two])) == [(1, "forest"), (2, "soil"), (3, "water")]
    assert len({c.colour for c in joined([one, two])}) == 3
    assert joined([one]) == one.classes


def test_a_raster_keeps_its_numbers_and_drawn_classes_take_free_ones() -> None:
    drawn = listed(*classes(forest=1, soil=2, Water=3), given=False)
    assert told(joined([drawn, listed(*classes(water=1, town=9))])) == [
        (1, "Water"),
        (2, "forest"),
        (3, "soil"),
        (9, "town"),
    ]


def test_one_name_with_two_numbers_is_one_class_and_that_is_said() -> None:
    files = listed(*classes(forest=1, water=2)), listed(*classes(water=1, forest=2, soil=3))
    with pytest.warns(
        ConvistaWarning, match="joined by name. In maps and the run they are: 1 forest, 2 water, 3 soil"
    ):
        assert told(Numbering.joined(files).classes) == [(1, "forest"), (2, "water"), (3, "soil")]
    files = listed(*classes(forest=1, water=2)), listed(*classes(soil=1, water=2))
    with pytest.warns(ConvistaWarning, match="1 forest, 2 water, 3 soil"):
        Numbering.joined(files)


def test_one_number_with_two_names_is_refused_where_numbers_are_names() -> None:
    files = listed(*numbers(1), *classes(water=2)), listed(*classes(ice=2))
    assert says(*files) == "Class 2 has two names: water, ice. Name it alike in all labels."
    assert told(joined([listed(*numbers(1), *classes(water=2)), listed(*classes(water=2), *numbers(7))])) == [
        (1, "1"),
        (2, "water"),
        (7, "7"),
    ]
