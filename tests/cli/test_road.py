"""train, info, predict and explain, one after the other, as a person would call them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine

from convista.cli.output.progress import Lines
from convista.learning import open_run
from convista.learning.tasks.registry import task_named
from convista.learning.tasks.segmentation import Segmentation
from convista.learning.tasks.target import Target
from convista.models import create_model
from tests.cli.workshop import Workshop, convista

Capture = pytest.CaptureFixture[str]


def centre(path: Path) -> str:
    with rasterio.open(path) as scene:
        x, y = scene.xy(scene.height // 2, scene.width // 2)
    return f"{x},{y}"


def test_training_leaves_the_run_its_log_and_pictures(workshop: Workshop) -> None:
    pictures = {"curves.png", "confusion.png", "reliability.png", "mistakes.png"}
    assert {path.name for path in workshop.run.iterdir()} == {"model.safetensors", "log.csv", *pictures}


def test_info_of_a_scene(workshop: Workshop, capsys: Capture) -> None:
    facts = json.loads(convista(capsys, "info", workshop.scene, "--json").out)
    assert (facts["rows"], facts["columns"]) == (192, 160)
    assert [band["name"] for band in facts["bands"]][:4] == ["blue", "green", "red", "nir"]
    assert facts["bands"][0]["scale"] == 0.0001
    text = convista(capsys, "info", workshop.scene).out
    assert text.splitlines()[1].split() == ["rows", "192"]


def test_info_of_a_run(workshop: Workshop, capsys: Capture) -> None:
    facts = json.loads(convista(capsys, "info", workshop.run, "--json").out)
    assert facts["model"] == "lenet"
    assert "water" in {entry["name"] for entry in facts["classes"]}
    assert "lenet" in convista(capsys, "info", workshop.run / "model.safetensors").out


def test_predict(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "map.tif"
    outcome = convista(capsys, "predict", workshop.run, workshop.scene, "--out", out)
    assert (outcome.code, outcome.out) == (0, f"map: {out}\n")
    assert "mapping: 100 %" in outcome.error
    with rasterio.open(out) as mapped, rasterio.open(workshop.scene) as scene:
        assert (mapped.shape, mapped.transform, mapped.crs) == (scene.shape, scene.transform, scene.crs)
        assert mapped.nodata == 255
        assert mapped.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        empty = (scene.read() == scene.nodata).any(axis=0)
        assert np.array_equal(mapped.read(1) == 255, empty)


def test_predict_in_parts_with_all_that_can_lie_beside(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    asked = ("--stride", "2", "--probabilities", "uint8", "--polygons", "--workers", "1")
    arguments = ("predict", workshop.run, workshop.scene, *asked)
    convista(capsys, *arguments, "--out", tmp_path / "whole.tif")
    out = tmp_path / "parts.tif"
    for part in ("1/2", "2/2"):
        outcome = convista(capsys, *arguments, "--out", out, "--shard", part)
        assert (outcome.code, outcome.out) == (0, f"parts of the map: {out}.unfinished\n")
    assert not out.exists()
    assert convista(capsys, "mosaic", out).out == f"map: {out}\n"
    for name in ("", "-probabilities", "-confidence"):
        assert (tmp_path / f"parts{name}.tif").read_bytes() == (tmp_path / f"whole{name}.tif").read_bytes()
    assert {file.suffix for file in tmp_path.glob("parts*")} == {".tif", ".xml", ".qml", ".json", ".gpkg"}
    missing = convista(capsys, "mosaic", tmp_path / "none.tif")
    assert (missing.code, "There are no parts" in missing.error) == (2, True)
    both = convista(capsys, *arguments, "--out", out, "--scheduler", "tcp://nowhere:1", "--workers", "2")
    assert (both.code, "Give one of them" in both.error) == (2, True)
    for command in (("predict",), ("activations", "--layer", "conv1"), ("search", "--at", "0,0")):
        outcome = convista(capsys, command[0], "no-run", "no-scene", *command[1:], "--out", tmp_path / "m.png")
        assert (outcome.code, "m.png" in outcome.error, "no-run" in outcome.error) == (2, True, False)
    wrong = convista(capsys, *arguments, "--out", out, "--shard", "half")
    assert (wrong.code, wrong.error) == (2, "Error: “half” is not a part. Write i/n, for example 2/4.\n")


def test_ctrl_c_says_how_to_go_on(
    workshop: Workshop, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impatient(self: Lines, stage: str, done: int, total: int, /, **numbers: float) -> None:
        raise KeyboardInterrupt

    arguments = ("predict", workshop.run, workshop.scene, "--overlap", "0.5", "--out", tmp_path / "map.tif")
    with monkeypatch.context() as patched:
        patched.setattr(Lines, "__call__", impatient)
        outcome = convista(capsys, *arguments)
    assert outcome.code == 130
    assert re.search(
        r"\d of 23 strips (is|are) done, in .*map\.tif\.unfinished\. The same command goes on", outcome.error
    )
    assert convista(capsys, *arguments).code == 0
    assert not (tmp_path / "map.tif.unfinished").exists()


def test_explain_tells_the_votes(workshop: Workshop, capsys: Capture) -> None:
    arguments = ("explain", workshop.run, workshop.scene, "--at", centre(workshop.scene), "--overlap", "0.5")
    text = convista(capsys, *arguments).out
    assert text.startswith("windows that voted here")
    record = json.loads(convista(capsys, *arguments, "--vote", "2", "--json").out)
    votes = record["votes"]
    assert len(votes) > 1
    assert sum(vote["weight"] for vote in votes) == pytest.approx(1)
    assert record["patch"] == votes[1]["window"]
    mean = np.sum([np.array(vote["answers"]) * vote["weight"] for vote in votes], axis=0)
    assert list(record["probabilities"].values()) == pytest.approx(mean.tolist(), abs=1e-6)
    outcome = convista(capsys, *arguments, "--vote", "99")
    assert (outcome.code, "There is no vote 99" in outcome.error) == (2, True)


def test_activations_and_search(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "conv2.tif"
    arguments = ("activations", workshop.run, workshop.scene, "--layer", "conv2", "--channels", "0,3", "--out", out)
    assert convista(capsys, *arguments).out == f"map: {out}\n"
    with rasterio.open(out) as file:
        assert file.descriptions == ("conv2 0", "conv2 3")
        assert file.res == (20, 20)
    heat = tmp_path / "like.tif"
    place = ("--at", centre(workshop.scene), "--top", "4", "--out", heat)
    lines = convista(capsys, "search", workshop.run, workshop.scene, *place).out.splitlines()
    assert len(lines) == 6
    similar = [float(line.split()[0]) for line in lines[:4]]
    assert similar == sorted(similar, reverse=True)
    assert len(json.loads((tmp_path / "like.geojson").read_text("utf-8"))["features"]) == 4


def test_embed(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "v.parquet"
    arguments = ("embed", workshop.run, workshop.scene, "--out", out, "--clusters", "3", "--anomaly")
    lines = convista(capsys, *arguments).out.splitlines()
    assert lines[0] == "113 patches, vectors of 336 numbers"
    assert sum(int(line.split()[2]) for line in lines[1:4]) == 113
    assert lines[4] == "farthest from the others:"
    far, place = lines[5].split()
    with rasterio.open(tmp_path / "v-anomaly.tif") as file:
        x, y = map(float, place.split(","))
        assert file.read(1)[file.index(x, y)] == pytest.approx(float(far), abs=5e-4) == np.nanmax(file.read(1))
    assert lines[-3:] == [f"table: {out}", *(f"map: {tmp_path}/v-{kind}.tif" for kind in ("clusters", "anomaly"))]
    outcome = convista(capsys, "embed", workshop.run, workshop.scene, "--out", out, "--clusters", "114")
    assert outcome.code == 2
    assert "only 113 vectors differ" in outcome.error
    assert "The same command goes on from there" in outcome.error


def test_a_map_of_vectors(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "v.tif"
    arguments = ("predict", workshop.run, workshop.scene, "--embeddings", "--stride", "8", "--out", out)
    assert convista(capsys, *arguments).out == f"map: {out}\n"
    with rasterio.open(out) as file:
        assert (file.count, file.res) == (336, (80, 80))


def test_other_bands_are_refused(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "map.tif"
    outcome = convista(capsys, "predict", workshop.run, workshop.scene, "--bands", "red,nir", "--out", out)
    assert outcome.code == 2
    assert "blue" in outcome.error
    scaled = convista(capsys, "predict", workshop.run, workshop.scene, "--scale", "1", "--out", out)
    assert scaled.code == 2
    assert "--by-name" in scaled.error
    assert not list(tmp_path.iterdir())


def test_a_truncated_scene_is_named_and_leaves_nothing(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    torn = tmp_path / "torn.tif"
    whole = workshop.scene.read_bytes()
    torn.write_bytes(whole[: len(whole) // 2])
    outcome = convista(capsys, "predict", workshop.run, torn, "--out", tmp_path / "map.tif")
    assert outcome.code == 2
    assert "torn.tif" in outcome.error
    assert [path.name for path in tmp_path.iterdir()] == ["torn.tif"]


def test_explain_goes_down_to_a_pixel(workshop: Workshop, capsys: Capture) -> None:
    place = centre(workshop.scene)
    record = json.loads(convista(capsys, "explain", workshop.run, workshop.scene, "--at", place, "--json").out)
    assert sum(record["probabilities"].values()) == pytest.approx(1, abs=1e-6)
    *steps, pixel = record["steps"]
    layers = [step["layer"] for step in steps]
    assert (layers[0], layers[-1]) == ("softmax", "conv1")
    for step in steps:
        total = math.fsum(term["contribution"] for term in step["terms"]) + step["bias"]
        assert total == pytest.approx(step["total"])
    with rasterio.open(workshop.scene) as scene:
        row, column = scene.index(pixel["x"], pixel["y"])
        band = ["blue", "green", "red", "nir", "swir16", "swir22"].index(pixel["band"]) + 1
        assert pixel["value"] == pytest.approx(float(scene.read(band)[row, column]) * 0.0001, rel=1e-4)
    text = convista(capsys, "explain", workshop.run, workshop.scene, "--at", place).out
    assert text.startswith("probabilities of the classes")
    assert "on the ground: x = " in text


def test_explain_one_value(workshop: Workshop, capsys: Capture) -> None:
    arguments = ("explain", workshop.run, workshop.scene, "--at", centre(workshop.scene))
    text = convista(capsys, *arguments, "--layer", "conv1", "--index", "0,1,2").out
    assert text.count("×") == 5 * 5 * len(json.loads(convista(capsys, "info", workshop.run, "--json").out)["bands"])
    few = convista(capsys, *arguments, "--layer", "conv1", "--index", "0,1,2", "--top", "3").out
    assert few.count("×") == 3


def as_trained(record: dict[str, Any]) -> dict[str, float]:
    """Undo the temperature: probabilities to its power, so that they sum to one."""
    powers = {name: share ** record["temperature"] for name, share in record["probabilities"].items()}
    return {name: power / sum(powers.values()) for name, power in powers.items()}


def test_explain_a_gradient_goes_up_to_the_loss(workshop: Workshop, capsys: Capture) -> None:
    arguments = ("explain", workshop.run, workshop.scene, "--at", centre(workshop.scene), "--gradient")
    record = json.loads(convista(capsys, *arguments, "--json").out)
    assert record["target"] == max(record["probabilities"], key=lambda name: record["probabilities"][name])
    first, *_, last = record["steps"]
    assert (first["gradient_of"], last["gradient_of"], last["is_target"]) == ("input", "cross_entropy", True)
    assert last["element"] == pytest.approx(-math.log(as_trained(record)[record["target"]]), rel=1e-4)
    assert first["pixel"]["band"] in {"blue", "green", "red", "nir", "swir16", "swir22"}
    for step in record["steps"]:
        total = math.fsum(term["contribution"] for term in step["terms"]) + step["bias"]
        assert step["value"] == pytest.approx(total)
        assert step["value"] == pytest.approx(step["network_value"], rel=1e-3, abs=1e-7)
    text = convista(capsys, *arguments, "--target", "water", "--layer", "conv1.weight", "--index", "3,0,1,1").out
    assert "target: the loss if the class were “water”, of the outputs as they were trained (temperature 1)" in text
    assert f"(temperature {record['temperature']:.2f})" in text
    assert "∂conv1.weight[3, 0, 1, 1]   conv2d   ∂w[3,0,1,1] = Σ g[3] · x[0]" in text
    assert "autograd computed" in text


@pytest.fixture
def of_another_task(workshop: Workshop, tmp_path: Path) -> Callable[[str], Path]:
    """Save a run like the workshop's, of another task and not trained."""

    def save(task: str) -> Path:
        run = open_run(workshop.run)
        target = Target(20, 3, "m") if task == "regression" else None
        classes = run.classes[:2] if task == "binary" else ()
        torch.manual_seed(0)
        network = create_model(run.architecture, run.band_names, 1, patch=run.patch, **run.options).eval()
        record = {name: value for name, value in run.record.items() if name != "baselines"}  # those of its task
        asked = task_named(task)(classes, target=target)
        made = replace(run, network=network, task=asked, record=record)
        made.save(tmp_path)
        return tmp_path

    return save


