"""A simulated multispectral scene with labels, for examples and tests without a download. Not real imagery."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.io import DatasetWriter, MemoryFile

from convista.errors import ConvistaError
from convista.failures import told_as
from convista.scenes.files.failures import FAILURES
from convista.scenes.files.raster_file import InMemoryRaster
from convista.scenes.geometry.grid import Grid
from convista.scenes.geometry.window import Size
from convista.scenes.labels.classes import ClassInfo
from convista.scenes.labels.labels import Labels
from convista.scenes.labels.opening import open_labels
from convista.scenes.opening import open_scene
from convista.scenes.scene import Scene
from convista.scenes.simulated.landscape import MATERIALS, Field, Landscape, fractal, landscape
from convista.whole_file import whole_file

SAMPLE_CLASSES = (
    ClassInfo(1, "water", (0, 92, 175)),
    ClassInfo(2, "forest", (24, 110, 52)),
    ClassInfo(3, "crops", (214, 196, 72)),
    ClassInfo(4, "bare soil", (170, 118, 76)),
    ClassInfo(5, "town", (200, 60, 70)),
)
"""What the labels of the simulated scene tell apart."""

SAMPLE_BANDS = ("blue", "green", "red", "nir", "swir16", "swir22")

FINENESS = 2
"""Ground pixels to a side of the sensor's pixel."""

_REFLECTANCE = np.array(
    [
        (0.060, 0.078, 0.066, 0.034, 0.016, 0.010),  # river
        (0.048, 0.054, 0.034, 0.018, 0.009, 0.006),  # lake
        (0.026, 0.048, 0.028, 0.330, 0.150, 0.066),  # broadleaf
        (0.021, 0.036, 0.023, 0.230, 0.100, 0.046),  # conifer
        (0.030, 0.060, 0.033, 0.370, 0.170, 0.080),  # maize
        (0.032, 0.066, 0.038, 0.430, 0.200, 0.098),  # alfalfa
        (0.076, 0.118, 0.152, 0.300, 0.310, 0.205),  # wheat
        (0.060, 0.088, 0.094, 0.270, 0.235, 0.160),  # vineyard
        (0.074, 0.104, 0.122, 0.235, 0.280, 0.225),  # seedlings
        (0.070, 0.098, 0.128, 0.195, 0.270, 0.235),  # dark soil
        (0.115, 0.160, 0.205, 0.275, 0.355, 0.310),  # bright soil
        (0.150, 0.178, 0.200, 0.230, 0.265, 0.245),  # gravel
        (0.092, 0.128, 0.182, 0.240, 0.290, 0.270),  # roof
        (0.190, 0.212, 0.228, 0.255, 0.275, 0.255),  # flat roof
        (0.084, 0.095, 0.104, 0.125, 0.145, 0.135),  # asphalt
        (0.042, 0.076, 0.060, 0.320, 0.200, 0.112),  # garden
    ],
    np.float32,
)
"""Typical surface reflectance of each material in each band, of the order that field libraries give."""

_ROUGHNESS = np.array(
    [0.03, 0.02, 0.30, 0.28, 0.06, 0.06, 0.06, 0.13, 0.06, 0.06, 0.07, 0.12, 0.28, 0.22, 0.12, 0.22], np.float32
)
"""How much brightness changes from one ground pixel to the next, by material: crowns and roofs cast shadows."""

_SOIL = _REFLECTANCE[MATERIALS.index("dark soil")]
_CLASS_OF = np.array([1, 1, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5], np.uint8)
_SCALE = 0.0001
_NODATA, _NO_LABEL = 0, 255
_PSF = np.array([0.12, 0.38, 0.38, 0.12], np.float32)
"""Weights, along one side, of the ground pixels that one sensor pixel sees: its own two and one on each side."""


class SimulatedScene(NamedTuple):
    """A simulated scene and the labels of the same pixels."""

    scene: Scene
    labels: Labels


