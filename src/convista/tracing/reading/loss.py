"""Reading losses."""

from __future__ import annotations

from typing import Any

from torch import Tensor
from torch.nn import functional

from convista.layers.loss import by_class, dice_loss, focal_loss
from convista.tracing.reading.call import Call, reads


@reads(functional.cross_entropy)
def _cross_entropy(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    ignore_index: int = -100,
    reduce: Any = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Call | None:
    attributes = {"ignored": ignore_index, "smoothing": label_smoothing, "reduction": reduction}
    known = _is_plain(size_average, reduce) and _has_classes(input, target)
    return Call("cross_entropy", {"x": input, "target": target, "weight": weight}, attributes) if known else None


@reads(functional.nll_loss)
def _nll(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    ignore_index: int = -100,
    reduce: Any = None,
    reduction: str = "mean",
) -> Call | None:
    attributes = {"ignored": ignore_index, "reduction": reduction}
    known = _is_plain(size_average, reduce) and _has_classes(input, target)
    return Call("nll", {"x": input, "target": target, "weight": weight}, attributes) if known else None


@reads(functional.binary_cross_entropy)
def _binary_cross_entropy(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
) -> Call | None:
    operands = {"x": input, "target": target, "weight": weight}
    known = _is_plain(size_average, reduce)
    return Call("binary_cross_entropy", operands, {"reduction": reduction}) if known else None


@reads(functional.binary_cross_entropy_with_logits)
def _binary_cross_entropy_logits(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
    pos_weight: Any = None,
) -> Call | None:
    operands = {"x": input, "target": target, "weight": weight, "positive": pos_weight}
    known = _is_plain(size_average, reduce)
    return Call("binary_cross_entropy_logits", operands, {"reduction": reduction}) if known else None


@reads(functional.mse_loss)
def _mse(
    input: Any,
    target: Any,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
    weight: Any = None,
) -> Call | None:
    known = _is_plain(size_average, reduce, weight)
    return _of_numbers("mse", input, target, {"reduction": reduction}) if known else None


@reads(functional.l1_loss)
def _mae(
    input: Any,
    target: Any,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
    weight: Any = None,
) -> Call | None:
    known = _is_plain(size_average, reduce, weight)
    return _of_numbers("mae", input, target, {"reduction": reduction}) if known else None


@reads(functional.huber_loss)
def _huber(input: Any, target: Any, reduction: str = "mean", delta: float = 1.0, weight: Any = None) -> Call | None:
    known = _is_plain(weight)
    return _of_numbers("huber", input, target, {"delta": delta, "reduction": reduction}) if known else None


@reads(functional.smooth_l1_loss)
def _smooth_l1(
    input: Any,
    target: Any,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Call | None:
    if not _is_plain(size_average, reduce):
        return None
    if beta == 0:
        return _of_numbers("mae", input, target, {"reduction": reduction})
    return _of_numbers("smooth_l1", input, target, {"delta": beta, "reduction": reduction})


@reads(focal_loss)
def _focal(
    x: Any,
    target: Any,
    *,
    gamma: float = 2.0,
    alpha: Any = None,
    ignored: int = -100,
    reduction: str = "mean",
) -> Call:
    attributes = {"gamma": gamma, "reduction": reduction}
    if by_class(x, target):
        return Call("focal", {"x": x, "target": target, "weight": alpha}, {**attributes, "ignored": ignored})
    return Call("binary_focal", {"x": x, "target": target}, {**attributes, "alpha": alpha})


@reads(dice_loss)
def _dice(x: Any, target: Any, *, smooth: float = 1.0, squared: bool = True, ignored: int = -100) -> Call:
    operands, attributes = {"x": x, "target": target}, {"smooth": smooth, "squared": squared}
    if by_class(x, target):
        return Call("dice", operands, {**attributes, "ignored": ignored})
    return Call("binary_dice", operands, attributes)


def _of_numbers(name: str, x: Tensor, target: Tensor, attributes: dict[str, Any]) -> Call | None:
    """Read a loss of regression; torch would broadcast, with a warning that it is rarely meant."""
    return Call(name, {"x": x, "target": target}, attributes) if x.shape == target.shape else None


def _is_plain(*unusual: Any) -> bool:
    """Tell whether parameters that torch has given up, or that no definition covers, were left alone."""
    return all(value is None for value in unusual)


def _has_classes(x: Tensor, target: Tensor) -> bool:
    """Tell whether there is a batch of whole class numbers; torch also takes one sample, or probabilities."""
    return x.ndim > 1 and target.ndim == x.ndim - 1
