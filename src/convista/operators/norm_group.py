"""Group and instance norm: the set that is averaged over is part of the channels of one sample.

Group norm takes a group of channels with all their pixels together, instance norm one channel with all its pixels:
a group norm with as many groups as channels. As with layer norm, a sample's values depend on no other sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, inside
from convista.operators.norm import (
    BatchNorm,
    Given,
    Normalisation,
    explain_normalised,
    explain_normalised_gradient,
    less_statistics,
    lift,
    of_channel,
    statistics,
)
from convista.operators.upstream import element


@dataclass(frozen=True, kw_only=True)
class GroupNorm(Normalisation):
    """Normalise each group of channels: y = (x − μ) / √(σ² + ε) · weight + bias (Wu and He 2018)."""

    names = ("group_norm",)
    groups: int
    """Into how many equal groups the channels are divided, in their order."""
    epsilon: float
    """ε."""

    def value(self, x: Array, weight: Given = None, bias: Given = None) -> Array:
        """Return (x − μ) / √(σ² + ε) · weight + bias.

        Parameters
        ----------
        x
            Input, (batch, channels, …).
        weight, bias
            γ and β, one a channel; None for 1 and 0.
        """
        parted = self._parted(x)
        centre, scale = statistics(parted, (2,), self.epsilon)
        return ((parted - centre) * scale).reshape(x.shape) * lift(weight, x, 1.0) + lift(bias, x, 0.0)

    def gradient(self, upstream: Array, x: Array, weight: Given = None, bias: Given = None) -> dict[str, Array]:
        """Return the gradients for x, weight and bias."""
        parted = self._parted(x)
        centre, scale = statistics(parted, (2,), self.epsilon)
        normalised = (parted - centre) * scale
        inner = self._parted(upstream * lift(weight, x, 1.0))
        gradients = {"x": (less_statistics(inner, normalised, (2,)) * scale).reshape(x.shape)}
        others = (0, *range(2, x.ndim))
        if weight is not None:
            gradients["weight"] = (upstream * normalised.reshape(x.shape)).sum(axis=others)
        if bias is not None:
            gradients["bias"] = upstream.sum(axis=others)
        return gradients

    def explain(self, index: Index, x: Array, weight: Given = None, bias: Given = None) -> Explanation:
        """One term, x times γ / √(σ² + ε), and what is left as the bias, as `BatchNorm` has it."""
        b, c, *_ = index = inside(index, x.shape)
        group = c * self.groups // x.shape[1]
        centre, scale = statistics(self._parted(x[b : b + 1])[:, group], (1,), self.epsilon)
        gamma, beta = 1.0 if weight is None else weight[c], 0.0 if bias is None else bias[c]
        return explain_normalised(self.name, index, x, centre.item(), scale.item(), gamma, beta)

    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, x: Array, weight: Given = None, bias: Given = None
    ) -> Explanation:
        """Take one element of a gradient apart, as `explain_normalised_gradient` says."""
        index = element(self.name, operand, index, x=x, weight=weight, bias=bias)
        parted = self._parted(x)
        centre, scale = statistics(parted, (2,), self.epsilon)
        normalised = ((parted - centre) * scale).reshape(x.shape)
        scales = np.broadcast_to(scale, parted.shape).reshape(x.shape)
        gamma = np.broadcast_to(lift(weight, x, 1.0), x.shape)
        if operand == "x":
            b, c, *_ = index
            each = x.shape[1] // self.groups
            first = c // each * each
            seen: Sequence[Iterable[int]] = [(b,), range(first, first + each), *map(range, x.shape[2:])]
        else:
            seen = of_channel(x, index[0])
        return explain_normalised_gradient(self.name, operand, index, upstream, normalised, scales, gamma, seen)

    def _parted(self, x: Array) -> Array:
        """Lay out each group as one row: (batch, groups, values)."""
        return x.reshape(len(x), self.groups, -1)


@dataclass(frozen=True, kw_only=True)
class InstanceNorm(Normalisation):
    """Normalise each channel of each sample: y = (x − μ) / √(σ² + ε) · weight + bias (Ulyanov et al. 2016).

    It is a group norm with a group a channel. A layer that keeps running statistics reads those in inference
    (``training`` False), as `BatchNorm` does.
    """

    names = ("instance_norm",)
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
        if self.training:
            return self._of_each(x).value(x, weight, bias)
        return self._with_kept.value(x, weight, bias, mean, variance)

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
        if self.training:
            return self._of_each(x).gradient(upstream, x, weight, bias)
        return self._with_kept.gradient(upstream, x, weight, bias, mean, variance)

    def explain(
        self,
        index: Index,
        x: Array,
        weight: Given = None,
        bias: Given = None,
        mean: Given = None,
        variance: Given = None,
    ) -> Explanation:
        """One term, x times γ / √(σ² + ε), and what is left as the bias, as `BatchNorm` has it."""
        if self.training:
            return replace(self._of_each(x).explain(index, x, weight, bias), operator=self.name)
        return replace(self._with_kept.explain(index, x, weight, bias, mean, variance), operator=self.name)

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
        if self.training:
            explained = self._of_each(x).explain_gradient(operand, index, upstream, x, weight, bias)
        else:
            explained = self._with_kept.explain_gradient(operand, index, upstream, x, weight, bias, mean, variance)
        return replace(explained, operator=self.name)

    def _of_each(self, x: Array) -> GroupNorm:
        return GroupNorm(groups=x.shape[1], epsilon=self.epsilon)

    @property
    def _with_kept(self) -> BatchNorm:
        return BatchNorm(training=False, epsilon=self.epsilon)
