"""One of two numbers: against torch, equals included."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from convista.operators import Operator
from convista.operators.arithmetic_choice import Maximum, Minimum, Where
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal


@pytest.mark.parametrize(("ours", "theirs"), [(Maximum(), torch.maximum), (Minimum(), torch.minimum)])
@pytest.mark.parametrize("other", [(2, 3, 4), (3, 1), ()])
def test_the_larger_and_the_smaller(ours: Operator, theirs: Any, other: tuple[int, ...]) -> None:
    check_thoroughly(ours, theirs, {"x": normal(0, 2, 3, 4), "y": np.asarray(normal(1, *other))})
    check(ours, theirs, {"x": np.round(normal(0, 2, 3, 4)), "y": np.asarray(np.round(normal(1, *other)))})


def test_equals_share_the_gradient() -> None:
    x = np.zeros((1, 2))
    assert Maximum().gradient(np.ones((1, 2)), x, x)["x"].tolist() == [[0.5, 0.5]]
    assert [term.factor for term in Maximum().explain((0, 1), x, x).terms] == [0.5, 0.5]


@pytest.mark.parametrize("shapes", [((2, 3, 4), (2, 3, 4), ()), ((3, 1), (2, 3, 4), (4,)), ((2, 3, 4), (), (3, 4))])
def test_where(shapes: tuple[tuple[int, ...], ...]) -> None:
    condition, x, y = (np.asarray(normal(n, *shape)) for n, shape in enumerate(shapes))
    check_thoroughly(Where(), torch.where, {"condition": condition > 0, "x": x, "y": y})
