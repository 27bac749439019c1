"""Reading arithmetic: with the signs of Python, in place, and along axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from convista.tracing.reading.call import Call, axes_of, reads


@reads(torch.add, Tensor.add, Tensor.add_, Tensor.__add__, Tensor.__radd__, Tensor.__iadd__)
def _add(input: Any, other: Any, *, alpha: float = 1) -> Call:
    return Call("add", {"x": input, "y": other}, {"alpha": alpha})


@reads(
    torch.sub, torch.subtract, Tensor.sub, Tensor.sub_, Tensor.subtract, Tensor.subtract_,
    Tensor.__sub__, Tensor.__isub__,
)  # fmt: skip
def _subtract(input: Any, other: Any, *, alpha: float = 1) -> Call:
    return Call("subtract", {"x": input, "y": other}, {"alpha": alpha})


@reads(Tensor.__rsub__)
def _subtract_from(input: Any, other: Any) -> Call:
    return Call("subtract", {"x": other, "y": input}, {})


@reads(
    torch.mul, torch.multiply, Tensor.mul, Tensor.mul_, Tensor.multiply, Tensor.multiply_,
    Tensor.__mul__, Tensor.__rmul__, Tensor.__imul__,
)  # fmt: skip
def _multiply(input: Any, other: Any) -> Call:
    return Call("multiply", {"x": input, "y": other}, {})


@reads(
    torch.div, torch.divide, torch.true_divide, Tensor.div, Tensor.div_, Tensor.divide, Tensor.divide_,
    Tensor.true_divide, Tensor.__truediv__, Tensor.__itruediv__,
)  # fmt: skip
def _divide(input: Any, other: Any, *, rounding_mode: str | None = None) -> Call | None:
    return Call("divide", {"x": input, "y": other}, {}) if rounding_mode is None else None


@reads(Tensor.__rtruediv__)
def _divide_into(input: Any, other: Any) -> Call:
    return Call("divide", {"x": other, "y": input}, {})


@reads(torch.neg, torch.negative, Tensor.neg, Tensor.neg_, Tensor.negative, Tensor.__neg__)
def _negate(input: Any) -> Call:
    return Call("negate", {"x": input}, {})


@reads(torch.pow, Tensor.pow, Tensor.pow_, Tensor.__pow__, Tensor.__ipow__)
def _power(input: Any, exponent: Any) -> Call | None:
    plain = isinstance(input, Tensor) and isinstance(exponent, int | float)
    return Call("power", {"x": input}, {"exponent": exponent}) if plain else None


def _reads_power(exponent: float, *functions: Callable[..., Any]) -> None:
    """Register functions that raise one tensor to a power of their own."""

    @reads(*functions)
    def reader(input: Any) -> Call:
        return Call("power", {"x": input}, {"exponent": exponent})


_reads_power(2, torch.square, Tensor.square, Tensor.square_)
_reads_power(0.5, torch.sqrt, Tensor.sqrt, Tensor.sqrt_)
_reads_power(-0.5, torch.rsqrt, Tensor.rsqrt, Tensor.rsqrt_)
_reads_power(-1, torch.reciprocal, Tensor.reciprocal, Tensor.reciprocal_)


def _reads_function(name: str, *functions: Callable[..., Any]) -> None:
    """Register functions of one number."""

    @reads(*functions)
    def reader(input: Any) -> Call | None:
        return Call(name, {"x": input}, {}) if input.is_floating_point() else None


_reads_function("exponential", torch.exp, Tensor.exp, Tensor.exp_, torch.exp_)
_reads_function("logarithm", torch.log, Tensor.log, Tensor.log_, torch.log_)
_reads_function(
    "absolute", torch.abs, torch.absolute, torch.abs_, Tensor.abs, Tensor.abs_, Tensor.absolute, Tensor.__abs__
)


def _reads_choice(name: str, *functions: Callable[..., Any]) -> None:
    """Register functions that take one of two tensors' elements."""

    @reads(*functions)
    def reader(input: Any, other: Any) -> Call | None:
        floating = input.is_floating_point() and input.dtype == other.dtype
        return Call(name, {"x": input, "y": other}, {}) if floating else None


_reads_choice("maximum", torch.maximum, Tensor.maximum)
_reads_choice("minimum", torch.minimum, Tensor.minimum)


@reads(torch.where)
def _where(condition: Any, input: Any, other: Any) -> Call:
    return Call("where", {"condition": condition, "x": input, "y": other}, {})


@reads(Tensor.where)
def _where_self(input: Any, condition: Any, other: Any) -> Call | None:
    return _where(condition, input, other)


@reads(torch.masked_fill, Tensor.masked_fill, Tensor.masked_fill_)
def _masked_fill(input: Any, mask: Any, value: Any) -> Call | None:
    return _where(mask, value, input)


def _reads_along_axes(name: str, *functions: Callable[..., Any]) -> None:
    """Register functions that make one value of those along some axes, or of all."""

    @reads(*functions)
    def reader(input: Any, dim: Any = None, keepdim: bool = False, *, dtype: Any = None) -> Call | None:
        if dtype not in {None, input.dtype} or not input.is_floating_point():
            return None
        return Call(name, {"x": input}, {"axes": axes_of(input, dim), "keep": keepdim})


_reads_along_axes("mean", torch.mean, Tensor.mean)
_reads_along_axes("sum", torch.sum, Tensor.sum)
_reads_along_axes("amax", torch.amax, Tensor.amax)


@reads(torch.min, Tensor.min)
def _min(input: Any, other: Any = None) -> Call | None:
    return Call("minimum", {"x": input, "y": other}, {}) if isinstance(other, Tensor) else None


@reads(torch.max, Tensor.max)
def _max(input: Any, dim: Any = None, keepdim: bool = False) -> Call | None:
    if dim is None:
        return Call("amax", {"x": input}, {"axes": axes_of(input, None)})
    if isinstance(dim, Tensor):  # the larger of two tensors
        return Call("maximum", {"x": input, "y": dim}, {})
    if not isinstance(dim, int):
        return None
    return Call("max", {"x": input}, {"axis": dim % input.ndim, "keep": keepdim})
