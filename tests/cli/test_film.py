"""``convista film`` and ``convista films``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from convista.catalogue import film, film_names
from tests.cli.workshop import convista

Capture = pytest.CaptureFixture[str]


def test_films_are_listed_by_section_each_with_what_it_is_about(capsys: Capture) -> None:
    lines = convista(capsys, "films").out.splitlines()
    assert "B  Convolution" in lines
    assert [line.split()[0] for line in lines if line.startswith("  ")] == film_names()
    assert all(len(line) > 30 for line in lines if line.startswith("  "))
    listed = json.loads(convista(capsys, "films", "--json", "--lang", "es").out)
    assert [film["name"] for section in listed for film in section["films"]] == film_names()
    assert "Convolución" in [section["title"] for section in listed]


def test_a_gif_and_a_step(capsys: Capture, tmp_path: Path) -> None:
    outcome = convista(capsys, "film", "conv-step-by-step", "--out", tmp_path / "a.gif", "--size", "480x270")
    assert (outcome.code, outcome.out) == (0, f"film: {tmp_path / 'a.gif'}\n")
    with Image.open(tmp_path / "a.gif") as film:
        assert film.size == (480, 270)
        assert getattr(film, "n_frames", 1) > 16
    convista(capsys, "film", "conv-step-by-step", "--out", tmp_path / "a.png", "--step", "1", "--theme", "light")
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (960, 540)


def test_a_step_has_the_number_that_the_player_shows(capsys: Capture, tmp_path: Path) -> None:
    made = film("conv-step-by-step", language="en")
    count = len(made.steps)
    for number in (1, 3, count):
        outcome = convista(
            capsys, "film", "conv-step-by-step", "--out", tmp_path / "a.png", "--step", number, "--lang", "en"
        )
        assert outcome.code == 0
        made.save(tmp_path / "b.png", step=number - 1)
        assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    outcome = convista(capsys, "film", "conv-step-by-step", "--out", tmp_path / "c.png", "--step", count + 1)
    assert (outcome.code, outcome.error) == (
        2,
        f"Error: The film “conv-step-by-step” has no step {count + 1}: they are counted from 1 to {count}.\n",
    )
    assert convista(capsys, "film", "conv-step-by-step", "--out", tmp_path / "c.png", "--step", 0).code == 2


@pytest.mark.parametrize(
    ("out", "formats", "files"),
    [
        ("b.gif,b.png", (), ["b.gif", "b.png"]),
        ("a.png", ("png",), ["a.png"]),
        ("a.png", ("sheet",), ["a.png"]),
        ("folder", ("png,sheet",), ["folder/pool-max-sheet.png", "folder/pool-max.png"]),
        ("films.v2", ("svg",), ["films.v2/pool-max.svg"]),
        ("a, b/c.png", (), ["a, b/c.png"]),
    ],
)
def test_the_files_that_are_written(
    out: str,
    formats: tuple[str, ...],
    files: list[str],
    capsys: Capture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = [part for each in formats for part in ("--format", each)]
    outcome = convista(capsys, "film", "pool-max", "--size", "160x90", "--out", out, *asked)
    assert outcome.code == 0, outcome.error
    assert sorted(path.as_posix() for path in Path().rglob("*.*") if path.is_file()) == files
    assert sorted(outcome.out.splitlines()) == [f"film: {file}" for file in files]
    if formats == ("sheet",):
        with Image.open("a.png") as sheet, Image.open(files[0]) as same:
            assert sheet.size == same.size != (160, 90)


@pytest.mark.parametrize(
    ("out", "formats", "says"),
    [
        ("a.png", "gif", "--out a.png says the format by its ending, and --format says gif"),
        ("a.png", "png,sheet", "and --format says png, sheet"),
        ("a.gif,folder", None, "folder: the ending is that of no format of films. Use one of these: .gif, .html"),
        ("a.avi", None, "a.avi: the ending is that of no format"),
    ],
)
def test_files_that_cannot_be(
    out: str, formats: str | None, says: str, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = convista(capsys, "film", "pool-max", "--out", out, *(("--format", formats) if formats else ()))
    assert outcome.code == 2
    assert says in outcome.error
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments", [("--size", "big"), ("--size", "80x45"), ("--out", "film.xyz"), ("--step", "99")]
)
def test_mistakes(arguments: tuple[str, str], capsys: Capture, tmp_path: Path) -> None:
    outcome = convista(capsys, "film", "conv-step-by-step", "--out", tmp_path / "a.png", *arguments)
    assert outcome.code == 2
    assert arguments[1].removeprefix("film").split("x4")[0] in outcome.error
    assert not list(tmp_path.iterdir())
