"""Proof: every recorded value and gradient, recomputed in float64 from the written definitions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import torch

from convista.language import say
from convista.operators import Array
from convista.operators.registry import OPERATORS
from convista.tracing.record import Source
from convista.tracing.values import Values


@dataclass
class Check:
    """What was compared for one kind of operator, and the largest error seen."""

    operator: str
    records: int = 0
    values: int = 0
    """Output elements compared."""
    value_error: float = 0.0
    """Largest difference of an output element, relative to the largest value of its output."""
    gradients: int = 0
    """Gradient elements compared: of operands that are activations, pixels or parameters."""
    gradient_error: float = 0.0
    """The same for gradients."""


@dataclass(frozen=True)
class Verification:
    """The result of `Trace.verify`."""

    checks: tuple[Check, ...]
    """One for each kind of operator in the run, in the order in which they first appear."""
    not_explained: tuple[str, ...]
    """Names of the records that no written definition covers; nothing is known about them."""

    @property
    def worst(self) -> float:
        """The largest relative error of all values and gradients."""
        return max((max(c.value_error, c.gradient_error) for c in self.checks), default=0.0)

    def __str__(self) -> str:
        """Write a line for each kind of operator, aligned."""
        rows = [
            (c.operator, str(c.values), f"{c.value_error:.1e}", str(c.gradients), f"{c.gradient_error:.1e}")
            for c in self.checks
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [say("tracing.proof", records=sum(check.records for check in self.checks))]
        for name, *figures in rows:
            aligned = (f"{figure:>{width}}" for figure, width in zip(figures, widths[1:], strict=True))
            lines.append("  " + "  ".join([f"{name:<{widths[0]}}", *aligned]))
        if self.not_explained:
            lines.append(say("tracing.not_proven", names=", ".join(self.not_explained)))
        return "\n".join(lines)

    def passed(self, tolerance: float = 1e-4) -> bool:
        """Tell whether every operator was covered and no error exceeds the tolerance."""
        return not self.not_explained and self.worst <= tolerance


# What overflows or divides by 0 in the network does so here, and is compared.
@np.errstate(all="ignore")
def verify(values: Values) -> Verification:
    """Recompute every record forward, and every gradient from those recorded behind it.

    A value's gradient is the sum of what each operator that read it sends back. The definition of each sends back
    its share from the upstream gradient that was recorded at its output; the sum must be what autograd had. A
    parameter's gradient sums over all places and may cancel, as that of a bias in front of a batch norm does: its
    error is relative to the upstream gradient, where that is larger.
    """
    checks: dict[str, Check] = {}
    shares: dict[Source, list[Array]] = defaultdict(list)
    sizes: dict[Source, float] = defaultdict(float)
    readers: dict[Source, Check] = {}
    incomplete: set[Source] = set()
    for record in values.records:
        sources = {name: operand.source for name, operand in record.operands.items()}
        if not record.explained:
            incomplete |= set(sources.values())
            continue
        check = checks.setdefault(record.operator, Check(record.operator))
        operator, operands = OPERATORS[record.operator], record.arrays()
        size = largest(operands["x"]) if operator.cancels else 0.0
        check.records += 1
        for slot in record.slots:
            attributes, behind = record.attributes_of(slot), record.gradients[slot]
            out = operator.define(**operands, **attributes)
            check.values += out.size
            check.value_error = max(check.value_error, relative_error(record.outputs[slot], out, size))
            if behind is None:
                continue
            upstream = behind.double().cpu().numpy()
            for name, gradient in operator.gradient(upstream, **operands, **attributes).items():
                shares[sources[name]].append(gradient)
                readers[sources[name]] = check
                if operator.cancels or sources[name].kind == "parameter":
                    sizes[sources[name]] = max(sizes[sources[name]], largest(upstream))
    for source, gradients in shares.items():
        kept = values.gradient(source)
        if kept is not None and source not in incomplete:
            check, total = readers[source], sum(gradients)
            check.gradients += kept.numel()
            check.gradient_error = max(check.gradient_error, relative_error(kept, np.asarray(total), sizes[source]))
    return Verification(tuple(checks.values()), tuple(r.name for r in values.records if not r.explained))


def relative_error(recorded: torch.Tensor, recomputed: Array, size: float = 0.0) -> float:
    """Return the largest difference, relative to the largest of the recomputed numbers or, if larger, to ``size``.

    It is infinite where shapes, infinities or NaN disagree.
    """
    ours, theirs = recomputed, recorded.double().cpu().numpy()
    if ours.shape != theirs.shape or not np.array_equal(np.isfinite(ours), np.isfinite(theirs)):
        return float("inf")
    finite = np.isfinite(theirs)
    if not np.array_equal(ours[~finite], theirs[~finite], equal_nan=True):
        return float("inf")
    if not finite.any():
        return 0.0
    size = max(largest(ours), size, np.finfo(np.float64).tiny)
    return float(np.abs(ours[finite] - theirs[finite]).max()) / size


def largest(values: Array) -> float:
    """Return the largest finite number by absolute value, 0 if there is none."""
    return float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
