"""Tiny data made here: a striped scene with labels, and a folder of class folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from PIL import Image


def write_raster(path: Path, values: NDArray[np.generic], nodata: float | None, east: float = 0) -> Path:
    """Write (bands, rows, columns) as a GeoTIFF."""
    bands, rows, columns = values.shape
    with rasterio.open(
        path, "w", driver="GTiff", count=bands, height=rows, width=columns, dtype=values.dtype,
        crs="EPSG:32630", transform=Affine(30, 0, 500_000 + east, 0, -30, 4_000_000), nodata=nodata,
    ) as file:  # fmt: skip
        file.write(values)
    return path


@pytest.fixture
def raster(tmp_path: Path) -> Callable[..., Path]:
    """Write values under a name into the test's folder."""

    def write(name: str, values: NDArray[np.generic], nodata: float | None = None, east: float = 0) -> Path:
        return write_raster(tmp_path / name, values, nodata, east)

    return write


@pytest.fixture(scope="session")
def land(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A scene of three classes, 1, 2 and 7, told apart by brightness, with some nodata; and its labels.

    Beside them, ``values.tif``: ten times the class, as a number to be learned.
    """
    folder = tmp_path_factory.mktemp("land")
    rng = np.random.default_rng(0)
    labels = np.repeat(np.repeat(rng.choice([1, 2, 7], (20, 16)), 8, 0), 8, 1).astype(np.uint8)
    imagery = 1000 + 100 * labels[None] * np.array([1, 2])[:, None, None] + rng.normal(0, 30, (2, *labels.shape))
    imagery = imagery.astype(np.uint16)
    imagery[:, 5:9, 3:40] = 65535
    labels[100:104] = 255
    write_raster(folder / "scene.tif", imagery, 65535)
    write_raster(folder / "labels.tif", labels[None], 255)
    values = np.where(labels == 255, np.nan, 10 * labels.astype(np.float32)).astype(np.float32)
    write_raster(folder / "values.tif", values[None], np.nan)
    return folder / "scene.tif", folder / "labels.tif"


@pytest.fixture(scope="session")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes of 20 images each, 16×16, red, green and blue: bright and dark."""
    folder = tmp_path_factory.mktemp("images")
    rng = np.random.default_rng(0)
    for name, level in (("dark", 60), ("bright", 180)):
        (folder / name).mkdir()
        for number in range(20):
            values = np.clip(rng.normal(level, 20, (16, 16, 3)), 0, 255).astype(np.uint8)
            Image.fromarray(values).save(folder / name / f"{number:02}.png")
    return folder
