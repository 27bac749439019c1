"""A map of classes as polygons, with area and mean confidence."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.features import rasterize, shapes
from rasterio.io import DatasetReader
from rasterio.windows import Window as RasterioWindow

from convista.failures import told_as
from convista.mapping.outputs.style import keep_style, layer_name
from convista.scenes import ClassInfo, Grid, covering
from convista.scenes.geometry.grid import apply_affine
from convista.scenes.geometry.ground import pixel_areas
from convista.whole_file import whole_file

ROWS = 1024
"""Rows that are looked at together."""


class _Region(NamedTuple):
    """Pixels of one class that touch one another along their sides."""

    value: int
    geometry: dict[str, Any]
    top: int
    bottom: int


def write_polygons(
    classified: Path, confidence: Path, scale: float, classes: tuple[ClassInfo, ...], workplace: Path
) -> Path:
    """Write ``<name>.gpkg``: a polygon for each region of one class, with its class, area and mean confidence.

    It holds the colours of the classes, too, as QGIS keeps them (`keep_style`).

    Parameters
    ----------
    classified
        The map of classes.
    confidence
        The probability of the class of each pixel, on the same grid.
    scale
        What its numbers are multiplied by.
    classes
        The classes.
    workplace
        The folder of the temporary file, on the same disk.

    Notes
    -----
    Area is in m² on the ground, see `ground.pixel_areas`. Without a CRS it is the number of pixels.

    Raises
    ------
    ConvistaError
        If the file cannot be written, or the CRS has no areas, see `ground.check_areas`.
    """
    import pyogrio  # noqa: PLC0415  an extra
    import pyogrio.errors  # noqa: PLC0415
    import shapely  # noqa: PLC0415
    from shapely.geometry import shape  # noqa: PLC0415

    with rasterio.open(classified) as labels, rasterio.open(confidence) as certain:
        grid = Grid(labels.crs, labels.transform, *labels.shape)
        regions = list(_regions(labels, grid))
        areas, means = _statistics(regions, certain, grid, scale)
    names = {info.value: info.name for info in classes}
    values = np.array([region.value for region in regions], np.int32)
    fields: dict[str, NDArray[Any]] = {
        "class": values,
        "name": np.array([names.get(int(value), str(value)) for value in values], object),
        "area_m2" if grid.crs else "area_px": areas,
        "confidence": means,
    }
    path = classified.with_suffix(".gpkg")
    layer, made = layer_name(path.stem), BytesIO()  # GDAL and pyogrio take many a path for something else
    failures = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, sqlite3.Error, OSError)
    with told_as("mapping.polygons_not_written", failures, path=path), whole_file(path, workplace) as draft:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "'crs' was not provided")
            pyogrio.raw.write(
                made,
                shapely.to_wkb([shape(region.geometry) for region in regions]),
                list(fields.values()),
                list(fields),
                layer=layer,
                driver="GPKG",
                geometry_type="Polygon",
                crs=grid.crs.to_wkt() if grid.crs else None,
            )
        draft.write_bytes(made.getbuffer())
        keep_style(draft, layer, classes)
    return path


def _regions(labels: DatasetReader, grid: Grid) -> Iterator[_Region]:
    band = rasterio.band(labels, 1)
    mask = rasterio.band(labels, 1) if labels.nodata is None else labels.dataset_mask()
    for geometry, value in shapes(band, mask=mask, connectivity=4, transform=grid.transform):
        ring = np.array(geometry["coordinates"][0])
        _, rows = apply_affine(~grid.transform, ring[:, 0], ring[:, 1])
        yield _Region(int(value), geometry, round(float(rows.min())), round(float(rows.max())))


def _statistics(
    regions: list[_Region], certain: DatasetReader, grid: Grid, scale: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return area and mean confidence of each region."""
    areas, sums, counts = (np.zeros(len(regions) + 1) for _ in range(3))
    for window in covering(grid.shape, (ROWS, grid.width)):
        here = [
            (region.geometry, n)
            for n, region in enumerate(regions, 1)
            if region.top < window.row + window.height and region.bottom > window.row
        ]
        if not here:
            continue
        ids = rasterize(here, window.shape, transform=grid.at(window).transform, dtype="int32").ravel()
        probability = certain.read(1, window=RasterioWindow.from_slices(*window.slices))
        each = pixel_areas(grid, window) if grid.crs else np.ones(window.shape)
        areas += np.bincount(ids, each.ravel(), len(areas))
        sums += np.bincount(ids, probability.ravel().astype(np.float64), len(areas))
        counts += np.bincount(ids, minlength=len(areas))
    return areas[1:], scale * sums[1:] / np.maximum(counts[1:], 1)
