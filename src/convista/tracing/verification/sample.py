"""Proof by a sample: some elements of every value and gradient, each recomputed by its own explanation."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from convista.errors import ConvistaError
from convista.operators import Array, Index
from convista.tracing.explanation.values import RecordedValues
from convista.tracing.recording.record import Origin, Record
from convista.tracing.verification.result import ADDED_UP, Verification, added_up, largest, relative_error
from convista.tracing.verification.verify import Comparisons, covered, upstream_of


@np.errstate(all="ignore")
def verify_sample(
    values: RecordedValues, count: int, rng: np.random.Generator, *, gradients: bool = True
) -> Verification:
    """Recompute ``count`` elements of each output, and of each gradient, from their explanations alone.

    The elements are drawn without repetition; of a parameter's gradient there is one. The explanations that all
    readers of a value give of one element of its gradient must add up to what autograd had. Errors are relative to
    the largest recorded value of the whole output or gradient, and otherwise as in `verify`.
    """
    compared = Comparisons(values, count)
    sampled: dict[Origin, _Gradient] = {}
    for record in covered(values.records):
        operands = record.arrays()
        for slot in record.slots:
            operator, out = record.definition.of_output(slot), record.outputs[slot]
            places = drawn(tuple(out.shape), count, rng)
            found = [operator.explain(place, **operands) for place in places]
            size = max(
                _largest(out),
                largest(operands["x"]) if operator.cancels else 0.0,
                ADDED_UP * max(map(added_up, found), default=0.0),
            )
            ours = np.array([explanation.value for explanation in found])
            compared.count_value(record, len(places), relative_error(_at(out, places), ours, size))
            upstream = upstream_of(values, record, slot) if gradients else None
            if upstream is None:
                continue
            for name, (_, source) in record.operands.items():
                recorded = values.gradient(source)
                if recorded is None or not compared.can_compare(source, has_readers=True):
                    continue
                if source not in sampled:
                    # A parameter hears every place of a feature map: one of its elements has terms by the thousand.
                    few = 1 if source.kind == "parameter" else count
                    sampled[source] = _Gradient(recorded, drawn(tuple(recorded.shape), few, rng), record)
                gradient = sampled[source]
                gradient.reader = record
                if operator.cancels or operator.gradient_cancels or source.kind == "parameter":
                    gradient.size = max(gradient.size, largest(upstream))
                for n, place in enumerate(gradient.places):
                    try:
                        share = operator.explain_gradient(name, place, upstream, **operands)
                    except ConvistaError as error:
                        if error.key != "operators.no_gradient":
                            raise
                        break
                    gradient.totals[n] += share.value
                    gradient.added_up[n] += added_up(share)
    for source in values.with_gradients() if gradients else ():
        if compared.can_compare(source, has_readers=source in sampled):
            one = sampled[source]
            compared.count_gradient(source, one.reader, len(one.places), one.error())
    return compared.result()


class _Gradient:
    """The sampled elements of one recorded gradient, and what the readers seen so far send back to each."""

    def __init__(self, recorded: Tensor, places: list[Index], reader: Record) -> None:
        self.places = places
        self.totals: Array = np.zeros(len(places))
        self.added_up: Array = np.zeros(len(places))
        self.reader = reader
        self.size = _largest(recorded)
        self._recorded = recorded

    def error(self) -> float:
        """Return the largest error, relative as in the whole compared."""
        size = max(self.size, ADDED_UP * float(self.added_up.max(initial=0.0)))
        return relative_error(_at(self._recorded, self.places), self.totals, size)


def drawn(shape: tuple[int, ...], count: int, rng: np.random.Generator) -> list[Index]:
    """Draw so many places of an array of this shape, all if it has no more."""
    size = math.prod(shape)
    flat = rng.choice(size, min(count, size), replace=False, shuffle=False) if size else ()
    return [tuple(int(n) for n in np.unravel_index(one, shape)) for one in flat]


def _at(tensor: Tensor, places: list[Index]) -> Tensor:
    return torch.stack([tensor[place] for place in places]) if places else tensor.new_empty(0)


def _largest(tensor: Tensor) -> float:
    return largest(tensor.double().cpu().numpy())
