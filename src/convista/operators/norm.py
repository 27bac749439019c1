"""Batch normalisation: each channel is centred and scaled by a mean and a variance."""

from __future__ import annotations

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed


def batch_norm(
    x: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    mean: Array | None = None,
    variance: Array | None = None,
    *,
    training: bool,
    epsilon: float,
) -> Array:
    """Normalise each channel: y = (x − μ) / √(σ² + ε) · weight + bias.

    In inference μ and σ² are the running ones that the layer keeps. In training they are those of the batch,
    over samples and pixels, with σ² divided by the number of values.

    Parameters
    ----------
    x
        Input, (batch, channels, …).
    weight, bias
        γ and β, one a channel; None for 1 and 0.
    mean, variance
        The running statistics, one a channel; not read in training.
    """
    _, _, _, normalised = _normalise(x, mean, variance, training, epsilon)
    return normalised * _lift(weight, x, 1.0) + _lift(bias, x, 0.0)


def batch_norm_gradient(
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
    """Return the gradients of `batch_norm` for x, weight and bias.

    In training the mean and the variance depend on x as well, which takes away from the gradient its own mean
    and its projection on the normalised values.
    """
    axes, _, scale, normalised = _normalise(x, mean, variance, training, epsilon)
    inner = upstream * _lift(weight, x, 1.0)
    if training:
        along = (inner * normalised).mean(axis=axes, keepdims=True)
        inner = inner - inner.mean(axis=axes, keepdims=True) - normalised * along
    gradients = {"x": inner * scale}
    if weight is not None:
        gradients["weight"] = (upstream * normalised).sum(axis=axes)
    if bias is not None:
        gradients["bias"] = upstream.sum(axis=axes)
    return gradients


def explain_batch_norm(
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
    """One term, x times γ / √(σ² + ε), and what is left as the bias: β − μ·γ / √(σ² + ε).

    In training μ and σ² are those of the batch as it was; that they too depend on x is not followed here.
    """
    index = inside(index, x.shape)
    c = index[1]
    _, centre, scale, _ = _normalise(x, mean, variance, training, epsilon)
    mu, root = float(centre[0, c].item()), float(scale[0, c].item())
    gamma = 1.0 if weight is None else float(weight[c])
    beta = 0.0 if bias is None else float(bias[c])
    value, factor = float(x[index]), gamma * root
    term = Term("x", index, value, factor, None, value * factor)
    notes = {"μ": mu, "√(σ² + ε)": 1.0 / root, "γ": gamma, "β": beta}
    return summed("batch_norm", index, "y = (x − μ) / √(σ² + ε) · γ + β", (term,), beta - mu * factor, notes)


def _normalise(
    x: Array, mean: Array | None, variance: Array | None, training: bool, epsilon: float
) -> tuple[tuple[int, ...], Array, Array, Array]:
    axes = (0, *range(2, x.ndim))
    if training or mean is None or variance is None:
        centre, spread = x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)
    else:
        centre, spread = _lift(mean, x, 0.0), _lift(variance, x, 1.0)
    scale = 1.0 / np.sqrt(spread + epsilon)
    return axes, centre, scale, (x - centre) * scale


def _lift(values: Array | None, x: Array, otherwise: float) -> Array:
    """Shape one number a channel so that it meets x."""
    per_channel = np.full(x.shape[1], otherwise) if values is None else values
    return per_channel.reshape(1, -1, *[1] * (x.ndim - 2))


BATCH_NORM = Operator("batch_norm", batch_norm, batch_norm_gradient, explain_batch_norm)
