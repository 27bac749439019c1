"""What a network is asked, of a patch or of every pixel: the loss it learns by and what its outputs mean."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from convista.learning.data.targets import Numbering, Reference, Truth
from convista.learning.scores.scoring import Score
from convista.learning.tasks.calibration import UNCALIBRATED, Calibration
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.prediction import Prediction
from convista.learning.tasks.target import Numbers, Target
from convista.scenes import ClassInfo, Scene

Array = NDArray[Any]


@dataclass(frozen=True, repr=False)
class Task(ABC):
    """A question about patches, or about their pixels where outputs and targets have rows and columns.

    Outputs are (batch, `outputs`, …) with the rows and columns of the targets, if those have any. A task is a
    subclass, in a file of its own, that `registry.TASKS` lists: whatever differs between tasks is a method here.
    """

    name: ClassVar[str]
    """What users, runs and messages call it."""
    label_rules: ClassVar[tuple[LabelRule, ...]]
    """What of a patch its targets may speak of."""
    usual_rule: ClassVar[LabelRule] = LabelRule.CENTRE
    """What of a patch they speak of where nobody says and the network answers once a patch."""
    labels_are_values: ClassVar[bool] = False
    """Whether labels are rasters of values, and not of classes, or shapes."""
    activation: ClassVar[str | None]
    """The operator that makes probabilities of outputs; None where these are answers."""
    by_class: ClassVar[bool]
    """Whether each sample has one class, by which it can be drawn."""
    unknown: ClassVar[float]
    """Target of a pixel or label that nothing is known of."""

    classes: tuple[ClassInfo, ...] = ()
    """In the order of their positions."""
    calibration: Calibration = UNCALIBRATED
    """Of classes: what turns outputs into probabilities, and from which on a class is said."""
    target: Target | None = None
    """Of a regression: what its values are standardised by, and their unit."""

    @property
    def outputs(self) -> int:
        """Size of the network's second axis."""
        return self.outputs_of(len(self.classes))

    @classmethod
    @abstractmethod
    def outputs_of(cls, classes: int) -> int:
        """Return the size of the network's second axis where there are so many classes."""

    @classmethod
    @abstractmethod
    def takes(cls, classes: int) -> bool:
        """Whether it can be asked of so many classes."""

    @classmethod
    def thresholds_of(cls, classes: int) -> int:
        """Return how many thresholds its calibration may have where there are so many classes."""
        del classes
        return 0

    @classmethod
    @abstractmethod
    def truths(
        cls,
        pairs: Sequence[tuple[Scene, Reference]],
        attribute: str | None = None,
        *,
        positive: str | None = None,
        numbering: Numbering | None = None,
    ) -> list[Truth]:
        """Return what is known of the pixels of each scene, with one numbering of the classes.

        Parameters
        ----------
        pairs
            Scenes with their labels.
        attribute, positive
            As of `SceneSamples`.
        numbering
            Of the classes; None for that of all labels together.

        Raises
        ------
        ConvistaError
            If labels cannot be read or matched, or it cannot be told which of their classes are the same.
        """

    @classmethod
    @abstractmethod
    def check_occurring(cls, classes: int) -> None:
        """See that so many different labels are enough to learn from; ConvistaError if not."""

    @classmethod
    def target_of(cls, values: Array, unit: str | None) -> Target | None:
        """Return what targets are standardised by, of the values trained on; None where they are classes."""
        del values, unit
        return None

    @abstractmethod
    def targets(self, asked: Array) -> Array:
        """Return targets as `loss` takes them, of positions of classes or of values in their unit."""

    @abstractmethod
    def known(self, targets: Array) -> NDArray[np.bool_]:
        """Return which targets something is known of."""

    @abstractmethod
    def loss(self, output: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
        """Return the mean loss over all targets that are known; 0 where none is."""

    def shift(self, by_class: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what is added to each output where so much is to each class's, or to all alike."""
        return by_class

    @abstractmethod
    def activated(self, output: Tensor) -> Tensor:
        """Return outputs after the activation, (batch, `outputs`, …)."""

    def answers(self, output: Tensor) -> Tensor:
        """Return what outputs mean: probabilities (batch, classes, …) or standardised values (batch, 1, …)."""
        return self.activated(output)

    def in_unit(self, answers: Numbers) -> Numbers:
        """Return answers, or targets, in their unit: those of classes as they are."""
        return answers if self.target is None else self.target.restore(answers)

    @property
    @abstractmethod
    def prediction(self) -> Prediction:
        """What the numbers of its answers, in their unit, are."""

    @abstractmethod
    def score(self) -> Score:
        """Return a score that nothing has been added to."""

    def about_calibration(self) -> dict[str, Any]:
        """Return what a report says of the calibration, as JSON can hold it."""
        return {}

    def draw(self, report: Mapping[str, Any], folder: Path) -> list[Path]:
        """Draw what `report` has of its score as pictures in a folder, and return the files."""
        del report, folder
        return []
