"""Reading losses."""

from __future__ import annotations

from typing import Any

from torch import Tensor
from torch.nn import functional

from convista.layers.loss import by_class, dice_loss, focal_loss
from convista.operators import Operator
from convista.operators.loss import CrossEntropy, Nll
from convista.operators.loss_binary import BinaryCrossEntropy, BinaryCrossEntropyLogits
from convista.operators.loss_dice import BinaryDice, Dice
from convista.operators.loss_focal import BinaryFocal, Focal
from convista.operators.loss_reduction import Reduction
from convista.operators.loss_regression import Huber, Mae, Mse, SmoothL1
from convista.tracing.reading.call import Call, reads


@reads(functional.cross_entropy)
def _cross_entropy(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    ignore_index: int = -100,
    reduce: Any = None,
    reduction: Reduction = "mean",
    label_smoothing: float = 0.0,
) -> Call | None:
    operator = CrossEntropy(ignored=ignore_index, smoothing=label_smoothing, reduction=reduction)
    known = _is_plain(size_average, reduce) and _has_classes(input, target)
    return Call(operator, {"x": input, "target": target, "weight": weight}) if known else None


@reads(functional.nll_loss)
def _nll(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    ignore_index: int = -100,
    reduce: Any = None,
    reduction: Reduction = "mean",
) -> Call | None:
    operator = Nll(ignored=ignore_index, reduction=reduction)
    known = _is_plain(size_average, reduce) and _has_classes(input, target)
    return Call(operator, {"x": input, "target": target, "weight": weight}) if known else None


@reads(functional.binary_cross_entropy)
def _binary_cross_entropy(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    reduce: Any = None,
    reduction: Reduction = "mean",
) -> Call | None:
    operands = {"x": input, "target": target, "weight": weight}
    known = _is_plain(size_average, reduce)
    return Call(BinaryCrossEntropy(reduction=reduction), operands) if known else None


@reads(functional.binary_cross_entropy_with_logits)
def _binary_cross_entropy_logits(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    reduce: Any = None,
    reduction: Reduction = "mean",
    pos_weight: Any = None,
) -> Call | None:
    operands = {"x": input, "target": target, "weight": weight, "positive": pos_weight}
    known = _is_plain(size_average, reduce)
    return Call(BinaryCrossEntropyLogits(reduction=reduction), operands) if known else None


@reads(functional.mse_loss)
def _mse(
    input: Any,
    target: Any,
    size_average: Any = None,
    reduce: Any = None,
    reduction: Reduction = "mean",
    weight: Any = None,
) -> Call | None:
    known = _is_plain(size_average, reduce, weight)
    return _of_numbers(Mse(reduction=reduction), input, target) if known else None


@reads(functional.l1_loss)
def _mae(
    input: Any,
    target: Any,
    size_average: Any = None,
    reduce: Any = None,
    reduction: Reduction = "mean",
    weight: Any = None,
) -> Call | None:
    known = _is_plain(size_average, reduce, weight)
    return _of_numbers(Mae(reduction=reduction), input, target) if known else None


@reads(functional.huber_loss)
def _huber(
    input: Any, target: Any, reduction: Reduction = "mean", delta: float = 1.0, weight: Any = None
) -> Call | None:
    known = _is_plain(weight)
    return _of_numbers(Huber(delta=delta, reduction=reduction), input, target) if known else None


@reads(functional.smooth_l1_loss)
def _smooth_l1(
    input: Any,
    target: Any,
    size_average: Any = None,
    reduce: Any = None,
    reduction: Reduction = "mean",
    beta: float = 1.0,
) -> Call | None:
    if not _is_plain(size_average, reduce):
        return None
    if beta == 0:
        return _of_numbers(Mae(reduction=reduction), input, target)
    return _of_numbers(SmoothL1(delta=beta, reduction=reduction), input, target)


@reads(focal_loss)
def _focal(
    x: Any,
    target: Any,
    *,
    gamma: float = 2.0,
    alpha: Any = None,
    ignored: int = -100,
    reduction: Reduction = "mean",
) -> Call:
    if by_class(x, target):
        by_places = Focal(gamma=gamma, ignored=ignored, reduction=reduction)
        return Call(by_places, {"x": x, "target": target, "weight": alpha})
    return Call(BinaryFocal(gamma=gamma, alpha=alpha, reduction=reduction), {"x": x, "target": target})


@reads(dice_loss)
def _dice(x: Any, target: Any, *, smooth: float = 1.0, squared: bool = True, ignored: int = -100) -> Call:
    operands = {"x": x, "target": target}
    if by_class(x, target):
        return Call(Dice(smooth=smooth, squared=squared, ignored=ignored), operands)
    return Call(BinaryDice(smooth=smooth, squared=squared), operands)


def _of_numbers(operator: Operator, x: Tensor, target: Tensor) -> Call | None:
    """Read a loss of regression; torch would broadcast, with a warning that it is rarely meant."""
    return Call(operator, {"x": x, "target": target}) if x.shape == target.shape else None


def _is_plain(*unusual: Any) -> bool:
    """Tell whether parameters that torch has given up, or that no definition covers, were left alone."""
    return all(value is None for value in unusual)


def _has_classes(x: Tensor, target: Tensor) -> bool:
    """Tell whether there is a batch of whole class numbers; torch also takes one sample, or probabilities."""
    return x.ndim > 1 and target.ndim == x.ndim - 1
