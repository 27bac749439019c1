"""Vectors of patches as a table, and the maps beside it, against patches cut one by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet
import pytest
import rasterio
import shapely
import torch
from affine import Affine
from numpy.typing import NDArray
from PIL import Image
from rasterio.crs import CRS
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.learning import Run, open_images
from convista.learning.data.statistics import Standardise
from convista.learning.tasks.calibration import Calibration
from convista.learning.tasks.multiclass import Multiclass
from convista.mapping import MapModel, embed, map_model, mosaic, strips_done
from convista.mapping.embedding import patches, table
from convista.mapping.embedding.table import VectorTable
from convista.mapping.engine import patch_grid
from convista.scenes import Grid, Scene, Window, open_scene
from convista.scenes.labels.opening import open_labels

Write = Callable[..., Path]
MakeRun = Callable[..., Run]


def imagery(rows: int, columns: int) -> NDArray[np.uint16]:
    """A left and a right half that differ, noise, and an island of nodata (0) in one band."""
    values = np.random.default_rng(5).integers(60, 120, (2, rows, columns))
    values[0, :, columns // 2 :] += 90
    values[1, 20:31, 6:20] = 0
    return values.astype(np.uint16)


@pytest.fixture
def scene(raster: Write) -> Scene:
    return open_scene(raster("s.tif", imagery(70, 62), 0), bands=["red", "nir"])


@pytest.fixture
def model() -> MapModel:
    torch.manual_seed(2)
    network = nn.Sequential(
        nn.Conv2d(2, 6, 3), nn.ReLU(), nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(6, 3), nn.Dropout(0.5)
    )
    return map_model(
        network, ["red", "nir"], patch=8, mean=100, std=40, classes=["a", "b", "c"], activation="softmax"
    )


def read(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns and the metadata of a table, by a reader that is not ours."""
    held = pyarrow.parquet.read_table(path)
    columns = {name: held[name].to_pylist() for name in held.column_names}
    columns["vector"] = np.array(columns["vector"], np.float32)
    about = pyarrow.parquet.read_metadata(path).metadata
    return columns, {
        name: json.loads(about[name.encode()]) for name in ("geo", "convista") if name.encode() in about
    }


@pytest.mark.parametrize("stride", [None, 3])
def test_a_row_is_a_patch(
    model: MapModel, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stride: int | None
) -> None:
    monkeypatch.setattr(patch_grid, "TALL", 16)  # several strips and pieces
    monkeypatch.setattr(patch_grid, "WIDE", 24)
    made = embed(model, scene, tmp_path / "v.parquet", stride=stride, least=0.8)
    columns, about = read(made.path)
    assert made.patches == len(columns["row"])
    assert made.numbers == 6
    assert list(columns) == ["geometry", "bbox", "row", "column", "valid", "class", "confidence", "vector"]
    step, margin = stride or 8, 4 - (stride or 8) // 2
    expected = {}
    for row in range(-margin, 70 - margin, step):
        for column in range(-margin, 62 - margin, step):
            values = scene.read(Window(row, column, 8, 8), model.band_names)
            valid = 1 - np.ma.getmaskarray(values).any(axis=0).mean()
            if valid >= 0.8:
                expected[row, column] = values, valid
    assert list(zip(columns["row"], columns["column"], strict=True)) == list(expected)
    network = model.network.eval()
    for n, ((row, column), (values, valid)) in enumerate(expected.items()):
        with torch.no_grad():
            vector = network.network[:4](model.standardise(values)[None])[0]  # type: ignore[index, operator]
            said = network(model.standardise(values)[None])[0]
        np.testing.assert_allclose(columns["vector"][n], vector, rtol=1e-4, atol=1e-5)
        assert columns["class"][n] == "abc"[int(said.argmax())]
        assert columns["confidence"][n] == pytest.approx(float(said.max()), abs=1e-5)
        assert columns["valid"][n] == pytest.approx(valid)
        outline = shapely.from_wkb(columns["geometry"][n])
        assert outline.equals(shapely.box(*scene.grid.at(Window(row, column, 8, 8)).bounds))
        assert outline.exterior.is_ccw
        assert tuple(columns["bbox"][n][side] for side in table.SIDES) == outline.bounds
    assert about["geo"]["version"] == "1.1.0"
    assert about["geo"]["primary_column"] == "geometry"
    geometry = about["geo"]["columns"]["geometry"]
    assert CRS.from_user_input(json.dumps(geometry["crs"])) == scene.crs
    everything = shapely.MultiPolygon(shapely.from_wkb(columns["geometry"]).tolist())
    assert tuple(geometry["bbox"]) == everything.bounds
    assert pyarrow.parquet.read_metadata(made.path).num_row_groups > 2
    assert sorted(f.name for f in tmp_path.iterdir()) == ["s.tif", "v.parquet"]


