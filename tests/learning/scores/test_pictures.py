"""What a run's folder shows: the log, the curves, and the mistakes that the network is surest of."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from convista.learning import Run, train
from convista.learning.data.scene_samples import SceneSamples
from convista.learning.scores.hard_errors import most_confident_mistakes
from convista.scenes import open_scene


@pytest.fixture(scope="module")
def folder(land: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    out = tmp_path_factory.mktemp("run")
    recipe = {"epochs": 2, "epoch_samples": 512, "options": {"width": 1}}
    return out, train(open_scene(land[0]), labels=land[1], out=out, pictures=True, **recipe)  # type: ignore[arg-type]


def test_the_folder_has_what_the_task_has(folder: tuple[Path, Run]) -> None:
    out, _ = folder
    pictures = {"curves.png", "confusion.png", "reliability.png", "mistakes.png"}
    assert {path.name for path in out.iterdir()} == {"model.safetensors", "log.csv", *pictures}
    for name in pictures:
        with Image.open(out / name) as picture:
            assert np.asarray(picture.convert("L")).std() > 5


def test_the_log_is_the_record(folder: tuple[Path, Run]) -> None:
    out, run = folder
    with (out / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [{name: float(text) for name, text in row.items()} for row in rows] == run.record["epochs"]


def test_mistakes_are_the_surest_and_wrong(folder: tuple[Path, Run], land: tuple[Path, Path]) -> None:
    _, run = folder
    samples = SceneSamples(open_scene(land[0]), land[1], split=run.record["split"])
    found = most_confident_mistakes(run.end_to_end, samples, run.task, count=10)
    assert len(found) == 10
    confidence = [one.confidence for one in found]
    assert confidence == sorted(confidence, reverse=True)
    members = samples.parts["test"]
    answers = run.answers(run.standardise(samples.values(members))).detach().numpy()
    wrong = answers.argmax(axis=1) != samples.targets(members)
    assert confidence[0] == pytest.approx(answers.max(axis=1)[wrong].max(), abs=1e-5)
    for one in found:
        assert one.target == samples.targets(np.array([one.sample]))[0] != one.answer
