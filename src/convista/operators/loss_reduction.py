"""From the loss of each element, or of each place, to what a loss gives: their mean, their sum, or each of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed


def reduce(losses: Array, reduction: str, count: float | None = None) -> Array:
    """Return the ``"mean"`` or the ``"sum"``, of shape (), or with ``"none"`` the losses as they are.

    The mean divides by ``count``, which is the number of losses if it is not given; of nothing it is NaN.
    """
    if reduction == "none":
        return losses
    return np.asarray(losses.sum() * share(losses.size if count is None else count, reduction))


def share(count: float, reduction: str) -> float:
    """Return what one loss counts in the whole: 1 / count in a mean, else 1."""
    if reduction != "mean":
        return 1.0
    return 1 / count if count else float("nan")


def formula(body: str, reduction: str, count: str = "n") -> str:
    """Write the definition of a loss whose elements are ``body``."""
    return {"mean": f"L = Σ {body} / {count}", "sum": f"L = Σ {body}", "none": f"L = {body}"}[reduction]


def explain_elements(
    operator: str,
    index: Index,
    body: str,
    x: Array,
    losses: Array,
    reduction: str,
    notes: Mapping[str, float] | None = None,
) -> Explanation:
    """Take a loss of elements apart: one term for each element of x, what its loss adds."""
    index = inside(index, losses.shape if reduction == "none" else ())
    part = share(losses.size, reduction)
    seen = [index] if reduction == "none" else np.ndindex(losses.shape)
    terms = tuple(Term("x", at, float(x[at]), None, None, float(losses[at]) * part) for at in seen)
    return summed(operator, index, formula(body, reduction), terms, notes=notes)
