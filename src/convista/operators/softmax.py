"""Softmax and its logarithm: a vector of logits as shares of one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside
from convista.operators.operator import Operator
from convista.operators.upstream import element, gradient_explanation, upstream_term


@dataclass(frozen=True, kw_only=True)
class AlongOneAxis(Operator):
    """What softmax and its logarithm share: all logits along an axis compete."""

    finishes_a_layer = True
    axis: int

    def reads(self, wanted: Array, x: Array) -> dict[str, Array]:
        """Return all along the axis: at ones they would cancel."""
        return {"x": np.broadcast_to(wanted.any(axis=self.axis, keepdims=True), x.shape)}

    def _line(self, operand: str, index: Index, x: Array) -> tuple[Index, list[Index], Array, float]:
        """Return the checked index, the elements along the axis with their shares, and the own share."""
        index = element(self.name, operand, index, x=x)
        axis = self.axis % x.ndim
        line = [(*index[:axis], j, *index[axis + 1 :]) for j in range(x.shape[axis])]
        p = Softmax(axis=0).value(np.array([x[at] for at in line]))
        return index, line, p, float(p[index[axis]])


@dataclass(frozen=True, kw_only=True)
class Softmax(AlongOneAxis):
    """Turn logits into shares of one: p_i = exp(x_i − m) / Σ_j exp(x_j − m) along an axis, m the largest logit.

    Subtracting m changes nothing in the quotient and keeps the exponentials from overflowing.
    """

    names = ("softmax",)

    def value(self, x: Array) -> Array:
        """Return p_i = exp(x_i − m) / Σ_j exp(x_j − m)."""
        raised = np.exp(x - x.max(axis=self.axis, keepdims=True))
        return raised / raised.sum(axis=self.axis, keepdims=True)

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Return ∂x_i = p_i · (g_i − Σ_j g_j·p_j): a logit gains what it is worth above the average."""
        p = self.value(x)
        return {"x": p * (upstream - (upstream * p).sum(axis=self.axis, keepdims=True))}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each logit along the axis, its exponential; the value is the own one by their sum."""
        index = inside(index, x.shape)
        axis = self.axis % x.ndim
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
            operator=self.name,
            index=index,
            formula="p = exp(z − m) / Σ exp(zⱼ − m)",
            terms=terms,
            bias=0.0,
            total=total,
            value=own / total,
            closing="exp(z − m) / Σ",
            notes={"m": largest, "z − m": float(x[index]) - largest, "exp(z − m)": own},
        )

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each output j along the axis, times p_j·([i = j] − p_i): one share up, the others down."""
        index, line, p, own = self._line(operand, index, x)
        terms = [upstream_term(upstream, at, p[j] * ((at == index) - own)) for j, at in enumerate(line)]
        return gradient_explanation(self.name, operand, index, "∂xᵢ = Σ gⱼ · pⱼ·([i = j] − p)", terms, {"p": own})


@dataclass(frozen=True, kw_only=True)
class LogSoftmax(AlongOneAxis):
    """Take log p: y_i = x_i − m − log Σ_j exp(x_j − m), which stays finite where p itself is too small."""

    names = ("log_softmax",)
    cancels = True

    def value(self, x: Array) -> Array:
        """Return x_i − m − log Σ_j exp(x_j − m)."""
        below = x - x.max(axis=self.axis, keepdims=True)
        return below - np.log(np.exp(below).sum(axis=self.axis, keepdims=True))

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Return ∂x_i = g_i − p_i · Σ_j g_j."""
        p = Softmax(axis=self.axis).value(x)
        return {"x": upstream - p * upstream.sum(axis=self.axis, keepdims=True)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """Take the same terms as softmax; the value is the own logit less m and the logarithm of their sum."""
        share = Softmax(axis=self.axis).explain(index, x)
        own, largest = float(x[share.index]), share.notes["m"]
        return Explanation(
            operator=self.name,
            index=share.index,
            formula="y = z − m − log Σ exp(zⱼ − m)",
            terms=share.terms,
            bias=0.0,
            total=share.total,
            value=own - largest - math.log(share.total),
            closing="z − m − log Σ",
            notes={"m": largest, "z": own},
        )

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each output j along the axis, times [i = j] − p_i."""
        index, line, _, own = self._line(operand, index, x)
        terms = [upstream_term(upstream, at, (at == index) - own) for at in line]
        return gradient_explanation(self.name, operand, index, "∂xᵢ = Σ gⱼ · ([i = j] − p)", terms, {"p": own})
