"""What data are recognised by, wherever they lie: a few pixels of a scene, or each image."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import rasterio.warp
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.errors import CRSError

from convista.scenes import Grid, Scene, Window
from convista.scenes.files.failures import FAILURES
from convista.scenes.geometry.grid import apply_affine

PIXELS = 64
"""Of a scene are kept. Chance makes no two scenes agree in so many."""
ALIKE = 0.95
"""Of them must agree: versions of GDAL do not warp every band to the same last digit, and an edge may differ."""
LEAST = 3
"""Of them must lie in a piece of a scene before it is called one."""
LETTERS = 8
"""Of an image: 48 bits, so that of a million images two are taken for each other with a chance of one in 500."""


class Compared(NamedTuple):
    """A scene beside one that was learned from."""

    same: bool
    """Whether it is that one."""
    shared: Window | None = None
    """Where it has the same pixels, if it is a part of that one, or a mosaic that holds one."""
    overlap: float = 0.0
    """Share of its ground that the other covers, by their bounds, 0 … 1; 0 if it has the same pixels."""


def fingerprint_of_scene(grid: Grid, values: NDArray[np.float32]) -> dict[str, Any]:
    """Return where a scene lies and what some of its pixels are.

    Parameters
    ----------
    values
        (bands, rows, columns), NaN where masked.

    Returns
    -------
    ``shape``, ``crs`` (WKT, or None), ``transform`` (six numbers) and ``pixels``: row, column and the values of the
    bands, of pixels with a datum in all bands, drawn at random.
    """
    seen = np.flatnonzero(~np.isnan(values).any(axis=0))
    drawn = np.sort(np.random.default_rng(0).permutation(seen)[:PIXELS])
    pixels = [
        [int(row), int(column), *map(float, values[:, row, column])]
        for row, column in zip(*np.divmod(drawn, grid.width), strict=True)
    ]
    return {
        "kind": "scene",
        "shape": list(grid.shape),
        "crs": grid.crs.to_wkt() if grid.crs else None,
        "transform": list(grid.transform[:6]),
        "pixels": pixels,
    }


def compared(scene: Scene, bands: Sequence[str], fingerprint: Mapping[str, Any]) -> Compared:
    """Tell what a scene is to the one that a fingerprint is of: by its pixels, not by where its file lies.

    Parameters
    ----------
    bands
        Those of the fingerprint, in its order.
    """
    if list(scene.shape) == fingerprint["shape"] and _agree(scene, bands, fingerprint["pixels"], 0, 0):
        return Compared(same=True)
    there = _grid(fingerprint)
    shift = _shift(scene.grid, there)
    if shift is not None and _agree(scene, bands, fingerprint["pixels"], *shift):
        down, across = shift
        return Compared(same=False, shared=Window(-down, -across, there.height, there.width))
    return Compared(same=False, overlap=_overlap(scene.grid, there))


def letters_of(images: NDArray[Any]) -> list[str]:
    """Return `LETTERS` letters for each image, which follow from its values alone."""
    digests = (
        hashlib.blake2b(np.ascontiguousarray(one, np.float32).tobytes(), digest_size=6).digest() for one in images
    )
    return [urlsafe_b64encode(digest).decode("ascii") for digest in digests]


def parts_by_letters(fingerprint: Mapping[str, Any]) -> dict[str, int]:
    """Return the part of each image that was there, by its letters; where it is there twice, the first part."""
    text = fingerprint["images"]
    each = (text[start : start + LETTERS] for start in range(0, len(text), LETTERS))
    found: dict[str, int] = {}
    for letters, digit in zip(each, fingerprint["assignment"], strict=True):
        found[letters] = min(int(digit), found.get(letters, int(digit)))
    return found


def _agree(scene: Scene, bands: Sequence[str], pixels: Sequence[Sequence[float]], down: int, across: int) -> bool:
    """Tell whether a scene has the pixels of another that begins ``down`` rows and ``across`` columns before it."""
    inside = [
        (int(row) - down, int(column) - across, values)
        for row, column, *values in pixels
        if 0 <= row - down < scene.height and 0 <= column - across < scene.width
    ]
    if len(inside) < min(LEAST, len(pixels)) or not inside:
        return False
    wanted = np.array([values for *_, values in inside])
    read = (scene.read(Window(row, column, 1, 1), bands) for row, column, _ in inside)
    found = np.array([pixel.filled(np.nan)[:, 0, 0] for pixel in read])
    near = 1e-4 * np.abs(wanted).max(axis=0)
    same = (np.abs(found - wanted) <= near).all(axis=1)
    return bool(same.mean() >= ALIKE)


def _grid(fingerprint: Mapping[str, Any]) -> Grid:
    """Return the grid of a fingerprint; without a CRS where this machine does not know it."""
    try:
        crs = CRS.from_wkt(fingerprint["crs"]) if fingerprint["crs"] else None
    except CRSError:
        crs = None
    return Grid(crs, Affine(*fingerprint["transform"]), *fingerprint["shape"])


def _shift(here: Grid, there: Grid) -> tuple[int, int] | None:
    """Return where this grid begins in another, row and column, if it has the same pixels; else None."""
    if here.crs is None or here.crs != there.crs:
        return None
    across, down = (round(n) for n in apply_affine(~there.transform, here.transform.c, here.transform.f))
    return (down, across) if here.same_as(there.at(Window(down, across, here.height, here.width))) else None


def _overlap(here: Grid, there: Grid) -> float:
    if here.crs is None or there.crs is None:
        return 0.0
    left, bottom, right, top = here.bounds
    try:
        west, south, east, north = rasterio.warp.transform_bounds(there.crs, here.crs, *there.bounds)
    except FAILURES:
        return 0.0
    wide, tall = min(right, east) - max(left, west), min(top, north) - max(bottom, south)
    return float(max(0.0, wide) * max(0.0, tall)) / ((right - left) * (top - bottom))
