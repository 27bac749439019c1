"""The dense layer: every output sees every input."""

from __future__ import annotations

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed


def dense(x: Array, weight: Array, bias: Array | None = None) -> Array:
    """Multiply by a matrix and add: z[…,j] = Σ_i w[j,i] · x[…,i] + bias[j].

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


def dense_gradient(upstream: Array, x: Array, weight: Array, bias: Array | None = None) -> dict[str, Array]:
    """Return ∂x = Wᵀ·δ, ∂W = Σ δ·xᵀ and ∂bias = Σ δ, summed over everything before the last axis."""
    gradients = {
        "x": np.einsum("...j,ji->...i", upstream, weight, optimize=True),
        "weight": np.einsum("...j,...i->ji", upstream, x, optimize=True),
    }
    if bias is not None:
        gradients["bias"] = upstream.reshape(-1, upstream.shape[-1]).sum(axis=0)
    return gradients


def explain_dense(index: Index, x: Array, weight: Array, bias: Array | None = None) -> Explanation:
    """One term for each input: its value times the weight in row j."""
    *before, j = inside(index, (*x.shape[:-1], weight.shape[0]))
    terms = tuple(
        Term("x", (*before, i), float(value), float(weight[j, i]), (j, i), float(value) * float(weight[j, i]))
        for i, value in enumerate(x[tuple(before)])
    )
    return summed(
        "dense",
        (*before, j),
        f"z[{j}] = Σ x · w[{j}] + b[{j}]",
        terms,
        0.0 if bias is None else float(bias[j]),
    )


DENSE = Operator("dense", dense, dense_gradient, explain_dense)
