"""Scores that grow by batches are those of all at once."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from convista.learning.scores.scoring import BINS, ClassScore, LabelScore, ValueScore
from convista.learning.tasks.prediction import ExclusiveProbabilities, IndependentProbabilities
from convista.scenes import ClassInfo

CLASSES = tuple(ClassInfo(n, f"c{n}", (0, 0, 0)) for n in (1, 4, 9))
RNG = np.random.default_rng(0)


def probabilities(*shape: int) -> NDArray[np.float64]:
    raw = RNG.random((shape[0], 3, *shape[1:]))
    shares: NDArray[np.float64] = raw / raw.sum(axis=1, keepdims=True)
    return shares


@pytest.mark.parametrize("shape", [(40,), (12, 5, 6)])
def test_classes(shape: tuple[int, ...]) -> None:
    answers, targets = probabilities(*shape), RNG.integers(-1, 3, shape)
    score = ClassScore(ExclusiveProbabilities(CLASSES))
    half = shape[0] // 2
    score.add(answers[:half], targets[:half], np.arange(half))
    score.add(answers[half:], targets[half:], np.arange(half, shape[0]))
    known = targets >= 0
    chosen = answers.argmax(axis=1)
    assert score.told["accuracy"] == pytest.approx((chosen == targets)[known].mean())
    assert score.confusion.sum() == known.sum()
    assert score.confusion[2, 0] == ((targets == 2) & (chosen == 0)).sum()
    report = score.report()
    assert json.loads(json.dumps(report)) == report


def test_calibration_is_the_difference_of_confidence_and_accuracy() -> None:
    answers, targets = probabilities(500), RNG.integers(0, 3, 500)
    score = ClassScore(ExclusiveProbabilities(CLASSES))
    score.add(answers, targets, np.arange(500))
    confidence, right = answers.max(axis=1), answers.argmax(axis=1) == targets
    expected = 0.0
    for n in range(BINS):
        inside = (confidence >= n / BINS) & (confidence < (n + 1) / BINS)
        if inside.any():
            expected += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    assert score.report()["calibration"]["expected_error"] == pytest.approx(expected)


def test_labels() -> None:
    answers, targets = RNG.random((50, 3)), RNG.integers(-1, 2, (50, 3))
    score = LabelScore(IndependentProbabilities(CLASSES))
    score.add(answers, targets, np.arange(50))
    said, known = answers >= 0.5, targets >= 0
    assert score.told["accuracy"] == pytest.approx((said == (targets == 1))[known].mean())
    hits = (said & (targets == 1)).sum(axis=0)
    f1 = 2 * hits / ((said & known).sum(axis=0) + (targets == 1).sum(axis=0))
    assert score.told["macro_f1"] == pytest.approx(f1.mean())
    assert [c["f1"] for c in score.report()["per_class"]] == pytest.approx(f1.tolist())


@pytest.mark.parametrize("shape", [(40,), (12, 5, 6)])
def test_values(shape: tuple[int, ...]) -> None:
    targets = 1e6 + RNG.normal(size=shape)
    answers = targets[:, None] + RNG.normal(0.1, 0.3, (shape[0], 1, *shape[1:]))
    targets[0] = np.nan
    score = ValueScore()
    score.add(answers[:7], targets[:7], np.arange(7))
    score.add(answers[7:], targets[7:], np.arange(7, shape[0]))
    error, wanted = (answers[:, 0] - targets)[1:], targets[1:]
    report = score.report()
    assert report["rmse"] == pytest.approx(np.sqrt((error**2).mean()))
    assert report["mae"] == pytest.approx(np.abs(error).mean())
    assert report["bias"] == pytest.approx(error.mean())
    assert report["r2"] == pytest.approx(1 - (error**2).sum() / ((wanted - wanted.mean()) ** 2).sum())


def test_an_interval_is_wider_where_samples_belong_together() -> None:
    answers = np.repeat(probabilities(40), 25, axis=0)
    targets = np.repeat(RNG.integers(0, 3, 40), 25)
    alone, together = ClassScore(ExclusiveProbabilities(CLASSES)), ClassScore(ExclusiveProbabilities(CLASSES))
    alone.add(answers, targets, np.arange(1000))
    together.add(answers, targets, np.repeat(np.arange(40), 25))
    (low, high), (lower, higher) = alone.interval()["accuracy"], together.interval()["accuracy"]
    assert lower < low < alone.told["accuracy"] < high < higher
    assert higher - lower > 3 * (high - low)
    one = ClassScore(ExclusiveProbabilities(CLASSES))
    one.add(answers, targets, np.zeros(1000, np.int64))
    assert one.interval() == {}
