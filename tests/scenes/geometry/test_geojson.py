"""Outlines in longitude and latitude, whatever convention and CRS they come from."""

from __future__ import annotations

import pytest
from rasterio.crs import CRS

from convista.scenes.geometry.geojson import outline

WGS84 = CRS.from_epsg(4326)


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


@pytest.mark.parametrize(
    ("west", "east", "parts"),
    [
        (1, 2, [(1, 2)]),
        (190, 200, [(-170, -160)]),
        (-200, -190, [(160, 170)]),
        (175, 185, [(175, 180), (-180, -175)]),
        (-190, -170, [(170, 180), (-180, -170)]),
        (170, 180, [(170, 180)]),
        (180, 190, [(-180, -170)]),
        (-180, 180, [(-180, 180)]),
        (0, 360, [(0, 180), (-180, 0)]),
    ],
)
def test_longitudes_are_a_circle(west: float, east: float, parts: list[tuple[float, float]]) -> None:
    made = outline(box(west, 10, east, 20), WGS84)
    assert made is not None
    rings = made["coordinates"] if len(parts) > 1 else [made["coordinates"]]
    assert made["type"] == ("MultiPolygon" if len(parts) > 1 else "Polygon")
    assert [(min(x for x, _ in ring), max(x for x, _ in ring)) for (ring,) in rings] == parts
    assert all({y for _, y in ring} == {10, 20} and ring[0] == ring[-1] for (ring,) in rings)


def test_a_plane_across_the_antimeridian_is_cut() -> None:
    made = outline(box(160_000, 8e6, 260_000, 8.1e6), CRS.from_epsg(32701))
    assert made is not None
    assert made["type"] == "MultiPolygon"


@pytest.mark.parametrize("crs", [None, "EPSG:4978", "IAU_2015:30100", 'LOCAL_CS["site",UNIT["metre",1]]'])
def test_without_longitude_and_latitude_there_is_none(crs: str | None) -> None:
    assert outline(box(1, 1, 2, 2), CRS.from_user_input(crs) if crs else None) is None
