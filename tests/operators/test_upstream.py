"""Gradient explanations: what they name and what they refuse. `against_torch` compares their values."""

from __future__ import annotations

import numpy as np
import pytest

from convista.errors import ConvistaError
from convista.operators import Term
from convista.operators.activation import Relu
from convista.operators.arithmetic import Subtract
from convista.operators.arithmetic_axes import Max
from convista.operators.conv import Conv
from convista.operators.flatten_parts import Concatenate
from convista.operators.loss import CrossEntropy
from convista.operators.pool import MaxPool
from convista.operators.registry import OPERATORS
from tests.operators.draw import normal

X, WEIGHT, BIAS, UPSTREAM = normal(0, 2, 3, 5, 4), normal(1, 4, 3, 2, 2), normal(2, 4), normal(3, 2, 4, 4, 3)


def test_a_weight_hears_every_place_where_it_was_used() -> None:
    explanation = Conv().explain_gradient("weight", (1, 2, 0, 1), UPSTREAM, X, WEIGHT, BIAS)
    assert explanation.formula == "∂w[1,2,0,1] = Σ g[1] · x[2]"
    assert [term.index for term in explanation.terms] == [
        (b, 1, i, j) for b in (0, 1) for i in range(4) for j in range(3)
    ]
    value, met = float(UPSTREAM[1, 1, 3, 2]), float(X[1, 2, 3, 3])
    last = Term("upstream", (1, 1, 3, 2), value, met, (1, 2, 3, 3), value * met, factor_operand="x")
    assert explanation.terms[-1] == last


def test_a_pixel_hears_every_window_that_read_it() -> None:
    corner = Conv().explain_gradient("x", (0, 2, 0, 0), UPSTREAM, X, WEIGHT, BIAS)
    assert corner.formula == "∂x[2,0,0] = Σ g · w[:,2]"
    assert [(t.index, t.factor_operand, t.factor_index) for t in corner.terms] == [
        ((0, k, 0, 0), "weight", (k, 2, 0, 0)) for k in range(4)
    ]
    inner = Conv().explain_gradient("x", (0, 2, 1, 1), UPSTREAM, X, WEIGHT, BIAS)
    assert len(inner.terms) == 4 * 4


def test_a_bias_hears_its_whole_map() -> None:
    explanation = Conv().explain_gradient("bias", (3,), UPSTREAM, X, WEIGHT, BIAS)
    assert {term.factor for term in explanation.terms} == {1.0}
    assert explanation.value == pytest.approx(UPSTREAM[:, 3].sum())


def test_one_weight_of_a_first_layer_is_a_term_for_each_pixel_of_its_map() -> None:
    x, weight, upstream = np.ones((1, 3, 224, 224)), np.ones((64, 3, 7, 7)), np.ones((1, 64, 112, 112))
    sides = Conv(stride=(2, 2), padding=((3, 3), (3, 3)))
    middle = sides.explain_gradient("weight", (63, 2, 3, 3), upstream, x, weight)
    assert (len(middle.terms), middle.value) == (112 * 112, 112 * 112)
    corner = sides.explain_gradient("weight", (63, 2, 0, 0), upstream, x, weight)
    assert len(corner.terms) == 110 * 110  # in the first two rows and columns it met padding


def test_a_max_pooling_routes_to_the_winner_and_a_relu_closes_the_gate() -> None:
    x = np.array([[[[1.0, 5.0, 4.0]]]])
    pool = MaxPool(kernel=(1, 2), stride=(1, 1))
    upstream = np.array([[[[10.0, 100.0]]]])
    factors = [[t.factor for t in pool.explain_gradient("x", (0, 0, 0, n), upstream, x).terms] for n in range(3)]
    assert factors == [[0], [1, 1], [0]]
    gates = [Relu().explain_gradient("x", (n,), np.array([7.0, 7.0]), np.array([-1.0, 2.0])) for n in (0, 1)]
    assert [gate.value for gate in gates] == [0, 7]
    assert [gate.terms[0].factor_index for gate in gates] == [(0,), (1,)]


def test_cross_entropy_says_what_was_predicted_and_what_was_wanted() -> None:
    x, target = normal(0, 2, 3), np.array([2, 0])
    explanation = CrossEntropy().explain_gradient("x", (1, 0), np.ones(()), x, target)
    assert explanation.formula == "∂x = g · (p − q) / n"
    p = float(np.exp(x[1, 0]) / np.exp(x[1]).sum())
    assert explanation.notes == pytest.approx({"p": p, "q": 1.0})
    assert explanation.value == pytest.approx((p - 1) / 2)
    each = CrossEntropy(reduction="none").explain_gradient("x", (1, 0), np.array([1.0, 3.0]), x, target)
    assert (each.formula, each.terms[0].index, each.terms[0].value) == ("∂x = g · (p − q)", (1,), 3.0)


def test_a_repeated_element_hears_all_its_copies() -> None:
    explanation = Subtract().explain_gradient("y", (1, 0), np.ones((2, 3, 4)), np.ones((2, 3, 4)), np.ones((3, 1)))
    assert (explanation.formula, explanation.value, len(explanation.terms)) == ("∂y = −Σ g", -8, 8)
    half = Subtract(alpha=0.5).explain_gradient("y", (0,), np.ones(1), np.ones(1), np.ones(1))
    assert (half.formula, half.value) == ("∂y = −Σ g · α", -0.5)


def test_every_operator_has_one() -> None:
    assert all(callable(operator.explain_gradient) for operator in OPERATORS.values())


@pytest.mark.parametrize(
    ("operand", "index", "message"),
    [
        ("stride", (0,), r"conv2d gives no gradient with respect to “stride”\. .* respect to: x, weight\."),
        ("bias", (0,), r"conv2d gives no gradient with respect to “bias”"),
        ("weight", (4, 0, 0, 0), r"Index \(4, 0, 0, 0\) does not exist in weight, of size \(4, 3, 2, 2\)\."),
        (
            "x",
            (0, 0, 0),
            r"Index \(0, 0, 0\) does not exist in x, of size \(2, 3, 5, 4\)\. Give one position per axis",
        ),
        ("x", (0, 0, -1, 0), r"does not exist in x"),
    ],
)
def test_what_has_no_gradient_is_refused(operand: str, index: tuple[int, ...], message: str) -> None:
    with pytest.raises(ConvistaError, match=message):
        Conv().explain_gradient(operand, index, UPSTREAM, X, WEIGHT)


def test_positions_and_targets_have_no_gradient() -> None:
    with pytest.raises(ConvistaError, match="max gives no gradient with respect to “x”"):
        Max(axis=1, output=1).explain_gradient("x", (0, 0), np.ones(2), np.ones((2, 3)))
    with pytest.raises(ConvistaError, match="cross_entropy gives no gradient with respect to “target”"):
        CrossEntropy().explain_gradient("target", (0,), np.ones(()), np.ones((1, 2)), np.array([0]))
    with pytest.raises(ConvistaError, match=r"concatenate gives no gradient .*: x0, x1"):
        Concatenate(axis=0).explain_gradient("x2", (0,), np.ones(2), x0=np.ones(1), x1=np.ones(1))
