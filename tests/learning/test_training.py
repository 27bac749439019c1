from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from convista import language
from convista.errors import ConvistaError
from convista.learning import Run, blocks_of, evaluate, open_run, train
from convista.learning.data.sampler import Sampler
from convista.learning.data.scene_samples import SceneSamples
from convista.learning.fitting.recipe import Recipe
from convista.learning.scores.evaluation import scores_of
from convista.learning.tasks.label_rule import LabelRule
from convista.scenes import open_scene

QUICK: dict[str, Any] = {"epochs": 3, "epoch_samples": 1024, "batch": 64, "options": {"width": 1}}
LONGER = {**QUICK, "epochs": 4, "epoch_samples": 4096}


@pytest.fixture(scope="module")
def trained(land: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("run")
    run = train(open_scene(land[0], bands=["red", "nir"]), labels=land[1], out=out, **LONGER)
    again = open_run(out)
    assert again.record == json.loads(json.dumps(run.record))
    return again


def test_it_learns_and_says_how_well(trained: Run) -> None:
    report = trained.record["report"]
    assert report["accuracy"] > 0.7 > report["baselines"]["majority"]["accuracy"]
    assert report["samples"] == sum(c["support"] for c in report["per_class"]) == np.sum(report["confusion"])
    assert report["part"] == "test"
    assert [c["value"] for c in report["per_class"]] == [1, 2, 7]
    assert report["split"]["kind"] == "blocks"
    assert report["split"]["gap"] == 30
    assert report["parts"]["test"]["samples"] == report["samples"]
    assert len(trained.record["epochs"]) == 4
    assert trained.band_names == ("red", "nir")
    assert not trained.network.training


def test_the_score_can_be_had_again(trained: Run, land: tuple[Path, Path]) -> None:
    scene = open_scene(land[0], bands=["red", "nir"])
    assert evaluate(trained, scene, labels=land[1]) == trained.record["report"]
    assert evaluate(trained, scene, labels=land[1], part="validation")["samples"] > 0
    with pytest.raises(ConvistaError, match=r"There is no part 'dev'\. The parts are train, validation and test\."):
        evaluate(trained, scene, labels=land[1], part="dev")


def test_blocks_of_a_part(trained: Run) -> None:
    blocks = blocks_of(trained, "test")
    assert len(blocks) == trained.record["split"]["blocks"]["test"]
    assert len(set(blocks)) == len(blocks)
    assert not set(blocks) & set(blocks_of(trained, "train"))


@pytest.mark.slow
def test_the_same_seed_gives_the_same_run(land: tuple[Path, Path]) -> None:
    scene, state = open_scene(land[0]), torch.random.get_rng_state()
    recipe = {**QUICK, "epochs": 1, "epoch_samples": 256}
    runs = [train(scene, labels=land[1], seed=seed, **recipe) for seed in (1, 1, 2)]
    weights = [torch.cat([p.flatten() for p in run.network.parameters()]) for run in runs]
    assert (weights[0] == weights[1]).all()
    assert (weights[0] != weights[2]).any()
    assert runs[0].record["split"] == runs[2].record["split"]
    assert (torch.random.get_rng_state() == state).all()


@pytest.mark.slow
def test_a_batch_of_one_is_refused_where_nothing_can_be_learned_from_it(land: tuple[Path, Path]) -> None:
    scene = open_scene(land[0])
    few: dict[str, Any] = {"labels": land[1], "epochs": 1, "epoch_samples": 4}
    message = r"a single patch, and the network cannot learn from one: Expected more than 1 value .*--set batch=8"
    with pytest.raises(ConvistaError, match=message):
        train(scene, "resnet18", batch=1, **few)
    assert train(scene, "resnet18", batch=2, **few).record["epochs"]
    assert train(scene, "lenet", batch=1, options={"width": 1}, **few).record["epochs"]


def test_images_are_learned_too(images: Path) -> None:
    told: set[str] = set()

    def note(stage: str, done: int, total: int, /, **numbers: float) -> None:
        assert 0 < done <= total
        told.add(stage)

    run = train(images, epochs=8, batch=8, progress=note)
    assert run.record["report"]["accuracy"] > 0.8
    assert run.band_names == ("red", "green", "blue")
    assert evaluate(run, images) == run.record["report"]
    assert told == {"read", "train", "evaluate"}
    with pytest.raises(ConvistaError, match="trained on images"):
        blocks_of(run, "test")


@pytest.mark.slow
def test_the_best_epoch_is_kept(land: tuple[Path, Path]) -> None:
    run = train(open_scene(land[0]), labels=land[1], **QUICK)
    samples = SceneSamples(open_scene(land[0]), land[1])
    (score,) = scores_of(run.end_to_end, [samples.task], samples, "validation")
    epochs = run.record["epochs"]
    best = max(epochs, key=lambda e: e["accuracy"] + e["macro_f1"])
    assert run.record["best_epoch"] == best["epoch"]
    assert score.told["accuracy"] == pytest.approx(best["accuracy"])


@pytest.mark.slow
def test_a_watch_sees_the_network_before_and_after_every_epoch(land: tuple[Path, Path]) -> None:
    seen: dict[int, torch.Tensor] = {}

    def watch(epoch: int, network: torch.nn.Module) -> None:
        seen[epoch] = network.state_dict()["conv1.weight"].clone()

    run = train(open_scene(land[0]), labels=land[1], watch=watch, **QUICK)
    assert list(seen) == [0, 1, 2, 3]
    assert not torch.equal(seen[0], seen[1])
    assert torch.equal(run.network.state_dict()["conv1.weight"], seen[run.record["best_epoch"]])


def test_an_interruption_keeps_the_best_or_leaves_nothing(land: tuple[Path, Path], tmp_path: Path) -> None:
    def interrupt(after: int) -> Any:
        def stop(stage: str, done: int, total: int, /, **numbers: float) -> None:
            if stage == "train" and done > after:
                raise KeyboardInterrupt

        return stop

    with pytest.raises(KeyboardInterrupt):
        train(open_scene(land[0]), labels=land[1], out=tmp_path, progress=interrupt(3), **QUICK)
    assert list(tmp_path.iterdir()) == []
    run = train(open_scene(land[0]), labels=land[1], out=tmp_path, progress=interrupt(20), **QUICK)
    assert run.record["interrupted"]
    assert len(run.record["epochs"]) == 1
    assert open_run(tmp_path).record["best_epoch"] == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "task", "options"),
    [
        ("lenet", "binary", {"positive": "7"}),
        ("lenet", "regression", {}),
        ("unet", "segmentation", {}),
        ("unet", "regression", {}),
    ],
)
def test_every_task_is_learned_saved_and_scored_again(
    model: str, task: str, options: dict[str, Any], land: tuple[Path, Path], tmp_path: Path
) -> None:
    size = {"width": 8, "depth": 2} if model == "unet" else {"width": 1}
    recipe: dict[str, Any] = {"epochs": 4, "epoch_samples": 512, "batch": 32, "options": size, "patch": 16}
    labels = land[0].with_name("values.tif") if task == "regression" else land[1]
    run = train(open_scene(land[0]), model, labels=labels, task=task, out=tmp_path, **options, **recipe)
    report = run.record["report"]
    measure = "r2" if task == "regression" else "macro_f1"
    assert report[measure] > report["baselines"]["majority"][measure] + 0.2
    low, high = report["interval"][measure]
    assert low <= report[measure] <= high
    again = open_run(tmp_path)
    assert (again.task.name, again.task) == (task, run.task)
    assert evaluate(again, open_scene(land[0]), labels=labels) == report
    answers = again.answers(torch.zeros(1, 2, 16, 16))
    assert answers.shape[2:] == ((16, 16) if model == "unet" else ())
    if task == "regression":
        assert run.task.target is not None
        assert abs(float(answers.detach().mean()) - run.task.target.mean) < 3 * run.task.target.std


