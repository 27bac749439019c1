"""``convista film`` and ``convista films``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from convista.chapter import film_names
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
    convista(capsys, "film", "conv-step-by-step", "--out", tmp_path / "a.png", "--step", "0", "--theme", "light")
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (960, 540)


@pytest.mark.parametrize(
    "arguments", [("--size", "big"), ("--size", "80x45"), ("--out", "film.xyz"), ("--step", "99")]
)
def test_mistakes(arguments: tuple[str, str], capsys: Capture, tmp_path: Path) -> None:
    outcome = convista(capsys, "film", "conv-step-by-step", "--out", tmp_path / "a.png", *arguments)
    assert outcome.code == 2
    assert arguments[1].removeprefix("film").split("x4")[0] in outcome.error
    assert not list(tmp_path.iterdir())
