"""Dice loss: how little a predicted region and the true one overlap (Milletari et al. 2016).

For one class, p the predicted probabilities and g the truth, 0 or 1, over all places of the batch:

    L = 1 − (2·Σ p·g + s) / (Σ p² + Σ g² + s)

and the loss is the mean over classes. A class counts the same however few its places are. Without squares the
denominator is Σ p + Σ g + s, as many libraries have it.
"""

from __future__ import annotations

import numpy as np

from convista.operators.activation import sigmoid, sigmoid_slope
from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.loss_places import IGNORED
from convista.operators.loss_reduction import explaining_slopes
from convista.operators.norm import lift
from convista.operators.softmax import softmax, softmax_gradient


def dice(x: Array, target: Array, *, smooth: float = 1.0, squared: bool = True, ignored: int = IGNORED) -> Array:
    """Compare the softmax of logits with true classes: L = mean_c 1 − (2·Σ p·g + s) / (Σ p² + Σ g² + s).

    Parameters
    ----------
    x
        Logits, (batch, classes, …).
    target
        Positions of the true classes, (batch, …), integers from 0.
    smooth
        s, more than 0: a class that is neither there nor predicted then has no loss.
    squared
        Whether the denominator sums squares, as published, or plain values.
    ignored
        A place with this target counts nowhere.

    Returns
    -------
    One number from 0, a perfect overlap, to 1; an array of shape ().
    """
    p, g = _classes(x, target, ignored)
    return _one_less_overlap(p, g, smooth, squared)


def dice_gradient(
    upstream: Array,
    x: Array,
    target: Array,
    *,
    smooth: float = 1.0,
    squared: bool = True,
    ignored: int = IGNORED,
) -> dict[str, Array]:
    """Return the gradient with respect to each probability, from `_slope`, taken through the softmax."""
    p, g = _classes(x, target, ignored)
    counted = (target != ignored)[:, None]
    return softmax_gradient(upstream * counted * _slope(p, g, smooth, squared), x, axis=1)


def explain_dice(
    index: Index,
    x: Array,
    target: Array,
    *,
    smooth: float = 1.0,
    squared: bool = True,
    ignored: int = IGNORED,
) -> Explanation:
    """One term for each logit, what its probability adds: (p − g)² / (Σ p² + Σ g² + s) / classes.

    These sum to the loss, because the two sums of squares less twice that of products are Σ (p − g)². Without
    squares a term is (p + g − 2·p·g) over the other denominator. Ignored places are left out.
    """
    p, g = _classes(x, target, ignored)
    counted = np.broadcast_to((target != ignored)[:, None], x.shape)
    return _explain("dice", index, x, p, g, counted, smooth, squared)


def binary_dice(x: Array, target: Array, *, smooth: float = 1.0, squared: bool = True) -> Array:
    """Compare the sigmoid of logits with 0 or 1, each channel a class of its own, so that classes may overlap.

    ``x`` and ``target`` are (batch, classes, …); all else is as in `dice`.
    """
    return _one_less_overlap(sigmoid(x), target, smooth, squared)


def binary_dice_gradient(
    upstream: Array, x: Array, target: Array, *, smooth: float = 1.0, squared: bool = True
) -> dict[str, Array]:
    """Return the gradient with respect to each probability times the slope of the sigmoid."""
    return {"x": upstream * _slope(sigmoid(x), target, smooth, squared) * sigmoid_slope(x)}


def explain_binary_dice(
    index: Index, x: Array, target: Array, *, smooth: float = 1.0, squared: bool = True
) -> Explanation:
    """One term for each logit, as in `explain_dice`."""
    return _explain("binary_dice", index, x, sigmoid(x), target, np.ones(x.shape, bool), smooth, squared)


def _classes(x: Array, target: Array, ignored: int) -> tuple[Array, Array]:
    """Return the probabilities and the truth of each class, both (batch, classes, …) and 0 where ignored."""
    truth = lift(np.arange(x.shape[1]), x, 0.0) == target[:, None]
    counted = (target != ignored)[:, None]
    return softmax(x, axis=1) * counted, (truth & counted).astype(x.dtype)


def _sums(p: Array, g: Array, smooth: float, squared: bool) -> tuple[Array, Array]:
    """Return numerator and denominator of each class's overlap, of shape (classes, 1, …)."""
    axes = (0, *range(2, p.ndim))
    sizes = p**2 + g**2 if squared else p + g
    return 2 * (p * g).sum(axis=axes, keepdims=True) + smooth, sizes.sum(axis=axes, keepdims=True) + smooth


def _one_less_overlap(p: Array, g: Array, smooth: float, squared: bool) -> Array:
    both, sizes = _sums(p, g, smooth, squared)
    return np.asarray((1 - both / sizes).mean())


def _slope(p: Array, g: Array, smooth: float, squared: bool) -> Array:
    """Return ∂L/∂p = (u·both / sizes − 2·g) / sizes / classes, u = 2·p with squares and 1 without."""
    both, sizes = _sums(p, g, smooth, squared)
    return ((2 * p if squared else 1.0) * both / sizes - 2 * g) / sizes / p.shape[1]


def _explain(
    operator: str,
    index: Index,
    x: Array,
    p: Array,
    g: Array,
    counted: Array,
    smooth: float,
    squared: bool,
) -> Explanation:
    index = inside(index, ())
    _, sizes = _sums(p, g, smooth, squared)
    apart = (p - g) ** 2 if squared else p + g - 2 * p * g
    parts = apart / sizes / p.shape[1]
    terms = tuple(
        Term("x", at, float(x[at]), None, None, float(parts[at])) for at in np.ndindex(x.shape) if counted[at]
    )
    definition = "Σ p² + Σ g²" if squared else "Σ p + Σ g"
    return summed(operator, index, f"L = mean 1 − (2·Σ p·g + s) / ({definition} + s)", terms, notes={"s": smooth})


DICE = Operator(
    "dice",
    dice,
    dice_gradient,
    explain_dice,
    explaining_slopes("dice", dice_gradient, x="Σ ∂L/∂pⱼ · pⱼ·([i = j] − p)"),
    cancels=True,
)
BINARY_DICE = Operator(
    "binary_dice",
    binary_dice,
    binary_dice_gradient,
    explain_binary_dice,
    explaining_slopes("binary_dice", binary_dice_gradient, x="∂L/∂p · p·(1 − p)"),
    cancels=True,
)
