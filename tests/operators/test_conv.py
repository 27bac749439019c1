"""Convolution: against torch, against slopes, and the worked example."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.operators.conv import Conv
from convista.operators.sliding import output_size
from tests.operators import draw
from tests.operators.against_torch import check, check_slopes, check_thoroughly, sabotaged

IMAGE = np.array(
    [
        [3, 1, 7, 2, 5, 0],
        [4, 9, 2, 8, 1, 6],
        [5, 3, 0, 4, 7, 2],
        [8, 1, 6, 3, 9, 5],
        [2, 4, 7, 1, 0, 8],
        [9, 3, 5, 2, 6, 4],
    ]
)
SOBEL_X = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])


def torch_conv2d(attributes: dict[str, Any]) -> Any:
    rows, columns = attributes["padding"]
    rest = {**attributes, "padding": (rows[0], columns[0])}

    def reference(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
        return torch.conv2d(x, weight, bias, **rest)

    return reference


@given(draw.conv2d())
def test_equals_torch(drawn: draw.Drawn) -> None:
    operands, attributes = drawn
    check(Conv(**attributes), torch_conv2d(attributes), operands)


@settings(max_examples=10)
@given(draw.conv2d())
def test_gradients_are_slopes(drawn: draw.Drawn) -> None:
    operands, attributes = drawn
    check_slopes(Conv(**attributes), operands)


def flipped(x: NDArray[Any], weight: NDArray[Any], bias: NDArray[Any] | None = None) -> NDArray[Any]:
    return Conv().value(x, weight[:, :, ::-1, ::-1], bias)


def shifted(index: tuple[int, ...], x: NDArray[Any], weight: NDArray[Any]) -> Any:
    return Conv().explain(index, np.roll(x, 1, axis=3), weight)


def negated(upstream: NDArray[Any], x: NDArray[Any], weight: NDArray[Any]) -> dict[str, NDArray[Any]]:
    return Conv().gradient(-upstream, x, weight)


@pytest.mark.parametrize(("part", "wrong"), [("value", flipped), ("explain", shifted), ("gradient", negated)])
def test_a_wrong_definition_is_noticed(part: str, wrong: Any) -> None:
    operands = {"x": draw.normal(0, 1, 2, 6, 5), "weight": draw.normal(1, 2, 2, 3, 3)}
    check(Conv(), torch.conv2d, operands)
    with pytest.raises(AssertionError):
        check(sabotaged(Conv(), part, wrong), torch.conv2d, operands)


def test_worked_example() -> None:
    out = Conv().value(IMAGE[None, None], SOBEL_X[None, None])
    assert out[0, 0].tolist() == [[5, 0, -3, 8], [14, -3, -16, 4], [4, -2, -6, -9], [-4, 5, 10, -18]]
    first = Conv().explain((0, 0, 0, 0), IMAGE[None, None], SOBEL_X[None, None])
    assert [term.contribution for term in first.terms] == [3, 0, -7, 8, 0, -4, 5, 0, 0]


def test_padding_adds_no_terms() -> None:
    around = ((1, 1), (1, 1))
    corner = Conv(padding=around).explain((0, 0, 0, 0), IMAGE[None, None], SOBEL_X[None, None])
    assert [term.index for term in corner.terms] == [(0, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 0), (0, 0, 1, 1)]


def test_asymmetric_padding_equals_padding_first() -> None:
    x, weight = draw.normal(3, 1, 2, 5, 6), draw.normal(4, 3, 2, 2, 4)
    around = ((0, 1), (1, 2))
    expected = torch.conv2d(torch.nn.functional.pad(torch.tensor(x), (1, 2, 0, 1)), torch.tensor(weight))
    np.testing.assert_allclose(Conv(padding=around).value(x, weight), expected.numpy(), atol=1e-12)


def test_output_size_takes_the_floor() -> None:
    assert output_size((6, 7), (3, 3), (2, 2), ((0, 0), (0, 0)), (1, 1)) == (2, 3)
    assert output_size((6, 6), (3, 3), (2, 2), ((1, 1), (0, 1)), (1, 1)) == (3, 3)


def test_kernel_larger_than_the_input_is_refused() -> None:
    with pytest.raises(ConvistaError, match="kernel spans 5 elements and the padded input has 4"):
        Conv(dilation=(2, 2)).value(np.zeros((1, 1, 4, 4)), np.zeros((1, 1, 3, 3)))


@pytest.mark.parametrize("index", [(0, 0, 4, 0), (0, 1, 0, 0), (0, 0, -1, 0), (0, 0, 0)])
def test_an_index_outside_is_refused(index: tuple[int, ...]) -> None:
    with pytest.raises(ConvistaError, match=r"does not exist in an output of size \(1, 1, 4, 4\)"):
        Conv().explain(index, IMAGE[None, None], SOBEL_X[None, None])


@pytest.mark.slow
@pytest.mark.parametrize(("n", "reference"), [(1, torch.conv1d), (3, torch.conv3d)])
def test_series_and_volumes(n: int, reference: Any) -> None:
    operands = {"x": draw.normal(0, 2, 4, *(6, 5, 7)[:n]), "weight": draw.normal(1, 6, 2, *(3, 2, 2)[:n])}
    stride, padding, dilation = (2, 1, 1)[:n], (1, 0, 1)[:n], (1, 2, 1)[:n]

    def plain(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = reference(x, weight, bias, stride, padding, dilation, 2)
        return made

    around = tuple((p, p) for p in padding)
    ours = Conv(stride=stride, padding=around, dilation=dilation, groups=2)
    assert ours.name == f"conv{n}d"
    check_thoroughly(ours, plain, {**operands, "bias": draw.normal(2, 6)})
