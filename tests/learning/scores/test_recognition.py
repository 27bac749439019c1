"""A run is scored on a part of the data of its training, wherever they lie, and on all of others."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from shutil import copy, copytree
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from PIL import Image

from convista.errors import ConvistaError
from convista.learning import Run, evaluate, train
from convista.learning.scores.metrics import confusion_matrix
from convista.learning.scores.scoring import ClassScore, LabelScore
from convista.learning.tasks.prediction import ExclusiveProbabilities, IndependentProbabilities
from convista.scenes import ClassInfo, open_labels, open_scene

QUICK: dict[str, Any] = {"epochs": 3, "epoch_samples": 1024, "batch": 64, "options": {"width": 1}}
LONGER = {**QUICK, "epochs": 4, "epoch_samples": 4096}


def place(
    folder: Path, name: str, labels: NDArray[np.uint8], seed: int = 1, east: float = 0, crs: str = "EPSG:32630"
) -> tuple[Path, Path]:
    """A scene whose brightness is a hundred times the class, as that of `land`, and its labels."""
    rng = np.random.default_rng(seed)
    shades = np.array([1, 2])[:, None, None]
    imagery = (1000 + 100 * labels[None] * shades + rng.normal(0, 30, (2, *labels.shape))).astype(np.uint16)
    files = folder / f"{name}.tif", folder / f"{name}-labels.tif"
    for file, values, nodata in zip(files, (imagery, labels[None]), (65535, 255), strict=True):
        with rasterio.open(
            file, "w", driver="GTiff", count=len(values), height=labels.shape[0], width=labels.shape[1],
            dtype=values.dtype, crs=crs, transform=Affine(30, 0, 500_000 + east, 0, -30, 4_000_000), nodata=nodata,
        ) as raster:  # fmt: skip
            raster.write(values)
    return files


def mosaic(classes: list[int], shape: tuple[int, int] = (20, 16), seed: int = 7) -> NDArray[np.uint8]:
    """Squares of 16×16 pixels, each of one class; the shape is in halves of them."""
    drawn = np.random.default_rng(seed).choice(classes, (shape[0] // 2, shape[1] // 2))
    return np.repeat(np.repeat(drawn, 16, 0), 16, 1).astype(np.uint8)


@pytest.fixture(scope="module")
def run(land: tuple[Path, Path]) -> Run:
    return train(open_scene(land[0]), labels=open_labels(land[1], ["wood", "water", "town"]), **LONGER)


def old(run: Run) -> Run:
    """A run as it was written before it kept what its data are recognised by."""
    kept = {name: value for name, value in run.record.items() if name not in {"data", "baselines", "others"}}
    return replace(run, record=kept)


def test_a_copy_is_the_scene_of_the_training(run: Run, land: tuple[Path, Path], tmp_path: Path) -> None:
    scene = copy(land[0], tmp_path / "copy.tif")
    named = open_labels(land[1], ["wood", "water", "town"])
    assert evaluate(run, scene, labels=named) == run.record["report"]
    assert evaluate(old(run), scene, labels=named) == run.record["report"]
    assert evaluate(run, scene, labels=named, part="train")["part"] == "train"
    with pytest.raises(
        ConvistaError, match="These data are those of the training, and were said to be independent"
    ):
        evaluate(run, scene, labels=named, independent=True)


def test_another_scene_of_the_same_shape_is_scored_as_a_whole(run: Run, tmp_path: Path) -> None:
    classes = mosaic([1, 2, 7])
    scene, labels = place(tmp_path, "other", classes)
    named = open_labels(labels, ["wood", "water", "town"])
    report = evaluate(run, scene, labels=named)
    assert (report["part"], report["independent"]) == ("all", True)
    assert report["samples"] == classes.size == report["parts"]["all"]["samples"]
    assert report["overlap"] == 1  # the same ground
    assert report["accuracy"] > 0.8
    low, high = report["interval"]["accuracy"]
    assert low < report["accuracy"] < high
    # The baselines were fitted in the training: always the same is the class that was commonest there.
    counts = run.record["report"]["parts"]["train"]["per_class"]
    commonest = {"wood": 1, "water": 2, "town": 7}[max(counts, key=counts.__getitem__)]
    assert report["baselines"]["majority"]["accuracy"] == pytest.approx((classes == commonest).mean())
    assert json.loads(json.dumps(report)) == report
    with pytest.raises(
        ConvistaError, match=r"The part 'validation' was asked for, but these data are not those of"
    ):
        evaluate(run, scene, labels=named, part="validation")


@pytest.mark.slow
def test_a_run_of_an_earlier_version_asks_where_it_cannot_tell(run: Run, tmp_path: Path) -> None:
    scene, labels = place(tmp_path, "other", mosaic([1, 2, 7]))
    named = open_labels(labels, ["wood", "water", "town"])
    with pytest.raises(
        ConvistaError, match=r"other has that one's size but other values or labels\. Say what it is"
    ):
        evaluate(old(run), scene, labels=named)
    report = evaluate(old(run), scene, labels=named, independent=True)
    assert (report["part"], report["assumed"], report["baselines"]) == ("all", True, {})
    assert evaluate(old(run), scene, labels=named, part="test")["part"] == "test"
    smaller, labels = place(tmp_path, "smaller", mosaic([1, 2, 7], (8, 10)))
    report = evaluate(old(run), smaller, labels=open_labels(labels, ["wood", "water", "town"]))
    assert (report["samples"], report["assumed"]) == (64 * 80, True)


@pytest.mark.slow
def test_pieces_of_the_training_are_never_scored(tmp_path: Path) -> None:
    classes = mosaic([1, 2, 7], (20, 32))
    whole = place(tmp_path, "whole", classes)
    half = []
    for file in whole:
        with rasterio.open(file) as raster:
            values, profile = raster.read()[:, :, :128], raster.profile
        half.append(file.with_name(f"half-{file.name}"))
        with rasterio.open(half[-1], "w", **{**profile, "width": 128}) as raster:
            raster.write(values)
    run = train(open_scene(half[0]), labels=half[1], **QUICK)
    report = evaluate(run, whole[0], labels=whole[1])
    assert report["shared"] == 0.5
    # What is left has its patch of 16 clear of the first 128 columns: its centre is at 136 or beyond.
    assert report["samples"] == 160 * (256 - 136)
    run = train(open_scene(whole[0]), labels=whole[1], **QUICK)
    with pytest.raises(ConvistaError, match="half-whole is a piece of the scene of the training"):
        evaluate(run, half[0], labels=half[1])


@pytest.mark.slow
def test_classes_are_matched_by_name_not_by_what_occurs(run: Run, tmp_path: Path) -> None:
    classes = mosaic([2, 7])
    scene, labels = place(tmp_path, "fewer", classes, east=9000)
    report = evaluate(run, scene, labels=open_labels(labels, {2: "water", 7: "town"}))
    assert report["accuracy"] > 0.8
    assert [(one["name"], one["support"]) for one in report["per_class"]] == [
        ("wood", 0),
        ("water", (classes == 2).sum()),
        ("town", (classes == 7).sum()),
    ]
    assert report["averaged_over"] == {"classes": 2, "all": 3, "absent": ["wood"]}
    assert report["macro_f1"] == pytest.approx(np.mean([one["f1"] for one in report["per_class"][1:]]))
    assert report["mean_iou"] == pytest.approx(np.mean([one["iou"] for one in report["per_class"][1:]]))
    swapped = place(tmp_path, "swapped", np.where(classes == 2, 7, 2).astype(np.uint8), east=9000)[1]
    assert evaluate(run, scene, labels=open_labels(swapped, {7: "Water", 2: "TOWN"})) == report


@pytest.mark.slow
def test_one_class_alone_can_be_scored(run: Run, tmp_path: Path) -> None:
    scene, labels = place(tmp_path, "town", mosaic([7]), east=9000)
    report = evaluate(run, scene, labels=open_labels(labels, ["town"]))
    assert report["accuracy"] > 0.8
    assert report["averaged_over"]["absent"] == ["wood", "water"]


@pytest.mark.slow
def test_classes_that_the_run_does_not_know_are_counted_apart(run: Run, tmp_path: Path) -> None:
    classes = mosaic([1, 2, 3, 7])
    scene, labels = place(tmp_path, "more", classes, east=9000)
    report = evaluate(run, scene, labels=open_labels(labels, ["wood", "water", "ice", "town"]))
    known = int((classes != 3).sum())
    assert report["unknown_classes"] == [{"value": 3, "name": "ice", "samples": classes.size - known}]
    assert report["samples"] == known == np.sum(report["confusion"])
    assert report["accuracy"] > 0.8
    with pytest.raises(
        ConvistaError, match=r"No class of the data \(a, b, c, d\) is one of the model's \(wood, water"
    ):
        evaluate(run, scene, labels=open_labels(labels, ["a", "b", "c", "d"]))
    with pytest.raises(ConvistaError, match=r"\(1, 2, 3, 7\) and the others \(wood, water, town\) some have names"):
        evaluate(run, scene, labels=labels)


@pytest.mark.slow
@pytest.mark.parametrize(("model", "rule"), [("lenet", "majority"), ("unet", "pixels")])
def test_unknown_classes_of_patches_and_pixels(
    model: str, rule: str, land: tuple[Path, Path], tmp_path: Path
) -> None:
    asked = QUICK | ({"options": {"width": 4, "depth": 2}, "patch": 16} if model == "unet" else {})
    run = train(open_scene(land[0]), model, labels=land[1], label_rule=rule, **asked)
    classes = mosaic([1, 3, 7])
    scene, labels = place(tmp_path, "more", classes, east=9000)
    report = evaluate(run, scene, labels=labels)
    (apart,) = report["unknown_classes"]
    assert apart["name"] == "3"
    assert report["averaged_over"]["absent"] == ["2"]
    assert report["samples"] + apart["samples"] == pytest.approx(classes.size, rel=0.02 if rule == "pixels" else 0)
    if rule == "pixels":
        assert apart["samples"] == (classes == 3).sum()


@pytest.mark.slow
def test_one_class_told_from_all_others(land: tuple[Path, Path], tmp_path: Path) -> None:
    run = train(open_scene(land[0]), labels=land[1], task="binary", positive="7", **QUICK)
    assert run.record["others"] == [(1, "1"), (2, "2")]
    scene, labels = place(tmp_path, "none", mosaic([1, 2]), east=9000)
    report = evaluate(run, scene, labels=labels)  # none of it is a 7, which is an answer too
    assert [one["support"] for one in report["per_class"]] == [160 * 128, 0]
    scene, labels = place(tmp_path, "new", mosaic([3, 7]), east=9000)
    report = evaluate(run, scene, labels=labels)  # what is no 7 is among the others, whatever it is
    assert [one["name"] for one in report["per_class"]] == ["no 7", "7"]
    assert report["accuracy"] > 0.9
    scene, labels = place(tmp_path, "named", mosaic([1, 3]), east=9000)
    with pytest.raises(ConvistaError, match=r"There is no class “7” in the labels. They have: ice, fog."):
        evaluate(run, scene, labels=open_labels(labels, ["ice", "fog"]))


def values(path: Path, classes: NDArray[Any], unit: str | None, east: float) -> Path:
    with rasterio.open(
        path, "w", driver="GTiff", count=1, height=160, width=128, dtype="float32", crs="EPSG:32630",
        transform=Affine(30, 0, 500_000 + east, 0, -30, 4_000_000), nodata=np.nan,
    ) as file:  # fmt: skip
        file.write(10 * classes.astype(np.float32), 1)
        if unit:
            file.set_band_unit(1, unit)
    return path


@pytest.fixture(scope="module")
def of_metres(land: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Run:
    with rasterio.open(land[1]) as file:
        known = np.where(file.read(1) == 255, np.nan, file.read(1))
    labels = values(tmp_path_factory.mktemp("metres") / "t.tif", known, "m", 0)
    return train(open_scene(land[0]), labels=labels, task="regression", **LONGER)


@pytest.mark.parametrize("unit", [None, "m", "ft"])
def test_values_elsewhere_are_in_the_units_of_the_training(
    unit: str | None, of_metres: Run, tmp_path: Path
) -> None:
    run, classes = of_metres, mosaic([2, 7])
    scene, _ = place(tmp_path, "other", classes, east=9000)
    there = values(tmp_path / "v.tif", classes, unit, 9000)
    if unit == "ft":
        with pytest.raises(ConvistaError, match="The values of other are in ft and the model learned them in m"):
            evaluate(run, scene, labels=there)
        return
    report = evaluate(run, scene, labels=there)
    assert report["part"] == "all"
    assert report["rmse"] < 0.5 * report["baselines"]["majority"]["rmse"]
    assert run.task.target is not None
    # Always what the training says; fitted on the new values, it would be theirs.
    ((always,),) = run.record["baselines"]["weights"]["majority"]
    error = run.task.target.restore(np.array(always)) - 10.0 * classes
    assert report["baselines"]["majority"]["rmse"] == pytest.approx(np.sqrt((error**2).mean()))


@pytest.mark.slow
def test_several_scenes_in_any_order_and_beside_a_new_one(land: tuple[Path, Path], tmp_path: Path) -> None:
    second = place(tmp_path, "second", mosaic([1, 2, 7], seed=3), east=9000)
    run = train([land[0], second[0]], labels=[land[1], second[1]], **QUICK)
    report = run.record["report"]
    assert evaluate(run, [land[0], second[0]], labels=[land[1], second[1]]) == report
    turned = evaluate(run, [second[0], land[0]], labels=[second[1], land[1]])
    assert [turned[name] for name in ("samples", "accuracy", "confusion", "parts")] == [
        report[name] for name in ("samples", "accuracy", "confusion", "parts")
    ]
    one, other = (evaluate(run, *pair[:1], labels=pair[1]) for pair in (land, second))
    assert one["samples"] + other["samples"] == report["samples"]
    assert not one["independent"]
    new = place(tmp_path, "new", mosaic([1, 2, 7], seed=4), east=20_000)
    alone = evaluate(run, new[0], labels=new[1])
    assert (alone["part"], alone["samples"]) == ("all", 160 * 128)
    both = evaluate(run, [new[0], land[0]], labels=[new[1], land[1]])
    assert both["samples"] == alone["samples"] + one["samples"]
    assert both["independent"] is False
    assert both["scenes"] == [{"scene": "new", "independent": True}, {"scene": "scene", "independent": False}]
    with pytest.raises(ConvistaError, match="part 'train' was asked for, but these data"):
        evaluate(run, [new[0], land[0]], labels=[new[1], land[1]], part="train")


@pytest.mark.slow
def test_two_dates_of_one_place_are_both_of_the_training(tmp_path: Path) -> None:
    dates = [place(tmp_path, str(seed), mosaic([1, 2, 7]), seed=seed) for seed in (1, 2)]
    scenes, labels = map(list, zip(*dates, strict=True))
    run = train(scenes, labels=labels, **QUICK)
    assert evaluate(run, scenes, labels=labels) == run.record["report"]
    assert "overlap" not in evaluate(run, scenes[0], labels=labels[0])


@pytest.mark.slow
def test_several_files_of_polygons_are_numbered_together(tmp_path: Path) -> None:
    """Two files of drawn classes, of which one is in both: it had two numbers, and another name had one of them."""

    def drawn(path: Path, names: dict[int, str], classes: NDArray[np.uint8], east: float) -> Path:
        shapes = []
        for row, column in np.ndindex(classes.shape[0] // 8, classes.shape[1] // 8):
            west, north = 500_000 + east + 240 * column, 4_000_000 - 240 * row
            ring = [
                [west, north],
                [west + 240, north],
                [west + 240, north - 240],
                [west, north - 240],
                [west, north],
            ]
            name = names[int(classes[8 * row, 8 * column])]
            geometry = {"type": "Polygon", "coordinates": [ring]}
            shapes.append({"type": "Feature", "properties": {"cover": name}, "geometry": geometry})
        crs = {"type": "name", "properties": {"name": "EPSG:32630"}}
        path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": shapes}))
        return path

    names = {1: "forest", 2: "water", 7: "soil"}
    pairs = []
    for number, own in enumerate(([1, 2], [7, 2])):
        classes = mosaic(own, seed=number)
        scene, _ = place(tmp_path, f"s{number}", classes, east=9000 * number)
        pairs.append((scene, drawn(tmp_path / f"{number}.geojson", names, classes, 9000 * number)))
    run = train([pair[0] for pair in pairs], labels=[pair[1] for pair in pairs], **LONGER)
    assert [(c.value, c.name) for c in run.classes] == [(1, "forest"), (2, "soil"), (3, "water")]
    assert run.record["report"]["accuracy"] > 0.7
    for pair, absent in zip(pairs, ("soil", "forest"), strict=True):
        report = evaluate(run, pair[0], labels=pair[1])
        assert report["averaged_over"]["absent"] == [absent]
        assert report["accuracy"] > 0.7


def picture(path: Path, level: int, seed: int, size: int = 16) -> None:
    values = np.random.default_rng(seed).normal(level, 20, (size, size, 3))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).save(path)


@pytest.fixture(scope="module")
def of_images(images: Path) -> Run:
    return train(images, epochs=8, batch=8)


def test_a_folder_is_known_by_its_images(of_images: Run, images: Path, tmp_path: Path) -> None:
    report = of_images.record["report"]
    copied = Path(copytree(images, tmp_path / "copy"))
    assert evaluate(of_images, copied) == report == evaluate(old(of_images), copied)
    for file in sorted(copied.glob("*/*.png")):
        file.rename(file.with_name(f"renamed-{39 - int(file.stem):02}.png"))
    renamed = evaluate(of_images, copied)
    assert not renamed["independent"]
    assert (renamed["samples"], renamed["accuracy"]) == (report["samples"], report["accuracy"])


def test_another_folder_is_scored_as_a_whole(of_images: Run, tmp_path: Path) -> None:
    for number in range(20):  # the same names as those of the training
        picture(tmp_path / "set" / "bright" / f"{number:02}.png", 180, 100 + number)
        picture(tmp_path / "set" / "dark" / f"{number:02}.png", 60, 200 + number)
    report = evaluate(of_images, tmp_path / "set")
    assert (report["part"], report["samples"], report["independent"]) == ("all", 40, True)
    assert report["accuracy"] > 0.8
    unsure = evaluate(old(of_images), tmp_path / "set")
    assert (unsure["samples"], unsure["assumed"]) == (40, True)
    for number in range(3):
        picture(tmp_path / "set" / "grey" / f"{number}.png", 120, number)
    report = evaluate(of_images, tmp_path / "set")
    assert [(one["name"], one["samples"]) for one in report["unknown_classes"]] == [("grey", 3)]
    assert report["samples"] == 40
    with pytest.raises(ConvistaError, match="The part 'test' was asked for, but these data are not those of"):
        evaluate(of_images, tmp_path / "set", part="test")


def test_a_folder_of_one_class_and_those_that_do_not_go_with_the_run(
    of_images: Run, images: Path, run: Run, land: tuple[Path, Path], tmp_path: Path
) -> None:
    for number in range(5):
        picture(tmp_path / "one" / "Dark" / f"{number}.png", 60, number)
        picture(tmp_path / "large" / "dark" / f"{number}.png", 60, number, size=20)
    report = evaluate(of_images, tmp_path / "one")
    assert report["averaged_over"] == {"classes": 1, "all": 2, "absent": ["bright"]}
    with pytest.raises(
        ConvistaError, match="The images have 20×20 pixels and the model learned from others of 16×16"
    ):
        evaluate(of_images, tmp_path / "large")
    learned = int(np.flatnonzero([digit == "0" for digit in of_images.record["split"]["assignment"]])[0])
    copy(sorted(images.glob("*/*.png"))[learned], tmp_path / "one" / "Dark" / "seen.png")
    with pytest.raises(ConvistaError, match=r"learned from 1 of the 6 images \(the first, .*seen\.png\)"):
        evaluate(of_images, tmp_path / "one")
    with pytest.raises(
        ConvistaError, match="trained on images, one class each: scoring it takes a folder of classes"
    ):
        evaluate(of_images, land[0], labels=land[1])
    with pytest.raises(ConvistaError, match="trained on scenes: scoring it takes a scene with its labels"):
        evaluate(run, images)
    with pytest.raises(ConvistaError, match="is for folders of images, and this is a scene"):
        evaluate(run, land[0], labels=land[1], skip_bad=True)


def test_a_scene_is_looked_at_as_the_run_wants_it(run: Run, land: tuple[Path, Path]) -> None:
    with pytest.raises(
        ConvistaError, match="is from landsat-8, and the scene that the model was trained on does not"
    ):
        evaluate(run, open_scene(land[0], sensor="landsat-8"), labels=land[1])


@pytest.mark.slow
def test_the_report_and_its_pictures_are_written(run: Run, tmp_path: Path) -> None:
    scene, labels = place(tmp_path, "fewer", mosaic([2, 7]), east=9000)
    out = tmp_path / "a" / "report"
    report = evaluate(run, scene, labels=open_labels(labels, ["water", "town"]), out=out)
    assert json.loads((out / "report.json").read_text()) == report
    assert {path.name for path in out.iterdir()} == {
        "report.json",
        "confusion.png",
        "reliability.png",
        "mistakes.png",
    }
    (tmp_path / "model.safetensors").touch()
    with pytest.raises(ConvistaError, match="holds a run, and its pictures are those of its training"):
        evaluate(run, scene, labels=labels, out=tmp_path)


def test_a_position_beyond_the_classes_never_falls_into_another_cell() -> None:
    classes = tuple(ClassInfo(n, str(n), (0, 0, 0)) for n in range(3))
    with pytest.raises(ValueError, match="of 3 classes"):
        ClassScore(ExclusiveProbabilities(classes)).add(np.ones((2, 3)) / 3, np.array([0, 3]), np.arange(2))
    with pytest.raises(ValueError, match="of 3 classes"):
        LabelScore(IndependentProbabilities(classes)).add(np.ones((2, 3)), np.ones((2, 4)), np.arange(2))
    for reference, predicted in (([0, 3], [0, 0]), ([0, 0], [0, 3]), ([-1, 0], [0, 0])):
        with pytest.raises(ValueError, match="of 3 classes"):
            confusion_matrix(np.array(reference), np.array(predicted), 3)
