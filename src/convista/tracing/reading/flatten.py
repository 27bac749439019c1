"""Reading changes of shape."""

from __future__ import annotations

from typing import Any

import torch

from convista.tracing.reading.call import Call, reads


@reads(torch.flatten, torch.Tensor.flatten)
def _flatten(input: Any, start_dim: int = 0, end_dim: int = -1) -> Call:
    first, last = start_dim % input.ndim, end_dim % input.ndim
    shape = (*input.shape[:first], -1, *input.shape[last + 1 :])
    return Call("reshape", {"x": input}, {"shape": tuple(shape)})


@reads(torch.reshape, torch.Tensor.reshape, torch.Tensor.view)
def _reshape(input: Any, *shape: Any) -> Call | None:
    sizes = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple | list) else shape
    if not all(isinstance(size, int) for size in sizes):
        return None
    return Call("reshape", {"x": input}, {"shape": tuple(sizes)})
