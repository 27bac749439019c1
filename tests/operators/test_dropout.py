"""Dropout and what it is in inference."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from convista.operators.dropout import Dropout, Identity
from tests.operators.against_torch import check_thoroughly
from tests.operators.draw import normal


def dropped(x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    return torch.where(mask, x / 0.7, 0.0)


@pytest.mark.parametrize("shape", [(2, 3, 4, 5), (2, 3, 1, 1)])
def test_dropout(shape: tuple[int, ...]) -> None:
    mask = np.random.default_rng(0).random(shape) > 0.3
    check_thoroughly(Dropout(p=0.3), dropped, {"x": normal(1, 2, 3, 4, 5), "mask": mask})


def test_a_zero_that_is_kept_hears_its_gradient() -> None:
    gradient = Dropout(p=0.5).gradient(np.ones(2), np.zeros(2), np.array([True, False]))["x"]
    assert gradient.tolist() == [2, 0]


def test_everything_left_out() -> None:
    assert Dropout(p=1.0).value(np.ones(3), np.zeros(3, bool)).tolist() == [0, 0, 0]


def test_explanation_names_the_mask() -> None:
    explanation = Dropout(p=0.5).explain((1,), np.array([3.0, 4.0]), np.array([True, False]))
    assert (explanation.value, explanation.notes) == (0.0, {"mask": 0.0, "p": 0.5})


def test_identity() -> None:
    check_thoroughly(Identity(), torch.clone, {"x": normal(0, 2, 3)})
