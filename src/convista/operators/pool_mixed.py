"""Mixed pooling: between the largest value of a window and its average."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, summed
from convista.operators.pool import MaxPool, WindowPool, place, winner
from convista.operators.pool_sum import AveragePool
from convista.operators.upstream import element, gradient_explanation, upstream_term


@dataclass(frozen=True, kw_only=True)
class MixedPool(WindowPool):
    """Mix the largest value of each window of an image and its average: O = λ·max x + (1 − λ)·Σ x / n.

    ``x`` is (batch, channels, rows, columns), ``mix`` is λ, one number, 0 … 1 (Lee et al. 2016).
    """

    names = ("mixed_pool2d",)

    @property
    def largest(self) -> MaxPool:
        """The pooling that λ is the share of."""
        return MaxPool(kernel=self.kernel, stride=self.stride)

    @property
    def average(self) -> AveragePool:
        """The pooling that has the rest."""
        return AveragePool(kernel=self.kernel, stride=self.stride)

    def value(self, x: Array, mix: Array) -> Array:
        """Return λ times the largest and 1 − λ times the average."""
        return mix * self.largest.value(x) + (1 - mix) * self.average.value(x)

    def gradient(self, upstream: Array, x: Array, mix: Array) -> dict[str, Array]:
        """Mix the gradients of both likewise; λ's own is Σ g·(max − average)."""
        to_winner, to_all = (one.gradient(upstream, x)["x"] for one in (self.largest, self.average))
        apart = (upstream * self._apart(x)).sum().reshape(np.shape(mix))
        return {"x": mix * to_winner + (1 - mix) * to_all, "mix": apart}

    def explain(self, index: Index, x: Array, mix: Array) -> Explanation:
        """One term for each value of the window, times (1 − λ) / n, and for the largest λ more."""
        index, seen = self.seen_by(index, x)
        won, share = winner(x, seen), (1 - float(mix)) / len(seen)
        terms = []
        for at in seen:
            value, factor = float(x[at]), share + float(mix) * (at == won)
            terms.append(Term("x", at, value, factor, None, value * factor))
        formula = f"O[{place(index)}] = λ·max x + (1 − λ)·Σ x / {len(seen)}"
        return summed(self.name, index, formula, tuple(terms), notes={"λ": float(mix)})

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array, mix: Array) -> Explanation:
        """Take one element of a gradient apart.

        x hears each window that read it, times (1 − λ) / n, and λ more where it is the largest. λ hears every
        window, times what lies between its largest value and its average.
        """
        index = element(self.name, operand, index, x=x, mix=mix)
        if operand == "mix":
            apart = self._apart(x)
            terms = [upstream_term(upstream, at, float(apart[at])) for at in np.ndindex(apart.shape)]
            return gradient_explanation(self.name, operand, index, "∂λ = Σ g · (max x − Σ x / n)", terms)
        share = (1 - float(mix)) / (self.kernel[0] * self.kernel[1])
        terms = []
        for at in self.readers_of(index, upstream):
            won = index == winner(x, self.seen_by(at, x)[1])
            terms.append(upstream_term(upstream, at, share + float(mix) * won))
        formula = "∂x = Σ g · (λ·[argmax] + (1 − λ) / n)"
        return gradient_explanation(self.name, operand, index, formula, terms, {"λ": float(mix)})

    def _apart(self, x: Array) -> Array:
        """Return by how much the largest value of each window exceeds its average."""
        return self.largest.value(x) - self.average.value(x)
