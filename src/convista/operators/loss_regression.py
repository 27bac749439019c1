"""Losses of regression: how far numbers are from those that were wanted, e = x − target.

In all of them ``x`` and ``target`` have one shape, and ``reduction`` is ``"mean"``, ``"sum"`` or ``"none"``. The
target has a gradient as well, the opposite of x's: an autoencoder's target is its input.
"""

from __future__ import annotations

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator
from convista.operators.loss_reduction import explain_elements, explaining_slopes, reduce, share


def mse(x: Array, target: Array, *, reduction: str = "mean") -> Array:
    """Square each error: L = mean e². Large errors count most."""
    return reduce((x - target) ** 2, reduction)


def mse_gradient(upstream: Array, x: Array, target: Array, *, reduction: str = "mean") -> dict[str, Array]:
    """Return ∂x = 2·e / n and ∂target = −∂x."""
    return _both(upstream, 2 * (x - target), reduction)


def explain_mse(index: Index, x: Array, target: Array, *, reduction: str = "mean") -> Explanation:
    """One term for each element, its squared error."""
    return explain_elements("mse", index, "(x − t)²", x, (x - target) ** 2, reduction)


def mae(x: Array, target: Array, *, reduction: str = "mean") -> Array:
    """Take each error's size: L = mean |e|. Every error pulls equally."""
    return reduce(np.abs(x - target), reduction)


def mae_gradient(upstream: Array, x: Array, target: Array, *, reduction: str = "mean") -> dict[str, Array]:
    """Return ∂x = sign e / n, which is 0 where e is, and ∂target = −∂x."""
    return _both(upstream, np.sign(x - target), reduction)


def explain_mae(index: Index, x: Array, target: Array, *, reduction: str = "mean") -> Explanation:
    """One term for each element, the size of its error."""
    return explain_elements("mae", index, "|x − t|", x, np.abs(x - target), reduction)


def huber(x: Array, target: Array, *, delta: float, reduction: str = "mean") -> Array:
    """Square small errors and take large ones' size: L = mean (e²/2 if |e| ≤ δ else δ·(|e| − δ/2)) (Huber 1964)."""
    return reduce(_huber(x, target, delta), reduction)


def huber_gradient(
    upstream: Array, x: Array, target: Array, *, delta: float, reduction: str = "mean"
) -> dict[str, Array]:
    """Return ∂x = e / n, held between −δ/n and δ/n, and ∂target = −∂x."""
    return _both(upstream, np.clip(x - target, -delta, delta), reduction)


def explain_huber(index: Index, x: Array, target: Array, *, delta: float, reduction: str = "mean") -> Explanation:
    """One term for each element."""
    losses = _huber(x, target, delta)
    return explain_elements("huber", index, "huber(x − t, δ)", x, losses, reduction, {"δ": delta})


def smooth_l1(x: Array, target: Array, *, delta: float, reduction: str = "mean") -> Array:
    """Divide `huber` by δ, so that large errors have slope 1 as in `mae` (Girshick 2015)."""
    return reduce(_huber(x, target, delta) / delta, reduction)


def smooth_l1_gradient(
    upstream: Array, x: Array, target: Array, *, delta: float, reduction: str = "mean"
) -> dict[str, Array]:
    """Return ∂x = e / (δ·n), held between −1/n and 1/n, and ∂target = −∂x."""
    return _both(upstream, np.clip((x - target) / delta, -1, 1), reduction)


def explain_smooth_l1(
    index: Index, x: Array, target: Array, *, delta: float, reduction: str = "mean"
) -> Explanation:
    """One term for each element."""
    losses = _huber(x, target, delta) / delta
    return explain_elements("smooth_l1", index, "huber(x − t, δ) / δ", x, losses, reduction, {"δ": delta})


def _huber(x: Array, target: Array, delta: float) -> Array:
    size = np.abs(x - target)
    return np.where(size <= delta, size**2 / 2, delta * (size - delta / 2))


def _both(upstream: Array, slope: Array, reduction: str) -> dict[str, Array]:
    to_x = upstream * slope * share(slope.size, reduction)
    return {"x": to_x, "target": -to_x}


MSE = Operator(
    "mse",
    mse,
    mse_gradient,
    explain_mse,
    explaining_slopes("mse", mse_gradient, x="2·(x − t)", target="−2·(x − t)"),
)
MAE = Operator(
    "mae",
    mae,
    mae_gradient,
    explain_mae,
    explaining_slopes("mae", mae_gradient, x="sign(x − t)", target="−sign(x − t)"),
)
HUBER = Operator(
    "huber",
    huber,
    huber_gradient,
    explain_huber,
    explaining_slopes("huber", huber_gradient, x="clip(x − t, −δ, δ)", target="−clip(x − t, −δ, δ)"),
)
SMOOTH_L1 = Operator(
    "smooth_l1",
    smooth_l1,
    smooth_l1_gradient,
    explain_smooth_l1,
    explaining_slopes(
        "smooth_l1", smooth_l1_gradient, x="clip((x − t) / δ, −1, 1)", target="−clip((x − t) / δ, −1, 1)"
    ),
)
