"""The dense layer, in which every output sees every input; and the product of two matrices that a run made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from convista.operators.arithmetic import behind, copies, gather
from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator, Shape
from convista.operators.upstream import element, gradient_explanation, upstream_term


@dataclass(frozen=True, kw_only=True)
class Dense(Operator):
    """Multiply by a matrix and add: z[…,j] = Σ_i w[j,i] · x[…,i] + bias[j]."""

    names = ("dense",)

    def value(self, x: Array, weight: Array, bias: Array | None = None) -> Array:
        """Return W·x + bias.

        Parameters
        ----------
        x
            Input, (…, inputs).
        weight
            One row an output, (outputs, inputs).
        bias
            One number an output, or None.
        """
        z = np.einsum("...i,ji->...j", x, weight, optimize=True)
        return z if bias is None else z + bias

    def gradient(self, upstream: Array, x: Array, weight: Array, bias: Array | None = None) -> dict[str, Array]:
        """Return ∂x = Wᵀ·δ, ∂W = Σ δ·xᵀ and ∂bias = Σ δ, summed over everything before the last axis."""
        gradients = {
            "x": np.einsum("...j,ji->...i", upstream, weight, optimize=True),
            "weight": np.einsum("...j,...i->ji", upstream, x, optimize=True),
        }
        if bias is not None:
            gradients["bias"] = upstream.reshape(-1, upstream.shape[-1]).sum(axis=0)
        return gradients

    def explain(self, index: Index, x: Array, weight: Array, bias: Array | None = None) -> Explanation:
        """One term for each input: its value times the weight in row j."""
        *before, j = inside(index, (*x.shape[:-1], weight.shape[0]))
        terms = tuple(
            Term("x", (*before, i), float(value), float(weight[j, i]), (j, i), float(value) * float(weight[j, i]))
            for i, value in enumerate(x[tuple(before)])
        )
        offset = 0.0 if bias is None else float(bias[j])
        return summed(self.name, (*before, j), f"z[{j}] = Σ x · w[{j}] + b[{j}]", terms, offset)

    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, x: Array, weight: Array, bias: Array | None = None
    ) -> Explanation:
        """Take one element of a gradient apart.

        An input hears every output, times the weight between them. A weight hears its output, times its input, and
        a bias its output, once for each place before the last axis: each sample.
        """
        index = element(self.name, operand, index, x=x, weight=weight, bias=bias)
        places = list(np.ndindex(x.shape[:-1]))
        if operand == "x":
            *before, i = index
            terms = [upstream_term(upstream, (*before, j), weight[j, i], (j, i)) for j in range(len(weight))]
            return gradient_explanation(self.name, operand, index, f"∂x[{i}] = Σ δ · w[:,{i}]", terms)
        if operand == "bias":
            terms = [upstream_term(upstream, (*place, *index)) for place in places]
            return gradient_explanation(self.name, operand, index, f"∂b[{index[0]}] = Σ δ[{index[0]}]", terms)
        j, i = index
        terms = [upstream_term(upstream, (*place, j), x[(*place, i)], (*place, i), "x") for place in places]
        return gradient_explanation(self.name, operand, index, f"∂w[{j},{i}] = Σ δ[{j}] · x[{i}]", terms)

    def cost(self, operands: Mapping[str, Shape], output: Shape) -> int:
        """Return one product for each input of each output."""
        return prod(output) * operands["x"][-1]


@dataclass(frozen=True, kw_only=True)
class Matmul(Operator):
    """Multiply matrices, or stacks of them: z[…,i,j] = Σ_k x[…,i,k] · y[…,k,j]; stacks are broadcast."""

    names = ("matmul",)

    def value(self, x: Array, y: Array) -> Array:
        """Return x·y."""
        return np.einsum("...ik,...kj->...ij", x, y, optimize=True)

    def gradient(self, upstream: Array, x: Array, y: Array) -> dict[str, Array]:
        """Return ∂x = δ·yᵀ and ∂y = xᵀ·δ; a repeated matrix collects what its copies receive."""
        to_x = np.einsum("...ij,...kj->...ik", upstream, y, optimize=True)
        to_y = np.einsum("...ik,...ij->...kj", x, upstream, optimize=True)
        return {"x": gather(to_x, x.shape), "y": gather(to_y, y.shape)}

    def explain(self, index: Index, x: Array, y: Array) -> Explanation:
        """One term for each k: the value x[i,k], whose factor is the value y[k,j]."""
        stacks = np.broadcast_shapes(x.shape[:-2], y.shape[:-2])
        *stack, i, j = inside(index, (*stacks, x.shape[-2], y.shape[-1]))
        terms = []
        for k in range(x.shape[-1]):
            at, by = behind((*stack, i, k), x), behind((*stack, k, j), y)
            value, factor = float(x[at]), float(y[by])
            terms.append(Term("x", at, value, factor, by, value * factor, factor_operand="y"))
        return summed(self.name, (*stack, i, j), f"z[{i},{j}] = Σ x[{i}] · y[:,{j}]", tuple(terms))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array, y: Array) -> Explanation:
        """Take one element of a gradient apart: it hears a line of the output, times what it met there.

        x[i,k] hears row i, times y[k,j]; y[k,j] hears column j, times x[i,k]. A repeated matrix hears all its
        copies.
        """
        index = element(self.name, operand, index, x=x, y=y)
        given = x if operand == "x" else y
        *_, row, column = index
        terms = []
        for stack in copies(index[:-2], given.shape[:-2], upstream.shape[:-2]):
            if operand == "x":
                line = [((*stack, row, j), behind((*stack, column, j), y)) for j in range(y.shape[-1])]
                terms += [upstream_term(upstream, at, y[by], by, "y") for at, by in line]
            else:
                line = [((*stack, i, column), behind((*stack, i, row), x)) for i in range(x.shape[-2])]
                terms += [upstream_term(upstream, at, x[by], by, "x") for at, by in line]
        formula = f"∂x[{row},{column}] = Σ δ[{row}] · y[{column}]"
        if operand == "y":
            formula = f"∂y[{row},{column}] = Σ δ[:,{column}] · x[:,{row}]"
        return gradient_explanation(self.name, operand, index, formula, terms)

    def cost(self, operands: Mapping[str, Shape], output: Shape) -> int:
        """Return one product for each k of each element."""
        return prod(output) * operands["x"][-1]
