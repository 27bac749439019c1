"""What holds for every film of the chapter: its layout, both languages, its colours, and every medium."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import groupby, islice
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageSequence

from convista.catalogue import film_names
from convista.films import Film, open_film
from convista.films.export import gif
from convista.films.export.drawing import SMOOTH
from convista.films.film import RATE, Frame
from convista.films.stage.canvas import Canvas
from convista.films.stage.marks import Mark, Words
from convista.films.stage.palette import palette
from convista.films.stage.theme import THEMES, contrast
from convista.language import LANGUAGES
from tests.films import equations
from tests.films.every_film import every_film, made
from tests.films.reading import assert_laid_out, drawn_afresh

SMALL = (480, 270)
GALLERY = Path(__file__).parents[2] / "docs" / "films"


@every_film()
def test_steps_have_their_place_words_can_be_read_and_colours_are_there(name: str) -> None:
    shown = made(name)
    assert shown.name == name
    for n, step in enumerate(shown.steps):
        assert all(line.strip() for line in step.caption)
        assert all(beat.seconds > 0 and beat.travel >= 0 for beat in step.beats)
        for language in LANGUAGES:
            assert_laid_out(replace(shown, language=language).picture(n).marks, language)
    marks = list({id(mark): mark for mark in shown.marks()}.values())
    assert_readable([mark for mark in marks if isinstance(mark, Words)])
    for theme in THEMES:
        assert_coloured(marks, theme)


@every_film()
@pytest.mark.parametrize("language", LANGUAGES)
def test_captions_have_the_time_to_be_read(name: str, language: str) -> None:
    """Measured on the pictures: 15 letters a second, to the nearest picture; the last one holds 2 seconds."""
    frames = list(replace(made(name), language=language).frames())
    for words, together in groupby(frames, key=lambda frame: said(frame, language)):
        seconds = sum(frame.seconds for frame in together)
        assert len(words) <= 15 * (seconds + 1 / RATE), words
    assert frames[-1].seconds >= 2


@every_film()
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_moves_under_the_words_of_the_step_before(name: str, language: str) -> None:
    """From the first picture of a step on, still or moving, its caption is there and no other."""
    shown = replace(made(name), language=language)
    pictures = shown.frames()
    for n, step in enumerate(shown.timed()):
        count = sum(round(beat.passing * RATE) + 1 for beat in step.beats)
        if n == 0:  # the first state of a film is there at once
            count -= round(step.beats[0].passing * RATE)
        assert {said(frame, language) for frame in islice(pictures, count)} == {said(shown.picture(n), language)}, n
    assert next(pictures, None) is None


def said(frame: Frame, language: str) -> str:
    """Return the caption of a picture, its lines joined."""
    lines = (mark for mark in frame.marks if isinstance(mark, Words) and mark.key.startswith("caption."))
    return " ".join(getattr(line.text, language) for line in lines)


@every_film()
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_equation_adds_up_with_the_digits_that_it_shows(name: str, language: str) -> None:
    equations.assert_add_up(made(name), language)


def assert_readable(words: list[Words]) -> None:
    """Words are there in both languages, filled in, large enough, and apart from the background in every theme."""
    for mark in words:
        assert bool(mark.text.es.strip()) == bool(mark.text.en.strip()), mark
        assert not re.search(r"\{[a-z_]+\}", "".join(mark.text)), mark
        assert mark.size >= 9.5, mark
    for colour in {mark.colour for mark in words if isinstance(mark.colour, str)} - {"black", "white"}:
        for theme in THEMES.values():
            assert contrast(theme.colours[theme.letters(colour)], theme.colours["background"]) >= 4.5, colour


def assert_coloured(marks: list[Mark], theme: str) -> None:
    """Every fill and stroke has a colour of the film's one palette that is its own, or nearly."""
    colours = palette(theme, marks)
    for wanted in {
        colour for mark in marks for colour in (getattr(mark, "fill", None), getattr(mark, "stroke", None))
    }:
        if wanted is not None:
            near = colours.colours[colours.number(wanted)].astype(int)
            assert np.abs(near - THEMES[theme].rgb(wanted)).max() <= 40, wanted


