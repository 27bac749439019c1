"""Activations: functions of one value, each with its slope beside it.

Every function takes an array of any shape and works on each element by itself, so one gradient and one explanation
serve them all: the upstream gradient times the slope, and one term.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator
from convista.operators.upstream import element, gradient_explanation, upstream_term


@dataclass(frozen=True, kw_only=True)
class Pointwise(Operator):
    """What functions of one value share."""

    finishes_a_layer = True
    formula: ClassVar[str]
    slope_formula: ClassVar[str]
    pieces: ClassVar[bool] = False
    """Whether it is a product of x and its slope."""

    @abstractmethod
    def slope(self, x: Array) -> Array:
        """Return the slope at each value."""

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Return the upstream gradient times the slope."""
        return {"x": upstream * self.slope(x)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term: what the value becomes."""
        index = inside(index, x.shape)
        one = x[index].reshape(1)
        value, result = float(one[0]), float(self.value(one)[0])
        factor = float(self.slope(one)[0]) if self.pieces else None
        term = Term("x", index, value, factor, None, result)
        return summed(self.name, index, self.formula, (term,), notes=self._numbers)

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term: the upstream value times the slope."""
        index = element(self.name, operand, index, x=x)
        factor = float(self.slope(x[index].reshape(1))[0])
        term = upstream_term(upstream, index, factor, index, "x")
        return gradient_explanation(
            self.name, operand, index, f"∂x = g · {self.slope_formula}", (term,), self._numbers
        )

    @property
    def _numbers(self) -> dict[str, float]:
        """Its numbers, without those that were left out."""
        return {name: number for name, number in self.attributes.items() if number is not None}


@dataclass(frozen=True, kw_only=True)
class Relu(Pointwise):
    """Keep what is positive: f(x) = max(x, 0)."""

    names = ("relu",)
    formula, slope_formula, pieces = "y = max(x, 0)", "[x > 0]", True

    def value(self, x: Array) -> Array:
        """Return max(x, 0)."""
        return np.maximum(x, 0)

    def slope(self, x: Array) -> Array:
        """Return 1 where x > 0, else 0; at 0 itself 0 and where x is NaN 1, as in torch."""
        return (~(x <= 0)).astype(x.dtype)


@dataclass(frozen=True, kw_only=True)
class LeakyRelu(Pointwise):
    """Let a little of the negative through: f(x) = x if x > 0 else α·x (Maas et al. 2013)."""

    names = ("leaky_relu",)
    formula, slope_formula, pieces = "y = x if x > 0 else α·x", "(1 if x > 0 else α)", True
    alpha: float

    def value(self, x: Array) -> Array:
        """Return x if x > 0 else α·x."""
        return np.where(x > 0, x, self.alpha * x)

    def slope(self, x: Array) -> Array:
        """Return 1 where x > 0, else α."""
        return np.where(x > 0, 1.0, self.alpha)


@dataclass(frozen=True, kw_only=True)
class Relu6(Pointwise):
    """Keep what lies between 0 and 6: f(x) = min(max(x, 0), 6)."""

    names = ("relu6",)
    formula, slope_formula = "y = min(max(x, 0), 6)", "[0 < x < 6]"

    def value(self, x: Array) -> Array:
        """Return min(max(x, 0), 6)."""
        return np.clip(x, 0, 6)

    def slope(self, x: Array) -> Array:
        """Return 1 where 0 < x < 6, else 0; where x is NaN 1, as in torch."""
        return (~((x <= 0) | (x >= 6))).astype(x.dtype)


@dataclass(frozen=True, kw_only=True)
class Sigmoid(Pointwise):
    """Squash to 0 … 1: f(x) = 1 / (1 + e^−x)."""

    names = ("sigmoid",)
    formula, slope_formula = "y = 1 / (1 + exp(−x))", "y·(1 − y)"

    def value(self, x: Array) -> Array:
        """Return 1 / (1 + e^−x), written so that no exponential overflows."""
        small = np.exp(-np.abs(x))
        return np.where(x >= 0, 1, small) / (1 + small)

    def slope(self, x: Array) -> Array:
        """Return f(x)·(1 − f(x)), at most 1/4."""
        y = self.value(x)
        return y * (1 - y)


@dataclass(frozen=True, kw_only=True)
class Tanh(Pointwise):
    """Squash to −1 … 1: f(x) = (e^x − e^−x) / (e^x + e^−x)."""

    names = ("tanh",)
    formula, slope_formula = "y = tanh x", "(1 − y²)"

    def value(self, x: Array) -> Array:
        """Return tanh x."""
        return np.tanh(x)

    def slope(self, x: Array) -> Array:
        """Return 1 − f(x)²."""
        return 1 - np.tanh(x) ** 2


@dataclass(frozen=True, kw_only=True)
class Elu(Pointwise):
    """Bend the negative towards −α: f(x) = x if x > 0 else α·(e^x − 1) (Clevert et al. 2016)."""

    names = ("elu",)
    formula, slope_formula = "y = x if x > 0 else α·(exp(x) − 1)", "(1 if x > 0 else α·exp(x))"
    alpha: float

    def value(self, x: Array) -> Array:
        """Return x if x > 0 else α·(e^x − 1)."""
        return np.where(x > 0, x, self.alpha * np.expm1(np.minimum(x, 0)))

    def slope(self, x: Array) -> Array:
        """Return 1 where x > 0, else α·e^x."""
        return np.where(x > 0, 1.0, self.alpha * np.exp(np.minimum(x, 0)))


@dataclass(frozen=True, kw_only=True)
class Softplus(Pointwise):
    """Round off ReLU's corner: f(x) = log(1 + e^βx) / β; x itself where βx exceeds the threshold, as in torch."""

    names = ("softplus",)
    formula, slope_formula = "y = log(1 + exp(β·x)) / β", "σ(β·x)"
    beta: float
    threshold: float = 20.0

    def value(self, x: Array) -> Array:
        """Return log(1 + e^βx) / β; x beyond the threshold."""
        return np.where(self.beta * x > self.threshold, x, np.logaddexp(0, self.beta * x) / self.beta)

    def slope(self, x: Array) -> Array:
        """Return the sigmoid of βx; 1 beyond the threshold."""
        return np.where(self.beta * x > self.threshold, 1.0, Sigmoid().value(self.beta * x))


@dataclass(frozen=True, kw_only=True)
class Silu(Pointwise):
    """Weigh x by its own sigmoid: f(x) = x·σ(x), also called swish (Ramachandran et al. 2017)."""

    names = ("silu",)
    formula, slope_formula = "y = x·σ(x)", "σ(x)·(1 + x·(1 − σ(x)))"

    def value(self, x: Array) -> Array:
        """Return x·σ(x)."""
        return x * Sigmoid().value(x)

    def slope(self, x: Array) -> Array:
        """Return σ(x)·(1 + x·(1 − σ(x)))."""
        y = Sigmoid().value(x)
        return y * (1 + x * (1 - y))


@dataclass(frozen=True, kw_only=True)
class Hardswish(Pointwise):
    """Approximate swish by straight pieces: f(x) = x·min(max(x + 3, 0), 6) / 6 (Howard et al. 2019)."""

    names = ("hardswish",)
    formula = "y = x·min(max(x + 3, 0), 6) / 6"
    slope_formula = "(0 if x ≤ −3 else 1 if x ≥ 3 else (2·x + 3) / 6)"

    def value(self, x: Array) -> Array:
        """Return x·min(max(x + 3, 0), 6) / 6."""
        return x * np.clip(x + 3, 0, 6) / 6

    def slope(self, x: Array) -> Array:
        """Return 0 below −3, 1 above 3, and (2x + 3) / 6 between."""
        return np.where(x <= -3, 0.0, np.where(x >= 3, 1.0, (2 * x + 3) / 6))


@dataclass(frozen=True, kw_only=True)
class Mish(Pointwise):
    """Weigh x by the tanh of its softplus: f(x) = x·tanh(log(1 + e^x)) (Misra 2019)."""

    names = ("mish",)
    formula, slope_formula = "y = x·tanh(log(1 + exp(x)))", "(t + x·(1 − t²)·σ(x))"

    def value(self, x: Array) -> Array:
        """Return x·tanh(softplus x)."""
        return x * np.tanh(Softplus(beta=1.0).value(x))

    def slope(self, x: Array) -> Array:
        """Return t + x·(1 − t²)·σ(x), t being tanh(softplus x)."""
        t = np.tanh(Softplus(beta=1.0).value(x))
        return t + x * (1 - t**2) * Sigmoid().value(x)


@dataclass(frozen=True, kw_only=True)
class Gelu(Pointwise):
    """Weigh x by the normal distribution: f(x) = x·Φ(x), Φ(x) = (1 + erf(x / √2)) / 2 (Hendrycks & Gimpel 2016)."""

    names = ("gelu",)
    formula, slope_formula = "y = x·Φ(x)", "(Φ(x) + x·φ(x))"

    def value(self, x: Array) -> Array:
        """Return x·Φ(x)."""
        return x * _normal(x)

    def slope(self, x: Array) -> Array:
        """Return Φ(x) + x·φ(x), φ being the density e^(−x²/2) / √(2π)."""
        return _normal(x) + x * np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)


@dataclass(frozen=True, kw_only=True)
class GeluTanh(Pointwise):
    """Approximate GELU: f(x) = x·(1 + tanh(√(2/π)·(x + 0.044715·x³))) / 2."""

    names = ("gelu_tanh",)
    formula, slope_formula = "y ≈ x·Φ(x), by tanh", "∂y/∂x"

    def value(self, x: Array) -> Array:
        """Return x·(1 + t) / 2, t being the tanh."""
        return x * (1 + np.tanh(_bent(x))) / 2

    def slope(self, x: Array) -> Array:
        """Return (1 + t) / 2 + x·(1 − t²)·√(2/π)·(1 + 3·0.044715·x²) / 2, t being the tanh."""
        t = np.tanh(_bent(x))
        return (1 + t) / 2 + x * (1 - t**2) * math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * x**2) / 2


def _normal(x: Array) -> Array:
    erf = np.vectorize(math.erf, otypes=[np.float64])
    return (1 + erf(x / math.sqrt(2))) / 2


def _bent(x: Array) -> Array:
    return math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)
