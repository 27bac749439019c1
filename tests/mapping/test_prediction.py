from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import rasterio.shutil
import torch
from numpy.typing import NDArray
from torch import nn

from convista import language
from convista.errors import ConvistaError
from convista.learning import Run
from convista.mapping import PatchGrid, approximation, check_asked, contributions_at, map_model, patch_for, predict
from convista.mapping.engine import patch_grid
from convista.mapping.engine.device import device_named
from convista.scenes import Scene, Window, open_labels, open_scene

Write = Callable[..., Path]
MakeRun = Callable[..., Run]


def patch_by_patch(run: Run, scene: Scene, stride: int) -> NDArray[np.uint8]:
    """Map a scene as slowly and plainly as it can be said."""
    out = np.full(scene.shape, 255, np.uint8)
    nodata = np.asarray(np.ma.getmaskarray(scene.read(bands=run.band_names)).any(axis=0))
    for row in range(scene.height):
        for column in range(scene.width):
            if nodata[row, column]:
                continue
            cell = row // stride * stride + stride // 2, column // stride * stride + stride // 2
            corner = cell[0] - run.patch // 2, cell[1] - run.patch // 2
            values = scene.read(Window(*corner, run.patch, run.patch), run.band_names)
            with torch.no_grad():
                out[row, column] = run.classes[int(run.network(run.standardise(values)[None]).argmax())].value
    return out


