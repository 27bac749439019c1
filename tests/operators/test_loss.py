"""Losses of classification."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators import Array
from convista.operators.loss import CrossEntropy, Nll
from convista.operators.loss_reduction import Reduction
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal

REDUCTIONS: tuple[Reduction, ...] = ("mean", "sum", "none")


def torch_cross_entropy(ignored: int, smoothing: float, reduction: str) -> Any:
    def reference(x: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None) -> torch.Tensor:
        kept = None if weight is None else weight.detach()
        return functional.cross_entropy(
            x, target, kept, ignore_index=ignored, label_smoothing=smoothing, reduction=reduction
        )

    return reference


def torch_nll(ignored: int, reduction: str) -> Any:
    def reference(x: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None) -> torch.Tensor:
        kept = None if weight is None else weight.detach()
        return functional.nll_loss(x, target, kept, ignore_index=ignored, reduction=reduction)

    return reference


@st.composite
def classified(draw: st.DrawFn) -> tuple[dict[str, Array | None], int]:
    """Draw logits, targets with one class ignored but never all of them, and perhaps class weights."""
    batch, classes = draw(st.integers(1, 3)), draw(st.integers(2, 4))
    image = draw(st.sampled_from([(), (3,), (2, 3)]))
    seed = draw(st.integers(0, 10**6))
    ignored = draw(st.sampled_from([-100, 0, 255]))
    target = np.random.default_rng(seed).integers(0, classes, (batch, *image))
    if ignored == 255:
        target[np.random.default_rng(seed + 1).random(target.shape) < 0.3] = 255
    target.flat[0] = 1
    weight = normal(seed, classes) ** 2 + 0.1 if draw(st.booleans()) else None
    return {"x": normal(seed, batch, classes, *image), "target": target, "weight": weight}, ignored


@given(classified(), st.sampled_from([0.0, 0.1]), st.sampled_from(REDUCTIONS))
def test_cross_entropy_equals_torch(
    drawn: tuple[dict[str, Array | None], int], smoothing: float, reduction: str
) -> None:
    operands, ignored = drawn
    attributes: dict[str, Any] = {"ignored": ignored, "smoothing": smoothing, "reduction": reduction}
    check(CrossEntropy(**attributes), torch_cross_entropy(**attributes), operands)


@given(classified(), st.sampled_from(REDUCTIONS))
def test_nll_equals_torch(drawn: tuple[dict[str, Array | None], int], reduction: Reduction) -> None:
    operands, ignored = drawn
    check(Nll(ignored=ignored, reduction=reduction), torch_nll(ignored, reduction), operands)


@pytest.mark.parametrize("target", [[2], [2, 0, 3, 3, 1]])
def test_cross_entropy_of_a_plain_batch(target: list[int]) -> None:
    operands = {"x": normal(0, len(target), 4), "target": np.array(target)}
    check_thoroughly(CrossEntropy(), functional.cross_entropy, operands)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_slopes_and_sabotage(reduction: str) -> None:
    target = np.array([[[0, 2], [9, 1]], [[1, 1], [2, 9]]])
    operands = {"x": normal(0, 2, 3, 2, 2), "target": target, "weight": np.array([0.5, 2.0, 1.0])}
    attributes: dict[str, Any] = {"ignored": 9, "smoothing": 0.2, "reduction": reduction}
    check_thoroughly(CrossEntropy(**attributes), torch_cross_entropy(**attributes), operands)
    del attributes["smoothing"]
    check_thoroughly(Nll(**attributes), torch_nll(**attributes), operands)


def test_cross_entropy_far_from_zero_is_finite() -> None:
    x = np.array([[2000.0, 0.0]])
    assert CrossEntropy().value(x, np.array([1])) == 2000.0
    assert CrossEntropy().explain((), x, np.array([1])).value == 2000.0


def test_one_place_is_explained_by_its_logits_and_several_by_their_true_classes() -> None:
    x, target = normal(0, 2, 3), np.array([2, 0])
    assert [t.index for t in CrossEntropy(reduction="none").explain((1,), x, target).terms] == [
        (1, 0),
        (1, 1),
        (1, 2),
    ]
    assert [t.index for t in CrossEntropy().explain((), x, target).terms] == [(0, 2), (1, 0)]
    assert [t.index for t in CrossEntropy(ignored=2).explain((), x, target).terms] == [(1, 0)]


def test_where_everything_is_ignored_the_mean_is_not_a_number_and_nothing_hears() -> None:
    x, target = normal(0, 2, 3), np.array([7, 7])
    for operator in (CrossEntropy(ignored=7), Nll(ignored=7)):
        assert np.isnan(operator.value(x, target))
        assert not operator.gradient(np.ones(()), x, target)["x"].any()
