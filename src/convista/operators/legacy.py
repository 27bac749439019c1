"""Operators that are functions still, as values. This file goes when the last of them is a class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from convista.operators import explanation
from convista.operators.explanation import Array, Explanation, Index
from convista.operators.flatten import Moving
from convista.operators.operator import Operator, Shape
from convista.operators.reach import Reach


@dataclass(frozen=True, kw_only=True)
class Legacy(Operator):
    """The functions of an operator, and its numbers."""

    functions: explanation.Operator
    given: dict[str, Any] = field(repr=False)
    output: int | None = None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.functions.name

    @property
    def attributes(self) -> dict[str, Any]:
        """Its numbers."""
        return dict(self.given)

    @property
    def several(self) -> bool:  # type: ignore[override]
        """Whether one call gives several arrays."""
        return self.functions.several

    @property
    def cancels(self) -> bool:  # type: ignore[override]
        """Whether values cancel."""
        return self.functions.cancels

    @property
    def gradient_cancels(self) -> bool:  # type: ignore[override]
        """Whether gradients cancel."""
        return self.functions.gradient_cancels

    @property
    def _numbers(self) -> dict[str, Any]:
        return self.given if self.output is None else {**self.given, "output": self.output}

    def of_output(self, position: int) -> Legacy:
        """Return the definition of one of several outputs."""
        return Legacy(functions=self.functions, given=self.given, output=position) if self.several else self

    def value(self, *operands: Any, **by_name: Any) -> Array:
        """Return the output."""
        return self.functions.define(*operands, **by_name, **self._numbers)

    def gradient(self, upstream: Array, *operands: Any, **by_name: Any) -> dict[str, Array]:
        """Return the gradients."""
        return self.functions.gradient(upstream, *operands, **by_name, **self._numbers)

    def explain(self, index: Index, *operands: Any, **by_name: Any) -> Explanation:
        """Take one value apart."""
        return self.functions.explain(index, *operands, **by_name, **self._numbers)

    def explain_gradient(
        self, operand: str, index: Index, upstream: Array, *operands: Any, **by_name: Any
    ) -> Explanation:
        """Take one element of a gradient apart."""
        return self.functions.explain_gradient(operand, index, upstream, *operands, **by_name, **self._numbers)

    def reach(self, seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach | None:
        """Return how far an element sees."""
        rule = _RULES.get(self.name)
        return (
            super().reach(seen, axis, operands, output)
            if rule is None
            else rule(self.given, seen, axis, operands, output)
        )


def moving(name: str, define: Callable[..., Array]) -> explanation.Operator:
    """Make the operator of a definition that only moves values: ``define(x, **attributes)``."""

    @dataclass(frozen=True, kw_only=True, eq=False)
    class Moved(Moving):
        names = (name,)
        given: dict[str, Any]

        def value(self, x: Array) -> Array:
            return define(x, **self.given)

    return explanation.Operator(
        name,
        define,
        lambda upstream, x, **given: Moved(given=given).gradient(upstream, x),
        lambda index, x, **given: Moved(given=given).explain(index, x),
        lambda operand, index, upstream, x, **given: Moved(given=given).explain_gradient(
            operand, index, upstream, x
        ),
    )


def _nearest(given: dict[str, Any], seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
    return seen.refined(Fraction(output[2 + axis], operands["x"][2 + axis]))


def _linear(given: dict[str, Any], seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
    return _nearest(given, seen.reaching(seen.step), axis, operands, output)


_RULES: dict[str, Callable[..., Reach]] = {
    "resample_nearest": _nearest,
    "resample_linear": _linear,
}
