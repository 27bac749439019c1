"""``convista film`` with --plain, --no-captions, --narrated and --cues: what they do, where they are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from convista.catalogue import film
from convista.films import open_film
from tests.cli.workshop import convista

Capture = pytest.CaptureFixture[str]
NAME = "pool-max"


def pixels(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    with Image.open(path) as file:
        return np.asarray(file.convert("RGB"))


def test_a_plain_picture_has_no_title_and_no_caption(capsys: Capture, tmp_path: Path) -> None:
    for name, options in (("whole", ()), ("plain", ("--plain",)), ("quiet", ("--no-captions",))):
        assert convista(capsys, "film", NAME, "--out", tmp_path / f"{name}.png", *options).code == 0
    whole, plain, quiet = (pixels(tmp_path / f"{name}.png") for name in ("whole", "plain", "quiet"))
    top, stage, bottom = slice(0, 52), slice(62, 450), slice(462, 540)
    np.testing.assert_array_equal(whole[stage], plain[stage])
    np.testing.assert_array_equal(whole[stage], quiet[stage])
    np.testing.assert_array_equal(whole[top], quiet[top])
    assert whole[top].any()
    assert whole[bottom].any()
    assert not plain[top].any()
    assert not plain[bottom].any()
    assert not quiet[bottom].any()


def test_every_medium_leaves_out_what_is_not_drawn(capsys: Capture, tmp_path: Path) -> None:
    files = ",".join(str(tmp_path / f"x.{ending}") for ending in ("svg", "html", "json"))
    assert convista(capsys, "film", NAME, "--out", files, "--plain", "--lang", "en").code == 0
    made = film(NAME, language="en")
    svg = (tmp_path / "x.svg").read_text("utf-8").partition("</desc>")[2]
    page = (tmp_path / "x.html").read_text("utf-8")
    for text in (made.title.en, *(step.caption.en for step in made.steps)):
        assert text not in svg
        assert f">{text}</text>" not in page
    assert '"spoken":{"en":[[""],' in page
    assert open_film(tmp_path / "x.json") == film(NAME, language="en", plain=True)


def test_cues_give_the_film_its_times(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "cues.csv").write_text("step,start\n1,0\n2,10\nend,70\n")
    with_cues = ("--cues", tmp_path / "cues.csv", "--lang", "en")
    assert convista(capsys, "film", NAME, "--out", tmp_path / "x.json", *with_cues).code == 0
    made = open_film(tmp_path / "x.json")
    assert made.seconds == pytest.approx(70)
    assert made.timed()[0].seconds == 10
    assert convista(capsys, "film", NAME, "--out", tmp_path / "x.vtt", *with_cues).code == 0
    assert "00:00:10.000 --> " in (tmp_path / "x.vtt").read_text()
    (tmp_path / "cues.csv").write_text("1,0\n2,0.1\n")
    outcome = convista(capsys, "film", NAME, "--out", tmp_path / "y.json", *with_cues)
    assert (outcome.code, "from step 1 there are 0.10 s" in outcome.error) == (2, True)
    assert not (tmp_path / "y.json").exists()


def test_a_narrated_film_says_its_narration(capsys: Capture, tmp_path: Path) -> None:
    said = film(NAME, language="es").steps[0].narration
    assert said is not None
    for name, options in (("x", ("--narrated",)), ("y", ())):
        out = tmp_path / f"{name}.srt"
        assert convista(capsys, "film", NAME, "--out", out, "--lang", "es", *options).code == 0
    narrated, usual = ((tmp_path / f"{name}.srt").read_text("utf-8") for name in "xy")
    spoken = " ".join(line for line in narrated.splitlines() if line and not line[0].isdigit())
    assert said.es in spoken
    assert said.es[:40] not in usual
    assert max(map(len, narrated.splitlines())) <= 84


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--plain", "--no-captions", "--format", "gif"), "--no-captions has no effect"),
        (("--plain", "--format", "srt,md"), "--plain has no effect in out/pool-max.srt, out/pool-max.md"),
        (
            ("--no-captions", "--format", "vtt"),
            "ask for another format: .gif, .html, .json, .mp4, .png, .svg, .webp",
        ),
        (("--cues", "c.csv", "--format", "png"), "--cues has no effect in out/pool-max.png"),
        (("--cues", "c.csv", "--format", "sheet"), "--cues has no effect in out/pool-max-sheet.png"),
        (("--cues", "c.csv", "--format", "svg", "--step", 2), "--cues has no effect in out/pool-max.svg"),
        (("--narrated", "--format", "png"), "--narrated has no effect in out/pool-max.png"),
        (("--narrated", "--cues", "c.csv", "--format", "gif"), "another format: .json, .mp4, .srt, .vtt"),
    ],
)
def test_an_option_without_effect_is_refused(
    arguments: tuple[str, ...], says: str, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = convista(capsys, "film", NAME, "--out", "out", "--lang", "en", *arguments)
    assert outcome.code == 2
    assert says in outcome.error
    assert not list(tmp_path.iterdir())


def test_the_script_of_a_film(capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "x.md"
    assert convista(capsys, "film", NAME, "--out", out, "--lang", "es").out == f"película: {out}\n"
    assert out.read_text("utf-8").startswith("# Pooling: máximo, ventana a ventana\n\nGuion de pool-max; dura 0:")


def test_cues_are_of_one_film(capsys: Capture, tmp_path: Path) -> None:
    outcome = convista(capsys, "film", "all", "--out", tmp_path / "o", "--cues", "c.csv", "--lang", "en")
    assert (outcome.code, "--cues tells the times of a single film" in outcome.error) == (2, True)
    assert not list(tmp_path.iterdir())
