"""Focal loss, for one true class and for each yes or no."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators.loss import CrossEntropy
from convista.operators.loss_focal import BinaryFocal, Focal
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal

gammas = st.sampled_from([0.0, 0.5, 1.0, 2.0, 5.0])
reductions = st.sampled_from(["mean", "sum", "none"])
seeds = st.integers(0, 10**6)


def torch_focal(gamma: float, reduction: str, ignored: int = -100) -> Any:
    """Write the loss by torch's own cross-entropy, whose exponential gives back the probability."""

    def reference(x: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None) -> torch.Tensor:
        surprise = functional.cross_entropy(x, target, reduction="none", ignore_index=ignored)
        losses = (1 - torch.exp(-surprise)) ** gamma * surprise
        counted = target != ignored
        if weight is not None:
            losses = losses * weight.detach()[target.where(counted, 0)]
        if reduction == "mean":
            return losses[counted].mean()
        return losses.sum() if reduction == "sum" else losses

    return reference


def torch_binary_focal(gamma: float, alpha: float | None, reduction: str) -> Any:
    def reference(x: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        truth = target.detach()
        p = torch.sigmoid(x) * truth + torch.sigmoid(-x) * (1 - truth)
        losses = (1 - p) ** gamma * functional.binary_cross_entropy_with_logits(x, truth, reduction="none")
        if alpha is not None:
            losses = losses * (alpha * truth + (1 - alpha) * (1 - truth))
        return losses if reduction == "none" else getattr(losses, reduction)()

    return reference


@given(gammas, reductions, seeds, st.sampled_from([(), (3,), (2, 3)]), st.booleans())
def test_focal(gamma: float, reduction: str, seed: int, image: tuple[int, ...], weighted: bool) -> None:
    target = np.random.default_rng(seed).integers(0, 4, (2, *image))
    target[target == 3] = 9
    target.flat[0] = 1
    operands = {
        "x": normal(seed, 2, 3, *image),
        "target": target,
        "weight": np.array([0.5, 1.0, 3.0]) if weighted else None,
    }
    attributes: dict[str, Any] = {"gamma": gamma, "reduction": reduction, "ignored": 9}
    check(Focal(**attributes), torch_focal(**attributes), operands)


@given(gammas, reductions, seeds, st.lists(st.integers(1, 4), min_size=1, max_size=3), st.booleans())
def test_binary_focal(gamma: float, reduction: str, seed: int, shape: list[int], weighted: bool) -> None:
    operands = {
        "x": normal(seed, *shape),
        "target": np.random.default_rng(seed).integers(0, 2, shape).astype(float),
    }
    attributes: dict[str, Any] = {"gamma": gamma, "alpha": 0.25 if weighted else None, "reduction": reduction}
    check(BinaryFocal(**attributes), torch_binary_focal(**attributes), operands)


def test_slopes_and_sabotage() -> None:
    x, target = normal(0, 2, 3, 4), np.array([[0, 2, 1, 9], [1, 1, 9, 0]])
    attributes: dict[str, Any] = {"gamma": 2.0, "ignored": 9, "reduction": "mean"}
    check_thoroughly(Focal(**attributes), torch_focal(**attributes), {"x": x, "target": target})
    yes = (normal(1, 2, 3, 4) > 0).astype(float)
    binary: dict[str, Any] = {"gamma": 2.0, "alpha": 0.25, "reduction": "mean"}
    check_thoroughly(BinaryFocal(**binary), torch_binary_focal(**binary), {"x": x, "target": yes})


def test_without_gamma_it_is_cross_entropy() -> None:
    x, target = normal(0, 4, 3), np.array([0, 2, 1, 1])
    assert Focal(gamma=0.0).value(x, target) == pytest.approx(CrossEntropy().value(x, target))


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
def test_certainty_has_no_loss_and_a_finite_gradient(gamma: float) -> None:
    x = np.array([[1000.0, 0.0], [1000.0, 0.0]])
    gradient = Focal(gamma=gamma).gradient(np.ones(()), x, np.array([0, 1]))["x"]
    assert gradient.tolist() == [[0, 0], [0.5, -0.5]]
    assert Focal(gamma=gamma).value(x, np.array([0, 0])) == 0


def test_the_explanation_of_one_place_names_what_the_formula_does() -> None:
    explanation = Focal(gamma=2.0).explain((), np.zeros((1, 4)), np.array([2]), np.array([1, 1, 3, 1.0]))
    assert explanation.notes == {"m": 0.0, "p": 0.25, "α": 3.0, "γ": 2.0}
    assert explanation.value == pytest.approx(3 * 0.75**2 * np.log(4))
