"""Losses of regression."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators.explanation import Operator
from convista.operators.loss_regression import HUBER, MAE, MSE, SMOOTH_L1
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal

LOSSES: list[tuple[Operator, Any, dict[str, float], dict[str, float]]] = [
    (MSE, functional.mse_loss, {}, {}),
    (MAE, functional.l1_loss, {}, {}),
    (HUBER, functional.huber_loss, {"delta": 0.7}, {"delta": 0.7}),
    (SMOOTH_L1, functional.smooth_l1_loss, {"delta": 0.7}, {"beta": 0.7}),
]


@pytest.mark.parametrize(("operator", "loss", "ours", "theirs"), LOSSES)
@given(
    shape=st.lists(st.integers(1, 4), min_size=1, max_size=4),
    reduction=st.sampled_from(["mean", "sum", "none"]),
    seed=st.integers(0, 10**6),
)
def test_equals_torch(
    operator: Operator, loss: Any, ours: Any, theirs: Any, shape: list[int], reduction: str, seed: int
) -> None:
    def reference(x: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        value: torch.Tensor = loss(x, target, reduction=reduction, **theirs)
        return value

    check(
        operator,
        reference,
        {"x": normal(seed, *shape), "target": normal(seed + 1, *shape)},
        reduction=reduction,
        **ours,
    )


@pytest.mark.parametrize(("operator", "loss", "ours", "theirs"), LOSSES)
def test_slopes_and_sabotage(operator: Operator, loss: Any, ours: Any, theirs: Any) -> None:
    operands = {"x": normal(0, 3, 4), "target": normal(1, 3, 4)}
    check_thoroughly(operator, lambda x, target: loss(x, target, **theirs), operands, **ours)


@pytest.mark.parametrize(("operator", "loss", "ours", "theirs"), LOSSES)
def test_without_an_error_there_is_no_loss_and_no_gradient(
    operator: Operator, loss: Any, ours: Any, theirs: Any
) -> None:
    x = normal(0, 2, 3)
    assert operator.define(x, x, **ours) == 0
    assert not operator.gradient(1.0, x, x, **ours)["x"].any()
