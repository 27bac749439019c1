"""Places as GeoJSON has them: longitude and latitude of WGS 84, cut at the antimeridian (RFC 7946)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor
from typing import Any

import rasterio
import rasterio.warp
from rasterio.crs import CRS

from convista.scenes.files.failures import FAILURES

LONGITUDE_LATITUDE = CRS.from_epsg(4326)
TURN = 360.0

Ring = Sequence[tuple[float, float]]


def outline(ring: Ring, crs: CRS | None) -> dict[str, Any] | None:
    """Return a convex outline, given in a CRS, as a Polygon, or a MultiPolygon where it crosses the antimeridian.

    None where there is no longitude and latitude: without a CRS, in one of a site or of another body than the
    earth, and at numbers that no place on the earth has.
    """
    if crs is None or not (crs.is_geographic or crs.is_projected):
        return None
    try:
        with rasterio.Env():
            polygon = {"type": "Polygon", "coordinates": [ring]}
            geometry: dict[str, Any] = rasterio.warp.transform_geom(crs, LONGITUDE_LATITUDE, polygon)
    except FAILURES:
        return None
    except SystemError:  # so rasterio hands numbers on that are beyond everything
        return None
    if geometry["type"] == "Polygon" and not all(abs(x) < 2 * TURN for x, _ in geometry["coordinates"][0]):
        return None
    # From the plane, GDAL has cut it; degrees it leaves as they are.
    return geometry if geometry["type"] == "MultiPolygon" else _cut(geometry["coordinates"][0])


def _cut(ring: Ring) -> dict[str, Any]:
    ends = [x for x, _ in ring]
    first, last = floor((min(ends) + TURN / 2) / TURN), ceil((max(ends) - TURN / 2) / TURN)
    turned = [[(x - TURN * n, y) for x, y in ring] for n in range(first, max(first, last) + 1)]
    parts = [_within(_within(part, 1), -1) for part in turned]
    polygons = [[part] for part in parts if part]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _within(ring: Ring, side: int) -> list[tuple[float, float]]:
    """Return the part of a ring east (1) of −180° or west (−1) of 180° (Sutherland and Hodgman 1974)."""
    edge = -side * TURN / 2
    kept: list[tuple[float, float]] = []
    for (x, y), (to_x, to_y) in pairwise(ring):
        inside, then = side * (x - edge) >= 0, side * (to_x - edge) >= 0
        if inside:
            kept.append((x, y))
        if inside != then:
            kept.append((edge, y + (to_y - y) * (edge - x) / (to_x - x)))
    return [*kept, kept[0]] if len({x for x, _ in kept}) > 1 else []
