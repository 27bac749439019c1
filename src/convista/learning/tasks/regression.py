"""A number: Huber loss on standardised values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from convista.errors import ConvistaError
from convista.learning.data.targets import Numbering, Reference, Truth, values_on
from convista.learning.scores.scoring import Score, ValueScore
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.prediction import Quantities
from convista.learning.tasks.target import Target
from convista.learning.tasks.task import Array, Task
from convista.scenes import Labels, Scene, Shapes


@dataclass(frozen=True, repr=False)
class Regression(Task):
    """A number: Huber loss on standardised values.

    Targets are standardised numbers, (batch, …); NaN where there is none.
    """

    name: ClassVar[str] = "regression"
    label_rules: ClassVar[tuple[LabelRule, ...]] = (LabelRule.CENTRE, LabelRule.PIXELS)
    labels_are_values: ClassVar[bool] = True
    activation: ClassVar[str | None] = None
    by_class: ClassVar[bool] = False
    unknown: ClassVar[float] = np.nan

    def __repr__(self) -> str:
        return "<Regression>"

    @classmethod
    def outputs_of(cls, classes: int) -> int:
        """Return 1."""
        del classes
        return 1

    @classmethod
    def takes(cls, classes: int) -> bool:
        """Whether there are none."""
        return classes == 0

    @classmethod
    def truths(
        cls,
        pairs: Sequence[tuple[Scene, Reference]],
        attribute: str | None = None,
        *,
        positive: str | None = None,
        numbering: Numbering | None = None,
    ) -> list[Truth]:
        """Return the values of the pixels of each scene; there is nothing to number."""
        del attribute, positive, numbering
        return [values_on(scene.grid, cls._of_values(labels)) for scene, labels in pairs]

    @classmethod
    def _of_values(cls, labels: Reference) -> Scene | str | Path:
        if isinstance(labels, Labels | Shapes):
            raise ConvistaError("learning.tasks.values_wanted", source=labels.source)
        return labels

    @classmethod
    def check_occurring(cls, classes: int) -> None:
        """See nothing: one value will do."""

    @classmethod
    def target_of(cls, values: Array, unit: str | None) -> Target:
        """Return mean and deviation of the values trained on."""
        values = values.astype(np.float64)
        deviation = float(values.std()) if values.size else 0.0
        return Target(float(values.mean()) if values.size else 0.0, deviation or 1.0, unit)

    def targets(self, asked: Array) -> NDArray[np.float32]:
        """Return values standardised."""
        assert self.target is not None
        return self.target.standardise(asked)

    def known(self, targets: Array) -> NDArray[np.bool_]:
        """Return which are numbers."""
        return ~np.isnan(targets)

    def loss(self, output: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
        """Return the mean Huber loss over known values; the smoothing of labels does not apply."""
        del smoothing
        known = ~torch.isnan(target)
        each = functional.huber_loss(output[:, 0], target.nan_to_num(), reduction="none")
        return torch.where(known, each, 0).sum() / known.sum().clamp(min=1)

    def activated(self, output: Tensor) -> Tensor:
        """Return the outputs as they are."""
        return output

    @property
    def prediction(self) -> Quantities:
        """The value."""
        return Quantities(("value",), None if self.target is None else self.target.unit)

    def score(self) -> Score:
        """Return an empty `ValueScore`."""
        return ValueScore()
