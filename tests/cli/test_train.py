"""``convista train`` and ``convista evaluate``, beyond the one road."""

from __future__ import annotations

import json
import logging
import signal
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from PIL import Image

from convista.cli.options.sources import named_values
from convista.errors import ConvistaError
from convista.language import say
from convista.learning import open_run, open_snapshots
from convista.models import ARCHITECTURES
from tests.cli.workshop import Workshop, convista

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes of 24 images each, with lists as EuroSAT's copy here has them."""
    folder, rng = tmp_path_factory.mktemp("images"), np.random.default_rng(0)
    (folder / "splits").mkdir()
    lines: dict[str, list[str]] = {"train": [], "val": []}
    for name, level in (("dark", 60), ("bright", 180)):
        (folder / name).mkdir()
        for number in range(24):
            values = np.clip(rng.normal(level, 20, (16, 16, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(values).save(folder / name / f"{number:02}.png")
            lines["train" if number < 16 else "val"].append(f"{name}/{number:02}.png")
    for part, names in lines.items():
        (folder / "splits" / f"{part}.txt").write_text("\n".join(names))
    return folder


@pytest.mark.slow
def test_the_library_that_trains_says_nothing_of_its_own(
    images: Path, capsys: Capture, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    log = logging.getLogger("lightning_fabric.utilities.rank_zero")
    log.addHandler(caplog.handler)
    try:
        asked = ("train", images, "--out", tmp_path, "--epochs", 1, "--set", "precision=bf16-mixed")
        assert convista(capsys, *asked, "--option", "pool=average").code == 0
        assert open_run(tmp_path).options == {"width": 4.0, "pool": "average"}
        assert not caplog.records
    finally:
        log.removeHandler(caplog.handler)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_help_names_every_architecture(language: str) -> None:
    told = say("cli.options.help_model", language=language)
    assert all(name.removesuffix("_bn") in told for name in ARCHITECTURES)


def test_a_scene_without_labels(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    outcome = convista(capsys, "train", workshop.scene, "--out", tmp_path / "run")
    assert outcome.code == 2
    assert "Give its labels too (--labels; in Python, labels): a raster, or polygons or points." in outcome.error


@pytest.mark.slow
def test_images_by_their_own_lists(images: Path, capsys: Capture, tmp_path: Path) -> None:
    asked = ("train", images, "--split", "lists", "--out", tmp_path / "run", "--recipe", "thorough")
    outcome = convista(capsys, *asked, "--epochs", 4, "--set", "batch=8", "--set", "ema_decay=0.5")
    assert outcome.code == 0
    assert "on 16 held-out samples" in outcome.out
    run = open_run(tmp_path / "run")
    assert run.record["recipe"]["batch"] == 8
    assert run.record["recipe"]["smoothing"] == 0.1
    outcome = convista(capsys, "evaluate", tmp_path / "run", images, "--json")
    assert json.loads(outcome.out) == json.loads(json.dumps(run.record["report"]))
    told = convista(
        capsys, "evaluate", tmp_path / "run", images, "--part", "validation", "--symmetries", "--lang", "es"
    )
    assert "muestras apartadas" in told.out
    assert "modelo lineal" in told.out


@pytest.mark.slow
def test_a_regression_and_a_binary_task(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    few = ("--epochs", 1, "--set", "epoch_samples=256")
    out = tmp_path / "height"
    outcome = convista(
        capsys, "train", workshop.scene, "--labels", workshop.labels, "--task", "regression", "--out", out, *few
    )
    assert outcome.code == 0
    assert "RMSE" in outcome.out
    outcome = convista(capsys, "evaluate", out, workshop.scene, "--labels", workshop.labels)
    assert "RMSE" in outcome.out
    asked = ("train", workshop.scene, "--labels", workshop.labels, "--task", "binary", *few)
    outcome = convista(capsys, *asked, "--out", tmp_path / "none")
    assert outcome.code == 2
    assert "Say which is told from the others (positive)" in outcome.error
    assert not (tmp_path / "none").exists()
    outcome = convista(capsys, *asked, "--positive", "water", "--out", tmp_path / "water")
    assert [c.name for c in open_run(tmp_path / "water").classes] == ["no water", "water"]


@pytest.mark.slow
def test_several_seeds_of_several_scenes(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    pairs = (workshop.scene, workshop.scene, "--labels", workshop.labels, "--labels", workshop.labels)
    asked = ("train", *pairs, "--out", tmp_path, "--epochs", 1, "--set", "epoch_samples=128", "--seeds", 2)
    outcome = convista(capsys, *asked, "--snapshots")
    assert outcome.code == 0
    assert [line.split()[:2] for line in outcome.out.splitlines()[2:5]] == [
        ["seed", "0"],
        ["seed", "1"],
        ["mean", "±"],
    ]
    runs = [open_run(tmp_path / f"seed-{seed}") for seed in (0, 1)]
    assert [run.record["seed"] for run in runs] == [0, 1]
    assert all(run.record["split"]["kind"] == "scenes" for run in runs)
    assert set(open_snapshots(tmp_path / "seed-1").weights) == {"conv1.weight", "conv1.bias"}
    assert convista(capsys, *asked, "--snapshots", "--resume").out == outcome.out
    again = convista(capsys, "evaluate", tmp_path / "seed-0", *pairs, "--json")
    assert json.loads(again.out) == json.loads(json.dumps(runs[0].record["report"]))
    fewer = convista(capsys, "evaluate", tmp_path / "seed-0", workshop.scene, "--labels", workshop.labels)
    assert fewer.code == 0
    assert "held-out samples" in fewer.out
    unpaired = convista(capsys, "evaluate", tmp_path / "seed-0", *pairs[:-2])
    assert "There are 2 scenes and 1 label. Give labels for each scene, in the same order." in unpaired.error


@pytest.mark.slow
def test_another_folder_is_scored_as_a_whole(images: Path, capsys: Capture, tmp_path: Path) -> None:
    asked = ("train", images, "--out", tmp_path / "run", "--epochs", 2, "--set", "batch=8")
    assert convista(capsys, *asked).code == 0
    rng = np.random.default_rng(5)
    for folder, level in (("Bright", 180), ("snow", 250)):
        (tmp_path / "set" / folder).mkdir(parents=True)
        for number in range(3):
            values = np.clip(rng.normal(level, 20, (16, 16, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(values).save(tmp_path / "set" / folder / f"{number}.png")
    evaluated = ("evaluate", tmp_path / "run", tmp_path / "set")
    outcome = convista(capsys, *evaluated, "--out", tmp_path / "report")
    assert outcome.code == 0
    told = outcome.out.splitlines()
    assert told[0] == "data independent of the training: on all of their 3 samples, with intervals of 95 %:"
    assert told[1].split() == ["accuracy", "macro-F1", "(1", "of", "2)", "mean", "IoU", "(1", "of", "2)"]
    assert "macro-F1 and mean IoU are means over the classes with samples; without any: dark" in told
    assert "of a class that the model does not know, and in none of the numbers: snow (3)" in told
    assert [line.split() for line in told if line.startswith(("  dark", "  snow"))] == [
        ["dark", "–", "–", "–", "–", "0"],
        ["snow", "(not", "known)", "–", "–", "–", "–", "3"],
    ]
    assert told[-1] == f"the report and its pictures are in {tmp_path / 'report'}"
    assert (tmp_path / "report" / "report.txt").read_text().splitlines() == told[:-1]
    report = json.loads((tmp_path / "report" / "report.json").read_text())
    assert json.loads(convista(capsys, *evaluated, "--json").out) == report
    refused = convista(capsys, *evaluated, "--part", "test", "--lang", "es")
    assert refused.code == 2
    assert "Se pidió la parte 'test', pero estos datos no son los del entrenamiento" in refused.error


@pytest.mark.slow
def test_names_of_classes_that_do_not_occur(capsys: Capture, tmp_path: Path) -> None:
    def written(name: str, classes: list[int], east: float) -> tuple[Path, Path]:
        rng = np.random.default_rng(len(classes))
        labels = np.kron(rng.choice(classes, (6, 6)), np.ones((16, 16))).astype(np.uint8)
        imagery = (1000.0 * labels + rng.normal(0, 30, labels.shape)).astype(np.float32)
        files = tmp_path / f"{name}.tif", tmp_path / f"{name}-labels.tif"
        for file, values in ((files[0], imagery), (files[1], labels)):
            with rasterio.open(
                file, "w", driver="GTiff", count=1, height=96, width=96, dtype=values.dtype.name, crs="EPSG:32630",
                transform=Affine(30, 0, 500_000 + east, 0, -30, 4_000_000),
            ) as raster:  # fmt: skip
                raster.write(values, 1)
        return files

    names = ("--class-names", "1=wood,2=water,7=town")
    scene, labels = written("here", [1, 2, 7], 0)
    run = tmp_path / "run"
    asked = ("train", scene, "--labels", labels, *names, "--out", run, "--epochs", 1, "--set", "epoch_samples=256")
    assert convista(capsys, *asked).code == 0
    scene, labels = written("there", [2, 7], 9000)
    outcome = convista(capsys, "evaluate", run, scene, "--labels", labels, *names, "--json")
    assert outcome.code == 0
    assert json.loads(outcome.out)["averaged_over"] == {"classes": 2, "all": 3, "absent": ["wood"]}
    # One file of a training alone has to have what is named: it may be written wrongly.
    alone = convista(capsys, "train", scene, "--labels", labels, *names, "--out", tmp_path / "other")
    assert "A class was named that is not in" in alone.error


@pytest.mark.slow
@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_is_said_once_with_how_to_go_on(
    workshop: Workshop, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGINT)

    asked = ("train", workshop.scene, "--labels", workshop.labels, "--out", tmp_path, "--epochs", 2)
    few = ("--set", "epoch_samples=128", "--set", "validation_samples=64")
    monkeypatch.setattr("convista.learning.fitting.callbacks.write_log", press)
    outcome = convista(capsys, *asked, *few)
    path = tmp_path / "model.safetensors"
    assert outcome.code == 130
    assert outcome.error.splitlines()[-1] == (
        f"Stopped after 1 of 2 epochs. The best model until then was saved: {path}. "
        "To go on, repeat the command with --resume."
    )
    assert outcome.error.count("Stopped") == 1
    monkeypatch.setattr("convista.learning.training.report", press)
    outcome = convista(capsys, *asked, *few, "--resume")
    assert outcome.code == 130
    assert outcome.error.splitlines()[-1] == (
        "Stopped. To go on from the last whole epoch, repeat the command with --resume."
    )
    monkeypatch.undo()
    assert convista(capsys, *asked, *few, "--resume").code == 0


def test_mistakes(images: Path, capsys: Capture, tmp_path: Path) -> None:
    def says(*arguments: object) -> str:
        outcome = convista(capsys, "train", *arguments, "--out", tmp_path / "run")
        assert outcome.code == 2
        return outcome.error

    assert "Images are split at random or by lists, not “blocks”" in says(images, "--split", "blocks")
    assert "There is no recipe “slow”. Choose one of these: plain, quick, thorough" in says(
        images, "--recipe", "slow"
    )
    assert "“batch” is not NAME=VALUE" in says(images, "--set", "batch")
    assert "There are no lists in" in says(images / "dark", "--split", "lists")
    assert "is -1 and must be greater than 0" in says(images, "--set", "learning_rate=-1")
    assert "is a share: it must be less than 1" in says(images, "--set", "cutout=2")
    assert "The option width of lenet cannot be 'wide'; by default it is" in says(images, "--option", "width=wide")
    assert "There is no optimiser “adam”" in says(images, "--set", "optimizer=adam")


def test_numbers_are_read_as_they_are_written() -> None:
    read = named_values(["a=3", "b=0.5", "c=1e-3", "d=sgd", "e=False"])
    assert read == {"a": 3, "b": 0.5, "c": 0.001, "d": "sgd", "e": False}
    assert isinstance(read["a"], int)
    with pytest.raises(ConvistaError):
        named_values(["a"])
