"""What lies beside a map: style, STAC Item, polygons; and that others can read the map."""

from __future__ import annotations

import errno
import json
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from torch import Tensor, nn

from convista.errors import ConvistaError, ConvistaWarning
from convista.learning import Run, open_run
from convista.mapping import MapModel, map_model, predict
from convista.mapping.outputs import rasters
from convista.mapping.outputs.style import RAMP
from convista.scenes import ClassInfo, Scene, open_labels, open_scene, open_shapes

CLASSES = (ClassInfo(1, "río & mar", (0, 0, 200)), ClassInfo(4, "forest", (0, 90, 0)))
Write = Callable[..., Path]


class Share(nn.Module):
    """The probability of the second class is the band's value."""

    def forward(self, x: Tensor) -> Tensor:
        return x.new_zeros(0) if x.numel() == 0 else nn.functional.pad(x, (0, 0, 0, 0, 1, 0)) + (1 - x) * one(x)


def one(x: Tensor) -> Tensor:
    return x.new_tensor([1.0, 0.0])[:, None, None]


def share() -> MapModel:
    return map_model(Share(), ["share"], patch=16, classes=CLASSES, mean=0.0, std=1.0, title="share")


def opened(
    folder: Path, values: NDArray[np.float32], crs: str | None = "EPSG:32630", transform: Affine | None = None
) -> Scene:
    with rasterio.open(
        folder / "s.tif", "w", driver="GTiff", count=1, height=values.shape[0], width=values.shape[1],
        dtype="float32", nodata=-1, crs=crs, transform=transform or Affine(10, 0, 500_000, 0, -10, 4_000_000),
    ) as file:  # fmt: skip
        file.write(values[None])
    return open_scene(folder / "s.tif", bands=["share"])


def patchwork() -> NDArray[np.float32]:
    values = np.full((30, 40), 0.2, np.float32)
    values[5:10, 5:15] = 0.9
    values[6, 7] = 0.1  # a hole
    values[20:, 30:] = 0.7
    values[:3, 20:25] = -1
    return values


