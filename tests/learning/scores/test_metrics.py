from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convista.learning.scores import metrics

CONFUSION = np.array([[8, 2, 0], [1, 3, 0], [0, 0, 0]])


def test_counts_go_to_reference_row_and_predicted_column() -> None:
    found = metrics.confusion_matrix(np.array([0, 0, 1, 2]), np.array([0, 2, 1, 2]), 3)
    assert found.tolist() == [[1, 0, 1], [0, 1, 0], [0, 0, 1]]


def test_scores_by_hand() -> None:
    assert metrics.accuracy(CONFUSION) == pytest.approx(11 / 14)
    assert metrics.precision(CONFUSION) == pytest.approx([8 / 9, 3 / 5, 0])
    assert metrics.recall(CONFUSION) == pytest.approx([8 / 10, 3 / 4, 0])
    assert metrics.f1(CONFUSION) == pytest.approx([16 / 19, 6 / 9, 0])


def test_macro_f1_is_over_the_classes_that_occur() -> None:
    assert metrics.macro_f1(CONFUSION) == pytest.approx((16 / 19 + 6 / 9) / 2)


def test_intersection_over_union() -> None:
    confusion = np.array([[8, 2, 0], [1, 3, 0], [0, 0, 0]])
    assert metrics.iou(confusion).tolist() == [8 / 11, 3 / 6, 0]
    assert metrics.mean_iou(confusion) == pytest.approx((8 / 11 + 3 / 6) / 2)


def test_scores_are_json() -> None:
    told = metrics.scores(CONFUSION, [(1, "water"), (7, "town"), (9, "ice")])
    assert json.loads(json.dumps(told)) == told
    assert told["per_class"][1] == {
        "value": 7, "name": "town", "precision": 0.6, "recall": 0.75, "f1": pytest.approx(2 / 3), "iou": 0.5,
        "support": 4,
    }  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_f1_is_the_harmonic_mean(pairs: list[tuple[int, int]]) -> None:
    reference, predicted = np.array(pairs).T
    confusion = metrics.confusion_matrix(reference, predicted, 4)
    p, r = metrics.precision(confusion), metrics.recall(confusion)
    harmonic = np.divide(2 * p * r, p + r, out=np.zeros(4), where=p + r > 0)
    assert metrics.f1(confusion) == pytest.approx(harmonic)
    assert metrics.accuracy(confusion) == pytest.approx((reference == predicted).mean())
