"""The film of a softmax prints what the definition says, part by part, and its bars reach 1."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.catalogue.story import story
from convista.errors import ConvistaError
from convista.films import Film, film_of
from convista.films.softmax.softmax import EXAMPLE, softmax_film
from convista.films.softmax.vectors import Vectors
from convista.films.stage.marks import Mark, Rectangle, Words
from convista.language import LANGUAGES, Text
from convista.operators import Array
from convista.operators.softmax import LogSoftmax, Softmax
from tests.films.examples import recorded
from tests.films.reading import assert_laid_out, assert_prints, numbers, texts

RANDOM = np.random.default_rng(9)
CASES: dict[str, tuple[Array, int]] = {
    "rows": (np.array(EXAMPLE), 1),
    "columns": (np.array(EXAMPLE) * 100, 0),
    "vector": (RANDOM.normal(size=7), 0),
    "thousand": (RANDOM.normal(size=(1, 1000)) * 3, 1),
    "pixels": (RANDOM.normal(size=(1, 5, 6, 6)), -3),
}


Kind = type[Softmax] | type[LogSoftmax]


def made(name: str, kind: Kind = Softmax) -> tuple[Film, Vectors]:
    logits, axis = CASES[name]
    vectors = Vectors(kind(axis=axis), logits)
    return softmax_film(vectors, Text("título", "title"), name), vectors


def assert_vector_prints(marks: tuple[Mark, ...], language: str, v: Vectors, n: int) -> None:
    """The table, the matrices and the bars of one vector are its explanations'."""
    read, boxes = texts(marks, language), {m.key: m.box for m in marks if isinstance(m, Rectangle)}
    explained = [Softmax(axis=v.axis).explain(v.index(n, k), v.x) for k in v.shown]
    whole = boxes[f"bars.sum.{len(v.shown) - 1 + bool(v.hidden)}"].right - boxes["bars.0"].left
    for place, (k, one) in enumerate(zip(v.shown, explained, strict=True)):
        logit = one.terms[k]
        assert_prints(read[f"z[{place}]"], logit.value)
        assert_prints(read[f"below[{place}]"], logit.value - one.notes["m"])
        assert_prints(read[f"raised[{place}]"], logit.contribution)
        assert_prints(read[f"p[{place}]"], one.value)
        row, column = (place, n) if v.upright else (n, place)
        assert_prints(read[f"raw[{row},{column}].value"], logit.value)
        value = v.operator.explain(v.index(n, k), v.x).value
        assert_prints(read[f"made[{row},{column}].value"], value)
        if v.logarithm:
            assert_prints(read[f"log[{place}]"], value)
        bar = boxes[f"bars.{place}"]
        assert (bar.right - bar.left) / whole == pytest.approx(one.value, abs=1e-9)
    shown, rows = len(v.shown), len(v.shown) + bool(v.hidden)
    assert_prints(read[f"raised[{rows}]"], explained[0].total)
    assert_prints(read[f"p[{rows}]"], 1.0)
    if v.hidden:
        assert_prints(read[f"p[{shown}]"], 1 - sum(one.value for one in explained))
        hidden = sum(explained[0].terms[k].contribution for k in v.hidden)
        assert_prints(read[f"raised[{shown}]"], hidden)


@pytest.mark.parametrize("kind", [Softmax, LogSoftmax])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_every_number_is_the_explanations(name: str, language: str, kind: Kind) -> None:
    shown, v = made(name, kind)
    first = 6 if v.logarithm else 5
    assert len(shown.steps) == first + len(v.lines)
    for n in range(len(v.lines)):
        assert_vector_prints(shown.steps[first - 1 + n].marks, language, v, n)


@pytest.mark.parametrize("name", CASES)
def test_every_share_is_worked_out(name: str) -> None:
    shown, v = made(name)
    for beat, k in zip(shown.steps[4].beats, v.shown, strict=False):
        one = Softmax(axis=v.axis).explain(v.index(0, k), v.x)
        read = texts(beat.marks, "en")
        assert_prints(read["equation.quotient"], one.terms[k].contribution, one.total)
        assert_prints(read["equation.total"], one.value)


