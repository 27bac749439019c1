"""The player and the drawings of SVG in a browser show what the film is, step by step."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from convista.catalogue import film
from convista.films import Film
from convista.films.film import Beat, Step
from convista.films.stage.layout import caption
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.stage.motion import Passage
from convista.films.wording import message
from convista.language import Text
from tests.films.examples import lenet
from tests.films.stage.test_marks import every_mark

if TYPE_CHECKING:
    from playwright.sync_api import Page
from tests.films.reading import drawn_afresh

pytestmark = pytest.mark.slow


def opened(made: Film, path: Path, page: Page, **options: int) -> None:
    made.save(path, **options)  # type: ignore[arg-type]
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")


def scrub(page: Page, share: float) -> None:
    page.locator("#position").evaluate(
        "(bar, value) => { bar.value = value; bar.dispatchEvent(new Event('input')); }", 1000 * share
    )


def written(page: Page) -> Counter[str]:
    return Counter(page.locator("#stage text, svg:not(#stage) > text").all_text_contents())


def expected(marks: tuple[Mark, ...], language: str) -> Counter[str]:
    return Counter(getattr(mark.text, language) for mark in marks if isinstance(mark, Words))


def differs(page: Page, made: Film, marks: tuple[Mark, ...]) -> float:
    """Return how much the stage in the browser differs from the raster, on average over the pixels."""
    seen = np.asarray(Image.open(BytesIO(page.screenshot())).convert("RGB")).astype(int)
    return float(np.abs(seen[:540] - drawn_afresh(made, marks, size=(960, 540))).mean())


@pytest.fixture
def worked(tmp_path: Path, page: Page) -> Film:
    made = film("conv-step-by-step", language="es")
    opened(made, tmp_path / "x.html", page)
    return made


def test_every_step_is_what_the_film_has(worked: Film, page: Page) -> None:
    page.keyboard.press("Home")
    for n in range(len(worked.steps)):
        marks = worked.picture(n).marks
        assert written(page) == expected(marks, "es")
        keys = page.evaluate("Array.from(document.querySelectorAll('#marks > *'), (node) => node.dataset.key)")
        assert keys == [mark.key for mark in worked.steps[n].marks]
        assert page.locator("#caption").text_content() == worked.steps[n].caption.es
        assert page.locator("#place").text_content() == f"{n + 1} / {len(worked.steps)}"
        page.keyboard.press("ArrowRight")
    assert differs(page, worked, worked.picture().marks) < 3


def test_stepping_back_shows_what_stepping_forth_did(worked: Film, page: Page) -> None:
    page.keyboard.press("End")
    for n in reversed(range(len(worked.steps) - 4, len(worked.steps))):
        assert written(page) == expected(worked.picture(n).marks, "es")
        page.locator("#previous").click()


def test_language_and_theme_change_under_the_same_picture(worked: Film, page: Page) -> None:
    page.keyboard.press("End")
    page.keyboard.press("l")
    assert written(page) == expected(worked.shown(language="en").picture().marks, "en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#play").get_attribute("title") == "Play (space)"
    page.locator("#theme").click()
    light = worked.shown(language="en", theme="light")
    assert differs(page, light, light.picture().marks) < 3


def test_colours_are_said_as_the_theme_has_them(tmp_path: Path, page: Page) -> None:
    words, ground = message("films.filters.end"), Beat((Rectangle("zero", Box(100, 100, 200, 200), 0.0),))
    opened(Film("x", Text("x", "x"), (Step(words, (ground,)),)), tmp_path / "x.html", page)
    for says in ("black zero", "white zero", "black zero"):
        assert says in (page.locator("#caption").text_content() or "")
        assert any(says in line for line in written(page))
        page.locator("#theme").click()


@pytest.mark.parametrize("name", ["pool-max", "conv-step-by-step"])
def test_what_moves_fades_and_is_born_looks_as_its_raster_does(name: str, tmp_path: Path, page: Page) -> None:
    made = film(name, language="es")
    opened(made, tmp_path / "x.html", page)
    beats = [beat for step in made.timed()[:3] for beat in step.beats]
    starts = [0.0, *accumulate(beat.lasting for beat in beats)]
    told = [step.caption for step in made.timed()[:3] for _ in step.beats]
    compared = 0
    for n, (before, beat) in enumerate(pairwise(beats), 1):
        scrub(page, (starts[n] + beat.passing / 2) / made.seconds)
        words = caption(told[n], "es")
        half = Passage(before.marks, beat.marks, beat.born_from, beat.passing).at(0.5)
        apart = {
            what: differs(page, made, marks + words)
            for what, marks in {"before": before.marks, "half": half, "after": beat.marks}.items()
        }
        assert apart["half"] < 4
        if beat.travel:
            # What only fades in or out is as before or after in the middle of a long way.
            compared += apart["half"] < min(apart["before"], apart["after"])
            assert apart["half"] <= min(apart["before"], apart["after"]), (n, apart)
    assert compared > 1


def test_each_language_has_its_times(worked: Film, page: Page) -> None:
    """The player is as long as the film in each, and goes on from the same moment where it was changed."""
    for language in ("es", "en"):
        shown = worked.shown(language=language)
        starts = [0.0, *accumulate(step.seconds for step in shown.timed())]
        for n in (0, 1, 7, 15):
            scrub(page, (starts[n] + 0.01) / shown.seconds)
            assert page.locator("#caption").text_content() == getattr(shown.steps[n].caption, language)
            assert page.locator("#place").text_content() == f"{n + 1} / {len(shown.steps)}"
        page.keyboard.press("l")
        assert page.locator("#place").text_content() == f"16 / {len(shown.steps)}"


def test_times_from_outside_and_words_left_out(page: Page, tmp_path: Path) -> None:
    """The page is as long as it is told in both languages, and says aloud what it does not draw."""
    made = film("pool-max", language="es")
    durations = [step.shortest + (n == 3) for n, step in enumerate(made.steps)]
    told = made.shown(language="es", plain=True, durations=durations)
    opened(told, tmp_path / "x.html", page)
    starts = [0.0, *accumulate(durations)]
    for language in ("es", "en"):
        for n in (0, 3, 8):
            scrub(page, (starts[n] + 0.01) / told.seconds)
            assert page.locator("#caption").text_content() == getattr(made.steps[n].caption, language)
            assert page.locator("#words > *").count() == 0
            assert page.locator("[data-key=title]").count() == 0
        page.keyboard.press("l")


def test_it_plays_at_the_speed_asked_for_and_stops_at_the_end(worked: Film, page: Page) -> None:
    page.keyboard.press("Home")
    page.locator("#speed").select_option("4")
    scrub(page, 0.93)
    page.locator("#play").click()
    assert page.locator("html[data-playing]").count() == 1
    page.wait_for_selector("html:not([data-playing])", timeout=10_000)
    assert written(page) == expected(worked.picture().marks, "es")
    page.keyboard.press(" ")
    page.keyboard.press(" ")
    assert page.locator("#place").text_content() == f"1 / {len(worked.steps)}"


@pytest.mark.parametrize("name", ["zoomed", "every mark"])
def test_other_films_look_as_their_raster_does(name: str, tmp_path: Path, page: Page) -> None:
    made = (lenet().film() if name == "zoomed" else every_mark()).shown(language="es")
    opened(made, tmp_path / "x.html", page)
    page.keyboard.press("End")
    assert differs(page, made, made.picture().marks) < 3
    assert written(page) == expected(made.picture().marks, "es")


@pytest.mark.parametrize("step", [0, -1])
def test_a_still_svg_looks_as_the_raster_does(step: int, tmp_path: Path, page: Page) -> None:
    made = film("conv-step-by-step", language="es", theme="light")
    opened(made, tmp_path / "x.svg", page, step=step)
    assert differs(page, made, made.picture(step).marks) < 3


@pytest.mark.parametrize("name", ["worked", "every mark"])
def test_a_moving_svg_is_every_picture_at_its_time(name: str, tmp_path: Path, page: Page) -> None:
    made = (film("conv-step-by-step") if name == "worked" else every_mark()).shown(language="es")
    opened(made, tmp_path / "x.svg", page)
    frames = list(made.frames())
    starts = [0.0, *accumulate(frame.seconds for frame in frames)]
    for n in {0, 5, 6, 7, len(frames) // 2, len(frames) - 1}:
        root = "document.documentElement"
        page.evaluate(f"{root}.pauseAnimations(); {root}.setCurrentTime({(starts[n] + starts[n + 1]) / 2})")
        assert differs(page, made, frames[n].marks) < 3, n
    assert name == "every mark" or differs(page, made, frames[0].marks) > 3
