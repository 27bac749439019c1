"""The first values by hand, and the two operations that the flip tells apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.conv.conv import EXAMPLE_IMAGE, EXAMPLE_KERNEL
from convista.films.conv.flip import KERNEL as FLIPPED
from convista.films.keyframes import slowly
from convista.films.stage.marks import Mark, Words
from convista.films.wording import message
from convista.language import LANGUAGES, Text
from convista.operators.conv import Conv
from tests.films.reading import assert_all_print, assert_laid_out, assert_prints, texts

IMAGE, KERNEL = np.array(EXAMPLE_IMAGE, float), np.array(EXAMPLE_KERNEL, float)
DRAWN: dict[str, Any] = {
    "image": np.random.default_rng(0).normal(size=(7, 6)),
    "kernel": np.random.default_rng(2).normal(size=(2, 3)),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [{}, DRAWN], ids=["chapter", "drawn"])
def test_each_product_and_the_sum_so_far(data: dict[str, Any], language: str) -> None:
    image, kernel = data.get("image", IMAGE), data.get("kernel", KERNEL)
    steps = iter(film("conv-first-values", **data).steps)
    next(steps)
    for j in (0, 1):
        explained = Conv().explain((0, 0, 0, j), image[None, None], kernel[None, None])
        next(steps)
        so_far = 0.0
        for n, term in enumerate(explained.terms):
            step = next(steps)
            read = texts(step.marks, language)
            so_far += term.contribution
            assert_prints(read["sum"], so_far)
            products = {
                f"products[{by[2]},{by[3]}]": t.contribution
                for t in explained.terms[: n + 1]
                if (by := t.factor_index) is not None
            }
            assert_all_print(read, products, "products[")
            assert term.factor_index is not None
            assert term.factor is not None
            pixel, weight = (",".join(str(n + 1) for n in at[2:]) for at in (term.index, term.factor_index))
            if j or not slowly(n, len(explained.terms)):
                assert step.caption == message("films.conv_by_hand.onwards")
                continue
            said, _, worked = getattr(step.caption, language).partition(": ")
            assert f"I[{pixel}]" in said
            assert f"K[{weight}]" in said
            assert_prints(worked, term.value, term.factor, term.contribution, so_far)
        ended = next(steps)
        assert_prints(texts(ended.marks, language)["equation.total"], explained.value)
        assert_prints(texts(ended.marks, language)[f"output[0,{j}].value"], explained.value)
    assert len([*steps]) == 1


def test_the_chapters_first_values() -> None:
    captions = [step.caption.en for step in film("conv-first-values").steps]
    assert "O[1,1] = 5" in captions[11]
    assert "O[1,2] = 0" in captions[-2]


def test_large_kernels_go_by_rows_and_large_images_through_the_window() -> None:
    image = np.arange(49).reshape(7, 7) % 5
    assert len(film("conv-first-values", image=image, kernel=np.ones((4, 4))).steps) == 2 * (1 + 4 + 1) + 2
    assert len(film("conv-first-values", image=np.ones((3, 32, 32)), kernel=np.ones((3, 3, 3))).steps) == 2
    assert len(film("conv-first-values", image=np.ones((3, 3))).steps) == 11 + 2


def assert_both_print(marks: tuple[Mark, ...], language: str, image: Any, kernel: Any, last: int) -> None:
    """Both outputs are the sums with the kernel, and with the kernel turned by half a turn."""
    places = list(np.ndindex(image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1))[
        : last + 1
    ]
    for key, weights in (("correlation", kernel), ("convolution", np.rot90(kernel, 2))):
        expected = {
            f"{key}[{i},{j}]": Conv().explain((0, 0, i, j), image[None, None], weights[None, None]).value
            for i, j in places
        }
        assert_all_print(texts(marks, language), expected, f"{key}[")
        name = "corr" if key == "correlation" else "conv"
        i, j = places[-1]
        assert_prints(texts(marks, language)[f"equation.{name}.sum"], expected[f"{key}[{i},{j}]"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [{}, DRAWN], ids=["chapter", "drawn"])
def test_both_operations_print_their_sums(data: dict[str, Any], language: str) -> None:
    image, kernel = data.get("image", IMAGE), data.get("kernel", np.array(FLIPPED, float))
    steps = film("conv-flip", **data).steps
    for n in (0, 4, len(steps) - 5):
        assert_both_print(steps[3 + n].marks, language, image, kernel, n)


def test_the_reader_notices_a_wrong_sum_of_the_turned_kernel() -> None:
    marks = [
        mark._replace(text=Text("5", "5"))
        if isinstance(mark, Words) and mark.key == "convolution[0,0].value"
        else mark
        for mark in film("conv-flip").steps[3].marks
    ]
    with pytest.raises(AssertionError):
        assert_both_print(tuple(marks), "en", IMAGE, np.array(FLIPPED, float), 0)


def test_the_flip_is_judged_by_what_it_changes() -> None:
    assert "only changes its sign" in film("conv-flip", kernel=KERNEL).steps[-1].caption.en
    assert "is the same K" in film("conv-flip", kernel=np.ones((3, 3))).steps[-1].caption.en
    assert "The two maps differ" in film("conv-flip", **DRAWN).steps[-1].caption.en


def test_the_kernel_that_the_film_turns_is_another_one_then() -> None:
    turned = np.rot90(FLIPPED, 2)
    assert not np.array_equal(turned, FLIPPED)
    assert not np.array_equal(turned, -np.array(FLIPPED))
    assert "The two maps differ" in film("conv-flip").steps[-1].caption.en


def test_the_weights_that_turn_keep_their_keys() -> None:
    steps = film("conv-flip").steps
    before, after = (
        {m.key: m.at for m in marks if isinstance(m, Words) and m.key.startswith("turned[")}
        for marks in (steps[1].beats[0].marks, steps[2].marks)
    )
    assert before.keys() == after.keys()
    assert before["turned[0,0].value"] == after["turned[2,2].value"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["conv-first-values", "conv-flip"])
def test_everything_has_its_place(name: str, language: str) -> None:
    for data in ({}, DRAWN):
        made = film(name, language=language, **data)
        for n in {0, 1, len(made.steps) // 2, len(made.steps) - 1}:
            assert_laid_out(made.picture(n).marks, language)


def test_too_large_for_numbers_is_said() -> None:
    with pytest.raises(ConvistaError) as caught:
        film("conv-flip", image=np.ones((60, 60)))
    assert "does not fit with legible numbers. Crop the image" in str(caught.value)
