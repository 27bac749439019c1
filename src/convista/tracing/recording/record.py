"""What is recorded of a run: every operator, with what went in, what came out, and the gradient that came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from torch import Tensor

from convista.errors import ConvistaError
from convista.operators import Array
from convista.operators.operator import Operator


class Origin(NamedTuple):
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
    origin: Origin

    def __repr__(self) -> str:
        whence = f"{self.origin.kind} {self.origin.name or self.origin.record}"
        return (
            f"<Operand {tuple(self.value.shape)} of {'a constant' if self.origin.kind == 'constant' else whence}>"
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
    applied: Operator | str
    """The operator with the numbers of this call; the name of the torch function where it has no definition."""
    operands: dict[str, Operand]
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
    def operator(self) -> str:
        """The operator's name in `convista.operators`; for an unknown one the name of the torch function."""
        return self.applied if isinstance(self.applied, str) else self.applied.name

    @property
    def attributes(self) -> dict[str, Any]:
        """The operator's numbers, by their names."""
        return {} if isinstance(self.applied, str) else self.applied.attributes

    @property
    def explained(self) -> bool:
        """Whether there is a written definition of this call."""
        return isinstance(self.applied, Operator)

    @property
    def has_values(self) -> bool:
        """Whether there are numbers: they were kept, and not worked out on torch's device ``"meta"``."""
        return self.kept and not any(output.is_meta for output in self.outputs)

    @property
    def slots(self) -> range:
        """Positions of the outputs that a definition covers; the first alone unless the definition says more."""
        return range(len(self.outputs) if self.definition.several else 1)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of the operands, which are known even where their values were not kept."""
        return {name: tuple(operand.value.shape) for name, operand in self.operands.items()}

    @property
    def multiply_adds(self) -> int | None:
        """How many products it adds up: of convolutions, dense layers and matrices, for the whole batch.

        Those of a call without a definition were counted as it ran; None where they could not be.
        """
        return self.definition.cost(self.shapes, tuple(self.outputs[0].shape)) if self.explained else self.products

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

    @property
    def definition(self) -> Operator:
        """The written definition of this call, with its numbers.

        Raises
        ------
        ConvistaError
            If none covers it; with the reason.
        """
        if isinstance(self.applied, Operator):
            return self.applied
        if self.operator == UNRECORDED:
            raise ConvistaError("tracing.not_recorded", layer=self.name)
        if self.operator == THROUGH_A_VIEW:
            raise ConvistaError("tracing.through_a_view", layer=self.name)
        raise ConvistaError("tracing.not_explained", layer=self.name, operator=self.operator)
