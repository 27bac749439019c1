"""One class or the other: a single output, sigmoid and binary cross-entropy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from convista.errors import ConvistaError
from convista.learning.scores.thresholds import best_thresholds
from convista.learning.tasks.class_task import binary_loss
from convista.learning.tasks.exclusive import ExclusiveTask
from convista.learning.tasks.task import Array


@dataclass(frozen=True, repr=False)
class Binary(ExclusiveTask):
    """One class or the other: a single output, sigmoid and binary cross-entropy.

    Targets are 0 or 1, the positions of the two classes.
    """

    name: ClassVar[str] = "binary"
    activation: ClassVar[str | None] = "sigmoid"

    def __post_init__(self) -> None:
        if not self.takes(len(self.classes)):
            raise ConvistaError("learning.tasks.not_two_classes", count=len(self.classes))

    @classmethod
    def outputs_of(cls, classes: int) -> int:
        """Return 1."""
        del classes
        return 1

    @classmethod
    def takes(cls, classes: int) -> bool:
        """Whether there are two."""
        return classes == 2

    @classmethod
    def thresholds_of(cls, classes: int) -> int:
        """Return 1."""
        del classes
        return 1

    def loss(self, output: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
        """Return the mean binary cross-entropy over labelled targets."""
        return binary_loss(output[:, 0], target, smoothing)

    def shift(self, by_class: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return that of the second class over the first's."""
        return by_class[1:] - by_class[:1]

    def activated(self, output: Tensor) -> Tensor:
        """Return the probability of the second class."""
        return torch.sigmoid(self.scaled(output))

    def answers(self, output: Tensor) -> Tensor:
        """Return the probability of each of the two classes."""
        second = self.activated(output)
        return torch.cat([1 - second, second], dim=1)

    def fitted_thresholds(self, probabilities: Array, targets: Array) -> tuple[float, ...]:
        """Return the probability from which on to say the second class for its highest F1."""
        return best_thresholds(probabilities, targets[:, None])

    def alternatives_in(self, output: Tensor) -> int:
        """Return 2, of a patch."""
        return 2 if output.ndim == 2 else 0

    def loss_if(self, output: Tensor, position: int) -> Tensor:
        """Return the mean binary cross-entropy if a class were true."""
        logit = output[:, 0]
        wanted = torch.full(logit.shape, float(position)).to(logit)
        return functional.binary_cross_entropy_with_logits(logit, wanted)
