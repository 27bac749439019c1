"""A small scene, its labels and a run trained on them through the command line, made once a session."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from convista.cli import main
from convista.scenes import sample_scene


class Workshop(NamedTuple):
    scene: Path
    labels: Path
    run: Path


class Outcome(NamedTuple):
    code: int
    out: str
    error: str


def convista(capsys: pytest.CaptureFixture[str], *arguments: object) -> Outcome:
    """Run a command as the shell would, in this process."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return Outcome(ended.value.code, printed.out, printed.err)


def make(folder: Path) -> Workshop:
    """Simulate a scene and train on it for one epoch."""
    sample_scene(1, height=192, width=160, folder=folder)
    scene, labels, run = folder / "scene.tif", folder / "labels.tif", folder / "run"
    with pytest.raises(SystemExit) as ended:
        main(
            [
                "train",
                str(scene),
                "--labels",
                str(labels),
                "--out",
                str(run),
                "--epochs",
                "1",
                "--set",
                "epoch_samples=8192",
            ]
        )
    assert ended.value.code == 0
    return Workshop(scene, labels, run)
