"""The films of flattening put every value where the definitions put it, and say what is kept."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from convista.errors import ConvistaError
from convista.films import Film, film_of
from convista.films.flatten.flatten import flatten_film
from convista.films.flatten.flatten_regions import flatten_blocks_film, flatten_global_film
from convista.films.flatten.rows import Places
from convista.films.stage.marks import Mark, Words
from convista.language import LANGUAGES, Text
from convista.operators import Array
from convista.operators.flatten import FlattenClassic
from convista.operators.flatten_regions import FlattenBlocks
from tests.films.examples import recorded
from tests.films.reading import assert_laid_out, assert_prints, numbers, texts

RANDOM = np.random.default_rng(7)
CASES = {
    "example": np.array([[[1.0, 2, 3], [4, 5, 6], [7, 8, 9]], [[-1, -2, -3], [-4, -5, -6], [-7, -8, -9]]]),
    "odd": RANDOM.normal(size=(3, 2, 3)) * 12,
    "one": RANDOM.normal(size=(1, 3, 4)),
    "many": RANDOM.normal(size=(30, 5, 7)),
}


def assert_row_prints(marks: tuple[Mark, ...], language: str, maps: Array, *, channel_last: bool) -> set[int]:
    """Every place that has a value has the definition's, and tells where it comes from."""
    read, order = texts(marks, language), "last" if channel_last else "first"
    row = FlattenClassic(channel_last=channel_last).value(maps[None])[0]
    seen = set()
    for key, line in read.items():
        if key.startswith(f"{order}.origin["):
            place = int(key.rpartition("[")[2].rstrip("]"))
            channel, i, j = (int(number) - 1 for number, _ in numbers(line))
            assert maps[channel, i, j] == row[place]
            seen.add(place)
    for key, line in read.items():
        if key.startswith(f"{order}.") and key.endswith(".value"):
            start, _, column = key.removeprefix(f"{order}.").removesuffix("].value").partition("[0,")
            assert_prints(line, row[int(start) + int(column)])
            assert int(start) + int(column) in seen
    return seen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_every_value_is_at_the_place_of_the_definition(name: str, language: str) -> None:
    maps, seen = CASES[name], {False: set[int](), True: set[int]()}
    for step in flatten_film(maps).steps:
        for beat in step.beats:
            for last in seen:
                seen[last] |= assert_row_prints(beat.marks, language, maps, channel_last=last)
            read = texts(beat.marks, language)
            if "equation.total" in read:
                (place, _) = numbers(read["equation.total"])[0]
                assert eval(read["equation.filled"].replace("·", "*").replace("−", "-")) == place
                orders = [Places(maps, channel_last=last, origin=1) for last in (False, True)]
                assert read["equation.filled"] in {order.filled(int(place) - 1).en for order in orders}
    assert all(len(places) >= min(maps.size, 18) for places in seen.values())


def test_the_reader_notices_two_values_that_change_places() -> None:
    maps = CASES["example"]
    marks = list(flatten_film(maps).steps[-1].marks)
    at = {mark.key: n for n, mark in enumerate(marks)}
    for key, line in (("last.0[0,1].value", "2"), ("last.0[0,2].value", "−1")):
        words = marks[at[key]]
        assert isinstance(words, Words)
        marks[at[key]] = words._replace(text=Text(line, line))
    with pytest.raises(AssertionError):
        assert_row_prints(tuple(marks), "en", maps, channel_last=True)


def test_how_many_places_differ_is_counted() -> None:
    example = flatten_film(CASES["example"]).steps[-1]
    assert "16 places hold another one" in example.caption.en
    assert "en 16 lugares hay otro" in example.caption.es
    outlined = {mark.key for mark in example.marks if mark.key.endswith("].now")}
    assert outlined == {f"{order}.0[0,{n}].now" for order in ("first", "last") for n in range(1, 17)}
    assert "the two orders agree" in flatten_film(CASES["one"]).steps[-1].caption.en


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "size"), [("example", (1, 1)), ("example", (2, 2)), ("odd", (2, 1)), ("many", (3, 4))]
)
def test_every_average_is_the_explanations(name: str, size: tuple[int, int], language: str) -> None:
    maps = CASES[name]
    row, made = FlattenBlocks(size=size).value(maps[None])[0], flatten_blocks_film(maps, regions=size)
    for step in made.steps[1:-1]:
        read = texts(step.marks, language)
        place = int(numbers(read["equation.name"])[0][0]) - 1
        assert_prints(read["equation.total"], row[place])
        if "sum" not in read["equation.parts"] and "suma" not in read["equation.parts"]:
            *listed, (count, _) = numbers(read["equation.parts"])
            assert sum(number for number, _ in listed) / count == pytest.approx(row[place], abs=0.01)
        for key, line in read.items():
            if key.startswith("row[0,"):
                assert_prints(line, row[int(key[6:].partition("]")[0])])


