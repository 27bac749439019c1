"""What an operator says of itself: its names and numbers, and what of its operands it reads."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from inspect import isabstract
from typing import Any

import numpy as np
import pytest

from convista.operators import Array, Operator
from convista.operators.activation_pieces import Clamp
from convista.operators.arithmetic_axes import Max
from convista.operators.conv import Conv
from convista.operators.conv_transpose import ConvTranspose
from convista.operators.pool import MaxPool, MinPool
from convista.operators.pool_mixed import MixedPool
from convista.operators.pool_pyramid import SpatialPyramidPool
from convista.operators.pool_random import FractionalMaxPool, StochasticPool
from convista.operators.pool_regions import AdaptiveAverage, AdaptiveMax, GlobalAverage, GlobalMax
from convista.operators.pool_sum import AveragePool, L2Pool, SumPool
from convista.operators.registry import OPERATORS
from convista.operators.resample import PixelShuffle, ResampleLinear, ResampleNearest
from convista.operators.softmax import Softmax
from tests.operators.draw import normal

SERIES, IMAGE = {"x": normal(0, 1, 2, 9)}, {"x": normal(0, 2, 2, 6, 7)}
SMALL = {"x": normal(0, 1, 4, 3, 2)}
STARTS = {"rows": np.array([[[0, 1, 4], [0, 3, 4]]] * 2), "columns": np.array([[[0, 2, 5], [1, 2, 5]]] * 2)}
WINDOWS: dict[str, Any] = {"kernel": (2, 3), "stride": (2, 2)}
AROUND = ((1, 0), (1, 1))
READING: list[tuple[Operator, dict[str, Array]]] = [
    (Conv(stride=(2, 1), padding=AROUND, dilation=(1, 2), groups=2), {**IMAGE, "weight": normal(1, 2, 1, 3, 2)}),
    (ConvTranspose(stride=(2, 3), padding=AROUND), {**SMALL, "weight": normal(1, 4, 2, 3, 2)}),
    (MaxPool(kernel=(3,), stride=(2,), padding=((1, 1),), dilation=(2,)), SERIES),
    (MaxPool(**WINDOWS, padding=AROUND, dilation=(2, 1)), IMAGE),
    (MinPool(**WINDOWS, padding=AROUND), IMAGE),
    (AveragePool(**WINDOWS, padding=AROUND, overhang=(1, 0)), IMAGE),
    (SumPool(**WINDOWS), IMAGE),
    (L2Pool(**WINDOWS), IMAGE),
    (L2Pool(**WINDOWS, mean=True), IMAGE),
    (MixedPool(**WINDOWS), {**IMAGE, "mix": np.array(0.3)}),
    (StochasticPool(**WINDOWS), IMAGE),
    (FractionalMaxPool(kernel=(2, 2)), {**IMAGE, **STARTS}),
    (GlobalAverage(), IMAGE),
    (GlobalMax(), IMAGE),
    (AdaptiveAverage(size=(4, 3)), IMAGE),
    (AdaptiveMax(size=(4, 3)), IMAGE),
    (SpatialPyramidPool(levels=(1, 2)), IMAGE),
    (ResampleNearest(taken=((0, 2, 2), (1, 0))), SMALL),
    (ResampleLinear(size=(5, 3), scale=(0.6, 0.7)), SMALL),
    (PixelShuffle(factor=2), SMALL),
    (Softmax(axis=1), SMALL),
    (Max(axis=2), SMALL),
    (Clamp(low=-1, high=1), SMALL),
]


@pytest.mark.parametrize(("operator", "operands"), READING, ids=lambda one: getattr(one, "name", ""))
def test_it_reads_what_can_change_its_output_and_no_more(operator: Operator, operands: dict[str, Array]) -> None:
    shape, random = operator.value(**operands).shape, np.random.default_rng(3)
    for index in (tuple(n // 2 for n in shape), tuple(n - 1 for n in shape), (0,) * len(shape)):
        wanted = np.zeros(shape)
        wanted[index] = 1.0
        moved = np.zeros(operands["x"].shape, np.bool_)
        given = {**operands, "x": random.normal(size=moved.shape)}
        before = operator.value(**given)[index]
        for at in np.ndindex(moved.shape):
            for change in (50.0, -50.0):
                x = given["x"].copy()
                x[at] += change
                moved[at] |= operator.value(**{**given, "x": x})[index] != before
        assert np.array_equal(operator.reads(wanted, **operands)["x"] != 0, moved)


def test_every_operator_has_its_names_and_can_be_made() -> None:
    for name, kind in OPERATORS.items():
        assert name in kind.names
        assert not isabstract(kind)
    assert list(OPERATORS)[:4] == ["conv1d", "conv2d", "conv3d", "conv_transpose1d"]


def test_it_is_a_value() -> None:
    operator = Conv(stride=(2, 2), groups=3)
    assert (operator.name, operator) == ("conv2d", Conv(stride=(2, 2), padding=((0, 0), (0, 0)), groups=3))
    assert operator.attributes == {"stride": (2, 2), "padding": ((0, 0), (0, 0)), "dilation": (1, 1), "groups": 3}
    assert repr(operator) == "Conv(stride=(2, 2), padding=((0, 0), (0, 0)), dilation=(1, 1), groups=3)"
    with pytest.raises(FrozenInstanceError):
        operator.groups = 1  # type: ignore[misc]
    third = Max(axis=1)
    assert (third.of_output(1), operator.of_output(0)) == (Max(axis=1, output=1), operator)


def test_what_it_costs_is_said_by_shapes_alone() -> None:
    shapes = {"x": (2, 6, 9, 9), "weight": (4, 3, 5, 5), "bias": (4,)}
    assert Conv(groups=2).cost(shapes, (2, 4, 5, 5)) == 2 * 4 * 25 * 3 * 25
    assert ConvTranspose().cost({"x": (2, 6, 9, 9), "weight": (6, 3, 5, 5)}, (2, 3, 13, 13)) == 2 * 6 * 81 * 3 * 25
    assert MaxPool(kernel=(2, 2), stride=(2, 2)).cost({"x": (1, 1, 4, 4)}, (1, 1, 2, 2)) == 0
    assert Conv().window_size(shapes) == (5, 5)
    assert MaxPool(kernel=(2, 3), stride=(1, 1)).window_size({"x": (1, 1, 4, 4)}) == (2, 3)
    assert GlobalMax().window_size({"x": (1, 1, 4, 4)}) == ()
