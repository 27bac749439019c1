"""The graph of a network: the ATen calls that it made for one patch, to be executed again on other tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.torch_private import (
    DispatchMode,
    out_of_place,
    tree_flatten,
    tree_leaves,
    tree_map,
    tree_unflatten,
    writes,
    written_arguments,
)

Function = Callable[..., Any]


class Slot(NamedTuple):
    """Stands in the graph for a tensor that depends on the input."""

    number: int


class AtenCall(NamedTuple):
    """One call: slots stand for what depends on the input, all else is as it was."""

    function: Function
    name: str
    """ATen's name without overload and without the underscore of what works in place: ``"relu"``."""
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    results: tuple[int | None, ...]
    """Slots of the results, in the order of the function's own; None for what is no tensor."""
    shapes: tuple[tuple[int, ...], ...]
    """Of the results."""
    layer: str
    """Path of the innermost module that made the call; the class of the network for its own calls."""

    def slots(self) -> list[int]:
        """Return what the call reads."""
        leaves = tree_leaves((self.args, self.kwargs), is_leaf=_is_slot)
        return [leaf.number for leaf in leaves if isinstance(leaf, Slot)]

    def filled(self, values: dict[int, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return arguments with values in place of the slots."""
        leaves, form = tree_flatten((self.args, self.kwargs), is_leaf=_is_slot)
        args, kwargs = tree_unflatten([values[x.number] if isinstance(x, Slot) else x for x in leaves], form)
        return args, kwargs


class CallGraph(NamedTuple):
    """The calls of one run of a network on one patch; slot 0 is the input."""

    calls: tuple[AtenCall, ...]
    result: int
    shapes: dict[int, tuple[int, ...]]
    """Of every slot."""


def record_calls(network: nn.Module, patch: Tensor) -> CallGraph:
    """Run a network on one patch, (1, bands, rows, columns), and write down what it calls.

    Raises
    ------
    ConvistaError
        If the network decides by the data what to do, gives something else than one tensor, or changes a tensor
        that it goes on to read under another name.
    """
    recorder = _CallRecorder(patch, type(network).__name__)
    handles = [
        handle
        for path, module in network.named_modules()
        if path
        for handle in (
            module.register_forward_pre_hook(lambda *_, path=path: recorder.at_work.append(path)),
            module.register_forward_hook(lambda *_: recorder.at_work.pop() and None, always_call=True),
        )
    ]
    try:
        with torch.no_grad(), recorder:
            output = network(patch)
    finally:
        for handle in handles:
            handle.remove()
    if not isinstance(output, Tensor):
        raise ConvistaError("mapping.not_one_tensor", network=type(network).__name__, kind=type(output).__name__)
    if id(output) not in recorder.numbers:
        raise ConvistaError("mapping.answers_without_looking", network=type(network).__name__)
    return CallGraph(tuple(recorder.calls), recorder.numbers[id(output)], recorder.shapes)


class _CallRecorder(DispatchMode):
    """Sees each ATen call, whatever module or operator made it."""

    def __init__(self, patch: Tensor, name: str) -> None:
        super().__init__()
        self.calls: list[AtenCall] = []
        self.at_work = [name]
        self.numbers: dict[int, int] = {id(patch): 0}
        self.shapes = {0: tuple(patch.shape)}
        self._alive: list[Tensor] = [patch]  # so that no id is given to another tensor
        self._stale: set[int] = set()

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        given = [x for x in tree_leaves((args, kwargs)) if isinstance(x, Tensor)]
        derived = [x for x in given if id(x) in self.numbers]
        if not derived:
            result = func(*args, **kwargs)
            self._changed(func, args, kwargs)
            return result
        name = func.__name__.split(".")[0].removesuffix("_")
        if name == "_local_scalar_dense":
            raise ConvistaError("mapping.decides_by_data", layer=self.at_work[-1])
        if any(id(x) in self._stale for x in derived):
            raise ConvistaError("mapping.changed_through_a_view", layer=self.at_work[-1])
        read, options = tree_map(
            lambda x: Slot(self.numbers[id(x)]) if id(x) in self.numbers else x, (args, kwargs)
        )
        result = func(*args, **kwargs)
        self._changed(func, args, kwargs)
        tensors = [x if isinstance(x, Tensor) else None for x in tree_leaves(result)]
        numbers = tuple(None if x is None else self._numbered(x) for x in tensors)
        shapes = tuple(() if x is None else tuple(x.shape) for x in tensors)
        self.calls.append(AtenCall(self._apart(func), name, read, options, numbers, shapes, self.at_work[-1]))
        return result

    def _apart(self, func: Any) -> Any:
        """Return the call that makes a new tensor where the one recorded changes its first in place."""
        if not writes(func):
            return func
        apart = out_of_place(func)
        if apart is None:
            raise ConvistaError("mapping.not_dense_operator", layer=self.at_work[-1], operator=func.__name__)
        return apart

    def _numbered(self, tensor: Tensor) -> int:
        """Give a result a slot of its own, also one that was changed in place."""
        number = len(self.shapes)
        self.numbers[id(tensor)] = number
        self.shapes[number] = tuple(tensor.shape)
        self._alive.append(tensor)
        self._stale.discard(id(tensor))
        return number

    def _changed(self, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Mark the other names of what a call changed in place: they no longer mean what was recorded."""
        for position, name in written_arguments(func):
            target = args[position] if position < len(args) else kwargs.get(name)
            for tensor in (x for x in tree_leaves(target) if isinstance(x, Tensor)):
                place = tensor.untyped_storage().data_ptr()
                self._stale |= {
                    id(x) for x in self._alive if x is not tensor and x.untyped_storage().data_ptr() == place
                }


def _is_slot(x: object) -> bool:
    return isinstance(x, Slot)
