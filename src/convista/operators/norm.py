"""Batch normalisation: each channel is centred and scaled by a mean and a variance."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator
from convista.operators.upstream import element, gradient_explanation, upstream_term

Axes = tuple[int, ...]
Given = Array | None
"""An operand that may be left out."""


@dataclass(frozen=True, kw_only=True)
class Normalisation(Operator):
    """What normalisations share: y = (x − μ) / √(σ² + ε) · γ + β; they differ in what μ and σ² are taken over."""

    finishes_a_layer = True
    gradient_cancels = True

    def reads(self, wanted: Array, x: Array, *_: Given, **__: Given) -> dict[str, Array]:
        """Return the elements themselves.

        That a mean and a variance are taken over other values too is not followed, as in explanations.
        """
        return {"x": wanted}


@dataclass(frozen=True, kw_only=True)
class BatchNorm(Normalisation):
    """Normalise each channel: y = (x − μ) / √(σ² + ε) · weight + bias (Ioffe and Szegedy 2015).

    In inference μ and σ² are the running ones that the layer keeps. In training they are those of the batch,
    over samples and pixels, with σ² divided by the number of values.
    """

    names = ("batch_norm",)
    training: bool
    epsilon: float
    """ε."""

    def value(
        self, x: Array, weight: Given = None, bias: Given = None, mean: Given = None, variance: Given = None
    ) -> Array:
        """Return (x − μ) / √(σ² + ε) · weight + bias.

        Parameters
        ----------
        x
            Input, (batch, channels, …).
        weight, bias
            γ and β, one a channel; None for 1 and 0.
        mean, variance
            The running statistics, one a channel; not read in training.
        """
        centre, scale = self._statistics(x, mean, variance)
        return (x - centre) * scale * lift(weight, x, 1.0) + lift(bias, x, 0.0)

    def gradient(
        self,
        upstream: Array,
        x: Array,
        weight: Given = None,
        bias: Given = None,
        mean: Given = None,
        variance: Given = None,
    ) -> dict[str, Array]:
        """Return the gradients for x, weight and bias."""
        centre, scale = self._statistics(x, mean, variance)
        normalised, axes = (x - centre) * scale, _over(x)
        inner = upstream * lift(weight, x, 1.0)
        gradients = {"x": (less_statistics(inner, normalised, axes) if self.training else inner) * scale}
        if weight is not None:
            gradients["weight"] = (upstream * normalised).sum(axis=axes)
        if bias is not None:
            gradients["bias"] = upstream.sum(axis=axes)
        return gradients

    def explain(
        self,
        index: Index,
        x: Array,
        weight: Given = None,
        bias: Given = None,
        mean: Given = None,
        variance: Given = None,
    ) -> Explanation:
        """One term, x times γ / √(σ² + ε), and what is left as the bias: β − μ·γ / √(σ² + ε).

        In training μ and σ² are those of the batch as it was; that they too depend on x is not followed here.
        """
        index = inside(index, x.shape)
        centre, scale = self._statistics(x, mean, variance)
        c = index[1]
        gamma, beta = 1.0 if weight is None else weight[c], 0.0 if bias is None else bias[c]
        return explain_normalised(self.name, index, x, centre[0, c].item(), scale[0, c].item(), gamma, beta)

    def explain_gradient(
        self,
        operand: str,
        index: Index,
        upstream: Array,
        x: Array,
        weight: Given = None,
        bias: Given = None,
        mean: Given = None,
        variance: Given = None,
    ) -> Explanation:
        """Take one element of a gradient apart, as `explain_normalised_gradient` says."""
        index = element(self.name, operand, index, x=x, weight=weight, bias=bias)
        centre, scale = self._statistics(x, mean, variance)
        normalised, gamma = (x - centre) * scale, np.broadcast_to(lift(weight, x, 1.0), x.shape)
        seen = of_channel(x, index[1] if operand == "x" else index[0])
        return explain_normalised_gradient(
            self.name, operand, index, upstream, normalised, scale, gamma, seen, follow=self.training
        )

    def _statistics(self, x: Array, mean: Given, variance: Given) -> tuple[Array, Array]:
        if self.training or mean is None or variance is None:
            return statistics(x, _over(x), self.epsilon)
        return lift(mean, x, 0.0), 1.0 / np.sqrt(lift(variance, x, 1.0) + self.epsilon)


def statistics(x: Array, axes: Axes, epsilon: float) -> tuple[Array, Array]:
    """Return μ and 1 / √(σ² + ε) over some axes, which keep length 1; σ² is divided by the number of values."""
    return x.mean(axis=axes, keepdims=True), 1.0 / np.sqrt(x.var(axis=axes, keepdims=True) + epsilon)


def less_statistics(upstream: Array, normalised: Array, axes: Axes) -> Array:
    """Take from a gradient what the statistics give back, as they depend on every value they were made of.

    That is its own mean and its projection on the normalised values: g − mean g − n · mean (g·n).
    """
    along = (upstream * normalised).mean(axis=axes, keepdims=True)
    return upstream - upstream.mean(axis=axes, keepdims=True) - normalised * along


def explain_normalised(
    operator: str, index: Index, x: Array, mu: float, root: float, gamma: float, beta: float
) -> Explanation:
    """Take (x − μ) · root · γ + β apart: one term, x times root · γ; the bias holds what is left."""
    value, factor = float(x[index]), float(gamma * root)
    term = Term("x", index, value, factor, None, value * factor)
    notes = {"μ": float(mu), "√(σ² + ε)": 1.0 / root, "γ": float(gamma), "β": float(beta)}
    return summed(operator, index, "y = (x − μ) / √(σ² + ε) · γ + β", (term,), beta - mu * factor, notes)


def explain_normalised_gradient(
    operator: str,
    operand: str,
    index: Index,
    upstream: Array,
    normalised: Array,
    scale: Array,
    gamma: Array,
    seen: Sequence[Iterable[int]],
    *,
    follow: bool = True,
) -> Explanation:
    """Take one element of a gradient of y = (x − μ) / √(σ² + ε) · γ + β apart, n being (x − μ) / √(σ² + ε).

    x hears every output of the set of N values whose statistics it is part of, because it moves them: times
    γ / √(σ² + ε) · ([i = j] − (1 + n·nⱼ) / N). With statistics that were kept (``follow`` False) it hears its own
    output alone. γ hears every output that it scaled, times n; β every output to which it was added.

    Parameters
    ----------
    index
        The element, already checked.
    normalised, scale, gamma
        n, 1 / √(σ² + ε) and γ, of the shape of x or such that they meet it.
    seen
        For each axis of x the positions of the set of x, or of all outputs that γ or β was used for.
    """
    outputs = itertools.product(*seen)
    if operand == "bias":
        return gradient_explanation(
            operator, operand, index, "∂β = Σ g", [upstream_term(upstream, at) for at in outputs]
        )
    if operand == "weight":
        terms = [upstream_term(upstream, at, normalised[at], at, "x") for at in outputs]
        return gradient_explanation(operator, operand, index, "∂γ = Σ g · n", terms)
    root = float(np.broadcast_to(scale, normalised.shape)[index])
    notes = {"√(σ² + ε)": 1.0 / root, "n": float(normalised[index])}
    if not follow:
        term = upstream_term(upstream, index, gamma[index] * root)
        return gradient_explanation(operator, operand, index, "∂x = g · γ / √(σ² + ε)", [term], notes)
    members = list(outputs)
    own, count = notes["n"], len(members)
    terms = [
        upstream_term(upstream, at, gamma[at] * root * ((at == index) - (1 + own * normalised[at]) / count))
        for at in members
    ]
    formula = "∂xᵢ = Σ gⱼ · γ / √(σ² + ε) · ([i = j] − (1 + n·nⱼ) / N)"
    return gradient_explanation(operator, operand, index, formula, terms, {**notes, "N": float(count)})


def of_channel(x: Array, channel: int) -> list[Iterable[int]]:
    """Return the positions along each axis of x of all that a channel has in the batch."""
    return [range(len(x)), (channel,), *map(range, x.shape[2:])]


def lift(values: Array | None, x: Array, otherwise: float) -> Array:
    """Shape one number a channel so that it meets x."""
    per_channel = np.full(x.shape[1], otherwise) if values is None else values
    return per_channel.reshape(1, -1, *[1] * (x.ndim - 2))


def _over(x: Array) -> Axes:
    """Every axis but the channels."""
    return (0, *range(2, x.ndim))
