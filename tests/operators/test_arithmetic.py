"""Arithmetic between arrays."""

from __future__ import annotations

import pytest
import torch

from convista.operators.arithmetic import ADD
from tests.operators.against_torch import check_thoroughly
from tests.operators.draw import normal


@pytest.mark.parametrize("other", [(2, 3, 4), (3, 1), (4,), (1, 1, 1)])
def test_add(other: tuple[int, ...]) -> None:
    def plus(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return x + y

    check_thoroughly(ADD, plus, {"x": normal(0, 2, 3, 4), "y": normal(1, *other)})
