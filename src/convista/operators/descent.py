"""Update rules: how a parameter moves when the gradient of the loss with respect to it is known.

Each takes the parameter w and its gradient g, and gives the parameter after one step of rate η; what a rule
remembers from step to step goes in and comes out beside it. All are those of `torch.optim`.
"""

from __future__ import annotations

from convista.operators.explanation import Array


def sgd(w: Array, g: Array, *, rate: float, decay: float = 0.0) -> Array:
    """Go against the gradient: w − η·(g + λ·w), λ being the weight decay, which pulls every weight towards 0."""
    return w - rate * (g + decay * w)


def momentum(w: Array, g: Array, v: Array, *, rate: float, mu: float = 0.9) -> tuple[Array, Array]:
    """Keep going the way one was going: v = μ·v + g, then w − η·v; v starts at 0 (Polyak 1964).

    Returns
    -------
    The parameter and v, both after the step.
    """
    v = mu * v + g
    return w - rate * v, v


def adam(
    w: Array,
    g: Array,
    m: Array,
    s: Array,
    n: int,
    *,
    rate: float,
    betas: tuple[float, float] = (0.9, 0.999),
    epsilon: float = 1e-8,
) -> tuple[Array, Array, Array]:
    """Go at a pace of each parameter's own: w − η·m̂ / (√ŝ + ε) (Kingma & Ba 2015).

    m = β₁·m + (1 − β₁)·g and s = β₂·s + (1 − β₂)·g² start at 0, and m̂ = m / (1 − β₁ⁿ), ŝ = s / (1 − β₂ⁿ)
    make good for that, n being the number of this step, from 1.

    Returns
    -------
    The parameter, m and s, all after the step.
    """
    first, second = betas
    m, s = first * m + (1 - first) * g, second * s + (1 - second) * g**2
    return w - rate * (m / (1 - first**n)) / ((s / (1 - second**n)) ** 0.5 + epsilon), m, s
