"""Normalisations in a trace."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from convista.tracing import trace
from tests.tracing.recording.test_record import patch

TOLERANCE = {torch.float32: 1e-4, torch.float64: 1e-10}


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_gradient_that_is_nothing_but_rounding_is_no_error(dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(4, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.Flatten(), nn.Linear(288, 5))
    recorded = trace(network.train().to(dtype), patch(4, 4, 8, 8), 2)
    bias, weight = (recorded.parameter_gradients[f"0.{name}"].abs().max() for name in ("bias", "weight"))
    assert bias < 1e-5 * weight  # the mean that batch norm takes away takes the bias with it
    assert recorded.verify().passed(TOLERANCE[dtype])


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_wrong_gradient_of_a_parameter_is_found_all_the_same(dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(4, 8, 3), nn.GroupNorm(2, 8), nn.ReLU(), nn.Flatten(), nn.Linear(288, 5))
    recorded = trace(network.to(dtype), patch(4, 4, 8, 8), 2)
    for gradient in recorded.parameter_gradients.values():
        gradient.mul_(1.01)
        assert not recorded.verify().passed(1e-4)
        gradient.div_(1.01)
    assert recorded.verify().passed(1e-4)


@pytest.mark.parametrize(("training", "kept"), [(True, True), (False, True), (False, False)])
def test_instance_norm_reads_running_statistics_where_torch_does(training: bool, kept: bool) -> None:
    network = nn.Sequential(nn.InstanceNorm2d(4, affine=True, track_running_stats=kept)).train(training)
    for _ in range(3):
        network(patch(2, 4, 8, 8) + 1)
    recorded = trace(network, patch(2, 4, 8, 8, seed=1), lambda y: y.square().mean())
    own = training or not kept
    assert recorded["0"].attributes["training"] is own
    mean = patch(2, 4, 8, 8, seed=1)[0, 1].mean() if own else network.get_buffer("0.running_mean")[1]
    assert recorded.explain("0", (0, 1, 2, 3)).notes["μ"] == pytest.approx(float(mean), rel=1e-4)
