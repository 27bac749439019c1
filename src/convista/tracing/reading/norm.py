"""Reading normalisations."""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional

from convista.operators.norm import BatchNorm
from convista.operators.norm_group import GroupNorm, InstanceNorm
from convista.operators.norm_layer import LayerNorm
from convista.tracing.reading.call import Call, reads


@reads(functional.batch_norm)
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
    return Call(BatchNorm(training=training or running_mean is None, epsilon=eps), operands)


@reads(functional.instance_norm)
def _instance_norm(
    input: Any,
    running_mean: Any = None,
    running_var: Any = None,
    weight: Any = None,
    bias: Any = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Call:
    operands = {"x": input, "weight": weight, "bias": bias, "mean": running_mean, "variance": running_var}
    return Call(InstanceNorm(training=use_input_stats, epsilon=eps), operands)


@reads(functional.layer_norm, torch.layer_norm)
def _layer_norm(
    input: Any,
    normalized_shape: Any,
    weight: Any = None,
    bias: Any = None,
    eps: float = 1e-5,
    cudnn_enable: bool = True,
) -> Call:
    return Call(LayerNorm(axes=len(normalized_shape), epsilon=eps), {"x": input, "weight": weight, "bias": bias})


@reads(functional.group_norm, torch.group_norm)
def _group_norm(
    input: Any,
    num_groups: int,
    weight: Any = None,
    bias: Any = None,
    eps: float = 1e-5,
    cudnn_enabled: bool = True,
) -> Call:
    return Call(GroupNorm(groups=num_groups, epsilon=eps), {"x": input, "weight": weight, "bias": bias})
