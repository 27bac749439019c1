"""``convista info`` says of anything that people have at hand what it is, or that it does not know it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convista.catalogue import film
from convista.language import LANGUAGES
from convista.learning.fitting.checkpoint import NAME as CHECKPOINT
from tests.cli.workshop import Workshop, convista
from tests.scenes.rasters import write

Capture = pytest.CaptureFixture[str]

SQUARE = {"type": "Polygon", "coordinates": [[[1, 2], [3, 2], [3, 5], [1, 5], [1, 2]]]}
POINT = {"type": "Point", "coordinates": [-4, 6, 100]}
FEATURES: list[dict[str, Any]] = [
    {"type": "Feature", "geometry": SQUARE, "properties": {"class": "forest", "id": 7}},
    {"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": [POINT]}, "properties": None},
    {"type": "Feature", "geometry": None, "properties": {"class": "water"}},
]
ITEM: dict[str, Any] = {
    "type": "Feature",
    "stac_version": "1.1.0",
    "id": "S2A_T30",
    "geometry": SQUARE,
    "bbox": [1, 2, 3, 5],
    "properties": {"datetime": "2024-05-01T00:00:00Z", "proj:code": "EPSG:32630"},
    "collection": "sentinel-2-l2a",
    "links": [],
    "assets": {"red": {"href": "./B04.tif", "type": "image/tiff", "roles": ["data"]}},
}
COLLECTION: dict[str, Any] = {
    "type": "Collection",
    "stac_version": "1.1.0",
    "id": "maps",
    "license": "other",
    "extent": {"spatial": {"bbox": [[1, 2, 3, 5]]}, "temporal": {"interval": [["2024-01-01T00:00:00Z", None]]}},
    "links": [{"rel": "item", "href": "./a.json"}, {"rel": "root", "href": "./c.json"}],
}


def facts(capsys: Capture, path: Path) -> dict[str, Any]:
    """Return what is said as JSON, having seen that it is also said as text, in both languages."""
    for spoken in LANGUAGES:
        outcome = convista(capsys, "info", path, "--lang", spoken)
        assert outcome.code == 0, outcome.error
        assert outcome.out.strip()
    read: dict[str, Any] = json.loads(convista(capsys, "info", path, "--json").out)
    return read


def as_json(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.geojson", "a.json"])
def test_geojson(name: str, tmp_path: Path, capsys: Capture) -> None:
    found = facts(capsys, as_json(tmp_path / name, {"type": "FeatureCollection", "features": FEATURES}))
    assert found == {
        "shapes": name,
        "layers": [
            {
                "layer": "a",
                "features": 3,
                "geometry": "GeometryCollection, Polygon",
                "crs": "EPSG:4326",
                "bounds": [-4, 2, 3, 6],
                "attributes": ["class", "id"],
            }
        ],
    }
    alone = facts(capsys, as_json(tmp_path / name, FEATURES[0]))
    assert alone["layers"][0]["bounds"] == [1, 2, 3, 5]


@pytest.mark.parametrize(("ending", "driver"), [("gpkg", "GPKG"), ("shp", "ESRI Shapefile"), ("fgb", "FlatGeobuf")])
def test_shapes(ending: str, driver: str, tmp_path: Path, capsys: Capture) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    shapely = pytest.importorskip("shapely")
    shapes = shapely.to_wkb([shapely.box(0, 0, 10, 20), shapely.box(20, 0, 30, 5)])
    fields = {"field_data": [np.array([1, 2])], "fields": ["code"]}
    path = tmp_path / f"a.{ending}"
    given = {"geometry_type": "Polygon", "crs": "EPSG:32630", "driver": driver, **fields}
    pyogrio.raw.write(path, shapes, layer="a", **given)
    if ending == "gpkg":
        pyogrio.raw.write(path, shapes[:1], layer="b", append=True, **given | {"field_data": [np.array([1])]})
    found = facts(capsys, path)["layers"]
    assert found[0] == {
        "layer": "a",
        "features": 2,
        "geometry": "Polygon",
        "crs": "EPSG:32630",
        "bounds": [0, 0, 30, 20],
        "attributes": ["code"],
    }
    assert [layer["layer"] for layer in found] == ["a", "b"][: len(found)]
    assert len(found) == (2 if ending == "gpkg" else 1)


def test_stac(tmp_path: Path, capsys: Capture) -> None:
    item = facts(capsys, as_json(tmp_path / "item.json", ITEM))
    assert (item["stac_item"], item["datetime"], item["crs"]) == ("S2A_T30", "2024-05-01T00:00:00Z", "EPSG:32630")
    assert item["assets"] == [{"name": "red", "roles": ["data"], "type": "image/tiff", "href": "./B04.tif"}]
    collection = facts(capsys, as_json(tmp_path / "collection.json", COLLECTION))
    assert collection["stac_collection"] == "maps"
    assert (collection["bbox"], collection["members"]) == ([1, 2, 3, 5], ["./a.json"])
    catalog = {"type": "Catalog", "stac_version": "1.1.0", "id": "c", "description": "", "links": []}
    assert facts(capsys, as_json(tmp_path / "catalog.json", catalog))["stac_catalog"] == "c"


def test_a_map_and_all_that_lies_beside_it(workshop: Workshop, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "map.tif"
    asked = ("--out", out, "--probabilities", "uint8", "--polygons")
    assert convista(capsys, "predict", workshop.run, workshop.scene, *asked).code == 0
    mapped = facts(capsys, out)
    assert mapped["class_raster"] == "map.tif"
    assert {"value": 1, "name": "water"} in mapped["classes"]
    assert (mapped["rows"], mapped["nodata"]) == (192, 255)
    assert "probability of water" in [
        band["name"] for band in facts(capsys, tmp_path / "map-probabilities.tif")["bands"]
    ]
    assert facts(capsys, tmp_path / "map.json")["stac_item"] == "map"
    assert facts(capsys, tmp_path / "map.gpkg")["layers"][0]["geometry"].endswith("Polygon")
    as_scene = json.loads(convista(capsys, "info", out, "--nodata", 3, "--json").out)
    assert (as_scene["scene"], as_scene["bands"][0]["nodata"]) == ("map", 3)


def test_labels_without_names_are_a_raster_of_few_values(tmp_path: Path, capsys: Capture) -> None:
    values = np.tile(np.array([0, 3, 200, 255], np.uint8), (1, 4, 1))
    found = facts(capsys, write(tmp_path / "labels.tif", values, nodata=255))
    assert (found["few_values"], found["values"]) == ("labels.tif", [0, 3, 200])
    many = np.arange(64, dtype=np.uint8).reshape(1, 8, 8)
    assert facts(capsys, write(tmp_path / "band.tif", many))["scene"] == "band"


def test_class_folders(tmp_path: Path, capsys: Capture) -> None:
    for name, count in (("forest", 3), ("water", 2)):
        (tmp_path / "data" / name).mkdir(parents=True)
        for n in range(count):
            Image.new("RGB", (8, 8)).save(tmp_path / "data" / name / f"{n}.png")
    assert facts(capsys, tmp_path / "data") == {
        "images": "data",
        "count": 5,
        "size": "8×8",
        "channels": 3,
        "dtype": "uint8",
        "classes": [{"name": "forest", "images": 3}, {"name": "water", "images": 2}],
    }


def test_a_film(tmp_path: Path, capsys: Capture) -> None:
    film("pool-max", language="en").save(tmp_path / "film.json")
    found = facts(capsys, tmp_path / "film.json")
    assert (found["film"], found["title"], found["steps"]) == ("pool-max", "Pooling: maximum, window by window", 9)


def test_trainings(workshop: Workshop, tmp_path: Path, capsys: Capture) -> None:
    assert facts(capsys, workshop.run)["model"] == "lenet"
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / CHECKPOINT).write_bytes(b"")
    assert facts(capsys, tmp_path / "cut")["checkpoint"] == "cut"
    (tmp_path / "seeds").mkdir()
    scores = {"accuracy": {"each": [0.5, 0.7], "mean": 0.6, "spread": 0.1}}
    as_json(tmp_path / "seeds" / "seeds.json", {"seeds": [0, 1], "samples": 9, "scores": scores})
    found = facts(capsys, tmp_path / "seeds")
    assert (found["numbers"], found["scores"]) == ([0, 1], [{"score": "accuracy", "mean": 0.6, "spread": 0.1}])
    (tmp_path / "study" / "max" / "seed-0").mkdir(parents=True)
    (tmp_path / "study" / "max" / "seed-0" / "model.safetensors").write_bytes(b"")
    as_json(tmp_path / "study" / "study.json", {"model": "lenet", "data": "x.tif"})
    assert facts(capsys, tmp_path / "study") == {
        "study": "study",
        "model": "lenet",
        "data": "x.tif",
        "runs": ["max/seed-0"],
    }


def test_vectors(tmp_path: Path, capsys: Capture) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pa.table({"class": ["a", "b"], "v": [1.0, 2.0]})
    parquet.write_table(
        table.replace_schema_metadata({"convista": json.dumps({"network": "lenet"})}), tmp_path / "v.parquet"
    )
    found = facts(capsys, tmp_path / "v.parquet")
    assert (found["vectors"], found["rows"], found["model"]) == ("v.parquet", 2, "lenet")
    parquet.write_table(table, tmp_path / "t.parquet")
    assert facts(capsys, tmp_path / "t.parquet")["table"] == "t.parquet"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.txt", "hello", "notes.txt is nothing that convista knows: no scene, raster of classes"),
        ("x.json", '{"a": 1}', "x.json is JSON, but no GeoJSON, no STAC and no film of convista"),
        ("x.json", "[1, 2]", "x.json is JSON, but no GeoJSON"),
        ("x.json", "{", "x.json cannot be read: JSON:"),
        ("x.json", '{"type": "FeatureCollection"}', "x.json cannot be read: FeatureCollection: 'features'"),
        ("x.json", '{"type": "FeatureCollection", "features": [1]}', "x.json cannot be read: FeatureCollection:"),
        (
            "x.json",
            '{"type": "Feature", "stac_version": "1", "assets": {"a": 1}}',
            "x.json cannot be read: Feature:",
        ),
        ("x.json", '{"format": "convista film"}', "x.json is not a film saved as JSON"),
        ("x.shp", "hello", "x.shp cannot be read"),
        ("x.parquet", "hello", "x.parquet cannot be read"),
        ("x.safetensors", "hello", "x.safetensors"),
        ("x.tif", "hello", "x.tif is nothing that convista knows"),
    ],
)
def test_what_it_does_not_know(name: str, content: str, says: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    outcome = convista(capsys, "info", tmp_path / name)
    assert outcome.code == 2, outcome
    assert says in outcome.error


def test_options_that_say_nothing_of_what_it_is(workshop: Workshop, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "empty").mkdir()
    assert "is nothing that convista knows" in convista(capsys, "info", tmp_path / "empty").error
    shapes = as_json(tmp_path / "a.geojson", FEATURES[0])
    for given in ((shapes, "--bands", "red"), (workshop.run, "--scale", "2")):
        outcome = convista(capsys, "info", *given)
        assert outcome.code == 2
        assert f"{given[1]}: this says how a scene or a raster is opened" in outcome.error
    assert "--trust is for a run" in convista(capsys, "info", shapes, "--trust").error
