"""The films of patches cut what they say they cut, and count what they say they count."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.patches.mosaic import patches_mosaic
from convista.films.stage.imagery import composite, fitted
from convista.films.stage.marks import Box, Photo, Picture, Rectangle
from convista.language import LANGUAGES
from convista.scenes import Scene, Window, sample_scene
from convista.scenes.composite import NOTHING
from convista.scenes.geometry.window import coverage, sliding
from tests.films.reading import assert_all_print, assert_laid_out, assert_prints, numbers, texts


@pytest.fixture(scope="module")
def scene() -> Scene:
    return sample_scene(seed=1, height=70, width=100).scene


def photos(marks: Any, prefix: str) -> list[Photo]:
    return [mark for mark in marks if isinstance(mark, Photo) and mark.key.startswith(prefix)]


def test_the_mosaic_holds_every_patch_of_the_scene_once(scene: Scene) -> None:
    made = film("patches-mosaic", scene=scene, sizes=(32,))
    marks = made.steps[1].marks
    (whole,) = photos(marks, "scene")
    pixels = np.frombuffer(whole.pixels, np.uint8).reshape(70, 100, 3)
    cut = photos(marks, "patch.")
    assert len(cut) == 6
    for mark, window in zip(cut, sliding((70, 100), (32, 32), (32, 32)), strict=True):
        assert mark.pixels == pixels[window.slices].tobytes()
    assert [n for n, _ in numbers(made.steps[1].caption.en)] == [6, 32, 32, 2, 3, 6, 4]


def test_what_is_left_over_is_veiled(scene: Scene) -> None:
    marks = {m.key: m for m in film("patches-mosaic", scene=scene, sizes=(32,)).steps[1].marks}
    whole, below, beside = (marks[key] for key in ("scene", "rest.below", "rest.beside"))
    assert isinstance(whole, Photo)
    assert isinstance(below, Rectangle)
    assert isinstance(beside, Rectangle)
    scale = whole.box.width / 100
    assert below.box == pytest.approx(whole.box._replace(top=whole.box.top + 64 * scale))
    assert beside.box == pytest.approx(
        whole.box._replace(left=whole.box.left + 96 * scale, bottom=whole.box.top + 64 * scale)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_patch_that_is_taken_out_tells_its_window_its_place_and_its_numbers(
    scene: Scene, language: str
) -> None:
    close = Window(40, 37, 6, 5)
    made = patches_mosaic(scene, sizes=(32,), close=close)
    taken, near = (texts(step.marks, language) for step in made.steps[-2:])
    assert taken["told.0"] == "P = I[33…64, 33…64]"
    x, y = scene.grid.coordinates(32, 32)
    assert_prints(taken["told.1"].partition(" x")[2].partition(" (")[0], x, y)
    assert scene.grid.crs_name in taken["told.1"]
    assert "I[41…46, 38…42]" in near["close.name"]
    values = scene.read(close, ["nir"])[0].filled(np.nan)
    assert_all_print(near, {f"close[{r},{c}]": float(v) for (r, c), v in np.ndenumerate(values)}, "close[")
    assert_prints(near["told.0"].partition(" x")[2].partition(" (")[0], *scene.grid.coordinates(40, 37))


def test_the_example_takes_out_the_patch_that_holds_the_storys() -> None:
    read = texts(film("patches-mosaic").steps[-1].marks, "en")
    assert "I[273…282, 89…98]" in read["close.name"]
    assert sum(key.startswith("close[") for key in read) == 100


def test_patches_lie_apart_and_in_their_order(scene: Scene) -> None:
    boxes = [mark.box for mark in photos(film("patches-mosaic", scene=scene, sizes=(32,)).steps[1].marks, "patch.")]
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
    given = {"sizes": (32,)} if name == "patches-mosaic" else {"cuts": ((32, 20), (32, 1))}
    for made in (film(name), film(name, scene=scene, **given)):
        for step in made.steps:
            assert_laid_out(step.marks, language)


def test_neighbours_show_the_part_that_they_share(scene: Scene) -> None:
    marks = {mark.key: mark for mark in film("patches-overlap", scene=scene, cuts=((32, 8),)).steps[1].marks}
    for n, (key, first) in enumerate((("first", 8), ("second", 0))):
        patch, part = marks[key], marks[f"shared{n}"]
        assert isinstance(patch, Photo)
        assert isinstance(part, Rectangle)
        assert part.box.left == pytest.approx(patch.box.left + patch.box.width * first / 32)
        assert part.box.width == pytest.approx(patch.box.width * 24 / 32)
        assert part.box.height == pytest.approx(patch.box.height)


def test_a_window_that_moves_by_one_pixel_is_followed_pixel_by_pixel(scene: Scene) -> None:
    made = film("patches-overlap", scene=scene, cuts=((32, 1),))
    beats = made.steps[-1].beats[:-1]
    frames = [next(m for m in beat.marks if m.key == "window") for beat in beats]
    (whole,) = photos(beats[0].marks, "scene")
    lefts = [frame.box.left for frame in frames if isinstance(frame, Rectangle)]
    assert np.diff(lefts) == pytest.approx(whole.box.width / 100)
    assert len(lefts) > 8
    assert numbers(made.steps[-1].caption.en)[0][0] == 39 * 69
    counts = next(m for m in made.steps[-1].marks if isinstance(m, Picture) and m.key == "counts")
    levels = np.frombuffer(counts.levels, np.int8).reshape(70, 100).astype(int)
    expected = coverage((70, 100), list(sliding((70, 100), (32, 32), (1, 1))))
    np.testing.assert_allclose(levels / 126 * expected.max(), expected, atol=expected.max() / 200)


@pytest.mark.slow
def test_a_large_scene_shows_its_middle() -> None:
    made = film("patches-mosaic", scene=sample_scene(height=700, width=720).scene, sizes=(64,))
    assert "640×640 pixels from the middle" in made.steps[0].caption.en
    assert len(photos(made.steps[1].marks, "patch.")) == 100
    assert len(made.steps[1].beats) <= 28


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
