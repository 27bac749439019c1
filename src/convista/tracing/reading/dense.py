"""Reading dense layers."""

from __future__ import annotations

from typing import Any

from torch.nn import functional

from convista.tracing.reading.call import Call, reads


@reads(functional.linear)
def _linear(input: Any, weight: Any, bias: Any = None) -> Call:
    return Call("dense", {"x": input, "weight": weight, "bias": bias}, {})
