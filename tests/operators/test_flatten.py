"""Flattening."""

from __future__ import annotations

import numpy as np
import torch

from convista.operators.flatten import RESHAPE
from tests.operators.against_torch import check_thoroughly
from tests.operators.draw import normal


def test_flatten() -> None:
    check_thoroughly(RESHAPE, lambda x: torch.flatten(x, 1), {"x": normal(0, 2, 3, 4, 5)}, shape=(2, -1))


def test_flatten_goes_channel_by_channel() -> None:
    x = np.arange(8).reshape(1, 2, 2, 2)
    assert RESHAPE.define(x, shape=(1, -1)).tolist() == [list(range(8))]
    assert RESHAPE.explain((0, 5), x, shape=(1, -1)).terms[0].index == (0, 1, 0, 1)