def test_explain_a_binary_run(workshop: Workshop, capsys: Capture, of_another_task: Callable[[str], Path]) -> None:
    arguments = ("explain", of_another_task("binary"), workshop.scene, "--at", centre(workshop.scene), "--json")
    record = json.loads(convista(capsys, *arguments).out)
    assert sum(record["probabilities"].values()) == pytest.approx(1)
    assert record["steps"][0]["value"] == pytest.approx(list(record["probabilities"].values())[1], rel=1e-5)
    up = json.loads(convista(capsys, *arguments, "--gradient").out)
    likeliest = max(as_trained(up).values())
    assert up["steps"][-1]["element"] == pytest.approx(-math.log(likeliest), rel=1e-4)


def test_explain_a_value_and_its_gradient(
    workshop: Workshop, capsys: Capture, of_another_task: Callable[[str], Path]
) -> None:
    run = of_another_task("regression")
    arguments = ("explain", run, workshop.scene, "--at", centre(workshop.scene))
    record = json.loads(convista(capsys, *arguments, "--json").out)
    assert (record["unit"], record["target"]) == ("m", None)
    assert record["steps"][0]["value"] * 3 + 20 == pytest.approx(record["value"], rel=1e-5)
    up = json.loads(convista(capsys, *arguments, "--gradient", "--json").out)
    assert up["target"] == "value"
    assert up["steps"][-1]["element"] * 3 + 20 == pytest.approx(record["value"], rel=1e-5)
    text = convista(capsys, *arguments, "--gradient", "--overlap", "0.5").out
    assert "weight 0." in text
    assert (
        f"value: {record['value']:.4f} m (what the network gives, times 3.0000, plus 20.0000)" not in text
    )  # 4 votes
    assert re.search(r"value: [\d.]+ m \(what the network gives, times 3(\.0+)?, plus 20(\.0+)?\)", text)
    assert "target: what the network gives at this place" in text
    outcome = convista(capsys, *arguments, "--gradient", "--target", "water")
    assert (outcome.code, "has no class water" in outcome.error) == (2, True)


