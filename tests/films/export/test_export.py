"""Every medium shows the pictures of the film, at their times; what cannot be written is said before drawing."""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import accumulate, groupby
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageSequence

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films import Film, open_film
from convista.films.export import document, font, mp4, subtitles
from convista.films.export.drawing import SMOOTH
from convista.films.export.runs import folded, unfolded
from convista.films.export.yuv import Planes
from convista.films.film import Frame
from convista.films.stage.layout import caption
from convista.films.stage.marks import Words
from convista.films.stage.text import font_path, width
from tests.films.examples import lenet
from tests.films.reading import drawn_afresh
from tests.films.stage.test_marks import every_mark

SVG = "{http://www.w3.org/2000/svg}"


def short(made: Film, steps: int = 2) -> Film:
    return replace(made, steps=made.steps[:steps], size=(480, 270), language="es")


FILMS: dict[str, Callable[[], Film]] = {
    "worked": lambda: short(film("conv-step-by-step")),
    "zoomed": lambda: short(lenet().film(), 1),
    "every mark": lambda: short(every_mark(), 1),
}


@pytest.fixture(params=FILMS)
def made(request: pytest.FixtureRequest) -> Film:
    return FILMS[request.param]()


def pictures(made: Film) -> Iterator[tuple[float, float, np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]]:
    """Yield when every third picture of a smooth medium begins and ends, and it drawn afresh, in full colour.

    What is wrong in a picture stays so until something else passes over it. The last one is there, too.
    """
    frames = list(made.frames(SMOOTH))
    ends = list(accumulate(frame.seconds for frame in frames))
    for n in sorted({*range(0, len(frames), 3), len(frames) - 1}):
        yield ends[n] - frames[n].seconds, ends[n], drawn_afresh(made, frames[n].marks, full=True)


@pytest.mark.slow
def test_webp_is_the_pictures_without_loss(made: Film, tmp_path: Path) -> None:
    made.save(tmp_path / "x.webp")
    with Image.open(tmp_path / "x.webp") as file:
        assert file.info["loop"] == 0
        read = [(np.asarray(one.convert("RGB")), one.info["duration"]) for one in ImageSequence.Iterator(file)]
    ends = list(accumulate(duration for _, duration in read))
    assert ends[-1] == pytest.approx(1000 * made.seconds, abs=1)
    for start, _, wanted in pictures(made):
        at = next(n for n, end in enumerate(ends) if end > round(1000 * start))
        np.testing.assert_array_equal(read[at][0], wanted)


@pytest.mark.slow
def test_mp4_is_the_pictures_at_their_times(made: Film, tmp_path: Path) -> None:
    av = pytest.importorskip("av", reason="PyAV is not installed: the extra mp4")
    made.save(tmp_path / "x.mp4")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.mp4"]
    with av.open(str(tmp_path / "x.mp4")) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")
        assert [context.color_primaries, context.color_trc, context.colorspace] == [mp4.BT709] * 3
        read = [(frame.time, frame.to_ndarray(format="rgb24")) for frame in container.decode(stream)]
        assert float(stream.duration * stream.time_base) == pytest.approx(made.seconds, abs=1 / SMOOTH)
    times = [time for time, _ in read]
    assert max(np.diff(times)) <= 0.5 + 1e-6
    for _, end, wanted in pictures(made):
        seen = bisect_right(times, max(0.5, round(end * SMOOTH) - 0.5) / SMOOTH) - 1
        assert np.abs(read[seen][1].astype(int) - wanted).mean() < 6


def test_planes_brought_up_to_date_are_those_of_the_whole_picture() -> None:
    """Where a box begins or ends at an odd pixel, its colours are shared with pixels beside it."""
    random = np.random.default_rng(1)
    size = (37, 23)
    pixels = random.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    piecewise, whole = Planes(*size), Planes(*size)
    piecewise.update(pixels, [(0, 0, *size)])
    for box in ((3, 5, 8, 6), (36, 22, 37, 23), (0, 0, 1, 23), (10, 1, 37, 4)):
        pixels[box[1] : box[3], box[0] : box[2]] = random.integers(0, 256, 3)
        piecewise.update(pixels, [box])
    whole.update(pixels, [(0, 0, *size)])
    np.testing.assert_array_equal(piecewise.stacked, whole.stacked)
    grey = Planes(2, 2)
    for level, luma in ((0, 16), (255, 235)):
        grey.update(np.full((2, 2, 3), level, np.uint8), [(0, 0, 2, 2)])
        assert grey.stacked.ravel().tolist() == [luma] * 4 + [128] * 2


def test_an_odd_size_gains_a_pixel(tmp_path: Path) -> None:
    av = pytest.importorskip("av", reason="PyAV is not installed: the extra mp4")
    replace(FILMS["worked"](), size=(321, 181)).save(tmp_path / "x.mp4")
    with av.open(str(tmp_path / "x.mp4")) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (322, 182)


def test_without_its_extra_mp4_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    monkeypatch.setattr(Film, "frames", lambda _: pytest.fail("drawn"))
    with pytest.raises(ConvistaError, match=r'pip install "convista\[mp4\]"'):
        FILMS["worked"]().save(tmp_path / "x.mp4")
    assert not list(tmp_path.iterdir())


