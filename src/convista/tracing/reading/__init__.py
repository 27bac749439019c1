"""Reading a torch call as an operator of `convista.operators`: one file for each family of operators.

Every reader has the signature of the torch function it reads, so that positional and keyword calls mean the same.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any

import torch
from torch import Tensor
from torch.utils._pytree import tree_leaves

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
from convista.tracing.reading.call import READERS, Call

FAMILIES = (activation, arithmetic, conv, dense, dropout, flatten, loss, norm, pool, resample, softmax)
"""The modules whose readers are registered by being imported."""

SHAPE_ONLY = {
    torch.zeros_like, torch.ones_like, torch.full_like, torch.empty_like, torch.rand_like, torch.randn_like,
    Tensor.new_zeros, Tensor.new_ones, Tensor.new_full, Tensor.new_empty, Tensor.new_tensor,
}  # fmt: skip
"""Functions that read of a tensor no more than its shape, precision and device."""

# Names that torch takes from NumPy.
_OTHER_NAMES = {"axis": "dim", "keepdims": "keepdim"}

__all__ = ["FAMILIES", "Call", "makes_constants", "read"]


def read(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call | None:
    """Return the call as a known operator, or None if no definition covers it."""
    reader = READERS.get(function)
    if reader is None:
        return None
    try:
        given = signature(reader).bind(*args, **{_OTHER_NAMES.get(name, name): kwargs[name] for name in kwargs})
    except TypeError:  # torch has more ways to call it than the reader knows, such as ``out=``
        return None
    call = reader(*given.args, **given.kwargs)
    if call is None:
        return None
    return call._replace(operands={name: value for name, value in call.operands.items() if value is not None})


def makes_constants(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Tell whether a call makes its result out of nothing: ``torch.zeros`` is no operator of a network."""
    return function in SHAPE_ONLY or not any(isinstance(leaf, Tensor) for leaf in tree_leaves((args, kwargs)))
