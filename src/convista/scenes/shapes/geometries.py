"""Geometries of shapes, as GeoJSON has them: taken apart into those that can be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, isnan
from types import MappingProxyType
from typing import Any

from rasterio.features import is_valid_geom

Geometry = Mapping[str, Any]
"""As GeoJSON has it."""

_DEPTH = MappingProxyType(
    {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
)
"""How many lists stand around a position."""


def drawable(geometry: Geometry | None) -> list[Geometry]:
    """Return the points, lines and polygons of a geometry, in the plane: none of an empty one.

    Collections are taken apart; heights and measures are left out, as are parts that are empty or have too few
    positions to be what they are called.

    Raises
    ------
    ValueError
        If it is no geometry.
    """
    if geometry is None:
        return []
    kind = str(geometry.get("type"))
    if kind == "GeometryCollection":
        return [part for one in geometry.get("geometries") or () for part in drawable(one)]
    if kind not in _DEPTH:
        raise ValueError(f"geometry type {kind!r}")
    coordinates = _plane(geometry.get("coordinates") or (), _DEPTH[kind], ring=kind.endswith("Polygon"))
    plane = {"type": kind, "coordinates": coordinates}
    return [plane] if coordinates and is_valid_geom(plane) else []


def _plane(coordinates: Any, depth: int, *, ring: bool) -> Any:
    """Return coordinates without heights and without empty parts; of a polygon without an outer ring, nothing."""
    if depth == 0:
        return _position(coordinates)
    parts = [_plane(part, depth - 1, ring=ring) for part in coordinates]
    if ring and depth == 2 and not (parts and parts[0]):
        return []
    return [part for part in parts if part]


def _position(numbers: Any) -> tuple[float, float] | tuple[()]:
    try:
        x, y = (float(number) for number in numbers[:2])
    except (TypeError, ValueError):
        if not numbers:
            return ()
        raise ValueError(f"position {numbers!r}") from None
    if isfinite(x) and isfinite(y):
        return x, y
    if isnan(x) and isnan(y):  # how well-known binary writes an empty point
        return ()
    raise ValueError(f"position {numbers!r}")
