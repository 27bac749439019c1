"""The largest and the smallest of each window: against torch, ties included."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from numpy.typing import NDArray

from convista.operators.pool import MaxPool, MinPool
from tests.operators import draw
from tests.operators.against_torch import check, check_slopes, check_thoroughly, sabotaged
from tests.operators.draw import normal

PLAIN = MaxPool(kernel=(2, 2), stride=(2, 2))


def torch_max_pool2d(ours: MaxPool) -> Any:
    rows, columns = ours.padding

    def reference(x: torch.Tensor) -> torch.Tensor:
        padding = rows[0], columns[0]
        return torch.nn.functional.max_pool2d(x, ours.kernel, ours.stride, padding, ours.dilation)

    return reference


@given(draw.max_pool2d())
def test_max_equals_torch(drawn: draw.Drawn) -> None:
    operands, attributes = drawn
    ours = MaxPool(**attributes)
    check(ours, torch_max_pool2d(ours), operands)


def test_the_first_of_equal_values_receives_the_gradient() -> None:
    x = np.zeros((1, 1, 2, 2))
    gradient = PLAIN.gradient(np.full((1, 1, 1, 1), 7.0), x)["x"]
    assert gradient.tolist() == [[[[7, 0], [0, 0]]]]


def test_only_the_winner_contributes() -> None:
    explanation = PLAIN.explain((0, 0, 0, 0), np.array([[[[1.0, 5.0], [2.0, 3.0]]]]))
    assert [term.contribution for term in explanation.terms] == [0, 5, 0, 0]


def test_max_of_an_all_negative_window_is_not_the_padding() -> None:
    x = np.full((1, 1, 2, 2), -3.0)
    out = MaxPool(kernel=(3, 3), stride=(2, 2), padding=((1, 1), (1, 1))).value(x)
    assert out.tolist() == [[[[-3.0]]]]


def test_max_gradient_is_a_slope() -> None:
    check_slopes(MaxPool(kernel=(3, 2), stride=(1, 2)), {"x": draw.normal(5, 1, 2, 5, 6)})


def last_wins(upstream: NDArray[Any], x: NDArray[Any]) -> dict[str, NDArray[Any]]:
    turned = PLAIN.gradient(upstream[..., ::-1, ::-1], x[..., ::-1, ::-1])
    return {"x": turned["x"][..., ::-1, ::-1]}


def test_sending_the_gradient_to_the_last_of_equals_is_noticed() -> None:
    x = np.zeros((1, 1, 4, 4))
    check(PLAIN, torch_max_pool2d(PLAIN), {"x": x})
    with pytest.raises(AssertionError):
        check(sabotaged(PLAIN, "gradient", last_wins), torch_max_pool2d(PLAIN), {"x": x})


def test_min_is_max_turned_over() -> None:
    x = {"x": draw.normal(5, 2, 2, 6, 7)}
    smallest = MinPool(kernel=(3, 2), stride=(2, 1))
    check_thoroughly(smallest, lambda x: -torch.nn.functional.max_pool2d(-x, (3, 2), (2, 1)), x)
    explanation = smallest.explain_gradient("x", (0, 0, 0, 0), np.ones((2, 2, 2, 6)), **x)
    assert explanation.formula == "∂x = Σ g · [argmin]"


@pytest.mark.parametrize(("axes", "theirs"), [
    (1, torch.nn.functional.max_pool1d), (3, torch.nn.functional.max_pool3d),
])  # fmt: skip
def test_the_largest_of_series_and_volumes(axes: int, theirs: Any) -> None:
    def reference(x: torch.Tensor) -> torch.Tensor:
        return theirs(x, 3, 2, 1)  # type: ignore[no-any-return]

    ours = MaxPool(kernel=(3,) * axes, stride=(2,) * axes, padding=((1, 1),) * axes, dilation=(1,) * axes)
    assert ours.name == f"max_pool{axes}d"
    check_thoroughly(ours, reference, {"x": normal(0, 2, 2, *(5, 4, 6)[:axes])})
    check(ours, reference, {"x": np.round(normal(0, 2, 2, *(7, 5, 4)[:axes]))})
