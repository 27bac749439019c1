"""Tones, photos, formulas and shapes: every mark keeps its colours, within one palette, and knows its box."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from PIL import Image

from convista.films import Film
from convista.films.film import Beat, Step
from convista.films.stage.canvas import Canvas, dashes
from convista.films.stage.layout import arrow
from convista.films.stage.marks import (
    FULL,
    Box,
    Circle,
    Formula,
    Mark,
    Photo,
    Picture,
    Polygon,
    Polyline,
    Rectangle,
    Tone,
    Words,
    tints,
)
from convista.films.stage.palette import TRANSPARENT, palette
from convista.films.stage.theme import THEMES, contrast
from convista.language import Text
from tests.films.reading import box_of

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
SCALES = ("magnitude", "signed", "window", *tints(3), *tints(7))
BOX = Box(100, 100, 200, 200)


def coloured(marks: tuple[Mark, ...], theme: str = "dark") -> Pixels:
    """Draw a picture afresh and return its colours."""
    colours = palette(theme, marks)
    canvas = Canvas((960, 540), colours, "en")
    canvas.show(marks)
    drawn: Pixels = colours.colours[canvas.pixels]
    return drawn


def scene(rows: int = 40, columns: int = 60) -> Photo:
    """Return a photo with more colours than a palette has: a gradient in every direction."""
    row, column = np.mgrid[:rows, :columns]
    rgb = np.stack([255 * row / rows, 255 * column / columns, 255 - 255 * row / rows], 2).astype(np.uint8)
    return Photo("scene", Box(300, 100, 300 + 4 * columns, 100 + 4 * rows), rows, columns, rgb.tobytes())


def tones(scales: tuple[str, ...]) -> Iterator[Tone]:
    for scale in scales:
        for value in np.linspace(-1 if scale == "signed" else 0, 1, 63):
            for shade in (0.0, 0.25, 0.5):
                yield Tone(scale, float(value), shade)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_numbers_can_be_read_on_every_tone(theme: object) -> None:
    assert isinstance(theme, type(THEMES["dark"]))
    for tone in tones(SCALES):
        assert contrast(theme.colours[theme.ink(tone)], theme.rgb(tone)) >= 4.5


def test_magnitudes_are_cividis() -> None:
    map_ = mpl.colormaps["cividis"]
    for value in np.linspace(0, 1, 50):
        wanted = [255 * part for part in map_(value)[:3]]
        np.testing.assert_allclose(THEMES["dark"].rgb(Tone("magnitude", value)), wanted, atol=8)


# What an eye without the receptor for green sees of red, green and blue: Machado, Oliveira and Fernandes (2009).
DEUTERANOPIA = np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]])


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_maps_are_read_without_telling_red_from_green(theme: object) -> None:
    assert isinstance(theme, type(THEMES["dark"]))
    magnitudes = np.array([theme.rgb(Tone("magnitude", value)) for value in np.linspace(0, 1, 40)])
    assert (np.diff((magnitudes @ DEUTERANOPIA.T) @ [0.2126, 0.7152, 0.0722]) > 0).all()
    for value in (0.25, 0.5, 1.0):
        apart = DEUTERANOPIA @ np.subtract(theme.rgb(value), theme.rgb(-value))
        assert np.linalg.norm(apart) > 100 * value


def test_tints_are_what_they_are_called_and_distinct() -> None:
    for theme in THEMES.values():
        for place, tint in enumerate(tints(3)):
            assert int(np.argmax(theme.rgb(Tone(tint)))) == place
        many = [theme.rgb(Tone(tint)) for tint in tints(8)]
        assert min(np.abs(np.subtract(a, b)).sum() for n, a in enumerate(many) for b in many[:n]) > 40
        assert sum(theme.rgb(Tone("red", 1, 0.5))) < sum(theme.rgb(Tone("red")))
    assert THEMES["dark"].rgb(Tone("window", 0)) == THEMES["dark"].rgb("background")


def test_one_scale_is_shown_finely_and_many_share_the_room() -> None:
    few = palette("dark", (Picture("p", BOX, 1, 1, b"\0", "magnitude"),))
    assert len(set(few.levels("magnitude")[: FULL + 1].tolist())) == 32
    crowd = tuple(
        Rectangle(str(n), BOX, tone) for n, tone in enumerate(tones((*tints(12), "magnitude", "signed", "window")))
    )
    many = palette("dark", (*crowd, scene()))
    for mark in crowd:
        assert mark.fill is not None
        assert many.number(mark.fill) < TRANSPARENT
    for name, rgb in THEMES["dark"].colours.items():
        assert tuple(many.colours[many.number(name)].tolist()) == rgb


def test_a_palette_does_not_depend_on_the_order_of_the_marks() -> None:
    marks = [Rectangle(str(n), BOX, tone) for n, tone in enumerate(tones(("red", "magnitude")))]
    one, other = palette("dark", marks), palette("dark", marks[::-1])
    np.testing.assert_array_equal(one.colours, other.colours)


def test_a_film_of_photos_leaves_the_signed_map_out() -> None:
    rgb = coloured((scene(),))[100:260, 300:540]
    wanted = np.frombuffer(scene().pixels, np.uint8).reshape(40, 60, 3).repeat(4, 0).repeat(4, 1)
    assert np.abs(rgb.astype(int) - wanted).mean() < 12
    signed = coloured((scene(), Rectangle("r", BOX, 0.5)))
    assert tuple(signed[150, 150].tolist()) == THEMES["dark"].rgb(0.5)


def test_a_photo_larger_than_its_box_is_averaged() -> None:
    stripes = np.zeros((100, 100, 3), np.uint8)
    stripes[::2] = 255
    rgb = coloured((Photo("p", Box(0, 0, 50, 50), 100, 100, stripes.tobytes()), Rectangle("g", BOX, "missing")))
    assert len(np.unique(rgb[:50, :50].reshape(-1, 3), axis=0)) == 1
    assert rgb[20, 20].max() not in {0, 255}


def test_a_picture_of_another_scale_has_its_colours() -> None:
    levels = np.array([0, FULL // 2, FULL], np.int8).tobytes()
    rgb = coloured((Picture("p", Box(0, 0, 30, 10), 1, 3, levels, "green"),))
    theme = THEMES["dark"]
    assert tuple(rgb[5, 5].tolist()) == theme.rgb(Tone("green", 0))
    assert tuple(rgb[5, 25].tolist()) == theme.rgb(Tone("green", 1))
    np.testing.assert_allclose(rgb[5, 15], theme.rgb(Tone("green", 0.5)), atol=6)


TEX = r"\frac{\partial L}{\partial w_{ij}} = \sqrt{\sigma(x)} \odot \left\lfloor\frac{N+2P}{S}\right\rfloor + 1"


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_a_formula_is_where_its_box_says(anchor: str) -> None:
    mark = Formula("f", (480, 300), Text(TEX, TEX), 30, "text", anchor)
    rows, columns = (coloured((mark,)).max(2) > 60).nonzero()
    box = box_of(mark, "en")
    seen = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
    np.testing.assert_allclose(seen, box, atol=1.5)


def test_a_formula_is_filled_as_matplotlib_fills_its_outline() -> None:
    ours = coloured((Formula("f", (100, 270), Text(TEX, TEX), 30, "text", "start"),)).max(2).astype(int)
    font = FontProperties(family="DejaVu Sans", math_fontfamily="dejavusans")
    path = TextPath((0, 0), f"${TEX}$", size=30, prop=font)
    figure = Figure(figsize=(9.6, 5.4), dpi=100, facecolor="black")
    place = Affine2D().translate(100 - path.get_extents().x0, 270)
    figure.add_artist(PathPatch(path, facecolor="#E8EAED", linewidth=0, transform=place))
    file = BytesIO()
    figure.savefig(file, format="png")
    theirs = np.asarray(Image.open(file).convert("L")).astype(int)
    assert np.abs(ours - theirs).max() < 100
    assert np.abs(ours - theirs)[theirs > 0].mean() < 20


def test_outlines_rings_and_dashes() -> None:
    rgb = coloured(
        (
            Polygon("p", ((100, 100), (200, 100), (200, 200), (100, 200)), None, "window", 4),
            Circle("c", (400, 150), 30, "curve", "written", 4),
            Polyline("l", ((500, 100), (600, 100)), "backward", 4, 10),
        )
    )
    theme = THEMES["dark"]
    for (y, x), name in {
        (100, 150): "window",
        (100, 100): "window",
        (150, 150): "background",
        (150, 400): "curve",
        (150, 430): "written",
        (100, 505): "backward",
        (100, 515): "background",
        (100, 525): "backward",
    }.items():
        assert tuple(rgb[y, x].tolist()) == theme.rgb(name), (y, x)


def test_dashes_go_around_corners() -> None:
    assert dashes(((0, 0), (15, 0), (15, 25)), 10) == (((0, 0), (10, 0)), ((15, 5), (15, 15)))


def test_an_arrow_points_at_its_end() -> None:
    shaft, head = arrow("a", (0, 0), (30, 40), "muted", 2)
    assert head.points[0] == (30.0, 40.0)
    assert head.key == "a.head"
    np.testing.assert_allclose(np.mean(head.points[1:], 0), (24, 32))
    assert shaft.points[0] == (0.0, 0.0)


def every_mark() -> Film:
    """Return a film of all kinds of marks, all in motion."""

    def state(n: int) -> tuple[Mark, ...]:
        far = 20.0 * n
        return (
            scene(),
            Picture("m", Box(20, 20, 80, 80), 1, 2, bytes([40, 100]), "magnitude"),
            Rectangle("t", BOX, Tone("red", n / 5, 0.25)),
            Words("w", (150, 160), Text("1,5", "1.5"), 20, Tone("red", n / 5, 0.25)),
            Formula("f", (300 + far, 300), Text(TEX, TEX), 24),
            Polygon("p", ((320 + far, 90), (420, 120), (350, 200 + far)), Tone("hue 200", 0.7), "window", 3),
            Circle("c", (500, 150 + far), 30, None, "curve", 5),
            Polyline("l", ((250, 400), (600, 400 - far)), "backward", 3, 8),
        )

    beats = tuple(Beat(state(n), 0.1, 0.2) for n in range(5))
    return Film("all", Text("a", "a"), (Step(Text("paso", "step"), beats),))


def test_redrawing_what_changed_equals_redrawing_all_with_every_mark() -> None:
    film = every_mark()
    colours = palette("light", film.marks())
    canvas = Canvas((700, 400), colours, "es")
    for frame in film.frames():
        canvas.show(frame.marks)
        afresh = Canvas((700, 400), colours, "es")
        afresh.show(frame.marks)
        np.testing.assert_array_equal(canvas.pixels, afresh.pixels)
