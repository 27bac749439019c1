"""Focal loss: cross-entropy that turns away from what is already known (Lin et al. 2017).

−α·(1 − p)^γ·log p, p being the probability given to the truth: where it is near 1, (1 − p)^γ leaves next to
nothing, so that many easy places do not drown a few hard ones. γ = 0 is cross-entropy. The mean divides by the
number of places that count, not by their α.
"""

from __future__ import annotations

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, inside
from convista.operators.loss_places import (
    IGNORED,
    counted_weight,
    explain_places,
    own_weights,
    picked,
    raised,
    to_counted,
)
from convista.operators.loss_reduction import explain_elements, explaining_slopes, formula, reduce, share
from convista.operators.softmax import log_softmax, softmax

_BODY = "−α·(1 − p)^γ·log p"


def focal(
    x: Array,
    target: Array,
    weight: Array | None = None,
    *,
    gamma: float,
    ignored: int = IGNORED,
    reduction: str = "mean",
) -> Array:
    """Average −α·(1 − p)^γ·log p, p the softmax at the true class.

    Parameters
    ----------
    x
        Logits, (batch, classes, …).
    target
        Positions of the true classes, (batch, …), integers from 0.
    weight
        α, one number a class; None for 1. A constant: no gradient is given for it.
    gamma
        γ, 0 or more.
    ignored
        A place with this target counts nowhere.
    reduction
        ``"mean"``, ``"sum"``, or ``"none"`` for the loss of each place, (batch, …).
    """
    losses = _losses(x, target, weight, gamma, ignored)
    return reduce(losses, reduction, counted_weight(target, None, ignored))


def focal_gradient(
    upstream: Array,
    x: Array,
    target: Array,
    weight: Array | None = None,
    *,
    gamma: float,
    ignored: int = IGNORED,
    reduction: str = "mean",
) -> dict[str, Array]:
    """Return ∂x_j = ∂L/∂log p · ([j = target] − p_j), with ∂L/∂log p from `_slope`."""
    log_p = picked(log_softmax(x, axis=1), target, ignored)
    along = own_weights(target, weight, ignored) * _slope(log_p, gamma)
    truth = np.moveaxis(np.eye(x.shape[1])[np.where(target == ignored, 0, target)], -1, 1)
    slope = along[:, None] * (truth - softmax(x, axis=1))
    return to_counted(slope, upstream, target, None, ignored, reduction)


def explain_focal(
    index: Index,
    x: Array,
    target: Array,
    weight: Array | None = None,
    *,
    gamma: float,
    ignored: int = IGNORED,
    reduction: str = "mean",
) -> Explanation:
    """Take the loss apart: that of one place by its logits, that of several by the places.

    For one place the terms are exp(x_j − m), m the largest logit; their sum makes p, and p the value. For several
    there is one term a place, at its true class. Ignored places are not among them.
    """
    losses = _losses(x, target, weight, gamma, ignored)
    losses = losses * share(counted_weight(target, None, ignored), reduction)
    index = inside(index, target.shape if reduction == "none" else ())
    if reduction != "none" and target.size > 1:
        return explain_places("focal", index, formula(_BODY, reduction), x, target, losses, ignored)
    place = index or (0,) * target.ndim
    terms, largest = raised(x, place)
    total = float(sum(term.contribution for term in terms))
    true = 0 if target[place] == ignored else int(target[place])
    return Explanation(
        operator="focal",
        index=index,
        formula=formula(_BODY, "none"),
        terms=terms,
        bias=0.0,
        total=total,
        value=float(losses[place]),
        closing=f"{_BODY}, p = exp(z[target] − m) / Σ",
        notes={
            "m": largest,
            "p": terms[true].contribution / total,
            "α": float(own_weights(target, weight, ignored)[place]),
            "γ": gamma,
        },
    )


def binary_focal(
    x: Array, target: Array, *, gamma: float, alpha: float | None = None, reduction: str = "mean"
) -> Array:
    """Average −α·(1 − p)^γ·log p, p = σ(x) where the target is 1 and σ(−x) where it is 0.

    Parameters
    ----------
    x
        Logits, of any shape.
    target
        0 or 1 for each of them.
    alpha
        α where the target is 1, and 1 − α where it is 0; None for 1 everywhere.
    gamma, reduction
        As in `focal`.
    """
    return reduce(_binary_losses(x, target, gamma, alpha), reduction)


def binary_focal_gradient(
    upstream: Array,
    x: Array,
    target: Array,
    *,
    gamma: float,
    alpha: float | None = None,
    reduction: str = "mean",
) -> dict[str, Array]:
    """Return ∂x = ±∂L/∂log p · (1 − p), with + where the target is 1."""
    side = np.where(target == 1, 1.0, -1.0)
    log_p = -np.logaddexp(0, -side * x)
    slope = _alphas(target, alpha) * _slope(log_p, gamma) * side * -np.expm1(log_p)
    return {"x": upstream * slope * share(x.size, reduction)}


def explain_binary_focal(
    index: Index,
    x: Array,
    target: Array,
    *,
    gamma: float,
    alpha: float | None = None,
    reduction: str = "mean",
) -> Explanation:
    """One term for each element, what its loss adds."""
    notes = {"γ": gamma} if alpha is None else {"γ": gamma, "α": alpha}
    losses = _binary_losses(x, target, gamma, alpha)
    return explain_elements("binary_focal", index, _BODY, x, losses, reduction, notes)


def _losses(x: Array, target: Array, weight: Array | None, gamma: float, ignored: int) -> Array:
    log_p = picked(log_softmax(x, axis=1), target, ignored)
    return np.where(target != ignored, -own_weights(target, weight, ignored) * _missing(log_p) ** gamma * log_p, 0)


def _binary_losses(x: Array, target: Array, gamma: float, alpha: float | None) -> Array:
    log_p = -np.logaddexp(0, np.where(target == 1, -x, x))
    return -_alphas(target, alpha) * _missing(log_p) ** gamma * log_p


def _alphas(target: Array, alpha: float | None) -> Array:
    return np.ones(target.shape) if alpha is None else np.where(target == 1, alpha, 1 - alpha)


def _slope(log_p: Array, gamma: float) -> Array:
    """Return ∂L/∂log p = −(1 − p)^γ + γ·(1 − p)^(γ − 1)·p·log p, before α."""
    missing = _missing(log_p)
    return -(missing**gamma) + gamma * missing ** (gamma - 1) * np.exp(log_p) * log_p


def _missing(log_p: Array) -> Array:
    """Return 1 − p without cancelling, and never 0, so that any power of it is finite."""
    return np.maximum(-np.expm1(log_p), np.finfo(log_p.dtype).tiny)


FOCAL = Operator(
    "focal",
    focal,
    focal_gradient,
    explain_focal,
    explaining_slopes("focal", focal_gradient, x="∂L/∂log p · ([target] − pⱼ)"),
    cancels=True,
)
BINARY_FOCAL = Operator(
    "binary_focal",
    binary_focal,
    binary_focal_gradient,
    explain_binary_focal,
    explaining_slopes("binary_focal", binary_focal_gradient, x="∂L/∂log p · ±(1 − p)"),
    cancels=True,
)