def imagery(rows: int, columns: int) -> NDArray[np.uint16]:
    """Random values with an island of nodata (0) in one band or the other."""
    rng = np.random.default_rng(5)
    smooth = rng.integers(1, 250, (2, rows // 5 + 1, columns // 5 + 1)).repeat(5, 1).repeat(5, 2)
    values = (smooth[:, :rows, :columns] + rng.integers(0, 30, (2, rows, columns))).astype(np.uint16)
    values[0, 3:7, 2:9] = 0
    values[1, 5, 5:20] = 0
    return values


@pytest.mark.parametrize(
    ("shape", "patch", "stride"),
    [
        pytest.param((31, 26), 16, 1, marks=pytest.mark.slow),
        ((27, 21), 17, 3),
        ((10, 40), 20, 4),
        ((23, 20), 16, 16),
    ],
)
def test_the_map_is_what_patch_by_patch_gives(
    make_run: MakeRun,
    raster: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shape: tuple[int, int],
    patch: int,
    stride: int,
) -> None:
    monkeypatch.setattr(patch_grid, "TALL", 8)  # several strips and pieces
    monkeypatch.setattr(patch_grid, "WIDE", 10)
    run = make_run(patch)
    scene = open_scene(raster("s.tif", imagery(*shape), 0), bands=["red", "nir"])
    path = predict(run, scene, tmp_path / "map.tif", stride=stride)
    expected = patch_by_patch(run, scene, stride)
    assert len(np.unique(expected)) > 2
    with rasterio.open(path) as file:
        assert (file.read(1) == expected).all()
        assert file.nodata == 255
        assert file.crs == scene.crs
        assert file.transform == scene.transform
        assert file.colormap(1)[254][:3] == (254, 0, 0)
        assert file.descriptions == ("class by lenet (convista)",)
    assert sorted(f.name for f in tmp_path.iterdir()) == [
        "map.json",
        "map.qml",
        "map.tif",
        "map.tif.aux.xml",
        "s.tif",
    ]


def test_a_lower_precision_gives_nearly_the_same_probabilities(
    make_run: MakeRun, raster: Write, tmp_path: Path
) -> None:
    scene = open_scene(raster("s.tif", imagery(40, 30), 0), bands=["red", "nir"])
    shown = []
    for precision in ("float32", "bfloat16"):
        predict(make_run(), scene, tmp_path / "m.tif", stride=1, probabilities="float32", precision=precision)
        with rasterio.open(tmp_path / "m-probabilities.tif") as file:
            shown.append(file.read()[:3])
    assert 0 < np.nanmean(np.abs(shown[0] - shown[1])) < 0.02


def test_the_patch_behind_a_pixel_gives_its_class(make_run: MakeRun, raster: Write, tmp_path: Path) -> None:
    run = make_run()
    scene = open_scene(raster("s.tif", imagery(40, 30), 0), bands=["red", "nir"])
    for stride in (1, 5):
        with rasterio.open(predict(run, scene, tmp_path / "map.tif", stride=stride)) as file:
            shown = file.read(1)
        for row, column in ((0, 0), (20, 13), (39, 29)):
            patch = patch_for(run, scene, *scene.grid.coordinates(row, column), stride=stride)
            with torch.no_grad():
                answer = int(run.network(run.standardise(patch.values)[None]).argmax())
            assert shown[row, column] == run.classes[answer].value
            assert patch.band_names == run.band_names
    with pytest.raises(ConvistaError, match="outside"):
        patch_for(run, scene, 0, 0)


def test_a_network_with_padding_is_mapped_patch_by_patch_or_approximately(raster: Write, tmp_path: Path) -> None:
    torch.manual_seed(0)
    layers = [nn.Conv2d(2, 6, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 3)]
    model = map_model(
        nn.Sequential(*layers),
        ["red", "nir"],
        patch=16,
        mean=100,
        std=60,
        classes=["a", "b", "c"],
        activation="softmax",
    )
    scene = open_scene(raster("s.tif", imagery(60, 50), 0), bands=["red", "nir"])
    shown = {}
    for approximate in (False, True):
        path = predict(model, scene, tmp_path / "m.tif", stride=2, probabilities="float32", approximate=approximate)
        with rasterio.open(path.with_name("m-probabilities.tif")) as file:
            shown[approximate] = file.read()[:3]
    row, column = 28, 26
    pixels = model.standardise(scene.read(PatchGrid(scene.shape, 16, 2).patch_of(row, column), model.band_names))[
        None
    ]
    with torch.no_grad():
        expected = model.network(pixels)[0].numpy()
    np.testing.assert_allclose(shown[False][:, row, column], expected, rtol=1e-5)
    apart = np.nanmax(np.abs(shown[True] - shown[False]))
    measured = approximation(model, scene, 2)
    assert 1e-4 < measured.largest < 3 * apart
    assert 1e-4 < apart < 0.2


def test_bands_are_found_by_name(make_run: MakeRun, raster: Write, tmp_path: Path) -> None:
    run, values = make_run(), imagery(20, 20)
    maps = []
    for name, order in (("a", ["red", "nir"]), ("b", ["nir", "red"])):
        scene = open_scene(raster(f"{name}.tif", values if name == "a" else values[::-1], 0), bands=order)
        maps.append(rasterio.open(predict(run, scene, tmp_path / f"m{name}.tif")).read(1))
    assert (maps[0] == maps[1]).all()


def test_the_run_is_left_as_it_was(make_run: MakeRun, raster: Write, tmp_path: Path) -> None:
    run = make_run()
    before = copy.deepcopy(run.network.state_dict())
    scene = open_scene(raster("s.tif", imagery(20, 20)), bands=["red", "nir"])
    for training in (False, True):
        run.network.train(training)
        run.network.get_submodule("conv1").eval()
        predict(run, scene, tmp_path / "map.tif")
        contributions_at(run, scene, *scene.grid.coordinates(3, 3))
        map_model(run.network, run.band_names, patch=run.patch)
        modes = {name: module.training for name, module in run.network.named_modules()}
        assert modes == {name: training and name != "conv1" for name in modes}
    assert run.network.get_parameter("conv1.weight").is_contiguous()
    assert all((before[name] == value).all() for name, value in run.network.state_dict().items())


def test_progress_ends_with_all_rows(make_run: MakeRun, raster: Write, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    scene = open_scene(raster("s.tif", imagery(20, 20), 0), bands=["red", "nir"])
    predict(make_run(), scene, tmp_path / "m.tif", stride=3, progress=lambda *now, **_: told.append(now))
    assert told == [("map", 1, 1), ("mosaic", 1, 1)]


def test_mistakes_leave_nothing(make_run: MakeRun, raster: Write, tmp_path: Path) -> None:
    path = raster("s.tif", imagery(30, 30), 0)
    scene, run = open_scene(path, bands=["red", "nir"]), make_run()
    for stride in (0, 17):
        with pytest.raises(ConvistaError) as error:
            predict(run, scene, tmp_path / "map.tif", stride=stride)
        assert str(error.value) == (
            f"The stride is {stride} and must lie between 1 and the patch's side, 16: a larger one would leave "
            "pixels unseen."
        )
    with pytest.raises(ConvistaError, match="lacks a band that the model needs: nir"):
        predict(run, open_scene(path, bands=["red", "green"]), tmp_path / "map.tif")
    with pytest.raises(ConvistaError, match="does not say its sensor"):
        predict(replace(run, sensor="landsat-8"), scene, tmp_path / "map.tif")
    predict(replace(run, sensor="landsat-8"), scene, tmp_path / "named.tif", by_name=True)
    for value in (256, 300):
        with pytest.raises(ConvistaError, match=str(value)):
            predict(make_run(values=(1, value)), scene, tmp_path / "map.tif")
    assert not list(tmp_path.glob("*map*"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"out": "map.png"}, "a map is a GeoTIFF"),
        ({"out": "nowhere/map.tif"}, "nowhere"),
        ({"overlap": 1.0}, "The overlap is 1.0"),
        ({"overlap": 0.5, "stride": 4}, "A stride is for cells"),
        (
            {"overlap": 0.5, "approximate": True},
            (
                "An approximation (approximate) is for cells, with one answer a patch; here windows answer for all "
                "their pixels. Ask for the map without it."
            ),
        ),
        ({"precision": "int8"}, "There is no precision int8. Choose one of: float32, bfloat16, auto."),
        ({"device": "abacus"}, "There is no device abacus here. Choose one of: auto, cpu"),
    ],
)
def test_what_cannot_be_asked_is_told_before_anything_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConvistaError, match=re.escape(says)):
        check_asked(**({"out": "map.tif"} | asked))
    with pytest.raises(ConvistaError, match=re.escape(says)):  # though there is no such run
        predict("no-run", None, **({"out": "map.tif"} | asked))  # type: ignore[arg-type]


