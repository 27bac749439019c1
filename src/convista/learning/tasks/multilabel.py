"""Any of several classes at once: a sigmoid each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor
from torch.nn import functional

from convista.learning.scores.scoring import LabelScore, Score
from convista.learning.scores.thresholds import best_thresholds
from convista.learning.tasks.class_task import ClassTask, binary_loss
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.prediction import IndependentProbabilities
from convista.learning.tasks.task import Array


@dataclass(frozen=True, repr=False)
class Multilabel(ClassTask):
    """Any of several classes at once: a sigmoid each.

    Targets are 0 or 1 for each class, (batch, classes); −1 where it is not known.
    """

    name: ClassVar[str] = "multilabel"
    label_rules: ClassVar[tuple[LabelRule, ...]] = (LabelRule.PRESENT,)
    usual_rule: ClassVar[LabelRule] = LabelRule.PRESENT
    activation: ClassVar[str | None] = "sigmoid"
    by_class: ClassVar[bool] = False

    @classmethod
    def thresholds_of(cls, classes: int) -> int:
        """Return one for each class."""
        return classes

    def loss(self, output: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
        """Return the mean binary cross-entropy over all known labels."""
        return binary_loss(output, target, smoothing)

    def activated(self, output: Tensor) -> Tensor:
        """Return the probability of each class by itself."""
        return torch.sigmoid(self.scaled(output))

    @property
    def prediction(self) -> IndependentProbabilities:
        """The probability of each class by itself."""
        return IndependentProbabilities(self.classes, self.calibration.thresholds)

    def score(self) -> Score:
        """Return an empty `LabelScore`."""
        return LabelScore(self.prediction)

    def fitted_thresholds(self, probabilities: Array, targets: Array) -> tuple[float, ...]:
        """Return for each class the probability from which on to say it for its highest F1."""
        return best_thresholds(probabilities, targets)

    def alternatives_in(self, output: Tensor) -> int:
        """Return the number of outputs of a patch."""
        return output.shape[1] if output.ndim == 2 else 0

    def loss_if(self, output: Tensor, position: int) -> Tensor:
        """Return the mean binary cross-entropy of a class's output if the class were there."""
        logit = output[:, position]
        return functional.binary_cross_entropy_with_logits(logit, torch.full(logit.shape, 1.0).to(logit))
