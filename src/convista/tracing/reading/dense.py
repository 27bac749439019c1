"""Reading dense layers and products of matrices."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from convista.operators.dense import Dense, Matmul
from convista.tracing.reading.call import Call, reads


@reads(functional.linear)
def _linear(input: Any, weight: Any, bias: Any = None) -> Call:
    return Call(Dense(), {"x": input, "weight": weight, "bias": bias})


@reads(torch.matmul, torch.bmm, torch.mm, Tensor.matmul, Tensor.bmm, Tensor.mm, Tensor.__matmul__)
def _matmul(input: Any, other: Any) -> Call | None:
    return Call(Matmul(), {"x": input, "y": other}) if min(input.ndim, other.ndim) >= 2 else None
