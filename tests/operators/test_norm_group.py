"""Group and instance normalisation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators import Array
from convista.operators.norm_group import GroupNorm, InstanceNorm
from convista.operators.norm_layer import LayerNorm
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal

Given = torch.Tensor | None
EPSILON = 1e-3

shapes = st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 4), st.integers(2, 4))


def affine(shape: tuple[int, ...], given: bool) -> dict[str, Array | None]:
    return {"weight": normal(3, *shape), "bias": normal(4, *shape)} if given else {}


def torch_group_norm(groups: int) -> Callable[..., torch.Tensor]:
    return lambda x, weight=None, bias=None: functional.group_norm(x, groups, weight, bias, EPSILON)


def torch_instance_norm(x: torch.Tensor, weight: Given = None, bias: Given = None) -> torch.Tensor:
    return functional.instance_norm(x, weight=weight, bias=bias, eps=EPSILON)


@given(shapes, st.integers(1, 3), st.booleans())
def test_group_norm_equals_torch(shape: tuple[int, ...], groups: int, scaled: bool) -> None:
    batch, channels, *image = shape
    x = normal(0, batch, channels * groups, *image)
    operands = {"x": x, **affine(x.shape[1:2], scaled)}
    check(GroupNorm(groups=groups, epsilon=EPSILON), torch_group_norm(groups), operands)


@given(shapes, st.booleans())
def test_instance_norm_equals_torch(shape: tuple[int, ...], scaled: bool) -> None:
    operands = {"x": normal(0, *shape), **affine(shape[1:2], scaled)}
    check(InstanceNorm(training=True, epsilon=EPSILON), torch_instance_norm, operands)


def test_slopes_and_sabotage() -> None:
    x = normal(0, 2, 4, 3, 2)
    operands = {"x": x, **affine(x.shape[1:2], True)}
    check_thoroughly(GroupNorm(groups=2, epsilon=EPSILON), torch_group_norm(2), operands)
    check_thoroughly(InstanceNorm(training=True, epsilon=EPSILON), torch_instance_norm, operands)


def test_instance_norm_with_running_statistics() -> None:
    def reference(
        x: torch.Tensor, mean: torch.Tensor, variance: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor
    ) -> torch.Tensor:
        kept = mean.detach(), variance.detach()
        return functional.instance_norm(x, *kept, weight, bias, use_input_stats=False, eps=EPSILON)

    operands = {"x": normal(0, 2, 3, 4, 5), "mean": normal(1, 3), "variance": normal(2, 3) ** 2 + 0.1}
    check_thoroughly(InstanceNorm(training=False, epsilon=EPSILON), reference, {**operands, **affine((3,), True)})


def test_the_set_that_each_averages_over() -> None:
    x = normal(0, 2, 4, 3, 5)
    index = (1, 2, 0, 3)
    for explanation, members in (
        (GroupNorm(groups=2, epsilon=0.0).explain(index, x), x[1, 2:]),
        (InstanceNorm(training=True, epsilon=0.0).explain(index, x), x[1, 2]),
    ):
        assert explanation.notes["μ"] == pytest.approx(members.mean())
        assert explanation.notes["√(σ² + ε)"] == pytest.approx(members.std())
        assert explanation.value == pytest.approx((x[index] - members.mean()) / members.std())


def test_one_group_is_layer_norm_and_as_many_as_channels_is_instance_norm() -> None:
    x = normal(0, 2, 4, 3, 5)
    one = GroupNorm(groups=1, epsilon=EPSILON).value(x)
    np.testing.assert_allclose(one, LayerNorm(axes=3, epsilon=EPSILON).value(x), atol=1e-12)
    each = GroupNorm(groups=4, epsilon=EPSILON).value(x)
    np.testing.assert_allclose(each, InstanceNorm(training=True, epsilon=EPSILON).value(x), atol=1e-12)
