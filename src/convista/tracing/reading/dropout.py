"""Reading dropout, whose mask is no argument of the call: it is caught as torch draws it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from convista.operators.dropout import Dropout, Identity
from convista.torch_private import DispatchMode
from convista.tracing.reading.call import Call, reads


@reads(functional.dropout)
def _dropout(input: Any, p: float = 0.5, training: bool = True, inplace: bool = False) -> Call:
    return _read(input, p, training)


@reads(torch.dropout, torch.dropout_, torch.feature_dropout, torch.feature_dropout_)
def _plain(input: Any, p: float, train: bool) -> Call:
    return _read(input, p, train)


def _reads_channels(function: Callable[..., Any], axes: int) -> None:
    """Register a dropout of whole channels; torch reads a missing batch axis in a way of its own."""

    @reads(function)
    def channels(input: Any, p: float = 0.5, training: bool = True, inplace: bool = False) -> Call | None:
        return _read(input, p, training) if input.ndim == axes + 2 else None


_reads_channels(functional.dropout1d, 1)
_reads_channels(functional.dropout2d, 2)
_reads_channels(functional.dropout3d, 3)


def _read(x: Tensor, p: float, training: bool) -> Call:
    if not training or p == 0:
        return Call(Identity(), {"x": x}, run_with_draws=_as_another_tensor)
    return Call(Dropout(p=p), {"x": x}, run_with_draws=_with_its_mask)


def _as_another_tensor(call: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    """Torch gives back the very tensor it was given; a view of it can have a record and a gradient of its own."""
    result = call()
    return result.view_as(result), {}


def _with_its_mask(call: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    """Where everything is left out, nothing is drawn."""
    with _Drawing() as drawing:
        result = call()
    mask = torch.zeros_like(result, dtype=torch.bool) if drawing.mask is None else drawing.mask
    return result, {"mask": mask}


class _Drawing(DispatchMode):
    """Sees what torch does inside a dropout, below autograd, so that the run and its random numbers stay the same.

    The output alone would not tell: a value of 0 is 0 whether it was kept or not, but its gradient is not.
    """

    mask: Tensor | None = None

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        result = func(*args, **(kwargs or {}))
        if func is torch.ops.aten.bernoulli_.float:
            self.mask = result.bool()
        elif func is torch.ops.aten.native_dropout.default:  # what a GPU does in one step
            self.mask = result[1].bool()
        return result
