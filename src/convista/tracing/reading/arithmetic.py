"""Reading arithmetic: with the signs of Python, in place, and along axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from convista.operators import Operator
from convista.operators.arithmetic import Add, Divide, Multiply, Negate, Power, Subtract
from convista.operators.arithmetic_axes import AlongAxes, Amax, Max, Mean, Sum
from convista.operators.arithmetic_choice import Maximum, Minimum, Where
from convista.operators.arithmetic_functions import Absolute, Exponential, Logarithm
from convista.tracing.reading.call import Call, axes_of, reads


@reads(torch.add, Tensor.add, Tensor.add_, Tensor.__add__, Tensor.__radd__, Tensor.__iadd__)
def _add(input: Any, other: Any, *, alpha: float = 1) -> Call:
    return Call(Add(alpha=alpha), {"x": input, "y": other})


@reads(
    torch.sub, torch.subtract, Tensor.sub, Tensor.sub_, Tensor.subtract, Tensor.subtract_,
    Tensor.__sub__, Tensor.__isub__,
)  # fmt: skip
def _subtract(input: Any, other: Any, *, alpha: float = 1) -> Call:
    return Call(Subtract(alpha=alpha), {"x": input, "y": other})


@reads(Tensor.__rsub__)
def _subtract_from(input: Any, other: Any) -> Call:
    return Call(Subtract(), {"x": other, "y": input})


@reads(
    torch.mul, torch.multiply, Tensor.mul, Tensor.mul_, Tensor.multiply, Tensor.multiply_,
    Tensor.__mul__, Tensor.__rmul__, Tensor.__imul__,
)  # fmt: skip
def _multiply(input: Any, other: Any) -> Call:
    return Call(Multiply(), {"x": input, "y": other})


@reads(
    torch.div, torch.divide, torch.true_divide, Tensor.div, Tensor.div_, Tensor.divide, Tensor.divide_,
    Tensor.true_divide, Tensor.__truediv__, Tensor.__itruediv__,
)  # fmt: skip
def _divide(input: Any, other: Any, *, rounding_mode: str | None = None) -> Call | None:
    return Call(Divide(), {"x": input, "y": other}) if rounding_mode is None else None


@reads(Tensor.__rtruediv__)
def _divide_into(input: Any, other: Any) -> Call:
    return Call(Divide(), {"x": other, "y": input})


@reads(torch.neg, torch.negative, Tensor.neg, Tensor.neg_, Tensor.negative, Tensor.__neg__)
def _negate(input: Any) -> Call:
    return Call(Negate(), {"x": input})


@reads(torch.pow, Tensor.pow, Tensor.pow_, Tensor.__pow__, Tensor.__ipow__)
def _power(input: Any, exponent: Any) -> Call | None:
    plain = isinstance(input, Tensor) and isinstance(exponent, int | float)
    return Call(Power(exponent=exponent), {"x": input}) if plain else None


def _reads_power(exponent: float, *functions: Callable[..., Any]) -> None:
    """Register functions that raise one tensor to a power of their own."""

    @reads(*functions)
    def reader(input: Any) -> Call:
        return Call(Power(exponent=exponent), {"x": input})


_reads_power(2, torch.square, Tensor.square, Tensor.square_)
_reads_power(0.5, torch.sqrt, Tensor.sqrt, Tensor.sqrt_)
_reads_power(-0.5, torch.rsqrt, Tensor.rsqrt, Tensor.rsqrt_)
_reads_power(-1, torch.reciprocal, Tensor.reciprocal, Tensor.reciprocal_)


def _reads_function(operator: Operator, *functions: Callable[..., Any]) -> None:
    """Register functions of one number."""

    @reads(*functions)
    def reader(input: Any) -> Call | None:
        return Call(operator, {"x": input}) if input.is_floating_point() else None


_reads_function(Exponential(), torch.exp, Tensor.exp, Tensor.exp_, torch.exp_)
_reads_function(Logarithm(), torch.log, Tensor.log, Tensor.log_, torch.log_)
_reads_function(
    Absolute(), torch.abs, torch.absolute, torch.abs_, Tensor.abs, Tensor.abs_, Tensor.absolute, Tensor.__abs__
)


def _reads_choice(operator: Operator, *functions: Callable[..., Any]) -> None:
    """Register functions that take one of two tensors' elements."""

    @reads(*functions)
    def reader(input: Any, other: Any) -> Call | None:
        floating = input.is_floating_point() and input.dtype == other.dtype
        return Call(operator, {"x": input, "y": other}) if floating else None


_reads_choice(Maximum(), torch.maximum, Tensor.maximum)
_reads_choice(Minimum(), torch.minimum, Tensor.minimum)


@reads(torch.where)
def _where(condition: Any, input: Any, other: Any) -> Call:
    return Call(Where(), {"condition": condition, "x": input, "y": other})


@reads(Tensor.where)
def _where_self(input: Any, condition: Any, other: Any) -> Call | None:
    return _where(condition, input, other)


@reads(torch.masked_fill, Tensor.masked_fill, Tensor.masked_fill_)
def _masked_fill(input: Any, mask: Any, value: Any) -> Call | None:
    return _where(mask, value, input)


def _reads_along_axes(kind: type[AlongAxes], *functions: Callable[..., Any]) -> None:
    """Register functions that make one value of those along some axes, or of all."""

    @reads(*functions)
    def reader(input: Any, dim: Any = None, keepdim: bool = False, *, dtype: Any = None) -> Call | None:
        if dtype not in {None, input.dtype} or not input.is_floating_point():
            return None
        return Call(kind(axes=axes_of(input, dim), keep=keepdim), {"x": input})


_reads_along_axes(Mean, torch.mean, Tensor.mean)
_reads_along_axes(Sum, torch.sum, Tensor.sum)
_reads_along_axes(Amax, torch.amax, Tensor.amax)


@reads(torch.min, Tensor.min)
def _min(input: Any, other: Any = None) -> Call | None:
    return Call(Minimum(), {"x": input, "y": other}) if isinstance(other, Tensor) else None


@reads(torch.max, Tensor.max)
def _max(input: Any, dim: Any = None, keepdim: bool = False) -> Call | None:
    if dim is None:
        return Call(Amax(axes=axes_of(input, None)), {"x": input})
    if isinstance(dim, Tensor):  # the larger of two tensors
        return Call(Maximum(), {"x": input, "y": dim})
    if not isinstance(dim, int):
        return None
    return Call(Max(axis=dim % input.ndim, keep=keepdim), {"x": input})
