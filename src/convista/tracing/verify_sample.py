"""Proof by a sample: some elements of every value and gradient, each recomputed by its own explanation."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from convista.errors import ConvistaError
from convista.operators import Array, Index
from convista.operators.registry import OPERATORS
from convista.tracing.record import Source
from convista.tracing.values import Values
from convista.tracing.verification import Check, Verification, largest, relative_error
from convista.tracing.verify import covered, read_elsewhere, verified


@np.errstate(all="ignore")
def verify_sample(values: Values, count: int, rng: np.random.Generator, *, gradients: bool = True) -> Verification:
    """Recompute ``count`` elements of each output, and of each gradient, from their explanations alone.

    The elements are drawn without repetition; of a parameter's gradient there is one. The explanations that all
    readers of a value give of one element of its gradient must add up to what autograd had. Errors are relative to
    the largest recorded value of the whole output or gradient, and otherwise as in `convista.tracing.verify`.
    """
    checks: dict[str, Check] = {}
    sampled: dict[Source, _Gradient] = {}
    incomplete = read_elsewhere(values.records)
    for record in covered(values.records):
        check = checks.setdefault(record.operator, Check(record.operator))
        check.records += 1
        operator, operands = OPERATORS[record.operator], record.arrays()
        for slot in record.slots:
            attributes, out, behind = record.attributes_of(slot), record.outputs[slot], record.gradients[slot]
            places = drawn(tuple(out.shape), count, rng)
            found = [operator.explain(place, **operands, **attributes).value for place in places]
            size = max(_largest(out), largest(operands["x"]) if operator.cancels else 0.0)
            check.values += len(places)
            check.value_error = max(check.value_error, relative_error(_at(out, places), np.array(found), size))
            if behind is None or not gradients:
                continue
            upstream = behind.double().cpu().numpy()
            for name, (_, source) in record.operands.items():
                recorded = None if source in incomplete else values.gradient(source)
                if recorded is None:
                    continue
                if source not in sampled:
                    # A parameter hears every place of a feature map: one of its elements has terms by the thousand.
                    few = 1 if source.kind == "parameter" else count
                    sampled[source] = _Gradient(recorded, drawn(tuple(recorded.shape), few, rng), check)
                gradient = sampled[source]
                gradient.check = check
                if operator.cancels or operator.gradient_cancels or source.kind == "parameter":
                    gradient.size = max(gradient.size, largest(upstream))
                for n, place in enumerate(gradient.places):
                    try:
                        share = operator.explain_gradient(name, place, upstream, **operands, **attributes).value
                    except ConvistaError as error:
                        if error.key != "operators.no_gradient":
                            raise
                        break
                    gradient.totals[n] += share
    for gradient in sampled.values():
        gradient.compare()
    return verified(checks, values.records, count)


class _Gradient:
    """The sampled elements of one recorded gradient, and what the readers seen so far send back to each."""

    def __init__(self, recorded: Tensor, places: list[Index], check: Check) -> None:
        self.places = places
        self.totals: Array = np.zeros(len(places))
        self.check = check
        self.size = _largest(recorded)
        self._recorded = recorded

    def compare(self) -> None:
        error = relative_error(_at(self._recorded, self.places), self.totals, self.size)
        self.check.gradients += len(self.places)
        self.check.gradient_error = max(self.check.gradient_error, error)


def drawn(shape: tuple[int, ...], count: int, rng: np.random.Generator) -> list[Index]:
    """Draw so many places of an array of this shape, all if it has no more."""
    size = math.prod(shape)
    flat = rng.choice(size, min(count, size), replace=False, shuffle=False) if size else ()
    return [tuple(int(n) for n in np.unravel_index(one, shape)) for one in flat]


def _at(tensor: Tensor, places: list[Index]) -> Tensor:
    return torch.stack([tensor[place] for place in places]) if places else tensor.new_empty(0)


def _largest(tensor: Tensor) -> float:
    return largest(tensor.double().cpu().numpy())
