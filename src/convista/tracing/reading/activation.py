"""Reading activations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch.nn import functional

from convista.operators import Operator
from convista.operators.activation import (
    Elu,
    Gelu,
    GeluTanh,
    Hardswish,
    LeakyRelu,
    Mish,
    Relu,
    Relu6,
    Sigmoid,
    Silu,
    Softplus,
    Tanh,
)
from convista.operators.activation_learned import Prelu
from convista.operators.activation_pieces import Clamp, Hardsigmoid, Hardtanh
from convista.tracing.reading.call import Call, reads


def _reads_plainly(operator: Operator, *functions: Callable[..., Any]) -> None:
    """Register functions that take one tensor, and perhaps whether to work in place."""

    @reads(*functions)
    def reader(input: Any, inplace: bool = False) -> Call:
        return Call(operator, {"x": input})


_TENSOR = torch.Tensor
_reads_plainly(Relu(), torch.relu, torch.relu_, _TENSOR.relu, _TENSOR.relu_, functional.relu, functional.relu_)
_reads_plainly(Relu6(), functional.relu6)
_reads_plainly(Sigmoid(), torch.sigmoid, torch.sigmoid_, _TENSOR.sigmoid, _TENSOR.sigmoid_, functional.sigmoid)
_reads_plainly(Tanh(), torch.tanh, torch.tanh_, _TENSOR.tanh, _TENSOR.tanh_, functional.tanh)
_reads_plainly(Silu(), functional.silu)
_reads_plainly(Hardswish(), functional.hardswish)
_reads_plainly(Mish(), functional.mish)
_reads_plainly(Hardsigmoid(), functional.hardsigmoid)


@reads(functional.hardtanh)
def _hardtanh(input: Any, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Call:
    if (min_val, max_val) == (0, 6):
        return Call(Relu6(), {"x": input})
    return Call(Hardtanh(low=min_val, high=max_val), {"x": input})


@reads(torch.clamp, torch.clip, torch.clamp_, _TENSOR.clamp, _TENSOR.clamp_, _TENSOR.clip, _TENSOR.clip_)
def _clamp(input: Any, min: Any = None, max: Any = None) -> Call | None:
    if isinstance(min, torch.Tensor) or isinstance(max, torch.Tensor) or not input.is_floating_point():
        return None
    low, high = (float(limit) if isinstance(limit, int | float) else None for limit in (min, max))
    return Call(Clamp(low=low, high=high), {"x": input})


@reads(torch.clamp_min, _TENSOR.clamp_min, _TENSOR.clamp_min_)
def _clamp_min(input: Any, min: Any) -> Call | None:
    return _clamp(input, min)


@reads(torch.clamp_max, _TENSOR.clamp_max, _TENSOR.clamp_max_)
def _clamp_max(input: Any, max: Any) -> Call | None:
    return _clamp(input, None, max)


@reads(functional.leaky_relu, functional.leaky_relu_)
def _leaky_relu(input: Any, negative_slope: float = 0.01, inplace: bool = False) -> Call:
    return Call(LeakyRelu(alpha=negative_slope), {"x": input})


@reads(functional.elu, functional.elu_)
def _elu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Call:
    return Call(Elu(alpha=alpha), {"x": input})


@reads(functional.softplus)
def _softplus(input: Any, beta: float = 1.0, threshold: float = 20.0) -> Call:
    return Call(Softplus(beta=beta, threshold=threshold), {"x": input})


@reads(functional.gelu)
def _gelu(input: Any, *, approximate: str = "none") -> Call:
    return Call(GeluTanh() if approximate == "tanh" else Gelu(), {"x": input})


@reads(torch.prelu, functional.prelu)
def _prelu(input: Any, weight: Any) -> Call:
    return Call(Prelu(), {"x": input, "weight": weight})
