"""One helper for every operator: value and gradients against torch, gradients against finite differences."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from convista.operators import Array, Explanation, Operator

TOLERANCE = 1e-10
"""Largest difference from torch in float64, relative to the largest value."""
STEP, SLOPE_TOLERANCE = 1e-6, 1e-5
"""Step of the finite differences, and how far a slope measured with it may be off."""

SEEN: dict[str, dict[str, float]] = {}
"""For each operator, the largest relative differences of the checks that passed, by `PARTS`."""
PARTS = ("value", "gradient", "explanation", "gradient explanation")


def check(operator: Operator, reference: Callable[..., torch.Tensor], operands: Mapping[str, Array | None]) -> None:
    """Assert that a definition, its gradients and its explanations agree with an independent implementation.

    ``reference`` is called with the operands as tensors, in their order. Of large outputs and operands, every n-th
    element's explanation is compared.
    """
    given = {name: value for name, value in operands.items() if value is not None}
    tensors = {name: torch.tensor(value, requires_grad=value.dtype.kind == "f") for name, value in given.items()}
    expected = reference(*tensors.values())
    out = operator.value(**given)
    assert out.shape == tuple(expected.shape)
    seen = dict.fromkeys(PARTS, 0.0)
    seen["value"] = close(out, expected.detach().numpy(), "value")

    upstream = np.random.default_rng(1).normal(size=out.shape)
    expected.backward(torch.tensor(upstream))  # type: ignore[no-untyped-call]
    gradients = operator.gradient(upstream, **given)
    for name, tensor in tensors.items():
        if tensor.grad is not None:
            error = close(gradients[name], tensor.grad.numpy(), f"gradient of {name}")
            seen["gradient"] = max(seen["gradient"], error)
            error = _check_explained_gradient(operator, name, upstream, given, tensor.grad.numpy())
            seen["gradient explanation"] = max(seen["gradient explanation"], error)

    for index in _some(out.shape, 64):
        explanation = operator.explain(index, **given)
        error = close(np.asarray(explanation.value), out[index], f"explanation of {index}")
        seen["explanation"] = max(seen["explanation"], error)
        total = sum(term.contribution for term in explanation.terms) + explanation.bias
        close(np.asarray(explanation.total), np.asarray(total), f"sum of the terms of {index}")
        for term in explanation.terms:
            assert term.value == given[term.operand][term.index]

    before = SEEN.setdefault(operator.name, dict.fromkeys(seen, 0.0))
    SEEN[operator.name] = {part: max(before[part], error) for part, error in seen.items()}


def _check_explained_gradient(
    operator: Operator,
    name: str,
    upstream: Array,
    given: dict[str, Array],
    expected: Array,
) -> float:
    """Assert that the terms of elements of one operand's gradient are products that sum to it, and name what is."""
    largest = 0.0
    for index in _some(expected.shape, 16):
        explanation = operator.explain_gradient(name, index, upstream, **given)
        size = max(1.0, float(np.abs(expected).max()))
        error = abs(explanation.value - expected[index]) / size
        assert error <= TOLERANCE, f"explained gradient of {name}{index}: {explanation.value}, {expected[index]}"
        largest = max(largest, error)
        assert (explanation.operator, explanation.gradient_of, explanation.index) == (operator.name, name, index)
        total = sum(term.contribution for term in explanation.terms)
        close(
            np.asarray(explanation.total), np.asarray(total), f"sum of the terms of the gradient of {name}{index}"
        )
        for term in explanation.terms:
            assert (term.operand, term.value) == ("upstream", upstream[term.index])
            assert term.factor is not None
            assert term.contribution == term.value * term.factor
            if term.factor_index is not None:
                assert np.isfinite(given[term.factor_operand][term.factor_index])
        assert len({term.index for term in explanation.terms}) == len(explanation.terms)
    return largest


def _some(shape: tuple[int, ...], count: int) -> Iterator[tuple[int, ...]]:
    """Yield evenly spread indices of an array of this shape, all of a small one."""
    size = math.prod(shape)
    for flat in range(0, size, max(1, size // count)):
        yield tuple(int(i) for i in np.unravel_index(flat, shape))


def check_slopes(operator: Operator, operands: Mapping[str, Array | None]) -> None:
    """Assert that the gradients are the slopes of the definition, by central differences in every element."""
    given = {name: value.copy() for name, value in operands.items() if value is not None}
    upstream = np.random.default_rng(2).normal(size=operator.value(**given).shape)
    for name, gradient in operator.gradient(upstream, **given).items():
        slopes = np.empty_like(gradient, dtype=np.float64)
        for index in np.ndindex(gradient.shape):
            middle = given[name][index]
            sides = []
            for move in (STEP, -STEP):
                given[name][index] = middle + move
                sides.append(float((upstream * operator.value(**given)).sum()))
            given[name][index] = middle
            slopes[index] = (sides[0] - sides[1]) / (2 * STEP)
        np.testing.assert_allclose(gradient, slopes, rtol=0, atol=SLOPE_TOLERANCE * max(1.0, np.abs(slopes).max()))


def close(ours: Array, theirs: Array, what: str) -> float:
    """Assert equality within the tolerance, and return the largest difference relative to the largest value."""
    size = max(1.0, float(np.abs(theirs).max(initial=0)))
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=TOLERANCE * size, err_msg=what)
    finite = np.isfinite(theirs)
    return float(np.abs(np.asarray(ours)[finite] - theirs[finite]).max(initial=0)) / size


def check_thoroughly(
    operator: Operator, reference: Callable[..., torch.Tensor], operands: Mapping[str, Array | None]
) -> None:
    """Check against torch and slopes, and that a wrong sign in any part of the definition would be noticed."""
    check(operator, reference, operands)
    check_slopes(operator, operands)
    for part in ("value", "gradient", "explain", "explain_gradient"):
        wrong = sabotaged(operator, part, times(-1, getattr(operator, part)))
        with pytest.raises(AssertionError):
            check(wrong, reference, operands)


def sabotaged(operator: Operator, part: str, wrong: Callable[..., Any]) -> Operator:
    """Return the operator with another function in place of one of its methods."""
    other = copy(operator)
    object.__setattr__(other, part, wrong)  # it is frozen
    return other


def times(factor: float, right: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that gives so many times what another gives: an array, gradients or an explanation."""

    def wrong(*args: Any, **kwargs: Any) -> Any:
        result = right(*args, **kwargs)
        if isinstance(result, dict):
            return {name: factor * gradient for name, gradient in result.items()}
        return replace(result, value=factor * result.value) if isinstance(result, Explanation) else factor * result

    return wrong
