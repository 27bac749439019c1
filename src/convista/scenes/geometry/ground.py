"""The true size of pixels: lengths and areas on the ellipsoid of a grid's CRS, in metres.

A projection stretches: a square metre of the Web Mercator plane is 0.6 m² of ground at 37° of latitude, one of UTM
1.0008 m². So nothing is measured in the plane. The corners of a pixel are taken to the ellipsoid that the CRS
names, whatever its units and whatever body it is of, and what lies between them is measured in space. Only areas in
an equal-area projection are those of the plane; and an engineering CRS names no ellipsoid: its plane is the ground.
"""

from __future__ import annotations

import re
from math import ceil
from typing import NamedTuple

import numpy as np
import rasterio
import rasterio.warp
from numpy.typing import NDArray
from rasterio.crs import CRS

from convista.errors import ConvistaError
from convista.scenes.files.failures import FAILURES
from convista.scenes.geometry.grid import Grid, apply_affine, full_turn
from convista.scenes.geometry.window import Window

Float = NDArray[np.float64]

NEAR = 1 / 1250
"""Of the ellipsoid's axis: within so much, 5 km of the earth, the ground is flat and areas grow evenly, to 10⁻⁷."""


LOOKED_AT = 20
"""Rows and columns of pixels, all over a grid, that are measured before anything relies on them all."""

_EQUAL_AREA = r'METHOD\["[^"]*(equal.area|albers|sinusoidal|equal earth|bonne)'
"""In the names of projections that PROJ computes on the ellipsoid and that keep areas."""


class _Ellipsoid(NamedTuple):
    axis: float
    """Half the longer one, in metres."""
    flattening: float


def pixel_sides(grid: Grid, row: float, column: float) -> tuple[float, float]:
    """Return how long a pixel is on the ground, in metres: along its row, and along its column.

    Raises
    ------
    ConvistaError
        If the grid has no CRS, or one in which places have no size.
    """
    ends = [(0.0, 0.5), (1.0, 0.5), (0.5, 0.0), (0.5, 1.0)]
    left, right, top, bottom = _in_space(
        grid, *(np.array(p) for p in zip(*((row + r, column + c) for c, r in ends), strict=True))
    )
    return float(np.linalg.norm(right - left)), float(np.linalg.norm(bottom - top))


def pixel_areas(grid: Grid, window: Window) -> Float:
    """Return the area of each pixel of a window in m², (rows, columns).

    Raises
    ------
    ConvistaError
        If the grid has no CRS, or one in which places have no size, or the window reaches beyond the earth.
    """
    crs = _crs(grid)
    ellipsoid = _ellipsoid(crs)
    if ellipsoid is None or _keeps_areas(crs):
        return np.full(window.shape, abs(grid.transform.determinant) * crs.units_factor[1] ** 2)
    side, near = max(pixel_sides(grid, grid.height / 2, grid.width / 2)), NEAR * ellipsoid.axis
    step, parts = max(1, int(near / side)), max(1, ceil(side / near))
    rows, columns = (_knots(n, step) for n in window.shape)
    if full_turn(crs) and grid.transform.b == grid.transform.d == 0:
        columns = columns[:1]  # on a parallel all are alike
    areas = _areas(grid, rows + window.row, columns + window.column, parts)
    down = _between(rows, areas, window.height)
    return np.ascontiguousarray(_between(columns, down.T, window.width).T)


def check_areas(grid: Grid) -> None:
    """See that the pixels of a grid have areas: some are measured all over it. Without a CRS they are only counted.

    Raises
    ------
    ConvistaError
        If places have no size in its CRS, or it reaches beyond the earth.
    """
    if grid.crs is not None and not _keeps_areas(grid.crs):
        rows, columns = (_knots(n, ceil(n / LOOKED_AT)) for n in grid.shape)
        _areas(grid, rows, columns, 1)


def _knots(count: int, step: int) -> NDArray[np.int64]:
    """Return positions from the first to the last, not more than a step apart."""
    return np.unique(np.linspace(0, count - 1, 1 + ceil((count - 1) / step)).astype(np.int64))


