"""Watching torch from below: what is made and multiplied, whoever asks for it.

A function mode hears of the calls that Python makes of torch. Compiled and scripted code, extensions in C++ and
what torch does inside one call are not announced there, but all of it passes torch's dispatcher.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from convista.torch_private import (
    DispatchMode,
    StorageWeakRef,
    flop_registry,
    memory_of,
    packet_of,
    without_function_modes,
)

_OPAQUE = (
    "_fft", "linalg", "_linalg", "_trilinear", "_cdist", "_thnn", "_cudnn_rnn", "miopen_rnn", "_native_multi_head",
    "_transformer", "quantized", "_int_mm", "_weight_int", "_sparse", "_grouped_mm", "triangular_solve", "cholesky",
)  # fmt: skip
"""Beginnings of the names of aten's operators that multiply by no rule of ours."""


class DispatchWatch(DispatchMode):
    """Sees every tensor that torch makes while it is on."""

    def __init__(self) -> None:
        super().__init__()
        self.made: set[int] = set()
        """The memory of all tensors made, views of older ones apart."""
        self.brought: set[int] = set()
        """The memory of tensors made of what Python, or NumPy, had."""
        self.announced = False
        """Whether what is done now is part of a call that the recorder sees."""
        self.counts = True
        """Whether what an announced call multiplies is counted: its definition may say."""
        self._products: dict[bool, int | None] = {True: 0, False: 0}
        self._held: dict[int, StorageWeakRef] = {}

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """Do what is asked for, and keep where its result lies."""
        given = {} if kwargs is None else kwargs
        # What is done here is not asked for by the network: no function mode is to hear of it.
        with without_function_modes():
            result = func(*args, **given)
            if func is torch.ops.aten.lift_fresh.default:
                self.brought.add(memory_of(result))
            for tensor in tensors_of(result):
                place = memory_of(tensor)
                self.hold(tensor)
                if place not in self.made and not any(memory_of(one) == place for one in tensors_of(args)):
                    self.made.add(place)
            if self.counts or not self.announced:
                counted, products = self._products[self.announced], _products_of(func, args, given, result)
                both = None if counted is None or products is None else counted + products
                self._products[self.announced] = both
        return result

    def hold(self, tensor: Tensor) -> None:
        """See that no other memory is taken for that of a tensor, once this is given back.

        A weak reference lets the numbers go and keeps the place of torch's storage, which else the next one would
        have: a constant made there would seem to have been made by the run.
        """
        place = memory_of(tensor)
        if place and place not in self._held:
            self._held[place] = StorageWeakRef(tensor.untyped_storage())  # type: ignore[no-untyped-call]

    def products(self, *, announced: bool) -> int | None:
        """Return the multiply-adds since this was last asked, None if there was something of unknown cost."""
        found = self._products[announced]
        self._products[announced] = 0
        return found


def leaves_of(given: Any) -> list[Any]:
    """Return what the arguments or the result of a torch call hold, in their order."""
    if isinstance(given, Tensor):
        return [given]
    if isinstance(given, tuple | list):
        return [leaf for one in given for leaf in leaves_of(one)]
    if isinstance(given, dict):
        return leaves_of(list(given.values()))
    return [given]


def tensors_of(given: Any) -> list[Tensor]:
    """Return the tensors among them."""
    return [leaf for leaf in leaves_of(given) if isinstance(leaf, Tensor)]


def is_foreign(tensor: Tensor) -> bool:
    """Tell whether a tensor lies in memory that another library gave, as of a NumPy array."""
    return memory_of(tensor) != 0 and not tensor.untyped_storage().resizable()


def _products_of(func: Any, args: Sequence[Any], kwargs: Mapping[str, Any], result: Any) -> int | None:
    """Return the multiply-adds of one of aten's operators: products of matrices and convolutions, no others."""
    packet = packet_of(func)
    if packet is None or func.namespace not in {"aten", "prim", "prims"}:
        return None
    name = packet.__name__
    if packet in flop_registry:
        return int(flop_registry[packet](*args, **kwargs, out_val=result)) // 2
    if name in _FORMULAS:
        return int(_FORMULAS[name](*args[:3]))
    return None if name.startswith(_OPAQUE) else 0


def _of_attention(query: Tensor, key: Tensor, value: Tensor) -> int:
    """Return those of QKᵀ and of what multiplies V: for each query and key, the length of one and of the other."""
    queries = query.numel() // query.shape[-1]
    return queries * key.shape[-2] * (query.shape[-1] + value.shape[-1])


_FORMULAS: dict[str, Callable[..., int]] = {
    **dict.fromkeys(
        (
            "_scaled_dot_product_flash_attention_for_cpu",
            "_scaled_dot_product_fused_attention_overrideable",
            "_scaled_dot_product_attention_math_for_mps",
        ),
        _of_attention,
    ),
    **dict.fromkeys(("mv", "dot", "vdot"), lambda x, *_: x.numel()),
    "addmv": lambda _, x, *__: x.numel(),
    "mkldnn_rnn_layer": lambda x, one, other: x.shape[0] * x.shape[1] * (one.numel() + other.numel()),
}
"""The operators that torch's own counter does not know."""
