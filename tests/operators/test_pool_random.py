"""Stochastic, fractional and mixed pooling."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.layers import pool as layers
from convista.operators.pool_mixed import MixedPool
from convista.operators.pool_random import FractionalMaxPool, StochasticPool, fractional_starts
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal, pairs, sides

X = {"x": normal(5, 2, 2, 6, 7)}
SIZE: dict[str, Any] = {"kernel": (3, 2), "stride": (2, 1)}
STOCHASTIC = StochasticPool(**SIZE)


def drawn(x: np.ndarray[Any, Any], **size: Any) -> tuple[torch.Tensor, np.ndarray[Any, Any]]:
    """Return draws for each output element, and which value of its window they choose."""
    out = functional.max_pool2d(torch.tensor(x), size["kernel"], size["stride"]).shape
    draws = torch.rand(out, generator=torch.Generator().manual_seed(3), dtype=torch.float64)
    return draws, layers.stochastic_choice(torch.tensor(x), size["kernel"], size["stride"], draws).numpy()


def test_stochastic() -> None:
    draws, chosen = drawn(**X, **SIZE)
    operands = {**X, "chosen": chosen}
    check_thoroughly(STOCHASTIC, lambda x, _: layers.stochastic_pool2d(x, (3, 2), (2, 1), draws), operands)
    check_thoroughly(STOCHASTIC, lambda x: layers.stochastic_pool2d(x, (3, 2), (2, 1)), X)


def test_draws_choose_the_same_values_as_in_the_layer() -> None:
    for x in (X["x"], np.maximum(X["x"], 0), np.zeros((1, 1, 4, 4))):
        draws, chosen = drawn(x, **SIZE)
        np.testing.assert_array_equal(STOCHASTIC.choice(draws.numpy(), x), chosen)


@given(kernel=pairs, stride=pairs, size=st.tuples(sides, sides), rectified=st.booleans())
def test_stochastic_over_shapes(
    kernel: tuple[int, int], stride: tuple[int, int], size: tuple[int, int], rectified: bool
) -> None:
    x = normal(1, 1, 2, *size)
    x = np.maximum(x, 0) if rectified else x
    draws, chosen = drawn(x, kernel=kernel, stride=stride)
    ours = StochasticPool(kernel=kernel, stride=stride)
    operands = {"x": x, "chosen": chosen}
    check(ours, lambda x, _: layers.stochastic_pool2d(x, kernel, stride, draws), operands)
    if not rectified:  # at 0 itself the expected value has no slope
        check(ours, lambda x: layers.stochastic_pool2d(x, kernel, stride), {"x": x})


def test_probabilities_are_noted_and_sum_to_1() -> None:
    x = np.array([[[[1.0, 0.0], [4.0, 5.0]]]])
    plain = StochasticPool(kernel=(2, 2), stride=(2, 2))
    explanation = plain.explain((0, 0, 0, 0), x, np.array([[[[2]]]]))
    assert explanation.notes == {"p[0,0]": 0.1, "p[0,1]": 0.0, "p[1,0]": 0.4, "p[1,1]": 0.5}
    assert explanation.value == 4
    assert plain.value(x).item() == pytest.approx(0.1 + 1.6 + 2.5)
    assert plain.value(-x).item() == -2.5


@given(
    seed=st.integers(0, 10**6), kernel=pairs, size=st.tuples(sides, sides), out=st.tuples(*[st.integers(1, 4)] * 2)
)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_fractional(
    dtype: torch.dtype, seed: int, kernel: tuple[int, int], size: tuple[int, int], out: tuple[int, int]
) -> None:
    height, width = (n + k + o for n, k, o in zip(size, kernel, out, strict=True))
    x = np.round(normal(seed, 2, 2, height, width), 1)
    samples = torch.rand(2, 2, 2, generator=torch.Generator().manual_seed(seed), dtype=dtype)
    starts = {
        "rows": fractional_starts(samples[..., 1].numpy(), height, kernel[0], out[0]),
        "columns": fractional_starts(samples[..., 0].numpy(), width, kernel[1], out[1]),
    }
    theirs = functional.fractional_max_pool2d(torch.tensor(x).to(dtype), kernel, out, _random_samples=samples)
    ours = FractionalMaxPool(kernel=kernel).value(torch.tensor(x).to(dtype).numpy(), **starts)
    assert np.array_equal(ours, theirs.numpy())
    if dtype == torch.float64:

        def reference(x: torch.Tensor, *_: torch.Tensor) -> torch.Tensor:
            return functional.fractional_max_pool2d(x, kernel, out, _random_samples=samples)

        check(FractionalMaxPool(kernel=kernel), reference, {"x": x, **starts})


def test_fractional_thoroughly() -> None:
    samples = torch.tensor(np.random.default_rng(0).uniform(size=(2, 2, 2)))
    starts = {
        "rows": fractional_starts(samples[..., 1].numpy(), 6, 2, 4),
        "columns": fractional_starts(samples[..., 0].numpy(), 7, 3, 3),
    }

    def reference(x: torch.Tensor, *_: torch.Tensor) -> torch.Tensor:
        return functional.fractional_max_pool2d(x, (2, 3), (4, 3), _random_samples=samples)

    check_thoroughly(FractionalMaxPool(kernel=(2, 3)), reference, {**X, **starts})


@pytest.mark.parametrize("mix", [0.0, 0.3, 1.0])
def test_mixed(mix: float) -> None:
    operands = {**X, "mix": np.array(mix)}
    check_thoroughly(MixedPool(**SIZE), lambda x, mix: layers.mixed_pool2d(x, (3, 2), (2, 1), mix), operands)
