"""An activation with a parameter that is learned: how much of the negative leaks through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator
from convista.operators.upstream import element, gradient_explanation, upstream_term


@dataclass(frozen=True, kw_only=True)
class Prelu(Operator):
    """Leak with a learned α: f(x) = x if x > 0 else α·x, one α for all or one a channel (He et al. 2015).

    ``x`` is (batch, channels, …) and ``weight`` (1,) or (channels,).
    """

    names = ("prelu",)
    finishes_a_layer = True

    def value(self, x: Array, weight: Array) -> Array:
        """Return x if x > 0 else α·x."""
        return np.where(x > 0, x, _per_channel(weight, x) * x)

    def gradient(self, upstream: Array, x: Array, weight: Array) -> dict[str, Array]:
        """Return the gradients for x, and for each α over all negative values it was applied to."""
        to_alpha = upstream * np.minimum(x, 0)
        others = tuple(axis for axis in range(x.ndim) if axis != 1 or len(weight) == 1)
        return {
            "x": upstream * np.where(x > 0, 1.0, _per_channel(weight, x)),
            "weight": to_alpha.sum(axis=others).reshape(weight.shape),
        }

    def explain(self, index: Index, x: Array, weight: Array) -> Explanation:
        """One term: the value times 1 where it is positive, else times its channel's α."""
        index = inside(index, x.shape)
        which = index[1] if len(weight) > 1 else 0
        value = float(x[index])
        positive = value > 0
        factor = 1.0 if positive else float(weight[which])
        term = Term("x", index, value, factor, None if positive else (which,), value * factor)
        return summed(self.name, index, "y = x if x > 0 else α·x", (term,))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array, weight: Array) -> Explanation:
        """Take one element of a gradient apart.

        x hears its own upstream value, times 1 or its channel's α. An α hears every place where it was applied:
        where x is not positive.
        """
        index = element(self.name, operand, index, x=x, weight=weight)
        if operand == "x":
            which = index[1] if len(weight) > 1 else 0
            leaks = not x[index] > 0
            term = (
                upstream_term(upstream, index, weight[which], (which,)) if leaks else upstream_term(upstream, index)
            )
            return gradient_explanation(self.name, operand, index, "∂x = g if x > 0 else g·α", (term,))
        channel = np.arange(x.shape[1]) == index[0] if len(weight) > 1 else np.ones(1, bool)
        used = np.argwhere(~(x > 0) & _per_channel(channel, x))
        terms = [upstream_term(upstream, at, x[at], at, "x") for at in map(tuple, used.tolist())]
        return gradient_explanation(self.name, operand, index, "∂α = Σ g · x · [x ≤ 0]", terms)


def _per_channel(weight: Array, x: Array) -> Array:
    return weight.reshape(1, -1, *[1] * (x.ndim - 2)) if x.ndim > 1 else weight
