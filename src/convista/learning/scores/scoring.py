"""Scores that grow batch by batch: how good answers are, whatever was asked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.learning.scores import metrics
from convista.learning.tasks.prediction import ExclusiveProbabilities, IndependentProbabilities

Array = NDArray[Any]

BINS = 15
"""Intervals of confidence in a reliability diagram, as in Guo et al. (2017)."""
GROUPS = 4096
"""Sums are kept for so many groups of samples at most; more share one."""
DRAWS = 400
"""How often groups are drawn again for an interval."""


def confidence_of(answers: Array, said: NDArray[np.int64]) -> Array:
    """Return the probability of the class that is said, (batch, …)."""
    return np.take_along_axis(answers, said[:, None], axis=1)[:, 0]


class Score(ABC):
    """What has been asked and answered so far: sums from which every number follows.

    The sums are kept by groups of samples that are not independent of each other, so that `interval` can draw the
    groups again.
    """

    def __init__(self, sums: int) -> None:
        self._sums = np.zeros((GROUPS, sums))

    def add(self, answers: Array, targets: Array, groups: NDArray[np.int64]) -> None:
        """Take a batch into account.

        Parameters
        ----------
        answers
            (batch, classes or 1, …), see `Task.answers`.
        targets
            As the task has them.
        groups
            (batch,), the same number for samples that belong together.
        """
        np.add.at(self._sums, groups % GROUPS, self._summed(answers, targets))

    @property
    def told(self) -> dict[str, float]:
        """The few numbers worth showing during a training."""
        return self._told(self._total)

    @property
    @abstractmethod
    def value(self) -> float:
        """What the best epoch is chosen by: the higher, the better."""

    @abstractmethod
    def report(self) -> dict[str, Any]:
        """Return every score, as JSON can hold it."""

    def interval(self) -> dict[str, list[float]]:
        """Return for each number of `told` the interval that holds 95 % of it when groups are drawn again.

        The bootstrap of Efron (1979): as many groups as there are, with replacement. Empty if there is only one.
        """
        sums = self._sums[self._sums.any(axis=1)]
        if len(sums) < 2:
            return {}
        rng = np.random.default_rng(0)
        often = rng.multinomial(len(sums), np.full(len(sums), 1 / len(sums)), DRAWS)
        told = [self._told(total) for total in often @ sums]
        return {name: np.percentile([one[name] for one in told], (2.5, 97.5)).tolist() for name in told[0]}

    @property
    def _total(self) -> Array:
        total: Array = self._sums.sum(axis=0)
        return total

    @abstractmethod
    def _summed(self, answers: Array, targets: Array) -> Array:
        """Return (batch, sums)."""

    @abstractmethod
    def _told(self, total: Array) -> dict[str, float]:
        """Return the numbers worth showing of such sums."""


class ClassScore(Score):
    """Of one class out of several: a confusion matrix, and how far confidence can be trusted.

    The class is the one that is said, the confidence its probability. Targets are positions of classes,
    (batch, …); −1 is left out.
    """

    def __init__(self, prediction: ExclusiveProbabilities) -> None:
        self._prediction, self._classes = prediction, prediction.classes
        super().__init__(len(self._classes) ** 2 + 3 * BINS)

    @property
    def confusion(self) -> metrics.Counts:
        """(reference, predicted)."""
        return self._confusion(self._total)

    @property
    def value(self) -> float:
        """The mean of accuracy and macro-F1; macro-F1 alone would turn on the few samples of the rarest class."""
        return (self.told["accuracy"] + self.told["macro_f1"]) / 2

    def report(self) -> dict[str, Any]:
        """Return the scores of `metrics.scores`, and `calibration`: the expected error and its intervals."""
        named = [(c.value, c.name) for c in self._classes]
        return metrics.scores(self.confusion, named) | {"calibration": self._calibration()}

    def _summed(self, answers: Array, targets: Array) -> Array:
        known = targets >= 0
        sample = known.nonzero()[0]
        said = self._prediction.said(answers)
        confidence, said, wanted = confidence_of(answers, said)[known], said[known], targets[known]
        classes = len(self._classes)
        for positions in (said, wanted):
            metrics.check_positions(positions, classes)
        interval = classes**2 + np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
        sums = np.zeros((len(targets), self._sums.shape[1]))
        np.add.at(sums, (sample, wanted * classes + said), 1)
        for shift, weight in enumerate((1.0, confidence, said == wanted)):
            np.add.at(sums, (sample, interval + shift * BINS), weight)
        return sums

    def _told(self, total: Array) -> dict[str, float]:
        confusion = self._confusion(total)
        named = {"accuracy": metrics.accuracy, "macro_f1": metrics.macro_f1, "mean_iou": metrics.mean_iou}
        return {name: measure(confusion) for name, measure in named.items()}

    def _confusion(self, total: Array) -> metrics.Counts:
        classes = len(self._classes)
        return total[: classes**2].reshape(classes, classes).astype(np.int64)

    def _calibration(self) -> dict[str, Any]:
        """Return ECE = Σ n_b/n · |right_b/n_b − confidence_b/n_b| (Guo et al. 2017) and what it is made of."""
        count, confidence, right = self._total[-3 * BINS :].reshape(3, BINS)
        filled = np.maximum(count, 1)
        return {
            "expected_error": float(np.abs(right - confidence).sum() / max(count.sum(), 1)),
            "count": count.astype(int).tolist(),
            "confidence": (confidence / filled).tolist(),
            "accuracy": (right / filled).tolist(),
        }


class LabelScore(Score):
    """Of several classes at once: each by itself, from its threshold on.

    Targets are 0 or 1, (batch, classes); −1 is left out.
    """

    def __init__(self, prediction: IndependentProbabilities) -> None:
        self._prediction, self._classes = prediction, prediction.classes
        super().__init__(4 * len(self._classes))

    @property
    def value(self) -> float:
        """Macro-F1."""
        return self.told["macro_f1"]

    def report(self) -> dict[str, Any]:
        """Return the two numbers, how many labels were scored, and precision, recall and F1 of each class."""
        each, counts = self._each(self._total), self._counts(self._total)
        support = counts[1].sum(axis=0)
        per_class = [
            {
                "value": c.value,
                "name": c.name,
                **{k: float(v[n]) for k, v in each.items()},
                "support": int(support[n]),
            }
            for n, c in enumerate(self._classes)
        ]
        averaged = metrics.averaged_over(support, [c.name for c in self._classes])
        return self.told | {"averaged_over": averaged, "samples": int(counts.sum()), "per_class": per_class}

    def _summed(self, answers: Array, targets: Array) -> Array:
        if targets.shape[1] != len(self._classes):
            raise ValueError(f"{targets.shape[1]} labels of {len(self._classes)} classes")
        said = self._prediction.said(answers)
        cells = [(targets == wanted) & (said == answer) for wanted in (0, 1) for answer in (False, True)]
        return np.stack(cells, axis=1).reshape(len(targets), -1).astype(np.float64)

    def _told(self, total: Array) -> dict[str, float]:
        counts = self._counts(total)
        f1 = self._each(total)["f1"][counts[1].sum(axis=0) > 0]
        right = counts[0, 0].sum() + counts[1, 1].sum()
        macro = float(f1.mean()) if f1.size else 0.0
        return {"accuracy": float(right / max(counts.sum(), 1)), "macro_f1": macro}

    def _counts(self, total: Array) -> Array:
        """Return (is, said, classes)."""
        return total.reshape(2, 2, -1)

    def _each(self, total: Array) -> dict[str, Array]:
        counts = self._counts(total)
        hit, missed, wrong = counts[1, 1], counts[1, 0], counts[0, 1]
        return {
            "precision": hit / np.maximum(hit + wrong, 1),
            "recall": hit / np.maximum(hit + missed, 1),
            "f1": 2 * hit / np.maximum(2 * hit + missed + wrong, 1),
        }


class ValueScore(Score):
    """Of numbers: errors and the share of variance explained, in the unit of what is added.

    Targets are numbers, (batch, …); NaN is left out.
    """

    def __init__(self) -> None:
        super().__init__(6)
        self._first: float | None = None

    @property
    def value(self) -> float:
        """Minus the root of the mean squared error."""
        return -self.told["rmse"]

    def report(self) -> dict[str, Any]:
        """Return R², root mean squared error, mean absolute error, mean error (bias) and the number of values."""
        count, error, absolute, *_ = self._total
        n = max(count, 1)
        return self.told | {"mae": float(absolute / n), "bias": float(error / n), "samples": int(count)}

    def _summed(self, answers: Array, targets: Array) -> Array:
        """Sum 1, error, |error|, error², target, target²; the last two less the first target, to lose nothing."""
        known = ~np.isnan(targets)
        if self._first is None and known.any():
            self._first = float(targets[known][0])
        error = np.where(known, answers[:, 0].astype(np.float64) - targets, 0)
        moved = np.where(known, targets.astype(np.float64) - (self._first or 0.0), 0)
        each = np.stack([known, error, np.abs(error), error**2, moved, moved**2], axis=1)
        sums: Array = each.reshape(len(targets), 6, -1).sum(axis=2)
        return sums

    def _told(self, total: Array) -> dict[str, float]:
        n, _, _, squared, moved, moved2 = total
        spread = moved2 - moved**2 / max(n, 1)
        return {
            "r2": float(1 - squared / spread) if spread > 0 else 0.0,
            "rmse": float(np.sqrt(squared / max(n, 1))),
        }
