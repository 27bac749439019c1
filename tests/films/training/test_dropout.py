"""The film of dropout prints what the explanations say, under every mask and without one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films import Film
from convista.films.stage.marks import Picture, Rectangle, Words
from convista.films.training.dropout import dropout
from convista.language import LANGUAGES, Text
from convista.operators.dropout import Dropout
from convista.tracing import trace
from tests.films.reading import assert_all_print, assert_laid_out, assert_prints, texts

Array = np.ndarray[Any, np.dtype[Any]]


def assert_prints_draws(made: Film, x: Array, masks: list[Array], p: float, language: str) -> None:
    for step, mask in zip(made.steps[1:], masks, strict=False):
        read = texts(step.marks, language)
        explained = {i: Dropout(p=p).explain(i, x, mask) for i in np.ndindex(*x.shape)}
        assert_all_print(read, {f"input[{r},{c}]": float(x[r, c]) for r, c in explained}, "input[")
        assert_all_print(read, {f"mask[{r},{c}]": float(mask[r, c]) for r, c in explained}, "mask[")
        assert_all_print(read, {f"output[{r},{c}]": e.value for (r, c), e in explained.items()}, "output[")
        at = tuple(int(n) - 1 for n in read["equation.name"][2:-1].split(","))
        assert_prints(read["equation.x"], x[at])
        assert_prints(read["equation.kept"], float(mask[at]))
        assert_prints(read["equation.total"], explained[at].value)
        assert_prints(read["equation.share"], 1, p)
    last = texts(made.steps[-1].marks, language)
    assert_all_print(last, {f"output[{r},{c}]": v for (r, c), v in np.ndenumerate(x)}, "output[")
    assert not [key for key in last if key.startswith("mask")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("shape", "p"), [((3, 4), 0.25), ((1, 6), 0.5), ((5, 2), 0.0)])
def test_every_number_is_the_explanations(shape: tuple[int, int], p: float, language: str) -> None:
    rng = np.random.default_rng(0)
    x, masks = rng.normal(size=shape), [rng.random(shape) >= p for _ in range(2)]
    made = dropout(x, p=p, masks=masks)
    assert_prints_draws(made, x, masks, p, language)
    for step in made.steps:
        for beat in step.beats:
            assert_laid_out(beat.marks, language)


def test_the_reader_notices_one_wrong_number() -> None:
    x, mask = np.arange(6.0).reshape(2, 3), np.ones((2, 3), bool)
    made = dropout(x, masks=[mask])
    begin, step = made.steps[:2]
    wrong = tuple(
        m._replace(text=Text("9", "9")) if isinstance(m, Words) and m.key == "output[1,1].value" else m
        for m in step.marks
    )
    bad = Film(
        "d", made.title, (begin, step._replace(beats=(step.beats[-1]._replace(marks=wrong),)), made.steps[-1])
    )
    with pytest.raises(AssertionError):
        assert_prints_draws(bad, x, [mask], 0.5, "en")


def test_a_value_has_one_colour_whether_it_goes_in_or_comes_out() -> None:
    """Of equal numbers the cells are alike: what comes out twice as large is farther on the same scale."""
    marks = {m.key: m for m in dropout([[4.0, -1.0], [8.0, 2.0]], masks=[np.ones((2, 2), bool)]).steps[1].marks}
    fills = {key: mark.fill for key, mark in marks.items() if isinstance(mark, Rectangle)}
    assert fills["output[0,0]"] == fills["input[1,0]"]
    assert fills["output[1,1]"] == fills["input[0,0]"] == 0.25
    assert fills["output[1,0]"] == 1


def test_what_is_left_out_fades_and_does_not_travel() -> None:
    mask = np.array([[True, False], [False, True]])
    first = dropout(np.arange(4.0).reshape(2, 2), masks=[mask, ~mask]).steps[1]
    travelled = {key for beat in first.beats for key in beat.born_from if key.startswith("output")}
    assert travelled == {f"output[{n},{n}].value" for n in (0, 1)}
    for (r, c), kept in np.ndenumerate(mask):
        (cell,) = (m for m in first.marks if m.key == f"input[{r},{c}]")
        assert (cell.opacity == 1) == kept


def test_two_draws_differ_and_a_seed_repeats_them() -> None:
    def masks(seed: int) -> list[dict[str, str]]:
        steps = film("dropout", seed=seed).steps[1:3]
        return [{k: v for k, v in texts(s.marks, "en").items() if k.startswith("mask[")} for s in steps]

    first, second = masks(0)
    assert first != second
    assert masks(0) == [first, second]
    assert masks(1) != [first, second]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapters_example_and_large_maps_have_their_place(language: str) -> None:
    for made in (film("dropout"), dropout(np.random.default_rng(0).normal(size=(64, 48)))):
        for step in made.steps:
            assert_laid_out(step.marks, language)
    assert [m for m in made.steps[-1].marks if isinstance(m, Picture)]


def test_missing_values_are_drawn_as_such() -> None:
    made = dropout([[np.nan, 1.0], [2.0, 3.0]], masks=[np.ones((2, 2))])
    assert texts(made.steps[1].marks, "en")["output[0,0].value"] == "NaN"


@pytest.mark.parametrize("layer", [nn.Dropout(0.4), nn.Dropout2d(0.4)])
def test_a_traced_dropout_is_shown_with_the_mask_that_was_drawn(layer: nn.Module) -> None:
    torch.manual_seed(1)
    traced = trace(nn.Sequential(layer), torch.randn(2, 3, 4, 4, dtype=torch.float64))
    read = texts(traced.film(0, channel=2).steps[-1].marks, "es")
    for r, c in np.ndindex(4, 4):
        assert_prints(read[f"output[{r},{c}].value"], float(traced[0].output[0, 2, r, c]))
    with pytest.raises(ConvistaError, match="There is no channel 3"):
        traced.film(0, channel=3)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"p": 1.0}, "The probability p is 1.0. It must be from 0 to less than 1."),
        (
            {"x": np.zeros((0, 2))},
            "x has shape (0, 2); a matrix is needed, with two axes, rows and columns, and not empty.",
        ),
        (
            {"x": np.zeros((2, 2)), "masks": [np.ones((2, 3))]},
            "The mask has shape (2, 3) and the values (2, 2). Give a mask of the same shape.",
        ),
    ],
)
def test_mistakes_are_told(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ConvistaError) as error:
        dropout(**data)
    assert str(error.value) == message
