"""What is known of the ground is brought to the scene's grid, wherever it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import rasterio.warp
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.learning.data.targets import Numbering, Truth, found_on, most_frequent, present, values_on
from convista.scenes import Grid, Labels, open_labels
from convista.scenes.geometry.grid import apply_affine


def classes_on(grid: Grid, labels: Path | Labels, positive: str | None = None) -> Truth:
    found = found_on(grid, labels)
    return Numbering.joined([found.occurring], positive).truth(found)


def write(path: Path, values: NDArray[Any], crs: str, transform: Affine, nodata: float | None = None) -> Path:
    with rasterio.open(
        path, "w", driver="GTiff", count=1, height=values.shape[0], width=values.shape[1], dtype=values.dtype,
        crs=crs, transform=transform, nodata=nodata,
    ) as file:  # fmt: skip
        file.write(values, 1)
    return path


GRID = Grid(rasterio.crs.CRS.from_epsg(32630), Affine(30, 0, 500_000, 0, -30, 4_000_000), 40, 50)


@pytest.mark.parametrize("crs", ["EPSG:32630", "EPSG:4326", "EPSG:32629"])
def test_a_pixel_has_the_class_of_the_one_its_centre_falls_into(crs: str, tmp_path: Path) -> None:
    left, bottom, right, top = rasterio.warp.transform_bounds("EPSG:32630", crs, *GRID.bounds)
    wide, tall = (right - left) / 33, (top - bottom) / 27
    there = Affine(wide, 0, left - 2 * wide, 0, -tall, top + 2 * tall)
    truth = np.random.default_rng(0).integers(1, 5, (31, 37)).astype(np.uint8)
    labels = write(tmp_path / "l.tif", truth, crs, there, 4)
    found = classes_on(GRID, labels)
    assert found.warped
    columns, rows = np.meshgrid(np.arange(50) + 0.5, np.arange(40) + 0.5)
    x, y = apply_affine(GRID.transform, columns.ravel(), rows.ravel())
    x, y = rasterio.warp.transform("EPSG:32630", crs, x, y)[:2]
    across, down = apply_affine(~there, np.array(x), np.array(y))
    expected = truth[down.astype(int), across.astype(int)].reshape(40, 50).astype(int)
    classes = [c.value for c in found.classes]
    read = np.array([*classes, 4])[found.targets]
    near_edge = (np.abs(across % 1 - 0.5) > 0.49) | (np.abs(down % 1 - 0.5) > 0.49)
    assert (read.ravel() == expected.ravel())[~near_edge].all()
    assert (~near_edge).mean() > 0.9


def test_finer_values_are_averaged(tmp_path: Path) -> None:
    values = np.random.default_rng(0).normal(300, 50, (120, 150)).astype(np.float32)
    values[0, :3] = -1
    path = write(tmp_path / "v.tif", values, "EPSG:32630", Affine(10, 0, 500_000, 0, -10, 4_000_000), -1)
    found = values_on(GRID, path)
    assert np.isnan(found.targets[0, 0]) or found.targets[0, 0] > 0
    blocks = values.reshape(40, 3, 50, 3).mean(axis=(1, 3))
    np.testing.assert_allclose(found.targets[1:], blocks[1:], rtol=1e-5)
    counts = np.bincount(found.strata[found.strata >= 0])
    assert len(counts) == 10
    assert counts.max() - counts.min() <= 1
    lowest = found.targets[found.strata == 0]
    assert lowest.max() <= found.targets[found.strata == 1].min()


def test_one_class_against_the_others(tmp_path: Path) -> None:
    truth = np.array([[1, 2], [7, 255]], np.uint8)
    grid = Grid(GRID.crs, GRID.transform, 2, 2)
    labels = write(tmp_path / "l.tif", truth, "EPSG:32630", GRID.transform, 255)
    found = classes_on(grid, open_labels(labels, ["wood", "water", "town"]), "water")
    assert found.targets.tolist() == [[0, 1], [0, -1]]
    assert [(c.value, c.name) for c in found.classes] == [(0, "no water"), (2, "water")]


def test_values_elsewhere_and_of_several_bands(tmp_path: Path) -> None:
    far = write(tmp_path / "f.tif", np.ones((5, 5), np.float32), "EPSG:32630", Affine(30, 0, 0, 0, -30, 0))
    with pytest.raises(ConvistaError, match="No value of f falls on the scene"):
        values_on(GRID, far)


@given(arrays(np.int16, (9, 7), elements=st.integers(-1, 2)), st.integers(1, 5))
def test_windows_are_counted_right(places: NDArray[np.int16], patch: int) -> None:
    before, after = patch // 2, patch - 1 - patch // 2
    most, there = most_frequent(places, 3, before, after), present(places, range(3), before, after)
    for row, column in np.ndindex(places.shape):
        window = places[max(0, row - before) : row + after + 1, max(0, column - before) : column + after + 1]
        count = np.bincount(window[window >= 0], minlength=3)
        assert there[:, row, column].tolist() == (count > 0).astype(int).tolist()
        assert most[row, column] == (count.argmax() if count.any() else -1)


@pytest.mark.parametrize(("scene", "labels"), [(-20, 0), (340, -180), (-190, 0), (170, -180)])
@pytest.mark.parametrize("drawn", [False, True], ids=["raster", "polygons"])
def test_labels_that_count_longitudes_otherwise_are_all_there(
    scene: int, labels: int, drawn: bool, tmp_path: Path
) -> None:
    grid = Grid(rasterio.crs.CRS.from_epsg(4326), Affine(1, 0, scene, 0, -1, 20), 10, 40)
    if drawn:
        bands = [(west, west + 5, "ab"[n % 2]) for n, west in enumerate(range(labels, labels + 360, 5))]
        features = [
            {
                "type": "Feature",
                "properties": {"class": name},
                "geometry": {"type": "Polygon", "coordinates": [[[w, 5], [e, 5], [e, 30], [w, 30], [w, 5]]]},
            }
            for w, e, name in bands
        ]
        path = tmp_path / "l.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    else:
        values = np.tile(np.repeat(np.arange(72, dtype=np.uint8) % 2 + 1, 5), (40, 1))
        path = write(tmp_path / "l.tif", values, "EPSG:4326", Affine(1, 0, labels, 0, -1, 30))
    truth = classes_on(grid, path)
    expected = (scene - labels + np.arange(40)) % 360 // 5 % 2
    np.testing.assert_array_equal(truth.targets, [expected] * 10)