@pytest.mark.parametrize(
    "transform", [Affine(30, 0, 5, 0, 20, 7), Affine(1.7, 1.5, 0, 1, -2.6, 0), Affine(0, 9, 1, 9, 0, 2)]
)
def test_outlines_turn_left_on_any_grid(tmp_path: Path, transform: Affine) -> None:
    grid, windows = Grid(None, transform, 40, 50), np.array([[0, 0, 8, 8], [-3, 44, 8, 8]])
    with VectorTable(tmp_path / "t.parquet", grid, {}, tmp_path) as written:
        written.write({"row": windows[:, 0]}, np.zeros((2, 3), np.float32), windows)
    columns, about = read(tmp_path / "t.parquet")
    for binary, window in zip(columns["geometry"], windows.tolist(), strict=True):
        outline, here = shapely.from_wkb(binary), grid.at(Window(*window))
        corners = [here.coordinates(row - 0.5, column - 0.5) for row in (0, 8) for column in (0, 8)]
        assert outline.exterior.is_ccw
        assert outline.normalize().equals_exact(shapely.MultiPoint(corners).convex_hull.normalize(), 1e-9)
    assert about["geo"]["columns"]["geometry"]["crs"] is None


def test_clusters_and_anomaly_are_columns_and_maps(model: MapModel, scene: Scene, tmp_path: Path) -> None:
    made = embed(model, scene, tmp_path / "v.parquet", stride=2, clusters=2, anomaly=True)
    columns, _ = read(made.path)
    left = np.array(columns["column"]) + 8 < 31
    right = np.array(columns["column"]) >= 31
    cluster = np.array(columns["cluster"])
    shares = [(cluster[side] == 1).mean() for side in (left, right)]
    assert min(shares) < 0.02
    assert max(shares) > 0.98
    assert [g.patches for g in made.clusters] == np.bincount(cluster)[1:].tolist()
    assert made.clusters[0].patches >= made.clusters[1].patches
    names = np.array(columns["class"])[cluster == 2]
    assert made.clusters[1].share == (names == made.clusters[1].commonest).mean()
    far = np.array(columns["anomaly"])
    assert [s.anomaly for s in made.outliers] == pytest.approx(np.sort(far)[:-11:-1].tolist())
    assert made.outliers[0].place[:2] == (columns["row"][far.argmax()], columns["column"][far.argmax()])
    assert made.maps == [tmp_path / "v-clusters.tif", tmp_path / "v-anomaly.tif"]
    for path, style in zip(made.maps, ("paletted", "singlebandpseudocolor"), strict=True):
        assert f'<rasterrenderer type="{style}"' in path.with_suffix(".qml").read_text("utf-8")
    rows, across = (np.array(columns[axis]) + 3 for axis in ("row", "column"))  # the margin of the patch
    for path, name, nothing in zip(made.maps, ("cluster", "anomaly"), (255, np.nan), strict=True):
        with rasterio.open(path) as file:
            expected = np.full((35, 31), nothing, np.float32)
            expected[rows // 2, across // 2] = columns[name]
            np.testing.assert_array_equal(file.read(1), expected)
            assert file.res == (60, 60)
            assert file.crs == scene.crs
    assert [c.name for c in open_labels(made.maps[0]).classes] == ["cluster 1", "cluster 2"]
    assert 'label="cluster 2"' in (tmp_path / "v-clusters.qml").read_text("utf-8")


def test_what_was_cut_short_goes_on_to_the_same_files(
    model: MapModel, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patch_grid, "TALL", 16)

    def asked(name: str, **more: Any) -> None:
        embed(model, scene, tmp_path / f"{name}.parquet", clusters=2, anomaly=True, **more)

    def stop(stage: str, done: int, total: int, /, **numbers: float) -> None:
        if (stage, done) in {("map", 3), ("vectors", 2)}:
            raise KeyboardInterrupt

    asked("whole")
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            asked("cut", progress=stop)
        assert not list(tmp_path.glob("cut*.tif")) + list(tmp_path.glob("cut.parquet"))
        assert strips_done(tmp_path / "cut.parquet")
    with pytest.raises(ConvistaError, match="There are no parts of"):
        mosaic(tmp_path / "cut.parquet")
    asked("cut")
    for end in (".parquet", "-clusters.tif", "-anomaly.tif"):
        assert (tmp_path / f"cut{end}").read_bytes() == (tmp_path / f"whole{end}").read_bytes()
    assert not [f for f in tmp_path.iterdir() if f.name.startswith(".") or "unfinished" in f.name]


def test_anomaly_against_another_table(model: MapModel, scene: Scene, raster: Write, tmp_path: Path) -> None:
    left = open_scene(raster("l.tif", imagery(70, 62)[:, :, :31], 0), bands=["red", "nir"])
    known = embed(model, left, tmp_path / "left.parquet", stride=2).path
    made = embed(model, scene, tmp_path / "v.parquet", stride=2, against=known)
    columns, _ = read(made.path)
    far, column = np.array(columns["anomaly"]), np.array(columns["column"])
    assert np.median(far[column >= 31]) > 2 * np.median(far[column + 8 < 31])
    other = map_model(nn.Conv2d(2, 3, 8), model.band_names, patch=8)
    with pytest.raises(ConvistaError, match=r"left\.parquet were made by another network"):
        embed(other, scene, tmp_path / "o.parquet", against=known)
    with pytest.raises(ConvistaError, match=r"s\.tif must end in \.parquet"):
        embed(model, scene, tmp_path / "o.parquet", against=tmp_path / "s.tif")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(ConvistaError, match=r"bad\.parquet is not a table of vectors"):
        embed(model, scene, tmp_path / "o.parquet", against=tmp_path / "bad.parquet")
    with pytest.raises(ConvistaError, match="would take the place of a file that it is made from"):
        embed(model, scene, known, against=known)
    assert not list(tmp_path.glob("o*"))


class Means(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.mean((2, 3))


def test_other_tasks_say_what_they_say(scene: Scene, tmp_path: Path) -> None:
    torch.manual_seed(0)
    regression = nn.Sequential(nn.Conv2d(2, 5, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(5, 1))
    pixels = nn.Sequential(nn.Conv2d(2, 5, 3, padding=1), nn.ReLU(), nn.Conv2d(5, 3, 1))
    found = {}
    for name, network, more in (
        ("value", regression, {"unit": "m"}),
        ("pixels", pixels, {"classes": "abc", "activation": "softmax"}),
        ("embedding", Means(), {}),
    ):
        asked = map_model(network, ["red", "nir"], patch=8, mean=100, std=40, **more)  # type: ignore[arg-type]
        made = embed(asked, scene, tmp_path / f"{name}.parquet", clusters=2)
        found[name] = read(made.path)
        assert (made.clusters[0].commonest is None) == (name != "pixels")
    values, about = found["value"]
    with torch.no_grad():
        expected = regression[3](torch.tensor(values["vector"]))[:, 0]
    np.testing.assert_allclose(values["value"], expected, rtol=1e-4, atol=1e-6)
    assert about["convista"]["unit"] == "m"
    patch = scene.read(Window(0, 0, 8, 8), ["red", "nir"])
    standard = torch.tensor((patch.filled(100) - 100) / 40)[None]
    np.testing.assert_allclose(
        found["pixels"][0]["vector"][0], pixels[:2](standard).mean((2, 3))[0].detach(), rtol=1e-4
    )
    assert found["pixels"][0]["confidence"][0] == pytest.approx(
        float(pixels(standard).softmax(1).mean((2, 3)).max().detach()), abs=1e-5
    )
    assert "class" not in found["embedding"][0]
    np.testing.assert_allclose(found["embedding"][0]["vector"][0], standard.mean((2, 3))[0], atol=1e-5)


def test_images_in_class_folders(make_run: MakeRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patches, "TOGETHER", 5)
    run = make_run()
    folder, images = tmp_path / "data", np.random.default_rng(0).integers(0, 255, (13, 2, 16, 16), np.uint8)
    for n, image in enumerate(images):
        there = folder / ("dry", "wet")[n % 2]
        there.mkdir(parents=True, exist_ok=True)
        with rasterio.open(
            there / f"{n:02d}.tif", "w", driver="GTiff", count=2, height=16, width=16, dtype="uint8",
            transform=rasterio.Affine(30, 0, n, 0, -30, 0),
        ) as file:  # fmt: skip
            file.write(image)
    made = embed(run, folder, tmp_path / "i.parquet", clusters=2, anomaly=True)
    columns, about = read(made.path)
    assert list(about) == ["convista"]
    assert list(columns) == ["file", "label", "class", "confidence", "cluster", "anomaly", "vector"]
    order = [*range(0, 13, 2), *range(1, 13, 2)]
    assert columns["file"] == [f"{('dry', 'wet')[n % 2]}/{n:02d}.tif" for n in order]
    assert columns["label"] == ["dry"] * 7 + ["wet"] * 6
    with torch.no_grad():
        expected = run.vectors(run.standardise(images[order].astype(np.float32)))
    np.testing.assert_allclose(columns["vector"], expected, rtol=1e-3, atol=1e-4)
    assert made.outliers[0].place == columns["file"][int(np.argmax(columns["anomaly"]))]

    (folder / "dry" / "00.tif").write_bytes(b"II no")
    with pytest.raises(ConvistaError, match=r"00\.tif"):
        embed(run, folder, tmp_path / "b.parquet")
    assert embed(run, folder, tmp_path / "b.parquet", skip_bad=True).patches == 12
    with pytest.raises(ConvistaError, match="is scaled otherwise"):
        embed(run, open_images(folder, scale=0.0001), tmp_path / "c.parquet", skip_bad=True)
    far = replace(run, standardise=Standardise(run.mean + 10_000, run.std))
    with pytest.raises(ConvistaError, match="red"):
        embed(far, folder, tmp_path / "c.parquet", skip_bad=True)
    assert embed(far, folder, tmp_path / "far.parquet", skip_bad=True, by_name=True).patches == 12
    with pytest.raises(ConvistaError, match="A stride is for a scene"):
        embed(run, folder, tmp_path / "c.parquet", stride=4)
    Image.fromarray(np.zeros((8, 8), np.uint8)).save(tmp_path / "small.png")
    for n in range(3):
        (tmp_path / "small" / "x").mkdir(parents=True, exist_ok=True)
        (tmp_path / "small" / "x" / f"{n}.png").write_bytes((tmp_path / "small.png").read_bytes())
    with pytest.raises(ConvistaError, match=r"0\.png is 8×8 and the network takes patches of 16×16"):
        embed(run, tmp_path / "small", tmp_path / "c.parquet")
    assert not list(tmp_path.glob("c.parquet*"))


def test_mistakes_are_told_and_leave_nothing(
    model: MapModel, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "o.parquet"
    for wrong, told in (
        ({"clusters": 1}, "1 cluster was asked for; there must be 2 to 254"),
        ({"clusters": 255}, "there must be 2 to 254"),
        ({"least": 0}, "must be more than 0 and at most 1"),
        ({"stride": 9}, "must lie between 1 and the patch's side, 8"),
    ):
        with pytest.raises(ConvistaError, match=told):
            embed(model, scene, out, **wrong)  # type: ignore[arg-type]
    with pytest.raises(ConvistaError, match=r"o\.tif must end in \.parquet"):
        embed(model, scene, tmp_path / "o.tif")
    with pytest.raises(ConvistaError, match="nowhere does not exist"):
        embed(model, scene, tmp_path / "nowhere" / "o.parquet")
    flat = map_model(nn.Sequential(nn.Conv2d(2, 3, 8), nn.Flatten()), model.band_names, patch=8, classes="abc")
    with pytest.raises(ConvistaError, match="calls no dense layer"):
        embed(flat, scene, out)
    with pytest.raises(ConvistaError, match="lacks a band"):
        embed(model, open_scene(tmp_path / "s.tif", bands=["blue", "red"]), out)
    assert [f.name for f in tmp_path.iterdir()] == ["s.tif"]
    monkeypatch.setattr(table, "find_spec", lambda name: None)
    with pytest.raises(
        ConvistaError, match=r"needs pyarrow and shapely\. Install them: pip install 'convista\[parquet\]'"
    ):
        embed(model, scene, out)


def test_a_scene_smaller_than_a_patch_has_none(model: MapModel, raster: Write, tmp_path: Path) -> None:
    tiny = open_scene(raster("t.tif", imagery(70, 62)[:, :5, :7]), bands=["red", "nir"])
    for asked in ({}, {"anomaly": True}):
        with pytest.raises(ConvistaError, match="No patch has enough data"):
            embed(model, tiny, tmp_path / "o.parquet", **asked)  # type: ignore[arg-type]
        assert not (tmp_path / "o.parquet").exists()
    assert embed(model, tiny, tmp_path / "o.parquet", least=0.5).patches == 1


def test_a_full_disk_is_told(
    model: MapModel, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: object, *_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pyarrow.parquet.ParquetWriter, "write_table", full)
    with pytest.raises(ConvistaError, match=r"v\.parquet could not be written: .*No space left on device"):
        embed(model, scene, tmp_path / "v.parquet", anomaly=True)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["s.tif", "v.parquet.unfinished"]


def test_of_two_classes_the_second_is_said_from_the_threshold_of_the_run(
    make_run: MakeRun, scene: Scene, tmp_path: Path
) -> None:
    run = make_run(values=(0, 3))
    run = replace(run, task=Multiclass(run.classes, Calibration(2.0, (0.3,))))
    columns, _ = read(embed(run, scene, tmp_path / "v.parquet", least=0.5).path)
    with torch.no_grad():
        second = torch.softmax(run.network.dense3(torch.tensor(columns["vector"])) / 2, 1)[:, 1].numpy()  # type: ignore[operator]
    said = second >= 0.3
    assert 0 < said.sum() < len(said)
    assert said.sum() != (second >= 0.5).sum()
    assert columns["class"] == [("class 0", "class 3")[int(n)] for n in said]
    np.testing.assert_allclose(columns["confidence"], np.where(said, second, 1 - second), atol=1e-5)


@pytest.mark.slow
def test_one_process_and_two_give_the_same(make_run: MakeRun, scene: Scene, tmp_path: Path) -> None:
    run = make_run()
    for workers in (1, 2):
        embed(run, scene, tmp_path / f"{workers}.parquet", stride=4, clusters=3, workers=workers)
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()
    assert (tmp_path / "1-clusters.tif").read_bytes() == (tmp_path / "2-clusters.tif").read_bytes()
