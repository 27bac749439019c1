"""Verification: every recorded value and gradient, recomputed in float64 from the written definitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.operators import Array
from convista.tracing.explanation.values import RecordedValues
from convista.tracing.recording.record import THROUGH_A_VIEW, Origin, Record
from convista.tracing.verification.result import (
    ADDED_UP,
    Check,
    Verification,
    added_up,
    largest,
    relative_error,
    tolerance_of,
    worst_place,
)


class _GradientShare(NamedTuple):
    """What one reader of a value sends back to its gradient."""

    record: Record
    slot: int
    operand: str
    upstream: Array
    gradient: Array
    size: float
    """What its rounding is relative to, if that is larger than the gradient itself."""


# What overflows or divides by 0 in the network does so here, and is compared.
@np.errstate(all="ignore")
def verify(values: RecordedValues, *, gradients: bool = True) -> Verification:
    """Recompute every record forward, and every gradient from those recorded behind it.

    A value's gradient is the sum of what each operator that read it sends back. The definition of each sends back
    its share from the upstream gradient that was recorded at its output; the sum must be what autograd had. Where
    torch goes around an output, because it was a view that was written to, the sum stands for what it would be.

    An error is relative to the largest of the numbers compared or, where they cancel, to what was added up for
    them: `ADDED_UP` of the terms' absolute values, as the explanation of the worst element gives them. A loss whose
    value is a small difference is measured against its operands. A parameter's gradient sums over all places and
    may cancel, as that of a bias in front of a batch norm does, and so may what a normalisation sends back: their
    error is relative to the upstream gradient, where that is larger. Where ``gradients`` is false, only values are
    compared.
    """
    compared = Comparisons(values)
    shares: dict[Origin, list[_GradientShare]] = defaultdict(list)
    for record in reversed(covered(values.records)):
        operands = record.arrays()
        size = largest(operands["x"]) if record.definition.cancels else 0.0
        for slot in record.slots:
            operator, source = record.definition.of_output(slot), Origin("record", record.position, slot)
            compared.value(record, slot, operator.value(**operands), size)
            if not gradients:
                continue
            sent = shares.pop(source, [])
            behind = record.gradients[slot]
            compared.gradient(source, sent)
            if behind is not None:
                upstream = behind.double().cpu().numpy()
            elif sent and record.differentiable[slot]:
                upstream = np.asarray(sum(one.gradient for one in sent))
            else:
                continue
            for name, gradient in operator.gradient(upstream, **operands).items():
                read = record.operands[name].origin
                cancels = operator.cancels or operator.gradient_cancels or read.kind == "parameter"
                shares[read].append(
                    _GradientShare(record, slot, name, upstream, gradient, largest(upstream) if cancels else 0.0)
                )
    if gradients:
        for source in values.with_gradients():
            if source.kind != "record" or not _is_covered(values.records[source.record]):
                compared.gradient(source, shares.pop(source, []))
    return compared.result()


class Comparisons:
    """What has been compared so far."""

    def __init__(self, values: RecordedValues, sample: int | None = None) -> None:
        self.checks = {record.operator: Check(record.operator) for record in covered(values.records)}
        self.tolerance = tolerance_of(values.records)
        self._values = values
        self._sample = sample
        records = values.records
        self._not_kept = _read_by(record for record in records if not record.kept)
        self._not_added_up = _read_by(record for record in records if record.kept and not _is_covered(record))
        self._wrong: dict[str, None] = {}
        self._wrong_gradients: dict[str, None] = {}
        self._not_compared: dict[str, None] = {}
        for record in covered(values.records):
            self.checks[record.operator].records += 1

    def value(self, record: Record, slot: int, ours: Array, size: float) -> None:
        """Compare an output with what the definition gives."""
        recorded = record.outputs[slot]
        error = relative_error(recorded, ours, size)
        if self.tolerance < error < np.inf:
            place = worst_place(recorded, ours)
            terms = record.definition.of_output(slot).explain(place, **record.arrays())
            error = relative_error(recorded, ours, max(size, ADDED_UP * added_up(terms)))
        self.count_value(record, ours.size, error)

    def count_value(self, record: Record, count: int, error: float) -> None:
        """Count so many values of an output, and the largest error among them."""
        check = self.checks[record.operator]
        check.values += count
        check.value_error = max(check.value_error, error)
        if error > self.tolerance:
            self._wrong[record.name] = None

    def gradient(self, source: Origin, sent: Sequence[_GradientShare]) -> None:
        """Compare a recorded gradient with the sum of what the readers of the value send back."""
        kept = self._values.gradient(source)
        if not self.can_compare(source, has_readers=bool(sent)) or kept is None:
            return
        total = np.asarray(sum(one.gradient for one in sent))
        # Where ways meet, what they bring may cancel.
        size = max(*(one.size for one in sent), ADDED_UP * sum(largest(one.gradient) for one in sent), 0.0)
        error = relative_error(kept, total, size)
        if self.tolerance < error < np.inf:
            place = worst_place(kept, total)
            error = relative_error(kept, total, max(size, ADDED_UP * sum(_terms(one, place) for one in sent)))
        self.count_gradient(source, sent[0].record, kept.numel(), error)

    def count_gradient(self, source: Origin, reader: Record, count: int, error: float) -> None:
        """Count so many elements of a gradient, and the largest error among them."""
        check = self.checks[reader.operator]
        check.gradients += count
        check.gradient_error = max(check.gradient_error, error)
        if error > self.tolerance:
            self._wrong_gradients[self._values.name(source)] = None

    def can_compare(self, source: Origin, *, has_readers: bool) -> bool:
        """Tell whether all that a gradient is made of is known; note it where it is not, though torch has one."""
        kept = self._values.gradient(source)
        if kept is None or source in self._not_kept:
            return False
        if (
            source in self._not_added_up
            or self._is_shared(source)
            or (not has_readers and not self._is_target(source))
        ):
            self._not_compared[self._values.name(source)] = None
            return False
        return has_readers

    def _is_shared(self, source: Origin) -> bool:
        """Tell whether torch sends a value also what its views hear, which were recorded before it was."""
        return source.kind == "record" and self._values.records[source.record].operator == THROUGH_A_VIEW

    def _is_target(self, source: Origin) -> bool:
        kept = self._values.gradient(source)
        return source.kind == "record" and kept is not None and kept.numel() == 1 and kept.item() == 1

    def result(self) -> Verification:
        """Put together what was found."""
        records = self._values.records
        return Verification(
            checks=tuple(self.checks.values()),
            not_explained=tuple(r.name for r in records if r.kept and not _is_covered(r)),
            not_kept=tuple(record.name for record in records if not record.kept),
            tolerance=self.tolerance,
            sample=self._sample,
            wrong_values=tuple(reversed(self._wrong)),
            wrong_gradients=tuple(reversed(self._wrong_gradients)),
            gradients_not_compared=tuple(reversed(self._not_compared)),
        )


def _terms(one: _GradientShare, place: tuple[int, ...]) -> float:
    """Return what an explanation adds up for one element of what a reader sends back."""
    definition = one.record.definition.of_output(one.slot)
    try:
        return added_up(definition.explain_gradient(one.operand, place, one.upstream, **one.record.arrays()))
    except ConvistaError:  # the definition gives a gradient that no explanation covers
        return 0.0


def upstream_of(values: RecordedValues, record: Record, slot: int) -> Array | None:
    """Return the gradient of an output: the recorded one, or where torch went around it that by definition."""
    behind = record.gradients[slot]
    if behind is not None:
        return behind.double().cpu().numpy()
    if not values.is_uncaught(record, slot):
        return None
    total: Array = np.zeros(tuple(record.outputs[slot].shape))
    for reader, operand in values.readers(Origin("record", record.position, slot)):
        for n in reader.slots if _is_covered(reader) else ():
            if (upstream := upstream_of(values, reader, n)) is not None:
                sent = reader.definition.of_output(n).gradient(upstream, **reader.arrays())
                total = total + sent.get(operand, 0.0)
    return total


def covered(records: Sequence[Record]) -> list[Record]:
    """Return the records that can be recomputed.

    Raises
    ------
    ConvistaError
        If the run had no values at all, as on torch's device ``"meta"``.
    """
    kept = [record for record in records if record.kept]
    if kept and not any(record.has_values for record in kept):
        kept[0].require_values()
    return [record for record in kept if _is_covered(record)]


def _is_covered(record: Record) -> bool:
    return record.explained and record.has_values and not any(one.value.is_meta for one in record.operands.values())


def _read_by(records: Iterable[Record]) -> set[Origin]:
    return {operand.origin for record in records for operand in record.operands.values()}
