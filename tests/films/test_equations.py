"""What reads equations back finds those that do not add up; equations of any numbers add up, or say ≈."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from convista.films import Film
from convista.films.activation.activation import activation_elu, activation_leaky_relu, activation_swish
from convista.films.conv.by_hand import conv_first_values
from convista.films.conv.conv_transpose import conv_transpose_film
from convista.films.conv.layer import conv_layer
from convista.films.dense.dense import dense_film
from convista.films.flatten.flatten_regions import flatten_blocks_film
from convista.films.norm.norm import normalisation
from convista.films.pool.pool_mixed import pool_mixed
from convista.films.pool.pool_regions import pool_adaptive_average
from convista.films.pool.pool_sum import pool_average, pool_l2, pool_sum
from convista.films.softmax.softmax import softmax_of_array
from convista.films.wording import Digits, enough_digits, equality
from convista.language import LANGUAGES
from tests.films import equations
from tests.films.examples import EXAMPLES

random = np.random.default_rng(11)
MAP = random.normal(size=(6, 6))
MAPS = random.normal(size=(1, 2, 6, 6))


def films() -> dict[str, Callable[[], Film]]:
    kernel, filters = random.normal(size=(3, 3)), random.normal(size=(3, 3, 3, 3))
    weight, bias = random.normal(size=(5, 7)), random.normal(size=5) * 0.01
    x: dict[str, Any] = {"vector": random.normal(size=7), "logits": random.normal(size=(3, 5)) * 2}
    return {
        "by hand": lambda: conv_first_values(MAP, kernel),
        "conv-transpose": lambda: conv_transpose_film(MAPS[:, :, :3, :3], filters[:2, :1], bias[:1]),
        "conv-layer": lambda: conv_layer(MAPS[0], filters[:, :2], bias[:3]),
        "dense": lambda: dense_film(x["vector"], weight, bias, relu=True),
        "softmax": lambda: softmax_of_array(x["logits"]),
        "leaky relu": lambda: activation_leaky_relu(MAP),
        "elu": lambda: activation_elu(MAP),
        "swish": lambda: activation_swish(MAP),
        "average": lambda: pool_average(MAP),
        "sum": lambda: pool_sum(MAP),
        "l2": lambda: pool_l2(MAP),
        "mixed": lambda: pool_mixed(MAP, mix=0.123),
        "adaptive": lambda: pool_adaptive_average(MAP, out=(2, 4)),
        "flatten": lambda: flatten_blocks_film(MAPS),
        "norm": lambda: normalisation(random.normal(size=(3, 4, 2, 2))),
    }


FILMS = films()


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*FILMS, *EXAMPLES])
def test_equations_of_any_numbers_add_up_or_say_that_they_nearly_do(name: str, language: str) -> None:
    film = FILMS[name]() if name in FILMS else EXAMPLES[name]().film()
    equations.assert_add_up(film, language)


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("z2[4] = Σ a1 ⊙ w + b = 0.39 + 0.01 = 0.41", False),
        ("z2[4] = Σ a1 ⊙ w + b = 0.39 + 0.01 ≈ 0.41", True),
        ("w1 ← w1 − η·g = 3,24 − 0,40·0,29 = 3,13", False),
        ("w1 ← w1 − η·g = 3,243 − 0,40·0,294 = 3,125", True),
        ("y[0,2,0,0] = (4 − 5.25) / 1.23 · 1 + 0 = −1.01", False),
        ("O[1,1] = √(1² + 3² + 5² + 6²) = √71 = 8.43", True),
        ("f(1,27) = máx(0; 1,27) = 1,28", False),
        ("f(−0.64) = 1 / (1 + exp(−(−0.64))) = 0.35", True),
        ("18·10 weights + 10 biases = 191", False),
        ("⌊(6 − 2) / 2⌋ + 1 = 3", True),
        ("p(class 0) = 1.00 / 1.70 ≈ 0.9", False),
    ],
)
def test_reading_an_equation_finds_whether_it_adds_up(line: str, right: bool) -> None:
    read = list(equations.equalities(line))
    assert read
    assert all(equations.holds(*one) for one in read) == right


def test_what_is_no_sum_of_numbers_is_not_read() -> None:
    for line in ("O[1,1] = max of 16 values = 6", "f(−0.64) = x", "p[0] = 0.49", "z1 = W1·a0 + b1", "L = 1.65"):
        assert not list(equations.equalities(line))


def test_an_equation_gets_as_many_digits_as_it_needs_else_says_nearly() -> None:
    assert enough_digits(0.406, lambda digits: digits(0.3912) + digits(0.0148), 2) == Digits(3, "=")
    assert enough_digits(0.3, lambda digits: digits(0.1) + digits(0.2), 2) == Digits(2, "=")
    assert enough_digits(0.5, lambda digits: digits(0.1) + digits(0.2), 2) == Digits(2, "≈")
    assert equality(0.4, 0.41, 2) == "≈"
    assert equality(0.405, 0.41, 2) == "="
