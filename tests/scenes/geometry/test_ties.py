"""Images that lie on the ground by control points or coefficients, and on no grid yet, are never misplaced."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.control import GroundControlPoint
from rasterio.crs import CRS
from rasterio.rpc import RPC

from convista.errors import ConvistaError, ConvistaWarning
from convista.learning.data.targets import found_on
from convista.scenes import Scene, Window, open_scene, open_shapes
from convista.scenes.geometry.ground import pixel_sides
from tests.scenes.rasters import counted, write

POINTS = [
    GroundControlPoint(row, column, 10 + 0.001 * column, 45 - 0.001 * row, 0)
    for row in (0, 10, 20)
    for column in (0, 15, 30)
]
COEFFICIENTS = RPC(
    height_off=0, height_scale=500, lat_off=45, lat_scale=0.1, long_off=10, long_scale=0.1, line_off=10,
    line_scale=10, samp_off=15, samp_scale=15, line_num_coeff=[0, 0, -1] + [0] * 17, line_den_coeff=[1] + [0] * 19,
    samp_num_coeff=[0, 1] + [0] * 18, samp_den_coeff=[1] + [0] * 19,
)  # fmt: skip


def by_points(path: Path, seed: int = 1, points: list[GroundControlPoint] = POINTS) -> Path:
    with rasterio.open(
        path, "w", driver="GTiff", height=20, width=30, count=1, dtype="uint16", gcps=points, crs="EPSG:4326"
    ) as file:
        file.write(counted(1, 20, 30) * seed)
    return path


def by_coefficients(path: Path) -> Path:
    with rasterio.open(
        path, "w", driver="GTiff", height=20, width=30, count=1, dtype="uint16", rpcs=COEFFICIENTS
    ) as file:
        file.write(counted(1, 20, 30))
    return path


def opened(path: Path) -> Scene:
    with pytest.warns(ConvistaWarning, match="is on no grid"):
        return open_scene(path)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize(
    ("make", "has"),
    [
        (by_points, r"has 9 ground control points \(EPSG:4326\).* \(gdalwarp -tps .*a.tif new.tif\)"),
        (by_coefficients, r"has rational polynomial coefficients \(RPC\).* \(gdalwarp -rpc .*a.tif new.tif"),
    ],
)
def test_what_the_file_has_is_said_wherever_a_place_is_needed(make, has: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.warns(ConvistaWarning, match=has):
        scene = open_scene(make(tmp_path / "a.tif"))
    assert scene.crs is None
    assert scene.patch(Window(0, 0, 2, 2)).values[0, 0, 0] == 1
    labels = write(
        tmp_path / "l.tif",
        np.ones((1, 20, 30), np.uint8),
        crs="EPSG:4326",
        transform=Affine(0.001, 0, 10, 0, -0.001, 45),
    )
    square = {"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]]}
    drawn = tmp_path / "l.geojson"
    drawn.write_text(json.dumps({"type": "Feature", "properties": {"class": "a"}, "geometry": square}))
    for asked in (
        lambda: scene.grid.pixel(10.01, 44.99, "EPSG:4326"),
        lambda: open_shapes(drawn).on(scene.grid),
        lambda: found_on(scene.grid, labels),
        lambda: pixel_sides(scene.grid, 0, 0),
        lambda: scene.on(open_scene(labels).grid).read(),
        lambda: open_scene(labels).on(scene.grid).read(),
        lambda: open_scene([labels, tmp_path / "a.tif"]),
    ):
        with pytest.raises(ConvistaError, match=has):
            asked()


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_files_on_the_same_pixels_are_one_image(tmp_path: Path) -> None:
    for name, seed in (("vv.tif", 1), ("vh.tif", 2)):
        by_points(tmp_path / name, seed)
    scene = opened(tmp_path)
    assert scene.read()[:, 0, 1].tolist() == [4, 2]
    by_points(tmp_path / "hh.tif", points=POINTS[1:])
    with pytest.raises(ConvistaError, match="ground control points"):
        open_scene(tmp_path)
    smaller = scene.grid.resampled(2)
    with pytest.raises(ConvistaError, match="ground control points"):
        scene.on(smaller).read()


def test_a_grid_counts_before_points(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", counted(1, 20, 30))
    with rasterio.open(path, "r+") as file:
        file.rpcs = COEFFICIENTS
    assert open_scene(path).grid.tie is None
    assert open_scene(path).crs == CRS.from_epsg(32630)