def test_subtitles_change_when_the_pictures_words_do(made: Film, tmp_path: Path) -> None:
    shown: list[tuple[float, str]] = []
    start = 0.0
    for frame in made.frames():
        told = said(frame)
        if not shown or shown[-1][1] != told:
            shown.append((start, told))
        start += frame.seconds
    cues = list(subtitles.cues(made))
    lines = [" ".join(line.text.es for line in caption_words(made, n)) for n in range(len(made.steps))]
    assert [line for line, _ in groupby(lines)] == [told for _, told in shown]
    np.testing.assert_allclose([cue.start for cue in cues], [time for time, _ in shown], atol=1e-9)
    assert cues[-1].end == pytest.approx(made.seconds)
    made.save(tmp_path / "x.vtt")
    made.save(tmp_path / "x.srt")
    vtt, srt = (tmp_path / "x.vtt").read_text("utf-8"), (tmp_path / "x.srt").read_text("utf-8")
    assert vtt.startswith("WEBVTT\n\n00:00:00.000 --> ")
    assert srt.startswith("1\n00:00:00,000 --> ")
    for step in made.steps:
        assert step.caption.es in srt
        assert step.caption.es in vtt


def said(frame: Frame) -> str:
    return " ".join(
        mark.text.es for mark in frame.marks if isinstance(mark, Words) and mark.key.startswith("caption")
    )


def caption_words(made: Film, step: int) -> list[Words]:
    return [mark for mark in caption(made.steps[step].caption, "es") if isinstance(mark, Words)]


def test_a_film_is_read_back_as_it_was(made: Film, tmp_path: Path) -> None:
    made.save(tmp_path / "x.json")
    assert open_film(tmp_path / "x.json") == made
    written = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert (written["format"], written["version"]) == (document.FORMAT, document.VERSION)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format":"convista film","version":99}', '{"format":"convista film","version":1}']
)
def test_what_is_not_a_film_is_said(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(ConvistaError, match="is not a film saved as JSON"):
        open_film(tmp_path / "x.json")
    with pytest.raises(ConvistaError, match="cannot be read"):
        open_film(tmp_path / "y.json")


def test_lists_that_differ_little_are_folded() -> None:
    lists = [[1, 2, 3, 4], [1, 2, 9, 4], [4, 1, 2], []]
    written = list(folded(lists))
    assert written == [[1, 2, 3, 4], [[0, 2], 9, [3, 1]], [[3, 1], [0, 2]], []]
    assert list(unfolded(written)) == lists


@pytest.mark.parametrize("step", [0, None])
def test_svg_has_every_text_and_carries_its_letters(made: Film, step: int | None, tmp_path: Path) -> None:
    made.save(tmp_path / "x.svg", step=step)
    root = ElementTree.parse(tmp_path / "x.svg").getroot()
    read = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    marks = made.picture(0).marks if step == 0 else [mark for frame in made.frames() for mark in frame.marks]
    wanted = {mark.text.es for mark in marks if isinstance(mark, Words)}
    assert read == wanted
    assert (len(list(root.iter(f"{SVG}animate"))) > 0) == (step is None)
    carried = re.search(r"base64,([^)]+)\)", (tmp_path / "x.svg").read_text("utf-8"))
    assert carried is not None


def test_the_carried_font_has_our_advances() -> None:
    from base64 import b64decode  # noqa: PLC0415

    letters = frozenset("Convolución −0123456789·ΣñÁ")
    data = re.search(r"base64,([^)]+)\)", font.face(letters))
    assert data is not None
    assert len(data[1]) < 12_000
    carried = TTFont(BytesIO(b64decode(data[1])))
    names = carried.getBestCmap()
    for letter in letters:
        advance = carried["hmtx"][names[ord(letter)]][0] / carried["head"].unitsPerEm
        assert advance == pytest.approx(width(letter), abs=1e-6)
    assert len({carried["hmtx"][names[ord(digit)]][0] for digit in "0123456789"}) == 1
    assert not {"GPOS", "GSUB", "kern"} & set(carried.keys())
    with TTFont(font_path()) as whole:
        assert carried["head"].modified == whole["head"].modified, "the same film is another file every second"


def test_a_contact_sheet_has_the_first_and_the_last_step(tmp_path: Path) -> None:
    worked = film("conv-step-by-step", language="en")
    worked.save(tmp_path / "x.png", sheet=True)
    with Image.open(tmp_path / "x.png") as file:
        sheet = np.asarray(file.convert("RGB"))
    assert sheet.shape == (4 * 278 + 8, 4 * 488 + 8, 3)
    for corner, step in (((8, 8), 0), ((8 + 3 * 278, 8 + 3 * 488), -1)):
        part = sheet[corner[0] : corner[0] + 270, corner[1] : corner[1] + 480]
        np.testing.assert_array_equal(part, drawn_afresh(worked, worked.picture(step).marks, size=(480, 270)))


def test_what_a_medium_cannot_show_is_said(tmp_path: Path) -> None:
    worked = FILMS["worked"]()
    with pytest.raises(ConvistaError, match=r"“\.gif” shows the whole film\. For a single step, use: \.png, \.svg"):
        worked.save(tmp_path / "x.gif", step=0)
    with pytest.raises(ConvistaError, match=r"a contact sheet is not written as “\.gif”\. Use: \.png"):
        worked.save(tmp_path / "x.gif", sheet=True)
    (tmp_path / "x.srt").mkdir()
    with pytest.raises(ConvistaError, match=r"x\.srt cannot be written"):
        worked.shown(captions=False).save(tmp_path / "x.mp4")
    assert [path.name for path in tmp_path.iterdir()] == ["x.srt"]
