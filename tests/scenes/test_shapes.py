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
    assert [c.name for c in by_code.classes] == ["0", "4", "9"]


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
