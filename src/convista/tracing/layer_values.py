"""What a film shows of a run, layer by layer: the values of the first sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray
from torch import Tensor

from convista.operators.activation import Pointwise
from convista.tracing.recording.record import Record
from convista.tracing.summary import Layer

Values = NDArray[Any]


def layer_values(input: Tensor, records: Sequence[Record], layers: Sequence[Layer]) -> list[Values | None]:  # noqa: A002
    """Return the values of the input and of each layer, in their shapes; None where not kept or not real."""
    outputs = {record.name: record.outputs[0] for record in records}
    found = [_values(outputs.get(layer.last), layer.shape) for layer in layers]
    return [_values(input, tuple(input.shape[1:])), *found]


def unfinished_values(records: Sequence[Record], layers: Sequence[Layer]) -> list[Values | None]:
    """Return what each layer has before its activation, where it is an operator and an activation and no more."""
    known = {record.name: record for record in records}
    found: list[Values | None] = []
    for layer in layers:
        activated = len(layer.operators) == 2 and isinstance(known[layer.last].applied, Pointwise)
        first = known.get(layer.name) if activated else None
        found.append(None if first is None else _values(first.outputs[0], layer.shape))
    return found


def _values(tensor: Tensor | None, shape: tuple[int, ...]) -> Values | None:
    if tensor is None or tensor.device.type == "meta" or tensor.is_complex() or not tensor.numel():
        return None
    if not shape or tuple(tensor.shape[1:]) != shape:
        return None
    values: Values = tensor[0].detach().float().cpu().numpy()
    return values