@pytest.mark.slow
def test_several_labels_are_learned(raster: Callable[..., Path]) -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat(np.repeat(rng.choice([1, 2, 7], (5, 5)), 24, 0), 24, 1).astype(np.uint8)
    scene = raster("s.tif", (100 * labels[None] + rng.normal(0, 20, (1, *labels.shape))).astype(np.float32))
    recipe: dict[str, Any] = {"epochs": 6, "epoch_samples": 1024, "batch": 32, "options": {"width": 1}}
    run = train(open_scene(scene), labels=raster("l.tif", labels[None], 255), task="multilabel", block=24, **recipe)
    report = run.record["report"]
    assert report["macro_f1"] > report["baselines"]["majority"]["macro_f1"] + 0.1
    assert report["samples"] == 3 * report["parts"]["test"]["samples"]


def test_rare_classes_are_drawn_oftener_and_nothing_twice_before_all(land: tuple[Path, Path]) -> None:
    samples = SceneSamples(open_scene(land[0]), land[1])
    kept = samples.parts["train"]
    rare = np.flatnonzero(samples.strata[kept] == 0)[10:]
    samples.parts["train"] = np.delete(kept, rare)
    sampler = Sampler(samples, Recipe(epoch_samples=1000, batch=100), np.random.default_rng(0))
    batches = sampler.epoch()
    assert [len(b) for b in batches] == [100] * 10
    drawn = np.concatenate(batches)
    often = np.bincount(samples.strata[drawn])
    share = np.sqrt(np.bincount(samples.strata[samples.parts["train"]]))
    assert often / 1000 == pytest.approx(share / share.sum(), abs=0.05)
    each = np.unique(drawn[samples.strata[drawn] == 0], return_counts=True)[1]
    assert len(each) == 10
    assert each.max() - each.min() <= 1
    assert np.unique(drawn[samples.strata[drawn] == 1], return_counts=True)[1].max() == 1


