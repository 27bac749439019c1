"""The chain with channels: a filter reads every plane by a kernel of its own; partial sums make one value."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films import Film
from convista.films.conv.channels import example
from convista.films.stage.marks import Mark, Picture, Rectangle, Words
from convista.language import LANGUAGES, Text
from convista.operators.conv import Conv
from tests.films.reading import assert_laid_out, assert_prints, texts

RANDOM = np.random.default_rng(5)
DATA: dict[str, dict[str, Any]] = {
    "chapter": {},
    "two layers": {
        "image": RANDOM.integers(0, 9, (2, 5, 5)),
        "filters": [RANDOM.integers(-1, 2, (4, 2, 3, 3)), RANDOM.integers(-1, 2, (1, 4, 2, 2))],
    },
    "drawn": {"image": RANDOM.normal(size=(3, 6, 7)), "filters": [RANDOM.normal(size=(2, 3, 3, 2))]},
    "large": {"image": RANDOM.normal(size=(6, 40, 50)), "filters": [RANDOM.normal(size=(6, 6, 5, 5))]},
    "one": {"image": RANDOM.normal(size=(1, 4, 4)), "filters": [RANDOM.normal(size=(1, 1, 3, 3))]},
}
CELL = re.compile(r"(window|kernel)(\d+)\[(\d+),(\d+)\]\.value")


def values_of(data: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Return what every layer has, the image first, and the filters."""
    image, filters = (data["image"], data["filters"]) if data else example()
    values = [np.asarray(image, float)]
    for weight in filters:
        values.append(Conv().value(values[-1][None], np.asarray(weight, float))[0])
    return values, [np.asarray(weight, float) for weight in filters]


def assert_prints_the_first_value(marks: tuple[Mark, ...], language: str, data: dict[str, Any]) -> tuple[int, int]:
    """Window, kernels, partial sums and their sum are those of a filter's first value; returns layer and filter."""
    values, filters = values_of(data)
    read = texts(marks, language)
    layer = int(re.match(r"O(\d)", read[max(key for key in read if key.endswith(".name") and "layer" in key)])[1])  # type: ignore[index]
    k = int(re.findall(r"\d+", read["kernel.name"])[0]) - 1
    below, weight = values[layer - 1], filters[layer - 1]
    for key, line in read.items():
        if cell := CELL.fullmatch(key):
            c, u, v = map(int, cell.groups()[1:])
            assert_prints(line, below[c, u, v] if cell[1] == "window" else weight[k, c, u, v])
    explained = Conv().explain((0, k, 0, 0), below[None], weight)
    assert_prints(read["sum.value"], explained.value)
    for c in range(len(below)):
        own = [t.contribution for t in explained.terms if t.factor_index is not None and t.factor_index[1] == c]
        assert_prints(read[f"part{c}"], sum(own))
    return layer, k


def first_values(made: Film) -> list[tuple[Mark, ...]]:
    return [step.marks for step in made.steps if any(mark.key == "sum.value" for mark in step.marks)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", DATA)
def test_every_number_is_the_explanations_and_has_its_place(which: str, language: str) -> None:
    made = film("conv-chain-channels", language=language, **DATA[which])
    seen = [assert_prints_the_first_value(marks, language, DATA[which]) for marks in first_values(made)]
    values, _ = values_of(DATA[which])
    assert [k for layer, k in seen if layer == 1] == list(range(len(values[1])))
    assert {layer for layer, _ in seen} == set(range(1, len(values)))
    for n in range(len(made.steps)):
        assert_laid_out([mark for mark in made.picture(n).marks if mark.key != "landed"], language)


def test_the_reader_notices_a_wrong_partial_sum() -> None:
    marks = first_values(film("conv-chain-channels"))[1]
    wrong = tuple(
        m._replace(text=Text("99", "99")) if isinstance(m, Words) and m.key == "part1" else m for m in marks
    )
    assert wrong != marks
    with pytest.raises(AssertionError):
        assert_prints_the_first_value(wrong, "en", {})


def test_a_filter_of_three_channels_is_three_kernels_and_its_value_lands_on_its_plane() -> None:
    (marks,) = first_values(film("conv-chain-channels"))[1:2]
    frames = {mark.key for mark in marks if re.fullmatch(r"kernel\d\.frame", mark.key)}
    assert frames == {"kernel0.frame", "kernel1.frame", "kernel2.frame"}
    boxes = {mark.key: mark.box for mark in marks if isinstance(mark, Rectangle | Picture)}
    plane, landed = boxes["layer1.1"], boxes["landed"]
    assert (landed.left, landed.top) == pytest.approx((plane.left, plane.top))
    assert landed.width == pytest.approx(plane.width / 5)


def test_planes_are_filled_at_the_end_and_not_before() -> None:
    made = film("conv-chain-channels")
    first, last = made.steps[0].marks, made.steps[-1].marks
    for layer in (1, 2, 3):
        for c in range(3):
            empty, full = (next(m for m in marks if m.key == f"layer{layer}.{c}") for marks in (first, last))
            assert isinstance(empty, Picture)
            assert isinstance(full, Picture)
            assert set(np.frombuffer(empty.levels, np.int8)) == {-127}
            assert -127 not in np.frombuffer(full.levels, np.int8)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"image": np.ones((7, 7))}, "image has shape (7, 7); give (channels, rows, columns)"),
        ({"image": np.ones((2, 7, 7))}, "filters[0] has shape (3, 3, 3, 3); give (filters, 2"),
        (
            {"image": np.ones((9, 7, 7)), "filters": [np.ones((1, 9, 3, 3))]},
            "A block has 9 channels and up to 6 can be seen",
        ),
    ],
)
def test_data_that_cannot_be_shown_is_named(data: dict[str, Any], says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        film("conv-chain-channels", **data)
    assert says in str(caught.value)
