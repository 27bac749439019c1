"""The largest and the smallest of each window: against torch, ties included."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from numpy.typing import NDArray

from convista.operators import Operator
from convista.operators.pool import MAX_POOL1D, MAX_POOL2D, MAX_POOL3D, MIN_POOL2D
from tests.operators import draw
from tests.operators.against_torch import check, check_slopes, check_thoroughly
from tests.operators.draw import normal

PLAIN: dict[str, Any] = {"kernel": (2, 2), "stride": (2, 2)}


def torch_max_pool2d(attributes: dict[str, Any]) -> Any:
    rows, columns = attributes.get("padding", ((0, 0), (0, 0)))

    def reference(x: torch.Tensor) -> torch.Tensor:
        padding, dilation = (rows[0], columns[0]), attributes.get("dilation", 1)
        return torch.nn.functional.max_pool2d(x, attributes["kernel"], attributes["stride"], padding, dilation)

    return reference


@given(draw.max_pool2d())
def test_max_equals_torch(drawn: draw.Drawn) -> None:
    operands, attributes = drawn
    check(MAX_POOL2D, torch_max_pool2d(attributes), operands, **attributes)


def test_the_first_of_equal_values_receives_the_gradient() -> None:
    x = np.zeros((1, 1, 2, 2))
    gradient = MAX_POOL2D.gradient(np.full((1, 1, 1, 1), 7.0), x, **PLAIN)["x"]
    assert gradient.tolist() == [[[[7, 0], [0, 0]]]]


def test_only_the_winner_contributes() -> None:
    explanation = MAX_POOL2D.explain((0, 0, 0, 0), np.array([[[[1.0, 5.0], [2.0, 3.0]]]]), **PLAIN)
    assert [term.contribution for term in explanation.terms] == [0, 5, 0, 0]


def test_max_of_an_all_negative_window_is_not_the_padding() -> None:
    x = np.full((1, 1, 2, 2), -3.0)
    out = MAX_POOL2D.define(x, kernel=(3, 3), stride=(2, 2), padding=((1, 1), (1, 1)))
    assert out.tolist() == [[[[-3.0]]]]


def test_max_gradient_is_a_slope() -> None:
    check_slopes(MAX_POOL2D, {"x": draw.normal(5, 1, 2, 5, 6)}, kernel=(3, 2), stride=(1, 2))


def last_wins(upstream: NDArray[Any], x: NDArray[Any], **rest: Any) -> dict[str, NDArray[Any]]:
    turned = MAX_POOL2D.gradient(upstream[..., ::-1, ::-1], x[..., ::-1, ::-1], **rest)
    return {"x": turned["x"][..., ::-1, ::-1]}


def test_sending_the_gradient_to_the_last_of_equals_is_noticed() -> None:
    x = np.zeros((1, 1, 4, 4))
    check(MAX_POOL2D, torch_max_pool2d(PLAIN), {"x": x}, **PLAIN)
    with pytest.raises(AssertionError):
        check(dataclasses.replace(MAX_POOL2D, gradient=last_wins), torch_max_pool2d(PLAIN), {"x": x}, **PLAIN)


def test_min_is_max_turned_over() -> None:
    x = {"x": draw.normal(5, 2, 2, 6, 7)}
    size: dict[str, Any] = {"kernel": (3, 2), "stride": (2, 1)}
    check_thoroughly(MIN_POOL2D, lambda x: -torch.nn.functional.max_pool2d(-x, (3, 2), (2, 1)), x, **size)
    explanation = MIN_POOL2D.explain_gradient("x", (0, 0, 0, 0), np.ones((2, 2, 2, 6)), **x, **size)
    assert explanation.formula == "∂x = Σ g · [argmin]"


@pytest.mark.parametrize(("axes", "ours", "theirs"), [
    (1, MAX_POOL1D, torch.nn.functional.max_pool1d), (3, MAX_POOL3D, torch.nn.functional.max_pool3d),
])  # fmt: skip
def test_the_largest_of_series_and_volumes(axes: int, ours: Operator, theirs: Any) -> None:
    def reference(x: torch.Tensor) -> torch.Tensor:
        return theirs(x, 3, 2, 1)  # type: ignore[no-any-return]

    three = {"kernel": (3,) * axes, "stride": (2,) * axes, "padding": ((1, 1),) * axes, "dilation": (1,) * axes}
    check_thoroughly(ours, reference, {"x": normal(0, 2, 2, *(5, 4, 6)[:axes])}, **three)
    check(ours, reference, {"x": np.round(normal(0, 2, 2, *(7, 5, 4)[:axes]))}, **three)
