"""Functions that torch announces as it does its own, so that a recorder sees one operator and not its parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from torch import Tensor
from torch.overrides import handle_torch_function, has_torch_function_unary

Rest = ParamSpec("Rest")


def announced(function: Callable[Concatenate[Tensor, Rest], Tensor]) -> Callable[Concatenate[Tensor, Rest], Tensor]:
    """Let a function of a tensor be seen by ``__torch_function__``, under its own name."""

    @wraps(function)
    def call(x: Tensor, /, *args: Rest.args, **kwargs: Rest.kwargs) -> Tensor:
        if has_torch_function_unary(x):
            made: Tensor = handle_torch_function(call, (x,), x, *args, **kwargs)
            return made
        return function(x, *args, **kwargs)

    return call
