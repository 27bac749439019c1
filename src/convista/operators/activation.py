"""Activations: functions of one value, each with its slope beside it.

Every function takes an array of any shape and works on each element by itself, so one gradient and one explanation
serve them all: the upstream gradient times the slope, and one term.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.upstream import element, gathered, heard


def relu(x: Array) -> Array:
    """Keep what is positive: f(x) = max(x, 0)."""
    return np.maximum(x, 0)


def relu_slope(x: Array) -> Array:
    """Return 1 where x > 0, else 0; at 0 itself 0 and where x is NaN 1, as in torch."""
    return (~(x <= 0)).astype(x.dtype)


def leaky_relu(x: Array, *, alpha: float) -> Array:
    """Let a little of the negative through: f(x) = x if x > 0 else α·x (Maas et al. 2013)."""
    return np.where(x > 0, x, alpha * x)


def leaky_relu_slope(x: Array, *, alpha: float) -> Array:
    """Return 1 where x > 0, else α."""
    return np.where(x > 0, 1.0, alpha)


def relu6(x: Array) -> Array:
    """Keep what lies between 0 and 6: f(x) = min(max(x, 0), 6)."""
    return np.clip(x, 0, 6)


def relu6_slope(x: Array) -> Array:
    """Return 1 where 0 < x < 6, else 0; where x is NaN 1, as in torch."""
    return (~((x <= 0) | (x >= 6))).astype(x.dtype)


def sigmoid(x: Array) -> Array:
    """Squash to 0 … 1: f(x) = 1 / (1 + e^−x), written so that no exponential overflows."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)


def sigmoid_slope(x: Array) -> Array:
    """Return f(x)·(1 − f(x)), at most 1/4."""
    y = sigmoid(x)
    return y * (1 - y)


def tanh(x: Array) -> Array:
    """Squash to −1 … 1: f(x) = (e^x − e^−x) / (e^x + e^−x)."""
    return np.tanh(x)


def tanh_slope(x: Array) -> Array:
    """Return 1 − f(x)²."""
    return 1 - np.tanh(x) ** 2


def elu(x: Array, *, alpha: float) -> Array:
    """Bend the negative towards −α: f(x) = x if x > 0 else α·(e^x − 1) (Clevert et al. 2016)."""
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_slope(x: Array, *, alpha: float) -> Array:
    """Return 1 where x > 0, else α·e^x."""
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))


def softplus(x: Array, *, beta: float, threshold: float = 20.0) -> Array:
    """Round off ReLU's corner: f(x) = log(1 + e^βx) / β; x itself where βx exceeds the threshold, as in torch."""
    return np.where(beta * x > threshold, x, np.logaddexp(0, beta * x) / beta)


def softplus_slope(x: Array, *, beta: float, threshold: float = 20.0) -> Array:
    """Return the sigmoid of βx; 1 beyond the threshold."""
    return np.where(beta * x > threshold, 1.0, sigmoid(beta * x))


def silu(x: Array) -> Array:
    """Weigh x by its own sigmoid: f(x) = x·σ(x), also called swish (Ramachandran et al. 2017)."""
    return x * sigmoid(x)


def silu_slope(x: Array) -> Array:
    """Return σ(x)·(1 + x·(1 − σ(x)))."""
    y = sigmoid(x)
    return y * (1 + x * (1 - y))


def hardswish(x: Array) -> Array:
    """Approximate swish by straight pieces: f(x) = x·min(max(x + 3, 0), 6) / 6 (Howard et al. 2019)."""
    return x * np.clip(x + 3, 0, 6) / 6


def hardswish_slope(x: Array) -> Array:
    """Return 0 below −3, 1 above 3, and (2x + 3) / 6 between."""
    return np.where(x <= -3, 0.0, np.where(x >= 3, 1.0, (2 * x + 3) / 6))


def mish(x: Array) -> Array:
    """Weigh x by the tanh of its softplus: f(x) = x·tanh(log(1 + e^x)) (Misra 2019)."""
    return x * np.tanh(softplus(x, beta=1.0))


def mish_slope(x: Array) -> Array:
    """Return t + x·(1 − t²)·σ(x), t being tanh(softplus x)."""
    t = np.tanh(softplus(x, beta=1.0))
    return t + x * (1 - t**2) * sigmoid(x)


