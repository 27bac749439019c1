"""Losses of classification: how surprised a prediction is by the true class.

Logits are (batch, classes, …) and targets (batch, …): one class for a patch, or one for each pixel, counted from 0.
A place whose target is ``ignored`` counts nowhere. Class weights are constants: no gradient is given for them.
"""

from __future__ import annotations

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.loss_places import (
    IGNORED,
    counted_weight,
    explain_places,
    of_place,
    own_weights,
    picked,
    raised,
    to_counted,
)
from convista.operators.loss_reduction import explaining_slopes, formula, listens_to, reduce, share
from convista.operators.norm import lift
from convista.operators.softmax import log_softmax, softmax
from convista.operators.upstream import element, gathered, heard


def cross_entropy(
    x: Array,
    target: Array,
    weight: Array | None = None,
    *,
    ignored: int = IGNORED,
    smoothing: float = 0.0,
    reduction: str = "mean",
) -> Array:
    """Average −log p(true class): L = Σ_n Σ_c q[n,c] · −log p[n,c] / Σ_n w[target_n], p the softmax of the logits.

    q[n,c] = w[c] · ((1 − ε)·[c = target_n] + ε / classes). Without weights and smoothing q is 1 for the true class
    and 0 for all others, and the mean divides by the number of places.

    Parameters
    ----------
    x
        Logits, (batch, classes, …).
    target
        Positions of the true classes, (batch, …), integers from 0.
    weight
        w, one number a class; None for 1.
    ignored
        A place with this target counts nowhere.
    smoothing
        ε, the part of each target that is shared out among all classes, 0 … 1 (Szegedy et al. 2016).
    reduction
        ``"mean"``, ``"sum"``, or ``"none"`` for the loss of each place, (batch, …).
    """
    losses = (_wanted(x, target, weight, ignored, smoothing) * -log_softmax(x, axis=1)).sum(axis=1)
    return reduce(losses, reduction, counted_weight(target, weight, ignored))


def cross_entropy_gradient(
    upstream: Array,
    x: Array,
    target: Array,
    weight: Array | None = None,
    *,
    ignored: int = IGNORED,
    smoothing: float = 0.0,
    reduction: str = "mean",
) -> dict[str, Array]:
    """Return ∂x = (p·Σ_c q − q) / Σ w; without weights (p − q) / n: predicted minus true."""
    wanted = _wanted(x, target, weight, ignored, smoothing)
    slope = softmax(x, axis=1) * wanted.sum(axis=1, keepdims=True) - wanted
    return to_counted(slope, upstream, target, weight, ignored, reduction)


def explain_cross_entropy(
    index: Index,
    x: Array,
    target: Array,
    weight: Array | None = None,
    *,
    ignored: int = IGNORED,
    smoothing: float = 0.0,
    reduction: str = "mean",
) -> Explanation:
    """Take the loss apart: that of one place by its logits, that of several by the places.

    For one place the terms are exp(x_j − m), m the largest logit, and the value is log Σ + m − x[target]; with
    weights or smoothing it is Σq·(log Σ + m) − Σ q·x, q divided by the mean's Σ w. For several there is one term a
    place, at its true class: what it adds to the loss. Ignored places are not among them.
    """
    part = share(counted_weight(target, weight, ignored), reduction)
    wanted = _wanted(x, target, weight, ignored, smoothing) * part
    index = inside(index, target.shape if reduction == "none" else ())
    if reduction != "none" and target.size > 1:
        losses = (wanted * -log_softmax(x, axis=1)).sum(axis=1)
        body = "−log p(target)" if weight is None and not smoothing else "Σ −q·log p"
        definition = formula(body, reduction, "n" if weight is None else "Σ w")
        return explain_places("cross_entropy", index, definition, x, target, losses, ignored)
    place = index or (0,) * target.ndim
    q, z, true = of_place(wanted, place), of_place(x, place), int(target[place])
    terms, largest = raised(x, place)
    total = float(sum(term.contribution for term in terms))
    plain = weight is None and not smoothing and true != ignored
    named = {"m": largest, "z[target]": float(z[true])} if plain else {"m": largest, "Σq": q.sum(), "Σ q·z": q @ z}
    closing = "log Σ + m − z[target]" if plain else "Σq·(log Σ + m) − Σ q·z"
    return Explanation(
        operator="cross_entropy",
        index=index,
        formula=f"L = {closing.replace('log Σ', 'log Σ exp(zⱼ − m)')}",
        terms=terms,
        bias=0.0,
        total=total,
        value=float(q.sum() * (np.log(total) + largest) - q @ z),
        closing=closing,
        notes={name: float(number) for name, number in named.items()},
    )