def _between(knots: NDArray[np.int64], values: Float, count: int) -> Float:
    """Interpolate values at knots, along the first axis, to every position."""
    if len(knots) == count:
        return values
    if len(knots) == 1:
        return np.repeat(values, count, axis=0)
    wanted = np.arange(count)
    first = np.clip(np.searchsorted(knots, wanted, side="right") - 1, 0, len(knots) - 2)
    share = ((wanted - knots[first]) / (knots[first + 1] - knots[first]))[:, None]
    between: Float = values[first] * (1 - share) + values[first + 1] * share
    return between


def _areas(grid: Grid, rows: NDArray[np.int64], columns: NDArray[np.int64], parts: int) -> Float:
    """Return the area of the pixels at rows and columns, each measured as parts × parts flat quadrilaterals."""
    ticks = np.arange(parts + 1) / parts
    down, across = (positions[:, None] + ticks for positions in (rows, columns))
    shape = (len(rows), parts + 1, len(columns), parts + 1)
    y, x = np.broadcast_arrays(down[:, :, None, None], across[None, None])
    points = _in_space(grid, y.ravel(), x.ravel()).reshape(*shape, 3)
    one = points[:, 1:, :, 1:] - points[:, :-1, :, :-1]
    other = points[:, 1:, :, :-1] - points[:, :-1, :, 1:]
    areas: Float = (np.linalg.norm(np.cross(one, other), axis=-1) / 2).sum(axis=(1, 3))
    return areas


def _in_space(grid: Grid, rows: Float, columns: Float) -> Float:
    """Return (n, 3): where points of a grid lie in space, in metres."""
    crs = _crs(grid)
    x, y = apply_affine(grid.transform, columns, rows)
    ellipsoid = _ellipsoid(crs)
    if ellipsoid is None:  # an engineering CRS
        metres = crs.units_factor[1]
        return np.stack([x * metres, y * metres, np.zeros(len(x))], axis=-1)
    if not (crs.is_geographic or crs.is_projected):
        raise ConvistaError("scenes.geometry.no_size_geocentric", crs=_named(crs))
    if turn := full_turn(crs):
        y = np.clip(y, -turn / 4, turn / 4)  # a grid may reach half a pixel beyond a pole
    axis, flattening = ellipsoid
    space = f"+proj=geocent +a={axis!r} +b={axis * (1 - flattening)!r} +units=m +no_defs"
    try:
        with rasterio.Env():
            points = np.stack(rasterio.warp.transform(crs, CRS.from_string(space), x, y, np.zeros(len(x))), axis=-1)
    except FAILURES as error:
        raise ConvistaError("scenes.geometry.no_size_beyond", crs=_named(crs)) from error
    return points


def _crs(grid: Grid) -> CRS:
    grid.check_placed()
    if grid.crs is None:
        raise ConvistaError("scenes.geometry.no_size_without_crs")
    return grid.crs


def _keeps_areas(crs: CRS) -> bool:
    """Whether a CRS is a projection whose areas are those of the ground."""
    return re.search(_EQUAL_AREA, crs.to_wkt(version="WKT2_2019"), re.IGNORECASE) is not None


def _ellipsoid(crs: CRS) -> _Ellipsoid | None:
    """Return the ellipsoid that a CRS names, or None."""
    found = re.search(
        r'ELLIPSOID\["[^"]*",([^,\]]+),([^,\]]+)(?:,LENGTHUNIT\["[^"]*",([^,\]]+))?',
        crs.to_wkt(version="WKT2_2019"),
    )
    if found is None:
        return None
    inverse = float(found[2])
    return _Ellipsoid(float(found[1]) * float(found[3] or 1), 1 / inverse if inverse else 0.0)


def _named(crs: CRS) -> str:
    name = re.match(r'\w+\["([^"]*)"', crs.to_wkt(version="WKT2_2019"))
    return name[1] if name else str(crs)
