"""Losses that torch lacks: focal, for what is rare and hard, and Dice, for how two regions overlap.

Both take logits (batch, classes, …) and a target that says by its shape what is meant: one axis less, whole numbers
from 0, for one true class at each place (softmax); the same shape, of 0 and 1, for classes that may overlap
(sigmoid). A trace sees each as one operator.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from convista.errors import ConvistaError
from convista.layers.announcing import announced

IGNORED = -100


@announced
def focal_loss(
    x: Tensor,
    target: Tensor,
    *,
    gamma: float = 2.0,
    alpha: float | Tensor | None = None,
    ignored: int = IGNORED,
    reduction: str = "mean",
) -> Tensor:
    """Return −α·(1 − p)^γ·log p, p being the probability given to the truth (Lin et al. 2017).

    Parameters
    ----------
    x
        Logits, (batch, classes, …).
    target
        True classes, (batch, …), or 0 and 1 in the shape of x.
    gamma
        γ, 0 or more; 0 is cross-entropy.
    alpha
        With true classes, one number a class; with 0 and 1, the number for 1, that for 0 being 1 − α. None for 1.
    ignored
        A place with this true class counts nowhere.
    reduction
        ``"mean"`` over the places that count, ``"sum"``, or ``"none"`` for the loss of each place.

    Raises
    ------
    ConvistaError
        If the target fits in neither way, or α is of the other kind.
    """
    if by_class(x, target):
        if isinstance(alpha, (float, int)):  # the compiler of torch 2.6 does not know float | int
            raise ConvistaError("layers.alpha_for_each_class", alpha=alpha, classes=x.shape[1])
        counted = target != ignored
        log_p = -functional.cross_entropy(x, target.long(), ignore_index=ignored, reduction="none")
        weights = counted.to(x.dtype) if alpha is None else counted * alpha[target.where(counted, 0).long()]
    else:
        if isinstance(alpha, Tensor):
            raise ConvistaError("layers.alpha_for_one", count=alpha.numel())
        yes = target == 1
        counted = torch.ones_like(x)
        log_p = functional.logsigmoid(torch.where(yes, x, -x))
        weights = counted if alpha is None else torch.where(yes, alpha, 1 - alpha)
    # Above 0, so that any power of it has a slope.
    missing = (-torch.expm1(log_p)).clamp_min(torch.finfo(log_p.dtype).tiny)
    losses = -weights * missing**gamma * log_p
    if reduction == "mean":
        return losses.sum() / counted.sum()
    return losses.sum() if reduction == "sum" else losses


@announced
def dice_loss(
    x: Tensor, target: Tensor, *, smooth: float = 1.0, squared: bool = True, ignored: int = IGNORED
) -> Tensor:
    """Return 1 − (2·Σ p·g + s) / (Σ p² + Σ g² + s), averaged over the classes (Milletari et al. 2016).

    The sums run over all places of the batch, and in float32 at least.

    Parameters
    ----------
    x
        Logits, (batch, classes, …).
    target
        True classes, (batch, …), or 0 and 1 in the shape of x.
    smooth
        s, more than 0: a class that is neither there nor predicted then has no loss.
    squared
        Whether the denominator sums squares, as published, or plain values.
    ignored
        A place with this true class counts nowhere.

    Raises
    ------
    ConvistaError
        If the target fits in neither way.
    """
    x = x.to(torch.promote_types(x.dtype, torch.float32))
    if by_class(x, target):
        counted = (target != ignored).unsqueeze(1)
        classes = torch.arange(x.shape[1], device=x.device).reshape(1, -1, *[1] * (x.ndim - 2))
        p, g = x.softmax(dim=1) * counted, ((target.unsqueeze(1) == classes) & counted).to(x.dtype)
    else:
        p, g = x.sigmoid(), target.to(x.dtype)
    places = [0, *range(2, x.ndim)]
    both = 2 * (p * g).sum(places) + smooth
    sizes = (p**2 + g**2 if squared else p + g).sum(places) + smooth
    return (1 - both / sizes).mean()


def by_class(x: Tensor, target: Tensor) -> bool:
    """Tell whether a target holds true classes, and not 0 and 1 in the shape of the logits.

    Raises
    ------
    ConvistaError
        If it can be neither.
    """
    if target.shape == x.shape:
        return False
    whole = not (target.is_floating_point() or target.is_complex() or target.dtype == torch.bool)
    if whole and x.ndim > 1 and target.shape == (x.shape[0], *x.shape[2:]):
        return True
    raise ConvistaError("layers.target_does_not_fit", target=tuple(target.shape), logits=tuple(x.shape))


class FocalLoss(nn.Module):
    """`focal_loss` as a module; α as a sequence, one number a class, moves and is saved with it."""

    alpha: float | Tensor | None

    def __init__(
        self,
        gamma: float = 2.0,
        alpha: float | Sequence[float] | None = None,
        ignored: int = IGNORED,
        reduction: str = "mean",
    ) -> None:
        super().__init__()
        self.gamma, self.ignored, self.reduction = gamma, ignored, reduction
        if isinstance(alpha, Sequence):
            self.register_buffer("alpha", torch.tensor(alpha, dtype=torch.get_default_dtype()))
        else:
            self.alpha = alpha

    def forward(self, x: Tensor, target: Tensor) -> Tensor:
        """Return the loss of logits (batch, classes, …) against a target."""
        return focal_loss(
            x, target, gamma=self.gamma, alpha=self.alpha, ignored=self.ignored, reduction=self.reduction
        )


class DiceLoss(nn.Module):
    """`dice_loss` as a module."""

    def __init__(self, smooth: float = 1.0, squared: bool = True, ignored: int = IGNORED) -> None:
        super().__init__()
        self.smooth, self.squared, self.ignored = smooth, squared, ignored

    def forward(self, x: Tensor, target: Tensor) -> Tensor:
        """Return the loss of logits (batch, classes, …) against a target."""
        return dice_loss(x, target, smooth=self.smooth, squared=self.squared, ignored=self.ignored)
