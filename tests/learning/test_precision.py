"""Precision is chosen by what is faster, and only where it is worth it."""

from __future__ import annotations

import time
from typing import Any, ClassVar

import pytest
import torch
from torch import Tensor, nn

from convista.learning import precision


class Timed(nn.Module):
    """Takes as long as it is told, by whether autocast is on."""

    seconds: ClassVar = {True: 0.0, False: 0.0}

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(()))

    def forward(self, x: Tensor) -> Tensor:
        time.sleep(self.seconds[torch.is_autocast_enabled("cpu")])
        return self.weight * x


@pytest.mark.parametrize(
    ("mixed", "full", "chosen"),
    [(0.03, 0.09, "bf16-mixed"), (0.09, 0.03, "32-true"), (0.05, 0.05, "32-true"), (0.0, 0.005, "32-true")],
)
def test_the_faster_one_if_it_is_much_faster(
    mixed: float, full: float, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Timed, "seconds", {True: mixed, False: full})
    network = Timed()
    assert precision.fastest(network, torch.ones(4, 1), lambda output: output.mean()) == chosen
    assert network.weight.grad is None


def test_a_gpu_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    class OnGpu:
        device: Any = torch.device("cuda")

    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: False)
    assert precision.fastest(Timed(), OnGpu(), lambda output: output.mean()) == "32-true"  # type: ignore[arg-type]
