"""What a network is asked, of a patch or of every pixel: the loss it learns by and what its outputs mean."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import torch
from torch import Tensor
from torch.nn import functional

from convista.errors import ConvistaError
from convista.language import listed
from convista.learning.scores.scoring import ClassScore, LabelScore, Score, ValueScore
from convista.scenes import ClassInfo

IGNORED = -1
"""Target of a pixel or label that nothing is known of. A value that nothing is known of is NaN."""


class Calibration(NamedTuple):
    """What turns the outputs of a trained network into answers; fitted on the validation part by `calibrate`."""

    temperature: float = 1.0
    """Outputs are divided by it before they become probabilities (Guo et al. 2017)."""
    thresholds: tuple[float, ...] = ()
    """Probability from which on a class is said: the second of a binary task, or each of several at once. Where
    there are none, that is one half, or the most probable class is said."""

    @property
    def threshold(self) -> float:
        """Of two classes, the probability from which on the second is said."""
        return self.thresholds[0] if self.thresholds else 0.5


UNCALIBRATED = Calibration()


class Task(Protocol):
    """A question about patches, or about their pixels where outputs and targets have rows and columns.

    Outputs are (batch, `outputs`, …) with the rows and columns of the targets, if those have any.
    """

    name: str
    outputs: int
    """Size of the network's second axis."""

    def loss(self, output: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
        """Return the mean loss over all targets that are known; 0 where none is."""

    def scaled(self, output: Tensor) -> Tensor:
        """Return outputs divided by the temperature; of a regression as they are."""

    def answers(self, output: Tensor) -> Tensor:
        """Return what outputs mean: probabilities (batch, classes, …) or standardised values (batch, 1, …)."""

    def score(self) -> Score:
        """Return a score that nothing has been added to."""


class Classes:
    """A question about classes."""

    def __init__(self, classes: tuple[ClassInfo, ...], calibration: Calibration = UNCALIBRATED) -> None:
        self._classes, self._calibration = classes, calibration
        self.outputs = len(classes)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {listed([info.name for info in self._classes])}>"

    def scaled(self, output: Tensor) -> Tensor:
        """Return outputs divided by the temperature."""
        temperature = self._calibration.temperature
        return output if temperature == 1 else output / temperature


class Multiclass(Classes):
    """One of several classes: softmax and cross-entropy.

    Targets are positions of classes, whole numbers, (batch, …).
    """

    name = "multiclass"

    def loss(self, output: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
        """Return the mean cross-entropy over labelled targets; smoothing as in Szegedy et al. (2016)."""
        total = functional.cross_entropy(
            output, target, ignore_index=IGNORED, label_smoothing=smoothing, reduction="sum"
        )
        return total / (target != IGNORED).sum().clamp(min=1)

    def answers(self, output: Tensor) -> Tensor:
        """Return the probability of each class."""
        return torch.softmax(self.scaled(output), dim=1)

    def score(self) -> Score:
        """Return an empty `ClassScore`."""
        return ClassScore(self._classes, self._calibration.threshold)


class Binary(Multiclass):
    """One class or the other: a single output, sigmoid and binary cross-entropy.

    Targets are 0 or 1, the positions of the two classes.
    """

    name = "binary"

    def __init__(self, classes: tuple[ClassInfo, ...], calibration: Calibration = UNCALIBRATED) -> None:
        super().__init__(classes, calibration)
        if len(classes) != 2:
            raise ConvistaError("learning.not_two_classes", count=len(classes))
        self.outputs = 1

    def loss(self, output: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
        """Return the mean binary cross-entropy over labelled targets."""
        known = target != IGNORED
        wanted = target.to(output.dtype) * (1 - smoothing) + smoothing / 2
        each = functional.binary_cross_entropy_with_logits(output[:, 0], wanted, reduction="none")
        return torch.where(known, each, 0).sum() / known.sum().clamp(min=1)

    def answers(self, output: Tensor) -> Tensor:
        """Return the probability of each of the two classes."""
        second = torch.sigmoid(self.scaled(output[:, :1]))
        return torch.cat([1 - second, second], dim=1)


class Multilabel(Classes):
    """Any of several classes at once: a sigmoid each.

    Targets are 0 or 1 for each class, (batch, classes); −1 where it is not known.
    """

    name = "multilabel"

    def loss(self, output: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
        """Return the mean binary cross-entropy over all known labels."""
        known = target != IGNORED
        wanted = target.to(output.dtype) * (1 - smoothing) + smoothing / 2
        each = functional.binary_cross_entropy_with_logits(output, wanted, reduction="none")
        return torch.where(known, each, 0).sum() / known.sum().clamp(min=1)

    def answers(self, output: Tensor) -> Tensor:
        """Return the probability of each class by itself."""
        return torch.sigmoid(self.scaled(output))

    def score(self) -> Score:
        """Return an empty `LabelScore`."""
        return LabelScore(self._classes, self._calibration.thresholds)


class Regression:
    """A number: Huber loss on standardised values.

    Targets are standardised numbers, (batch, …); NaN where there is none.
    """

    name = "regression"
    outputs = 1

    def __repr__(self) -> str:
        return "<Regression>"

    def loss(self, output: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
        """Return the mean Huber loss over known values; the smoothing of labels does not apply."""
        del smoothing
        known = ~torch.isnan(target)
        each = functional.huber_loss(output[:, 0], target.nan_to_num(), reduction="none")
        return torch.where(known, each, 0).sum() / known.sum().clamp(min=1)

    def scaled(self, output: Tensor) -> Tensor:
        """Return the outputs as they are."""
        return output

    def answers(self, output: Tensor) -> Tensor:
        """Return the outputs as they are."""
        return output

    def score(self) -> Score:
        """Return an empty `ValueScore`."""
        return ValueScore()


TASKS = ("multiclass", "binary", "multilabel", "regression", "segmentation")
"""Segmentation is `Multiclass` asked of every pixel."""


def task_of(name: str, classes: tuple[ClassInfo, ...], calibration: Calibration = UNCALIBRATED) -> Task:
    """Return the task of a name; `classes` and `calibration` are not used by a regression.

    Raises
    ------
    ConvistaError
        If there is no such task, or it is binary and the classes are not two.
    """
    if name == "regression":
        return Regression()
    kinds: dict[str, type[Multiclass | Multilabel]] = {
        "multiclass": Multiclass,
        "segmentation": Multiclass,
        "binary": Binary,
        "multilabel": Multilabel,
    }
    if name not in kinds:
        raise ConvistaError("learning.unknown_task", task=name, tasks=", ".join(TASKS))
    return kinds[name](classes, calibration)
