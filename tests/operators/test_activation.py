"""Activations."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from convista.operators.activation import RELU, SOFTMAX
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal


def test_relu() -> None:
    check_thoroughly(RELU, torch.relu, {"x": normal(0, 2, 3, 4, 5)})


def test_relu_at_zero_passes_no_gradient() -> None:
    check(RELU, torch.relu, {"x": np.array([-1.0, 0.0, 1.0])})


def test_relu_of_nan_is_nan() -> None:
    assert np.isnan(RELU.define(np.array([np.nan]))).all()
    assert np.isnan(RELU.explain((0,), np.array([np.nan])).value)


@pytest.mark.parametrize("axis", [0, 1, -1, -2])
def test_softmax(axis: int) -> None:
    check_thoroughly(SOFTMAX, lambda x: torch.softmax(x, axis), {"x": normal(0, 3, 5)}, axis=axis)


def test_softmax_of_huge_logits_is_finite() -> None:
    assert SOFTMAX.define(np.array([[1e4, 0.0, -1e4]]), axis=1).tolist() == [[1.0, 0.0, 0.0]]
    check_thoroughly(SOFTMAX, lambda x: torch.softmax(x, 1), {"x": 1000 + normal(0, 2, 4)}, axis=1)


def test_softmax_explanation_closes_with_the_quotient() -> None:
    explanation = SOFTMAX.explain((0, 1), np.array([[0.0, np.log(3.0)]]), axis=1)
    assert explanation.total == pytest.approx(4 / 3)
    assert explanation.value == pytest.approx(0.75)
    assert explanation.closing == "exp(z − m) / Σ"