def gelu(x: Array) -> Array:
    """Weigh x by the normal distribution: f(x) = x·Φ(x), Φ(x) = (1 + erf(x / √2)) / 2 (Hendrycks & Gimpel 2016)."""
    return x * _normal(x)


def gelu_slope(x: Array) -> Array:
    """Return Φ(x) + x·φ(x), φ being the density e^(−x²/2) / √(2π)."""
    return _normal(x) + x * np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)


def gelu_tanh(x: Array) -> Array:
    """Approximate GELU: f(x) = x·(1 + tanh(√(2/π)·(x + 0.044715·x³))) / 2."""
    return x * (1 + np.tanh(_bent(x))) / 2


def gelu_tanh_slope(x: Array) -> Array:
    """Return (1 + t) / 2 + x·(1 − t²)·√(2/π)·(1 + 3·0.044715·x²) / 2, t being the tanh."""
    t = np.tanh(_bent(x))
    return (1 + t) / 2 + x * (1 - t**2) * math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * x**2) / 2


def _normal(x: Array) -> Array:
    erf = np.vectorize(math.erf, otypes=[np.float64])
    return (1 + erf(x / math.sqrt(2))) / 2


def _bent(x: Array) -> Array:
    return math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)


def pointwise(
    name: str,
    function: Callable[..., Array],
    slope: Callable[..., Array],
    formula: str,
    slope_formula: str,
    *,
    pieces: bool = False,
) -> Operator:
    """Make the operator of a function of one value; ``pieces`` says that it is a product of x and its slope."""

    def gradient(upstream: Array, x: Array, **attributes: Any) -> dict[str, Array]:
        return {"x": upstream * slope(x, **attributes)}

    def explain(index: Index, x: Array, **attributes: Any) -> Explanation:
        index = inside(index, x.shape)
        one = x[index].reshape(1)
        value, result = float(one[0]), float(function(one, **attributes)[0])
        factor = float(slope(one, **attributes)[0]) if pieces else None
        return summed(name, index, formula, (Term("x", index, value, factor, None, result),), notes=attributes)

    def explain_gradient(operand: str, index: Index, upstream: Array, x: Array, **attributes: Any) -> Explanation:
        index = element(name, operand, index, x=x)
        factor = float(slope(x[index].reshape(1), **attributes)[0])
        term = heard(upstream, index, factor, index, "x")
        return gathered(name, operand, index, f"∂x = g · {slope_formula}", (term,), attributes)

    return Operator(name, function, gradient, explain, explain_gradient)


RELU = pointwise("relu", relu, relu_slope, "y = max(x, 0)", "[x > 0]", pieces=True)
LEAKY_RELU = pointwise(
    "leaky_relu", leaky_relu, leaky_relu_slope, "y = x if x > 0 else α·x", "(1 if x > 0 else α)", pieces=True
)
RELU6 = pointwise("relu6", relu6, relu6_slope, "y = min(max(x, 0), 6)", "[0 < x < 6]")
SIGMOID = pointwise("sigmoid", sigmoid, sigmoid_slope, "y = 1 / (1 + exp(−x))", "y·(1 − y)")
TANH = pointwise("tanh", tanh, tanh_slope, "y = tanh x", "(1 − y²)")
ELU = pointwise("elu", elu, elu_slope, "y = x if x > 0 else α·(exp(x) − 1)", "(1 if x > 0 else α·exp(x))")
SOFTPLUS = pointwise("softplus", softplus, softplus_slope, "y = log(1 + exp(β·x)) / β", "σ(β·x)")
SILU = pointwise("silu", silu, silu_slope, "y = x·σ(x)", "σ(x)·(1 + x·(1 − σ(x)))")
HARDSWISH = pointwise(
    "hardswish",
    hardswish,
    hardswish_slope,
    "y = x·min(max(x + 3, 0), 6) / 6",
    "(0 if x ≤ −3 else 1 if x ≥ 3 else (2·x + 3) / 6)",
)
MISH = pointwise("mish", mish, mish_slope, "y = x·tanh(log(1 + exp(x)))", "(t + x·(1 − t²)·σ(x))")
GELU = pointwise("gelu", gelu, gelu_slope, "y = x·Φ(x)", "(Φ(x) + x·φ(x))")
GELU_TANH = pointwise("gelu_tanh", gelu_tanh, gelu_tanh_slope, "y ≈ x·Φ(x), by tanh", "∂y/∂x")
