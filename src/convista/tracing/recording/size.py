"""How much a trace keeps, known before it is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

from convista.language import number, say
from convista.tracing.recording.record import Record
from convista.tracing.recording.store import Half, Store

_UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


@dataclass(frozen=True)
class TraceSize:
    """Bytes that a trace keeps. The run itself needs, besides, what a step of training needs."""

    records: int
    values: int
    """Of inputs, activations and constants."""
    gradients: int
    """Of inputs and activations, at most: what the target does not depend on has none."""
    parameters: int
    """Of the parameters and buffers that are read, and of the gradients of parameters."""

    @property
    def total(self) -> int:
        """All bytes."""
        return self.values + self.gradients + self.parameters

    def __str__(self) -> str:
        """Write the parts and the whole."""
        parts = {name: written(getattr(self, name)) for name in ("values", "gradients", "parameters", "total")}
        return say("tracing.size", records=self.records, **parts)


class CountingStore(Store):
    """Keeps shapes alone, in tensors that need no memory, and counts what another store would keep."""

    def __init__(self, precision: Half | None = None) -> None:
        super().__init__(precision)
        self.values = 0
        self.parameters = 0

    def keep(self, tensor: Tensor, *, whole: bool = False, copy: bool = True) -> Tensor:
        """Count a tensor, and return one of its shape."""
        if whole:
            self.parameters += tensor.nbytes
            return tensor.detach()
        dtype = self.dtype_of(tensor)
        self.values += tensor.numel() * dtype.itemsize
        return torch.zeros((), dtype=dtype).expand(tensor.shape)

    def is_still(self, kept: Tensor, tensor: Tensor) -> bool:
        """Take every value to be still what it was: there is nothing to compare it with."""
        return True

    def size(
        self, records: Iterable[Record], inputs: Iterable[Tensor], parameters: Iterable[Tensor], *, backward: bool
    ) -> TraceSize:
        """Return what has been counted, with the network's inputs, and with the gradients if there will be any."""
        given, made = list(inputs), list(records)
        behind = [*given, *(output for record in made if record.kept for output in record.outputs)]
        gradients = sum(tensor.numel() * tensor.dtype.itemsize for tensor in behind if tensor.is_floating_point())
        learned = sum(parameter.nbytes for parameter in parameters if parameter.requires_grad)
        return TraceSize(
            records=len(made),
            values=self.values + sum(tensor.nbytes for tensor in given),
            gradients=gradients if backward else 0,
            parameters=self.parameters + (learned if backward else 0),
        )


def written(count: float) -> str:
    """Write a number of bytes with three figures: 203 MB."""
    unit, name = next(((unit, name) for unit, name in _UNITS if count >= unit), (1.0, "B"))
    scaled = count / unit
    return f"{number(scaled, 0 if scaled >= 100 or name == 'B' else 1)} {name}"
