"""Shapes drawn by hand become class numbers on a scene's grid, wherever and in whatever format they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio.warp
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS

from convista.errors import ConvistaError
from convista.scenes import Grid, is_shapes, open_shapes

GRID = Grid(CRS.from_epsg(32630), Affine(10, 0, 500_000, 0, -10, 4_000_000), 40, 50)


def box(row: float, column: float, rows: float, columns: float) -> dict[str, Any]:
    """Return a polygon in map coordinates that covers pixels of the grid."""
    left, top = 500_000 + 10 * column, 4_000_000 - 10 * row
    right, bottom = left + 10 * columns, top - 10 * rows
    ring = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]]
    return {"type": "Polygon", "coordinates": [ring]}


SHAPES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (box(2, 3, 5, 7), {"class": "water", "code": 4}),
    (box(20, 10, 4, 4), {"class": "forest", "code": 9}),
    ({"type": "Point", "coordinates": [500_000 + 455, 4_000_000 - 305]}, {"class": "forest", "code": 9}),
    (box(21, 11, 1, 1), {"class": "water", "code": 4}),
    (box(0, 0, 1, 1), {"class": None, "code": None}),
]


def expected() -> NDArray[np.int64]:
    values = np.full((40, 50), -1)
    values[2:7, 3:10] = 2
    values[20:24, 10:14] = 1
    values[30, 45] = 1
    values[21, 11] = 2
    return values


def write(path: Path, crs: str | None = "EPSG:32630") -> Path:
    moved = [
        (
            geometry
            if crs == "EPSG:32630"
            else rasterio.warp.transform_geom("EPSG:32630", crs or "EPSG:4326", geometry)
        )
        for geometry, _ in SHAPES
    ]
    features = [
        {"type": "Feature", "geometry": geometry, "properties": properties}
        for geometry, (_, properties) in zip(moved, SHAPES, strict=True)
    ]
    named = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **named}))
    return path


@pytest.mark.parametrize("crs", ["EPSG:32630", "EPSG:4326", "EPSG:32629", None])
def test_geojson(crs: str | None, tmp_path: Path) -> None:
    shapes = open_shapes(write(tmp_path / "a.geojson", crs))
    assert [(c.value, c.name) for c in shapes.classes] == [(1, "forest"), (2, "water")]
    assert len(shapes) == 4
    found = shapes.on(GRID)
    np.testing.assert_array_equal(found.filled(), expected())


@pytest.mark.parametrize("ending", [".gpkg", ".shp"])
def test_what_gdal_reads(ending: str, tmp_path: Path) -> None:
    pyogrio, shapely = pytest.importorskip("pyogrio"), pytest.importorskip("shapely")
    polygons = [n for n, (geometry, _) in enumerate(SHAPES) if geometry["type"] == "Polygon"]
    shapes = shapely.to_wkb([shapely.from_geojson(json.dumps(SHAPES[n][0])) for n in polygons])
    columns = [
        np.array([SHAPES[n][1]["class"] for n in polygons], object),
        np.array([SHAPES[n][1]["code"] or 0 for n in polygons], np.int32),
    ]
    path = tmp_path / f"a{ending}"
    pyogrio.raw.write(path, shapes, columns, ["class", "code"], geometry_type="Polygon", crs="EPSG:32630")
    values = expected()
    values[30, 45] = -1
    np.testing.assert_array_equal(open_shapes(path).on(GRID).filled(), values)
    by_code = open_shapes(path, "code")
    assert [(c.value, c.name) for c in by_code.classes] == [(0, "0"), (4, "4"), (9, "9")]
    np.testing.assert_array_equal(np.unique(by_code.on(GRID).filled()), [-1, 0, 4, 9])


def gdal(path: Path, column: NDArray[Any], *, null: object = None, name: str = "code", **options: Any) -> Path:
    """Write a box for each value of a column, one under the other; NULL where a mask says."""
    pyogrio, shapely = pytest.importorskip("pyogrio"), pytest.importorskip("shapely")
    boxes = [shapely.from_geojson(json.dumps(box(2 * n, 3, 2, 7))) for n in range(len(column))]
    masks = None if null is None else [np.array(null, bool)]
    options = {"geometry_type": "Polygon", "crs": "EPSG:32630", "field_mask": masks} | options
    pyogrio.raw.write(path, shapely.to_wkb(boxes), [column], [name], **options)
    return path


def values_of(path: Path, **options: Any) -> list[tuple[int, str]]:
    return [(c.value, c.name) for c in open_shapes(path, **options).classes]


def features(path: Path, *shapes: tuple[Any, Any], **more: Any) -> Path:
    """Write geometries with a class each as GeoJSON in the grid's CRS."""
    written = [{"type": "Feature", "geometry": g, "properties": {"class": c}} for g, c in shapes]
    named = {"crs": {"type": "name", "properties": {"name": "EPSG:32630"}}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": written, **named, **more}))
    return path


@pytest.mark.parametrize("ending", [".gpkg", ".shp"])
def test_null_is_no_class_and_codes_keep_their_values_and_order(ending: str, tmp_path: Path) -> None:
    codes = np.array([10, 1, 2, 7, 10], np.int32)
    shapes = open_shapes(gdal(tmp_path / f"a{ending}", codes, null=[0, 0, 0, 1, 0]))
    assert [(c.value, c.name) for c in shapes.classes] == [(1, "1"), (2, "2"), (10, "10")]
    assert (len(shapes), shapes.unlabelled, shapes.counts[10]) == (4, 1, 2)
    assert shapes.on(GRID).filled()[:12:2, 4].tolist() == [10, 1, 2, -1, 10, -1]


def test_codes_that_no_map_holds_are_numbered_in_their_order(tmp_path: Path) -> None:
    codes = np.array([1120, 111, 9, -3], np.int64)
    path = gdal(tmp_path / "a.gpkg", codes)
    assert values_of(path) == [(1, "-3"), (2, "9"), (3, "111"), (4, "1120")]
    assert values_of(path, names={1120: "fabric"})[3] == (4, "fabric")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["10", "2", None, "", "  "], [(2, "2"), (10, "10")]),
        (["02", "10", "1"], [(1, "02"), (2, "1"), (3, "10")]),
        ([2.0, 10, float("nan"), 1], [(1, "1"), (2, "2"), (10, "10")]),
        ([1, "1", 2], [(1, "1"), (2, "2")]),
        ([True, False, True], [(0, "false"), (1, "true")]),
        (["b", 3, "a "], [(1, "3"), (2, "a"), (3, "b")]),
    ],
)
def test_what_is_a_code_and_what_a_name(values: list[Any], expected: list[Any], tmp_path: Path) -> None:
    path = features(tmp_path / "a.geojson", *((box(n, 1, 1, 1), value) for n, value in enumerate(values)))
    assert values_of(path) == expected