def test_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert device_named("auto") == torch.device("cpu")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert device_named("auto") == device_named("cuda") == torch.device("cuda:0")
    assert device_named("cuda:1") == torch.device("cuda:1")
    with pytest.raises(ConvistaError, match=r"no device cuda:2 here\. Choose one of: auto, cpu, cuda:0, cuda:1"):
        device_named("cuda:2")


def test_a_map_never_takes_the_place_of_what_it_is_made_from(
    make_run: MakeRun, raster: Write, tmp_path: Path
) -> None:
    path = raster("s.tif", imagery(30, 30), 0)
    rasterio.shutil.copy(path, tmp_path / "virtual.vrt", driver="VRT")
    (tmp_path / "link.tif").symlink_to(path)
    (tmp_path / "folder").symlink_to(tmp_path)
    run = make_run()
    run = replace(run, source=run.save(tmp_path / "run"))
    (tmp_path / "run.tif").symlink_to(tmp_path / "run" / "model.safetensors")
    before = path.read_bytes()
    targets = [path, tmp_path / "link.tif", tmp_path / "folder" / "s.tif", tmp_path / "run.tif"]
    for scene_file in (path, tmp_path / "link.tif", tmp_path / "virtual.vrt"):
        scene = open_scene(scene_file, bands=["red", "nir"])
        for out in targets:
            with pytest.raises(ConvistaError) as error:
                predict(run, scene, out)
            assert error.value.key == "mapping.over_input"
        scene.close()
    assert path.read_bytes() == before
    with pytest.raises(ConvistaError) as error:
        predict(run, open_scene(path, bands=["red", "nir"]), str(path))
    assert str(error.value) == (
        f"The map {path} would take the place of a file that it is made from, {path}, and destroy it. "
        f"Choose another "
        "name for the map."
    )
    language.use("es")
    assert str(error.value) == (
        f"El mapa {path} ocuparía el lugar de un archivo del que se hace, {path}, y lo destruiría. Elija "
        f"otro nombre "
        "para el mapa."
    )
    predict(run, open_scene(path, bands=["red", "nir"]), tmp_path / "map.TIF")
    predict(run, open_scene(path, bands=["red", "nir"]), tmp_path / "map.TIF")