def sample_scene(
    seed: int = 0, *, height: int = 512, width: int = 512, folder: str | os.PathLike[str] | None = None
) -> SimulatedScene:
    """Simulate a multispectral scene with labels. SIMULATED: no sensor has seen this place.

    A valley with river, lake, woods, fields of several crops at several stages, bare soil and a town is laid out at
    5 m, given typical reflectances, lit on its relief, seen through a point-spread function, so that pixels at
    edges are mixed, and disturbed by noise. There are no clouds and no atmosphere. One corner is nodata, as at
    the edge of a swath.

    Parameters
    ----------
    seed
        One seed gives one scene, always the same.
    height, width
        Rows and columns, at least 32.
    folder
        Where to write ``scene.tif`` and ``labels.tif``; None keeps them in memory.

    Returns
    -------
    The scene: blue, green, red, nir, swir16, swir22 as reflectance, 10 m, UTM. The labels: water, forest, crops,
    bare soil, town; each pixel has the class that contributes most to it.

    Raises
    ------
    ConvistaError
        If the size is too small or the folder does not exist.
    """
    if min(height, width) < 32:
        raise ConvistaError("scenes.simulated.sample_too_small", height=height, width=width)
    place = None if folder is None else Path(folder)
    if place is not None and not place.is_dir():
        raise ConvistaError("scenes.no_folder", path=place / "scene.tif", folder=place)
    rng = np.random.default_rng(seed)
    margin = 2  # the point-spread function looks one ground pixel beyond the scene
    ground = landscape(rng, (height * FINENESS + margin, width * FINENESS + margin), FINENESS)
    values = _seen_by_sensor(rng, ground)
    labels = _labels(ground)
    outside = _beyond_swath(rng, (height, width))
    values[:, outside] = _NODATA
    labels[outside] = _NO_LABEL
    grid = Grid(CRS.from_epsg(32630), Affine(10, 0, 612_340, 0, -10, 4_628_760), height, width)
    note = f"SIMULATED by convista.scenes.sample_scene(seed={seed}); not real imagery"
    scene = _written(place, f"simulated-{seed}", "scene.tif", values, grid, note)
    classes = _written(place, f"simulated-{seed}", "labels.tif", labels[None], grid, note)
    return SimulatedScene(open_scene(scene), open_labels(classes))


def _seen_by_sensor(rng: np.random.Generator, ground: Landscape) -> NDArray[np.uint16]:
    """Return raw values, (bands, rows, columns)."""
    shape = ground.material.shape
    growth = 0.55 + 0.45 * np.sin(ground.parcel * 0.7919) ** 2
    crowns, patches = rng.standard_normal(shape, dtype=np.float32), fractal(rng, shape, 1.1)
    furrow = np.sin(ground.across_rows * (2 * np.pi / (1.7 * FINENESS)))
    is_crop = _CLASS_OF[ground.material] == 3
    cover = np.where(is_crop, np.clip(growth + 0.09 * patches + 0.05 * furrow, 0.25, 1), 1).astype(np.float32)
    spread = _ROUGHNESS[ground.material]
    light = _illumination(ground.elevation) * (1 + spread * (0.75 * crowns + 0.5 * patches))
    light *= 1 + 0.07 * np.sin(ground.parcel * 1.618) * (_CLASS_OF[ground.material] > 2)
    light = np.clip(light, 0.25, 2.2)

    bands = []
    for band, soil in zip(_REFLECTANCE.T, _SOIL, strict=True):
        seen = _through_psf((band[ground.material] * cover + soil * (1 - cover)) * light)
        noise = rng.standard_normal(seen.shape, dtype=np.float32)
        bands.append(seen + noise * (0.0025 + 0.015 * seen))
    raw = np.stack(bands) / _SCALE
    counts: NDArray[np.uint16] = np.clip(raw, 1, 20_000).astype(np.uint16)
    return counts


