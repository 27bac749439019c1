"""A run with random weights, and scenes to map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from numpy.typing import NDArray

from convista.learning import Run
from convista.learning.data.statistics import Standardise
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass
from convista.models import create_model
from convista.scenes import Band, ClassInfo

Write = Callable[..., Path]


@pytest.fixture
def raster(tmp_path: Path) -> Write:
    """Write (bands, rows, columns) as a GeoTIFF into the test's folder."""

    def write(name: str, values: NDArray[np.generic], nodata: float | None = None) -> Path:
        bands, rows, columns = values.shape
        with rasterio.open(
            tmp_path / name, "w", driver="GTiff", count=bands, height=rows, width=columns, dtype=values.dtype,
            crs="EPSG:32630", transform=Affine(30, 0, 500_000, 0, -30, 4_000_000), nodata=nodata, tiled=False,
        ) as file:  # fmt: skip
            file.write(values)
        return tmp_path / name

    return write


@pytest.fixture
def make_run() -> Callable[..., Run]:
    """Make a run for red and nir with random weights."""

    def make(patch: int = 16, values: tuple[int, ...] = (0, 3, 254)) -> Run:
        torch.manual_seed(1)
        network = create_model("lenet", 2, values, patch=patch).eval()
        with torch.no_grad():
            for p in network.parameters():
                p.mul_(3)
        return Run(
            network=network,
            architecture="lenet",
            options={},
            bands=(Band("red", "1"), Band("nir", "2")),
            sensor=None,
            standardise=Standardise([100, 120], [50, 60]),
            patch=patch,
            label_rule=LabelRule.CENTRE,
            task=Multiclass(tuple(ClassInfo(v, f"class {v}", (v, 0, 0)) for v in values)),
        )

    return make
