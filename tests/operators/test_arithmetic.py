"""Arithmetic: between arrays, with numbers, along axes, and between matrices."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from convista.operators.arithmetic import ADD, DIVIDE, MULTIPLY, NEGATE, POWER, SUBTRACT
from convista.operators.arithmetic_axes import AMAX, MAX, MEAN, SUM
from convista.operators.dense import MATMUL
from convista.operators.explanation import Operator
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal

PAIRS = [(ADD, operator.add), (SUBTRACT, operator.sub), (MULTIPLY, operator.mul), (DIVIDE, operator.truediv)]


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
@pytest.mark.parametrize("other", [(2, 3, 4), (3, 1), (4,), (1, 1, 1), ()])
def test_between_arrays(ours: Operator, theirs: Any, other: tuple[int, ...]) -> None:
    y = np.asarray(2 + np.abs(normal(1, *other)))
    check_thoroughly(ours, theirs, {"x": normal(0, 2, 3, 4), "y": y})
    check_thoroughly(ours, theirs, {"x": y, "y": 2 + np.abs(normal(0, 2, 3, 4))})


@pytest.mark.parametrize(("ours", "theirs"), [(ADD, torch.add), (SUBTRACT, torch.sub)])
def test_with_a_multiple(ours: Operator, theirs: Any) -> None:
    operands = {"x": normal(0, 2, 3), "y": normal(1, 3)}
    check_thoroughly(ours, lambda x, y: theirs(x, y, alpha=-2.5), operands, alpha=-2.5)
    assert ours.explain((1, 2), **operands, alpha=-2.5).notes == {"α": -2.5}


def test_negate() -> None:
    check_thoroughly(NEGATE, torch.neg, {"x": normal(0, 2, 3)})


@pytest.mark.parametrize("exponent", [2, 3.0, 0.5, -1, 1, 0])
def test_power(exponent: float) -> None:
    x = {"x": 0.5 + np.abs(normal(0, 2, 3))}
    check(POWER, lambda x: x**exponent, x, exponent=exponent)
    if exponent:
        check_thoroughly(POWER, lambda x: x**exponent, x, exponent=exponent)


def test_a_whole_power_of_negative_values() -> None:
    check_thoroughly(POWER, lambda x: x**3, {"x": normal(0, 2, 3)}, exponent=3)


def test_a_product_is_one_term_that_names_both_elements() -> None:
    x, y = normal(0, 2, 3, 4), normal(1, 3, 1)
    (term,) = MULTIPLY.explain((1, 2, 3), x, y).terms
    assert (term.operand, term.index, term.value) == ("x", (1, 2, 3), x[1, 2, 3])
    assert (term.factor_operand, term.factor_index, term.factor) == ("y", (2, 0), y[2, 0])
    (term,) = DIVIDE.explain((1, 2, 3), x, y).terms
    assert (term.factor_index, term.factor) == ((2, 0), 1 / y[2, 0])


@given(shape=st.lists(st.integers(1, 4), min_size=1, max_size=4), keep=st.booleans(), data=st.data())
def test_along_axes(shape: list[int], keep: bool, data: st.DataObject) -> None:
    axes = tuple(sorted(data.draw(st.sets(st.integers(0, len(shape) - 1), min_size=1))))
    x = normal(0, *shape)
    for ours, theirs in ((MEAN, torch.mean), (SUM, torch.sum), (AMAX, torch.amax)):
        check(ours, lambda x, f=theirs: f(x, axes, keepdim=keep), {"x": x}, axes=axes, keep=keep)
    check(AMAX, lambda x: torch.amax(x, axes, keepdim=keep), {"x": np.round(x)}, axes=axes, keep=keep)
    for values in (x, np.round(x)):
        check(MAX, lambda x: torch.max(x, axes[0], keepdim=keep)[0], {"x": values}, axis=axes[0], keep=keep)


def test_along_axes_thoroughly() -> None:
    x = {"x": normal(0, 2, 3, 4)}
    check_thoroughly(MEAN, lambda x: x.mean((0, 2)), x, axes=(0, 2))
    check_thoroughly(SUM, lambda x: x.sum(), x, axes=(0, 1, 2))
    check_thoroughly(AMAX, lambda x: x.amax((1, 2), keepdim=True), x, axes=(1, 2), keep=True)
    check_thoroughly(MAX, lambda x: x.max(1)[0], x, axis=1)


def test_equal_values_share_the_gradient_of_amax_and_the_first_takes_that_of_max() -> None:
    x, upstream = np.ones((1, 2)), np.ones(1)
    assert AMAX.gradient(upstream, x, axes=(1,))["x"].tolist() == [[0.5, 0.5]]
    assert MAX.gradient(upstream, x, axis=1)["x"].tolist() == [[1.0, 0.0]]


def test_the_position_of_the_largest() -> None:
    x = normal(3, 2, 5, 3)
    assert np.array_equal(MAX.define(x, axis=1, output=1), torch.tensor(x).max(1).indices.numpy())
    assert MAX.gradient(np.ones((2, 3)), x, axis=1, output=1) == {}
    for index in np.ndindex(2, 3):
        explanation = MAX.explain(index, x, axis=1, output=1)
        assert explanation.value == MAX.define(x, axis=1, output=1)[index]
        assert len(explanation.terms) == 5


@pytest.mark.parametrize(
    ("left", "right"), [((3, 4), (4, 2)), ((2, 3, 4), (2, 4, 1)), ((2, 1, 3, 4), (5, 4, 2)), ((1, 1), (3, 1, 1))]
)
def test_matmul(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    check_thoroughly(MATMUL, torch.matmul, {"x": normal(0, *left), "y": normal(1, *right)})
