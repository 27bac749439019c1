"""Dropout in a trace: the mask is the one that torch drew, and drawing it is not disturbed."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn import functional

from convista.tracing import trace
from tests.tracing.networks import EveryNorm
from tests.tracing.recording.test_record import patch

TOLERANCE = {torch.float32: 1e-4, torch.float64: 1e-10}


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_recorded_run_is_the_plain_run_and_is_recomputed(training: bool, dtype: torch.dtype) -> None:
    torch.manual_seed(1)
    model, x = EveryNorm().train(training).to(dtype), patch(3, 4, 8, 8).to(dtype)
    torch.manual_seed(2)
    recorded = trace(model, x, 2)
    batch = x.clone().requires_grad_()
    torch.manual_seed(2)
    plain = model(batch)
    functional.cross_entropy(plain, torch.full((3,), 2)).backward()  # type: ignore[no-untyped-call]
    assert torch.equal(recorded.output, plain)
    assert recorded.input_gradient is not None
    assert batch.grad is not None
    assert torch.equal(recorded.input_gradient, batch.grad)
    for name, parameter in model.named_parameters():
        assert parameter.grad is not None
        assert torch.equal(recorded.parameter_gradients[name], parameter.grad)
    verification = recorded.verify()
    assert verification.passed(TOLERANCE[dtype]), verification
    kind = "dropout" if training else "identity"
    assert [r.name for r in recorded if r.operator == kind] == ["stack.6", "stack.11", "dropout", "dropout#2"]


def test_a_zero_that_is_kept_passes_its_gradient() -> None:
    network = nn.Sequential(nn.Conv2d(4, 8, 3), nn.ReLU(), nn.Dropout(0.5), nn.Flatten(), nn.Linear(8 * 36, 5))
    torch.manual_seed(0)
    recorded = trace(network, patch(4, 8, 8), 2)
    read, gradient = recorded["1"].output, recorded["1"].gradient
    mask = recorded["2"].operands["mask"].value
    assert gradient is not None
    kept_zeros = gradient[(read == 0) & mask]
    assert len(kept_zeros) > 0
    assert kept_zeros.all()
    assert not gradient[~mask].any()
    assert recorded.verify().passed()


def test_a_channel_is_dropped_as_a_whole() -> None:
    network = nn.Sequential(nn.Conv2d(4, 16, 3), nn.Dropout2d(0.5), nn.Flatten(), nn.Linear(16 * 36, 5))
    recorded = trace(network, patch(4, 8, 8))
    assert recorded["1"].operands["mask"].value.shape == (1, 16, 1, 1)
    dropped = recorded.explain("1", (0, int((recorded["1"].output == 0).all(-1).all(-1).nonzero()[0, 1]), 2, 3))
    assert dropped.terms[0].factor == 0


def test_a_dropout_that_torch_reads_in_a_way_of_its_own_is_not_explained() -> None:
    class Series(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(4, 2, 3)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return functional.dropout1d(self.conv(x)[0, 0])

    recorded = trace(Series(), patch(4, 8, 8))
    assert not next(r for r in recorded if "dropout" in r.name).explained