def test_polygons_have_class_area_and_mean_confidence(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    predict(share(), opened(tmp_path, patchwork()), tmp_path / "m.tif", polygons=True)
    meta, _, shapes, fields = pyogrio.raw.read(tmp_path / "m.gpkg", layer="m")
    table = dict(zip(meta["fields"], fields, strict=True))
    assert meta["crs"] == "EPSG:32630"
    assert len(shapes) == 4
    # Zone 30 is drawn smaller than the ground along its middle, by 0.9996.
    plane = (table["area_m2"] * 0.9996**2).round(2)
    rows = sorted(zip(table["class"], table["name"], plane, table["confidence"].round(2), strict=True))
    assert rows == [
        (1, "río & mar", 100, 0.9),
        (1, "río & mar", 100 * (1200 - 50 - 100 - 15), 0.8),
        (4, "forest", 4900, 0.9),
        (4, "forest", 10_000, 0.7),
    ]
    with rasterio.open(tmp_path / "m-confidence.tif") as file:
        np.testing.assert_allclose(file.read(1)[5:10, 10] * file.scales[0], 0.9, atol=0.003)


def test_areas_on_the_ellipsoid(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    pyproj = pytest.importorskip("pyproj")
    values = np.full((20, 30), 0.2, np.float32)
    scene = opened(tmp_path, values, "EPSG:4326", Affine(0.01, 0, 12, 0, -0.02, 46))
    predict(share(), scene, tmp_path / "m.tif", polygons=True)
    meta, _, _, fields = pyogrio.raw.read(tmp_path / "m.gpkg", layer="m")
    area = dict(zip(meta["fields"], fields, strict=True))["area_m2"][0]
    ring = [(12, 46), (12.3, 46), (12.3, 45.6), (12, 45.6)]
    dense = [
        (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
        for t in np.linspace(0, 1, 400, endpoint=False)
    ]
    true = abs(pyproj.Geod(ellps="WGS84").polygon_area_perimeter(*zip(*dense, strict=True))[0])
    assert area == pytest.approx(true, rel=1e-6)


@pytest.mark.parametrize(
    ("crs", "transform", "pixel"),
    [
        ("EPSG:3857", Affine(30, 0, -12_580_000, 0, -30, 4_490_000), 900 / 1.58579),
        ("EPSG:4807", Affine(0.001, 0, 2, 0, -0.001, 50), 7098.5),
        ("IAU_2015:30100", Affine(0.001, 0, 2, 0, -0.001, 60), 459.75),
        ("EPSG:2263", Affine(100, 0, 984_250, 0, -100, 220_000), 929.0),
        ('LOCAL_CS["site",UNIT["foot",0.3048]]', Affine(100, 0, 0, 0, -100, 0), 929.0304),
    ],
)
def test_areas_are_those_of_the_ground_in_square_metres(
    crs: str, transform: Affine, pixel: float, tmp_path: Path
) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    predict(share(), opened(tmp_path, patchwork(), crs, transform), tmp_path / "m.tif", polygons=True)
    meta, *_, fields = pyogrio.raw.read(tmp_path / "m.gpkg", layer="m")
    areas = dict(zip(meta["fields"], fields, strict=True))["area_m2"]
    assert sorted(areas)[:3] == pytest.approx([pixel, 49 * pixel, 100 * pixel], rel=1e-3)


def test_polygons_where_places_have_no_size_are_refused_before_the_map(tmp_path: Path) -> None:
    scene = opened(tmp_path, patchwork(), "EPSG:4978", Affine(10, 0, 4e6, 0, -10, 4e6))
    with pytest.raises(ConvistaError, match=r"The CRS WGS 84 is geocentric: .*gdalwarp -t_srs"):
        predict(share(), scene, tmp_path / "m.tif", polygons=True)
    assert [file.name for file in tmp_path.iterdir()] == ["s.tif"]
    predict(share(), scene, tmp_path / "m.tif")
    item = json.loads((tmp_path / "m.json").read_text("utf-8"))
    assert item["geometry"] is None
    assert "bbox" not in item


@pytest.mark.parametrize(
    ("west", "size", "box"),
    [(0, 9, [-180, 180]), (190, 1, [-170, -130]), (170, 1, [170, -150]), (-200, 1, [160, -160])],
)
def test_longitudes_beyond_180(west: float, size: float, box: list[float], tmp_path: Path) -> None:
    scene = opened(tmp_path, patchwork(), "EPSG:4326", Affine(size, 0, west, 0, -1, 20))
    predict(share(), scene, tmp_path / "m.tif")
    item = json.loads((tmp_path / "m.json").read_text("utf-8"))
    assert [item["bbox"][0], item["bbox"][2]] == box


def test_polygons_without_a_crs_and_of_nothing(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    predict(share(), opened(tmp_path, patchwork(), None), tmp_path / "m.tif", polygons=True)
    meta, *_, fields = pyogrio.raw.read(tmp_path / "m.gpkg", layer="m")
    assert sum(dict(zip(meta["fields"], fields, strict=True))["area_px"]) == 1200 - 15
    with pytest.warns(ConvistaWarning, match="the nodata value -1 that the file declares: share"):
        predict(share(), opened(tmp_path, patchwork() * 0 - 1), tmp_path / "n.tif", polygons=True)
    assert pyogrio.read_info(tmp_path / "n.gpkg", layer="n")["features"] == 0
    values = map_model(nn.Identity(), ["share"], patch=16)
    with pytest.raises(ConvistaError, match="Polygons are of classes"):
        predict(values, opened(tmp_path, patchwork()), tmp_path / "v.tif", polygons=True)
    with pytest.raises(ConvistaError, match="Probabilities are of classes, and this network gives values"):
        predict(values, opened(tmp_path, patchwork()), tmp_path / "v.tif", probabilities="uint8")
    assert not list(tmp_path.glob("v.tif*"))


def test_polygons_need_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasters, "find_spec", lambda _: None)
    with pytest.raises(
        ConvistaError, match=r"Polygons need pyogrio\. Install it: pip install 'convista\[vector\]'"
    ):
        predict(share(), opened(tmp_path, patchwork()), tmp_path / "m.tif", polygons=True)
    assert [file.name for file in tmp_path.iterdir()] == ["s.tif"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows allows fewer names")
@pytest.mark.parametrize(
    ("name", "href"),
    [
        ("a b", "./a%20b.tif"), ("100%", "./100%25.tif"), ("a#b?", "./a%23b%3F.tif"), ("a;b", "./a;b.tif"),
        ("ñandú", "./ñandú.tif"), ("a:b", "./a:b.tif"), ("[x]", "./%5Bx%5D.tif"), ("a\\b", "./a%5Cb.tif"),
    ],
)  # fmt: skip
def test_an_item_refers_to_files_of_any_name(name: str, href: str, tmp_path: Path) -> None:
    predict(share(), opened(tmp_path, patchwork()), tmp_path / f"{name}.tif")
    item = json.loads((tmp_path / f"{name}.json").read_text("utf-8"))
    check_core(item)
    assert item["assets"]["map"]["href"] == href
    assert unquote(href).removeprefix("./") == f"{name}.tif"


@pytest.mark.parametrize(
    ("name", "tags", "start", "end"),
    [
        ("S2A_MSIL2A_20190416T101031_N0211_R022_T32TQR_20190416T130424.tif", {}, "2019-04-16T10:10:31Z", None),
        (
            "2019-04-16-00_00_2019-04-16-23_59_Sentinel-2_L2A_B02_(Raw).tif", {},
            "2019-04-16T00:00:00Z", "2019-04-16T23:59:00Z",
        ),
        (
            "S1A_IW_GRDH_1SDV_20200102T030405_20200102T030430_030000_037000_ABCD.tif", {},
            "2020-01-02T03:04:05Z", "2020-01-02T03:04:30Z",
        ),
        (
            "LC08_L2SP_038034_20200620_20200823_02_T1_SR_B4.tif", {},
            "2020-06-20T00:00:00Z", "2020-06-20T23:59:59Z",
        ),
        ("LC80380342013117LGN01_B4.tif", {}, "2013-04-27T00:00:00Z", "2013-04-27T23:59:59Z"),
        ("s.tif", {"TIFFTAG_DATETIME": "2021:05:06 07:08:09"}, "2021-05-05T17:08:09Z", "2021-05-06T19:08:09Z"),
        ("S2A_MSIL2A_20199916T101031_N0211.tif", {}, None, None),
        ("s.tif", {"TIFFTAG_DATETIME": "0000:00:00 00:00:00"}, None, None),
        ("s.tif", {}, None, None),
    ],
)  # fmt: skip
def test_an_item_says_when_the_imagery_was_taken(
    name: str, tags: dict[str, str], start: str | None, end: str | None, tmp_path: Path
) -> None:
    opened(tmp_path, patchwork())
    (tmp_path / "s.tif").rename(tmp_path / name)
    with rasterio.open(tmp_path / name, "r+") as file:
        file.update_tags(**tags)
    scene = open_scene(tmp_path / name)
    predict(replace(share(), bands=scene.bands), scene, tmp_path / "m.tif")
    item = json.loads((tmp_path / "m.json").read_text("utf-8"))
    check_core(item)
    told = item["properties"]
    if start is None:
        assert told["datetime"] == told["created"]
        assert told["description"] == "When the imagery was taken is not known; the time is that of the map."
    elif end is None:
        assert told["datetime"] == start
        assert "start_datetime" not in told
    else:
        assert (told["datetime"], told["start_datetime"], told["end_datetime"]) == (None, start, end)
    assert (start is None) == ("description" in told)


def test_landsat_says_the_second_and_several_files_their_span(tmp_path: Path) -> None:
    product = "LC08_L1TP_038034_20200620_20200823_02_T1"
    opened(tmp_path, patchwork())
    (tmp_path / "s.tif").rename(tmp_path / f"{product}_B4.TIF")
    (tmp_path / f"{product}_MTL.txt").write_text(
        "GROUP = LANDSAT_METADATA_FILE\n GROUP = IMAGE_ATTRIBUTES\n  DATE_ACQUIRED = 2020-06-20\n"
        '  SCENE_CENTER_TIME = "18:04:05.1234560Z"\n END_GROUP = IMAGE_ATTRIBUTES\n'
        "END_GROUP = LANDSAT_METADATA_FILE\nEND\n",
        "utf-8",
    )
    times = open_scene(tmp_path / f"{product}_B4.TIF", scale=1, offset=0).acquired()
    assert times is not None
    assert times.start == times.end == datetime(2020, 6, 20, 18, 4, 5, tzinfo=UTC)
    opened(tmp_path, patchwork())
    later = "S1A_IW_GRDH_1SDV_20200702T030405_20200702T030430_030000_037000_ABCD.tif"
    (tmp_path / "s.tif").rename(tmp_path / later)
    both = open_scene([tmp_path / f"{product}_B4.TIF", tmp_path / later], scale=1, offset=0)
    span = both.acquired()
    assert span is not None
    assert (span.start, span.end) == (times.start, datetime(2020, 7, 2, 3, 4, 30, tzinfo=UTC))
    assert both.acquired(["red"]) == times


NAMES = (
    "a;b", "-lead", "$HOME", "sqlite_x", "sp ace", "ñandú 水", "a#b", "a?b", "a%20b", "gpkg_x", "layer_styles",
"a:b", "a|b", "a,b", "a&b", "[x]", "a*b", "a\\b", "~x", ".hidden", "a.b", "http:x", "a!b",
    "{x}", "vrt:x", "GTIFF_DIR:1:x", "a\nb", "select", "1", "n" * 200,
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows allows fewer names")
@pytest.mark.parametrize("name", NAMES)
def test_a_map_can_have_any_name(name: str, tmp_path: Path) -> None:
    pytest.importorskip("pyogrio")
    scene, asked = opened(tmp_path, patchwork()), tmp_path / f"{name}.tif"
    made = predict(share(), scene, asked, polygons=True, probabilities="uint8")
    assert made == asked
    ends = [".gpkg", ".json", ".qml", ".tif", ".tif.aux.xml", "-confidence.qml", "-confidence.tif"]
    ends += ["-probabilities.qml", "-probabilities.tif"]
    assert {file.name for file in tmp_path.iterdir()} == {"s.tif", *(name + end for end in ends)}
    with closing(sqlite3.connect(tmp_path / f"{name}.gpkg")) as database:
        ((layer,),) = database.execute("SELECT table_name FROM gpkg_geometry_columns").fetchall()
        assert layer in (name, f"map_{name}")
        quoted = layer.replace('"', '""')
        assert database.execute(f'SELECT count(*) FROM "{quoted}"').fetchall() == [(4,)]
    with rasterio.open(made) as file:
        assert (file.read(1) == 4).sum() == 149


def test_a_name_too_long_is_told_at_once(tmp_path: Path) -> None:
    scene = opened(tmp_path, patchwork())
    for length in (238, 245, 252, 400):
        with pytest.raises(ConvistaError, match=r"File name too long.* Choose a shorter name\."):
            predict(share(), scene, tmp_path / f"{'n' * length}.tif", probabilities="uint8")
    assert [file.name for file in tmp_path.iterdir()] == ["s.tif"]


def test_polygons_carry_their_style(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    predict(share(), opened(tmp_path, patchwork()), tmp_path / "m.tif", polygons=True)
    assert [name for name, _ in pyogrio.list_layers(tmp_path / "m.gpkg")] == ["m", "layer_styles"]
    meta, *_, fields = pyogrio.raw.read(tmp_path / "m.gpkg", layer="layer_styles")
    (style,) = zip(*fields, strict=True)
    told = dict(zip(meta["fields"], style, strict=True))
    assert (told["f_table_catalog"], told["f_table_schema"]) == ("", "")
    assert (told["f_table_name"], told["f_geometry_column"], told["useAsDefault"]) == ("m", "geom", 1)
    root = ElementTree.fromstring(told["styleQML"].split("\n", 1)[1])
    (renderer,) = root.findall("renderer-v2")
    assert (renderer.get("type"), renderer.get("attr")) == ("categorizedSymbol", "class")
    shown = [
        (category.get("value"), category.get("label"), colour.get("value"))
        for category in renderer.findall("categories/category")
        for colour in renderer.findall(f"symbols/symbol[@name='{category.get('symbol')}']//Option[@name='color']")
    ]
    assert shown == [("1", "río & mar", "0,0,200,255"), ("4", "forest", "0,90,0,255")]
    labels = open_shapes(tmp_path / "m.gpkg", attribute="name")  # the table of styles is no layer of shapes
    assert {info.name for info in labels.classes} == {"río & mar", "forest"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "Free some space on the disk and give the command again."),
        (errno.EACCES, "See that you may write there and that no other program has the file open"),
        (errno.EROFS, "That disk can only be read; choose a folder on another."),
        (errno.EFBIG, "takes no file so large; choose another disk."),
        (errno.EIO, "Check the disk, or choose another folder."),
    ],
)
@pytest.mark.parametrize("which", ["m.qml", "m.json", "m.gpkg"])
def test_what_could_not_be_written_is_told_with_its_remedy(
    number: int, says: str, which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyogrio")
    real = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if Path(target).name == which:
            raise OSError(number, os.strerror(number))
        return real(self, target)

    scene = opened(tmp_path, patchwork())
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(ConvistaError, match=re.escape(says)) as error:
        predict(share(), scene, tmp_path / "m.tif", polygons=True)
    assert which in str(error.value)
    assert ("space" in str(error.value)) == (number == errno.ENOSPC)
    monkeypatch.undo()
    predict(share(), scene, tmp_path / "m.tif", polygons=True)
    assert not [file for file in tmp_path.iterdir() if "unfinished" in file.name]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may do everything is denied nothing")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    scene, closed = opened(tmp_path, patchwork()), tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(ConvistaError, match="See that you may write there"):
        predict(share(), scene, closed / "m.tif")


def test_the_stac_item(tmp_path: Path) -> None:
    predict(share(), opened(tmp_path, patchwork()), tmp_path / "m.tif", probabilities="uint8")
    item = json.loads((tmp_path / "m.json").read_text("utf-8"))
    assert (item["type"], item["id"]) == ("Feature", "m")
    assert set(item["assets"]) == {"map", "probabilities"}
    asset = item["assets"]["map"]
    assert asset["href"] == "./m.tif"
    assert asset["classification:classes"][0] == {
        "value": 1, "name": "r_o_mar", "title": "río & mar", "description": "río & mar", "color_hint": "0000C8",
    }  # fmt: skip
    assert asset["classification:classes"][-1]["nodata"] is True
    properties = item["properties"]
    assert properties["proj:code"] == "EPSG:32630"
    assert properties["proj:shape"] == [30, 40]
    assert properties["mlm:tasks"] == ["semantic-segmentation"]
    assert properties["mlm:input"][0]["input"]["shape"] == [-1, 1, 16, 16]
    assert properties["mlm:output"][0]["result"]["shape"] == [-1, 2, 16, 16]
    west, south, east, north = item["bbox"]
    assert -3.001 < west < east < -2.99
    assert 36.1 < south < north < 36.2


@pytest.mark.parametrize("kind", ["classes", "values", "vectors", "yields", "run", "labels", "polygons", "no CRS"])
def test_the_item_is_as_the_specifications_want(
    kind: str, tmp_path: Path, make_run: Callable[..., Run], raster: Write
) -> None:
    """What STAC 1.1 and the extensions projection 2, classification 2 and mlm 1 require, from their schemas."""
    scene = opened(tmp_path, patchwork())
    model: MapModel | Run = replace(share(), title="a net, its 2nd layer")
    if kind == "values":
        model = map_model(nn.Identity(), ["share"], patch=16, title="é")
    elif kind in ("vectors", "yields"):
        unit = "t/ha" if kind == "yields" else None
        model = map_model(nn.Conv2d(1, 3, 1), ["share"], patch=16, unit=unit)
    elif kind == "labels":
        model = map_model(nn.Conv2d(1, 3, 1), ["share"], patch=16, classes="abc", activation="sigmoid")
    elif kind == "no CRS":
        scene = opened(tmp_path, patchwork(), None)
    elif kind == "run":
        model = open_run(make_run().save(tmp_path / "run"))
        scene = open_scene(raster("two.tif", np.ones((2, 20, 20), np.uint8)), bands=["red", "nir"])
    predict(model, scene, tmp_path / "m.tif", polygons=kind == "polygons")
    item = json.loads((tmp_path / "m.json").read_text("utf-8"))
    check_core(item)
    assert item.keys() >= {"type", "stac_version", "id", "geometry", "properties", "links", "assets"}
    assert ("bbox" in item) == (kind != "no CRS")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", item["properties"]["datetime"])
    for name, asset in item["assets"].items():
        assert (tmp_path / asset["href"]).exists()
        if name in ("map", "confidence"):
            with rasterio.open(tmp_path / asset["href"]) as file:
                assert [band["name"] for band in asset["bands"]] == list(file.descriptions)
                assert [band.get("raster:scale", 1) for band in asset["bands"]] == list(file.scales)
    scaled = any("raster:scale" in str(asset) for asset in item["assets"].values())
    assert scaled == any("/raster/v2" in extension for extension in item["stac_extensions"])
    has_model = any("mlm:model" in asset["roles"] for asset in item["assets"].values())
    assert has_model == any("/mlm/" in extension for extension in item["stac_extensions"]) == (kind == "run")
    check_extensions(item)
    told = {
        "classes": "semantic-segmentation",
        "values": "regression",
        "vectors": "similarity-search",
        "yields": "regression",
        "run": "scene-classification",
        "labels": "semantic-segmentation",
        "polygons": "semantic-segmentation",
        "no CRS": "semantic-segmentation",
    }
    assert item["properties"]["mlm:tasks"] == [told[kind]]


def check_core(item: dict[str, Any]) -> None:
    """Validate by the published schema of STAC 1.1, which pystac brings along, without those of the extensions."""
    pystac = pytest.importorskip("pystac")
    validation = pytest.importorskip("pystac.validation")
    read = pystac.Item.from_dict(item)
    assert {name: asset.href for name, asset in read.assets.items()} == {
        name: asset["href"] for name, asset in item["assets"].items()
    }
    validation.validate_dict({**item, "stac_extensions": []})


def check_extensions(item: dict[str, Any]) -> None:
    properties = item["properties"]
    word = re.compile("[0-9A-Za-z_-]+")
    assert properties["proj:code"] is None or re.fullmatch("[A-Z]+:[0-9]+", properties["proj:code"])
    assert len(properties["proj:shape"]) == 2
    assert len(properties["proj:transform"]) == 6
    assert re.fullmatch("[a-zA-Z][a-zA-Z0-9_.-]+[a-zA-Z0-9]", properties["mlm:name"])
    tasks = {"regression", "classification", "scene-classification", "semantic-segmentation", "similarity-search"}
    assert set(properties["mlm:tasks"]) <= tasks
    assert {"mlm:architecture", "mlm:framework"} <= properties.keys()
    (read,), (made,) = properties["mlm:input"], properties["mlm:output"]
    assert read["bands"] == [band["name"] for band in properties["bands"]]
    for asset in item["assets"].values():
        if "mlm:model" in asset["roles"]:
            assert read["bands"] == [band["name"] for band in asset["bands"]]
        for band in asset.get("bands", []):
            assert {key for key in band if ":" in key} <= {"raster:scale"}
    for structure in (read["input"], made["result"]):
        assert structure["data_type"] == "float32"
        assert len(structure["shape"]) == len(structure["dim_order"]) == len({*structure["dim_order"]})
        assert min(structure["shape"]) >= -1
    assert set(made["tasks"]) <= tasks
    assert all(scaling.keys() == {"type", "mean", "stddev"} for scaling in read["value_scaling"])
    for asset in item["assets"].values():
        assert {"href", "type", "roles"} <= asset.keys()
        for known in asset.get("classification:classes", []):
            assert isinstance(known["value"], int)
            assert word.fullmatch(known["name"])
            assert re.fullmatch("[0-9A-F]{6}", known.get("color_hint", "000000"))
        assert ("mlm:artifact_type" in asset) == ("mlm:model" in asset["roles"])


def test_a_map_across_the_antimeridian(tmp_path: Path) -> None:
    scene = opened(tmp_path, patchwork(), "EPSG:32701", Affine(1000, 0, 160_000, 0, -1000, 8_000_000))
    predict(share(), scene, tmp_path / "m.tif", polygons=True)
    item = json.loads((tmp_path / "m.json").read_text("utf-8"))
    assert item["geometry"]["type"] == "MultiPolygon"
    west, _, east, _ = item["bbox"]
    assert 179 < west <= 180
    assert -180 <= east < -179
    with rasterio.open(tmp_path / "m.tif") as file:
        assert (file.read(1) == 4).sum() == 149


@pytest.mark.parametrize("transform", [Affine(10, 0, 500_000, 0, 10, 0), Affine(8, 6, 500_000, 6, -8, 4_000_000)])
def test_south_up_and_rotated_grids(tmp_path: Path, transform: Affine) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    predict(share(), opened(tmp_path, patchwork(), transform=transform), tmp_path / "m.tif", polygons=True)
    with rasterio.open(tmp_path / "m.tif") as file:
        assert file.transform == transform
        assert (file.read(1) == 4).sum() == 149
    meta, *_, fields = pyogrio.raw.read(tmp_path / "m.gpkg", layer="m")
    plane = sum(dict(zip(meta["fields"], fields, strict=True))["area_m2"]) * 0.9996**2
    assert plane == pytest.approx(100 * (1200 - 15))


def test_the_style_names_and_colours_the_classes(tmp_path: Path) -> None:
    predict(share(), opened(tmp_path, patchwork()), tmp_path / "m.tif")
    text = (tmp_path / "m.qml").read_text("utf-8")
    assert text.startswith("<!DOCTYPE qgis")
    entries = ElementTree.fromstring(text.split("\n", 1)[1]).findall(
        "pipe/rasterrenderer/colorPalette/paletteEntry"
    )
    assert [(e.get("value"), e.get("color"), e.get("label")) for e in entries] == [
        ("1", "#0000c8", "río & mar"), ("4", "#005a00", "forest"),
    ]  # fmt: skip
    assert open_labels(tmp_path / "m.tif").classes == CLASSES


def test_probabilities_and_values_have_a_ramp(tmp_path: Path) -> None:
    scene = opened(tmp_path, patchwork() * np.float32(2.5))
    predict(share(), scene, tmp_path / "m.tif", probabilities="uint8")
    predict(map_model(nn.Identity(), ["share"], patch=16, unit="m & s"), scene, tmp_path / "v.tif")
    with rasterio.open(tmp_path / "v.tif") as file:
        low, high = np.nanpercentile(file.read(1), [2, 98])
    ends = {"m-probabilities": (0, 1, ""), "v": (low, high, " m & s")}
    for name, (first, last, unit) in ends.items():
        root = ElementTree.fromstring((tmp_path / f"{name}.qml").read_text("utf-8").split("\n", 1)[1])
        (renderer,) = root.findall("pipe/rasterrenderer")
        assert (renderer.get("type"), renderer.get("band")) == ("singlebandpseudocolor", "1")
        (shader,) = renderer.findall("rastershader/colorrampshader")
        values = [float(item.get("value", "")) for item in shader.findall("item")]
        assert values == pytest.approx(list(np.linspace(first, last, 5)), rel=1e-5)
        for holder, names in (
            (renderer, ("classificationMin", "classificationMax")),
            (shader, ("minimumValue", "maximumValue")),
        ):
            assert [float(holder.get(n, "")) for n in names] == pytest.approx([first, last], rel=1e-5)
        assert [item.get("color") for item in shader.findall("item")] == list(RAMP)
        (legend,) = shader.findall("rampLegendSettings")
        assert legend.get("suffix") == unit


def test_a_ramp_over_nothing_and_over_one_value(tmp_path: Path) -> None:
    values = map_model(nn.Identity(), ["share"], patch=16)
    for value, ends in ((-1, (0, 1)), (7, (7, 8))):
        told = pytest.warns(ConvistaWarning, match="has a datum") if value == -1 else nullcontext()
        with told:
            predict(values, opened(tmp_path, patchwork() * 0 + value), tmp_path / "v.tif")
        text = (tmp_path / "v.qml").read_text("utf-8")
        assert f'classificationMin="{ends[0]}" classificationMax="{ends[1]}"' in text


def test_the_files_are_valid_cogs(tmp_path: Path) -> None:
    cogeo = pytest.importorskip("rio_cogeo")
    values = np.tile(patchwork(), (40, 30))
    scene = opened(tmp_path, values)
    predict(share(), scene, tmp_path / "m.tif", probabilities="float32")
    predict(map_model(nn.Identity(), ["share"], patch=64), scene, tmp_path / "v.tif")
    for name in ("m.tif", "m-probabilities.tif", "v.tif"):
        valid, errors, warnings = cogeo.cog_validate(tmp_path / name, strict=True)
        assert (valid, errors, warnings) == (True, [], [])
        with rasterio.open(tmp_path / name) as file:
            assert file.overviews(1)
