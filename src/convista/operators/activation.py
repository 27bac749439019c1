"""Activations: functions of one value, and softmax, a function of a vector."""

from __future__ import annotations

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed


def relu(x: Array) -> Array:
    """Keep what is positive: f(x) = max(x, 0), for an array of any shape."""
    return np.maximum(x, 0)


def relu_gradient(upstream: Array, x: Array) -> dict[str, Array]:
    """Let the upstream gradient through where x > 0; at 0 itself the gradient is 0, as in torch."""
    return {"x": upstream * (x > 0)}


def explain_relu(index: Index, x: Array) -> Explanation:
    """One term: the value times 1 where it is positive, else times 0."""
    index = inside(index, x.shape)
    value = float(x[index])
    factor = 1.0 if value > 0 else 0.0
    kept = value if np.isnan(value) else value * factor
    return summed("relu", index, "y = max(x, 0)", (Term("x", index, value, factor, None, kept),))


def softmax(x: Array, *, axis: int) -> Array:
    """Turn logits into shares of one: p_i = exp(x_i − m) / Σ_j exp(x_j − m) along an axis, m the largest logit.

    Subtracting m changes nothing in the quotient and keeps the exponentials from overflowing.
    """
    raised = np.exp(x - x.max(axis=axis, keepdims=True))
    return raised / raised.sum(axis=axis, keepdims=True)


def softmax_gradient(upstream: Array, x: Array, *, axis: int) -> dict[str, Array]:
    """Return ∂x_i = p_i · (g_i − Σ_j g_j·p_j): a logit gains what it is worth above the average."""
    p = softmax(x, axis=axis)
    return {"x": p * (upstream - (upstream * p).sum(axis=axis, keepdims=True))}


def explain_softmax(index: Index, x: Array, *, axis: int) -> Explanation:
    """One term for each logit along the axis, its exponential; the value is the own one divided by their sum."""
    index = inside(index, x.shape)
    axis %= x.ndim
    line = tuple(slice(None) if a == axis else i for a, i in enumerate(index))
    logits = x[line].astype(np.float64)
    largest = float(logits.max())
    terms = tuple(
        Term("x", (*index[:axis], j, *index[axis + 1 :]), float(z), None, None, float(np.exp(z - largest)))
        for j, z in enumerate(logits)
    )
    total = float(sum(term.contribution for term in terms))
    own = terms[index[axis]].contribution
    return Explanation(
        operator="softmax",
        index=index,
        formula="p = exp(z − m) / Σ exp(zⱼ − m)",
        terms=terms,
        bias=0.0,
        total=total,
        value=own / total,
        closing="exp(z − m) / Σ",
        notes={"m": largest, "exp(z − m)": own},
    )


RELU = Operator("relu", relu, relu_gradient, explain_relu)
SOFTMAX = Operator("softmax", softmax, softmax_gradient, explain_softmax)
