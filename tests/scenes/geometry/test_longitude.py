"""Longitude is a circle: whatever convention a scene, its labels or a point follow, a place is the same place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS

from convista.scenes import ClassInfo, Grid
from convista.scenes.geometry.grid import full_turn
from convista.scenes.shapes.labels import Shapes

TURNS = st.integers(-2, 2)
CIRCLES = st.sampled_from([("EPSG:4326", 360.0), ("EPSG:4807", 400.0), ("IAU_2015:30100", 360.0)])


def geographic(crs: str = "EPSG:4326", west: float = 170.0, size: float = 1.0, width: int = 20) -> Grid:
    return Grid(CRS.from_user_input(crs), Affine(size, 0, west, 0, -size, 8 * size), 10, width)


def ring(west: float, south: float, east: float, north: float) -> list[list[tuple[float, float]]]:
    return [[(west, south), (east, south), (east, north), (west, north), (west, south)]]


def shapes(*geometries: dict[str, Any], crs: str = "EPSG:4326") -> Shapes:
    return Shapes("drawn", CRS.from_user_input(crs), [([g], 1) for g in geometries], [ClassInfo(1, "a", (1, 2, 3))])


@pytest.mark.parametrize(
    ("crs", "turn"),
    [("EPSG:4326", 360.0), ("EPSG:4807", 400.0), ("EPSG:4979", 360.0), ("EPSG:3857", None), (None, None)],
)
def test_a_turn_is_in_the_units_of_the_crs(crs: str | None, turn: float | None) -> None:
    assert full_turn(CRS.from_user_input(crs) if crs else None) == turn


@settings(deadline=None)
@given(
    circle=CIRCLES, turns=TURNS, west=st.integers(-400, 400), width=st.integers(1, 360), row=st.integers(0, 9),
    share=st.floats(0, 0.999),
)  # fmt: skip
def test_a_point_is_in_its_pixel_whatever_it_is_counted_from(
    circle: tuple[str, float], turns: int, west: int, width: int, row: int, share: float
) -> None:
    crs, turn = circle
    grid = geographic(crs, west, turn / 360, width)
    column = int(share * width)
    x, y = grid.coordinates(row, column)
    assert grid.pixel(x + turns * turn, y) == (row, column)


def test_an_edge_is_the_pixel_that_begins_there() -> None:
    grid = geographic(west=-180, width=360)
    assert grid.pixel(180, 4.5) == grid.pixel(-180, 4.5) == (3, 0)
    assert geographic(west=0, width=360).pixel(-0.5, 4.5) == (3, 359)
    assert geographic().pixel(-169.5, 4.5) == geographic().pixel(190.5, 4.5) == (3, 20)


def test_a_point_in_another_crs() -> None:
    assert geographic().pixel(-175.5, 4.5, "EPSG:4326") == (3, 14)
    assert geographic().pixel(184.5, 4.5, "EPSG:4269") == (3, 14)


@given(circle=CIRCLES, turns=TURNS)
def test_the_same_grid_turned_is_the_same(circle: tuple[str, float], turns: int) -> None:
    grid = geographic(circle[0])
    assert grid.same_as(grid.turned(turns))
    assert not grid.same_as(geographic(circle[0], west=170.5).turned(turns))


@settings(deadline=None)
@given(
    circle=CIRCLES, turns=TURNS, west=st.integers(-200, 380), left=st.integers(-5, 15), width=st.integers(1, 9),
    kind=st.sampled_from(["Polygon", "MultiPolygon", "LineString", "Point", "MultiPoint"]),
)  # fmt: skip
def test_shapes_lie_where_they_lie_whatever_they_are_counted_from(
    circle: tuple[str, float], turns: int, west: int, left: int, width: int, kind: str
) -> None:
    crs, turn = circle
    size = turn / 360
    grid = geographic(crs, west * size, size)

    def drawn(shift: float) -> dict[str, Any]:
        first = (west + left) * size + shift
        last = first + width * size
        box = ring(first, size, last, 4 * size)
        middle = [(first + size / 2, 2.5 * size), (last - size / 2, 2.5 * size)]
        coordinates: Any = {
            "Polygon": box, "MultiPolygon": [box], "LineString": middle, "Point": middle[0], "MultiPoint": middle
        }[kind]  # fmt: skip
        return {"type": kind, "coordinates": coordinates}

    somewhere = {"type": "Point", "coordinates": ((west + 19.5) * size, 7.5 * size)}
    expected = shapes(drawn(0.0), somewhere, crs=crs).on(grid)
    found = shapes(drawn(turns * turn), somewhere, crs=crs).on(grid)
    np.testing.assert_array_equal(found.filled(), expected.filled())
    if kind == "Polygon":
        inside = range(max(0, left), min(20, left + width))
        assert set(np.flatnonzero((expected.filled() == 1)[5])) == set(inside)


@pytest.mark.parametrize("west", [170, -190, 530])
def test_a_polygon_cut_at_the_antimeridian_is_whole_on_a_scene_across_it(west: int) -> None:
    cut = {"type": "MultiPolygon", "coordinates": [ring(175, 0, 180, 5), ring(-180, 0, -175, 5)]}
    burnt = shapes(cut).on(geographic(west=west))
    assert set(np.flatnonzero(burnt.filled()[5] == 1)) == set(range(5, 15))
    assert int(burnt.count()) == 50


def test_a_global_grid_has_both_halves() -> None:
    across = {"type": "Polygon", "coordinates": ring(175, 0, 185, 5)}
    for west, columns in ((-180, {*range(5), *range(355, 360)}), (0, set(range(175, 185)))):
        burnt = shapes(across).on(geographic(west=west, width=360))
        assert set(np.flatnonzero(burnt.filled()[5] == 1)) == columns


def test_shapes_of_a_plane_across_the_antimeridian() -> None:
    utm = {"type": "Polygon", "coordinates": ring(160_000, 8_000_000, 260_000, 8_100_000)}
    across = Grid(CRS.from_epsg(4326), Affine(0.1, 0, 178, 0, -0.1, -16), 30, 40)
    burnt = shapes(utm, crs="EPSG:32701").on(across)
    assert 75 < int(burnt.count()) < 90
    assert set(np.flatnonzero(burnt.filled()[15] == 1)) >= set(range(19, 26))
