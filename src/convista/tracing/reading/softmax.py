"""Reading softmax and its logarithm."""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional

from convista.operators.softmax import LogSoftmax, Softmax
from convista.tracing.reading.call import Call, reads


@reads(torch.softmax, torch.Tensor.softmax, functional.softmax)
def _softmax(
    input: Any, dim: int | None = None, _stacklevel: int = 3, dtype: torch.dtype | None = None
) -> Call | None:
    return Call(Softmax(axis=dim), {"x": input}) if dim is not None and dtype is None else None


@reads(torch.log_softmax, torch.Tensor.log_softmax, functional.log_softmax)
def _log_softmax(
    input: Any, dim: int | None = None, _stacklevel: int = 3, dtype: torch.dtype | None = None
) -> Call | None:
    return Call(LogSoftmax(axis=dim), {"x": input}) if dim is not None and dtype is None else None
