"""Spatial pyramid pooling."""

from __future__ import annotations

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from convista.layers import pool as layers
from convista.operators.pool_pyramid import SPATIAL_PYRAMID_POOL2D
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal, sides

X = {"x": normal(5, 2, 2, 6, 7)}


@given(size=st.tuples(sides, sides), ties=st.booleans())
def test_spatial_pyramid(size: tuple[int, int], ties: bool) -> None:
    x = normal(2, 2, 3, *size)
    x = np.round(x) if ties else x
    check(SPATIAL_PYRAMID_POOL2D, layers.spatial_pyramid_pool2d, {"x": x}, levels=(1, 2, 4))


def test_spatial_pyramid_thoroughly() -> None:
    def reference(x: torch.Tensor) -> torch.Tensor:
        return layers.spatial_pyramid_pool2d(x, (3, 1))

    check_thoroughly(SPATIAL_PYRAMID_POOL2D, reference, X, levels=(3, 1))
    assert SPATIAL_PYRAMID_POOL2D.explain((0, 19), X["x"], levels=(3, 1)).notes == {"n": 1.0}
