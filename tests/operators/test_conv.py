"""Convolution: against torch, against slopes, and the worked example."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.operators.conv import CONV1D, CONV2D, CONV3D, conv, explain_conv
from convista.operators.explanation import Operator
from convista.operators.sliding import output_size
from tests.operators import draw
from tests.operators.against_torch import check, check_slopes, check_thoroughly

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
    check(CONV2D, torch_conv2d(attributes), operands, **attributes)


@settings(max_examples=10)
@given(draw.conv2d())
def test_gradients_are_slopes(drawn: draw.Drawn) -> None:
    operands, attributes = drawn
    check_slopes(CONV2D, operands, **attributes)


def flipped(x: NDArray[Any], weight: NDArray[Any], bias: NDArray[Any] | None = None, **rest: Any) -> NDArray[Any]:
    return conv(x, weight[:, :, ::-1, ::-1], bias, **rest)


def shifted(index: tuple[int, ...], x: NDArray[Any], *rest: Any, **more: Any) -> Any:
    return explain_conv(index, np.roll(x, 1, axis=3), *rest, **more)


def negated(upstream: NDArray[Any], *rest: Any, **more: Any) -> dict[str, NDArray[Any]]:
    return CONV2D.gradient(-upstream, *rest, **more)


@pytest.mark.parametrize("change", [{"define": flipped}, {"explain": shifted}, {"gradient": negated}])
def test_a_wrong_definition_is_noticed(change: dict[str, Any]) -> None:
    operands = {"x": draw.normal(0, 1, 2, 6, 5), "weight": draw.normal(1, 2, 2, 3, 3)}
    attributes = {"stride": (1, 1), "padding": ((0, 0), (0, 0)), "dilation": (1, 1), "groups": 1}
    check(CONV2D, torch_conv2d(attributes), operands, **attributes)
    with pytest.raises(AssertionError):
        check(dataclasses.replace(CONV2D, **change), torch_conv2d(attributes), operands, **attributes)


def test_worked_example() -> None:
    out = conv(IMAGE[None, None], SOBEL_X[None, None])
    assert out[0, 0].tolist() == [[5, 0, -3, 8], [14, -3, -16, 4], [4, -2, -6, -9], [-4, 5, 10, -18]]
    first = explain_conv((0, 0, 0, 0), IMAGE[None, None], SOBEL_X[None, None])
    assert [term.contribution for term in first.terms] == [3, 0, -7, 8, 0, -4, 5, 0, 0]


def test_padding_adds_no_terms() -> None:
    around = ((1, 1), (1, 1))
    corner = explain_conv((0, 0, 0, 0), IMAGE[None, None], SOBEL_X[None, None], padding=around)
    assert [term.index for term in corner.terms] == [(0, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 0), (0, 0, 1, 1)]


def test_asymmetric_padding_equals_padding_first() -> None:
    x, weight = draw.normal(3, 1, 2, 5, 6), draw.normal(4, 3, 2, 2, 4)
    around = ((0, 1), (1, 2))
    expected = torch.conv2d(torch.nn.functional.pad(torch.tensor(x), (1, 2, 0, 1)), torch.tensor(weight))
    np.testing.assert_allclose(conv(x, weight, padding=around), expected.numpy(), atol=1e-12)


def test_output_size_takes_the_floor() -> None:
    assert output_size((6, 7), (3, 3), (2, 2), ((0, 0), (0, 0)), (1, 1)) == (2, 3)
    assert output_size((6, 6), (3, 3), (2, 2), ((1, 1), (0, 1)), (1, 1)) == (3, 3)


def test_kernel_larger_than_the_input_is_refused() -> None:
    with pytest.raises(ConvistaError, match="kernel spans 5 elements and the padded input has 4"):
        conv(np.zeros((1, 1, 4, 4)), np.zeros((1, 1, 3, 3)), dilation=(2, 2))


@pytest.mark.parametrize("index", [(0, 0, 4, 0), (0, 1, 0, 0), (0, 0, -1, 0), (0, 0, 0)])
def test_an_index_outside_is_refused(index: tuple[int, ...]) -> None:
    with pytest.raises(ConvistaError, match=r"does not exist in an output of size \(1, 1, 4, 4\)"):
        explain_conv(index, IMAGE[None, None], SOBEL_X[None, None])


@pytest.mark.parametrize(("operator", "reference"), [(CONV1D, torch.conv1d), (CONV3D, torch.conv3d)])
def test_series_and_volumes(operator: Operator, reference: Any) -> None:
    n = int(operator.name[4])
    operands = {"x": draw.normal(0, 2, 4, *(6, 5, 7)[:n]), "weight": draw.normal(1, 6, 2, *(3, 2, 2)[:n])}
    stride, padding, dilation = (2, 1, 1)[:n], (1, 0, 1)[:n], (1, 2, 1)[:n]

    def plain(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = reference(x, weight, bias, stride, padding, dilation, 2)
        return made

    around = tuple((p, p) for p in padding)
    attributes = {"stride": stride, "padding": around, "dilation": dilation, "groups": 2}
    check_thoroughly(operator, plain, {**operands, "bias": draw.normal(2, 6)}, **attributes)
