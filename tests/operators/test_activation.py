"""Activations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from convista.operators.activation import Gelu, GeluTanh, Relu
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal, operator_of

CURVES: dict[str, tuple[Callable[[torch.Tensor], torch.Tensor], dict[str, Any]]] = {
    "relu": (torch.relu, {}),
    "leaky_relu": (lambda x: functional.leaky_relu(x, 0.1), {"alpha": 0.1}),
    "relu6": (functional.relu6, {}),
    "sigmoid": (torch.sigmoid, {}),
    "tanh": (torch.tanh, {}),
    "elu": (lambda x: functional.elu(x, 1.5), {"alpha": 1.5}),
    "softplus": (lambda x: functional.softplus(x, beta=2.0), {"beta": 2.0}),
    "silu": (functional.silu, {}),
    "hardswish": (functional.hardswish, {}),
    "mish": (functional.mish, {}),
    "gelu": (functional.gelu, {}),
    "gelu_tanh": (lambda x: functional.gelu(x, approximate="tanh"), {}),
}


@pytest.mark.parametrize("name", CURVES)
def test_curves(name: str) -> None:
    reference, attributes = CURVES[name]
    check_thoroughly(operator_of(name, attributes), reference, {"x": 4 * normal(0, 2, 3, 4, 5)})


@pytest.mark.parametrize("name", CURVES)
def test_far_from_zero_everything_is_finite(name: str) -> None:
    reference, attributes = CURVES[name]
    check(operator_of(name, attributes), reference, {"x": np.array([-800.0, -30.0, 30.0, 800.0])})


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "relu6", "elu", "hardswish"])
def test_corners_as_in_torch(name: str) -> None:
    reference, attributes = CURVES[name]
    check(operator_of(name, attributes), reference, {"x": np.array([-3.0, -1.0, 0.0, 1.0, 3.0, 6.0])})


@pytest.mark.parametrize("name", ["relu", "sigmoid", "gelu"])
def test_nan_stays_nan(name: str) -> None:
    operator = operator_of(name, {})
    assert np.isnan(operator.value(np.array([np.nan]))).all()
    assert np.isnan(operator.explain((0,), np.array([np.nan])).value)


def test_relu_is_a_product_of_the_value_and_one_or_nothing() -> None:
    factors = [Relu().explain((n,), np.array([-2.0, 2.0])).terms[0].factor for n in range(2)]
    assert factors == [0.0, 1.0]


def test_the_two_formulas_of_gelu_differ_a_little() -> None:
    x = np.linspace(-6, 6, 4001)
    difference = np.abs(Gelu().value(x) - GeluTanh().value(x)).max()
    assert 4e-4 < difference < 5e-4
