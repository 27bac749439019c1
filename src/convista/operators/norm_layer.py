"""Layer norm: the set that is averaged over is the last axes of a sample.

With channels, rows and columns among them it is the whole sample. It is centred and scaled by its own mean and
variance, in training and in inference alike, so a sample's values depend on no other sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, inside
from convista.operators.norm import explain_normalised, explain_normalised_gradient, less_statistics, statistics
from convista.operators.upstream import element


def layer_norm(
    x: Array, weight: Array | None = None, bias: Array | None = None, *, axes: int, epsilon: float
) -> Array:
    """Normalise over the last axes: y = (x − μ) / √(σ² + ε) · weight + bias (Ba et al. 2016).

    Parameters
    ----------
    x
        Input, of any shape with at least ``axes`` axes.
    weight, bias
        γ and β, of the shape of the last ``axes`` axes: one for each element of the set; None for 1 and 0.
    axes
        How many of the last axes are averaged over.
    """
    centre, scale = statistics(x, _last(axes), epsilon)
    normalised = (x - centre) * scale
    return (normalised if weight is None else normalised * weight) + (0.0 if bias is None else bias)


def layer_norm_gradient(
    upstream: Array,
    x: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    *,
    axes: int,
    epsilon: float,
) -> dict[str, Array]:
    """Return the gradients of `layer_norm`; those of weight and bias sum over all sets."""
    centre, scale = statistics(x, _last(axes), epsilon)
    normalised, sets = (x - centre) * scale, tuple(range(x.ndim - axes))
    inner = upstream if weight is None else upstream * weight
    gradients = {"x": less_statistics(inner, normalised, _last(axes)) * scale}
    if weight is not None:
        gradients["weight"] = (upstream * normalised).sum(axis=sets)
    if bias is not None:
        gradients["bias"] = upstream.sum(axis=sets)
    return gradients


def explain_layer_norm(
    index: Index,
    x: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    *,
    axes: int,
    epsilon: float,
) -> Explanation:
    """One term, x times γ / √(σ² + ε), and what is left as the bias, as `explain_batch_norm` has it."""
    index = inside(index, x.shape)
    which, own = index[: x.ndim - axes], index[x.ndim - axes :]
    centre, scale = statistics(x[which], _last(axes), epsilon)
    gamma, beta = 1.0 if weight is None else weight[own], 0.0 if bias is None else bias[own]
    return explain_normalised("layer_norm", index, x, centre.item(), scale.item(), gamma, beta)


def explain_layer_norm_gradient(
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    *,
    axes: int,
    epsilon: float,
) -> Explanation:
    """Take one element of a gradient of `layer_norm` apart, as `explain_normalised_gradient` says."""
    index = element("layer_norm", operand, index, x=x, weight=weight, bias=bias)
    centre, scale = statistics(x, _last(axes), epsilon)
    gamma = np.broadcast_to(1.0 if weight is None else weight, x.shape)
    sets, values = x.shape[: x.ndim - axes], x.shape[x.ndim - axes :]
    if operand == "x":
        seen: Sequence[Iterable[int]] = [*((i,) for i in index[: len(sets)]), *map(range, values)]
    else:
        seen = [*map(range, sets), *((i,) for i in index)]
    normalised = (x - centre) * scale
    return explain_normalised_gradient("layer_norm", operand, index, upstream, normalised, scale, gamma, seen)


def _last(axes: int) -> tuple[int, ...]:
    return tuple(range(-axes, 0))


LAYER_NORM = Operator(
    "layer_norm",
    layer_norm,
    layer_norm_gradient,
    explain_layer_norm,
    explain_layer_norm_gradient,
    gradient_cancels=True,
)
