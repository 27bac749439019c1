"""From the loss of each element, or of each place, to what a loss gives: their mean, their sum, or each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.upstream import element, gathered, heard


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


def explaining_slopes(
    operator: str, gradient: Callable[..., dict[str, Array]], **formulas: str
) -> Callable[..., Explanation]:
    """Make ``explain_gradient`` of a loss: one term, the upstream value that an element hears, times its slope.

    A loss gives one number, which all elements hear, or with reduction ``"none"`` one for each element or place,
    which its own elements hear. So the slope is what the gradient makes of an upstream 1.

    Parameters
    ----------
    operator
        Its name.
    gradient
        The loss's gradient, ``gradient(upstream, x, target, …)``.
    formulas
        For each operand that has a gradient, the slope before the mean divides it.
    """

    def explain_gradient(
        operand: str, index: Index, upstream: Array, x: Array, *rest: Array | None, **attributes: Any
    ) -> Explanation:
        slopes = gradient(np.ones_like(upstream), x, *rest, **attributes)
        index = element(operator, operand, index, **slopes)
        term = heard(upstream, listens_to(index, upstream, x), slopes[operand][index], index, operand)
        formula = f"∂{operand} = g · {formulas[operand]}"
        if attributes.get("reduction", "mean") == "mean":
            formula += " / n"
        return gathered(operator, operand, index, formula, (term,))

    return explain_gradient


def listens_to(index: Index, upstream: Array, x: Array) -> Index:
    """Return the upstream element that an element of x hears: the only one, its own, or that of its place."""
    if upstream.ndim == 0:
        return ()
    return index if upstream.ndim == x.ndim else (index[0], *index[2:])
