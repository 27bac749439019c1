"""Reading losses."""

from __future__ import annotations

from typing import Any

from torch.nn import functional

from convista.tracing.reading.call import Call, reads


@reads(functional.cross_entropy)
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
