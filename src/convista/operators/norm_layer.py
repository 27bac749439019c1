"""Layer norm: the set that is averaged over is the last axes of a sample.

With channels, rows and columns among them it is the whole sample. It is centred and scaled by its own mean and
variance, in training and in inference alike, so a sample's values depend on no other sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, inside
from convista.operators.norm import (
    Given,
    Normalisation,
    explain_normalised,
    explain_normalised_gradient,
    less_statistics,
    statistics,
)
from convista.operators.upstream import element


@dataclass(frozen=True, kw_only=True)
class LayerNorm(Normalisation):
    """Normalise over the last axes: y = (x − μ) / √(σ² + ε) · weight + bias (Ba et al. 2016)."""

    names = ("layer_norm",)
    axes: int
    """How many of the last axes are averaged over."""
    epsilon: float
    """ε."""

    def value(self, x: Array, weight: Given = None, bias: Given = None) -> Array:
        """Return (x − μ) / √(σ² + ε) · weight + bias.

        Parameters
        ----------
        x
            Input, of any shape with at least ``axes`` axes.
        weight, bias
            γ and β, of the shape of the last ``axes`` axes: one for each element of the set; None for 1 and 0.
        """
        centre, scale = statistics(x, self._last, self.epsilon)
        normalised = (x - centre) * scale
        return (normalised if weight is None else normalised * weight) + (0.0 if bias is None else bias)

    def gradient(self, upstream: Array, x: Array, weight: Given = None, bias: Given = None) -> dict[str, Array]:
        """Return the gradients for x, weight and bias; those of weight and bias sum over all sets."""
        centre, scale = statistics(x, self._last, self.epsilon)
        normalised, sets = (x - centre) * scale, tuple(range(x.ndim - self.axes))
        inner = upstream if weight is None else upstream * weight
        gradients = {"x": less_statistics(inner, normalised, self._last) * scale}
        if weight is not None:
            gradients["weight"] = (upstream * normalised).sum(axis=sets)
        if bias is not None:
            gradients["bias"] = upstream.sum(axis=sets)
        return gradients

    def explain(self, index: Index, x: Array, weight: Given = None, bias: Given = None) -> Explanation:
        """One term, x times γ / √(σ² + ε), and what is left as the bias, as `BatchNorm` has it."""
        index = inside(index, x.shape)
        which, own = index[: x.ndim - self.axes], index[x.ndim - self.axes :]
        centre, scale = statistics(x[which], self._last, self.epsilon)
        gamma, beta = 1.0 if weight is None else weight[own], 0.0 if bias is None else bias[own]
        return explain_normalised(self.name, index, x, centre.item(), scale.item(), gamma, beta)

    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, x: Array, weight: Given = None, bias: Given = None
    ) -> Explanation:
        """Take one element of a gradient apart, as `explain_normalised_gradient` says."""
        index = element(self.name, operand, index, x=x, weight=weight, bias=bias)
        centre, scale = statistics(x, self._last, self.epsilon)
        gamma = np.broadcast_to(1.0 if weight is None else weight, x.shape)
        sets, values = x.shape[: x.ndim - self.axes], x.shape[x.ndim - self.axes :]
        if operand == "x":
            seen: Sequence[Iterable[int]] = [*((i,) for i in index[: len(sets)]), *map(range, values)]
        else:
            seen = [*map(range, sets), *((i,) for i in index)]
        normalised = (x - centre) * scale
        return explain_normalised_gradient(self.name, operand, index, upstream, normalised, scale, gamma, seen)

    @property
    def _last(self) -> tuple[int, ...]:
        return tuple(range(-self.axes, 0))
