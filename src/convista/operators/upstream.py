"""Why one element of a gradient is what it is: what it hears from upstream.

By the chain rule ∂x = Σ g[o] · ∂O[o]/∂x over the outputs o that read the element, g being the gradient that came
back to the outputs. So the terms of every gradient are alike: an upstream value, and as its factor how much that
output changes with the element. Where an output is a sum of products, the factor is what the element met there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from convista.errors import ConvistaError
from convista.operators.explanation import Array, Explanation, Index, Term, summed


def element(operator: str, operand: str, index: Index, **given: Array | None) -> Index:
    """Return the index if it names an element of the operand, one of those given, which have a gradient.

    Raises
    ------
    ConvistaError
        If the operand has no gradient, was left out, or has no such element.
    """
    values = given.get(operand)
    if values is None:
        known = ", ".join(name for name, array in given.items() if array is not None) or "–"
        raise ConvistaError("operators.no_gradient", operator=operator, operand=operand, known=known)
    if len(index) != values.ndim or not all(0 <= i < n for i, n in zip(index, values.shape, strict=True)):
        raise ConvistaError("operators.no_such_element", index=index, operand=operand, shape=values.shape)
    return tuple(int(i) for i in index)


def upstream_term(
    upstream: Array, at: Index, factor: float = 1.0, by: Index | None = None, of: str = "weight"
) -> Term:
    """Make the term of one upstream element; its factor is or is made of the element ``by`` of operand ``of``."""
    value, factor = float(upstream[at]), float(factor)
    return Term("upstream", at, value, factor, by, value * factor, factor_operand=of)


def gradient_explanation(
    operator: str,
    operand: str,
    index: Index,
    formula: str,
    terms: Iterable[Term],
    notes: Mapping[str, float] | None = None,
) -> Explanation:
    """Return the explanation of an element of the gradient with respect to an operand: the sum of what it hears."""
    return summed(operator, index, formula, tuple(terms), notes=notes, gradient_of=operand)


def written(index: Iterable[int]) -> str:
    """Write positions for a formula: 3,0,1."""
    return ",".join(map(str, index))
