"""Binary cross-entropy: each element is a yes or no of its own, told by a probability or by a logit.

``x`` and ``target`` have one shape; targets are 0 … 1, most often 0 or 1. ``weight`` meets x by broadcasting and
multiplies each element's loss; the mean divides by the number of elements, not by their weights. Weights are
constants: no gradient is given for them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convista.operators.activation import Sigmoid
from convista.operators.explanation import Array, Explanation, Index
from convista.operators.loss_reduction import ReducedLoss

# Torch lets no logarithm fall below −100 and no slope rise above 1e12, so that a wrong certainty stays finite.
_LOG_FLOOR, _SLOPE_FLOOR = -100.0, 1e-12


@dataclass(frozen=True, kw_only=True)
class BinaryCrossEntropy(ReducedLoss):
    """Average the surprise at each answer: L = mean −w·(t·log p + (1 − t)·log(1 − p)), logarithms at least −100."""

    names = ("binary_cross_entropy",)
    slope_of_x, slope_of_target = "w·(p − t) / (p·(1 − p))", "w·(log(1 − p) − log p)"

    def value(self, x: Array, target: Array, weight: Array | None = None) -> Array:
        """Return mean −w·(t·log p + (1 − t)·log(1 − p)).

        Parameters
        ----------
        x
            Probabilities p, 0 … 1.
        """
        return self.reduced(_surprise(x, target, weight))

    def gradient(self, upstream: Array, x: Array, target: Array, weight: Array | None = None) -> dict[str, Array]:
        """Return ∂x = w·(p − t) / (p·(1 − p)) / n and ∂target = w·(log(1 − p) − log p) / n."""
        part = upstream * _times(weight) * self.share(x.size)
        return {
            "x": part * (x - target) / np.maximum(x * (1 - x), _SLOPE_FLOOR),
            "target": part * (_log(1 - x) - _log(x)),
        }

    def explain(self, index: Index, x: Array, target: Array, weight: Array | None = None) -> Explanation:
        """One term for each element, its surprise."""
        body = f"−{'' if weight is None else 'w·'}(t·log p + (1 − t)·log(1 − p))"
        return self.explain_elements(index, body, x, _surprise(x, target, weight))


@dataclass(frozen=True, kw_only=True)
class BinaryCrossEntropyLogits(ReducedLoss):
    """Average the surprise at each answer: L = mean −w·(q·t·log σ(x) + (1 − t)·log σ(−x)).

    The logarithms are taken of the logits, log σ(x) = −log(1 + e^−x), and stay finite for any of them.
    """

    names = ("binary_cross_entropy_logits",)
    cancels = True
    slope_of_x, slope_of_target = "w·((1 − t)·σ(x) − q·t·σ(−x))", "w·(log σ(−x) − q·log σ(x))"

    def value(self, x: Array, target: Array, weight: Array | None = None, positive: Array | None = None) -> Array:
        """Return mean −w·(q·t·log σ(x) + (1 − t)·log σ(−x)).

        Parameters
        ----------
        x
            Logits.
        positive
            q, by which a yes counts more or less than a no; meets x by broadcasting; None for 1.
        """
        return self.reduced(_surprise_of_logits(x, target, weight, positive))

    def gradient(
        self, upstream: Array, x: Array, target: Array, weight: Array | None = None, positive: Array | None = None
    ) -> dict[str, Array]:
        """Return ∂x = w·((1 − t)·σ(x) − q·t·σ(−x)) / n, without q predicted minus true; and ∂target."""
        part = upstream * _times(weight) * self.share(x.size)
        more, sigmoid = _times(positive), Sigmoid().value
        return {
            "x": part * ((1 - target) * sigmoid(x) - more * target * sigmoid(-x)),
            "target": part * (_log_sigmoid(-x) - more * _log_sigmoid(x)),
        }

    def explain(
        self, index: Index, x: Array, target: Array, weight: Array | None = None, positive: Array | None = None
    ) -> Explanation:
        """One term for each element, its surprise."""
        w, q = "" if weight is None else "w·", "" if positive is None else "q·"
        body = f"−{w}({q}t·log σ(x) + (1 − t)·log σ(−x))"
        return self.explain_elements(index, body, x, _surprise_of_logits(x, target, weight, positive))


def _surprise(x: Array, target: Array, weight: Array | None) -> Array:
    return -_times(weight) * (target * _log(x) + (1 - target) * _log(1 - x))


def _surprise_of_logits(x: Array, target: Array, weight: Array | None, positive: Array | None) -> Array:
    yes, no = _times(positive) * target * _log_sigmoid(x), (1 - target) * _log_sigmoid(-x)
    return -_times(weight) * (yes + no)


def _log(p: Array) -> Array:
    return np.log(np.maximum(p, np.exp(_LOG_FLOOR)))


def _log_sigmoid(x: Array) -> Array:
    return -np.logaddexp(0, -x)


def _times(weight: Array | None) -> Array:
    return np.ones(()) if weight is None else weight
