"""Written definitions in NumPy: what each operator computes, its gradient, and why one value is what it is.

`registry.OPERATORS` has them all by name; a family's own module has its classes. Nothing is loaded beforehand, so
that what needs one definition does not wait for all.
"""

from convista.operators.explanation import Array, Explanation, Index, Term
from convista.operators.operator import Operator

__all__ = ["Array", "Explanation", "Index", "Operator", "Term"]
