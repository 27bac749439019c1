"""Whose imagery a film shows is said on every picture of it, in its language, where it can be read."""

from __future__ import annotations

import pytest

from convista.catalogue import film
from convista.catalogue.story import story_patch, story_run
from convista.films import Film
from convista.films.stage.credit import credit
from convista.films.stage.marks import Photo, Words
from convista.language import LANGUAGES, Text
from convista.scenes import example_scene, sample_scene
from tests.films.every_film import every_film, made
from tests.films.reading import assert_laid_out, texts

SHOWING = (
    "patches-mosaic", "patches-overlap", "filters", "activation-maps", "pool-shift", "receptive-field",
    "backprop-conv", "augmentation", "training-vs-inference",
)  # fmt: skip
SAID = example_scene().credit


def credits_of(shown: Film) -> set[Text | None]:
    """Return what each picture of a film says of its imagery."""
    beats = [beat for step in shown.steps for beat in step.beats]
    return {
        next((mark.text for mark in beat.marks if isinstance(mark, Words) and mark.key == "credit"), None)
        for beat in beats
    }


@pytest.mark.parametrize("name", SHOWING)
def test_every_picture_of_a_film_of_the_scene_says_whose_it_is(name: str) -> None:
    shown = made(name)
    assert credits_of(shown) == {SAID}
    for language in LANGUAGES:
        for n in (0, -1):
            assert_laid_out(shown.shown(language=language).picture(n).marks, language)
            assert "Copernicus" in texts(shown.steps[n].marks, language)["credit"]


@every_film()
def test_no_film_shows_a_photo_without_it(name: str) -> None:
    if name != "filters-learned" and any(isinstance(mark, Photo) for mark in made(name).marks()):  # its are filters
        assert credits_of(made(name)) == {SAID}


def test_the_scene_and_its_patch_given_by_a_caller_are_credited_too() -> None:
    assert credits_of(film("patches-mosaic", scene=example_scene().select("red,green,blue"))) == {SAID}
    assert credits_of(film("activation-maps", run=story_run(), patch=story_patch())) == {SAID}
    assert credits_of(film("receptive-field", run=story_run(), patch=story_patch())) == {SAID}


def test_other_imagery_is_not() -> None:
    scene = sample_scene(height=64, width=64).scene
    assert credits_of(film("patches-mosaic", scene=scene, sizes=(32,))) == {None}


def test_it_is_large_enough() -> None:
    assert SAID is not None
    assert credit(SAID).size >= 14
