"""Reading arithmetic."""

from __future__ import annotations

from typing import Any

import torch

from convista.tracing.reading.call import Call, reads


@reads(torch.add, torch.Tensor.add, torch.Tensor.add_, torch.Tensor.__add__, torch.Tensor.__iadd__)
def _add(input: Any, other: Any, *, alpha: float = 1) -> Call | None:
    return Call("add", {"x": input, "y": other}, {}) if alpha == 1 else None


@reads(torch.Tensor.__radd__)
def _radd(input: Any, other: Any) -> Call:
    return Call("add", {"x": other, "y": input}, {})
