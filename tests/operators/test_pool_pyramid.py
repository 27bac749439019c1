"""Spatial pyramid pooling."""

from __future__ import annotations

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from convista.layers import pool as layers
from convista.operators.pool_pyramid import SpatialPyramidPool
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal, sides

X = {"x": normal(5, 2, 2, 6, 7)}


@given(size=st.tuples(sides, sides), ties=st.booleans())
def test_spatial_pyramid(size: tuple[int, int], ties: bool) -> None:
    x = normal(2, 2, 3, *size)
    x = np.round(x) if ties else x
    check(SpatialPyramidPool(levels=(1, 2, 4)), layers.spatial_pyramid_pool2d, {"x": x})


def test_spatial_pyramid_thoroughly() -> None:
    def reference(x: torch.Tensor) -> torch.Tensor:
        return layers.spatial_pyramid_pool2d(x, (3, 1))

    ours = SpatialPyramidPool(levels=(3, 1))
    check_thoroughly(ours, reference, X)
    assert ours.explain((0, 19), X["x"]).notes == {"n": 1.0}
