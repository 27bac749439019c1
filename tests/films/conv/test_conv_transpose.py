"""The film of a transposed convolution adds up what its explanations add up; those along one axis are one row."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from convista import trace
from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.conv.conv_transpose import EXAMPLE_IMAGE, EXAMPLE_KERNEL, conv_transpose_film
from convista.films.conv.transpose_steps import Spread
from convista.films.stage.marks import Mark, Picture, Words
from convista.language import LANGUAGES, Text
from convista.operators.conv_transpose import ConvTranspose
from tests.films.reading import assert_laid_out, assert_prints, texts

RANDOM = np.random.default_rng(2)
NONE = ((0, 0), (0, 0))
DATA: dict[str, dict[str, Any]] = {
    "chapter": {
        "x": np.array([[EXAMPLE_IMAGE]], float),
        "weight": np.array([[EXAMPLE_KERNEL]], float),
        "stride": (2, 2),
    },
    "channels": {
        "x": RANDOM.normal(size=(1, 2, 3, 4)),
        "weight": RANDOM.normal(size=(2, 1, 3, 3)),
        "bias": np.array([0.5]),
        "padding": ((1, 1), (1, 1)),
    },
    "dilated": {
        "x": RANDOM.normal(size=(1, 1, 2, 2)),
        "weight": RANDOM.normal(size=(1, 2, 2, 2)),
        "dilation": (2, 2),
    },
    "groups": {
        "x": RANDOM.normal(size=(1, 8, 16, 12)),
        "weight": RANDOM.normal(size=(8, 2, 4, 4)),
        "stride": (2, 2),
        "padding": ((1, 0), (1, 0)),
        "groups": 2,
    },
}


def spread_of(data: dict[str, Any], channel: int) -> Spread:
    options: dict[str, Any] = {"bias": None, "stride": (1, 1), "padding": NONE, "dilation": (1, 1), "groups": 1}
    return Spread(**{**options, **data}, channel=channel)


def assert_step_prints(marks: tuple[Mark, ...], language: str, data: dict[str, Any], channel: int, n: int) -> None:
    """Cells hold the sums of the terms so far, as the explanation of each output value has them."""
    spread, read = spread_of(data, channel), texts(marks, language)
    at = spread.positions[n]
    options = {name: data[name] for name in ("stride", "padding", "dilation", "groups") if name in data}
    c = spread.first + spread.shown[-1]
    for i, j in np.ndindex(spread.output.shape):
        key = f"output[{i},{j}].value"
        explained = ConvTranspose(**options).explain(
            (0, channel, i, j), data["x"], data["weight"], data.get("bias")
        )
        if key in read:
            so_far = [term.contribution for term in explained.terms if term.index[2:] <= at]
            assert_prints(read[key], sum(so_far) + explained.bias)
        for term in explained.terms:
            if term.index == (0, c, *at):
                assert term.factor_index is not None
                u, v = term.factor_index[2:]
                if f"products[{u},{v}].value" in read:
                    assert_prints(read[f"products[{u},{v}].value"], term.contribution)
        if read.get("equation.name") == f"O[{i},{j}]":
            assert_prints(read["equation.total"], explained.value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("which", "channel"), [("chapter", 0), ("channels", 0), ("dilated", 1), ("groups", 3)])
def test_every_number_is_the_explanations_and_has_its_place(which: str, channel: int, language: str) -> None:
    made = conv_transpose_film(**DATA[which], channel=channel).shown(language=language)
    _, *steps, closing = made.steps
    for n in {0, len(steps) // 2, len(steps) - 1}:
        assert_step_prints(steps[n].marks, language, DATA[which], channel, n)
        assert_laid_out(made.picture(n + 1).marks, language)
    assert_step_prints(closing.marks, language, DATA[which], channel, len(steps) - 1)
    assert_laid_out(made.picture(0).marks, language)


def test_the_chapters_film_grows_a_map() -> None:
    made = film("conv-transpose")
    assert "From 3×3 to 7×7" in made.steps[-1].caption.en
    assert "where windows overlap, they add up" in made.steps[2].caption.en
    assert "do not overlap" in film("conv-transpose", kernel=np.ones((2, 2))).steps[2].caption.en


def test_the_last_step_has_torchs_values() -> None:
    made = film("conv-transpose")
    x, weight = (torch.tensor(DATA["chapter"][name]) for name in ("x", "weight"))
    torchs = torch.nn.functional.conv_transpose2d(x, weight, stride=2)[0, 0].numpy()
    read = texts(made.steps[-1].marks, "en")
    for (i, j), value in np.ndenumerate(torchs):
        assert_prints(read[f"output[{i},{j}].value"], float(value))


def test_the_reader_notices_a_wrong_sum() -> None:
    marks = tuple(
        m._replace(text=Text("1", "1")) if isinstance(m, Words) and m.key == "output[2,2].value" else m
        for m in conv_transpose_film(**DATA["chapter"]).steps[5].marks
    )
    with pytest.raises(AssertionError):
        assert_step_prints(marks, "en", DATA["chapter"], 0, 4)


def test_layers_of_a_users_network_are_filmed_from_its_trace() -> None:
    torch.manual_seed(0)
    up = torch.nn.Sequential(torch.nn.Conv2d(2, 4, 3), torch.nn.ConvTranspose2d(4, 3, 2, stride=2))
    ran = trace(up, torch.rand(1, 2, 12, 12))
    made = ran.film("1", channel=2, language="es")
    assert made.title.es == "1, mapa 2: una convolución transpuesta, paso a paso"
    assert isinstance({mark.key: mark for mark in made.steps[-1].marks}["output"], Picture)
    series = trace(torch.nn.Conv1d(2, 3, 5, stride=2, padding=2, dilation=2), torch.rand(1, 2, 40))
    record = next(iter(series))
    shown = series.film(record.name, channel=1)
    last = record.definition.explain((0, 1, 17), **record.arrays()).value
    assert_prints(texts(shown.steps[-1].marks, "en")["equation.total"], last)
    for n in (0, len(shown.steps) - 1):
        assert_laid_out(shown.picture(n).marks, "en")


@pytest.mark.parametrize(
    ("give", "says"),
    [
        ({"x": np.ones((1, 3, 4)), "weight": np.ones((3, 1, 2, 2))}, "The input has shape (1, 3, 4)"),
        ({"x": np.ones((1, 2, 4, 4)), "weight": np.ones((3, 1, 2, 2))}, "The input has 2 channels"),
        ({"x": np.ones((1, 2, 4, 4)), "weight": np.ones((2, 1, 2, 2)), "channel": 1}, "no channel 1"),
    ],
)
def test_data_that_cannot_be_shown_is_named(give: dict[str, Any], says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        conv_transpose_film(**give)
    assert says in str(caught.value)


def test_a_step_says_how_far_the_kernel_moves_along_its_own_axis() -> None:
    steps = film("conv-transpose", stride=(3, 1)).steps
    assert "its kernel lands 1 cell further right" in steps[2].caption.en
    assert "su kernel cae 1 celda más a la derecha" in steps[2].caption.es
    column = film("conv-transpose", image=np.ones((4, 1)), stride=(2, 1)).steps
    assert "its kernel lands 2 cells further down" in column[2].caption.en
    assert "su kernel cae 2 celdas más abajo" in column[2].caption.es
