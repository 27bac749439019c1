"""PReLU: an activation that learns."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from convista.operators import Array
from convista.operators.activation_learned import Prelu
from tests.operators.against_torch import check_thoroughly
from tests.operators.draw import normal


@pytest.mark.parametrize("weight", [np.array([0.25]), np.array([0.1, -0.3, 0.5])])
def test_prelu(weight: Array) -> None:
    def reference(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return functional.prelu(x, weight)

    check_thoroughly(Prelu(), reference, {"x": normal(0, 2, 3, 4), "weight": weight})


def test_alpha_hears_where_it_was_applied() -> None:
    x = np.array([[[-2.0, 3.0], [-1.0, 0.0]]])
    explanation = Prelu().explain_gradient("weight", (1,), np.full(x.shape, 10.0), x, np.array([0.5, 0.25]))
    assert [(term.index, term.factor) for term in explanation.terms] == [((0, 1, 0), -1.0), ((0, 1, 1), 0.0)]
    assert (explanation.value, explanation.formula) == (-10, "∂α = Σ g · x · [x ≤ 0]")
