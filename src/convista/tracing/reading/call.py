"""A torch call in the words of `convista.operators`, and the table of those who can read one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch.nn import functional

from convista.operators import Operator

RunWithDraws = Callable[[Callable[[], Any]], tuple[Any, dict[str, Any]]]
"""Makes the call it is given; gives its result, and the operands that are known only then."""


class Call(NamedTuple):
    """An operator and its operands."""

    operator: Operator | str
    """With its numbers; the name of the torch function where no definition covers the call."""
    operands: dict[str, Any]
    """Tensors and numbers by the definition's own names; an operand that is None is left out."""
    run_with_draws: RunWithDraws | None = None
    """How to make the call where making it is not enough: a dropout's mask must be caught as it is drawn."""


Reader = Callable[..., Call | None]
"""Has the signature of the torch function it reads; gives None where the definition does not cover the call."""

READERS: dict[Callable[..., Any], Reader] = {}

_OWNERS = (torch.Tensor, torch, functional)
_PLACES: dict[tuple[Any, str], Reader] = {}
"""The readers again, by where torch has the function and under which name."""


def reads(*functions: Callable[..., Any]) -> Callable[[Reader], Reader]:
    """Register the reader that follows for torch functions that share a signature."""

    def register(reader: Reader) -> Reader:
        READERS.update(dict.fromkeys(functions, reader))
        _PLACES.update({place: reader for function in functions for place in places_of(function)})
        return reader

    return register


def reader_of(function: Callable[..., Any]) -> Reader | None:
    """Return who reads a torch function: it, or whatever another tool has put in its place."""
    found = READERS.get(function)
    return (
        next((_PLACES[place] for place in places_of(function) if place in _PLACES), None)
        if found is None
        else found
    )


def places_of(function: Callable[..., Any]) -> list[tuple[Any, str]]:
    """Return where torch has a function now, and under which name."""
    name = getattr(function, "__name__", "")
    return [(owner, name) for owner in _OWNERS if getattr(owner, name, None) is function]


def pair(value: Any) -> tuple[int, int]:
    """Read one number for rows and columns, or one for each."""
    first, second = each(value, 2)
    return first, second


def each(value: Any, axes: int) -> tuple[int, ...]:
    """Read one number for all axes, or one for each."""
    if isinstance(value, int):
        return (value,) * axes
    numbers = tuple(int(n) for n in value)
    return numbers * axes if len(numbers) == 1 else numbers


def border(padding: Any, kernel: tuple[int, ...], dilation: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Return zeros before and after along each axis; torch's ``"same"`` puts the odd one after."""
    if padding == "same":
        total = [d * (k - 1) for k, d in zip(kernel, dilation, strict=True)]
        return tuple((n // 2, n - n // 2) for n in total)
    both = each(0 if padding == "valid" else padding, len(kernel))
    return tuple((n, n) for n in both)


def axes_of(tensor: Any, dim: Any) -> tuple[int, ...]:
    """Read one axis, several, or None for all; counted from 0."""
    if dim is None or dim == ():
        return tuple(range(tensor.ndim))
    return tuple(sorted(axis % tensor.ndim for axis in ((dim,) if isinstance(dim, int) else dim)))
