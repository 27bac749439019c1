"""Executing the graph of a network for all patches of a window at once."""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from convista.mapping.dense.graph import AtenCall
from convista.mapping.dense.lattice import Lattice
from convista.mapping.dense.lowering import Costs, Lowering, Rows, Value, takes_everything
from convista.torch_private import tree_leaves

POINTWISE = {
    "_prelu_kernel",
    "clone",
    "alias",
    "detach",
    "_to_copy",
    "expand",
    "rsub",
    "hardtanh",
    "softplus",
    "lift_fresh",
    "leaky_relu",  # torch 2.6 does not declare it so
}
"""Calls that, like those that torch declares so, do the same at every element."""
RESHAPING = {"view", "_unsafe_view", "expand", "as_strided"}
"""Calls that are told the shape of the result; on a batch it begins with the number of patches."""


class Executor:
    """Executes calls one by one, on what they read."""

    def __init__(self, approximate: bool) -> None:
        self.costs = Costs()
        self._rules = Lowering(approximate, self.costs)

    def execute(self, call: AtenCall, values: dict[int, Value]) -> dict[int, Value]:
        """Return the values of a call's results by slot.

        Raises
        ------
        ConvistaError
            If the call cannot be made for all patches at once; it names the layer.
        """
        read = {slot: values[slot] for slot in call.slots()}
        if takes_everything(call):
            return {slot: value for slot in call.results if slot is not None for value in read.values()}
        if any(isinstance(value, Rows) for value in read.values()):
            made: Any = self._on_rows(call, read)
        elif all(isinstance(value, Lattice) for value in read.values()):
            made = self._on_lattices(call, read)
        else:
            made = self._on_batches(call, read)
        results = made if isinstance(made, list | tuple) else [made]
        return {slot: value for slot, value in zip(call.results, results, strict=False) if slot is not None}

    def batch(self, call: AtenCall, value: Value) -> Tensor:
        """Return a value as that of each patch, (answers, …), shared no more."""
        if isinstance(value, Tensor):
            return value
        if isinstance(value, Rows):
            laid = [part if isinstance(part, Tensor) else part.elements().flatten(1) for part in value.parts]
            return torch.cat(laid, dim=1)
        if value.size != (1, 1):
            self._rules.refuse(call, "whole")
        return value.as_batch()

    def _on_lattices(self, call: AtenCall, read: dict[int, Any]) -> Any:
        first, *others = read.values()
        if _is_pointwise(call):
            if any(other.size != first.size or other.step != first.step for other in others):
                self._rules.refuse(call, "whole")
            if any(constant.ndim < 2 or constant.shape[-2:] != (1, 1) for constant in _constants(call)):
                self._rules.refuse(call, "place")
            return self._together(call, read)
        if call.name == "cat":
            axis = call.args[1] if len(call.args) > 1 else 0
            same = all(other.size == first.size and other.step == first.step for other in others)
            if same and 0 < axis % first.data.ndim < first.data.ndim - 2:
                return self._together(call, read)
        elif len(read) == 1:
            made = self._rules.on(call, first)
            if made is not None:
                return made
        if any(value.size != (1, 1) for value in read.values()):
            self._rules.refuse(call, "operator")
        return self._on_batches(call, read)

    def _together(self, call: AtenCall, read: dict[int, Lattice]) -> Lattice:
        """Make the call on the data of feature maps of one lattice, as it is."""
        args, kwargs = call.filled({slot: value.data for slot, value in read.items()})
        return replace(next(iter(read.values())), data=call.function(*args, **kwargs))

    def _on_rows(self, call: AtenCall, read: dict[int, Any]) -> Any:
        if call.name == "cat":
            return Rows(tuple(p for v in read.values() for p in (v.parts if isinstance(v, Rows) else (v,))))
        (slot, rows), *others = read.items()
        if call.name in ("addmm", "mm") and not others and isinstance(call.args[-1], Tensor) and not call.kwargs:
            return self._dense_layer(rows, call.args[-1], call.args[0] if call.name == "addmm" else None)
        if others or _constants(call) or not _is_pointwise(call):
            if all(not isinstance(value, Rows) or value.is_answers for value in read.values()):
                return self._on_batches(call, read)
            self._rules.refuse(call, "operator")
        parts = []
        for part in rows.parts:
            args, kwargs = call.filled({slot: part.data if isinstance(part, Lattice) else part})
            made = call.function(*args, **kwargs)
            parts.append(replace(part, data=made) if isinstance(part, Lattice) else made)
        return Rows(tuple(parts))

    def _dense_layer(self, rows: Rows, weight: Tensor, offset: Tensor | None) -> Rows | Tensor:
        """Apply a dense layer, (inputs, outputs): to a feature map laid out, a convolution as large as it is."""
        lone, *others = rows.parts
        plain = offset is None or offset.ndim == 1
        if plain and not others and isinstance(lone, Lattice) and lone.density == 1:
            return Rows((self._as_convolution(lone, weight, offset),))
        total: Tensor | float = 0.0 if offset is None else offset
        first = 0
        for part in rows.parts:
            if isinstance(part, Tensor):
                inputs = part.shape[1]
                self.costs.add(inputs * weight.shape[1], 1, 1.0)
                made = part @ weight[first : first + inputs]
            else:
                inputs = part.data.shape[1] * prod(part.size)
                made = self._as_convolution(part, weight[first : first + inputs], None).as_batch().flatten(1)
            total = total + made
            first += inputs
        assert isinstance(total, Tensor)
        return total

    def _as_convolution(self, x: Lattice, weight: Tensor, offset: Tensor | None) -> Lattice:
        self.costs.add(weight.numel(), 1, x.density)
        kernel = weight.reshape(x.data.shape[1], *x.size, -1).permute(3, 0, 1, 2)
        kernel = kernel.contiguous(memory_format=torch.channels_last)
        return x.with_data(functional.conv2d(x.data, kernel, offset), (1, 1))

    def _on_batches(self, call: AtenCall, read: dict[int, Any]) -> Any:
        batches = {slot: self.batch(call, value) for slot, value in read.items()}
        answers = len(next(iter(batches.values())))
        if call.name in RESHAPING:
            (batch,) = batches.values()
            return (
                batch.expand(answers, *call.shapes[0][1:])
                if call.name == "expand"
                else batch.reshape(answers, *call.shapes[0][1:])
            )
        args, kwargs = call.filled(batches)
        if call.name == "native_group_norm":  # it is told the size of the batch
            args = (*args[:3], answers, *args[4:])
        made = call.function(*args, **kwargs)
        slots = zip(tree_leaves(made), call.results, call.shapes, strict=False)
        statistics = call.name.startswith("native_")  # of which only the first result is a value of the patches
        for result, slot, shape in list(slots)[: 1 if statistics else None]:
            if slot is not None and result.shape != (answers, *shape[1:]):
                self._rules.refuse(call, "batch")
        if call.name in ("addmm", "mm", "convolution"):
            weights = max((constant.numel() for constant in _constants(call)), default=0)
            elements = prod(call.shapes[0][2:])
            self.costs.add(weights, elements, elements)
        return made


def _is_pointwise(call: AtenCall) -> bool:
    return torch.Tag.pointwise in call.function.tags or call.name in POINTWISE  # type: ignore[attr-defined]


def _constants(call: AtenCall) -> list[Tensor]:
    """Return what a call reads besides what depends on the input, numbers aside."""
    return [x for x in tree_leaves((call.args, call.kwargs)) if isinstance(x, Tensor) and x.numel() > 1]
