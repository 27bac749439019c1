"""What the answers of a network are: probabilities, of classes that exclude each other or not, or quantities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.scenes import ClassInfo

Array = NDArray[Any]


@dataclass(frozen=True)
class ExclusiveProbabilities:
    """The probability of each class, which sum to one: one of them is said."""

    classes: tuple[ClassInfo, ...]
    threshold: float = 0.5
    """Of two classes, the probability from which on the second is said."""

    @property
    def names(self) -> tuple[str, ...]:
        """Of each number of an answer."""
        return tuple(info.name for info in self.classes)

    def said(self, answers: Array) -> NDArray[np.int64]:
        """Return the class that is said: the most probable one, or of two the second from the threshold on.

        Parameters
        ----------
        answers
            Probabilities, (batch, classes, …).

        Returns
        -------
        Positions of classes, (batch, …).
        """
        said: Array = answers[:, 1] >= self.threshold if answers.shape[1] == 2 else answers.argmax(axis=1)
        return said.astype(np.int64)

    def foremost(self, answers: Array) -> NDArray[np.int64]:
        """Return the class that stands for each answer, (batch, …): the one that is said."""
        return self.said(answers)


@dataclass(frozen=True)
class IndependentProbabilities:
    """The probability of each class by itself: any of them are said."""

    classes: tuple[ClassInfo, ...]
    thresholds: tuple[float, ...] = ()
    """The probability from which on each class is said; one half where there are none."""

    @property
    def names(self) -> tuple[str, ...]:
        """Of each number of an answer."""
        return tuple(info.name for info in self.classes)

    def said(self, answers: Array) -> NDArray[np.bool_]:
        """Return whether each class is said, of probabilities (batch, classes)."""
        found: NDArray[np.bool_] = answers >= np.array(self.thresholds or [0.5] * len(self.classes))
        return found

    def foremost(self, answers: Array) -> NDArray[np.int64]:
        """Return the class that stands for each answer, (batch, …): of those that are said, the most probable."""
        found: NDArray[np.int64] = answers.argmax(axis=1)
        return found


@dataclass(frozen=True)
class Quantities:
    """Numbers as they are: a value in its unit, an embedding, the channels of a layer."""

    names: tuple[str, ...]
    """Of each number of an answer."""
    unit: str | None = None

    @property
    def classes(self) -> tuple[ClassInfo, ...]:
        """There are none."""
        return ()


Prediction = ExclusiveProbabilities | IndependentProbabilities | Quantities