@pytest.mark.slow
@every_film()
def test_the_last_step_is_the_picture_of_the_gallery(name: str) -> None:
    """Rounding on another processor may change a digit; a picture that has changed is for somebody to look at."""
    shown = replace(made(name), language="en")
    assert (GALLERY / f"{name}.png").is_file(), "not in the gallery: run make gallery"
    with Image.open(GALLERY / f"{name}.png") as file:
        golden = np.asarray(file.convert("RGB")).astype(int)
    changed = np.abs(golden - drawn_afresh(shown, shown.picture().marks)).max(2) > 48
    assert changed.mean() < 0.001, f"{changed.mean():.1%} of the pixels differ: run make gallery and look"


def test_the_gallery_lists_every_film_and_nothing_else() -> None:
    page = (GALLERY.parent / "films.md").read_text("utf-8")
    assert re.findall(r"\(films/(.+)\.png\)", page) == film_names()
    assert {path.stem for path in GALLERY.glob("*.png")} == set(film_names())


@pytest.mark.slow
@every_film()
def test_redrawing_is_what_drawing_afresh_is(name: str) -> None:
    shown = replace(made(name), size=SMALL)
    colours = palette(shown.theme, shown.marks())
    canvas = Canvas(SMALL, colours, shown.language)
    for n, frame in enumerate(shown.frames()):
        canvas.show(frame.marks)
        if n % 5 == 0:  # a box that was not redrawn stays wrong until something else passes over it
            afresh = Canvas(SMALL, colours, shown.language)
            afresh.show(frame.marks)
            np.testing.assert_array_equal(canvas.pixels, afresh.pixels)


@pytest.mark.slow
@every_film()
def test_the_gif_is_what_is_drawn(name: str) -> None:
    shown = ends_and_middle(replace(made(name), size=SMALL))
    colours = palette(shown.theme, shown.marks())
    canvas = Canvas(SMALL, colours, shown.language)
    with Image.open(BytesIO(gif.encode(shown))) as file:
        decoded = ImageSequence.Iterator(file)
        before = None
        for frame in shown.frames():
            canvas.show(frame.marks)
            if before is None or not np.array_equal(before, canvas.pixels):
                read = np.asarray(next(decoded).convert("RGB"))
                np.testing.assert_array_equal(read, colours.colours[canvas.pixels])
            before = canvas.pixels.copy()
        assert next(decoded, None) is None


def ends_and_middle(whole: Film) -> Film:
    """Return the film of the first two steps, one of the middle and the last two.

    What a step's marks are born from may be in a step that is left out: behind a gap, its first state fades in.
    """
    count = len(whole.steps)
    kept = {0, 1, count // 2, count - 2, count - 1} & set(range(count))
    steps = []
    for n in sorted(kept):
        first, *others = whole.steps[n].beats
        beats = (first if n - 1 in kept else first._replace(born_from={}), *others)
        steps.append(whole.steps[n]._replace(beats=beats))
    return replace(whole, steps=tuple(steps))


@pytest.mark.slow
@every_film()
def test_every_medium_can_be_written_and_read(name: str, tmp_path: Path) -> None:
    av = pytest.importorskip("av", reason="PyAV is not installed: the extra mp4")
    shown = replace(made(name), size=SMALL, theme="light")
    brief = replace(shown, steps=shown.steps[-2:], size=(320, 180))
    for ending in ("svg", "html", "json", "png"):
        shown.save(tmp_path / f"x.{ending}")
    shown.save(tmp_path / "sheet.png", sheet=True)
    for ending in ("mp4", "webp"):
        brief.save(tmp_path / f"x.{ending}")
    assert open_film(tmp_path / "x.json") == shown
    ElementTree.parse(tmp_path / "x.svg")
    assert (tmp_path / "x.html").stat().st_size < 4_000_000
    assert (tmp_path / "x.svg").stat().st_size < 3_000_000
    with Image.open(tmp_path / "x.webp") as file:
        # Pillow knows a picture's duration once it has decoded it.
        lasting = sum(one.copy().info["duration"] for one in ImageSequence.Iterator(file))
    assert lasting == pytest.approx(1000 * brief.seconds, abs=1)
    with av.open(str(tmp_path / "x.mp4")) as container:
        last = max(frame.time for frame in container.decode(video=0))
    assert last == pytest.approx(brief.seconds - 1 / SMOOTH, abs=1 / SMOOTH)
