"""What is recorded of a run: every operator, with what went in, what came out, and the gradient that came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from torch import Tensor

from convista.errors import ConvistaError
from convista.operators import Array
from convista.operators.registry import OPERATORS


class Source(NamedTuple):
    """Where the value of an operand came from."""

    kind: Literal["record", "input", "parameter", "constant"]
    record: int = -1
    """Position of the record that made it, for kind ``"record"``."""
    output: int = 0
    """Which of that record's outputs it is."""
    name: str = ""
    """The input's name, or that of the parameter or buffer, for these kinds."""
    learned: bool = False
    """Whether it is a parameter of the network, not a buffer such as a running mean."""


UNRECORDED = "unrecorded"
"""Stands for the operator of a value that was made in the run by a way that is not announced."""
THROUGH_A_VIEW = "changed through a view"
"""Stands for the operator of a value of which a part was written by a call on a view of it."""


class Operand(NamedTuple):
    """What an operator read: a copy of the value as it was then, and where it came from."""

    value: Tensor
    source: Source

    def __repr__(self) -> str:
        whence = f"{self.source.kind} {self.source.name or self.source.record}"
        return (
            f"<Operand {tuple(self.value.shape)} of {'a constant' if self.source.kind == 'constant' else whence}>"
        )


@dataclass(eq=False, repr=False)
class Record:
    """One call of one operator.

    Tensors are copies, on the device of the run unless they are kept on disk, and in half precision where that was
    asked for; `gradients` has for each output the gradient of the target with respect to it, or None where the
    target does not depend on it. Of a record that was not chosen to be kept there are shapes alone: its tensors are
    on torch's device ``"meta"``, and its gradients are None.
    """

    position: int
    name: str
    """Unique in the trace: the path of an innermost module for its last call, which gives its output; for any other
    call the module's path and the function. A second call of the same name ends in ``#2``."""
    module: str
    """Path of the innermost module that made the call; empty for the network itself."""
    operator: str
    """The operator's name in `convista.operators`; for an unknown one the name of the torch function."""
    operands: dict[str, Operand]
    attributes: dict[str, Any]
    outputs: tuple[Tensor, ...]
    gradients: list[Tensor | None]
    kept: bool = True
    """Whether the values were kept, and not only the shapes."""
    differentiable: tuple[bool, ...] = ()
    """Whether torch goes back through each output, if the target depends on it."""
    products: int | None = 0
    """Multiply-adds of the whole batch, counted as a call without definition ran; None if that is not known."""

    def __repr__(self) -> str:
        sizes = ", ".join(str(tuple(output.shape)) for output in self.outputs)
        return f"<Record {self.position} {self.name}: {self.operator} → {sizes}{'' if self.kept else ', not kept'}>"

    @property
    def explained(self) -> bool:
        """Whether there is a written definition of this call."""
        return self.operator in OPERATORS

    @property
    def has_values(self) -> bool:
        """Whether there are numbers: they were kept, and not worked out on torch's device ``"meta"``."""
        return self.kept and not any(output.is_meta for output in self.outputs)

    @property
    def slots(self) -> range:
        """Positions of the outputs that a definition covers; the first alone unless the definition says more."""
        return range(len(self.outputs) if OPERATORS[self.operator].several else 1)

    def attributes_of(self, slot: int) -> dict[str, Any]:
        """Return the attributes with which the definition gives one of the outputs."""
        return {**self.attributes, "output": slot} if OPERATORS[self.operator].several else self.attributes

    @property
    def output(self) -> Tensor:
        """The first output, most often the only one.

        Raises
        ------
        ConvistaError
            If it was not kept; `outputs` has its shape all the same.
        """
        self.require_values()
        return self.outputs[0]

    @property
    def gradient(self) -> Tensor | None:
        """The gradient of the target with respect to the first output.

        Raises
        ------
        ConvistaError
            If it was not kept.
        """
        self.require_values()
        return self.gradients[0]

    def arrays(self) -> dict[str, Array]:
        """Return the operands as the definition takes them: float64, whole numbers as they are.

        Raises
        ------
        ConvistaError
            If they were not kept.
        """
        self.require_values()
        return {
            name: (value.double() if value.is_floating_point() else value).cpu().numpy()
            for name, (value, _) in self.operands.items()
        }

    def require_values(self) -> None:
        """Refuse, with the remedy, where only shapes were kept.

        Raises
        ------
        ConvistaError
            In that case, and where the run was on the device ``"meta"``.
        """
        if not self.kept:
            raise ConvistaError("tracing.not_kept", layer=self.name, choice=self.name.partition("#")[0])
        if not self.has_values:
            raise ConvistaError("tracing.on_meta", layer=self.name)

    def require_definition(self) -> None:
        """Refuse, with the reason, where no written definition covers the call.

        Raises
        ------
        ConvistaError
            In that case.
        """
        if self.operator == UNRECORDED:
            raise ConvistaError("tracing.not_recorded", layer=self.name)
        if self.operator == THROUGH_A_VIEW:
            raise ConvistaError("tracing.through_a_view", layer=self.name)
        if not self.explained:
            raise ConvistaError("tracing.not_explained", layer=self.name, operator=self.operator)
