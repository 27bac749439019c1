"""The films of patches cut what they say they cut, and count what they say they count."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.stage.imagery import composite, fitted
from convista.films.stage.marks import Box, Photo, Picture, Rectangle
from convista.language import LANGUAGES
from convista.scenes import Scene, Window, sample_scene
from convista.scenes.composite import NOTHING
from convista.scenes.geometry.window import coverage, sliding
from tests.films.reading import assert_laid_out, numbers


@pytest.fixture(scope="module")
def scene() -> Scene:
    return sample_scene(seed=1, height=70, width=100).scene


def photos(marks: Any, prefix: str) -> list[Photo]:
    return [mark for mark in marks if isinstance(mark, Photo) and mark.key.startswith(prefix)]


def test_the_mosaic_holds_every_patch_of_the_scene_once(scene: Scene) -> None:
    made = film("patches-mosaic", scene=scene, sizes=(32,))
    (whole,) = photos(made.steps[-1].marks, "scene")
    pixels = np.frombuffer(whole.pixels, np.uint8).reshape(70, 100, 3)
    cut = photos(made.steps[-1].marks, "patch.")
    assert len(cut) == 6
    for mark, window in zip(cut, sliding((70, 100), (32, 32), (32, 32)), strict=True):
        assert mark.pixels == pixels[window.slices].tobytes()
    assert [n for n, _ in numbers(made.steps[-1].caption.en)] == [6, 32, 32, 2, 3, 6, 4]


def test_patches_lie_apart_and_in_their_order(scene: Scene) -> None:
    boxes = [
        mark.box for mark in photos(film("patches-mosaic", scene=scene, sizes=(32,)).steps[-1].marks, "patch.")
    ]
    for before, after in ((0, 1), (1, 2), (3, 4)):
        assert boxes[before].right < boxes[after].left
        assert boxes[before].top == boxes[after].top
    assert boxes[0].bottom < boxes[3].top


def test_the_counts_are_those_of_the_windows(scene: Scene) -> None:
    made = film("patches-overlap", scene=scene, cuts=((32, 8),))
    windows = list(sliding((70, 100), (32, 32), (8, 8)))
    expected = np.zeros((70, 100), int)
    for window in windows:
        expected[window.slices] += 1
    counts = next(mark for mark in made.steps[-1].marks if isinstance(mark, Picture) and mark.key == "counts")
    levels = np.frombuffer(counts.levels, np.int8).reshape(70, 100).astype(int)
    assert (levels[expected == 0] < 0).all()
    shown = expected > 0
    np.testing.assert_allclose(levels[shown] / 126 * expected.max(), expected[shown], atol=expected.max() / 200)
    assert [n for n, _ in numbers(made.steps[-1].caption.en)] == [len(windows), 32, 32, 8, expected.max()]
    assert [n for n, _ in numbers(made.steps[1].caption.en)] == [32, 32, 8, 24, 75]


def test_strides_that_do_not_divide_the_patch_promise_no_even_count(scene: Scene) -> None:
    assert "a pixel is in 4 at most" in film("patches-overlap", scene=scene, cuts=((32, 20),)).steps[-1].caption.en
    assert (
        "inside, each pixel is in 4" in film("patches-overlap", scene=scene, cuts=((32, 16),)).steps[-1].caption.en
    )


def test_the_window_lies_where_the_patch_is(scene: Scene) -> None:
    made = film("patches-overlap", scene=scene, cuts=((32, 8),))
    marks = {mark.key: mark for mark in made.steps[1].marks}
    whole, first, second = marks["scene"], marks["before"], marks["window"]
    assert isinstance(whole, Photo)
    assert isinstance(first, Rectangle)
    assert isinstance(second, Rectangle)
    scale = whole.box.width / 100
    assert first.box.left == whole.box.left
    assert first.box.width == pytest.approx(32 * scale)
    assert second.box.left - first.box.left == pytest.approx(8 * scale)


def test_coverage_counts_windows_that_reach_outside() -> None:
    counts = coverage((3, 4), [Window(-1, -1, 3, 3), Window(1, 1, 9, 9), Window(7, 7, 2, 2)])
    assert counts.tolist() == [[1, 1, 0, 0], [1, 2, 1, 1], [0, 1, 1, 1]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["patches-mosaic", "patches-overlap"])
def test_everything_has_its_place(name: str, language: str, scene: Scene) -> None:
    for made in (film(name), film(name, scene=scene)):
        for step in made.steps:
            assert_laid_out(step.marks, language)


@pytest.mark.slow
def test_a_large_scene_shows_its_middle() -> None:
    made = film("patches-mosaic", scene=sample_scene(height=700, width=720).scene, sizes=(64,))
    assert "640×640 pixels from the middle" in made.steps[0].caption.en
    assert len(photos(made.steps[-1].marks, "patch.")) == 100
    assert len(made.steps[1].beats) <= 42


@pytest.mark.parametrize("cut", [(71, 8), (0, 8), (8, 0)])
def test_patches_that_do_not_fit_are_refused(cut: tuple[int, int], scene: Scene) -> None:
    with pytest.raises(
        ConvistaError, match=f"Patches of {cut[0]}×{cut[0]} at stride {cut[1]} do not fit in 70×100"
    ):
        film("patches-overlap", scene=scene, cuts=(cut,))


def test_bands_become_the_colours_of_their_names() -> None:
    bands = np.stack([np.full((4, 5), n, float) for n in (1, 2, 3)])
    bands += np.arange(5) * np.array([1, 0.1, 0])[:, None, None]
    assert composite(bands, ("blue", "green", "red"))[0, -1].tolist() == [0, 255, 255]
    assert composite(bands, ("red", "green", "blue"))[0, -1].tolist() == [255, 255, 0]
    grey = composite(bands[0])
    assert (grey == grey[..., :1]).all()


def test_what_has_no_datum_has_a_colour_of_its_own() -> None:
    bands = np.ma.masked_equal(np.array([[[1.0, 2.0], [3.0, -9.0]]] * 3), -9)
    assert composite(bands)[1, 1].tolist() == list(NOTHING)
    assert composite(np.full((3, 2, 2), np.nan)).tolist() == [[list(NOTHING)] * 2] * 2
    with pytest.raises(ConvistaError, match=r"The image has shape \(0, 2, 2\); bands are needed"):
        composite(np.zeros((0, 2, 2)))


def test_a_photo_keeps_its_proportions() -> None:
    assert fitted((2, 1), Box(0, 0, 10, 10)) == Box(2.5, 0, 7.5, 10)
