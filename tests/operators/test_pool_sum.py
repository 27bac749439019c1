"""Average, sum and length of each window, against torch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given

from convista.operators.pool import overhang
from convista.operators.pool_sum import AveragePool, L2Pool, SumPool
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

    check(AveragePool(**attributes), reference, operands)


def test_average_sum_and_length() -> None:
    x = {"x": draw.normal(5, 2, 2, 6, 7)}
    average, added, length = (kind(kernel=(3, 2), stride=(2, 1)) for kind in (AveragePool, SumPool, L2Pool))
    shape = torch.nn.functional.max_pool2d(torch.zeros(1, 1, 6, 7), (3, 2), (2, 1)).shape[2:]

    def lengths(x: torch.Tensor) -> torch.Tensor:
        columns = torch.nn.functional.unfold(x.flatten(0, 1)[:, None], (3, 2), stride=(2, 1))
        return columns.pow(2).sum(dim=1).sqrt().reshape(*x.shape[:2], *shape)

    check_thoroughly(average, lambda x: torch.nn.functional.avg_pool2d(x, (3, 2), (2, 1)), x)
    check_thoroughly(added, lambda x: 6 * torch.nn.functional.avg_pool2d(x, (3, 2), (2, 1)), x)
    check_thoroughly(length, lengths, x)
    mean = L2Pool(kernel=(3, 2), stride=(2, 1), mean=True)
    check_thoroughly(mean, lambda x: lengths(x) / 6**0.5, x)


def test_the_length_of_nothing_passes_no_gradient() -> None:
    for mean in (False, True):
        pool = L2Pool(kernel=(2, 2), stride=(2, 2), mean=mean)
        assert not pool.gradient(np.ones((1, 1, 1, 1)), np.zeros((1, 1, 2, 2)))["x"].any()


@pytest.mark.parametrize(("axes", "theirs"), [
    (1, torch.nn.functional.avg_pool1d), (3, torch.nn.functional.avg_pool3d),
])  # fmt: skip
@pytest.mark.parametrize("counted", [True, False])
def test_the_average_of_series_and_volumes(axes: int, theirs: Any, counted: bool) -> None:
    def reference(x: torch.Tensor) -> torch.Tensor:
        return theirs(x, 3, 2, 1, ceil_mode=True, count_include_pad=counted)  # type: ignore[no-any-return]

    size = (6, 4, 5)[:axes]
    ours = AveragePool(
        kernel=(3,) * axes,
        stride=(2,) * axes,
        padding=((1, 1),) * axes,
        overhang=tuple(overhang(n, 3, 2, 1) for n in size),
        count_padding=counted,
    )
    assert ours.name == f"average_pool{axes}d"
    check_thoroughly(ours, reference, {"x": normal(0, 2, 2, *size)})
