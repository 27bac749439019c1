"""Proof: every recorded value and gradient, recomputed in float64 from the written definitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from convista.operators import Array
from convista.operators.registry import OPERATORS
from convista.tracing.record import Record, Source
from convista.tracing.values import Values
from convista.tracing.verification import Check, Verification, largest, relative_error, tolerance_of


# What overflows or divides by 0 in the network does so here, and is compared.
@np.errstate(all="ignore")
def verify(values: Values, *, gradients: bool = True) -> Verification:
    """Recompute every record forward, and every gradient from those recorded behind it.

    A value's gradient is the sum of what each operator that read it sends back. The definition of each sends back
    its share from the upstream gradient that was recorded at its output; the sum must be what autograd had. A
    parameter's gradient sums over all places and may cancel, as that of a bias in front of a batch norm does, and
    so may what a normalisation sends back: their error is relative to the upstream gradient, where that is larger.
    Where ``gradients`` is false, only values are
    compared.
    """
    checks: dict[str, Check] = {}
    shares: dict[Source, list[Array]] = defaultdict(list)
    sizes: dict[Source, float] = defaultdict(float)
    readers: dict[Source, Check] = {}
    for record in covered(values.records):
        sources = {name: operand.source for name, operand in record.operands.items()}
        check = checks.setdefault(record.operator, Check(record.operator))
        operator, operands = OPERATORS[record.operator], record.arrays()
        size = largest(operands["x"]) if operator.cancels else 0.0
        check.records += 1
        for slot in record.slots:
            attributes, behind = record.attributes_of(slot), record.gradients[slot]
            out = operator.define(**operands, **attributes)
            check.values += out.size
            check.value_error = max(check.value_error, relative_error(record.outputs[slot], out, size))
            if behind is None or not gradients:
                continue
            upstream = behind.double().cpu().numpy()
            for name, gradient in operator.gradient(upstream, **operands, **attributes).items():
                shares[sources[name]].append(gradient)
                readers[sources[name]] = check
                if operator.cancels or operator.gradient_cancels or sources[name].kind == "parameter":
                    sizes[sources[name]] = max(sizes[sources[name]], largest(upstream))
    incomplete = read_elsewhere(values.records)
    for source, sent in shares.items():
        kept = values.gradient(source)
        if kept is not None and source not in incomplete:
            check, total = readers[source], sum(sent)
            check.gradients += kept.numel()
            check.gradient_error = max(check.gradient_error, relative_error(kept, np.asarray(total), sizes[source]))
    return verified(checks, values.records)


def covered(records: Sequence[Record]) -> list[Record]:
    """Return the records that can be recomputed."""
    return [record for record in records if record.kept and record.explained]


def read_elsewhere(records: Sequence[Record]) -> set[Source]:
    """Return the values that a record reads which cannot be recomputed: their gradient cannot be added up."""
    others = (record for record in records if not (record.kept and record.explained))
    return {operand.source for record in others for operand in record.operands.values()}


def verified(checks: dict[str, Check], records: Sequence[Record], sample: int | None = None) -> Verification:
    """Put together what was found."""
    return Verification(
        checks=tuple(checks.values()),
        not_explained=tuple(record.name for record in records if record.kept and not record.explained),
        not_kept=tuple(record.name for record in records if not record.kept),
        tolerance=tolerance_of(records),
        sample=sample,
    )
