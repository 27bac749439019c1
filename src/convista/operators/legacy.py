"""Operators that are functions still, as values. This file goes when the last of them is a class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from convista.operators import explanation
from convista.operators.arithmetic_axes import sum_axes_gradient
from convista.operators.explanation import Array, Explanation, Index
from convista.operators.operator import Operator, Shape
from convista.operators.reach import Reach

FAMILIES = frozenset({"activation", "softmax", "norm", "dropout", "arithmetic"})


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
    def finishes_a_layer(self) -> bool:  # type: ignore[override]
        """Whether it goes on with a layer."""
        family = self.functions.define.__module__.rpartition(".")[2].partition("_")[0]
        return family in FAMILIES or self.name in {"reshape", "permute", "expand", "flip"}

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

    def reads(self, wanted: Array, *operands: Any, **by_name: Any) -> dict[str, Array]:
        """Return what the wanted elements can depend on."""
        if self.name in _READS:
            return {"x": _READS[self.name](wanted, *operands, **by_name, **self._numbers)}
        if "target" in by_name and by_name["target"].dtype.kind == "f":
            # A loss is taken at ones against a target of zeros, since where both agree it is flat.
            named = {name: np.full_like(value, name != "target") for name, value in by_name.items()}
            return self.gradient(wanted, **named)
        return super().reads(wanted, *operands, **by_name)

    def cost(self, operands: Mapping[str, Shape], output: Shape) -> int:
        """Return the multiply-adds."""
        return prod(output) * next(iter(operands.values()))[-1] if self.name in {"dense", "matmul"} else 0

    def reach(self, seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach | None:
        """Return how far an element sees."""
        rule = _RULES.get(self.name)
        return (
            super().reach(seen, axis, operands, output)
            if rule is None
            else rule(self.given, seen, axis, operands, output)
        )


def _line(wanted: Array, x: Array, *, axis: int) -> Array:
    return np.broadcast_to(wanted.any(axis=axis, keepdims=True), x.shape)


def _along(wanted: Array, x: Array, *, axis: int, keep: bool = False, output: int = 0) -> Array:
    return sum_axes_gradient(wanted, x, axes=(axis,), keep=keep)["x"]


def _itself(wanted: Array, x: Array, *_: Any, **__: Any) -> Array:
    return wanted


_READS: dict[str, Callable[..., Array]] = {
    "max": _along,
    # What is cut off, negative, or smaller here need not be elsewhere.
    **dict.fromkeys(("hardtanh", "clamp"), _itself),
    "softmax": _line,
    "log_softmax": _line,
    # That a mean and a variance are taken over other values too is not followed, as in explanations.
    "batch_norm": _itself,
    "layer_norm": _itself,
    "instance_norm": _itself,
    "group_norm": _itself,
    # Another run might have kept what this one dropped.
    "dropout": _itself,
}
"""What an element reads, where the gradient at ones does not tell."""


def _nearest(given: dict[str, Any], seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
    return seen.refined(Fraction(output[2 + axis], operands["x"][2 + axis]))


def _linear(given: dict[str, Any], seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
    return _nearest(given, seen.reaching(seen.step), axis, operands, output)


def _margin(given: dict[str, Any], seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
    return seen._replace(start=seen.start - given["margins"][2 + axis][0] * seen.step)


_RULES: dict[str, Callable[..., Reach]] = {
    "resample_nearest": _nearest,
    "resample_linear": _linear,
    "pad": _margin,
}
