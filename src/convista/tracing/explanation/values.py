"""The values of a run by name: outputs of records, inputs and parameters; who read them, and their gradients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from torch import Tensor

from convista.errors import ConvistaError
from convista.suggestions import nearest
from convista.tracing.recording.record import Origin, Record


class Consumer(NamedTuple):
    """One record that read a value, and as which of its operands."""

    record: Record
    operand: str


class RecordedValues:
    """Everything in a run that has a gradient.

    Parameters
    ----------
    records
        All records of the run.
    inputs, parameters
        The gradients that autograd gave for the inputs and for the parameters, by name.
    """

    def __init__(self, records: Sequence[Record], inputs: Mapping[str, Tensor], parameters: Mapping[str, Tensor]):
        self.records = records
        self._inputs = inputs
        self._parameters = parameters
        self._readers: dict[Origin, list[Consumer]] = defaultdict(list)
        for record in records:
            for name, operand in record.operands.items():
                self._readers[operand.origin].append(Consumer(record, name))

    def find(self, name: str, output: int = 0) -> Origin:
        """Return what a name means: an output of a record, an input, or a parameter, looked for in this order.

        Raises
        ------
        ConvistaError
            If there is none; the message suggests the nearest names.
        """
        for record in self.records:
            if record.name == name:
                if output not in range(len(record.outputs)):
                    count = len(record.outputs)
                    raise ConvistaError("tracing.no_such_slot", output=output, layer=name, count=count)
                return Origin("record", record.position, output)
        given = {self.name(source): source for source in self._readers if source.kind in {"input", "parameter"}}
        # A layer may have the name of an input.
        given |= {f"input.{source.name}": source for source in self._readers if source.kind == "input"}
        if name in given:
            return given[name]
        known = [*(record.name for record in self.records), *given]
        near = nearest(name, known)
        raise ConvistaError("tracing.no_such_value", name=name, near=", ".join(near), count=len(near))

    def name(self, source: Origin) -> str:
        """Return the name of a value; the only input of a run is called so."""
        if source.kind == "record":
            return self.records[source.record].name
        alone = sum(other.kind == "input" for other in self._readers) == 1
        return "input" if source.kind == "input" and alone else source.name

    def value(self, source: Origin) -> Tensor:
        """Return a value as the network had it.

        Raises
        ------
        ConvistaError
            If it was not kept.
        """
        if source.kind == "record":
            self.records[source.record].require_values()
            return self.records[source.record].outputs[source.output]
        readers = self._readers[source]
        record, operand = next((reader for reader in readers if reader.record.kept), readers[0])
        record.require_values()
        return record.operands[operand].value

    def gradient(self, source: Origin) -> Tensor | None:
        """Return the gradient that autograd gave; None where the target does not depend on the value."""
        match source.kind:
            case "record":
                return self.records[source.record].gradients[source.output]
            case "input":
                return self._inputs.get(source.name)
            case "parameter":
                return self._parameters.get(source.name)
            case _:
                return None

    def with_gradients(self) -> list[Origin]:
        """Return everything that autograd gave a gradient."""
        outputs = [
            Origin("record", record.position, slot)
            for record in self.records
            for slot, gradient in enumerate(record.gradients)
            if gradient is not None
        ]
        read = {
            (source.kind, source.name): source for source in self._readers if source.kind in {"input", "parameter"}
        }
        inputs = [read.get(("input", name), Origin("input", name=name)) for name in self._inputs]
        parameters = [
            read.get(("parameter", name), Origin("parameter", name=name, learned=True)) for name in self._parameters
        ]
        return [*outputs, *inputs, *parameters]

    def is_uncaught(self, record: Record, slot: int) -> bool:
        """Tell whether the target depends on an output whose gradient was not seen coming by.

        Torch goes around a view that is written to: its gradient belongs to no tensor of the run any more.
        """
        if record.gradients[slot] is not None or not record.differentiable[slot]:
            return False
        return any(
            reader.gradients[n] is not None or self.is_uncaught(reader, n)
            for reader, _ in self.readers(Origin("record", record.position, slot))
            for n in range(len(reader.gradients))
        )

    def readers(self, source: Origin) -> Sequence[Consumer]:
        """Return who read a value, in the order of the run: more than one where ways part or a module is shared."""
        return self._readers.get(source, ())