def test_dates_and_truth_are_classes_and_measurements_are_not(tmp_path: Path) -> None:
    days = np.array(["2020-05-01", "2019-05-01", "NaT"], "datetime64[D]")
    assert values_of(gdal(tmp_path / "a.gpkg", days)) == [(1, "2019-05-01"), (2, "2020-05-01")]
    burnt = gdal(tmp_path / "b.gpkg", np.array([True, False, True]), null=[0, 0, 1])
    assert values_of(burnt) == [(0, "false"), (1, "true")]
    for n, value in enumerate((0.37, ["a"], {"a": 1})):
        path = features(tmp_path / f"{n}.geojson", (box(1, 1, 1, 1), value))
        with pytest.raises(ConvistaError, match=r"attribute “class” of .* that are no classes, such as .*0.37|a"):
            open_shapes(path)
    path = features(tmp_path / "many.geojson", *((box(1, 1, 1, 1), n) for n in range(300)))
    with pytest.raises(ConvistaError, match="has more than 254 different values: it does not look like a class"):
        open_shapes(path)


def test_classes_are_named_by_code_or_in_order(tmp_path: Path) -> None:
    path = gdal(tmp_path / "a.gpkg", np.array([10, 1, 2], np.int32))
    assert values_of(path, names=["wood", "water", "town"]) == [(1, "wood"), (2, "water"), (10, "town")]
    assert values_of(path, names={10: "town"}) == [(1, "1"), (2, "2"), (10, "town")]
    with pytest.raises(
        ConvistaError, match=r"A class was named that is not in .*a.gpkg: 4 snow. Its values are: 1, 2, 10"
    ):
        open_shapes(path, names={4: "snow"})
    with pytest.raises(ConvistaError, match=r"has 3 classes \(1, 2, 10\) and 1 name was given"):
        open_shapes(path, names=["snow"])
    texts = write(tmp_path / "a.geojson")
    assert values_of(texts, names=["bosque", "agua"]) == [(1, "bosque"), (2, "agua")]
    with pytest.raises(ConvistaError, match=r"not in .*: 3 ice. Its values are: 1 forest, 2 water"):
        open_shapes(texts, names={3: "ice"})


