"""A running average of a network's weights, which is steadier than the weights themselves."""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import get_ema_multi_avg_fn


class ExponentialMovingAverage:
    """Follows a network step by step: average = decay · average + (1 − decay) · weights.

    What normalisation has counted is averaged along. Early in a training the decay is less, so that the first steps
    are soon forgotten: at step n at most n / (n + 9), as TensorFlow's ExponentialMovingAverage has it.
    """

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self._decay = decay
        self.steps = 0

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Take the weights of one more step into account."""
        self.steps += 1
        decay = min(self._decay, self.steps / (self.steps + 9))
        ours, theirs = self.network.state_dict(), network.state_dict()
        moving: list[Tensor] = [ours[name] for name in ours if ours[name].is_floating_point()]
        towards = [theirs[name] for name in ours if ours[name].is_floating_point()]
        get_ema_multi_avg_fn(decay)(moving, towards, self.steps)  # type: ignore[no-untyped-call]
