"""From which probability on a class should be said."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def best_thresholds(probabilities: NDArray[np.floating], targets: NDArray[Any]) -> tuple[float, ...]:
    """Return `best_threshold` of each class, of probabilities and targets (samples, classes); −1 is left out."""
    known = targets >= 0
    columns = range(targets.shape[1])
    return tuple(best_threshold(probabilities[known[:, n], n], targets[known[:, n], n] == 1) for n in columns)


def best_threshold(probabilities: NDArray[np.floating], positive: NDArray[np.bool_]) -> float:
    """Return the probability from which on a class should be said for the highest F1, 2·hits / (said + there are).

    It lies halfway between two probabilities that occur; one half where the class does not occur.

    Parameters
    ----------
    probabilities, positive
        Of the class, and whether it is there, (samples,).
    """
    if not positive.any():
        return 0.5
    order = np.argsort(-probabilities, kind="stable")
    ranked = np.append(probabilities[order].astype(np.float64), 0.0)
    f1 = 2 * np.cumsum(positive[order]) / (np.arange(1, len(order) + 1) + positive.sum())
    f1[ranked[:-1] == ranked[1:]] = -1  # the same probability is said of both
    last = int(f1.argmax())
    return float(ranked[last] + ranked[last + 1]) / 2
