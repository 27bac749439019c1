"""A study trains all alike but for the pooling, goes on where it was cut off, and says what it found."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convista.errors import ConvistaError
from convista.learning import open_run
from convista.learning.studies.picture import draw_study
from convista.learning.studies.study import Trial, outcomes, study_pooling, write_trials

ASKED: dict[str, Any] = {
    "poolings": ["max", "stride"], "seeds": 1, "options": {"width": 1},
    "epochs": 1, "batch": 16, "precision": "32-true",
}  # fmt: skip


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, rng = tmp_path_factory.mktemp("images"), np.random.default_rng(0)
    for name, level in (("dark", 60), ("bright", 180)):
        (folder / name).mkdir()
        for number in range(20):
            values = np.clip(rng.normal(level, 20, (16, 16, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(values).save(folder / name / f"{number}.png")
    return folder


def test_a_study_goes_on_where_it_was_cut_off(images: Path, tmp_path: Path) -> None:
    def stopping(stage: str, done: int, total: int, /, **_: float) -> None:
        if (stage, done) == ("study", 1):
            raise KeyboardInterrupt
        assert total

    with pytest.raises(KeyboardInterrupt):
        study_pooling(images, out=tmp_path, progress=stopping, **ASKED)
    first = tmp_path / "max" / "seed-0" / "model.safetensors"
    assert list(tmp_path.glob("*/*/*")) == [first]
    before = first.stat().st_mtime_ns
    trials = study_pooling(images, out=tmp_path, **ASKED)
    assert first.stat().st_mtime_ns == before
    assert [(t.pooling, t.seed) for t in trials] == [("max", 0), ("stride", 0)]
    assert len({t.parameters for t in trials}) == 1
    run = open_run(tmp_path / "stride" / "seed-0")
    assert run.options == {"width": 1, "pool": "stride"}
    assert run.record["report"]["accuracy"] == trials[1].scores["accuracy"]
    message = r"has a study with other values of: epochs, options\. Give the same ones to go on"
    with pytest.raises(ConvistaError, match=message):
        study_pooling(images, out=tmp_path, **ASKED | {"options": {}, "epochs": 2})


@pytest.mark.parametrize(
    ("model", "asked", "message"),
    [
        ("lenet", {"poolings": ["max", "median"]}, "There is no pooling “median”"),
        ("unet", {}, "has no option 'pool'"),
        ("lenet", {"seeds": 0}, "'seeds' is 0"),
    ],
)
def test_mistakes_show_before_the_first_training(
    images: Path, tmp_path: Path, model: str, asked: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConvistaError, match=message):
        study_pooling(images, model, out=tmp_path / "study", **ASKED | {"options": None} | asked)
    assert not (tmp_path / "study").exists()


def trial(pooling: str, seed: int, accuracy: float) -> Trial:
    return Trial(pooling, seed, 10, {"accuracy": accuracy, "macro_f1": 0.5}, 2.0 + seed, 3, "32-true")


def test_what_is_found_is_summed_up_written_and_drawn(tmp_path: Path) -> None:
    trials = [trial("max", 0, 0.8), trial("l2", 0, 0.7), trial("max", 1, 0.9)]
    most, other = outcomes(trials)
    assert most.scores["accuracy"] == pytest.approx((0.85, 0.0707), abs=1e-4)
    assert (most.seconds, other.scores["accuracy"]) == (2.5, (0.7, None))
    with write_trials(trials, tmp_path / "pooling.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["pooling"], row["seed"], row["accuracy"]) for row in rows][2] == ("max", "1", "0.9")
    with Image.open(draw_study(trials, tmp_path / "pooling.png")) as picture:
        assert picture.width > 1000
