"""Reading activations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch.nn import functional

from convista.tracing.reading.call import Call, reads


def _reads_plainly(name: str, *functions: Callable[..., Any]) -> None:
    """Register functions that take one tensor, and perhaps whether to work in place."""

    @reads(*functions)
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


_reads_plainly("hardsigmoid", functional.hardsigmoid)


@reads(functional.hardtanh)
def _hardtanh(input: Any, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Call:
    if (min_val, max_val) == (0, 6):
        return Call("relu6", {"x": input}, {})
    return Call("hardtanh", {"x": input}, {"low": min_val, "high": max_val})


@reads(torch.clamp, torch.clip, torch.clamp_, _TENSOR.clamp, _TENSOR.clamp_, _TENSOR.clip, _TENSOR.clip_)
def _clamp(input: Any, min: Any = None, max: Any = None) -> Call | None:
    limits = {"low": min, "high": max}
    given = {name: float(limit) for name, limit in limits.items() if isinstance(limit, int | float)}
    if any(isinstance(limit, torch.Tensor) for limit in limits.values()) or not input.is_floating_point():
        return None
    return Call("clamp", {"x": input}, given)


@reads(torch.clamp_min, _TENSOR.clamp_min, _TENSOR.clamp_min_)
def _clamp_min(input: Any, min: Any) -> Call | None:
    return _clamp(input, min)


@reads(torch.clamp_max, _TENSOR.clamp_max, _TENSOR.clamp_max_)
def _clamp_max(input: Any, max: Any) -> Call | None:
    return _clamp(input, None, max)


@reads(functional.leaky_relu, functional.leaky_relu_)
def _leaky_relu(input: Any, negative_slope: float = 0.01, inplace: bool = False) -> Call:
    return Call("leaky_relu", {"x": input}, {"alpha": negative_slope})


@reads(functional.elu, functional.elu_)
def _elu(input: Any, alpha: float = 1.0, inplace: bool = False) -> Call:
    return Call("elu", {"x": input}, {"alpha": alpha})


@reads(functional.softplus)
def _softplus(input: Any, beta: float = 1.0, threshold: float = 20.0) -> Call:
    return Call("softplus", {"x": input}, {"beta": beta, "threshold": threshold})


@reads(functional.gelu)
def _gelu(input: Any, *, approximate: str = "none") -> Call:
    return Call("gelu_tanh" if approximate == "tanh" else "gelu", {"x": input}, {})


@reads(torch.prelu, functional.prelu)
def _prelu(input: Any, weight: Any) -> Call:
    return Call("prelu", {"x": input, "weight": weight}, {})
