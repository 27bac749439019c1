"""Losses: one number that says how wrong a prediction is."""

from __future__ import annotations

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.softmax import softmax


def cross_entropy(x: Array, target: Array) -> Array:
    """Average over the batch of −log p(true class): L = mean_b (log Σ_j exp x[b,j] − x[b,target_b]).

    Parameters
    ----------
    x
        Logits, (batch, classes).
    target
        Positions of the true classes, (batch,), integers from 0.

    Returns
    -------
    One number, an array of shape ().
    """
    return np.asarray(np.mean(_surprise(x, target)))


def cross_entropy_gradient(upstream: Array, x: Array, target: Array) -> dict[str, Array]:
    """Return ∂x = (softmax(x) − one-hot target) / batch: predicted minus true."""
    truth = np.eye(x.shape[1])[target]
    return {"x": upstream * (softmax(x, axis=1) - truth) / len(x)}


def explain_cross_entropy(index: Index, x: Array, target: Array) -> Explanation:
    """Take the loss apart: for one sample by its logits, for a batch by its samples.

    With one sample the terms are exp(x_j − m), m the largest logit, and the value is log Σ + m − x[target].
    With several there is one term a sample, its share of the mean.
    """
    index = inside(index, ())
    if len(x) > 1:
        shares = _surprise(x, target) / len(x)
        terms = tuple(
            Term("x", (b, int(t)), float(x[b, t]), None, None, float(shares[b])) for b, t in enumerate(target)
        )
        return summed("cross_entropy", index, "L = Σ −log p(target) / batch", terms)
    logits, true = x[0].astype(np.float64), int(target[0])
    largest = float(logits.max())
    terms = tuple(Term("x", (0, j), float(z), None, None, float(np.exp(z - largest))) for j, z in enumerate(logits))
    total = float(sum(term.contribution for term in terms))
    return Explanation(
        operator="cross_entropy",
        index=index,
        formula="L = log Σ exp(zⱼ − m) + m − z[target]",
        terms=terms,
        bias=0.0,
        total=total,
        value=float(np.log(total)) + largest - float(logits[true]),
        closing="log Σ + m − z[target]",
        notes={"m": largest, "z[target]": float(logits[true])},
    )


def _surprise(x: Array, target: Array) -> Array:
    """−log p(true class) of each sample, without overflow."""
    largest = x.max(axis=1)
    return np.log(np.exp(x - largest[:, None]).sum(axis=1)) + largest - x[np.arange(len(x)), target]


CROSS_ENTROPY = Operator(
    "cross_entropy", cross_entropy, cross_entropy_gradient, explain_cross_entropy, cancels=True
)
