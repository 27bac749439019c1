"""Arithmetic element by element, as skip connections, gates and scalings use it.

Shapes are broadcast: an axis of length 1, or one that is missing in front, is repeated. The gradient of a repeated
element is the sum of what its copies receive, which is what `gather` does.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.upstream import element, gathered, heard


def add(x: Array, y: Array, *, alpha: float = 1) -> Array:
    """Add: z = x + α·y; α is 1 unless torch was given another."""
    return x + alpha * y


def add_gradient(upstream: Array, x: Array, y: Array, *, alpha: float = 1) -> dict[str, Array]:
    """Hand the upstream gradient to both, to y times α."""
    return {"x": gather(upstream, x.shape), "y": gather(alpha * upstream, y.shape)}


def explain_add(index: Index, x: Array, y: Array, *, alpha: float = 1) -> Explanation:
    """Two terms, one from each operand."""
    return _explain_sum("add", "z = x + y" if alpha == 1 else "z = x + α·y", index, x, y, float(alpha), alpha)


def explain_add_gradient(
    operand: str, index: Index, upstream: Array, x: Array, y: Array, *, alpha: float = 1
) -> Explanation:
    """One term for each copy of the element, times 1, or α for y."""
    return _explain_sum_gradient("add", operand, index, upstream, x, y, alpha, 1.0)


def subtract(x: Array, y: Array, *, alpha: float = 1) -> Array:
    """Subtract: z = x − α·y."""
    return x - alpha * y


def subtract_gradient(upstream: Array, x: Array, y: Array, *, alpha: float = 1) -> dict[str, Array]:
    """Hand the upstream gradient to x, and to y times −α."""
    return {"x": gather(upstream, x.shape), "y": gather(-alpha * upstream, y.shape)}


def explain_subtract(index: Index, x: Array, y: Array, *, alpha: float = 1) -> Explanation:
    """Two terms, one from each operand; y counts −α times."""
    return _explain_sum("subtract", "z = x − y" if alpha == 1 else "z = x − α·y", index, x, y, -float(alpha), alpha)


def explain_subtract_gradient(
    operand: str, index: Index, upstream: Array, x: Array, y: Array, *, alpha: float = 1
) -> Explanation:
    """One term for each copy of the element, times 1, or −α for y."""
    return _explain_sum_gradient("subtract", operand, index, upstream, x, y, alpha, -1.0)


def multiply(x: Array, y: Array) -> Array:
    """Multiply: z = x·y."""
    return x * y


def multiply_gradient(upstream: Array, x: Array, y: Array) -> dict[str, Array]:
    """Give each operand the upstream gradient times the other operand."""
    return {"x": gather(upstream * y, x.shape), "y": gather(upstream * x, y.shape)}


def explain_multiply(index: Index, x: Array, y: Array) -> Explanation:
    """One term: the value of x, whose factor is the value of y.

    A product is not a sum, so no share of it belongs to x or y alone; the term names both elements.
    """
    return _explain_product("multiply", "z = x·y", index, x, y, lambda value: value)


def explain_multiply_gradient(operand: str, index: Index, upstream: Array, x: Array, y: Array) -> Explanation:
    """One term for each copy of the element, times the element of the other operand that it met."""
    index = element("multiply", operand, index, x=x, y=y)
    given, other, name = (x, y, "y") if operand == "x" else (y, x, "x")
    terms = []
    for at in copies(index, given.shape, upstream.shape):
        by = behind(at, other)
        terms.append(heard(upstream, at, other[by], by, name))
    return gathered("multiply", operand, index, f"∂{operand} = Σ g · {name}", terms)


def divide(x: Array, y: Array) -> Array:
    """Divide: z = x / y."""
    return x / y


def divide_gradient(upstream: Array, x: Array, y: Array) -> dict[str, Array]:
    """Return ∂x = g / y and ∂y = −g·x / y²."""
    return {"x": gather(upstream / y, x.shape), "y": gather(-upstream * x / y**2, y.shape)}


def explain_divide(index: Index, x: Array, y: Array) -> Explanation:
    """One term: the value of x, whose factor is 1 / y."""
    return _explain_product("divide", "z = x / y", index, x, y, lambda value: np.divide(1.0, value))


def explain_divide_gradient(operand: str, index: Index, upstream: Array, x: Array, y: Array) -> Explanation:
    """One term for each copy of the element: x's are times 1 / y, y's times −x / y²."""
    index = element("divide", operand, index, x=x, y=y)
    terms = []
    for at in copies(index, (x if operand == "x" else y).shape, upstream.shape):
        above, below = behind(at, x), behind(at, y)
        if operand == "x":
            terms.append(heard(upstream, at, np.divide(1.0, y[below]), below, "y"))
        else:
            terms.append(heard(upstream, at, np.divide(-x[above], y[below] ** 2), above, "x"))
    formula = "∂x = Σ g · 1 / y" if operand == "x" else "∂y = Σ g · −x / y²"
    return gathered("divide", operand, index, formula, terms)


def negate(x: Array) -> Array:
    """Change the sign: y = −x."""
    return -x


def negate_gradient(upstream: Array, x: Array) -> dict[str, Array]:
    """Return the upstream gradient with its sign changed."""
    return {"x": -upstream}


def explain_negate(index: Index, x: Array) -> Explanation:
    """One term: the value times −1."""
    index = inside(index, x.shape)
    value = float(x[index])
    return summed("negate", index, "y = −x", (Term("x", index, value, -1.0, None, -value),))


def explain_negate_gradient(operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
    """One term: the upstream value times −1."""
    index = element("negate", operand, index, x=x)
    return gathered("negate", operand, index, "∂x = −g", (heard(upstream, index, -1.0),))


def power(x: Array, *, exponent: float) -> Array:
    """Raise to a constant power: y = x^p; a root is p = 1/2, a reciprocal p = −1."""
    return x ** float(exponent)


def power_gradient(upstream: Array, x: Array, *, exponent: float) -> dict[str, Array]:
    """Return g·p·x^(p − 1); 0 everywhere if p is 0."""
    return {"x": upstream * exponent * x ** float(exponent - 1) if exponent else np.zeros_like(upstream)}


def explain_power(index: Index, x: Array, *, exponent: float) -> Explanation:
    """One term: what the value becomes."""
    index = inside(index, x.shape)
    result = float(power(x[index], exponent=exponent))
    term = Term("x", index, float(x[index]), None, None, result)
    return summed("power", index, "y = x^p", (term,), notes={"p": float(exponent)})


def explain_power_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, exponent: float
) -> Explanation:
    """One term: the upstream value times p·x^(p − 1)."""
    index = element("power", operand, index, x=x)
    slope = float(exponent * x[index] ** float(exponent - 1)) if exponent else 0.0
    term = heard(upstream, index, slope, index, "x")
    return gathered("power", operand, index, "∂x = g · p·x^(p − 1)", (term,), {"p": float(exponent)})


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


def _explain_sum(
    name: str, formula: str, index: Index, x: Array, y: Array, times: float, alpha: float
) -> Explanation:
    index = inside(index, np.broadcast_shapes(x.shape, y.shape))
    terms = []
    for operand, values, factor in (("x", x, 1.0), ("y", y, times)):
        at = behind(index, values)
        value = float(values[at])
        terms.append(Term(operand, at, value, factor, None, value * factor))
    return summed(name, index, formula, tuple(terms), notes={} if alpha == 1 else {"α": float(alpha)})


def _explain_sum_gradient(
    name: str, operand: str, index: Index, upstream: Array, x: Array, y: Array, alpha: float, sign: float
) -> Explanation:
    index = element(name, operand, index, x=x, y=y)
    factor, shape, body = 1.0, x.shape, "Σ g"
    if operand == "y":
        factor, shape = sign * alpha, y.shape
        body = ("Σ g" if sign > 0 else "−Σ g") + ("" if alpha == 1 else " · α")
    terms = [heard(upstream, at, factor) for at in copies(index, shape, upstream.shape)]
    return gathered(name, operand, index, f"∂{operand} = {body}", terms)


def _explain_product(
    name: str, formula: str, index: Index, x: Array, y: Array, turned: Callable[[float], float]
) -> Explanation:
    index = inside(index, np.broadcast_shapes(x.shape, y.shape))
    at, by = behind(index, x), behind(index, y)
    value, factor = float(x[at]), float(turned(float(y[by])))
    term = Term("x", at, value, factor, by, value * factor, factor_operand="y")
    return summed(name, index, formula, (term,))


ADD = Operator("add", add, add_gradient, explain_add, explain_add_gradient)
SUBTRACT = Operator("subtract", subtract, subtract_gradient, explain_subtract, explain_subtract_gradient)
MULTIPLY = Operator("multiply", multiply, multiply_gradient, explain_multiply, explain_multiply_gradient)
DIVIDE = Operator("divide", divide, divide_gradient, explain_divide, explain_divide_gradient)
NEGATE = Operator("negate", negate, negate_gradient, explain_negate, explain_negate_gradient)
POWER = Operator("power", power, power_gradient, explain_power, explain_power_gradient)
