"""Group and instance norm: the set that is averaged over is part of the channels of one sample.

Group norm takes a group of channels with all their pixels together, instance norm one channel with all its pixels:
a group norm with as many groups as channels. As with layer norm, a sample's values depend on no other sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, inside
from convista.operators.norm import (
    batch_norm,
    batch_norm_gradient,
    explain_batch_norm,
    explain_batch_norm_gradient,
    explain_normalised,
    explain_normalised_gradient,
    less_statistics,
    lift,
    of_channel,
    statistics,
)
from convista.operators.upstream import element


def group_norm(
    x: Array, weight: Array | None = None, bias: Array | None = None, *, groups: int, epsilon: float
) -> Array:
    """Normalise each group of channels: y = (x − μ) / √(σ² + ε) · weight + bias (Wu and He 2018).

    Parameters
    ----------
    x
        Input, (batch, channels, …).
    weight, bias
        γ and β, one a channel; None for 1 and 0.
    groups
        Into how many equal groups the channels are divided, in their order.
    """
    parted = _parted(x, groups)
    centre, scale = statistics(parted, (2,), epsilon)
    return ((parted - centre) * scale).reshape(x.shape) * lift(weight, x, 1.0) + lift(bias, x, 0.0)


def group_norm_gradient(
    upstream: Array,
    x: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    *,
    groups: int,
    epsilon: float,
) -> dict[str, Array]:
    """Return the gradients of `group_norm` for x, weight and bias."""
    parted = _parted(x, groups)
    centre, scale = statistics(parted, (2,), epsilon)
    normalised = (parted - centre) * scale
    inner = _parted(upstream * lift(weight, x, 1.0), groups)
    gradients = {"x": (less_statistics(inner, normalised, (2,)) * scale).reshape(x.shape)}
    others = (0, *range(2, x.ndim))
    if weight is not None:
        gradients["weight"] = (upstream * normalised.reshape(x.shape)).sum(axis=others)
    if bias is not None:
        gradients["bias"] = upstream.sum(axis=others)
    return gradients


def explain_group_norm(
    index: Index,
    x: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    *,
    groups: int,
    epsilon: float,
) -> Explanation:
    """One term, x times γ / √(σ² + ε), and what is left as the bias, as `explain_batch_norm` has it."""
    return _explain_group("group_norm", inside(index, x.shape), x, weight, bias, groups, epsilon)


def explain_group_norm_gradient(
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    *,
    groups: int,
    epsilon: float,
) -> Explanation:
    """Take one element of a gradient of `group_norm` apart, as `explain_normalised_gradient` says."""
    return _explain_group_gradient("group_norm", operand, index, upstream, x, weight, bias, groups, epsilon)


def instance_norm(
    x: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    mean: Array | None = None,
    variance: Array | None = None,
    *,
    training: bool,
    epsilon: float,
) -> Array:
    """Normalise each channel of each sample: y = (x − μ) / √(σ² + ε) · weight + bias (Ulyanov et al. 2016).

    A layer that keeps running statistics reads those in inference (``training`` False), as `batch_norm` does.

    Parameters
    ----------
    x
        Input, (batch, channels, …).
    weight, bias
        γ and β, one a channel; None for 1 and 0.
    mean, variance
        The running statistics, one a channel; not read in training.
    """
    if training:
        return group_norm(x, weight, bias, groups=x.shape[1], epsilon=epsilon)
    return batch_norm(x, weight, bias, mean, variance, training=False, epsilon=epsilon)


def instance_norm_gradient(
    upstream: Array,
    x: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    mean: Array | None = None,
    variance: Array | None = None,
    *,
    training: bool,
    epsilon: float,
) -> dict[str, Array]:
    """Return the gradients of `instance_norm` for x, weight and bias."""
    if training:
        return group_norm_gradient(upstream, x, weight, bias, groups=x.shape[1], epsilon=epsilon)
    return batch_norm_gradient(upstream, x, weight, bias, mean, variance, training=False, epsilon=epsilon)


def explain_instance_norm(
    index: Index,
    x: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    mean: Array | None = None,
    variance: Array | None = None,
    *,
    training: bool,
    epsilon: float,
) -> Explanation:
    """One term, x times γ / √(σ² + ε), and what is left as the bias, as `explain_batch_norm` has it."""
    index = inside(index, x.shape)
    if training:
        return _explain_group("instance_norm", index, x, weight, bias, x.shape[1], epsilon)
    kept = explain_batch_norm(index, x, weight, bias, mean, variance, training=False, epsilon=epsilon)
    return replace(kept, operator="instance_norm")


def explain_instance_norm_gradient(
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    mean: Array | None = None,
    variance: Array | None = None,
    *,
    training: bool,
    epsilon: float,
) -> Explanation:
    """Take one element of a gradient of `instance_norm` apart, as `explain_normalised_gradient` says."""
    name = "instance_norm"
    if training:
        return _explain_group_gradient(name, operand, index, upstream, x, weight, bias, x.shape[1], epsilon)
    kept = explain_batch_norm_gradient(
        operand, index, upstream, x, weight, bias, mean, variance, training=False, epsilon=epsilon
    )
    return replace(kept, operator=name)


def _explain_group(
    operator: str, index: Index, x: Array, weight: Array | None, bias: Array | None, groups: int, epsilon: float
) -> Explanation:
    b, c = index[:2]
    centre, scale = statistics(_parted(x[b : b + 1], groups)[:, c * groups // x.shape[1]], (1,), epsilon)
    gamma, beta = 1.0 if weight is None else weight[c], 0.0 if bias is None else bias[c]
    return explain_normalised(operator, index, x, centre.item(), scale.item(), gamma, beta)


def _explain_group_gradient(
    operator: str,
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    weight: Array | None,
    bias: Array | None,
    groups: int,
    epsilon: float,
) -> Explanation:
    index = element(operator, operand, index, x=x, weight=weight, bias=bias)
    parted = _parted(x, groups)
    centre, scale = statistics(parted, (2,), epsilon)
    normalised = ((parted - centre) * scale).reshape(x.shape)
    scales = np.broadcast_to(scale, parted.shape).reshape(x.shape)
    gamma = np.broadcast_to(lift(weight, x, 1.0), x.shape)
    if operand == "x":
        b, c, *_ = index
        each = x.shape[1] // groups
        first = c // each * each
        seen: Sequence[Iterable[int]] = [(b,), range(first, first + each), *map(range, x.shape[2:])]
    else:
        seen = of_channel(x, index[0])
    return explain_normalised_gradient(operator, operand, index, upstream, normalised, scales, gamma, seen)


def _parted(x: Array, groups: int) -> Array:
    """Lay out each group as one row: (batch, groups, values)."""
    return x.reshape(len(x), groups, -1)


GROUP_NORM = Operator(
    "group_norm",
    group_norm,
    group_norm_gradient,
    explain_group_norm,
    explain_group_norm_gradient,
    gradient_cancels=True,
)
INSTANCE_NORM = Operator(
    "instance_norm",
    instance_norm,
    instance_norm_gradient,
    explain_instance_norm,
    explain_instance_norm_gradient,
    gradient_cancels=True,
)
