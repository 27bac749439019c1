"""A convolutional layer: all filters in parallel, each number as explained by its operator."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.conv.layer import _example
from convista.films.conv.layer_values import ConvLayerValues
from convista.films.stage.marks import Mark, Picture, Words
from convista.language import LANGUAGES, Text
from convista.operators.activation import Relu
from convista.operators.conv import Conv
from convista.operators.pool import MaxPool
from tests.films.reading import assert_laid_out, assert_prints, texts

RANDOM = np.random.default_rng(3)
DATA: dict[str, dict[str, Any]] = {
    "chapter": {},
    "two": {"image": RANDOM.integers(0, 4, (2, 5, 4)), "filters": RANDOM.integers(-1, 2, (2, 2, 3, 3))},
    "large": {"image": RANDOM.normal(size=(6, 40, 48)), "filters": RANDOM.normal(size=(9, 6, 5, 5)), "pool": 3},
    "one": {
        "image": RANDOM.integers(0, 4, (1, 4, 4)),
        "filters": RANDOM.integers(-1, 2, (4, 1, 1, 1)),
        "bias": [1] * 4,
    },
}


def layer_of(data: dict[str, Any]) -> ConvLayerValues:
    if not data:
        return ConvLayerValues(*_example(), 2)
    bias = np.asarray(data["bias"], float) if "bias" in data else None
    return ConvLayerValues(
        np.asarray(data["image"], float)[None], np.asarray(data["filters"], float), bias, data.get("pool", 2)
    )


CELL = re.compile(r"(conv|relu|pool)(\d+)\[(\d+),(\d+)\]\.value")


def reason(layer: ConvLayerValues, name: str, k: int, at: tuple[int, int]) -> float:
    """Return a value as the explanation of its operator has it, from the explanations of what it reads."""
    given = layer.sweeps[0]
    if name == "conv":
        return Conv(padding=given.padding).explain((0, k, *at), given.x, given.weight, given.bias).value
    size = layer.conv.shape[1:]
    if name == "relu":
        before = np.array([reason(layer, "conv", k, at)])
        return Relu().explain((0,), before).value
    side = layer.pool.kernel[0]
    below = np.zeros((1, 1, *size))
    for i, j in np.ndindex(side, side):
        place = at[0] * side + i, at[1] * side + j
        below[0, 0, place[0], place[1]] = reason(layer, "relu", k, place)
    return layer.pool.explain((0, 0, *at), below).value


def assert_step_prints(marks: tuple[Mark, ...], language: str, layer: ConvLayerValues, n: int) -> None:
    """Each equation ends in its value, and each number in a cell is the map's."""
    read = texts(marks, language)
    maps = len(layer.sweeps)
    given = layer.sweeps[0]
    for k in range(maps):
        for key, line in read.items():
            if cell := CELL.fullmatch(key):
                name, own, i, j = cell.groups()
                if int(own) == k:
                    assert_prints(line, reason(layer, name, k, (int(i), int(j))))
        if n < len(layer.positions):
            at = layer.positions[n]
            explained = Conv(padding=given.padding).explain((0, k, *at), given.x, given.weight, given.bias)
            ended = read[f"equation.conv.{k}"].rpartition(" = ")[2]
            assert_prints(ended, explained.value)
            if len(given.maps) <= 4:
                parts = [
                    sum(
                        t.contribution
                        for t in explained.terms
                        if t.factor_index is not None and t.factor_index[1] == c
                    )
                    for c in range(len(given.maps))
                ]
                parts += [] if given.bias is None else [explained.bias]
                assert_prints(read[f"equation.conv.{k}"], *parts, explained.value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", DATA)
def test_every_number_is_the_operators_and_has_its_place(which: str, language: str) -> None:
    layer, made = layer_of(DATA[which]), film("conv-layer", language=language, **DATA[which])
    for n in {0, 5, len(layer.positions), len(made.steps) - 1}:
        assert_step_prints(made.steps[n].marks, language, layer, n)
        assert_laid_out(made.picture(n).marks, language)


def test_relu_and_pool_are_said_as_their_explanations_have_them() -> None:
    layer, steps = layer_of({}), film("conv-layer").steps
    first, last = texts(steps[16].marks, "en"), texts(steps[-1].marks, "en")
    for k in range(3):
        x = layer.conv[k, 0, 3]
        assert_prints(first[f"equation.relu.{k}"], x, 0, Relu().explain((k, 0, 3), layer.conv).value)
        explained = MaxPool(kernel=(2, 2), stride=(2, 2)).explain((0, k, 1, 1), layer.relu[None])
        assert_prints(last[f"equation.pool.{k}"], *(term.value for term in explained.terms), explained.value)
    assert "equation.conv.0" not in first
    assert "3×4×4 into 3×2×2" in steps[-1].caption.en


def test_all_filters_write_at_once() -> None:
    steps = film("conv-layer").steps
    for n in (0, 7):
        read = texts(steps[n].marks, "en")
        written = [sum(f"conv{k}[" in key for key in read) for k in range(3)]
        assert written == [n + 1] * 3


def test_large_layers_are_maps_of_some_filters() -> None:
    made = film("conv-layer", **DATA["large"])
    marks = {mark.key: mark for mark in made.steps[-1].marks}
    assert isinstance(marks["conv3"], Picture)
    assert "conv4" not in marks
    assert "All 9 filters" in made.steps[0].caption.en
    assert "4 filters and the first channels are shown" in made.steps[0].caption.en


@pytest.mark.parametrize("key", ["conv1[0,0].value", "relu1[1,1].value", "pool2[1,1].value"])
def test_the_reader_notices_a_wrong_number(key: str) -> None:
    marks = film("conv-layer").steps[-1].marks
    wrong = tuple(m._replace(text=Text("99", "99")) if isinstance(m, Words) and m.key == key else m for m in marks)
    assert wrong != marks
    assert_step_prints(marks, "en", layer_of({}), 23)
    with pytest.raises(AssertionError):
        assert_step_prints(wrong, "en", layer_of({}), 23)


@pytest.mark.parametrize(
    ("give", "says"),
    [
        ({"image": np.ones((3, 4, 4))}, "Give image and filters together"),
        ({"image": np.ones((4, 4)), "filters": np.ones((1, 1, 3, 3))}, "The input has shape (1, 4, 4)"),
        ({"image": np.ones((2, 4, 4)), "filters": np.ones((1, 3, 3, 3))}, "The input has 2 channels"),
        ({"image": np.ones((1, 4, 4)), "filters": np.ones((1, 1, 3, 3)), "pool": 9}, "The kernel spans 9 elements"),
        ({"pool": 0}, "The window of the max-pool is 0 wide"),
    ],
)
def test_data_that_cannot_be_shown_is_named(give: dict[str, Any], says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        film("conv-layer", **give)
    assert says in str(caught.value)
