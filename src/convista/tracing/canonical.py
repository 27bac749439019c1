"""Reading a torch call as an operator of `convista.operators`: its name, its operands and its attributes.

Every reader has the signature of the torch function it reads, so that positional and keyword calls mean the same.
A reader returns None where the call asks for something that the written definition does not cover.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch.nn import functional

from convista.operators.pool import overhang


class Call(NamedTuple):
    """A torch call in the words of `convista.operators`."""

    operator: str
    operands: dict[str, Any]
    """Tensors and numbers by the definition's own names; an operand that is None is left out."""
    attributes: dict[str, Any]


Reader = Callable[..., Call | None]
_READERS: dict[Callable[..., Any], Reader] = {}


def read(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call | None:
    """Return the call as a known operator, or None if no definition covers it."""
    reader = _READERS.get(function)
    if reader is None:
        return None
    call = reader(*args, **kwargs)
    if call is None:
        return None
    return call._replace(operands={name: value for name, value in call.operands.items() if value is not None})


def _reads(*functions: Callable[..., Any]) -> Callable[[Reader], Reader]:
    def register(reader: Reader) -> Reader:
        _READERS.update(dict.fromkeys(functions, reader))
        return reader

    return register


def _reads_conv(axes: int, function: Callable[..., Any], transposed: Callable[..., Any]) -> None:
    """Register a convolution over so many axes, and the transposed one."""

    @_reads(function)
    def conv(
        input: Any,
        weight: Any,
        bias: Any = None,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: int = 1,
    ) -> Call | None:
        if input.ndim != axes + 2:
            return None
        spread = _each(dilation, axes)
        attributes = {
            "stride": _each(stride, axes),
            "padding": _border(padding, tuple(weight.shape[2:]), spread),
            "dilation": spread,
            "groups": groups,
        }
        return Call(f"conv{axes}d", {"x": input, "weight": weight, "bias": bias}, attributes)

    @_reads(transposed)
    def conv_transpose(
        input: Any,
        weight: Any,
        bias: Any = None,
        stride: Any = 1,
        padding: Any = 0,
        output_padding: Any = 0,
        groups: int = 1,
        dilation: Any = 1,
    ) -> Call | None:
        if input.ndim != axes + 2:
            return None
        taken = zip(_each(padding, axes), _each(output_padding, axes), strict=True)
        attributes = {
            "stride": _each(stride, axes),
            "padding": tuple((p, p - extra) for p, extra in taken),
            "dilation": _each(dilation, axes),
            "groups": groups,
        }
        return Call(f"conv_transpose{axes}d", {"x": input, "weight": weight, "bias": bias}, attributes)


_reads_conv(1, torch.conv1d, torch.conv_transpose1d)
_reads_conv(2, torch.conv2d, torch.conv_transpose2d)
_reads_conv(3, torch.conv3d, torch.conv_transpose3d)


def _reads_plainly(name: str, *functions: Callable[..., Any]) -> None:
    """Register functions that take one tensor, and perhaps whether to work in place."""

    @_reads(*functions)
    def reader(input: Any, inplace: bool = False) -> Call:
        return Call(name, {"x": input}, {})


_TENSOR = torch.Tensor
_reads_plainly("relu", torch.relu, torch.relu_, _TENSOR.relu, _TENSOR.relu_, functional.relu, functional.relu_)
_reads_plainly("relu6", functional.relu6)
_reads_plainly("sigmoid", torch.sigmoid, torch.sigmoid_, _TENSOR.sigmoid, _TENSOR.sigmoid_, functional.sigmoid)
_reads_plainly("tanh", torch.tanh, torch.tanh_, _TENSOR.tanh, _TENSOR.tanh_, functional.tanh)
_reads_plainly("silu", functional.silu)
_reads_plainly("hardswish", functional.hardswish)
_reads_plainly("mish", functional.mish)


@_reads(functional.hardtanh)
def _hardtanh(input: Any, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Call | None:
    return Call("relu6", {"x": input}, {}) if (min_val, max_val) == (0, 6) else None


@_reads(functional.leaky_relu, functional.leaky_relu_)
def _leaky_relu(input: Any, negative_slope: float = 0.01, inplace: bool = False) -> Call:
    return Call("leaky_relu", {"x": input}, {"alpha": negative_slope})


@_reads(functional.elu, functional.elu_)
def _elu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Call:
    return Call("elu", {"x": input}, {"alpha": alpha})


@_reads(functional.softplus)
def _softplus(input: Any, beta: float = 1.0, threshold: float = 20.0) -> Call:
    return Call("softplus", {"x": input}, {"beta": beta, "threshold": threshold})


@_reads(functional.gelu)
def _gelu(input: Any, *, approximate: str = "none") -> Call:
    return Call("gelu_tanh" if approximate == "tanh" else "gelu", {"x": input}, {})


@_reads(torch.prelu, functional.prelu)
def _prelu(input: Any, weight: Any) -> Call:
    return Call("prelu", {"x": input, "weight": weight}, {})


@_reads(torch.max_pool2d, functional.max_pool2d)
def _max_pool2d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Call | None:
    if return_indices or input.ndim != 4:
        return None
    kernel, spread = _pair(kernel_size), _pair(dilation)
    steps = _pair(stride) if stride else kernel
    border = _border(padding, kernel, spread)
    if ceil_mode:
        beyond = _overhang(input, kernel, steps, border, spread)
        border = tuple((before, after + more) for (before, after), more in zip(border, beyond, strict=True))
    attributes = {"kernel": kernel, "stride": steps, "padding": border, "dilation": spread}
    return Call("max_pool2d", {"x": input}, attributes)


@_reads(functional.avg_pool2d)
def _avg_pool2d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Call | None:
    if input.ndim != 4:
        return None
    kernel = _pair(kernel_size)
    steps, border = _pair(stride) if stride else kernel, _border(padding, kernel, (1, 1))
    attributes = {
        "kernel": kernel,
        "stride": steps,
        "padding": border,
        "overhang": _overhang(input, kernel, steps, border, (1, 1)) if ceil_mode else (0, 0),
        "count_padding": count_include_pad,
        "divisor": divisor_override,
    }
    return Call("average_pool2d", {"x": input}, attributes)


@_reads(functional.adaptive_avg_pool2d)
def _adaptive_avg_pool2d(input: Any, output_size: Any) -> Call | None:
    return _by_regions(input, output_size, "global_average", "adaptive_average")


@_reads(functional.adaptive_max_pool2d, functional.adaptive_max_pool2d_with_indices)
def _adaptive_max_pool2d(input: Any, output_size: Any, return_indices: bool = False) -> Call | None:
    return None if return_indices else _by_regions(input, output_size, "global_max", "adaptive_max")


@_reads(functional.batch_norm)
def _batch_norm(
    input: Any,
    running_mean: Any,
    running_var: Any,
    weight: Any = None,
    bias: Any = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Call:
    operands = {"x": input, "weight": weight, "bias": bias, "mean": running_mean, "variance": running_var}
    return Call("batch_norm", operands, {"training": training or running_mean is None, "epsilon": eps})


@_reads(functional.linear)
def _linear(input: Any, weight: Any, bias: Any = None) -> Call:
    return Call("dense", {"x": input, "weight": weight, "bias": bias}, {})


@_reads(torch.flatten, torch.Tensor.flatten)
def _flatten(input: Any, start_dim: int = 0, end_dim: int = -1) -> Call:
    first, last = start_dim % input.ndim, end_dim % input.ndim
    shape = (*input.shape[:first], -1, *input.shape[last + 1 :])
    return Call("reshape", {"x": input}, {"shape": tuple(shape)})


@_reads(torch.reshape, torch.Tensor.reshape, torch.Tensor.view)
def _reshape(input: Any, *shape: Any) -> Call | None:
    sizes = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple | list) else shape
    if not all(isinstance(size, int) for size in sizes):
        return None
    return Call("reshape", {"x": input}, {"shape": tuple(sizes)})


@_reads(torch.add, torch.Tensor.add, torch.Tensor.add_, torch.Tensor.__add__, torch.Tensor.__iadd__)
def _add(input: Any, other: Any, *, alpha: float = 1) -> Call | None:
    return Call("add", {"x": input, "y": other}, {}) if alpha == 1 else None


@_reads(torch.Tensor.__radd__)
def _radd(input: Any, other: Any) -> Call:
    return Call("add", {"x": other, "y": input}, {})


@_reads(torch.softmax, torch.Tensor.softmax, functional.softmax)
def _softmax(
    input: Any, dim: int | None = None, _stacklevel: int = 3, dtype: torch.dtype | None = None
) -> Call | None:
    return Call("softmax", {"x": input}, {"axis": dim}) if dim is not None and dtype is None else None


@_reads(torch.log_softmax, torch.Tensor.log_softmax, functional.log_softmax)
def _log_softmax(
    input: Any, dim: int | None = None, _stacklevel: int = 3, dtype: torch.dtype | None = None
) -> Call | None:
    return Call("log_softmax", {"x": input}, {"axis": dim}) if dim is not None and dtype is None else None


@_reads(functional.cross_entropy)
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
    plain = weight is None and size_average is None and reduce is None and not label_smoothing
    by_class = input.ndim == 2 and not target.is_floating_point() and bool((target != ignore_index).all())
    if not plain or not by_class or reduction != "mean":
        return None
    return Call("cross_entropy", {"x": input, "target": target}, {})


def _by_regions(input: Any, output_size: Any, one: str, several: str) -> Call | None:
    """Read an adaptive pooling; None in its size stands for the input's own."""
    if input.ndim != 4:
        return None
    asked = output_size if isinstance(output_size, tuple | list) else (output_size, output_size)
    size = tuple(n if wanted is None else int(wanted) for wanted, n in zip(asked, input.shape[2:], strict=True))
    return Call(one, {"x": input}, {}) if size == (1, 1) else Call(several, {"x": input}, {"size": size})


def _overhang(input: Any, kernel: Any, stride: Any, padding: Any, dilation: Any) -> tuple[int, ...]:
    before = (padding[0][0], padding[1][0])
    return tuple(map(overhang, input.shape[2:], kernel, stride, before, dilation))


def _pair(value: Any) -> tuple[int, int]:
    first, second = _each(value, 2)
    return first, second


def _each(value: Any, axes: int) -> tuple[int, ...]:
    """Read one number for all axes, or one for each."""
    if isinstance(value, int):
        return (value,) * axes
    numbers = tuple(int(n) for n in value)
    return numbers * axes if len(numbers) == 1 else numbers


def _border(padding: Any, kernel: tuple[int, ...], dilation: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Zeros before and after along each axis; torch's ``"same"`` puts the odd one after."""
    if padding == "same":
        total = [d * (k - 1) for k, d in zip(kernel, dilation, strict=True)]
        return tuple((n // 2, n - n // 2) for n in total)
    each = _each(0 if padding == "valid" else padding, len(kernel))
    return tuple((n, n) for n in each)
