"""Arithmetic element by element, as skip connections, gates and scalings use it.

Shapes are broadcast: an axis of length 1, or one that is missing in front, is repeated. The gradient of a repeated
element is the sum of what its copies receive, which is what `gather` does.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator
from convista.operators.upstream import element, gradient_explanation, upstream_term


@dataclass(frozen=True, kw_only=True)
class SignedSum(Operator):
    """What addition and subtraction share: x counts once, y with its sign and α times."""

    finishes_a_layer = True
    sign: ClassVar[float]
    alpha: float = 1
    """1 unless torch was given another."""

    def explain(self, index: Index, x: Array, y: Array) -> Explanation:
        """Two terms, one from each operand."""
        index = inside(index, np.broadcast_shapes(x.shape, y.shape))
        terms = []
        for operand, values, factor in (("x", x, 1.0), ("y", y, self.sign * float(self.alpha))):
            at = behind(index, values)
            value = float(values[at])
            terms.append(Term(operand, at, value, factor, None, value * factor))
        sign, plain = "+" if self.sign > 0 else "−", self.alpha == 1
        notes = {} if plain else {"α": float(self.alpha)}
        return summed(self.name, index, f"z = x {sign} {'' if plain else 'α·'}y", tuple(terms), notes=notes)

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array, y: Array) -> Explanation:
        """One term for each copy of the element: times 1 for x, with its sign and α times for y."""
        index = element(self.name, operand, index, x=x, y=y)
        factor, shape, body = 1.0, x.shape, "Σ g"
        if operand == "y":
            factor, shape = self.sign * self.alpha, y.shape
            body = ("Σ g" if self.sign > 0 else "−Σ g") + ("" if self.alpha == 1 else " · α")
        terms = [upstream_term(upstream, at, factor) for at in copies(index, shape, upstream.shape)]
        return gradient_explanation(self.name, operand, index, f"∂{operand} = {body}", terms)


@dataclass(frozen=True, kw_only=True)
class Add(SignedSum):
    """Add: z = x + α·y."""

    names = ("add",)
    sign = 1.0

    def value(self, x: Array, y: Array) -> Array:
        """Return x + α·y."""
        return x + self.alpha * y

    def gradient(self, upstream: Array, x: Array, y: Array) -> dict[str, Array]:
        """Hand the upstream gradient to both, to y times α."""
        return {"x": gather(upstream, x.shape), "y": gather(self.alpha * upstream, y.shape)}


@dataclass(frozen=True, kw_only=True)
class Subtract(SignedSum):
    """Subtract: z = x − α·y."""

    names = ("subtract",)
    sign = -1.0

    def value(self, x: Array, y: Array) -> Array:
        """Return x − α·y."""
        return x - self.alpha * y

    def gradient(self, upstream: Array, x: Array, y: Array) -> dict[str, Array]:
        """Hand the upstream gradient to x, and to y times −α."""
        return {"x": gather(upstream, x.shape), "y": gather(-self.alpha * upstream, y.shape)}


@dataclass(frozen=True, kw_only=True)
class Multiply(Operator):
    """Multiply: z = x·y."""

    names = ("multiply",)
    finishes_a_layer = True

    def value(self, x: Array, y: Array) -> Array:
        """Return x·y."""
        return x * y

    def gradient(self, upstream: Array, x: Array, y: Array) -> dict[str, Array]:
        """Give each operand the upstream gradient times the other operand."""
        return {"x": gather(upstream * y, x.shape), "y": gather(upstream * x, y.shape)}

    def explain(self, index: Index, x: Array, y: Array) -> Explanation:
        """One term: the value of x, whose factor is the value of y.

        A product is not a sum, so no share of it belongs to x or y alone; the term names both elements.
        """
        return _explain_product(self.name, "z = x·y", index, x, y, lambda value: value)

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array, y: Array) -> Explanation:
        """One term for each copy of the element, times the element of the other operand that it met."""
        index = element(self.name, operand, index, x=x, y=y)
        given, other, name = (x, y, "y") if operand == "x" else (y, x, "x")
        terms = []
        for at in copies(index, given.shape, upstream.shape):
            by = behind(at, other)
            terms.append(upstream_term(upstream, at, other[by], by, name))
        return gradient_explanation(self.name, operand, index, f"∂{operand} = Σ g · {name}", terms)


@dataclass(frozen=True, kw_only=True)
class Divide(Operator):
    """Divide: z = x / y."""

    names = ("divide",)
    finishes_a_layer = True

    def value(self, x: Array, y: Array) -> Array:
        """Return x / y."""
        return x / y

    def gradient(self, upstream: Array, x: Array, y: Array) -> dict[str, Array]:
        """Return ∂x = g / y and ∂y = −g·x / y²."""
        return {"x": gather(upstream / y, x.shape), "y": gather(-upstream * x / y**2, y.shape)}

    def explain(self, index: Index, x: Array, y: Array) -> Explanation:
        """One term: the value of x, whose factor is 1 / y."""
        return _explain_product(self.name, "z = x / y", index, x, y, lambda value: np.divide(1.0, value))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array, y: Array) -> Explanation:
        """One term for each copy of the element: x's are times 1 / y, y's times −x / y²."""
        index = element(self.name, operand, index, x=x, y=y)
        terms = []
        for at in copies(index, (x if operand == "x" else y).shape, upstream.shape):
            above, below = behind(at, x), behind(at, y)
            if operand == "x":
                terms.append(upstream_term(upstream, at, np.divide(1.0, y[below]), below, "y"))
            else:
                terms.append(upstream_term(upstream, at, np.divide(-x[above], y[below] ** 2), above, "x"))
        formula = "∂x = Σ g · 1 / y" if operand == "x" else "∂y = Σ g · −x / y²"
        return gradient_explanation(self.name, operand, index, formula, terms)


@dataclass(frozen=True, kw_only=True)
class Negate(Operator):
    """Change the sign: y = −x."""

    names = ("negate",)
    finishes_a_layer = True

    def value(self, x: Array) -> Array:
        """Return −x."""
        return -x

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Return the upstream gradient with its sign changed."""
        return {"x": -upstream}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term: the value times −1."""
        index = inside(index, x.shape)
        value = float(x[index])
        return summed(self.name, index, "y = −x", (Term("x", index, value, -1.0, None, -value),))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term: the upstream value times −1."""
        index = element(self.name, operand, index, x=x)
        return gradient_explanation(self.name, operand, index, "∂x = −g", (upstream_term(upstream, index, -1.0),))