def test_explain_the_gradient_of_a_pixel(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    run = open_run(workshop.run)
    options = {"depth": 1, "width": 8}
    torch.manual_seed(0)
    network = create_model("unet", run.band_names, len(run.classes), patch=run.patch, **options).eval()
    replace(run, network=network, architecture="unet", options=options, task=Segmentation(run.classes)).save(
        tmp_path
    )
    arguments = (
        "explain",
        tmp_path,
        workshop.scene,
        "--at",
        centre(workshop.scene),
        "--gradient",
        "--target",
        "water",
    )
    up = json.loads(convista(capsys, *arguments, "--json").out)
    assert up["target"] == "water"
    chosen, temperature = up["votes"][0]["answers"], up["temperature"]
    powers = [share**temperature for share in chosen]
    water = powers[[info.name for info in run.classes].index("water")] / sum(powers)
    assert up["steps"][-1]["is_target"]
    assert up["steps"][-1]["element"] == pytest.approx(-math.log(water), rel=1e-4)
    assert "target: the loss at this pixel if its class were “water”" in convista(capsys, *arguments).out


def test_explain_says_where_the_map_is_empty(workshop: Workshop, capsys: Capture) -> None:
    with rasterio.open(workshop.scene) as scene:
        row, column = np.argwhere(scene.read(1) == scene.nodata)[0]
        place = "{},{}".format(*scene.xy(row, column))
    arguments = ("explain", workshop.run, workshop.scene, "--at", place)
    assert convista(capsys, *arguments).out.startswith("At this place the scene has no datum and the map no class")
    record = json.loads(convista(capsys, *arguments, "--json", "--top", "2").out)
    assert record["no_datum"] is True
    assert all(len(step["terms"]) <= 2 for step in record["steps"][:-1])


@pytest.mark.slow
def test_ctrl_c_after_an_epoch_keeps_the_best_and_says_so(
    workshop: Workshop, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = iter(range(10_000))

    def impatient(self: Lines, stage: str, done: int, total: int, /, **numbers: float) -> None:
        if stage == "train" and 2 * done > total and next(steps) > 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Lines, "__call__", impatient)
    arguments = ("train", workshop.scene, "--labels", workshop.labels, "--out", tmp_path / "run", "--epochs", "2")
    outcome = convista(capsys, *arguments)
    assert outcome.code == 130
    assert "Stopped after 1 of 2 epochs. The best model until then was saved" in outcome.error
    assert convista(capsys, "info", tmp_path / "run").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--at", "here"), "“here” is not a place"),
        (("--at", "nan,2"), "“nan,2” is not a place"),
        (("--at", "1,2"), "outside"),
        (("--layer", "conv1"), "--layer and --index go together"),
        (("--layer", "conv9", "--index", "0,0,0"), "no layer “conv9”"),
        (("--layer", "conv1", "--index", "0,99,0"), "does not exist in an output of size"),
        (("--layer", "conv1", "--index", "a,b"), "“a,b” is not a position"),
        (("--target", "water"), "--target is the class whose loss a gradient is explained of"),
        (("--gradient", "--target", "wtaer"), "The model has no class “wtaer”. The nearest name: water"),
        (
            ("--gradient", "--layer", "conv1.wieght", "--index", "0,0,0,0"),
            "no layer, input or parameter “conv1.wieght”. The nearest names: conv1.weight",
        ),
    ],
)
def test_mistakes_of_explain(arguments: tuple[str, ...], message: str, workshop: Workshop, capsys: Capture) -> None:
    place = centre(workshop.scene)
    outcome = convista(capsys, "explain", workshop.run, workshop.scene, "--at", place, *arguments)
    assert outcome.code == 2
    assert message in outcome.error


