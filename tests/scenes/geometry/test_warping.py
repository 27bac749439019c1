"""What lies on one grid is found on another, around the circle of longitudes too, and in bounded memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import rasterio.warp
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from rasterio.crs import CRS

from convista.scenes import Grid, Window, open_labels, open_scene
from convista.scenes.files.open_raster import OpenRaster
from convista.scenes.geometry import warping
from tests.scenes.rasters import write

WGS84 = CRS.from_epsg(4326)
UTM = Grid(CRS.from_epsg(32701), Affine(2000, 0, 100_123, 0, -2000, 8_200_777), 50, 60)
"""Across the antimeridian."""


def numbered(path: Path, west: float, width: int, crs: str = "EPSG:4326", size: float = 1.0) -> Path:
    """Write a raster around the equator: the number of a pixel is its place, whatever longitudes count from."""
    columns = np.round((west + size * (np.arange(width) + 0.5)) / size - 0.5).astype(int) % round(360 / size)
    rows = np.arange(round(40 / size))
    values = (rows[:, None] * 1000 + columns).astype(np.float32)
    return write(path, values[None], crs=crs, transform=Affine(size, 0, west, 0, -size, 20))


def place_of(grid: Grid, size: float = 1.0, shift: tuple[float, float] = (0, 0)) -> NDArray[Any]:
    """Return the number of the place that each pixel of a grid is in, or that lies at a distance from it."""
    rows, columns = np.mgrid[: grid.height, : grid.width]
    x, y = (np.array(axis) for axis in grid.transform @ (columns.ravel() + 0.5, rows.ravel() + 0.5))
    if grid.crs != WGS84:
        x, y = map(np.array, rasterio.warp.transform(grid.crs, WGS84, x, y))
    x, y = x + shift[0], y + shift[1]
    found: NDArray[Any] = np.floor((20 - y) / size) * 1000 + np.floor(x / size) % round(360 / size)
    return found.reshape(grid.shape)


@pytest.mark.parametrize("west", [-180, 0, -190, 540])
@pytest.mark.parametrize(
    "wanted",
    [
        Grid(WGS84, Affine(0.5, 0, -10, 0, -0.5, 10), 12, 40),
        Grid(WGS84, Affine(0.5, 0, 170, 0, -0.5, 10), 12, 40),
        Grid(WGS84, Affine(0.5, 0, -190, 0, -0.5, 10), 12, 40),
        Grid(WGS84, Affine(1, 0, 0, 0, -1, 20), 40, 360),
        UTM,
    ],
    ids=["greenwich", "east", "west", "all", "utm"],
)
def test_a_raster_of_the_whole_earth(west: int, wanted: Grid, tmp_path: Path) -> None:
    scene = open_scene(numbered(tmp_path / "a.tif", west, 360))
    labels = open_labels(
        write(tmp_path / "b.tif", scene.read().filled() % 251, transform=scene.transform, crs="EPSG:4326")
    )
    found = labels.on(wanted).read().filled()
    # GDAL's warper approximates by up to an eighth of a pixel between two CRSs.
    near = [(0.0, 0.0)] if wanted.crs == WGS84 else [(x, y) for x in (-0.125, 0, 0.125) for y in (-0.125, 0, 0.125)]
    assert np.any([found == place_of(wanted, shift=shift) % 251 for shift in near], axis=0).all()


@pytest.mark.parametrize(("west", "width"), [(170, 20), (-190, 20), (100, 200), (530, 20)])
def test_a_raster_across_the_antimeridian_on_scenes_of_either_side(west: int, width: int, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.tif",
        np.arange(width, dtype=np.uint8)[None, None].repeat(40, axis=1),
        crs="EPSG:4326",
        transform=Affine(1, 0, west, 0, -1, 20),
    )
    for first, count in ((171, 9), (-180, 9), (171, 19), (-189, 19), (-180, 360), (0, 360)):
        wanted = Grid(WGS84, Affine(1, 0, first, 0, -1, 10), 3, count)
        there = (first + np.arange(count) - west) % 360
        expected = np.where(there < width, there, -1)
        np.testing.assert_array_equal(open_labels(path).on(wanted).read().filled(), [expected] * 3)


@pytest.mark.parametrize("west", [-180, 0])
@pytest.mark.parametrize("size", [0.25, 3.0])
def test_values_go_on_across_the_seam(west: int, size: float, tmp_path: Path) -> None:
    longitude = np.radians(west + np.arange(360) + 0.5)
    values = np.sin(longitude).astype(np.float32)[None, None].repeat(40, axis=1)
    scene = open_scene(write(tmp_path / "a.tif", values, crs="EPSG:4326", transform=Affine(1, 0, west, 0, -1, 20)))
    for first in (-6.0, 174.0):
        wanted = Grid(WGS84, Affine(size, 0, first, 0, -size, 12), 4, round(12 / size))
        middle = np.radians(first + size * (np.arange(wanted.width) + 0.5))
        found = scene.on(wanted).read()
        assert not np.ma.getmaskarray(found).any()
        np.testing.assert_allclose(found[0].filled(), [np.sin(middle)] * 4, atol=2e-3)


@settings(deadline=None, max_examples=30)
@given(
    turns=st.integers(-2, 2), west=st.integers(-200, 200), width=st.integers(5, 360), first=st.integers(-400, 400)
)
def test_turning_either_changes_nothing(
    turns: int, west: int, width: int, first: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("turned")
    here, there = (numbered(folder / f"{n}.tif", west + 360 * n, width) for n in (0, turns))
    wanted = Grid(WGS84, Affine(0.75, 0, first, 0, -0.75, 5), 4, 25)
    expected = open_scene(here).on(wanted).read()
    for found in (open_scene(there).on(wanted).read(), open_scene(here).on(wanted.turned(turns)).read()):
        np.testing.assert_array_equal(np.ma.getmaskarray(found), np.ma.getmaskarray(expected))
        np.testing.assert_allclose(found.filled(), expected.filled(), rtol=1e-5)


@pytest.mark.parametrize("west", [-180, 0])
@pytest.mark.parametrize("corner", [(-100_000, 100_000), (-130_000, 90_000), (-30_000, 150_000)])
def test_around_a_pole_nothing_is_missing(west: int, corner: tuple[int, int], tmp_path: Path) -> None:
    values = np.ones((1, 60, 720), np.uint8)
    path = write(tmp_path / "a.tif", values, crs="EPSG:4326", transform=Affine(0.5, 0, west, 0, -0.5, -60))
    polar = Grid(CRS.from_epsg(3031), Affine(1000, 0, corner[0], 0, -1000, corner[1]), 200, 200)
    assert not np.ma.getmaskarray(open_scene(path).on(polar).read()).any()
    assert not np.ma.getmaskarray(open_labels(path).on(polar).read()).any()


def test_across_the_antimeridian_only_what_is_needed_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Window] = []
    plain = OpenRaster.read

    def spying(self: OpenRaster, indexes: Any, window: Window) -> Any:
        read.append(window)
        return plain(self, indexes, window)

    monkeypatch.setattr(OpenRaster, "read", spying)
    scene = open_scene(numbered(tmp_path / "a.tif", -180, 3600, size=0.1))
    scene.on(UTM).read()
    assert 0 < sum(w.height * w.width for w in read) < 0.02 * scene.height * scene.width


def test_what_is_read_at_once_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = open_scene(numbered(tmp_path / "a.tif", -180, 3600, size=0.1))
    coarse = Grid(WGS84, Affine(10, 0, -180, 0, -10, 20), 4, 36)
    expected = [scene.on(grid).read() for grid in (coarse, UTM)]
    monkeypatch.setattr(warping, "MOST_PIXELS", 100_000)
    read: list[Window] = []
    plain = OpenRaster.read

    def spying(self: OpenRaster, indexes: Any, window: Window) -> Any:
        read.append(window)
        return plain(self, indexes, window)

    monkeypatch.setattr(OpenRaster, "read", spying)
    for grid, whole in zip((coarse, UTM), expected, strict=True):
        found = scene.on(grid).read()
        np.testing.assert_array_equal(np.ma.getmaskarray(found), np.ma.getmaskarray(whole))
        np.testing.assert_allclose(found.filled(), whole.filled(), rtol=1e-5)
    assert max(w.height * w.width for w in read) <= 100_000 < 0.1 * scene.height * scene.width