def _illumination(elevation: Field) -> Field:
    """Return the cosine of the angle between the sun, high in the south-east, and the slope, 1 on the flat."""
    down, across = np.gradient(elevation)
    sun_south, sun_east, sun_up = 0.45, 0.35, 0.82
    lit = (sun_up - sun_south * down - sun_east * across) / np.sqrt(1 + down**2 + across**2)
    relative: Field = np.clip(lit / sun_up, 0.3, 1.6).astype(np.float32)
    return relative


def _through_psf(fine: Field) -> Field:
    """Return what each sensor pixel sees: weighted means of 4 × 4 ground pixels, overlapping their neighbours'."""
    height, width = (n // FINENESS - 1 for n in fine.shape)
    across = sum(w * fine[:, i : i + FINENESS * width : FINENESS] for i, w in enumerate(_PSF))
    seen: Field = sum(w * across[i : i + FINENESS * height : FINENESS] for i, w in enumerate(_PSF))
    return seen


def _labels(ground: Landscape) -> NDArray[np.uint8]:
    """Return the class that contributes most to each sensor pixel."""
    fine = _CLASS_OF[ground.material]
    fine[ground.town] = 5
    values = np.array([c.value for c in SAMPLE_CLASSES], np.uint8)
    shares = np.stack([_through_psf((fine == value).astype(np.float32)) for value in values])
    labels: NDArray[np.uint8] = values[shares.argmax(axis=0)]
    return labels


def _beyond_swath(rng: np.random.Generator, shape: Size) -> NDArray[np.bool_]:
    """Return a corner, cut off obliquely."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    reach = rng.uniform(0.16, 0.24)
    corner: NDArray[np.bool_] = (columns / shape[1] / reach + (1 - rows / shape[0]) / 0.45) < 1
    return corner


def _written(
    folder: Path | None, name: str, filename: str, values: NDArray[Any], grid: Grid, note: str
) -> str | InMemoryRaster:
    """Write a GeoTIFF into the folder, or into memory."""
    profile: dict[str, Any] = {
        "driver": "GTiff",
        "count": len(values),
        "dtype": values.dtype,
        "height": grid.height,
        "width": grid.width,
        "crs": grid.crs,
        "transform": grid.transform,
        "compress": "deflate",
        "tiled": True,
        "blockxsize": 256,
        "blockysize": 256,
    }
    describe = _describe_scene if len(values) > 1 else _describe_labels
    if folder is not None:
        path = folder / filename
        with (
            told_as("failures.not_written", FAILURES, folder, path=path),
            whole_file(path) as draft,
            rasterio.open(draft, "w", **profile) as dataset,
        ):
            describe(dataset, values, note)
        return str(path)
    with MemoryFile() as memory:
        with memory.open(**profile) as dataset:
            describe(dataset, values, note)
        return InMemoryRaster(f"{name}-{filename}", memory.read())


def _describe_scene(dataset: DatasetWriter, values: NDArray[Any], note: str) -> None:
    dataset.nodata = _NODATA
    dataset.descriptions = SAMPLE_BANDS
    dataset.scales = [_SCALE] * len(SAMPLE_BANDS)
    dataset.units = ["reflectance"] * len(SAMPLE_BANDS)
    dataset.update_tags(DESCRIPTION=note, SIMULATED="YES")
    dataset.write(values)


def _describe_labels(dataset: DatasetWriter, values: NDArray[Any], note: str) -> None:
    dataset.nodata = _NO_LABEL
    dataset.descriptions = ("land cover",)
    dataset.write_colormap(1, {c.value: (*c.colour, 255) for c in SAMPLE_CLASSES})
    dataset.update_tags(DESCRIPTION=note, SIMULATED="YES")
    dataset.update_tags(1, **{f"CLASS_{c.value}": c.name for c in SAMPLE_CLASSES})
    dataset.write(values)
