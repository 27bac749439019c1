"""A film is steps in order; its files show exactly what drawing every picture afresh would."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from convista import language
from convista.catalogue import film, film_names
from convista.errors import ConvistaError
from convista.films import Film
from convista.films.export import gif
from convista.films.film import RATE, Beat, Step
from convista.films.stage import layout
from convista.films.stage.camera import hull
from convista.films.stage.canvas import Canvas
from convista.films.stage.marks import Box, Circle, Mark, Picture, Polygon, Polyline, Rectangle, Words
from convista.films.stage.palette import palette
from convista.films.stage.theme import STEPS, THEMES, contrast
from convista.language import Text
from tests.films.examples import EXAMPLES


@pytest.fixture(scope="module")
def worked() -> Film:
    return film("conv-step-by-step", language="en")


def drawn(made: Film, marks: tuple[Mark, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Draw one picture on a canvas that has seen no other."""
    canvas = Canvas(made.size, palette(made.theme), made.language)
    canvas.show(marks)
    return canvas.pixels


@pytest.mark.parametrize(
    ("name", "size", "theme"),
    [
        ("worked", (960, 540), "dark"),
        ("worked", (500, 400), "light"),
        ("padded", (641, 361), "dark"),
        pytest.param("lenet", (960, 540), "light", marks=pytest.mark.slow),
    ],
)
def test_redrawing_what_changed_equals_redrawing_all(name: str, size: tuple[int, int], theme: str) -> None:
    made = replace(EXAMPLES[name]().film(), size=size, theme=theme, language="es")
    canvas = Canvas(size, palette(theme), "es")
    for frame in made.frames():
        canvas.show(frame.marks)
        np.testing.assert_array_equal(canvas.pixels, drawn(made, frame.marks))


def test_the_comparison_notices_a_box_that_was_not_redrawn(worked: Film) -> None:
    first, *_, second = [frame.marks for frame in worked.frames()]
    canvas = Canvas(worked.size, palette(worked.theme), "en")
    canvas.show(first)
    assert not np.array_equal(canvas.pixels, drawn(worked, second))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["worked", "lenet"])
def test_decoded_gif_frames_are_the_pictures(name: str) -> None:
    made = replace(EXAMPLES[name]().film(), language="es")
    pictures: list[tuple[np.ndarray[tuple[int, ...], np.dtype[np.uint8]], float]] = []
    for frame in made.frames():
        pixels = palette(made.theme).colours[drawn(made, frame.marks)]
        if pictures and np.array_equal(pictures[-1][0], pixels):
            pictures[-1] = pixels, pictures[-1][1] + frame.seconds
        else:
            pictures.append((pixels, frame.seconds))
    with Image.open(BytesIO(gif.encode(made))) as file:
        assert file.info["loop"] == 0
        decoded = [(np.asarray(one.convert("RGB")), one.info["duration"]) for one in ImageSequence.Iterator(file)]
    assert len(decoded) == len(pictures)
    for (read, _), (pixels, _) in zip(decoded, pictures, strict=True):
        np.testing.assert_array_equal(read, pixels)
    assert sum(duration for _, duration in decoded) == pytest.approx(1000 * made.seconds, abs=10)
    for (_, duration), (_, seconds) in zip(decoded, pictures, strict=True):
        assert duration == pytest.approx(1000 * seconds, abs=10)


@pytest.mark.parametrize("rate", [RATE, 60])
def test_pictures_are_as_many_as_the_rate_and_last_as_long_as_the_film(worked: Film, rate: float) -> None:
    frames = list(worked.frames(rate))
    beats = [beat for step in worked.timed() for beat in step.beats]
    assert len(frames) == len(beats) + sum(round(beat.passing * rate) for beat in beats[1:])
    assert min(frame.seconds for frame in frames) >= 0.6 / rate
    assert frames[-1].seconds >= 2
    assert worked.seconds == pytest.approx(sum(frame.seconds for frame in frames))
    assert worked.steps[1].seconds > 2 * worked.steps[7].seconds


def test_what_a_caption_lacks_is_shared_by_the_steps_that_it_stands_over() -> None:
    words, other = Text("corto", "x" * 60), Text("otro", "other")
    quick = Beat((Circle("c", (1, 1), 1, "text"),), 0.5)
    made = Film("x", other, (Step(words, (quick, quick)), Step(words, (quick,)), Step(other, (quick,))))
    assert [[beat.seconds for beat in step.beats] for step in made.timed()] == [[0.5, 1.75], [1.75], [2.2]]
    assert made.seconds == pytest.approx(6.2)
    assert replace(made, language="es").seconds == pytest.approx(3.7)
    assert made.picture(1).seconds == 1.75
    assert [step.seconds for step in made.steps] == [1.0, 0.5, 0.5]


def test_one_thing_moves_at_a_time(worked: Film) -> None:
    """While the window is on its way to its second place, only the outline of what it makes goes with it."""
    stages = [{mark.key: mark for mark in frame.marks} for frame in worked.frames()]
    frames = [stage for stage in stages if "window" in stage]
    places = [stage["window"].box for stage in frames]  # type: ignore[union-attr]
    begins = next(n for n, place in enumerate(places) if place != places[0])
    before, on_the_way = frames[begins - 1], frames[begins + 2]
    moved = {key for key in before.keys() & on_the_way if hull(before[key]) != hull(on_the_way[key])}
    assert {key for key in moved if not key.startswith("caption")} == {"window", "window.edge", "output.now"}


