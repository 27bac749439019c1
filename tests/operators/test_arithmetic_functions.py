"""Functions of one number."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from convista.operators import Operator
from convista.operators.arithmetic_functions import Absolute, Exponential, Logarithm
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal


@pytest.mark.parametrize(
    ("ours", "theirs"), [(Exponential(), torch.exp), (Logarithm(), torch.log), (Absolute(), torch.abs)]
)
def test_functions(ours: Operator, theirs: torch.nn.Module) -> None:
    check_thoroughly(ours, theirs, {"x": 0.2 + np.abs(normal(0, 2, 3, 4))})


def test_the_sign_is_dropped_and_at_nothing_there_is_no_slope() -> None:
    check_thoroughly(Absolute(), torch.abs, {"x": normal(0, 2, 3)})
    check(Absolute(), torch.abs, {"x": np.array([-1.0, 0.0, 2.0])})
