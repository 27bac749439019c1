"""One of two numbers, element by element: the larger, the smaller, or the one that a mask says.

Shapes are broadcast, as in `arithmetic`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from convista.operators.arithmetic import behind, copies, gather
from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.upstream import element, gathered, heard

Weigh = Callable[..., Array]
"""How much of x there is in each element of the output: 1, 0, or one half; the rest is of y."""


def maximum(x: Array, y: Array) -> Array:
    """Take the larger: z = max(x, y)."""
    return np.maximum(x, y)


def minimum(x: Array, y: Array) -> Array:
    """Take the smaller: z = min(x, y)."""
    return np.minimum(x, y)


def where(condition: Array, x: Array, y: Array) -> Array:
    """Take x where the condition holds, else y."""
    return np.where(condition, x, y)


def larger(x: Array, y: Array) -> Array:
    """Return 1 where x > y, 0 where it is smaller; one half of equals, whose gradient torch divides."""
    return np.where(x == y, 0.5, x > y)


def smaller(x: Array, y: Array) -> Array:
    """Return 1 where x < y, 0 where it is larger; one half of equals."""
    return np.where(x == y, 0.5, x < y)


def chosen(x: Array, y: Array, condition: Array) -> Array:
    """Return 1 where the condition holds, else 0."""
    return np.broadcast_to(condition, np.broadcast_shapes(x.shape, y.shape, condition.shape)).astype(float)


def _gradient(weigh: Weigh, upstream: Array, x: Array, y: Array, **mask: Array) -> dict[str, Array]:
    """Divide the upstream gradient by what there is of each operand in the output."""
    of_x = weigh(x, y, **mask)
    return {"x": gather(upstream * of_x, x.shape), "y": gather(upstream * (1 - of_x), y.shape)}


def _explain(name: str, formula: str, weigh: Weigh, index: Index, x: Array, y: Array, **mask: Array) -> Explanation:
    """One term for each operand; the one that was not taken counts 0 times, equals half each."""
    of_x = weigh(x, y, **mask)
    index = inside(index, of_x.shape)
    terms = []
    for operand, values, factor in (("x", x, float(of_x[index])), ("y", y, 1 - float(of_x[index]))):
        at = behind(index, values)
        value = float(values[at])
        # A factor of 0 leaves nothing of a value, not even of an infinite one.
        terms.append(Term(operand, at, value, factor, None, value * factor if factor else 0.0))
    return summed(name, index, formula, tuple(terms))


def _explain_gradient(
    name: str, weigh: Weigh, operand: str, index: Index, upstream: Array, x: Array, y: Array, **mask: Array
) -> Explanation:
    """One term for each copy of the element, times 1 where it was taken."""
    index = element(name, operand, index, x=x, y=y)
    of_x = weigh(x, y, **mask)
    own, shape = (of_x, x.shape) if operand == "x" else (1 - of_x, y.shape)
    terms = [heard(upstream, at, own[at]) for at in copies(index, shape, upstream.shape)]
    return gathered(name, operand, index, f"∂{operand} = Σ g · ∂z/∂{operand}", terms)


def _choice(name: str, define: Callable[..., Array], weigh: Weigh, formula: str) -> Operator:
    return Operator(
        name,
        define,
        partial(_gradient, weigh),
        partial(_explain, name, formula, weigh),
        partial(_explain_gradient, name, weigh),
    )


MAXIMUM = _choice("maximum", maximum, larger, "z = max(x, y)")
MINIMUM = _choice("minimum", minimum, smaller, "z = min(x, y)")
WHERE = _choice("where", where, chosen, "z = x if condition else y")
