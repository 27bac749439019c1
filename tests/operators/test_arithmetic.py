"""Arithmetic: between arrays, with numbers, along axes, and between matrices."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from convista.operators import Operator
from convista.operators.arithmetic import Add, Divide, Multiply, Negate, Power, Subtract
from convista.operators.arithmetic_axes import Amax, Max, Mean, Sum
from convista.operators.dense import Matmul
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal

PAIRS = [
    (Add(), operator.add),
    (Subtract(), operator.sub),
    (Multiply(), operator.mul),
    (Divide(), operator.truediv),
]


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
@pytest.mark.parametrize("other", [(2, 3, 4), (3, 1), (4,), (1, 1, 1), ()])
def test_between_arrays(ours: Operator, theirs: Any, other: tuple[int, ...]) -> None:
    y = np.asarray(2 + np.abs(normal(1, *other)))
    check_thoroughly(ours, theirs, {"x": normal(0, 2, 3, 4), "y": y})
    check_thoroughly(ours, theirs, {"x": y, "y": 2 + np.abs(normal(0, 2, 3, 4))})


@pytest.mark.parametrize(("ours", "theirs"), [(Add(alpha=-2.5), torch.add), (Subtract(alpha=-2.5), torch.sub)])
def test_with_a_multiple(ours: Operator, theirs: Any) -> None:
    operands = {"x": normal(0, 2, 3), "y": normal(1, 3)}
    check_thoroughly(ours, lambda x, y: theirs(x, y, alpha=-2.5), operands)
    assert ours.explain((1, 2), **operands).notes == {"α": -2.5}


def test_negate() -> None:
    check_thoroughly(Negate(), torch.neg, {"x": normal(0, 2, 3)})


@pytest.mark.parametrize("exponent", [2, 3.0, 0.5, -1, 1, 0])
def test_power(exponent: float) -> None:
    x = {"x": 0.5 + np.abs(normal(0, 2, 3))}
    check(Power(exponent=exponent), lambda x: x**exponent, x)
    if exponent:
        check_thoroughly(Power(exponent=exponent), lambda x: x**exponent, x)


def test_a_whole_power_of_negative_values() -> None:
    check_thoroughly(Power(exponent=3), lambda x: x**3, {"x": normal(0, 2, 3)})


def test_a_product_is_one_term_that_names_both_elements() -> None:
    x, y = normal(0, 2, 3, 4), normal(1, 3, 1)
    (term,) = Multiply().explain((1, 2, 3), x, y).terms
    assert (term.operand, term.index, term.value) == ("x", (1, 2, 3), x[1, 2, 3])
    assert (term.factor_operand, term.factor_index, term.factor) == ("y", (2, 0), y[2, 0])
    (term,) = Divide().explain((1, 2, 3), x, y).terms
    assert (term.factor_index, term.factor) == ((2, 0), 1 / y[2, 0])


@given(shape=st.lists(st.integers(1, 4), min_size=1, max_size=4), keep=st.booleans(), data=st.data())
def test_along_axes(shape: list[int], keep: bool, data: st.DataObject) -> None:
    axes = tuple(sorted(data.draw(st.sets(st.integers(0, len(shape) - 1), min_size=1))))
    x = normal(0, *shape)
    for ours, theirs in ((Mean, torch.mean), (Sum, torch.sum), (Amax, torch.amax)):
        check(ours(axes=axes, keep=keep), lambda x, f=theirs: f(x, axes, keepdim=keep), {"x": x})
    check(Amax(axes=axes, keep=keep), lambda x: torch.amax(x, axes, keepdim=keep), {"x": np.round(x)})
    for values in (x, np.round(x)):
        check(Max(axis=axes[0], keep=keep), lambda x: torch.max(x, axes[0], keepdim=keep)[0], {"x": values})


def test_along_axes_thoroughly() -> None:
    x = {"x": normal(0, 2, 3, 4)}
    check_thoroughly(Mean(axes=(0, 2)), lambda x: x.mean((0, 2)), x)
    check_thoroughly(Sum(axes=(0, 1, 2)), lambda x: x.sum(), x)
    check_thoroughly(Amax(axes=(1, 2), keep=True), lambda x: x.amax((1, 2), keepdim=True), x)
    check_thoroughly(Max(axis=1), lambda x: x.max(1)[0], x)


def test_equal_values_share_the_gradient_of_amax_and_the_first_takes_that_of_max() -> None:
    x, upstream = np.ones((1, 2)), np.ones(1)
    assert Amax(axes=(1,)).gradient(upstream, x)["x"].tolist() == [[0.5, 0.5]]
    assert Max(axis=1).gradient(upstream, x)["x"].tolist() == [[1.0, 0.0]]


def test_the_position_of_the_largest() -> None:
    x = normal(3, 2, 5, 3)
    assert np.array_equal(Max(axis=1, output=1).value(x), torch.tensor(x).max(1).indices.numpy())
    assert Max(axis=1, output=1).gradient(np.ones((2, 3)), x) == {}
    for index in np.ndindex(2, 3):
        explanation = Max(axis=1, output=1).explain(index, x)
        assert explanation.value == Max(axis=1, output=1).value(x)[index]
        assert len(explanation.terms) == 5


@pytest.mark.parametrize(
    ("left", "right"), [((3, 4), (4, 2)), ((2, 3, 4), (2, 4, 1)), ((2, 1, 3, 4), (5, 4, 2)), ((1, 1), (3, 1, 1))]
)
def test_matmul(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    check_thoroughly(Matmul(), torch.matmul, {"x": normal(0, *left), "y": normal(1, *right)})
