"""``convista film`` and ``convista films``."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.cli.workshop import convista

Capture = pytest.CaptureFixture[str]


def test_films_are_listed(capsys: Capture) -> None:
    assert "conv-step-by-step" in convista(capsys, "films").out.splitlines()


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