def explain_cross_entropy_gradient(
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    target: Array,
    weight: Array | None = None,
    *,
    ignored: int = IGNORED,
    smoothing: float = 0.0,
    reduction: str = "mean",
) -> Explanation:
    """One term, the loss's upstream value times (p·Σ_c q − q) / Σ w: what is predicted less what is wanted.

    The notes have p, the probability of the logit's class, and q. At an ignored place the factor is 0.
    """
    index = element("cross_entropy", operand, index, x=x)
    place = (index[0], *index[2:])
    counted = target[place] != ignored
    q = of_place(_wanted(x, target, weight, ignored, smoothing), place)
    p = softmax(of_place(x, place), axis=0)
    part = share(counted_weight(target, weight, ignored), reduction)
    factor = (p[index[1]] * q.sum() - q[index[1]]) * part if counted else 0.0
    term = heard(upstream, listens_to(index, upstream, x), factor, index, "x")
    plain = weight is None and not smoothing
    definition = "∂x = g · " + ("(p − q)" if plain else "(p·Σq − q)")
    if reduction == "mean":
        definition += " / n" if weight is None else " / Σ w"
    notes = {"p": float(p[index[1]]), "q": float(q[index[1]])}
    return gathered("cross_entropy", operand, index, definition, (term,), notes)


def nll(
    x: Array, target: Array, weight: Array | None = None, *, ignored: int = IGNORED, reduction: str = "mean"
) -> Array:
    """Average −w·x at the true class, which is `cross_entropy` if x is the logarithm of a softmax.

    Parameters are those of `cross_entropy`, except that ``x`` holds log-probabilities.
    """
    losses = np.where(target != ignored, -own_weights(target, weight, ignored) * picked(x, target, ignored), 0.0)
    return reduce(losses, reduction, counted_weight(target, weight, ignored))


def nll_gradient(
    upstream: Array,
    x: Array,
    target: Array,
    weight: Array | None = None,
    *,
    ignored: int = IGNORED,
    reduction: str = "mean",
) -> dict[str, Array]:
    """Return ∂x = −w / Σ w at the true class and 0 at all others."""
    return to_counted(-_wanted(x, target, weight, ignored, 0.0), upstream, target, weight, ignored, reduction)


def explain_nll(
    index: Index,
    x: Array,
    target: Array,
    weight: Array | None = None,
    *,
    ignored: int = IGNORED,
    reduction: str = "mean",
) -> Explanation:
    """One term for each place: its true class's log-probability, times −w / Σ w. Ignored places are left out."""
    index = inside(index, target.shape if reduction == "none" else ())
    factors = -own_weights(target, weight, ignored) * share(counted_weight(target, weight, ignored), reduction)
    terms = []
    for place in [index] if reduction == "none" else np.ndindex(target.shape):
        if target[place] != ignored:
            at = (place[0], int(target[place]), *place[1:])
            value, factor = float(x[at]), float(factors[place])
            terms.append(Term("x", at, value, factor, None, value * factor))
    body, count = ("−log p(target)", "n") if weight is None else ("−w·log p(target)", "Σ w")
    return summed("nll", index, formula(body, reduction, count), tuple(terms))


def _wanted(x: Array, target: Array, weight: Array | None, ignored: int, smoothing: float) -> Array:
    """Return q, (batch, classes, …)."""
    hit = lift(np.arange(x.shape[1]), x, 0.0) == target[:, None]
    shares = (1 - smoothing) * hit + smoothing / x.shape[1]
    return shares * lift(weight, x, 1.0) * (target != ignored)[:, None]


CROSS_ENTROPY = Operator(
    "cross_entropy",
    cross_entropy,
    cross_entropy_gradient,
    explain_cross_entropy,
    explain_cross_entropy_gradient,
    cancels=True,
)
NLL = Operator("nll", nll, nll_gradient, explain_nll, explaining_slopes("nll", nll_gradient, x="−w·[target]"))