def test_what_patches_of_pixels_show_is_known_beforehand(land: tuple[Path, Path]) -> None:
    samples = SceneSamples(open_scene(land[0]), land[1], patch=12, rule=LabelRule.PIXELS)
    train = samples.parts["train"]
    rare = samples.strata[train] == 0
    samples.parts["train"] = np.concatenate([train[~rare], train[rare][:40]])
    recipe = Recipe(epoch_samples=2000, sampling_power=0.5, prior_power=0.5)
    sampler = Sampler(samples, recipe, np.random.default_rng(0))
    seen = samples.targets(np.concatenate(sampler.epoch()))
    shown = np.bincount(seen[seen >= 0]) / (seen >= 0).sum()
    answered = np.sqrt(np.bincount(samples.strata[samples.parts["train"]]))
    answered /= answered.sum()
    assert shown[0] > 1.5 * answered[0]  # drawn as rarely as it should be said, it comes along with the others
    assert np.exp(sampler.logit_shift) == pytest.approx(shown / answered, rel=0.2)  # known from a sample


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"precision": "double"}, "precision cannot be “double”. Choose one of these: auto, 32-true, 64-true"),
        ({"device": "tpu"}, "device cannot be “tpu”. Choose one of these: auto, cpu, cuda, gpu, mps."),
        (
            {"epoch": 3},
            r"no number 'epoch' \(epochs\?\)\. It has: epochs, epoch_samples, batch, optimizer, learning_rate",
        ),
        ({"rate": 0.1}, r"Training has no number 'rate' \(learning_rate\?\)\. It has: epochs"),
        ({"draw": 1}, r"Training has no number 'draw' \(sampling_power\?\)\. It has: epochs"),
        ({"answer": 1}, r"Training has no number 'answer' \(prior_power\?\)\. It has: epochs"),
        ({"average": 0.9}, r"Training has no number 'average' \(ema_decay\?\)\. It has: epochs"),
        ({"epochs": 0}, "The number 'epochs' is 0 and must be greater than 0."),
        ({"model": "lnet"}, "did you mean 'lenet'"),
        (
            {"model": "unet", "label_rule": "centre"},
            "The model “unet” answers for every pixel, and the label rule “centre” asks once a patch",
        ),
        (
            {"task": "segmentation", "label_rule": "pixels"},
            "The model “lenet” answers once a patch, and the label rule “pixels” asks for every pixel",
        ),
        ({"patch": 8}, "LeNet cannot take patches of 8×8"),
        (
            {"block": 16, "patch": 64},
            "The training part is left without patches of 64×64: none fits clear of the other blocks",
        ),
        ({"labels": None}, "is not a folder of classes, and a scene is learned from labels"),
        ({"lists": {"train": "t"}}, "Lists split images, and a scene is split by blocks"),
        (
            {"learning_rate": 1e30, **QUICK},
            r"In epoch 1 the loss ceased to be a finite number: the learning rate \(1e\+30\)",
        ),
    ],
)
def test_mistakes_are_told(land: tuple[Path, Path], arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ConvistaError, match=message):
        train(open_scene(land[0]), **{"labels": land[1], **arguments})


