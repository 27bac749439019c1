"""Reading a torch call as an operator of `convista.operators`: one file for each family of operators.

Every reader has the signature of the torch function it reads, so that positional and keyword calls mean the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    softmax,
)
from convista.tracing.reading.call import READERS, Call

FAMILIES = (activation, arithmetic, conv, dense, dropout, flatten, loss, norm, pool, softmax)
"""The modules whose readers are registered by being imported."""

__all__ = ["FAMILIES", "Call", "read"]


def read(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call | None:
    """Return the call as a known operator, or None if no definition covers it."""
    reader = READERS.get(function)
    call = reader(*args, **kwargs) if reader else None
    if call is None:
        return None
    return call._replace(operands={name: value for name, value in call.operands.items() if value is not None})
