"""The film of weight sharing draws the matrix that does what the convolution does, and counts both' weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films import Film
from convista.films.stage.grid import magnitude
from convista.films.stage.marks import FULL, UNWRITTEN, Mark, Picture, Rectangle
from convista.language import LANGUAGES
from convista.operators import Array
from convista.operators.conv import Conv
from tests.films.reading import assert_laid_out, numbers, texts

RANDOM = np.random.default_rng(5)
CASES = {
    "example": (np.arange(36.0).reshape(6, 6), np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])),
    "other": (RANDOM.normal(size=(7, 12)), RANDOM.normal(size=(5, 2))),
    "whole": (RANDOM.normal(size=(3, 4)), RANDOM.normal(size=(3, 4))),
}


def drawn_matrix(marks: tuple[Mark, ...], kernel: Array) -> Array:
    """Return the matrix as it is drawn: from its numbers, or else from its colours."""
    pictures = [mark for mark in marks if mark.key == "matrix"]
    if pictures:
        (drawn,) = pictures
        assert isinstance(drawn, Picture)
        levels = np.frombuffer(drawn.levels, np.int8).reshape(drawn.rows, drawn.columns)
        assert (levels != UNWRITTEN).all()
        return levels / FULL * magnitude(kernel)
    values = {}
    for key, line in texts(marks, "en").items():
        if key.startswith("matrix["):
            row, column = key.removeprefix("matrix[").partition("]")[0].split(",")
            values[int(row), int(column)] = numbers(line)[0][0]
    shape = tuple(max(axis) + 1 for axis in zip(*values, strict=True))
    return np.array([values[at] for at in np.ndindex(shape)]).reshape(shape)


def assert_convolves(marks: tuple[Mark, ...], image: Array, kernel: Array) -> None:
    made = drawn_matrix(marks, kernel) @ image.ravel()
    same = Conv().value(image[None, None], kernel[None, None]).ravel()
    assert made == pytest.approx(same, abs=0.01 * magnitude(kernel) * np.abs(image).sum())


@pytest.mark.parametrize("name", CASES)
def test_the_matrix_does_what_the_convolution_does(name: str) -> None:
    image, kernel = CASES[name]
    marks = film("weight-sharing", image=image, kernel=kernel).steps[-1].marks
    assert_convolves(marks, image, kernel)
    with pytest.raises(AssertionError):
        assert_convolves(marks, image, kernel[::-1, ::-1])


def test_the_rows_are_written_place_by_place_by_weights_that_leave_the_kernel() -> None:
    beats = [beat for beat in film("weight-sharing").steps[1].beats if beat.born_from]
    assert len(beats) == 16
    kernel = CASES["example"][1]
    for n, beat in enumerate(beats):
        marks = {mark.key: mark for mark in beat.marks}
        drawn = marks["matrix"]
        assert isinstance(drawn, Picture)
        levels = np.frombuffer(drawn.levels, np.int8).reshape(16, 36)
        assert (levels[:n] != UNWRITTEN).all()
        assert (levels[n:] == UNWRITTEN).all()
        assert dict(beat.born_from) == {f"put[{u},{v}]": f"kernel[{u},{v}]" for u, v in np.ndindex(3, 3)}
        for u, v in np.ndindex(3, 3):
            put = marks[f"put[{u},{v}]"]
            assert isinstance(put, Rectangle)
            assert put.fill == kernel[u, v] / 2
            across = (put.box.left - drawn.box.left) / put.box.width
            down = (put.box.top - drawn.box.top) / put.box.height
            assert round(down) == n
            assert round(across) == (n // 4 + u) * 6 + n % 4 + v


def test_the_weights_of_both_are_counted() -> None:
    dense, _, shared, real = film("weight-sharing", patch=10, bands=2, filters=4).steps
    assert texts(dense.marks, "en")["equation.line"] == "16·36 = 576 weights"
    assert texts(shared.marks, "es")["equation.line"] == "3·3 = 9 pesos"
    with torch.device("meta"):
        layers = nn.Conv2d(2, 4, 3, bias=False), nn.Linear(2 * 10 * 10, 4 * 8 * 8, bias=False)
    few, many = (layer.weight.numel() for layer in layers)
    assert f"{few} shared weights, or {many / 1000:.1f} k in a dense layer" in real.caption.en


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_nothing_overlaps_or_leaves_the_margin(name: str, language: str) -> None:
    image, kernel = CASES[name]
    made: Film = film("weight-sharing", language=language, image=image, kernel=kernel)
    for n, step in enumerate(made.steps):
        assert_laid_out(made.picture(n).marks, language)
        assert_laid_out(step.beats[0].marks, language)


@pytest.mark.parametrize(
    ("give", "says"),
    [
        ({"image": np.ones((21, 20))}, "The image has 420 pixels and the matrix can be seen for up to 400"),
        ({"kernel": np.ones((7, 1))}, "the kernel must fit into image and patch"),
        ({"patch": 2}, "the kernel must fit into image and patch"),
        ({"filters": 0}, "counts be 1 or more"),
        ({"image": [1, 2]}, "image has shape (2,); a matrix is needed"),
    ],
)
def test_data_that_cannot_be_shown_is_named(give: dict[str, Any], says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        film("weight-sharing", **give)
    assert says in str(caught.value)
