"""Classical filters: what they answer to, and how a kernel is recognised."""

from __future__ import annotations

from math import pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convista.errors import ConvistaError
from convista.operators import Array
from convista.operators.conv import Conv
from convista.operators.filters import (
    bank,
    gabor,
    gaussian,
    laplacian,
    prewitt,
    scharr,
    similarity,
    sobel,
)
from tests.operators.draw import normal

ROWS, COLUMNS = np.mgrid[:9, :11].astype(float)

sizes = st.integers(1, 7)
seeds = st.integers(0, 10**6)
turns = st.integers(0, 3)
signs = st.sampled_from([1, -1])


def answer(image: Array, kernel: Array) -> Array:
    out: Array = Conv().value(image[None, None], kernel[None, None])[0, 0]
    return out


def test_the_published_kernels() -> None:
    assert sobel("x").tolist() == [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
    assert sobel("y").tolist() == [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]
    assert sobel("x", 5)[2].tolist() == [6, 12, 0, -12, -6]
    assert prewitt("x").tolist() == [[1, 0, -1]] * 3
    assert scharr("y")[0].tolist() == [3, 10, 3]
    assert laplacian(4).tolist() == [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
    assert laplacian(8).tolist() == [[1, 1, 1], [1, -8, 1], [1, 1, 1]]


@pytest.mark.parametrize(("kernel", "slope"), [(sobel, 8), (prewitt, 6), (scharr, 32)])
def test_edges_answer_to_a_slope_in_their_direction_alone(kernel: object, slope: int) -> None:
    assert callable(kernel)
    assert (answer(COLUMNS, kernel("x")) == -slope).all()  # brighter to the right
    assert (answer(COLUMNS, kernel("y")) == 0).all()
    assert (answer(-ROWS, kernel("y")) == slope).all()  # darker below


def test_the_laplacian_answers_to_curvature_and_not_to_slope() -> None:
    bowl = ROWS**2 + COLUMNS**2
    assert (answer(bowl, laplacian(4)) == 4).all()
    assert (answer(bowl, laplacian(8)) == 12).all()
    assert (answer(3 * ROWS - COLUMNS + 5, laplacian(8)) == 0).all()


@given(st.integers(1, 9), st.floats(0.3, 5))
def test_the_gaussian_keeps_what_is_even(size: int, sigma: float) -> None:
    kernel = gaussian(size, sigma)
    assert kernel.sum() == pytest.approx(1)
    assert (kernel > 0).all()
    for turned in (np.rot90(kernel), kernel.T, kernel[::-1]):
        np.testing.assert_allclose(turned, kernel, atol=1e-15)
    np.testing.assert_allclose(answer(np.full((9, 9), 7.0), kernel), 7)


def test_the_gaussian_falls_as_its_formula_says() -> None:
    kernel = gaussian(5, 1.3)
    assert kernel[2, 4] / kernel[2, 2] == pytest.approx(np.exp(-4 / (2 * 1.3**2)))


@given(st.floats(0, pi), st.floats(-pi, pi), st.floats(0.3, 2))
def test_gabor_at_one_place_by_hand(theta: float, phase: float, aspect: float) -> None:
    kernel = gabor(7, 4.0, theta, 1.5, aspect, phase)
    x, y = 2, -1
    across, along = x * np.cos(theta) + y * np.sin(theta), -x * np.sin(theta) + y * np.cos(theta)
    by_hand = np.exp(-(across**2 + aspect**2 * along**2) / 4.5) * np.cos(2 * pi * across / 4 + phase)
    assert kernel[3 + y, 3 + x] == pytest.approx(by_hand)


def test_gabor_answers_most_to_its_own_wave() -> None:
    angles = [0, pi / 4, pi / 2, 3 * pi / 4]
    rows, columns = np.mgrid[-4:5, -4:5]
    for wave in angles:
        image = np.cos(2 * pi * (columns * np.cos(wave) + rows * np.sin(wave)) / 4)
        answers = [float(abs(answer(image, gabor(9, 4.0, angle)))[0, 0]) for angle in angles]
        assert int(np.argmax(answers)) == angles.index(wave)


def test_gabor_width_comes_from_its_wavelength_unless_given() -> None:
    np.testing.assert_array_equal(gabor(5, 3.0), gabor(5, 3.0, sigma=0.56 * 3))


@pytest.mark.parametrize("size", range(1, 8))
def test_each_classical_kernel_is_itself(size: int) -> None:
    classical = bank(size)
    for name, kernel in classical.items():
        best = similarity(kernel, classical)[0]
        assert (best.name, best.rotation, best.sign) == (name, 0, 1)
        assert best.similarity == pytest.approx(1)


@given(sizes, seeds, turns, signs, st.floats(1e-3, 1e3))
def test_turning_negating_and_scaling_change_no_similarity(
    size: int, seed: int, turn: int, sign: int, scale: float
) -> None:
    classical, kernel = bank(size), normal(seed, size, size)
    plain = {match.name: match.similarity for match in similarity(kernel, classical)}
    moved = {m.name: m.similarity for m in similarity(scale * sign * np.rot90(kernel, turn), classical)}
    assert moved == pytest.approx(plain)
    assert all(0 <= value <= 1 for value in plain.values())


@given(seeds, turns, signs)
def test_rotation_and_sign_say_how_to_turn_the_classical_kernel(seed: int, turn: int, sign: int) -> None:
    classical = {"drawn": normal(seed, 3, 3)}  # without symmetry, so that only one turn is right
    match = similarity(sign * np.rot90(classical["drawn"], turn), classical)[0]
    assert (match.rotation, match.sign) == (90 * turn, sign)
    assert match.similarity == pytest.approx(1)


def test_the_most_alike_comes_first_and_all_are_there() -> None:
    matches = similarity(sobel("y") + 0.1 * normal(0, 3, 3), bank(3))
    assert matches[0].name == "sobel_y"
    assert {match.name for match in matches} == set(bank(3))
    values = [match.similarity for match in matches]
    assert values == sorted(values, reverse=True)


def test_means_are_not_taken_away() -> None:
    raised = similarity(sobel("x") + 1, {"sobel_x": sobel("x")})[0]
    assert raised.similarity == pytest.approx((12 / 21) ** 0.5)


def test_zeros_are_like_none() -> None:
    assert {match.similarity for match in similarity(np.zeros((3, 3)), bank(3))} == {0.0}


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ConvistaError, match=r"is \(3, 5\).* square"):
        similarity(np.zeros((3, 5)), bank(3))
    with pytest.raises(ConvistaError, match=r"No classical filter given here is 4×4.*bank\(4\)"):
        similarity(np.zeros((4, 4)), bank(3))
    with pytest.raises(ConvistaError, match="odd size of 3 or more, and 4"):
        sobel("x", 4)
