"""From one recorded value back to the pixels: terms that can be followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from operator import index as to_whole
from typing import SupportsIndex

import numpy as np

from convista.errors import ConvistaError
from convista.operators import Array, Explanation, Index, Term
from convista.tracing.recording.record import Record

GoOn = Callable[[Record, Term], "TracedExplanation | Pixel"]
"""Explains what a term of a record read."""
Arrays = Callable[[Record], dict[str, Array]]
"""Gives the operands of a record, as `Record.arrays` does."""


@dataclass(frozen=True, repr=False)
class Pixel:
    """The end of the way: one value of one band of the patch, and where it lies on the ground."""

    band: str
    row: int
    """Row in the patch, from 0."""
    column: int
    network_value: float
    """What the network read, after standardisation."""
    value: float
    """What the scene says, scaled; NaN where the pixel is masked."""
    x: float | None
    """Map coordinates of the pixel's centre in `crs`; None where the input had no place on the ground."""
    y: float | None
    crs: str | None
    mean: float | None
    """The statistics used: network_value = (value − mean) / std; None where the input was not standardised."""
    std: float | None
    input: str = ""
    """Name of the network's input."""
    index: Index = ()
    """Position in that input, batch first."""

    def __repr__(self) -> str:
        return f"<Pixel {self.band}[{self.row}, {self.column}] = {self.value:.6g}>"

    def __str__(self) -> str:
        return _printed(self)


@dataclass(frozen=True, slots=True, repr=False)
class TracedTerm(Term):
    """A term of a traced run."""

    _go_on: Callable[[str, Index], TracedExplanation | Pixel] = field(repr=False, compare=False)

    def follow(self) -> TracedExplanation | Pixel:
        """Explain the element that this term read: by the operator that made it, or as a pixel of the patch.

        Raises
        ------
        ConvistaError
            If nothing in the run made it: it is a parameter, a constant, or was changed unseen.
        """
        return self._go_on(self.operand, self.index)

    def follow_factor(self) -> TracedExplanation | Pixel:
        """Explain the element that the factor is made of, where that is not a plain number: the other of a product.

        Raises
        ------
        ConvistaError
            If the factor is a plain number, or nothing in the run made it, as with a weight.
        """
        if self.factor_index is None:
            raise ConvistaError("tracing.plain_factor", operand=self.operand, index=self.index)
        return self._go_on(self.factor_operand, self.factor_index)


@dataclass(frozen=True, repr=False)
class TracedExplanation(Explanation):
    """An explanation of a recorded value; its terms can be followed."""

    terms: tuple[TracedTerm, ...]
    layer: str = ""
    """Name of the record."""
    recorded: float = float("nan")
    """The value as the network computed it, in its own precision."""
    bands: tuple[str, ...] = ()
    """Names of the channels that the operand ``x`` has, where it is the network's input."""

    def __repr__(self) -> str:
        return f"<{self.layer}{self._rest()}"

    def __str__(self) -> str:
        """Write the arithmetic: the largest terms where there are many, all others in one line."""
        return _printed(self)


@np.errstate(all="ignore")
def explain_record(
    record: Record,
    index: Index,
    arrays: Arrays,
    go_on: GoOn,
    bands: tuple[str, ...] = (),
    output: int = 0,
) -> TracedExplanation:
    """Explain one element of a record's output; the batch position may be left out where there is one sample.

    ``output`` is the position of the output where there are several.

    Raises
    ------
    ConvistaError
        If no definition covers the operator, or the index lies outside the output.
    """
    definition = record.definition.of_output(output)
    if output not in record.slots:
        raise ConvistaError("tracing.no_such_slot", output=output, layer=record.name, count=len(record.slots))
    recorded = record.outputs[output]
    index = with_batch(index, tuple(recorded.shape))
    plain = definition.explain(index, **arrays(record))
    follow = following(record, go_on)
    parts = {f.name: getattr(plain, f.name) for f in fields(plain)}
    parts["terms"] = tuple(
        TracedTerm(*numbers(term), follow, factor_operand=term.factor_operand) for term in plain.terms
    )
    return TracedExplanation(**parts, layer=record.name, recorded=float(recorded[plain.index]), bands=bands)


def _printed(step: TracedExplanation | Pixel) -> str:
    from convista.tracing.explanation.formatting import printed  # noqa: PLC0415  the writer knows what is defined here

    return printed(step)


def numbers(term: Term) -> tuple[str, Index, float, float | None, Index | None, float]:
    """Return the parts of a term in their order, all but the name of the factor's operand."""
    return term.operand, term.index, term.value, term.factor, term.factor_index, term.contribution


def following(record: Record, go_on: GoOn) -> Callable[[str, Index], TracedExplanation | Pixel]:
    """Return what explains an element of an operand of a record."""

    def follow(operand: str, at: Index) -> TracedExplanation | Pixel:
        value = float(record.operands[operand].value[at])
        return go_on(record, Term(operand, at, value, None, None, value))

    return follow


def whole(index: Iterable[SupportsIndex] | SupportsIndex) -> Index:
    """Return an index as plain whole numbers, whatever holds them; a number alone is an index of one axis.

    Raises
    ------
    ConvistaError
        If it holds anything else, such as a fraction or a slice.
    """
    try:
        return tuple(map(to_whole, index if isinstance(index, Iterable) else (index,)))
    except TypeError as error:
        raise ConvistaError("tracing.no_index", index=index) from error


def with_batch(index: Index, shape: tuple[int, ...]) -> Index:
    """Put the batch position in front of an index, where it was left out and there is one sample.

    Raises
    ------
    ConvistaError
        If the index is no series of whole numbers.
    """
    index = whole(index)
    return (0, *index) if len(index) == len(shape) - 1 and shape[0] == 1 else index


def by_effect(explanation: Explanation) -> list[int]:
    """Return the positions of the terms from the largest contribution to the smallest, by absolute value."""
    return sorted(range(len(explanation.terms)), key=lambda n: -abs(explanation.terms[n].contribution))
