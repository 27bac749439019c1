"""From one recorded gradient up to the target: what a value hears from everything that read it.

By the chain rule the gradient of the target with respect to a value is the sum of what each operator that read it
sends back: a branch sends its share, a module called twice sends one for each call, an output of several its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from torch import Tensor

from convista.errors import ConvistaError
from convista.operators import Array, Index
from convista.tracing.explanation.explain import (
    Arrays,
    GoOn,
    Pixel,
    TracedExplanation,
    TracedTerm,
    following,
    numbers,
    whole,
    with_batch,
)
from convista.tracing.explanation.values import RecordedValues
from convista.tracing.recording.record import THROUGH_A_VIEW, UNRECORDED, Origin, Record


@dataclass(frozen=True, slots=True, repr=False)
class UpstreamTerm(TracedTerm):
    """A term of a gradient: an upstream value, that of one output that was made of the value, and its factor."""

    layer: str
    """Name of the record whose output it is."""
    output: int
    """Which output, where there are several."""
    _go_up: Callable[[Index], TracedGradient] = field(repr=False, compare=False)

    def __repr__(self) -> str:
        by = "" if self.factor is None else f" × {self.factor:.6g}"
        return f"<∂{self.layer}{list(self.index)} = {self.value:.6g}{by} → {self.contribution:.6g}>"

    def follow(self) -> TracedGradient:
        """Explain the upstream gradient, by what read that output; on the way up to the target.

        Raises
        ------
        ConvistaError
            If an operator without a definition read it.
        """
        return self._go_up(self.index)


@dataclass(frozen=True, repr=False)
class Share:
    """What one output of one operator that read a value sends back."""

    layer: str
    """Name of the record that read it."""
    output: int
    """Which of the record's outputs, where there are several."""
    operator: str
    operand: str
    """What the value was to the operator, by its name in the definition."""
    formula: str
    terms: tuple[UpstreamTerm, ...]
    total: float
    """The sum of the terms."""
    notes: Mapping[str, float]

    def __repr__(self) -> str:
        return f"<Share by way of {self.layer}: {self.total:.6g}, {self.formula}>"


@dataclass(frozen=True, repr=False)
class TracedGradient(TracedExplanation):
    """The gradient of the target with respect to one value of a run: an output, a pixel, or a parameter.

    Its terms are the upstream values of all shares together; ``recorded`` is what autograd computed, NaN for a
    parameter whose gradient was not asked for. ``layer`` names the record, the input or the parameter.
    """

    terms: tuple[UpstreamTerm, ...]
    shares: tuple[Share, ...] = ()
    """One for each operator that read the value, and each of its outputs that the target depends on."""
    element: float = float("nan")
    """The value whose gradient this is."""
    is_target: bool = False
    """Whether the value is the number that was differentiated: its gradient is 1, and the way up ends."""
    pixel: Pixel | None = None
    """Where the value lies, if it is one of an image at the network's input."""

    def __repr__(self) -> str:
        return "<∂" + super().__repr__().removeprefix("<")


@dataclass(frozen=True)
class Gradients:
    """The gradients of a run, each of which can be explained."""

    values: RecordedValues
    arrays: Arrays
    go_on: GoOn
    """Explains what a factor was made of."""

    @np.errstate(all="ignore")
    def explain(self, source: Origin, index: Index) -> TracedGradient:
        """Explain one element of a gradient; the batch position may be left out where there is one sample.

        Raises
        ------
        ConvistaError
            If the index lies outside, if the target does not depend on the value, if an operator without a
            definition read it, or if it was read in a way that was not seen.
        """
        name, value, kept = self.values.name(source), self.values.value(source), self.values.gradient(source)
        shape = tuple(value.shape)
        index = whole(index) if source.kind == "parameter" else with_batch(index, shape)
        if len(index) != len(shape) or not all(0 <= i < n for i, n in zip(index, shape, strict=True)):
            raise ConvistaError("operators.no_such_element", index=index, operand=name, shape=shape)
        shares = tuple(self._shares(source, name, index))
        if not shares:
            self._require_target(name, kept)
        total = float(np.sum([share.total for share in shares])) if shares else 1.0
        return TracedGradient(
            " + ".join(share.operator for share in shares),
            index,
            _formula(name, shares),
            tuple(term for share in shares for term in share.terms),
            bias=0.0 if shares else total,
            total=total,
            value=total,
            notes=shares[0].notes if len(shares) == 1 else {},
            gradient_of=name,
            layer=name,
            recorded=float("nan") if kept is None else float(kept[index]),
            shares=shares,
            element=float(value[index]),
            is_target=not shares,
        )

    def _shares(self, source: Origin, name: str, index: Index) -> Iterator[Share]:
        """Ask each operator that read a value, and that the target depends on, what it sends back."""
        for record, operand in self.values.readers(source):
            record.require_values()
            if not any(
                gradient is not None or self.values.is_uncaught(record, slot)
                for slot, gradient in enumerate(record.gradients)
            ):
                continue
            if record.operator in {UNRECORDED, THROUGH_A_VIEW}:
                raise ConvistaError("tracing.reader_not_recorded", layer=name, reader=record.name)
            if not record.explained:
                refused = {"reader": record.name, "operator": record.operator}
                raise ConvistaError("tracing.reader_not_explained", layer=name, **refused)
            for slot in record.slots:
                behind = record.gradients[slot]
                if behind is None and self.values.is_uncaught(record, slot):
                    raise ConvistaError("tracing.unseen_reader", layer=record.name)
                if behind is not None:
                    yield self._share(record, operand, index, slot, behind.double().cpu().numpy())

    def _share(self, record: Record, operand: str, index: Index, slot: int, upstream: Array) -> Share:
        definition = record.definition.of_output(slot)
        plain = definition.explain_gradient(operand, index, upstream, **self.arrays(record))
        follow = following(record, self.go_on)
        above = Origin("record", record.position, slot)

        def up(at: Index) -> TracedGradient:
            return self.explain(above, at)

        terms = tuple(
            UpstreamTerm(*numbers(term), follow, record.name, slot, up, factor_operand=term.factor_operand)
            for term in plain.terms
        )
        return Share(record.name, slot, record.operator, operand, plain.formula, terms, plain.total, plain.notes)

    def _require_target(self, name: str, gradient: Tensor | None) -> None:
        """See that a value without shares is the number that was differentiated."""
        if gradient is None:
            known = any(other is not None for record in self.values.records for other in record.gradients)
            raise ConvistaError("tracing.no_influence" if known else "tracing.no_target", layer=name)
        if gradient.numel() != 1 or gradient.item() != 1:
            raise ConvistaError("tracing.unseen_reader", layer=name)


def _formula(name: str, shares: tuple[Share, ...]) -> str:
    if not shares:
        return f"∂{name} / ∂{name} = 1"
    if len(shares) == 1:
        return shares[0].formula
    return f"∂{name} = " + " + ".join(f"∂{share.operand}({share.layer})" for share in shares)
