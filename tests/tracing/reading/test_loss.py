"""Losses in a trace: each is one record, explained and recomputed, whatever its target looks like."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from convista.layers import DiceLoss, FocalLoss
from convista.tracing import trace
from tests.tracing.recording.test_record import patch

TOLERANCE = {torch.float32: 1e-4, torch.float64: 1e-10}
CLASSES = 5
_DRAWS = torch.Generator().manual_seed(3)
PIXELS = torch.randint(0, CLASSES, (3, 6, 6), generator=_DRAWS)
PIXELS[torch.rand(3, 6, 6, generator=_DRAWS) < 0.2] = 255
"""True classes of 3 patches of 6×6, some of them ignored."""
NUMBERS = torch.rand(3, CLASSES, 6, 6, generator=_DRAWS, dtype=torch.float64)
YES = NUMBERS.round()
WEIGHTS = torch.tensor([0.5, 1.0, 3.0, 1.0, 0.1])

LOSSES: dict[str, tuple[nn.Module, Tensor]] = {
    "cross_entropy": (nn.CrossEntropyLoss(ignore_index=255, label_smoothing=0.1), PIXELS),
    "cross_entropy weighted": (nn.CrossEntropyLoss(WEIGHTS, ignore_index=255), PIXELS),
    "cross_entropy summed": (nn.CrossEntropyLoss(ignore_index=255, reduction="sum"), PIXELS),
    "nll": (nn.Sequential(nn.LogSoftmax(1), nn.NLLLoss(ignore_index=255)), PIXELS),
    "binary_cross_entropy": (nn.Sequential(nn.Sigmoid(), nn.BCELoss()), NUMBERS),
    "binary_cross_entropy_logits": (nn.BCEWithLogitsLoss(pos_weight=torch.tensor(3.0)), YES),
    "mse": (nn.MSELoss(), NUMBERS),
    "mae": (nn.L1Loss(reduction="sum"), NUMBERS),
    "mae smooth": (nn.SmoothL1Loss(beta=0.0), NUMBERS),
    "huber": (nn.HuberLoss(delta=0.4), NUMBERS),
    "smooth_l1": (nn.SmoothL1Loss(beta=0.4), NUMBERS),
    "focal": (FocalLoss(alpha=WEIGHTS.tolist(), ignored=255), PIXELS),
    "binary_focal": (FocalLoss(alpha=0.25), YES),
    "dice": (DiceLoss(ignored=255), PIXELS),
    "binary_dice": (DiceLoss(squared=False), YES),
}


def segmenter() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(4, 8, 3), nn.ReLU(True), nn.Conv2d(8, CLASSES, 1))


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_loss_is_recorded_explained_and_recomputed(name: str, dtype: torch.dtype) -> None:
    loss, target = LOSSES[name]
    loss, model, x = loss.to(dtype), segmenter().to(dtype), patch(3, 4, 8, 8).to(dtype)
    target = target.to(dtype) if target.is_floating_point() else target

    def goal(y: Tensor) -> Any:
        *before, last = loss if isinstance(loss, nn.Sequential) else [loss]
        for module in before:
            y = module(y)
        return last(y, target)

    recorded = trace(model, x, goal)
    batch = x.clone().requires_grad_()
    plain = goal(model(batch))
    plain.backward()
    assert batch.grad is not None
    assert recorded.input_gradient is not None
    assert torch.equal(recorded.input_gradient, batch.grad)
    last = recorded[-1]
    assert last.operator == name.split(maxsplit=1)[0]
    assert torch.equal(last.output, plain.detach())
    assert recorded.explain(last.name, ()).value == pytest.approx(plain.item(), rel=1e-4)
    verification = recorded.verify()
    assert verification.passed(TOLERANCE[dtype]), verification


def test_a_loss_of_each_place() -> None:
    each = nn.CrossEntropyLoss(reduction="none", ignore_index=255)
    recorded = trace(segmenter(), patch(3, 4, 8, 8), lambda y: each(y, PIXELS).sum())
    assert recorded["cross_entropy"].output.shape == (3, 6, 6)
    assert recorded.verify().passed(1e-4)


def test_an_autoencoder_sends_a_gradient_through_its_target_as_well() -> None:
    class Reconstruction(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.there, self.back = nn.Conv2d(4, 2, 3), nn.ConvTranspose2d(2, 4, 3)

        def forward(self, x: Tensor) -> Tensor:
            return functional.mse_loss(self.back(torch.tanh(self.there(x))), x)

    torch.manual_seed(0)
    recorded = trace(Reconstruction().double(), patch(1, 4, 8, 8), lambda loss: loss)
    assert recorded["mse_loss"].operands["target"].origin.kind == "input"
    assert recorded.verify().passed(1e-10)


def test_a_loss_that_no_definition_covers_is_named() -> None:
    shares = torch.softmax(NUMBERS.float(), 1)
    recorded = trace(segmenter(), patch(3, 4, 8, 8), lambda y: functional.cross_entropy(y, shares))
    assert recorded.verify().not_explained == ("cross_entropy",)
