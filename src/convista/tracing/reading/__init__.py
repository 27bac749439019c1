"""Reading a torch call as an operator of `convista.operators`: one file for each family of operators.

Every reader has the signature of the torch function it reads, so that positional and keyword calls mean the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from inspect import signature
from typing import Any

import torch
from torch import Tensor
from torch.utils.dlpack import from_dlpack

from convista.tracing.reading import (
    activation,
    arithmetic,
    conv,
    dense,
    dropout,
    flatten,
    loss,
    norm,
    pool,
    resample,
    softmax,
)
from convista.tracing.reading.call import Call, places_of, reader_of
from convista.tracing.recording.watching import tensors_of

FAMILIES = (activation, arithmetic, conv, dense, dropout, flatten, loss, norm, pool, resample, softmax)
"""The modules whose readers are registered by being imported."""

SHAPE_ONLY = {
    torch.zeros_like, torch.ones_like, torch.full_like, torch.empty_like, torch.rand_like, torch.randn_like,
    Tensor.new_zeros, Tensor.new_ones, Tensor.new_full, Tensor.new_empty, Tensor.new_tensor,
}  # fmt: skip
"""Functions that read of a tensor no more than its shape, precision and device."""

FROM_OUTSIDE = {
    torch.tensor, torch.as_tensor, torch.asarray, torch.from_numpy, torch.frombuffer, from_dlpack,
    Tensor.new_tensor,
}  # fmt: skip
"""Functions whose result holds what Python, or another library, had."""

_PLACES = {
    name: {place for function in some for place in places_of(function)}  # type: ignore[arg-type]
    for name, some in (("shape_only", SHAPE_ONLY), ("from_outside", FROM_OUTSIDE))
}

# Names that torch takes from NumPy.
_OTHER_NAMES = {"axis": "dim", "keepdims": "keepdim"}

__all__ = ["FAMILIES", "Call", "brings_in", "makes_constants", "read"]


def read(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call | None:
    """Return the call as a known operator, or None if no definition covers it."""
    reader = reader_of(function)
    if reader is None:
        return None
    try:
        given = _signature(reader).bind(*args, **{_OTHER_NAMES.get(name, name): kwargs[name] for name in kwargs})
    except TypeError:  # torch has more ways to call it than the reader knows, such as ``out=``
        return None
    call = reader(*given.args, **given.kwargs)
    if call is None:
        return None
    return call._replace(operands={name: value for name, value in call.operands.items() if value is not None})


_signature = cache(signature)


def makes_constants(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Tell whether a call makes its result out of nothing: ``torch.zeros`` is no operator of a network."""
    if function in SHAPE_ONLY or not _PLACES["shape_only"].isdisjoint(places_of(function)):
        return True
    return not tensors_of((args, kwargs))


def brings_in(function: Callable[..., Any]) -> bool:
    """Tell whether the result of a call that makes constants may hold what was computed outside torch."""
    return function in FROM_OUTSIDE or not _PLACES["from_outside"].isdisjoint(places_of(function))
