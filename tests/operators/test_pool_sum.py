"""Average, sum and length of each window, against torch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given

from convista.operators import Operator
from convista.operators.pool import overhang
from convista.operators.pool_sum import AVERAGE_POOL1D, AVERAGE_POOL2D, AVERAGE_POOL3D, L2_POOL2D, SUM_POOL2D
from tests.operators import draw
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal


@given(draw.average_pool2d())
def test_average_equals_torch(drawn: draw.Drawn) -> None:
    operands, attributes = drawn
    ceil = attributes.pop("ceil")
    rows, columns = attributes["padding"]

    def reference(x: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.avg_pool2d(
            x,
            attributes["kernel"],
            attributes["stride"],
            (rows[0], columns[0]),
            ceil,
            attributes["count_padding"],
            attributes["divisor"],
        )

    check(AVERAGE_POOL2D, reference, operands, **attributes)


def test_average_sum_and_length() -> None:
    x, size = {"x": draw.normal(5, 2, 2, 6, 7)}, {"kernel": (3, 2), "stride": (2, 1)}
    shape = torch.nn.functional.max_pool2d(torch.zeros(1, 1, 6, 7), (3, 2), (2, 1)).shape[2:]

    def lengths(x: torch.Tensor) -> torch.Tensor:
        columns = torch.nn.functional.unfold(x.flatten(0, 1)[:, None], (3, 2), stride=(2, 1))
        return columns.pow(2).sum(dim=1).sqrt().reshape(*x.shape[:2], *shape)

    check_thoroughly(AVERAGE_POOL2D, lambda x: torch.nn.functional.avg_pool2d(x, (3, 2), (2, 1)), x, **size)
    check_thoroughly(SUM_POOL2D, lambda x: 6 * torch.nn.functional.avg_pool2d(x, (3, 2), (2, 1)), x, **size)
    check_thoroughly(L2_POOL2D, lengths, x, **size)


def test_the_length_of_nothing_passes_no_gradient() -> None:
    gradient = L2_POOL2D.gradient(np.ones((1, 1, 1, 1)), np.zeros((1, 1, 2, 2)), kernel=(2, 2), stride=(2, 2))
    assert not gradient["x"].any()


@pytest.mark.parametrize(("axes", "ours", "theirs"), [
    (1, AVERAGE_POOL1D, torch.nn.functional.avg_pool1d), (3, AVERAGE_POOL3D, torch.nn.functional.avg_pool3d),
])  # fmt: skip
@pytest.mark.parametrize("counted", [True, False])
def test_the_average_of_series_and_volumes(axes: int, ours: Operator, theirs: Any, counted: bool) -> None:
    def reference(x: torch.Tensor) -> torch.Tensor:
        return theirs(x, 3, 2, 1, ceil_mode=True, count_include_pad=counted)  # type: ignore[no-any-return]

    attributes = {
        "kernel": (3,) * axes,
        "stride": (2,) * axes,
        "padding": ((1, 1),) * axes,
        "count_padding": counted,
    }
    size = (6, 4, 5)[:axes]
    beyond = tuple(overhang(n, 3, 2, 1) for n in size)
    check_thoroughly(ours, reference, {"x": normal(0, 2, 2, *size)}, **attributes, overhang=beyond)
