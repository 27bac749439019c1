"""What all tasks about classes have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from convista.errors import ConvistaError
from convista.language import listed
from convista.learning.data.targets import Numbering, Reference, Truth, found_on
from convista.learning.tasks.task import Array, Task
from convista.scenes import Labels, Scene, Shapes

IGNORED = -1
"""Target of a pixel or label that nothing is known of."""


@dataclass(frozen=True, repr=False)
class ClassTask(Task):
    """A question about classes."""

    unknown: ClassVar[float] = IGNORED

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {listed([info.name for info in self.classes])}>"

    @classmethod
    def outputs_of(cls, classes: int) -> int:
        """Return one for each class."""
        return classes

    @classmethod
    def takes(cls, classes: int) -> bool:
        """Whether there are any."""
        return classes > 0

    @classmethod
    def truths(
        cls,
        pairs: Sequence[tuple[Scene, Reference]],
        attribute: str | None = None,
        *,
        positive: str | None = None,
        numbering: Numbering | None = None,
    ) -> list[Truth]:
        """Return the classes of the pixels of each scene, with one numbering."""
        found = [found_on(scene.grid, cls._of_classes(labels), attribute) for scene, labels in pairs]
        numbering = numbering or Numbering.joined([one.occurring for one in found], positive)
        return [numbering.truth(one) for one in found]

    @classmethod
    def _of_classes(cls, labels: Reference) -> Labels | Shapes | str | Path:
        if isinstance(labels, Scene):
            raise ConvistaError("learning.tasks.classes_wanted", source=labels.source, task=cls.name)
        return labels

    @classmethod
    def check_occurring(cls, classes: int) -> None:
        """See that there are two classes to be told apart; ConvistaError if not."""
        if classes < 2:
            raise ConvistaError("learning.tasks.one_class", classes=classes)

    def targets(self, asked: Array) -> NDArray[np.int64]:
        """Return positions as whole numbers of 64 bits."""
        return asked.astype(np.int64)

    def known(self, targets: Array) -> NDArray[np.bool_]:
        """Return which are not `IGNORED`."""
        found: NDArray[np.bool_] = targets >= 0
        return found

    def scaled(self, output: Tensor) -> Tensor:
        """Return outputs divided by the temperature."""
        temperature = self.calibration.temperature
        return output if temperature == 1 else output / temperature

    @property
    def alternatives(self) -> int:
        """How many values a target may have."""
        return 2

    def fitted_thresholds(self, probabilities: Array, targets: Array) -> tuple[float, ...]:
        """Return the thresholds with the highest F1, if it has any, of probabilities (samples, outputs)."""
        del probabilities, targets
        return ()

    def about_calibration(self) -> dict[str, Any]:
        """Return the temperature, and the threshold of each class that has one."""
        told: dict[str, Any] = {"temperature": self.calibration.temperature}
        if thresholds := self.calibration.thresholds:
            said = [info.name for info in self.classes][-len(thresholds) :]
            told["thresholds"] = dict(zip(said, thresholds, strict=True))
        return told

    @abstractmethod
    def alternatives_in(self, output: Tensor) -> int:
        """Return how many classes can be told apart by outputs of this shape, 0 if it is another task's."""

    @abstractmethod
    def loss_if(self, output: Tensor, position: int) -> Tensor:
        """Return the mean loss if the class at a position were true of every sample and pixel.

        It is what a class's explanation differentiates. A network learns by its outputs as they are, so that no
        temperature comes into it.
        """


def binary_loss(logit: Tensor, target: Tensor, smoothing: float) -> Tensor:
    """Return the mean binary cross-entropy over all targets that are known, of the same shape as the logits."""
    known = target != IGNORED
    wanted = target.to(logit.dtype) * (1 - smoothing) + smoothing / 2
    each = functional.binary_cross_entropy_with_logits(logit, wanted, reduction="none")
    return torch.where(known, each, 0).sum() / known.sum().clamp(min=1)
