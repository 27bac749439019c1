"""Which precision a training is fastest in, found by trying."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn

GAIN = 1.3
"""How much faster bfloat16 must be to be worth its rounding."""
FEW = 32
"""Samples of a trial."""
ROUNDS = 3
QUICK = 0.02
"""Seconds below which a trial says more about the moment than about the network, and nothing much can be gained."""


def fastest(network: nn.Module, batch: Tensor, loss: Callable[[Tensor], Tensor]) -> str:
    """Return ``"bf16-mixed"`` or ``"32-true"``, as Fabric names them.

    Each is timed on a copy of the network, forward and backward, the best of a few rounds that take turns. Only
    processors with bfloat16 arithmetic gain by it; on others it is slower by far. On a GPU nothing is tried: every
    one that torch still supports well gains.

    Parameters
    ----------
    batch
        Standardised patches, of which a few are used, where the training will be.
    loss
        Makes a number of the network's output for those few.
    """
    if batch.device.type != "cpu":
        return "bf16-mixed" if torch.cuda.is_bf16_supported() else "32-true"
    trial, few = copy.deepcopy(network).train(), batch[:FEW]

    def seconds(mixed: bool) -> float:
        began = time.perf_counter()
        with torch.autocast("cpu", torch.bfloat16, enabled=mixed):
            output = trial(few)
        loss(output.float()).backward()  # type: ignore[no-untyped-call]
        return time.perf_counter() - began

    times = [(seconds(True), seconds(False)) for _ in range(ROUNDS + 1)][1:]
    mixed, full = (min(column) for column in zip(*times, strict=True))
    return "bf16-mixed" if full > max(QUICK, GAIN * mixed) else "32-true"
