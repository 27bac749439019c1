"""Reading normalisations."""

from __future__ import annotations

from typing import Any

from torch.nn import functional

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
    return Call("batch_norm", operands, {"training": training or running_mean is None, "epsilon": eps})
