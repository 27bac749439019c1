"""From the loss of each element, or of each place, to what a loss gives: their mean, their sum, or each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator
from convista.operators.upstream import element, gradient_explanation, upstream_term

Reduction = Literal["mean", "sum", "none"]


@dataclass(frozen=True, kw_only=True)
class Loss(Operator):
    """What losses share: how far a prediction, x, is from a target."""

    slope_of_x: ClassVar[str] = ""
    """How its slope is written, before a mean divides it."""
    slope_of_target: ClassVar[str] = ""
    """The same for the target, where it has a gradient."""

    @property
    def is_mean(self) -> bool:
        """Whether its slopes are divided by a number of elements."""
        return True

    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, x: Array, *others: Any, **by_name: Any
    ) -> Explanation:
        """One term: the upstream value that an element hears, times its slope.

        A loss gives one number, which all elements hear, or one for each element or place, which its own elements
        hear. So the slope is what the gradient makes of an upstream 1.
        """
        slopes = self.gradient(np.ones_like(upstream), x, *others, **by_name)
        index = element(self.name, operand, index, **slopes)
        term = upstream_term(upstream, listens_to(index, upstream, x), slopes[operand][index], index, operand)
        slope = self.slope_of_x if operand == "x" else self.slope_of_target
        formula = f"∂{operand} = g · {slope}" + (" / n" if self.is_mean else "")
        return gradient_explanation(self.name, operand, index, formula, (term,))

    def reads(self, wanted: Array, x: Array, target: Array, **constants: Array) -> dict[str, Array]:
        """Return what the gradient says at ones against a target of zeros: where both agree a loss is flat."""
        zeros = np.zeros_like(target) if target.dtype.kind == "f" else target
        ones = {name: np.ones_like(values) for name, values in constants.items()}
        return self.gradient(wanted, np.ones_like(x), zeros, **ones)


@dataclass(frozen=True, kw_only=True)
class ReducedLoss(Loss):
    """What losses share that make one number of many."""

    reduction: Reduction = "mean"
    """``"none"`` for the loss of each element, or of each place."""

    @property
    def is_mean(self) -> bool:
        """Whether its slopes are divided by a number of elements."""
        return self.reduction == "mean"

    def reduced(self, losses: Array, count: float | None = None) -> Array:
        """Return the mean or the sum, of shape (), or the losses as they are.

        The mean divides by ``count``, which is the number of losses if it is not given; of nothing it is NaN.
        """
        if self.reduction == "none":
            return losses
        return np.asarray(losses.sum() * self.share(losses.size if count is None else count))

    def share(self, count: float) -> float:
        """Return what one loss counts in the whole: 1 / count in a mean, else 1."""
        if self.reduction != "mean":
            return 1.0
        return 1 / count if count else float("nan")

    def formula(self, body: str, count: str = "n") -> str:
        """Write the definition of a loss whose elements are ``body``."""
        whole = {"mean": f"L = Σ {body} / {count}", "sum": f"L = Σ {body}", "none": f"L = {body}"}
        return whole[self.reduction]

    def explain_elements(
        self, index: Index, body: str, x: Array, losses: Array, notes: Mapping[str, float] | None = None
    ) -> Explanation:
        """Take a loss of elements apart: one term for each element of x, what its loss adds."""
        index = inside(index, losses.shape if self.reduction == "none" else ())
        part = self.share(losses.size)
        seen = [index] if self.reduction == "none" else np.ndindex(losses.shape)
        terms = tuple(Term("x", at, float(x[at]), None, None, float(losses[at]) * part) for at in seen)
        return summed(self.name, index, self.formula(body), terms, notes=notes)


def listens_to(index: Index, upstream: Array, x: Array) -> Index:
    """Return the upstream element that an element of x hears: the only one, its own, or that of its place."""
    if upstream.ndim == 0:
        return ()
    return index if upstream.ndim == x.ndim else (index[0], *index[2:])
