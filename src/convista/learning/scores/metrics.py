"""How good predicted classes are: everything follows from the confusion matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
"""Confusion matrix, (reference classes, predicted classes)."""


def confusion_matrix(reference: NDArray[Any], predicted: NDArray[Any], classes: int) -> Counts:
    """Count how often each class (row) was predicted as each class (column); classes are 0 … classes − 1.

    Raises
    ------
    ValueError
        If there is any other: it would be counted as a class that it is not.
    """
    check_positions(reference, classes)
    check_positions(predicted, classes)
    pairs = reference.astype(np.int64).ravel() * classes + predicted.astype(np.int64).ravel()
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def check_positions(positions: NDArray[Any], classes: int) -> None:
    """See that positions are those of classes, 0 … classes − 1; ValueError if not."""
    if positions.size and not 0 <= positions.min() <= positions.max() < classes:
        raise ValueError(f"positions {positions.min()} … {positions.max()} of {classes} classes")


def averaged_over(support: NDArray[Any], names: Sequence[str]) -> dict[str, Any]:
    """Return over how many classes a mean is, ``classes`` of ``all``, and which have no sample, ``absent``."""
    absent = [name for name, n in zip(names, support, strict=True) if n == 0]
    return {"classes": len(names) - len(absent), "all": len(names), "absent": absent}


def accuracy(confusion: Counts) -> float:
    """Return the share of samples that were predicted right, 0 … 1."""
    return float(_ratio(np.trace(confusion), confusion.sum()))


def precision(confusion: Counts) -> NDArray[np.float64]:
    """Return, for each class, the share right among those predicted as it; 0 where there is none."""
    return _ratio(np.diag(confusion), confusion.sum(axis=0))


def recall(confusion: Counts) -> NDArray[np.float64]:
    """Return, for each class, the share found among those that are it; 0 where there is none."""
    return _ratio(np.diag(confusion), confusion.sum(axis=1))


def f1(confusion: Counts) -> NDArray[np.float64]:
    """Return, for each class, the harmonic mean of precision and recall; 0 where neither is defined."""
    return _ratio(2 * np.diag(confusion), confusion.sum(axis=0) + confusion.sum(axis=1))


def macro_f1(confusion: Counts) -> float:
    """Return the mean F1 over the classes that occur in the reference.

    A class that does not occur there has no recall, so it is left out; predicting it by mistake still costs the
    others.
    """
    present = confusion.sum(axis=1) > 0
    return float(f1(confusion)[present].mean()) if present.any() else 0.0


def iou(confusion: Counts) -> NDArray[np.float64]:
    """Return, for each class, intersection over union: right / (is it or predicted as it); 0 where neither."""
    right = np.diag(confusion)
    return _ratio(right, confusion.sum(axis=0) + confusion.sum(axis=1) - right)


def mean_iou(confusion: Counts) -> float:
    """Return the mean over the classes that occur in the reference."""
    occurring = confusion.sum(axis=1) > 0
    return float(iou(confusion)[occurring].mean()) if occurring.any() else 0.0


def scores(confusion: Counts, classes: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """Return every score as numbers, lists and text that JSON can hold; ``classes`` are (value, name)."""
    each = {"precision": precision, "recall": recall, "f1": f1, "iou": iou}
    columns = {name: measure(confusion) for name, measure in each.items()}
    support = confusion.sum(axis=1)
    per_class = [
        {"value": value, "name": name, **{m: float(column[n]) for m, column in columns.items()}}
        | {"support": int(support[n])}
        for n, (value, name) in enumerate(classes)
    ]
    return {
        "accuracy": accuracy(confusion),
        "macro_f1": macro_f1(confusion),
        "mean_iou": mean_iou(confusion),
        "averaged_over": averaged_over(support, [name for _, name in classes]),
        "samples": int(confusion.sum()),
        "per_class": per_class,
        "confusion": confusion.tolist(),
    }


def _ratio(part: Any, whole: Any) -> NDArray[np.float64]:
    part, whole = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    ratio: NDArray[np.float64] = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return ratio
