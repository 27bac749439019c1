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
from convista.films.stage.marks import Mark, Picture, Polyline, Words
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


PART = re.compile(r"(window|kernel)(\d+)\[(\d+),(\d+)\]\.value")


def assert_step_prints(marks: tuple[Mark, ...], language: str, layer: ConvLayerValues) -> None:
    """Each number in a cell is the map's; a filter's first value is made of what all channels give."""
    read, given = texts(marks, language), layer.sweeps[0]
    for key, line in read.items():
        if cell := CELL.fullmatch(key):
            name, k, i, j = cell.groups()
            assert_prints(line, reason(layer, name, int(k), (int(i), int(j))))
    if "sum.value" not in read:
        return
    k = int(re.findall(r"\d+", read["kernel.name"])[0]) - 1
    explained = Conv(padding=given.padding).explain((0, k, 0, 0), given.x, given.weight, given.bias)
    assert_prints(read["sum.value"], explained.value)
    seen = {t.factor_index[1:]: t.value for t in explained.terms if t.factor_index is not None}
    for key, line in read.items():
        if part := PART.fullmatch(key):
            c, u, v = map(int, part.groups()[1:])
            assert_prints(line, seen.get((c, u, v), 0.0) if part[1] == "window" else given.weight[k, c, u, v])
    for c in range(len(given.maps)):
        own = [t.contribution for t in explained.terms if t.factor_index is not None and t.factor_index[1] == c]
        assert_prints(read[f"part{c}"], sum(own))
    if given.bias is not None:
        assert_prints(read["sum.bias"], explained.bias)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", DATA)
def test_every_number_is_the_operators_and_has_its_place(which: str, language: str) -> None:
    layer, made = layer_of(DATA[which]), film("conv-layer", language=language, **DATA[which])
    for n, step in enumerate(made.steps):
        assert_step_prints(step.marks, language, layer)
        assert_laid_out([mark for mark in made.picture(n).marks if mark.key != "landed"], language)


def test_every_filter_sums_over_all_channels() -> None:
    made = film("conv-layer")
    read = [texts(step.marks, "en") for step in made.steps]
    summed = [{key for key in one if re.fullmatch(r"part\d", key)} for one in read if "sum.value" in one]
    assert summed == [{"part0", "part1", "part2"}] * 3
    lines = {mark.key for mark in made.steps[0].marks if isinstance(mark, Polyline)}
    assert {f"reads{c}.{k}" for c in range(3) for k in range(3)} <= lines


def test_the_border_is_seen_around_every_channel() -> None:
    marks = {mark.key: mark for mark in film("conv-layer").steps[0].marks}
    for c in range(3):
        shown = marks[f"input{c}"]
        assert isinstance(shown, Picture)
        assert (shown.rows, shown.columns) == (6, 6)


def test_relu_and_pool_are_said_as_their_explanations_have_them() -> None:
    layer, steps = layer_of({}), film("conv-layer").steps
    rectified, last = (texts(step.marks, "en") for step in (steps[5], steps[-1]))
    for k in range(3):
        x = layer.conv[k, 3, 3]
        assert_prints(rectified[f"equation.relu.{k}"], x, 0, Relu().explain((k, 3, 3), layer.conv).value)
        explained = MaxPool(kernel=(2, 2), stride=(2, 2)).explain((0, k, 1, 1), layer.relu[None])
        assert_prints(last[f"equation.pool.{k}"], *(term.value for term in explained.terms), explained.value)
    assert "3×4×4 into 3×2×2" in steps[-1].caption.en


def test_all_filters_write_at_once() -> None:
    for beat in film("conv-layer").steps[4].beats:
        read = texts(beat.marks, "en")
        written = [sum(f"conv{k}[" in key for key in read) for k in range(3)]
        assert written == [written[0]] * 3


def test_large_layers_are_maps_of_some_filters() -> None:
    made = film("conv-layer", **DATA["large"])
    marks = {mark.key: mark for mark in made.steps[-1].marks}
    assert isinstance(marks["conv3"], Picture)
    assert "conv4" not in marks
    assert "6 channels go in, 9 maps come out; 4 are shown" in made.steps[0].caption.en


@pytest.mark.parametrize("key", ["conv1[0,0].value", "relu1[1,1].value", "pool2[1,1].value"])
def test_the_reader_notices_a_wrong_number(key: str) -> None:
    marks = film("conv-layer").steps[-1].marks
    wrong = tuple(m._replace(text=Text("99", "99")) if isinstance(m, Words) and m.key == key else m for m in marks)
    assert wrong != marks
    assert_step_prints(marks, "en", layer_of({}))
    with pytest.raises(AssertionError):
        assert_step_prints(wrong, "en", layer_of({}))


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


def test_a_bias_is_spoken_of_where_there_is_one() -> None:
    assert "bias" in film("conv-layer").steps[1].caption.en
    assert "bias" not in film("conv-layer", **DATA["two"]).steps[1].caption.en
