"""Activations of straight pieces, whose corners are torch's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from convista.operators.activation_pieces import Clamp, Hardsigmoid
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal, operator_of

LIMITED: dict[str, tuple[Callable[[torch.Tensor], torch.Tensor], dict[str, Any]]] = {
    "hardtanh": (lambda x: functional.hardtanh(x, -2.0, 3.0), {"low": -2.0, "high": 3.0}),
    "clamp": (lambda x: x.clamp(-2.0, 3.0), {"low": -2.0, "high": 3.0}),
}


@pytest.mark.parametrize("name", LIMITED)
def test_limits(name: str) -> None:
    reference, attributes = LIMITED[name]
    check_thoroughly(operator_of(name, attributes), reference, {"x": 4 * normal(0, 2, 3, 4)})


@pytest.mark.parametrize("name", ["hardtanh", "clamp"])
def test_limits_as_in_torch_which_counts_those_of_a_clamp_in_alone(name: str) -> None:
    reference, attributes = LIMITED[name]
    x, operator = np.array([-3.0, -2.0, -1.0, 3.0, 4.0]), operator_of(name, attributes)
    check(operator, reference, {"x": x})
    slope = operator.gradient(np.ones(5), x)["x"]
    assert slope.tolist() == [0.0, float(name == "clamp"), 1.0, float(name == "clamp"), 0.0]


@pytest.mark.parametrize("limits", [{"low": 0.5}, {"high": 0.5}])
def test_a_clamp_of_one_side(limits: dict[str, float]) -> None:
    def reference(x: torch.Tensor) -> torch.Tensor:
        return x.clamp(limits.get("low"), limits.get("high"))

    check_thoroughly(Clamp(**limits), reference, {"x": normal(0, 3, 4)})


def test_hardsigmoid() -> None:
    def reference(x: torch.Tensor) -> torch.Tensor:
        return functional.relu6(x + 3) / 6  # torch's hardsigmoid has 1/6 as a float32 in its gradient

    check_thoroughly(Hardsigmoid(), reference, {"x": 4 * normal(0, 2, 3, 4)})
    corners = {"x": np.array([-3.0, -1.0, 0.0, 3.0, 6.0])}
    check(Hardsigmoid(), reference, corners)
    assert np.allclose(Hardsigmoid().value(**corners), functional.hardsigmoid(torch.tensor(corners["x"])))
