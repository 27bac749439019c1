"""Why one value is what it is: the terms that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError

Array = NDArray[Any]
Index = tuple[int, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Term:
    """One contribution to a value: what was read, what it was multiplied by, and what that gave."""

    operand: str
    """Which operand was read, by its name in the definition: ``"x"``."""
    index: Index
    """The element of that operand, batch first."""
    value: float
    """The element's value."""
    factor: float | None
    """What the value was multiplied by; None where the contribution is not a product."""
    factor_index: Index | None
    """The element of `factor_operand` that the factor is or is made of; None where it is a plain number."""
    contribution: float
    """What the term adds to the total."""
    factor_operand: str = field(default="weight", kw_only=True)
    """Which operand the factor was read from, where `factor_index` says that it was."""

    def __repr__(self) -> str:
        by = "" if self.factor is None else f" × {self.factor:.6g}"
        return f"<{self.operand}{list(self.index)} = {self.value:.6g}{by} → {self.contribution:.6g}>"


@dataclass(frozen=True, repr=False)
class Explanation:
    """One output value of an operator, or one element of a gradient, taken apart.

    ``total`` is the sum of the terms' contributions and the bias; ``value`` is the total, or what `closing`
    makes of it (a softmax divides by it, a cross-entropy takes its logarithm). Everything is float64.
    """

    operator: str
    index: Index
    formula: str
    """The definition of this element, as a line of text."""
    terms: tuple[Term, ...]
    bias: float
    total: float
    value: float
    closing: str | None = None
    """How ``value`` follows from ``total``; None where they are the same."""
    notes: Mapping[str, float] = field(default_factory=dict)
    """Other numbers that the formula names, such as a mean or the largest logit."""
    gradient_of: str | None = None
    """The operand of whose gradient this is an element; None where it is an output value."""

    def __repr__(self) -> str:
        of = self.operator if self.gradient_of is None else f"∂{self.gradient_of} of {self.operator}"
        return f"<{of}{self._rest()}"

    def _rest(self) -> str:
        """Write the value, how many terms made it, and the formula: what follows its name."""
        terms = "1 term" if len(self.terms) == 1 else f"{len(self.terms)} terms"
        return f"{list(self.index)} = {self.value:.6g}: {terms}, {self.formula}>"


def inside(index: Index, shape: tuple[int, ...]) -> Index:
    """Return the index if it names an element of an array of that shape; negative positions are not taken.

    Raises
    ------
    ConvistaError
        If it has another number of positions or leaves the array.
    """
    if len(index) != len(shape) or not all(0 <= i < n for i, n in zip(index, shape, strict=True)):
        raise ConvistaError("operators.index_outside", index=index, shape=shape)
    return tuple(int(i) for i in index)


def summed(
    operator: str,
    index: Index,
    formula: str,
    terms: tuple[Term, ...],
    bias: float = 0.0,
    notes: Mapping[str, float] | None = None,
    gradient_of: str | None = None,
) -> Explanation:
    """Return the explanation of a value that is the plain sum of its terms and its bias."""
    total = float(np.sum([term.contribution for term in terms], dtype=np.float64) + bias)
    return Explanation(
        operator, index, formula, terms, float(bias), total, total, notes=notes or {}, gradient_of=gradient_of
    )
