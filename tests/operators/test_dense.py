"""Dense layers."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from convista.operators import Array
from convista.operators.dense import Dense
from tests.operators.against_torch import check_thoroughly
from tests.operators.draw import normal


def linear(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    return functional.linear(x, weight, bias)


@pytest.mark.parametrize("before", [(1,), (2,), (2, 3)])
@pytest.mark.parametrize("bias", [normal(2, 4), None])
def test_dense(before: tuple[int, ...], bias: Array | None) -> None:
    operands = {"x": normal(0, *before, 5), "weight": normal(1, 4, 5), "bias": bias}
    check_thoroughly(Dense(), linear, operands)