def test_an_attribute_may_be_asked_for_in_any_case(tmp_path: Path) -> None:
    path = gdal(tmp_path / "a.shp", np.array([4, 1], np.int32), name="CODE")
    assert values_of(path, attribute="code") == [(1, "1"), (4, "4")]


EMPTY: list[Any] = [
    None,
    {"type": "Polygon", "coordinates": []},
    {"type": "Point", "coordinates": []},
    {"type": "MultiPolygon", "coordinates": [[]]},
    {"type": "GeometryCollection", "geometries": []},
    {"type": "LineString", "coordinates": [[500_000, 4_000_000]]},
]


def test_empty_geometries_are_left_out_and_collections_taken_apart(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [500_455, 3_999_695]}
    inner = {"type": "GeometryCollection", "geometries": [point, EMPTY[1]]}
    both = {"type": "GeometryCollection", "geometries": [box(2, 3, 5, 7), inner]}
    shapes = open_shapes(features(tmp_path / "a.geojson", (both, "wood"), *((g, "wood") for g in EMPTY)))
    assert (len(shapes), shapes.empty, shapes.unlabelled) == (1, len(EMPTY), 0)
    values = np.full((40, 50), -1)
    values[2:7, 3:10], values[30, 45] = 1, 1
    np.testing.assert_array_equal(shapes.on(GRID).filled(), values)
    with pytest.raises(ConvistaError, match=r"Of the 7 shapes of .* none is left: 1 has no class \(the attribute"):
        open_shapes(features(tmp_path / "b.geojson", *((g, "wood") for g in EMPTY), (point, None)))


def test_empty_geometries_and_collections_of_gdal(tmp_path: Path) -> None:
    pyogrio, shapely = pytest.importorskip("pyogrio"), pytest.importorskip("shapely")
    square = shapely.from_geojson(json.dumps(box(2, 3, 5, 7)))
    height = shapely.Polygon([(*xy, 7) for xy in square.exterior.coords])
    shapes = [shapely.GeometryCollection([square]), shapely.Polygon(), shapely.Point(), None, height]
    names = np.array(["a", "a", "a", "a", "b"], object)
    path = tmp_path / "a.gpkg"
    pyogrio.raw.write(path, shapely.to_wkb(shapes), [names], ["c"], geometry_type="Unknown", crs="EPSG:32630")
    opened = open_shapes(path)
    assert (len(opened), opened.empty) == (2, 3)
    assert (opened.on(GRID).filled()[2:7, 3:10] == 2).all()


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Circle", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": [[["a", 0], [1, 0], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": 3},
        {"type": "Point", "coordinates": [float("inf"), 0]},
        "POINT (1 2)",
    ],
)
def test_what_is_no_geometry_is_named(geometry: Any, tmp_path: Path) -> None:
    path = features(tmp_path / "a.geojson", (box(1, 1, 1, 1), "a"), (geometry, "b"))
    with pytest.raises(ConvistaError, match=r"Shape 2 of .*a.geojson cannot be drawn: .* Mend its geometry"):
        open_shapes(path)


def test_several_layers_are_asked_for(tmp_path: Path) -> None:
    path = gdal(tmp_path / "a.gpkg", np.array(["x", "y"], object), layer="Fields")
    gdal(path, np.array(["z", "u"], object), layer="roads")
    with pytest.raises(ConvistaError, match=r"has several layers: Fields, roads. Say which holds the labels"):
        open_shapes(path)
    assert values_of(path, layer="fields") == [(1, "x"), (2, "y")]
    assert values_of(path, layer="roads") == [(1, "u"), (2, "z")]
    with pytest.raises(ConvistaError, match=r"has no layer “towns”. It has: Fields, roads"):
        open_shapes(path, layer="towns")
    with pytest.raises(ConvistaError, match=r"a.geojson has no layers, and “roads” was asked for"):
        open_shapes(write(tmp_path / "a.geojson"), layer="roads")