@pytest.mark.slow
def test_a_scene_cut_short_is_named_and_what_is_done_is_kept(
    workshop: Workshop, capsys: Capture, tmp_path: Path
) -> None:
    out, scene = tmp_path / "map.tif", tmp_path / "scene.tif"
    with rasterio.open(workshop.scene) as file:
        profile = file.profile | {"tiled": False, "blockysize": 1, "compress": None, "height": 1200}
        values = np.tile(file.read(), (1, 7, 1))[:, :1200]
        scales, names = file.scales, file.descriptions
    with rasterio.open(scene, "w", **profile) as file:
        file.scales, file.descriptions = scales, names  # before the pixels, so that the file's directory is, too
        file.write(values)
    scene.write_bytes(scene.read_bytes()[: -scene.stat().st_size // 5])
    outcome = convista(capsys, "predict", workshop.run, scene, "--out", out, "--by-name")
    assert outcome.code == 2
    assert "scene.tif" in outcome.error
    assert re.search(r"[1-9]\d* of \d+", outcome.error)
    assert not out.exists()
    assert list(tmp_path.glob("map.tif.unfinished/*.npz"))


def test_files_that_are_not_there(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    for arguments in (
        ("info", tmp_path / "no.tif"),
        ("predict", tmp_path / "no", workshop.scene, "--out", tmp_path / "map.tif"),
        ("predict", workshop.run, workshop.scene, "--out", tmp_path / "no" / "map.tif"),
        ("train", tmp_path / "no", "--out", tmp_path / "run"),
    ):
        outcome = convista(capsys, *arguments)
        assert outcome.code == 2, outcome
        assert "no" in outcome.error


def test_nodata_that_is_nan_is_told(capsys: Capture, tmp_path: Path) -> None:
    path, size = tmp_path / "vv.tif", {"height": 4, "width": 4, "count": 1}
    grid = {"crs": "EPSG:32630", "transform": rasterio.Affine(10, 0, 0, 0, -10, 0)}
    with rasterio.open(path, "w", driver="GTiff", dtype="float32", nodata=np.nan, **size, **grid) as file:
        file.write(np.ones((1, 4, 4), np.float32))
    facts = json.loads(convista(capsys, "info", path, "--json").out)
    assert facts["bands"][0]["nodata"] == "NaN"


def test_info_gives_pixels_by_their_sides_and_on_the_ground(tmp_path: Path, capsys: Capture) -> None:
    for name, crs, transform, sides, metres in (
        ("turned.tif", "EPSG:32630", Affine(8.66, 10, 5e5, 5, -17.32, 4e6), (10, 20), (10.004, 20.008)),
        ("mercator.tif", "EPSG:3857", Affine(30, 0, -12_580_000, 0, -30, 4_490_000), (30, 30), (23.874, 23.772)),
        ("plain.tif", None, Affine(2, 0, 0, 0, 2, 0), (2, 2), None),
        ("centre.tif", "EPSG:4978", Affine(2, 0, 0, 0, 2, 0), (2, 2), None),
    ):
        with rasterio.open(
            tmp_path / name,
            "w",
            driver="GTiff",
            count=1,
            height=9,
            width=9,
            dtype="uint8",
            crs=crs,
            transform=transform,
        ) as file:
            file.write(np.ones((1, 9, 9), np.uint8))
        facts = json.loads(convista(capsys, "info", tmp_path / name, "--json").out)
        assert facts["pixel"] == pytest.approx(sides, rel=1e-4)
        assert facts["pixel_on_ground"] == (None if metres is None else pytest.approx(metres, rel=2e-4))


def test_a_scene_all_of_which_is_masked_is_told_with_the_rule(
    workshop: Workshop, capsys: Capture, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.tif"
    with rasterio.open(workshop.scene) as file, rasterio.open(empty, "w", **(file.profile | {"nodata": 7})) as copy:
        copy.write(np.full((file.count, *file.shape), 7, file.dtypes[0]))
        copy.descriptions, copy.scales, copy.offsets = file.descriptions, file.scales, file.offsets
        copy.update_tags(**file.tags())
        place = file.xy(20, 30)
    told = "the nodata value 7 that the file declares: blue, green, red, nir"
    outcome = convista(capsys, "predict", workshop.run, empty, "--out", tmp_path / "map.tif", "--by-name")
    assert outcome.code == 0
    assert told in outcome.error
    explained = convista(capsys, "explain", workshop.run, empty, "--at", "{},{}".format(*place), "--by-name").out
    assert explained.startswith("At this place the scene has no datum and the map no class")
    assert told in explained
    trained = convista(
        capsys, "train", empty, "--labels", workshop.labels, "--out", tmp_path / "run", "--epochs", "1"
    )
    assert trained.code == 2
    assert "the nodata value 7 that the file declares" in trained.error
