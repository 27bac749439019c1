"""Global and adaptive pooling."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators.pool_regions import AdaptiveAverage, AdaptiveMax, GlobalAverage, GlobalMax
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal

sizes = st.tuples(st.integers(1, 5), st.integers(1, 5))


@given(shape=st.tuples(st.integers(1, 9), st.integers(1, 9)), size=sizes, ties=st.booleans())
def test_adaptive(shape: tuple[int, int], size: tuple[int, int], ties: bool) -> None:
    x = normal(0, 2, 2, *shape)
    x = np.round(x) if ties else x
    check(AdaptiveAverage(size=size), lambda x: functional.adaptive_avg_pool2d(x, size), {"x": x})
    check(AdaptiveMax(size=size), lambda x: functional.adaptive_max_pool2d(x, size), {"x": x})


def test_thoroughly() -> None:
    x = normal(6, 2, 3, 5, 4)
    check_thoroughly(AdaptiveAverage(size=(3, 3)), lambda x: functional.adaptive_avg_pool2d(x, (3, 3)), {"x": x})
    check_thoroughly(AdaptiveMax(size=(3, 3)), lambda x: functional.adaptive_max_pool2d(x, (3, 3)), {"x": x})
    check_thoroughly(GlobalAverage(), lambda x: functional.adaptive_avg_pool2d(x, 1), {"x": x})
    check_thoroughly(GlobalMax(), lambda x: functional.adaptive_max_pool2d(x, 1), {"x": x})


def test_the_first_of_equals_receives_the_gradient() -> None:
    gradient = GlobalMax().gradient(np.ones((1, 1, 1, 1)), np.zeros((1, 1, 2, 2)))
    assert gradient["x"].tolist() == [[[[1, 0], [0, 0]]]]
