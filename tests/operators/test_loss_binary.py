"""Binary cross-entropy, from probabilities and from logits."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators.activation import Sigmoid
from convista.operators.loss_binary import BinaryCrossEntropy, BinaryCrossEntropyLogits
from convista.operators.loss_reduction import Reduction
from tests.operators.against_torch import check, check_slopes, check_thoroughly
from tests.operators.draw import normal

reductions: st.SearchStrategy[Reduction] = st.sampled_from(["mean", "sum", "none"])
seeds = st.integers(0, 10**6)
shapes = st.lists(st.integers(1, 4), min_size=1, max_size=4)


@given(shapes, reductions, seeds, st.booleans(), st.booleans())
def test_from_probabilities(shape: list[int], reduction: Reduction, seed: int, weighted: bool, soft: bool) -> None:
    def reference(x: torch.Tensor, target: torch.Tensor, weight: torch.Tensor | None = None) -> torch.Tensor:
        kept = None if weight is None else weight.detach()
        return functional.binary_cross_entropy(x, target, kept, reduction=reduction)

    target = np.random.default_rng(seed).random(shape)
    operands = {
        "x": Sigmoid().value(normal(seed, *shape)),
        "target": target if soft else np.round(target),
        "weight": normal(seed, shape[-1]) ** 2 if weighted else None,
    }
    check(BinaryCrossEntropy(reduction=reduction), reference, operands)


@given(shapes, reductions, seeds, st.booleans(), st.booleans())
def test_from_logits(shape: list[int], reduction: Reduction, seed: int, weighted: bool, more: bool) -> None:
    weight, positive = normal(seed, shape[-1]) ** 2, normal(seed + 1, shape[-1]) ** 2

    def reference(x: torch.Tensor, target: torch.Tensor, *_: torch.Tensor) -> torch.Tensor:
        return functional.binary_cross_entropy_with_logits(
            x,
            target,
            torch.tensor(weight) if weighted else None,
            reduction=reduction,
            pos_weight=torch.tensor(positive) if more else None,
        )

    operands = {
        "x": 3 * normal(seed, *shape),
        "target": np.random.default_rng(seed).random(shape),
        "weight": weight if weighted else None,
        "positive": positive if more else None,
    }
    check(BinaryCrossEntropyLogits(reduction=reduction), reference, operands)


def test_slopes_and_sabotage() -> None:
    target = np.array([[0.0, 1.0, 0.3], [1.0, 0.0, 1.0]])
    x = normal(0, 2, 3)
    for operator, loss, read in (
        (BinaryCrossEntropy(), functional.binary_cross_entropy, Sigmoid().value(x)),
        (BinaryCrossEntropyLogits(), functional.binary_cross_entropy_with_logits, x),
    ):
        check_thoroughly(operator, loss, {"x": read, "target": target})
    check_slopes(BinaryCrossEntropyLogits(), {"x": x, "target": target, "positive": np.array([3.0, 1.0, 0.5])})


@pytest.mark.parametrize("target", [0.0, 1.0])
def test_certainty_stays_finite_as_in_torch(target: float) -> None:
    operands = {"x": np.array([0.0, 1.0]), "target": np.full(2, target)}
    tensors = [torch.tensor(value) for value in operands.values()]
    x = tensors[0].requires_grad_()
    loss = functional.binary_cross_entropy(x, tensors[1])
    loss.backward()  # type: ignore[no-untyped-call]
    assert BinaryCrossEntropy().value(**operands) == pytest.approx(loss.item()) == 50.0
    assert x.grad is not None
    assert BinaryCrossEntropy().gradient(np.ones(()), **operands)["x"] == pytest.approx(x.grad.numpy())


def test_logits_far_from_zero_are_finite() -> None:
    x, target = np.array([1e4, -1e4]), np.array([0.0, 1.0])
    assert BinaryCrossEntropyLogits().value(x, target) == 1e4
    assert BinaryCrossEntropyLogits().gradient(np.ones(()), x, target)["x"].tolist() == [0.5, -0.5]
