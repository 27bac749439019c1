"""Losses of regression."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators.loss_reduction import Reduction
from convista.operators.loss_regression import Huber, Mae, Mse, RegressionLoss, SmoothL1
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal

LOSSES: list[tuple[RegressionLoss, Any, dict[str, float]]] = [
    (Mse(), functional.mse_loss, {}),
    (Mae(), functional.l1_loss, {}),
    (Huber(delta=0.7), functional.huber_loss, {"delta": 0.7}),
    (SmoothL1(delta=0.7), functional.smooth_l1_loss, {"beta": 0.7}),
]


@pytest.mark.parametrize(("operator", "loss", "theirs"), LOSSES)
@given(
    shape=st.lists(st.integers(1, 4), min_size=1, max_size=4),
    reduction=st.sampled_from(["mean", "sum", "none"]),
    seed=st.integers(0, 10**6),
)
def test_equals_torch(
    operator: RegressionLoss, loss: Any, theirs: Any, shape: list[int], reduction: Reduction, seed: int
) -> None:
    def reference(x: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        value: torch.Tensor = loss(x, target, reduction=reduction, **theirs)
        return value

    operands = {"x": normal(seed, *shape), "target": normal(seed + 1, *shape)}
    check(replace(operator, reduction=reduction), reference, operands)


@pytest.mark.parametrize(("operator", "loss", "theirs"), LOSSES)
def test_slopes_and_sabotage(operator: RegressionLoss, loss: Any, theirs: Any) -> None:
    operands = {"x": normal(0, 3, 4), "target": normal(1, 3, 4)}
    check_thoroughly(operator, lambda x, target: loss(x, target, **theirs), operands)


@pytest.mark.parametrize(("operator", "loss", "theirs"), LOSSES)
def test_without_an_error_there_is_no_loss_and_no_gradient(
    operator: RegressionLoss, loss: Any, theirs: Any
) -> None:
    x = normal(0, 2, 3)
    assert operator.value(x, x) == 0
    assert not operator.gradient(np.ones(()), x, x)["x"].any()
