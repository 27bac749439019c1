"""Losses of classification: how surprised a prediction is by the true class.

Logits are (batch, classes, …) and targets (batch, …): one class for a patch, or one for each pixel, counted from 0.
A place whose target is ``ignored`` counts nowhere. Class weights are constants: no gradient is given for them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.loss_places import PlaceLoss, of_place, raised
from convista.operators.loss_reduction import listens_to
from convista.operators.norm import lift
from convista.operators.softmax import LogSoftmax, Softmax
from convista.operators.upstream import element, gradient_explanation, upstream_term


@dataclass(frozen=True, kw_only=True)
class CrossEntropy(PlaceLoss):
    """Average −log p(true class): L = Σ_n Σ_c q[n,c] · −log p[n,c] / Σ_n w[target_n], p the softmax of the logits.

    q[n,c] = w[c] · ((1 − ε)·[c = target_n] + ε / classes). Without weights and smoothing q is 1 for the true class
    and 0 for all others, and the mean divides by the number of places.
    """

    names = ("cross_entropy",)
    cancels = True
    smoothing: float = 0.0
    """ε, the part of each target that is shared out among all classes, 0 … 1 (Szegedy et al. 2016)."""

    def value(self, x: Array, target: Array, weight: Array | None = None) -> Array:
        """Return Σ_n Σ_c q[n,c] · −log p[n,c] / Σ_n w[target_n].

        Parameters
        ----------
        x
            Logits, (batch, classes, …).
        target
            Positions of the true classes, (batch, …), integers from 0.
        weight
            w, one number a class; None for 1.
        """
        losses = (self._wanted(x, target, weight) * -LogSoftmax(axis=1).value(x)).sum(axis=1)
        return self.reduced(losses, self.counted_weight(target, weight))

    def gradient(self, upstream: Array, x: Array, target: Array, weight: Array | None = None) -> dict[str, Array]:
        """Return ∂x = (p·Σ_c q − q) / Σ w; without weights (p − q) / n: predicted minus true."""
        wanted = self._wanted(x, target, weight)
        slope = Softmax(axis=1).value(x) * wanted.sum(axis=1, keepdims=True) - wanted
        return self.to_counted(slope, upstream, target, weight)

    def explain(self, index: Index, x: Array, target: Array, weight: Array | None = None) -> Explanation:
        """Take the loss apart: that of one place by its logits, that of several by the places.

        For one place the terms are exp(x_j − m), m the largest logit, and the value is log Σ + m − x[target]; with
        weights or smoothing it is Σq·(log Σ + m) − Σ q·x, q divided by the mean's Σ w. For several there is one
        term a place, at its true class: what it adds to the loss. Ignored places are not among them.
        """
        wanted = self._wanted(x, target, weight) * self.share(self.counted_weight(target, weight))
        index = inside(index, target.shape if self.reduction == "none" else ())
        if self.reduction != "none" and target.size > 1:
            losses = (wanted * -LogSoftmax(axis=1).value(x)).sum(axis=1)
            body = "−log p(target)" if weight is None and not self.smoothing else "Σ −q·log p"
            definition = self.formula(body, "n" if weight is None else "Σ w")
            return self.explain_places(index, definition, x, target, losses)
        place = index or (0,) * target.ndim
        q, z, true = of_place(wanted, place), of_place(x, place), int(target[place])
        terms, largest = raised(x, place)
        total = float(sum(term.contribution for term in terms))
        plain = weight is None and not self.smoothing and true != self.ignored
        named = (
            {"m": largest, "z[target]": float(z[true])} if plain else {"m": largest, "Σq": q.sum(), "Σ q·z": q @ z}
        )
        closing = "log Σ + m − z[target]" if plain else "Σq·(log Σ + m) − Σ q·z"
        return Explanation(
            operator=self.name,
            index=index,
            formula=f"L = {closing.replace('log Σ', 'log Σ exp(zⱼ − m)')}",
            terms=terms,
            bias=0.0,
            total=total,
            value=float(q.sum() * (np.log(total) + largest) - q @ z),
            closing=closing,
            notes={name: float(number) for name, number in named.items()},
        )

    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, x: Array, target: Array, weight: Array | None = None
    ) -> Explanation:
        """One term, the loss's upstream value times (p·Σ_c q − q) / Σ w: what is predicted less what is wanted.

        The notes have p, the probability of the logit's class, and q. At an ignored place the factor is 0.
        """
        index = element(self.name, operand, index, x=x)
        place = (index[0], *index[2:])
        q = of_place(self._wanted(x, target, weight), place)
        p = Softmax(axis=0).value(of_place(x, place))
        part = self.share(self.counted_weight(target, weight))
        counted = target[place] != self.ignored
        factor = (p[index[1]] * q.sum() - q[index[1]]) * part if counted else 0.0
        term = upstream_term(upstream, listens_to(index, upstream, x), factor, index, "x")
        definition = "∂x = g · " + ("(p − q)" if weight is None and not self.smoothing else "(p·Σq − q)")
        if self.reduction == "mean":
            definition += " / n" if weight is None else " / Σ w"
        notes = {"p": float(p[index[1]]), "q": float(q[index[1]])}
        return gradient_explanation(self.name, operand, index, definition, (term,), notes)

    def _wanted(self, x: Array, target: Array, weight: Array | None) -> Array:
        """Return q, (batch, classes, …)."""
        hit = lift(np.arange(x.shape[1]), x, 0.0) == target[:, None]
        shares = (1 - self.smoothing) * hit + self.smoothing / x.shape[1]
        return shares * lift(weight, x, 1.0) * (target != self.ignored)[:, None]


@dataclass(frozen=True, kw_only=True)
class Nll(PlaceLoss):
    """Average −w·x at the true class, which is `CrossEntropy` if x is the logarithm of a softmax."""

    names = ("nll",)
    slope_of_x = "−w·[target]"

    def value(self, x: Array, target: Array, weight: Array | None = None) -> Array:
        """Return Σ_n −w[target_n]·x[n,target_n] / Σ_n w[target_n].

        Operands are those of `CrossEntropy`, except that ``x`` holds log-probabilities.
        """
        losses = np.where(target != self.ignored, -self.own_weights(target, weight) * self.picked(x, target), 0.0)
        return self.reduced(losses, self.counted_weight(target, weight))

    def gradient(self, upstream: Array, x: Array, target: Array, weight: Array | None = None) -> dict[str, Array]:
        """Return ∂x = −w / Σ w at the true class and 0 at all others."""
        hit = lift(np.arange(x.shape[1]), x, 0.0) == target[:, None]
        return self.to_counted(-(hit * self.own_weights(target, weight)[:, None]), upstream, target, weight)

    def explain(self, index: Index, x: Array, target: Array, weight: Array | None = None) -> Explanation:
        """One term for each place that counts: its true class's log-probability, times −w / Σ w."""
        index = inside(index, target.shape if self.reduction == "none" else ())
        factors = -self.own_weights(target, weight) * self.share(self.counted_weight(target, weight))
        terms = []
        for place in [index] if self.reduction == "none" else np.ndindex(target.shape):
            if target[place] != self.ignored:
                at = (place[0], int(target[place]), *place[1:])
                value, factor = float(x[at]), float(factors[place])
                terms.append(Term("x", at, value, factor, None, value * factor))
        body, count = ("−log p(target)", "n") if weight is None else ("−w·log p(target)", "Σ w")
        return summed(self.name, index, self.formula(body, count), tuple(terms))
