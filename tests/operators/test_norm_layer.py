"""Layer normalisation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators import Array
from convista.operators.norm_layer import LayerNorm
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal

EPSILON = 1e-3

shapes = st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 4), st.integers(2, 4))


def affine(shape: tuple[int, ...]) -> dict[str, Array]:
    return {"weight": normal(3, *shape), "bias": normal(4, *shape)}


def torch_layer_norm(shape: tuple[int, ...]) -> Callable[..., torch.Tensor]:
    return lambda x, weight=None, bias=None: functional.layer_norm(x, shape, weight, bias, EPSILON)


@given(shapes, st.integers(1, 4), st.booleans())
def test_layer_norm_equals_torch(shape: tuple[int, ...], axes: int, scaled: bool) -> None:
    operands = {"x": normal(0, *shape), **(affine(shape[-axes:]) if scaled else {})}
    check(LayerNorm(axes=axes, epsilon=EPSILON), torch_layer_norm(shape[-axes:]), operands)


def test_slopes_and_sabotage() -> None:
    x = normal(0, 2, 4, 3, 2)
    operands = {"x": x, **affine(x.shape[2:])}
    check_thoroughly(LayerNorm(axes=2, epsilon=EPSILON), torch_layer_norm(x.shape[2:]), operands)


def test_the_set_that_it_averages_over() -> None:
    x = normal(0, 2, 4, 3, 5)
    index, members = (1, 2, 0, 3), x[1]
    explanation = LayerNorm(axes=3, epsilon=0.0).explain(index, x)
    assert explanation.notes["μ"] == pytest.approx(members.mean())
    assert explanation.notes["√(σ² + ε)"] == pytest.approx(members.std())
    assert explanation.value == pytest.approx((x[index] - members.mean()) / members.std())
