"""Losses."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from convista.operators.loss import CROSS_ENTROPY
from tests.operators.against_torch import check_thoroughly
from tests.operators.draw import normal


def cross_entropy(x: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return functional.cross_entropy(x, target)


@pytest.mark.parametrize("target", [[2], [2, 0, 3, 3, 1]])
def test_cross_entropy(target: list[int]) -> None:
    operands = {"x": normal(0, len(target), 4), "target": np.array(target)}
    check_thoroughly(CROSS_ENTROPY, cross_entropy, operands)


def test_cross_entropy_far_from_zero_is_finite() -> None:
    x = np.array([[2000.0, 0.0]])
    assert CROSS_ENTROPY.define(x, np.array([1])) == 2000.0
    assert CROSS_ENTROPY.explain((), x, np.array([1])).value == 2000.0
