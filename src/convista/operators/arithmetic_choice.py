"""One of two numbers, element by element: the larger, the smaller, or the one that a mask says.

Shapes are broadcast, as in `arithmetic`.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from convista.operators.arithmetic import behind, copies, gather
from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator
from convista.operators.upstream import element, gradient_explanation, upstream_term


@dataclass(frozen=True, kw_only=True)
class Choice(Operator):
    """What such choices share: each element of the output is that of x, that of y, or half of both."""

    finishes_a_layer = True
    formula: ClassVar[str]

    @abstractmethod
    def of_x(self, *operands: Any, **by_name: Any) -> Array:
        """Return how much of x there is in each element of the output: 1, 0, or one half; the rest is of y."""

    def gradient(self, upstream: Array, x: Array, y: Array, **condition: Array) -> dict[str, Array]:
        """Divide the upstream gradient by what there is of each operand in the output."""
        of_x = self.of_x(x, y, **condition)
        return {"x": gather(upstream * of_x, x.shape), "y": gather(upstream * (1 - of_x), y.shape)}

    def explain(self, index: Index, x: Array, y: Array, **condition: Array) -> Explanation:
        """One term for each operand; the one that was not taken counts 0 times, equals half each."""
        of_x = self.of_x(x, y, **condition)
        index = inside(index, of_x.shape)
        terms = []
        for operand, values, factor in (("x", x, float(of_x[index])), ("y", y, 1 - float(of_x[index]))):
            at = behind(index, values)
            value = float(values[at])
            # A factor of 0 leaves nothing of a value, not even of an infinite one.
            terms.append(Term(operand, at, value, factor, None, value * factor if factor else 0.0))
        return summed(self.name, index, self.formula, tuple(terms))

    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, x: Array, y: Array, **condition: Array
    ) -> Explanation:
        """One term for each copy of the element, times 1 where it was taken."""
        index = element(self.name, operand, index, x=x, y=y)
        of_x = self.of_x(x, y, **condition)
        own, shape = (of_x, x.shape) if operand == "x" else (1 - of_x, y.shape)
        terms = [upstream_term(upstream, at, own[at]) for at in copies(index, shape, upstream.shape)]
        return gradient_explanation(self.name, operand, index, f"∂{operand} = Σ g · ∂z/∂{operand}", terms)


@dataclass(frozen=True, kw_only=True)
class Maximum(Choice):
    """Take the larger: z = max(x, y)."""

    names = ("maximum",)
    formula = "z = max(x, y)"

    def value(self, x: Array, y: Array) -> Array:
        """Return max(x, y)."""
        return np.maximum(x, y)

    def of_x(self, x: Array, y: Array) -> Array:
        """Return 1 where x > y, 0 where it is smaller; one half of equals, whose gradient torch divides."""
        return np.where(x == y, 0.5, x > y)


@dataclass(frozen=True, kw_only=True)
class Minimum(Choice):
    """Take the smaller: z = min(x, y)."""

    names = ("minimum",)
    formula = "z = min(x, y)"

    def value(self, x: Array, y: Array) -> Array:
        """Return min(x, y)."""
        return np.minimum(x, y)

    def of_x(self, x: Array, y: Array) -> Array:
        """Return 1 where x < y, 0 where it is larger; one half of equals."""
        return np.where(x == y, 0.5, x < y)


@dataclass(frozen=True, kw_only=True)
class Where(Choice):
    """Take x where a condition holds, else y."""

    names = ("where",)
    formula = "z = x if condition else y"

    def value(self, x: Array, y: Array, condition: Array) -> Array:
        """Return x if condition else y."""
        return np.where(condition, x, y)

    def of_x(self, x: Array, y: Array, condition: Array) -> Array:
        """Return 1 where the condition holds, else 0."""
        return np.broadcast_to(condition, np.broadcast_shapes(x.shape, y.shape, condition.shape)).astype(float)