@dataclass(frozen=True, kw_only=True)
class Power(Operator):
    """Raise to a constant power: y = x^p; a root is p = 1/2, a reciprocal p = −1."""

    names = ("power",)
    finishes_a_layer = True
    exponent: float

    def value(self, x: Array) -> Array:
        """Return x^p."""
        return x ** float(self.exponent)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Return g·p·x^(p − 1); 0 everywhere if p is 0."""
        p = self.exponent
        return {"x": upstream * p * x ** float(p - 1) if p else np.zeros_like(upstream)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term: what the value becomes."""
        index = inside(index, x.shape)
        term = Term("x", index, float(x[index]), None, None, float(self.value(x[index])))
        return summed(self.name, index, "y = x^p", (term,), notes={"p": float(self.exponent)})

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term: the upstream value times p·x^(p − 1)."""
        index, p = element(self.name, operand, index, x=x), self.exponent
        slope = float(p * x[index] ** float(p - 1)) if p else 0.0
        term = upstream_term(upstream, index, slope, index, "x")
        return gradient_explanation(self.name, operand, index, "∂x = g · p·x^(p − 1)", (term,), {"p": float(p)})


def gather(upstream: Array, shape: tuple[int, ...]) -> Array:
    """Sum over the axes along which an operand of this shape was repeated."""
    extra = upstream.ndim - len(shape)
    repeated = tuple(range(extra)) + tuple(extra + a for a, n in enumerate(shape) if n == 1)
    return upstream.sum(axis=repeated, keepdims=True).reshape(shape)


def behind(index: Index, operand: Array) -> Index:
    """Return the element of an operand that was repeated to the place ``index``."""
    own = index[len(index) - operand.ndim :]
    return tuple(0 if n == 1 else i for i, n in zip(own, operand.shape, strict=True))


def copies(index: Index, shape: tuple[int, ...], whole: tuple[int, ...]) -> list[Index]:
    """Return the places to which an element of an operand of this shape was repeated: the reverse of `behind`."""
    extra = len(whole) - len(shape)
    own = [range(n) if length == 1 else (i,) for i, length, n in zip(index, shape, whole[extra:], strict=True)]
    return list(itertools.product(*map(range, whole[:extra]), *own))


def _explain_product(
    name: str, formula: str, index: Index, x: Array, y: Array, turned: Callable[[float], float]
) -> Explanation:
    index = inside(index, np.broadcast_shapes(x.shape, y.shape))
    at, by = behind(index, x), behind(index, y)
    value, factor = float(x[at]), float(turned(float(y[by])))
    term = Term("x", at, value, factor, by, value * factor, factor_operand="y")
    return summed(name, index, formula, (term,))