def test_the_reader_notices_one_wrong_number() -> None:
    shown, v = made("rows")
    marks = list(shown.steps[4].marks)
    place = next(n for n, mark in enumerate(marks) if mark.key == "p[1]")
    number = marks[place]
    assert isinstance(number, Words)
    marks[place] = number._replace(text=Text("0,11", "0.11"))
    with pytest.raises(AssertionError):
        assert_vector_prints(tuple(marks), "es", v, 0)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [Softmax, LogSoftmax])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_nothing_overlaps_or_leaves_the_margin(name: str, language: str, kind: Kind) -> None:
    shown = made(name, kind)[0].shown(language=language)
    for n, step in enumerate(shown.steps):
        assert_laid_out(shown.picture(n).marks, language)
        for beat in step.beats[:2]:
            assert_laid_out(beat.marks, language)


def test_the_largest_is_found_before_it_is_subtracted() -> None:
    steps = film("activation-softmax", x=EXAMPLE, language="es").steps
    assert "m = 2,10, se resta de todos" in steps[2].caption.es
    assert any(mark.key == "largest" for mark in steps[2].marks)
    assert "formula.why" in {mark.key for mark in steps[2].beats[0].marks}
    assert "aquí, la fila 1" in steps[1].caption.es
    assert "here column 1" in film("activation-softmax", x=EXAMPLE, axis=0).steps[1].caption.en
    assert "Of the 36 vectors along axis 1, 4 are shown" in made("pixels")[0].steps[1].caption.en


def test_a_tie_is_told_as_a_tie() -> None:
    """The last vector of the example has two largest logits; that of the columns has one."""
    assert "2 clases comparten la mayor probabilidad, 0,38" in made("rows")[0].steps[-1].caption.es
    assert "the largest logit's" in film("activation-softmax", x=np.array(EXAMPLE)[:2]).steps[-1].caption.en


def test_the_film_shows_what_the_story_says() -> None:
    told = story()
    read = texts(film("activation-softmax").steps[-1].marks, "en")
    for k in range(3):
        assert_prints(read[f"raw[0,{k}].value"], told.logits[k])
        assert_prints(read[f"made[0,{k}].value"], told.probabilities[k])
        assert read[f"name[{k}]"] == told.class_names[k].en


def test_the_row_that_is_worked_out_is_marked() -> None:
    for place, beat in enumerate(made("rows")[0].steps[4].beats):
        marks = {mark.key: mark for mark in beat.marks}
        band, number = marks["row.now"], marks[f"p[{place}]"]
        assert isinstance(band, Rectangle)
        assert isinstance(number, Words)
        assert band.box.top < number.at[1] < band.box.bottom


def test_huge_and_missing_logits_are_shown() -> None:
    logits = [[1e4, 0.0, -np.inf], [1.0, np.nan, 2.0]]
    steps = film("activation-softmax", x=logits).steps
    read = texts(steps[4].marks, "en")
    assert [read[f"p[{n}]"] for n in range(3)] == ["1.00", "0.00", "0.00"]
    assert texts(steps[5].marks, "en")["made[1,0].value"] == "NaN"


def test_traced_softmax_and_its_logarithm() -> None:
    for name in ("softmax", "log_softmax"):
        record = recorded(name, {"x": CASES["rows"][0]}, {"axis": -1}, "head")
        shown = film_of(record, language="en", class_names=("water", "forest", "crops", "town"))
        read = texts(shown.steps[-1].marks, "en")
        assert read["title"].startswith("head: ")
        assert read["name[1]"] == "forest"


@pytest.mark.parametrize(
    ("give", "says"),
    [
        ({"axis": 2}, "There is no axis 2: x has shape (3, 3). Give an axis from 0 to 1"),
        ({"x": np.zeros((0, 4))}, "x has shape (0, 4); at least one logit is needed"),
        ({"class_names": ("a",)}, "There is 1 class name and 3 logits in each vector"),
    ],
)
def test_data_that_cannot_be_shown_is_named(give: dict[str, Any], says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        film("activation-softmax", **give)
    assert says in str(caught.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_make_the_sum_below_them_in_the_digits_that_they_show(language: str) -> None:
    """Else the sum says ≈."""
    drawn = np.random.default_rng(4).normal(size=(6, 5)) * 2
    for made in (
        film("activation-softmax"),
        film("activation-softmax", x=EXAMPLE),
        film("activation-softmax", x=drawn),
    ):
        for step in made.steps[4:]:
            read = texts(step.marks, language)
            for column in ("raised", "p"):
                *parts, total = [line for key, line in read.items() if key.startswith(f"{column}[")]
                (value, decimals), *_ = numbers(total)
                added = sum(numbers(part)[0][0] for part in parts)
                assert total.startswith("≈") == (abs(added - value) > 0.5 * 10**-decimals), (parts, total)
