"""Mixed pooling: between the largest value of a window and its average."""

from __future__ import annotations

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, summed
from convista.operators.pool import ONE, max_pool, max_pool_gradient, window, windows_over, winner
from convista.operators.pool_sum import average_pool, average_pool_gradient
from convista.operators.sliding import NONE, Pair
from convista.operators.upstream import element, gathered, heard


def mixed_pool2d(x: Array, mix: Array, *, kernel: Pair, stride: Pair) -> Array:
    """Mix: O = λ·max x + (1 − λ)·Σ x / n (Lee et al. 2016).

    ``x`` is (batch, channels, rows, columns), ``mix`` is λ, one number, 0 … 1.
    """
    return mix * max_pool(x, kernel=kernel, stride=stride) + (1 - mix) * average_pool(
        x, kernel=kernel, stride=stride
    )


def mixed_pool2d_gradient(upstream: Array, x: Array, mix: Array, *, kernel: Pair, stride: Pair) -> dict[str, Array]:
    """Mix the gradients of both likewise; λ's own is Σ g·(max − average)."""
    to_winner = max_pool_gradient(upstream, x, kernel=kernel, stride=stride)["x"]
    to_all = average_pool_gradient(upstream, x, kernel=kernel, stride=stride)["x"]
    apart = max_pool(x, kernel=kernel, stride=stride) - average_pool(x, kernel=kernel, stride=stride)
    return {"x": mix * to_winner + (1 - mix) * to_all, "mix": (upstream * apart).sum().reshape(np.shape(mix))}


def explain_mixed_pool2d(index: Index, x: Array, mix: Array, *, kernel: Pair, stride: Pair) -> Explanation:
    """One term for each value of the window, times (1 − λ) / n, and for the largest λ more."""
    index, seen = window(index, x, kernel, stride, NONE, ONE)
    won, share = winner(x, seen), (1 - float(mix)) / len(seen)
    terms = []
    for at in seen:
        value, factor = float(x[at]), share + float(mix) * (at == won)
        terms.append(Term("x", at, value, factor, None, value * factor))
    formula = f"O[{','.join(map(str, index[1:]))}] = λ·max x + (1 − λ)·Σ x / {len(seen)}"
    return summed("mixed_pool2d", index, formula, tuple(terms), notes={"λ": float(mix)})


def explain_mixed_pool2d_gradient(
    operand: str, index: Index, upstream: Array, x: Array, mix: Array, *, kernel: Pair, stride: Pair
) -> Explanation:
    """Take one element of a gradient of `mixed_pool2d` apart.

    x hears each window that read it, times (1 − λ) / n, and λ more where it is the largest. λ hears every window,
    times what lies between its largest value and its average.
    """
    index = element("mixed_pool2d", operand, index, x=x, mix=mix)
    if operand == "mix":
        apart = max_pool(x, kernel=kernel, stride=stride) - average_pool(x, kernel=kernel, stride=stride)
        terms = [heard(upstream, at, float(apart[at])) for at in np.ndindex(apart.shape)]
        return gathered("mixed_pool2d", operand, index, "∂λ = Σ g · (max x − Σ x / n)", terms)
    share = (1 - float(mix)) / (kernel[0] * kernel[1])
    terms = []
    for at in windows_over(index, upstream, kernel, stride, NONE, ONE):
        _, seen = window(at, x, kernel, stride, NONE, ONE)
        terms.append(heard(upstream, at, share + float(mix) * (index == winner(x, seen))))
    formula = "∂x = Σ g · (λ·[argmax] + (1 − λ) / n)"
    return gathered("mixed_pool2d", operand, index, formula, terms, {"λ": float(mix)})


MIXED_POOL2D = Operator(
    "mixed_pool2d", mixed_pool2d, mixed_pool2d_gradient, explain_mixed_pool2d, explain_mixed_pool2d_gradient
)
