"""Written definitions in NumPy: what each operator computes, its gradient, and why one value is what it is."""

from convista.operators.conv import CONV2D
from convista.operators.explanation import Array, Explanation, Index, Operator, Term

OPERATORS: dict[str, Operator] = {operator.name: operator for operator in (CONV2D,)}
"""Every operator with a written definition, by name."""

__all__ = ["OPERATORS", "Array", "Explanation", "Index", "Operator", "Term"]