def test_png_is_one_step(worked: Film, tmp_path: Path) -> None:
    for step in (0, 3, -1):
        worked.save(tmp_path / "step.png", step=step)
        with Image.open(tmp_path / "step.png") as file:
            read = np.asarray(file.convert("RGB"))
        np.testing.assert_array_equal(read, palette("dark").colours[drawn(worked, worked.picture(step).marks)])
    worked.save(tmp_path / "last.png")
    assert (tmp_path / "last.png").read_bytes() == (tmp_path / "step.png").read_bytes()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_numbers_on_cells_and_texts_can_be_read(theme: object) -> None:
    assert isinstance(theme, type(THEMES["dark"]))
    for level in range(-STEPS, STEPS + 1):
        ink = theme.colours[theme.ink(level / STEPS)]
        assert contrast(ink, theme.level(level)) >= 4.5
    assert contrast(theme.colours["black"], theme.colours["missing"]) >= 4.5
    for name in ("text", "muted"):
        assert contrast(theme.colours[name], theme.colours["background"]) >= 4.5
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
def test_colours_with_a_meaning_are_exact(theme: str) -> None:
    colours, meant = palette(theme), THEMES[theme]
    for name, rgb in meant.colours.items():
        assert tuple(colours.colours[colours.number(name)].tolist()) == rgb
    for level in range(-STEPS, STEPS + 1):
        assert tuple(colours.colours[colours.number(level / STEPS)].tolist()) == meant.level(level)


def test_every_kind_of_mark_leaves_its_colour() -> None:
    marks: tuple[Mark, ...] = (
        Rectangle("r", Box(0, 0, 100, 100), "panel", "window", 4),
        Polygon("p", ((200, 100), (300, 100), (250, 200)), "curve"),
        Circle("c", (400, 150), 30, "backward"),
        Polyline("l", ((500, 100), (600, 200)), "muted", 3),
        Picture("m", Box(700, 100, 720, 120), 1, 2, np.array([126, -128], np.int8).tobytes()),
        Words("w", (480, 400), Text("Á1", "Á1"), 30),
    )
    colours, pixels = palette("dark"), drawn(film("conv-step-by-step"), marks)
    at = {(50, 50): "panel", (2, 50): "window", (130, 250): "curve", (150, 400): "backward", (150, 550): "muted"}
    for (y, x), name in at.items():
        assert pixels[y, x] == colours.number(name)
    assert pixels[110, 705] == colours.number(1.0)
    assert pixels[110, 715] == colours.number("missing")
    assert (pixels[370:400, 460:500] == colours.number("text")).any()


def test_two_marks_of_one_key_are_refused() -> None:
    twice = (Circle("c", (1, 1), 1, "text"), Circle("c", (2, 2), 1, "text"))
    with pytest.raises(ValueError, match="same key"):
        Canvas((96, 54), palette("dark"), "en").show(twice)


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("conv-step-by-stpe", {}, "no film “conv-step-by-stpe”. The nearest name: conv-step-by-step."),
        ("conv-step-by-step", {"theme": "blue"}, "no theme “blue”. Choose one of: dark, light"),
        ("conv-step-by-step", {"language": "fr"}, "do not speak “fr”. Choose one of: en, es"),
        ("conv-step-by-step", {"size": (0, 540)}, "The size (0, 540) cannot be"),
    ],
)
def test_what_there_is_not_is_said_with_what_there_is(name: str, options: dict[str, object], says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        film(name, **options)  # type: ignore[arg-type]
    assert says in str(caught.value)


def test_the_language_is_the_one_in_use() -> None:
    language.use("es")
    try:
        assert film("conv-step-by-step").language == "es"
    finally:
        language.use(None)


def test_a_path_that_cannot_be_written_fails_before_drawing(
    worked: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gif, "encode", lambda _: pytest.fail("drawn"))
    for path in (tmp_path / "nowhere" / "x.gif", tmp_path):
        target = path if path.suffix else path / "folder.gif"
        if not path.suffix:
            target.mkdir()
        with pytest.raises(ConvistaError, match="cannot be written"):
            worked.save(target)


def test_an_ending_without_a_medium_lists_those_there_are(worked: Film, tmp_path: Path) -> None:
    with pytest.raises(
        ConvistaError,
        match=r"not written as “\.mov”\. Use one of these endings: \.gif, \.html, \.json, \.md, \.mp4",
    ):
        worked.save(tmp_path / "x.mov")
    with pytest.raises(ConvistaError, match="There is no step 18: the film has 18, from 0 to 17"):
        worked.save(tmp_path / "x.png", step=18)


def test_a_failure_leaves_the_file_before_and_nothing_else(
    worked: Film, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.gif").write_bytes(b"before")

    def broken(_: Film) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Film, "frames", broken)
    with pytest.raises(KeyboardInterrupt):
        worked.save(tmp_path / "x.gif")
    assert [path.name for path in tmp_path.iterdir()] == ["x.gif"]
    assert (tmp_path / "x.gif").read_bytes() == b"before"


def test_the_title_of_a_film_is_the_mark_that_a_plain_one_leaves_out() -> None:
    for made in (each().film() for each in EXAMPLES.values()):
        title = [mark for mark in made.marks() if isinstance(mark, Words) and mark.text == made.title]
        assert title
        assert {mark.key for mark in title} == {layout.TITLE}
        plain = replace(made, plain=True, captions=False)
        left = [mark for frame in plain.frames() for mark in frame.marks]
        assert left
        assert not {mark.key for mark in left} & {layout.TITLE, "caption.0", "caption.1"}


def test_names_are_listed() -> None:
    assert "conv-step-by-step" in film_names()
    assert len(set(film_names())) == len(film_names())
