"""The film of classical filters shows the definitions' kernels and answers."""

from __future__ import annotations

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.filters.filters import KERNELS, most_of
from convista.films.stage.marks import Picture, Rectangle, Words
from convista.language import LANGUAGES, Text
from convista.operators.conv import Conv
from convista.scenes import sample_scene
from tests.films.reading import assert_all_print, assert_laid_out, assert_prints, numbers, texts

IMAGE = np.random.default_rng(5).normal(size=(20, 31))


def answer(name: str) -> np.ndarray:
    return np.asarray(Conv().value(IMAGE[None, None], KERNELS[name][None, None])[0, 0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_kernels_and_largest_answers_are_the_definitions(language: str) -> None:
    made = film("filters", image=IMAGE)
    for step, (name, kernel) in zip(made.steps[1:-1], KERNELS.items(), strict=True):
        read, expected = texts(step.marks, language), answer(name)
        if kernel.shape == (3, 3):
            assert_all_print(read, {f"kernel[{r},{c}]": v for (r, c), v in np.ndenumerate(kernel)}, "kernel[")
        at = np.unravel_index(np.abs(expected).argmax(), expected.shape)
        place, value = read["total"].split("] = ")
        assert [n for n, _ in numbers(place.replace(",", " "))] == [at[0] + 1, at[1] + 1]
        assert_prints(value, float(expected[at]))


def test_the_reader_notices_a_wrong_kernel() -> None:
    step = film("filters", image=IMAGE).steps[1]
    marks = [
        m._replace(text=Text("7", "7")) if isinstance(m, Words) and m.key == "kernel[1,0].value" else m
        for m in step.marks
    ]
    with pytest.raises(AssertionError):
        assert_all_print(
            texts(marks, "en"),
            {f"kernel[{r},{c}]": v for (r, c), v in np.ndenumerate(KERNELS["sobel_x"])},
            "kernel[",
        )


def test_answers_are_drawn_as_they_are() -> None:
    made = film("filters", image=IMAGE)
    pictures = {m.key: m for m in made.steps[-1].marks if isinstance(m, Picture)}
    for name in KERNELS:
        levels = np.frombuffer(pictures[f"sheet.{name}"].levels, np.int8).reshape(answer(name).shape)
        wanted = np.clip(answer(name) / most_of(answer(name)), -1, 1) * 126
        np.testing.assert_allclose(levels, wanted, atol=0.51)


def test_the_outlines_lie_on_what_they_mean() -> None:
    step = film("filters", image=IMAGE).steps[1]
    boxes = {m.key: m.box for m in step.marks if isinstance(m, Rectangle | Picture) or m.key == "image"}  # type: ignore[union-attr]
    scale = boxes["image"].width / 31
    row, column = np.unravel_index(np.abs(answer("sobel_x")).argmax(), answer("sobel_x").shape)
    assert boxes["window"].centre == pytest.approx(
        (boxes["image"].left + (column + 1.5) * scale, boxes["image"].top + (row + 1.5) * scale)
    )
    assert boxes["output.now"].centre == pytest.approx(
        (boxes["output"].left + (column + 0.5) * scale, boxes["output"].top + (row + 0.5) * scale)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_place(language: str) -> None:
    own = film("filters", image=IMAGE, kernels={"mine": np.ones((4, 2))})
    wide = film("filters", image=np.ones((9, 200)))
    for made in (film("filters"), own, wide):
        for step in made.steps:
            assert_laid_out(step.marks, language)


def test_a_scene_shows_the_band_asked_for() -> None:
    scene = sample_scene(height=40, width=50).scene
    assert film("filters", scene=scene, band="nir").steps[1].marks != film("filters", scene=scene).steps[1].marks


def test_missing_values_are_drawn_as_such() -> None:
    holes = IMAGE.copy()
    holes[3:5, 4] = np.nan
    output = next(m for m in film("filters", image=holes).steps[1].marks if m.key == "output")
    assert isinstance(output, Picture)
    assert (np.frombuffer(output.levels, np.int8) == -128).sum() == 4 * 3


def test_mistakes_are_told() -> None:
    with pytest.raises(ConvistaError, match=r"The image has shape \(3, 9, 9\); one band is needed"):
        film("filters", image=np.zeros((3, 9, 9)))
    with pytest.raises(ConvistaError, match=r"The kernel “k” has shape \(9, 1\) and the image \(8, 8\)"):
        film("filters", image=np.zeros((8, 8)), kernels={"k": np.ones((9, 1))})
