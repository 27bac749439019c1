"""Softmax and its logarithm."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from convista.operators.softmax import LogSoftmax, Softmax
from tests.operators.against_torch import check_thoroughly
from tests.operators.draw import normal


@pytest.mark.parametrize("axis", [0, 1, -1, -2])
def test_softmax(axis: int) -> None:
    check_thoroughly(Softmax(axis=axis), lambda x: torch.softmax(x, axis), {"x": normal(0, 3, 5)})


def test_softmax_of_huge_logits_is_finite() -> None:
    assert Softmax(axis=1).value(np.array([[1e4, 0.0, -1e4]])).tolist() == [[1.0, 0.0, 0.0]]
    check_thoroughly(Softmax(axis=1), lambda x: torch.softmax(x, 1), {"x": 1000 + normal(0, 2, 4)})


def test_softmax_explanation_closes_with_the_quotient() -> None:
    explanation = Softmax(axis=1).explain((0, 1), np.array([[0.0, np.log(3.0)]]))
    assert explanation.total == pytest.approx(4 / 3)
    assert explanation.value == pytest.approx(0.75)
    assert explanation.closing == "exp(z − m) / Σ"


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_log_softmax(axis: int) -> None:
    check_thoroughly(LogSoftmax(axis=axis), lambda x: torch.log_softmax(x, axis), {"x": normal(0, 3, 5)})


def test_log_softmax_of_huge_logits_is_finite() -> None:
    assert LogSoftmax(axis=1).value(np.array([[0.0, -1e4]])).tolist() == [[0.0, -1e4]]