def test_a_table_of_styles_is_no_layer(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = gdal(tmp_path / "a.gpkg", np.array(["x", "y"], object), layer="fields")
    pyogrio.raw.write(path, None, [np.array(["red"], object)], ["style"], layer="layer_styles", crs=None)
    assert values_of(path) == [(1, "x"), (2, "y")]


def test_a_shapefile_that_does_not_say_its_encoding(tmp_path: Path) -> None:
    path = gdal(tmp_path / "a.shp", np.array(["caña", "agua"], object), encoding="UTF-8")
    assert values_of(path) == [(1, "agua"), (2, "caña")]
    (tmp_path / "a.cpg").unlink()
    with pytest.raises(ConvistaError) as error:
        open_shapes(path)
    assert "letters beyond ASCII and does not say in which encoding (it lacks its .cpg file)" in str(error.value)
    assert "utf-8: caña; cp1252: caÃ±a; " in str(error.value)
    assert values_of(path, encoding="utf-8") == [(1, "agua"), (2, "caña")]
    assert values_of(path, encoding="cp1252") == [(1, "agua"), (2, "caÃ±a")]
    with pytest.raises(ConvistaError, match="The encoding “klingon” is not known"):
        open_shapes(path, encoding="klingon")
    old = gdal(tmp_path / "b.shp", np.array(["caña", "agua"], object), encoding="ISO-8859-1")
    (tmp_path / "b.cpg").unlink()
    with pytest.raises(ConvistaError, match=r"The texts of .*b.shp are not in utf-8"):
        open_shapes(old, encoding="utf-8")
    plain = gdal(tmp_path / "c.shp", np.array(["bosque", "agua"], object))
    (tmp_path / "c.cpg").unlink()
    assert values_of(plain) == [(1, "agua"), (2, "bosque")]
    packed = gdal(tmp_path / "d.gpkg", np.array(["bosque", "agua"], object))
    with pytest.raises(ConvistaError, match=r"d.gpkg says by itself how its texts are written"):
        open_shapes(packed, encoding="utf-8")


def test_geojson_of_one_geometry_or_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson")
    path.write_text("\N{ZERO WIDTH NO-BREAK SPACE}" + path.read_text(), encoding="utf-8")
    assert len(open_shapes(path)) == 4
    path.write_text(json.dumps(box(1, 1, 1, 1)))
    with pytest.raises(ConvistaError, match="have no attributes, and one must say their class"):
        open_shapes(path)


def test_mistakes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson")
    with pytest.raises(ConvistaError, match=r"have no attribute “kind”. They have: class, code"):
        open_shapes(path, "kind")
    two = json.loads(path.read_text())
    for feature in two["features"]:
        feature["properties"]["who"] = "me"
    path.write_text(json.dumps(two))
    with pytest.raises(ConvistaError, match=r"have several attributes: class, code, who. Say which is their class"):
        open_shapes(path)
    far = Grid(GRID.crs, Affine(10, 0, 0, 0, -10, 0), 5, 5)
    with pytest.raises(ConvistaError, match=r"None of the 4 shapes of .* lies on a pixel of the scene"):
        open_shapes(path, "class").on(far)
    with pytest.raises(ConvistaError, match=r"One of .* and the scene has no CRS"):
        open_shapes(path, "class").on(Grid(None, GRID.transform, 5, 5))
    (tmp_path / "b.geojson").write_text("{")
    with pytest.raises(ConvistaError, match=r"The shapes of .*b.geojson cannot be read: no GeoJSON"):
        open_shapes(tmp_path / "b.geojson")
    with pytest.raises(ConvistaError, match=r"The shapes of .*none.geojson cannot be read: No such file"):
        open_shapes(tmp_path / "none.geojson")
    (tmp_path / "c.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    with pytest.raises(ConvistaError, match=r"c.geojson has no shapes"):
        open_shapes(tmp_path / "c.geojson")


def test_shapes_are_known_by_their_ending() -> None:
    assert is_shapes("a.GPKG")
    assert is_shapes(Path("a.shp"))
    assert not is_shapes("a.tif")
    assert not is_shapes(None)
