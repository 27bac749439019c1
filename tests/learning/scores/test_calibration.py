"""How sure a network is after its calibration, and from which probability on it says a class."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import safetensors.torch
import torch
from safetensors import safe_open

from convista.learning import Run, open_run, train
from convista.learning.data.scene_samples import SceneSamples
from convista.learning.scores.calibration import COLDEST, HOTTEST, calibrate, fitted_temperature
from convista.learning.scores.evaluation import scores_of
from convista.learning.scores.thresholds import best_threshold
from convista.learning.tasks.binary import Binary
from convista.learning.tasks.calibration import Calibration
from convista.learning.tasks.class_task import ClassTask
from convista.learning.tasks.multiclass import Multiclass
from convista.learning.tasks.multilabel import Multilabel
from convista.mapping import as_map_model, predict
from convista.scenes import ClassInfo, open_scene
from convista.tracing import trace

PLAIN = Calibration(1.0, ())
CLASSES = tuple(ClassInfo(n, f"c{n}", (0, 0, 0)) for n in (1, 4, 9))


@pytest.mark.parametrize(("task", "outputs"), [(Multiclass, 3), (Binary, 1), (Multilabel, 3)])
@pytest.mark.parametrize("truth", [0.4, 2.5])
def test_the_temperature_is_found_again(task: type[ClassTask], outputs: int, truth: float) -> None:
    generator = torch.Generator().manual_seed(0)
    asked = task(CLASSES[: max(2, outputs)])
    logits = 3 * torch.randn(20_000, outputs, generator=generator)
    if task is Multiclass:
        targets = torch.multinomial((logits / truth).softmax(dim=1), 1, generator=generator)[:, 0]
    else:
        targets = torch.bernoulli(torch.sigmoid(logits / truth), generator=generator).long()
        targets = targets[:, 0] if task is Binary else targets
    found = fitted_temperature(asked, logits, targets)
    assert found == pytest.approx(truth, rel=0.05)
    losses = [asked.loss(logits.double() / t, targets) for t in (0.97 * found, found, 1.03 * found)]
    assert losses[1] == min(losses)


def test_a_few_right_answers_do_not_make_a_network_infinitely_sure() -> None:
    asked = Multiclass(CLASSES)
    sure, wrong = 2 * torch.eye(3), 2 * torch.eye(3)[[1, 2, 0]]
    targets = torch.arange(3)
    right = fitted_temperature(asked, sure, targets)
    assert right > COLDEST
    # As if each class had been seen once more for each of the answers: 3 of 6 are right, and 1 of 6 of each class.
    expected = 1 / 6 + 3 / 6
    assert float(torch.softmax(sure / right, dim=1)[0, 0]) == pytest.approx(expected, abs=1e-3)
    assert fitted_temperature(asked, wrong, targets) == pytest.approx(HOTTEST, rel=1e-3)
    assert fitted_temperature(asked, sure[:0], targets[:0]) == 1


def test_the_threshold_is_the_best_of_all_there_are() -> None:
    rng = np.random.default_rng(0)
    for size in (1, 2, 5, 60):
        for _ in range(20):
            probabilities = rng.choice(np.linspace(0.02, 0.98, 13), size).astype(np.float32)
            positive = rng.random(size) < probabilities
            found = best_threshold(probabilities, positive)

            def f1(at: float, p: Any = probabilities, there: Any = positive) -> float:
                said = p >= at
                return float(2 * (said & there).sum() / max(1, said.sum() + there.sum()))

            assert f1(found) == max(f1(at) for at in (*probabilities, found, 0.5))
            assert 0 < found < 1
    assert best_threshold(np.array([0.9, 0.2]), np.array([False, False])) == 0.5
    assert best_threshold(np.zeros(0), np.zeros(0, bool)) == 0.5


@pytest.fixture(scope="module")
def binary(land: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Run:
    recipe: dict[str, Any] = {"epochs": 2, "epoch_samples": 512, "batch": 64, "options": {"width": 1}}
    out = tmp_path_factory.mktemp("binary")
    return train(open_scene(land[0]), labels=land[1], task="binary", positive="7", out=out, **recipe)


def test_a_binary_run_keeps_its_threshold_and_scores_by_it(binary: Run, land: tuple[Path, Path]) -> None:
    assert binary.source is not None
    assert open_run(binary.source).task.calibration == binary.task.calibration
    report = binary.record["report"]
    assert report["temperature"] == binary.task.calibration.temperature
    assert report["thresholds"] == {"7": binary.task.calibration.threshold}
    samples = SceneSamples(open_scene(land[0]), land[1], task=Binary, positive="7", split=binary.record["split"])
    assert calibrate(binary.end_to_end, samples) == binary.task.calibration
    members = samples.scored("test")
    answers = binary.answers(binary.standardise(samples.values(members))).detach()
    said = (answers[:, 1] >= binary.task.calibration.threshold).numpy()
    assert report["accuracy"] == pytest.approx((said == (samples.targets(members) == 1)).mean(), abs=1e-3)
    f1 = []
    for threshold in (binary.task.calibration.threshold, 0.5, 0.2, 0.8):
        task = replace(samples.task, calibration=binary.task.calibration._replace(thresholds=(threshold,)))
        (score,) = scores_of(binary.end_to_end, [task], samples, "validation")
        f1.append(score.report()["per_class"][1]["f1"])
    assert f1[0] == max(f1)


@pytest.mark.slow
def test_calibration_makes_answers_likelier_where_it_was_fitted(land: tuple[Path, Path]) -> None:
    recipe: dict[str, Any] = {"epochs": 3, "epoch_samples": 1024, "batch": 64, "options": {"width": 1}}
    run = train(open_scene(land[0]), labels=land[1], smoothing=0.3, **recipe)
    report, samples = run.record["report"], SceneSamples(open_scene(land[0]), land[1], split=run.record["split"])
    assert report["temperature"] < 0.9  # smoothed labels make a network less sure than it may be
    members = samples.scored("validation")
    inputs, wanted = run.standardise(samples.values(members)), samples.targets(members)
    answers = [
        one.answers(inputs)[range(len(members)), wanted]
        for one in (run, replace(run, task=Multiclass(run.classes)))
    ]
    assert answers[0].log().mean() > answers[1].log().mean()
    for name in ("calibration", "uncalibrated"):
        assert sum(report[name]["count"]) == report["samples"]
    assert report["calibration"]["confidence"] != report["uncalibrated"]["confidence"]


def test_a_run_of_before_there_was_calibration_opens(binary: Run, tmp_path: Path) -> None:
    assert binary.source is not None
    with safe_open(binary.source, "pt") as file:
        about = {name: text for name, text in file.metadata().items() if name != "calibration"}
    tensors = safetensors.torch.load_file(binary.source)
    safetensors.torch.save_file(tensors, tmp_path / "model.safetensors", about)
    assert open_run(tmp_path).task.calibration == PLAIN


@pytest.mark.parametrize("temperature", [1.0, 1.7])
def test_trace_and_map_give_the_same_probabilities(binary: Run, temperature: float) -> None:
    run = replace(binary, task=Binary(binary.classes, Calibration(temperature, (0.3,))))
    patch = np.random.default_rng(0).normal(1500, 300, (2, 16, 16)).astype(np.float32)
    given = run.answers(run.standardise(patch)[None]).detach()
    expected = torch.sigmoid(run.network(run.standardise(patch)[None]) / temperature)
    torch.testing.assert_close(given[:, 1:], expected)
    recorded = trace(run, patch, 1)
    torch.testing.assert_close(recorded["sigmoid"].output, given[:, 1:])
    assert recorded.verify().passed(1e-4)
    assert list(recorded.explain_path(recorded["sigmoid"].position, (0,)))
    model = as_map_model(run)
    torch.testing.assert_close(model.network(model.standardise(patch)[None]).detach(), given)
    assert model.threshold == 0.3
    other = replace(run, task=Binary(run.classes, Calibration(temperature + 1, (0.3,))))
    assert model.fingerprint() != as_map_model(other).fingerprint()


def test_the_map_says_the_class_from_the_threshold_on(binary: Run, land: tuple[Path, Path], tmp_path: Path) -> None:
    scene, given = open_scene(land[0]), []
    for threshold in (0.0, binary.task.calibration.threshold, 1.1):
        calibration = binary.task.calibration._replace(thresholds=(threshold,))
        run = replace(binary, task=replace(binary.task, calibration=calibration))
        out = predict(run, scene, tmp_path / f"{threshold}.tif", stride=8, probabilities="float32")
        with rasterio.open(out) as said, rasterio.open(out.with_stem(f"{out.stem}-probabilities")) as shares:
            classes, probability = said.read(1, masked=True), shares.read(2, masked=True)
        assert ((classes == 7) == (probability >= threshold)).all()
        given.append(int((classes == 7).sum()))
    assert given[0] > given[1] > given[2] == 0


def test_the_file_tells_its_calibration(binary: Run) -> None:
    assert binary.source is not None
    with safe_open(binary.source, "pt") as file:
        about = json.loads(file.metadata()["calibration"])
    assert about == {
        "temperature": binary.task.calibration.temperature, "thresholds": list(binary.task.calibration.thresholds),
    }  # fmt: skip
