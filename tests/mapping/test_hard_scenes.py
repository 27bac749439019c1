"""Scenes as people have them: bands of several resolutions, files of two zones, byte and float, mapped whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.warp
from affine import Affine
from numpy.typing import NDArray
from torch import nn

from convista.mapping import map_model, predict
from convista.scenes import open_scene


def band(path: Path, values: NDArray[np.generic], side: float, crs: str, corner: tuple[float, float]) -> Path:
    with rasterio.open(
        path, "w", driver="GTiff", count=1, height=values.shape[0], width=values.shape[1], dtype=values.dtype,
        crs=crs, transform=Affine(side, 0, corner[0], 0, -side, corner[1]), nodata=0,
    ) as file:  # fmt: skip
        file.write(values, 1)
    return path


@pytest.mark.parametrize("zone", ["EPSG:32630", "EPSG:32629"])
def test_bands_of_three_resolutions_in_one_or_two_utm_zones(tmp_path: Path, zone: str) -> None:
    """The map has the finest band's grid, and shows what the scene reads there, resampled."""
    corner = (200_000.0, 4_600_000.0)
    (x,), (y,) = rasterio.warp.transform("EPSG:32630", zone, [corner[0]], [corner[1]])
    values = np.random.default_rng(0).integers(1, 4000, (120, 120)).astype(np.uint16)
    files = {
        "blue": band(tmp_path / "blue.tif", values, 10, "EPSG:32630", corner),
        "swir16": band(tmp_path / "swir16.tif", values[::2, ::2], 20, zone, (x - 100, y + 100)),
        "coastal": band(tmp_path / "coastal.tif", values[::6, ::6], 60, zone, (x - 100, y + 100)),
    }
    scene = open_scene([str(file) for file in files.values()])
    assert scene.shape == (120, 120)
    model = map_model(nn.Identity(), scene.band_names, patch=32, names=scene.band_names)
    out = predict(model, scene, tmp_path / "map.tif", coarse=False)
    expected = scene.read()
    with rasterio.open(out) as file:
        assert (file.crs, file.transform) == (scene.crs, scene.transform)
        made = file.read()
    empty = np.ma.getmaskarray(expected).any(axis=0)
    assert (~empty).sum() > 0
    assert (np.isnan(made) == empty).all()
    # Resampled windows begin elsewhere than the whole scene, which moves bilinear sums by rounding.
    np.testing.assert_allclose(made[:, ~empty], expected.filled(0)[:, ~empty], rtol=1e-4)
