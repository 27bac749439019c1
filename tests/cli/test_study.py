"""``convista study pooling`` on a scene: the table, the files beside it, and the two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.workshop import Workshop, convista

Capture = pytest.CaptureFixture[str]


@pytest.mark.slow
def test_a_study_of_poolings(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "study"
    asked = ("study", "pooling", workshop.scene, "--labels", workshop.labels, "--model", "compact", "--option",
             "width=4", "--poolings", "average,blocks", "--seeds", 1, "--epochs", 1, "--set", "epoch_samples=128",
             "--set", "precision=32-true", "--out", out)  # fmt: skip
    outcome = convista(capsys, *asked)
    assert outcome.code == 0
    assert "The networks differ in parameters" in outcome.out
    assert [line.split()[0] for line in outcome.out.splitlines()[1:4]] == ["pooling", "average", "blocks"]
    assert {path.name for path in out.iterdir()} == {
        "average",
        "blocks",
        "pooling.csv",
        "pooling.png",
        "study.json",
    }
    again = convista(capsys, *asked, "--lang", "es")
    english, spanish = ([line.split() for line in text.splitlines()[2:4]] for text in (outcome.out, again.out))
    assert [[cell.replace(",", ".") for cell in row] for row in spanish] == english
    assert "Las redes no tienen los mismos parámetros" in again.out
