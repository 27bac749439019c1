"""Focal and Dice loss as torch modules: the written definitions, fast, differentiable and exportable."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.layers import DiceLoss, FocalLoss
from convista.layers.loss import dice_loss, focal_loss
from convista.operators.loss_dice import BinaryDice, Dice
from convista.operators.loss_focal import BinaryFocal, Focal
from tests.operators.against_torch import check
from tests.operators.draw import normal

WEIGHTS = (0.5, 1.0, 3.0)


def by_class(seed: int, *image: int) -> dict[str, Any]:
    target = np.random.default_rng(seed).integers(0, 3, (2, *image))
    target.flat[1:2] = 9
    return {"x": normal(seed, 2, 3, *image), "target": target}


def yes_or_no(seed: int, *image: int) -> dict[str, Any]:
    return {"x": normal(seed, 2, 3, *image), "target": (normal(seed + 1, 2, 3, *image) > 0).astype(float)}


@given(
    st.sampled_from([0.0, 0.5, 2.0]),
    st.sampled_from(["mean", "sum", "none"]),
    st.integers(0, 10**6),
    st.lists(st.integers(1, 4), max_size=3),
    st.booleans(),
)
def test_focal_is_the_definition(gamma: float, reduction: str, seed: int, image: list[int], weighted: bool) -> None:
    rest: dict[str, Any] = {"gamma": gamma, "reduction": reduction}
    weight = torch.tensor(WEIGHTS, dtype=torch.float64) if weighted else None
    operands = {**by_class(seed, *image), "weight": np.array(WEIGHTS) if weighted else None}
    check(Focal(ignored=9, **rest), lambda x, t, *_: focal_loss(x, t, alpha=weight, ignored=9, **rest), operands)
    alpha = 0.25 if weighted else None
    operands = yes_or_no(seed, *image)
    check(BinaryFocal(alpha=alpha, **rest), lambda x, t: focal_loss(x, t, alpha=alpha, **rest), operands)


@given(st.booleans(), st.integers(0, 10**6), st.lists(st.integers(1, 4), max_size=3))
def test_dice_is_the_definition(squared: bool, seed: int, image: list[int]) -> None:
    rest: dict[str, Any] = {"squared": squared, "smooth": 0.5, "ignored": 9}
    check(Dice(**rest), lambda x, t: dice_loss(x, t, **rest), by_class(seed, *image))
    del rest["ignored"]
    check(BinaryDice(**rest), lambda x, t: dice_loss(x, t.detach(), **rest), yes_or_no(seed, *image))


@pytest.mark.slow
@pytest.mark.parametrize("loss", [FocalLoss(alpha=WEIGHTS), FocalLoss(0.5), DiceLoss(), DiceLoss(squared=False)])
@pytest.mark.parametrize("strict", [True, False])
def test_exports(loss: nn.Module, strict: bool) -> None:
    given = (torch.randn(2, 3, 4, 4), torch.randint(0, 3, (2, 4, 4)))
    batch = torch.export.Dim("batch", min=1)
    exported = torch.export.export(loss, given, strict=strict, dynamic_shapes=({0: batch}, {0: batch}))
    for size in (2, 5):
        x, target = torch.randn(size, 3, 4, 4), torch.randint(0, 3, (size, 4, 4))
        assert torch.equal(exported.module()(x, target), loss(x, target))


@pytest.mark.parametrize("loss", [FocalLoss(0.5), FocalLoss(0.0), FocalLoss(2.0), DiceLoss()])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16])
def test_certainty_keeps_a_finite_gradient(loss: nn.Module, dtype: torch.dtype) -> None:
    x = torch.tensor([[500.0, -500.0], [500.0, -500.0]], dtype=dtype, requires_grad=True)
    loss(x, torch.tensor([0, 1])).backward()
    assert x.grad is not None
    assert x.grad.isfinite().all()


def test_large_regions_do_not_overflow_half_precision() -> None:
    x = torch.full((1, 1, 400, 400), 20.0, dtype=torch.float16)
    assert dice_loss(x, torch.ones(1, 1, 400, 400)) < 1e-4


def test_class_weights_move_and_are_saved_with_the_module() -> None:
    loss = FocalLoss(alpha=WEIGHTS).double()
    assert isinstance(loss.alpha, Tensor)
    assert loss.alpha.dtype == torch.float64
    assert list(loss.state_dict()) == ["alpha"]
    assert FocalLoss(alpha=0.25).alpha == 0.25


@pytest.mark.parametrize("loss", [focal_loss, dice_loss])
@pytest.mark.parametrize("target", [torch.zeros(2, 4, 3, dtype=torch.int64), torch.zeros(2, 4, 4)])
def test_a_target_of_another_shape_or_kind_is_refused(loss: Any, target: Tensor) -> None:
    with pytest.raises(ConvistaError, match=r"does not fit logits of size \(2, 3, 4, 4\). Give whole class"):
        loss(torch.randn(2, 3, 4, 4), target)


def test_alpha_of_the_other_kind_is_refused() -> None:
    x = torch.randn(2, 3)
    with pytest.raises(ConvistaError, match="Give a sequence of 3 numbers, one a class"):
        FocalLoss(alpha=0.25)(x, torch.tensor([0, 1]))
    with pytest.raises(ConvistaError, match="α has 3 numbers, and the target holds zeros and ones"):
        FocalLoss(alpha=WEIGHTS)(x, torch.ones(2, 3))


@pytest.mark.parametrize("loss", [FocalLoss(alpha=WEIGHTS, ignored=255), DiceLoss(ignored=255)])
def test_labels_of_a_byte_are_taken_as_they_are_read(loss: nn.Module) -> None:
    x, target = torch.randn(2, 3, 4, 4), torch.randint(0, 3, (2, 4, 4)).where(torch.rand(2, 4, 4) > 0.3, 255)
    assert torch.equal(loss(x, target.to(torch.uint8)), loss(x, target))
