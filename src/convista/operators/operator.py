"""What an operator is: a definition with its numbers, and everything that can be asked of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

import numpy as np

from convista.operators.explanation import Array, Explanation, Index
from convista.operators.reach import Reach

Shape = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Operator(ABC):
    """A written definition with the numbers that it was given, such as a stride: ``Conv(stride=(2, 2))``.

    Operands are arrays, by the names that a definition gives them: ``value(x, weight, bias)``. What is worked out
    of shapes alone takes those of the operands by the same names, and that of the output; it holds on torch's
    device ``"meta"`` too, where there are no values.
    """

    names: ClassVar[tuple[str, ...]] = ()
    """What it is called; several names where that says the number of axes: conv1d, conv2d, conv3d. None of what
    operators of a family share."""
    several: ClassVar[bool] = False
    """Whether one call gives several arrays. Each has a definition, gradient and explanations of its own, those of
    `of_output`."""
    cancels: ClassVar[bool] = False
    """Whether the value is a small difference of numbers as large as the operands, so that rounding is relative to
    those and not to the value: the loss of a confident prediction is log Σ exp z less a logit."""
    gradient_cancels: ClassVar[bool] = False
    """Whether its gradient is what is left of the upstream gradient after means of it are subtracted, so that
    rounding is relative to the upstream gradient: a normalisation hears nothing of what all its values share."""
    finishes_a_layer: ClassVar[bool] = False
    """Whether it goes on with the layer before it rather than begins one, where it leaves the size as it is."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.names[0]

    @property
    def attributes(self) -> dict[str, Any]:
        """Its numbers, by their names."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @abstractmethod
    def value(self, *operands: Any, **by_name: Any) -> Array:
        """Return the output."""

    @abstractmethod
    def gradient(self, upstream: Array, *operands: Any, **by_name: Any) -> dict[str, Array]:
        """Return the gradient with respect to each operand that has one, by name."""

    @abstractmethod
    def explain(self, index: Index, *operands: Any, **by_name: Any) -> Explanation:
        """Take one output value apart."""

    @abstractmethod
    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, *operands: Any, **by_name: Any
    ) -> Explanation:
        """Take one element of the gradient with respect to one operand apart.

        Its terms are upstream values, each times what it was multiplied by.
        """

    def of_output(self, position: int) -> Self:
        """Return the definition of one of several outputs; itself where there is one."""
        return self

    def reads(self, wanted: Array, *operands: Any, **by_name: Any) -> dict[str, Array]:
        """Return what the wanted elements can depend on, whatever the values are.

        ``wanted`` has the output's shape and is not 0 where an element is wanted; what is returned, for each
        operand that has a gradient, is not 0 where one of them reads it.

        The gradient at ones says it for most operators, since no product or slope vanishes there. Not for those
        that choose (a maximum may have its winner anywhere) or subtract what they have in common: those say it
        themselves.
        """
        named = {name: _at_one(value) for name, value in by_name.items()}
        return self.gradient(wanted, *map(_at_one, operands), **named)

    def cost(self, operands: Mapping[str, Shape], output: Shape) -> int:
        """Return how many products of two numbers it adds up, in convolutions and products of matrices; else 0."""
        return 0

    def window_size(self, operands: Mapping[str, Shape]) -> Shape:
        """Return the size of its kernel or window along each axis; empty where it has none."""
        return ()

    def reach(self, seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach | None:
        """Return how far an element sees along an axis of an image, if those it reads see so far.

        Axis 0 is that of the rows, 1 that of the columns. Whatever keeps their number is taken to work place by
        place; None of anything else that does not say it itself.
        """
        x = next(iter(operands.values()))
        return seen if len(x) == len(output) and x[2 + axis] == output[2 + axis] else None


def _at_one(values: Array) -> Array:
    """Return an operand at ones; whole numbers, which say where and not how much, stay."""
    return np.ones_like(values) if values.dtype.kind == "f" else values