def test_what_an_average_loses_is_said() -> None:
    same = np.array([[[8.0, 0], [0, 0]], [[0, 0], [0, 8]]])
    assert (
        "Maps 1 and 2 differ and give the same: position is lost" in flatten_global_film(same).steps[-1].caption.en
    )
    assert "uno por mapa" in flatten_global_film(CASES["odd"]).steps[-1].caption.es
    assert "in which region each map responds is known" in flatten_blocks_film().steps[-1].caption.en


def films() -> dict[str, Film]:
    missing = CASES["odd"].copy()
    missing[1, 0, 2] = np.nan
    classic = {f"classic {name}": flatten_film(maps) for name, maps in CASES.items()}
    blocks = {f"blocks {name}": flatten_blocks_film(maps, regions=(2, 2)) for name, maps in CASES.items()}
    more = {"global": flatten_global_film(CASES["many"]), "missing": flatten_film(missing)}
    return {**classic, **blocks, **more, "missing blocks": flatten_blocks_film(missing, regions=(1, 2))}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_overlaps_or_leaves_the_margin(language: str) -> None:
    for made in films().values():
        shown = made.shown(language=language)
        for n in {0, len(made.steps) // 2, len(made.steps) - 1}:
            assert_laid_out(shown.picture(n).marks, language)


def record(operator: str, x: Array, **attributes: Any) -> Any:
    return recorded(operator, {"x": x}, attributes, "flatten")


def test_traced_layers_are_shown_as_their_arrays_are() -> None:
    x = np.stack([CASES["odd"], -CASES["odd"]])
    for made, same in (
        (film_of(record("reshape", x, shape=(2, -1)), sample=1), flatten_film(-CASES["odd"])),
        (film_of(record("flatten_classic", x, channel_last=True)), flatten_film(CASES["odd"])),
        (film_of(record("flatten_blocks", x, size=(2, 3))), flatten_blocks_film(CASES["odd"], regions=(2, 3))),
        (film_of(record("flatten_global", x)), flatten_global_film(CASES["odd"])),
    ):
        read, other = texts(made.steps[-1].marks, "en"), texts(same.steps[-1].marks, "en")
        assert read["title"].startswith("flatten: ")
        # What is traced is counted from 0, as code does; the values are the same.
        assert values(read) == values(other)
        assert len(values(read)) >= 6


def values(read: dict[str, str]) -> dict[str, str]:
    return {key: line for key, line in read.items() if key.endswith(".value")}


def test_what_is_traced_is_counted_from_0_and_the_chapters_from_1() -> None:
    traced = film_of(record("reshape", CASES["odd"][None], shape=(1, -1)))
    for made, first in ((flatten_film(CASES["odd"]), 1), (traced, 0)):
        read = texts(made.steps[-1].marks, "en")
        assert read["first.origin[0]"] == " ".join([str(first)] * 3)
        assert read["map0.name"] == f"map {first}"


def test_every_value_travels_from_its_cell_to_its_place() -> None:
    maps = CASES["odd"]
    rows = {"first": maps.ravel(), "last": np.moveaxis(maps, 0, -1).ravel()}
    born: dict[str, str] = {}
    for step in flatten_film(maps).steps[:-1]:
        for beat in step.beats:
            born |= {key: str(source) for key, source in beat.born_from.items() if not key.endswith(".value")}
    for order, row in rows.items():
        for place, value in enumerate(row):
            channel, i, j = map(int, re.findall(r"\d+", born[f"{order}.0[0,{place}]"]))
            assert maps[channel, i, j] == value
    exchanged = flatten_film(maps).steps[-1].beats[1].born_from
    for place, value in enumerate(rows["last"]):
        (_, _, before) = map(int, re.findall(r"\d+", str(exchanged[f"last.0[0,{place}]"])))
        assert rows["first"][before] == value


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: flatten_film([1, 2, 3]), "The maps have shape (3,). Give (channels, rows, columns)"),
        (lambda: flatten_film(np.zeros((2, 0, 3))), "no axis empty"),
        (lambda: flatten_film(np.zeros((2, 1, 3, 3)), sample=2), "There is no sample 2: they go from 0 to 1"),
        (lambda: flatten_blocks_film(regions=(5, 1)), "(5, 1) regions are asked for and the maps have 4 rows"),
        (lambda: film_of(record("reshape", np.zeros((1, 2, 3, 3)), shape=(1, 6, 3))), "which is no flattening"),
    ],
)
def test_data_that_cannot_be_shown_is_named(make: Any, says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        make()
    assert says in str(caught.value)
