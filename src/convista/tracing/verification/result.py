"""What verification found: the largest errors, operator by operator, and how much rounding may explain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from convista.language import say
from convista.operators import Array, Explanation, Index
from convista.tables import aligned
from convista.tracing.recording.record import Record

TOLERANCES = {torch.float64: 1e-10, torch.float32: 1e-4, torch.float16: 2e-2, torch.bfloat16: 1e-1}
"""Largest relative error that rounding explains, by the coarsest precision in which anything was computed or kept:
sums of thousands of products lose more than one rounding, and gradients add up where ways meet. Statistics of a few
values that are nearly equal, as of a batch norm over two pixels, may lose more."""

ADDED_UP = 1 / 64
"""Share of the sum of the terms' absolute values that an error is measured against, where that is more than the
value: rounding takes its part of each term, and what is left when they cancel is smaller than any of them."""


@dataclass
class Check:
    """What was compared for one kind of operator, and the largest error seen."""

    operator: str
    records: int = 0
    values: int = 0
    """Output elements compared."""
    value_error: float = 0.0
    """Largest difference of an output element, relative to the largest value of its output or to what cancelled."""
    gradients: int = 0
    """Gradient elements compared: of operands that are activations, pixels or parameters."""
    gradient_error: float = 0.0
    """The same for gradients."""


@dataclass(frozen=True, repr=False)
class Verification:
    """The result of `Trace.verify`."""

    checks: tuple[Check, ...]
    """One for each kind of operator in the run, in the order in which they first appear."""
    not_explained: tuple[str, ...]
    """Names of the records that no written definition covers, or whose making was not seen."""
    not_kept: tuple[str, ...]
    """Names of the records whose values were not kept; nothing is known about them either."""
    tolerance: float
    """Largest relative error that rounding explains, in the precision of this run and of what was kept."""
    sample: int | None = None
    """Elements of each output and gradient that were compared, at most; None where all were."""
    rounded: bool = False
    """Whether the values were kept in half precision; then gradients were not compared."""
    wrong_values: tuple[str, ...] = ()
    """Names of the records of which a value is not what the definition gives, by more than the tolerance."""
    wrong_gradients: tuple[str, ...] = ()
    """Names of the values of which the gradient is not what those that read them send back, by more than that."""
    gradients_not_compared: tuple[str, ...] = ()
    """Names of the values that something without a definition read, or that were read unseen."""

    def __repr__(self) -> str:
        count = sum(check.records for check in self.checks)
        found = "passed" if self.passed() else "not passed"
        unknown = len(self.not_explained)
        return f"<Verification of {count} operators, {unknown} not explained: error {self.worst:.1e}, {found}>"

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
        lines = [say("tracing.proof", records=sum(check.records for check in self.checks)), *aligned(rows)]
        if self.sample is not None:
            lines.append(say("tracing.proof_sampled", count=self.sample))
        if self.rounded:
            lines.append(say("tracing.proof_rounded"))
        if self.not_kept:
            lines.append(say("tracing.not_proven_not_kept", count=len(self.not_kept)))
        named = {
            "tracing.wrong_values": self.wrong_values,
            "tracing.wrong_gradients": self.wrong_gradients,
            "tracing.gradients_not_proven": self.gradients_not_compared,
            "tracing.not_proven": self.not_explained,
        }
        lines += [say(key, names=", ".join(names)) for key, names in named.items() if names]
        return "\n".join(lines)

    def passed(self, tolerance: float | None = None) -> bool:
        """Tell whether every value and gradient that was kept was compared, and no error exceeds the tolerance.

        What was not compared is named: see `not_explained`, `gradients_not_compared` and `not_kept`. Without a
        tolerance, the one that suits the precision of the run and of what was kept is taken.
        """
        compared = not self.not_explained and not self.gradients_not_compared
        return compared and self.worst <= (self.tolerance if tolerance is None else tolerance)


def tolerance_of(records: Iterable[Record]) -> float:
    """Return the tolerance for the coarsest precision among the outputs and gradients of these records."""
    kept = (tensor for r in records if r.kept for tensor in (*r.outputs, *r.gradients) if tensor is not None)
    return max((TOLERANCES[tensor.dtype] for tensor in kept if tensor.dtype in TOLERANCES), default=0.0)


def relative_error(recorded: Tensor, recomputed: Array, size: float = 0.0) -> float:
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


def worst_place(recorded: Tensor, recomputed: Array) -> Index:
    """Return where recorded numbers differ most from recomputed ones."""
    difference = np.nan_to_num(np.abs(recorded.double().cpu().numpy() - recomputed))
    return tuple(int(n) for n in np.unravel_index(int(difference.argmax()), difference.shape))


def added_up(explanation: Explanation) -> float:
    """Return the sum of the absolute values of all that an element is the sum of."""
    return float(np.sum([abs(term.contribution) for term in explanation.terms])) + abs(explanation.bias)


def largest(values: Array) -> float:
    """Return the largest finite number by absolute value, 0 if there is none."""
    return float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
