"""Softmax and its logarithm: a vector of logits as shares of one."""

from __future__ import annotations

import math

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside
from convista.operators.upstream import element, gathered, heard


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
        notes={"m": largest, "z − m": float(x[index]) - largest, "exp(z − m)": own},
    )


def explain_softmax_gradient(operand: str, index: Index, upstream: Array, x: Array, *, axis: int) -> Explanation:
    """One term for each output j along the axis, times p_j·([i = j] − p_i): raising one share lowers the others."""
    index, line, p, own = _line("softmax", operand, index, x, axis)
    terms = [heard(upstream, at, p[j] * ((at == index) - own)) for j, at in enumerate(line)]
    return gathered("softmax", operand, index, "∂xᵢ = Σ gⱼ · pⱼ·([i = j] − p)", terms, {"p": own})


def log_softmax(x: Array, *, axis: int) -> Array:
    """Return log p: y_i = x_i − m − log Σ_j exp(x_j − m), which stays finite where p itself is too small."""
    below = x - x.max(axis=axis, keepdims=True)
    return below - np.log(np.exp(below).sum(axis=axis, keepdims=True))


def log_softmax_gradient(upstream: Array, x: Array, *, axis: int) -> dict[str, Array]:
    """Return ∂x_i = g_i − p_i · Σ_j g_j."""
    return {"x": upstream - softmax(x, axis=axis) * upstream.sum(axis=axis, keepdims=True)}


def explain_log_softmax(index: Index, x: Array, *, axis: int) -> Explanation:
    """Take the same terms as softmax; the value is the own logit less m and the logarithm of their sum."""
    share = explain_softmax(index, x, axis=axis)
    own, largest = float(x[share.index]), share.notes["m"]
    return Explanation(
        operator="log_softmax",
        index=share.index,
        formula="y = z − m − log Σ exp(zⱼ − m)",
        terms=share.terms,
        bias=0.0,
        total=share.total,
        value=own - largest - math.log(share.total),
        closing="z − m − log Σ",
        notes={"m": largest, "z": own},
    )


def explain_log_softmax_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, axis: int
) -> Explanation:
    """One term for each output j along the axis, times [i = j] − p_i."""
    index, line, _, own = _line("log_softmax", operand, index, x, axis)
    terms = [heard(upstream, at, (at == index) - own) for at in line]
    return gathered("log_softmax", operand, index, "∂xᵢ = Σ gⱼ · ([i = j] − p)", terms, {"p": own})


def _line(
    operator: str, operand: str, index: Index, x: Array, axis: int
) -> tuple[Index, list[Index], Array, float]:
    """Return the checked index, the elements along the axis with their shares, and the own share."""
    index = element(operator, operand, index, x=x)
    axis %= x.ndim
    line = [(*index[:axis], j, *index[axis + 1 :]) for j in range(x.shape[axis])]
    p = softmax(np.array([x[at] for at in line]), axis=0)
    return index, line, p, float(p[index[axis]])


SOFTMAX = Operator("softmax", softmax, softmax_gradient, explain_softmax, explain_softmax_gradient)
LOG_SOFTMAX = Operator(
    "log_softmax",
    log_softmax,
    log_softmax_gradient,
    explain_log_softmax,
    explain_log_softmax_gradient,
    cancels=True,
)
