"""One of several classes: softmax and cross-entropy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor
from torch.nn import functional

from convista.learning.tasks.class_task import IGNORED
from convista.learning.tasks.exclusive import ExclusiveTask


@dataclass(frozen=True, repr=False)
class Multiclass(ExclusiveTask):
    """One of several classes: softmax and cross-entropy."""

    name: ClassVar[str] = "multiclass"
    activation: ClassVar[str | None] = "softmax"

    def loss(self, output: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
        """Return the mean cross-entropy over labelled targets; smoothing as in Szegedy et al. (2016)."""
        total = functional.cross_entropy(
            output, target, ignore_index=IGNORED, label_smoothing=smoothing, reduction="sum"
        )
        return total / (target != IGNORED).sum().clamp(min=1)

    def activated(self, output: Tensor) -> Tensor:
        """Return the probability of each class."""
        return torch.softmax(self.scaled(output), dim=1)

    @property
    def alternatives(self) -> int:
        """How many classes there are."""
        return max(2, self.outputs)

    def alternatives_in(self, output: Tensor) -> int:
        """Return the number of outputs of a patch."""
        return output.shape[1] if output.ndim == 2 else 0

    def loss_if(self, output: Tensor, position: int) -> Tensor:
        """Return the mean cross-entropy if a class were true."""
        true = torch.full((len(output), *output.shape[2:]), position, device=output.device)
        return functional.cross_entropy(output, true)