def test_a_file_cut_short_is_named_and_nothing_left(make_run: MakeRun, raster: Write, tmp_path: Path) -> None:
    path = raster("cut.tif", imagery(400, 300), 0)
    path.write_bytes(path.read_bytes()[:150_000])
    with pytest.raises(ConvistaError, match=r"cut\.tif"):
        predict(make_run(), open_scene(path, bands=["red", "nir"]), tmp_path / "map.tif", stride=8)
    assert [f.name for f in tmp_path.iterdir()] == ["cut.tif"]


MEASURE = """
import resource, sys, warnings
import numpy as np, rasterio, torch
from affine import Affine
from convista.learning import Run
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass
from convista.mapping import predict
from convista.learning.data.statistics import Standardise
from convista.models import create_model
from convista.scenes import Band, ClassInfo, open_scene
folder, rows = sys.argv[1], int(sys.argv[2])
path = f"{folder}/{rows}.tif"
profile = dict(driver="GTiff", count=2, height=rows, width=512, dtype="uint16", tiled=True, blockxsize=256,
    blockysize=256, compress="deflate", crs="EPSG:32630", transform=Affine(30, 0, 0, 0, -30, 0))
with rasterio.open(path, "w", **profile) as file:
    for row in range(0, rows, 256):
        window = rasterio.windows.Window(0, row, 512, min(256, rows - row))
        file.write(np.full((2, window.height, 512), row % 250, np.uint16), window=window)
torch.set_num_threads(1)
classes = ClassInfo(0, "a", (0, 0, 0)), ClassInfo(1, "b", (1, 1, 1))
run = Run(network=create_model("lenet", 2, 2, patch=16).eval(), architecture="lenet", options={},
    bands=(Band("red", "1"), Band("nir", "2")), sensor=None, standardise=Standardise([0, 0], [1, 1]), patch=16,
    label_rule=LabelRule.CENTRE, task=Multiclass(classes))
predict(run, open_scene(path, bands=["red", "nir"]), f"{folder}/map.tif", stride=16)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_height(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(tmp_path), str(rows)],
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        return int(done.stdout)

    # 40,000 rows are 164 MB as stored and 328 MB as the network sees them.
    assert peak(40_000) < peak(2_000) + 80


def test_cells_are_what_the_map_uses(make_run: MakeRun, raster: Write, tmp_path: Path) -> None:
    run = make_run(patch=48)
    scene = open_scene(raster("s.tif", imagery(30, 30)), bands=["red", "nir"])
    with rasterio.open(predict(run, scene, tmp_path / "m.tif")) as file:
        default = file.read(1)
    with rasterio.open(predict(run, scene, tmp_path / "m.tif", stride=3)) as file:
        assert (file.read(1) == default).all()
    here = patch_for(run, scene, *scene.grid.coordinates(10, 11))
    assert here.window == PatchGrid(scene.shape, 48, 3).patch_of(10, 11)


def test_a_map_whose_classes_have_255_has_another_nodata_value(
    make_run: MakeRun, raster: Write, tmp_path: Path
) -> None:
    run = make_run(values=(0, 255))
    path = predict(run, open_scene(raster("s.tif", imagery(40, 30), 0), bands=["red", "nir"]), tmp_path / "m.tif")
    with rasterio.open(path) as file:
        assert file.nodata == 254
        assert set(np.unique(file.read(1))) == {0, 254, 255}
    item = json.loads((tmp_path / "m.json").read_text())
    classes = item["assets"]["map"]["classification:classes"]
    assert [(c["value"], c.get("nodata", False)) for c in classes] == [(0, False), (255, False), (254, True)]
    assert [c.value for c in open_labels(path).classes] == [0, 255]