def test_images_have_their_size(images: Path) -> None:
    with pytest.raises(ConvistaError, match="The images are patches of 16×16 and 32 was asked for"):
        train(images, patch=32)


@pytest.mark.slow
def test_zion_beats_a_random_forest() -> None:
    folder = Path(__file__).parents[2].parent / "shared" / "data" / "zion"
    if not folder.is_dir():
        pytest.skip("the real scene is not on this machine")
    scene = open_scene(folder / "landsat8.tif", bands=["blue", "green", "red", "nir"])
    # A third of the usual epochs are enough; the demo of tests/cli is held to the same with all of them.
    report = train(scene, labels=folder / "landcover.tif", epochs=4).record["report"]
    assert report["accuracy"] >= 0.76
    assert report["macro_f1"] >= 0.42


def test_a_failed_training_leaves_no_folder(land: tuple[Path, Path], tmp_path: Path) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    scene, out = open_scene(land[0]), tmp_path / "a" / "b"
    with pytest.raises(ConvistaError):
        train(scene, labels=land[1], patch=1000, out=out)
    with pytest.raises(KeyboardInterrupt):
        train(scene, labels=land[1], out=out, progress=interrupt, **QUICK)
    assert list(tmp_path.iterdir()) == []
    out.parent.mkdir()
    with pytest.raises(ConvistaError):
        train(scene, labels=land[1], patch=1000, out=out)
    assert list(tmp_path.iterdir()) == [out.parent]


def test_a_target_that_is_a_folder_is_found_at_once(land: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").mkdir()
    with pytest.raises(ConvistaError) as error:
        train(land[0].with_name("none.tif"), labels=land[1], out=tmp_path)
    assert error.value.key == "learning.runs.run_is_folder"


def test_a_trained_run_knows_its_file(land: tuple[Path, Path], tmp_path: Path) -> None:
    recipe = {**QUICK, "epochs": 1, "epoch_samples": 64}
    run = train(open_scene(land[0]), labels=land[1], out=tmp_path, **recipe)
    assert run.source == tmp_path / "model.safetensors"
    assert train(open_scene(land[0]), labels=land[1], **recipe).source is None


def test_parts_have_names_in_both_languages(land: tuple[Path, Path]) -> None:
    with pytest.raises(ConvistaError) as error:
        train(open_scene(land[0]), labels=land[1], block=16, patch=64)
    assert str(error.value).startswith("The training part is left without patches of 64×64: none fits")
    language.use("es")
    with pytest.raises(ConvistaError) as error:
        train(open_scene(land[0]), labels=land[1], block=16, patch=64)
    assert str(error.value).startswith("La parte de entrenamiento se queda sin parches de 64×64: ninguno cabe")
