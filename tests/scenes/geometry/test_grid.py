from __future__ import annotations

import math

import numpy as np
import pytest
import rasterio.warp
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from rasterio.crs import CRS

from convista import language
from convista.errors import ConvistaError
from convista.scenes import Grid, Window
from tests.scenes.rasters import NORTH_UP

UTM = CRS.from_epsg(32630)

affines = st.builds(
    lambda x, y, angle, across, down, flip: (
        Affine.translation(x, y) @ Affine.rotation(angle) @ Affine.scale(across, down * flip)
    ),
    st.floats(-1e6, 1e6),
    st.floats(-1e7, 1e7),
    st.floats(0, 360),
    st.floats(0.1, 100),
    st.floats(0.1, 100),
    st.sampled_from((-1, 1)),
)
positions = st.integers(-1000, 1000)


@given(affines, positions, positions)
def test_a_pixels_centre_lies_in_the_pixel(transform: Affine, row: int, column: int) -> None:
    grid = Grid(UTM, transform, 10, 20)
    assert grid.pixel(*grid.coordinates(row, column)) == (row, column)


@given(affines, positions, positions, positions, positions)
def test_a_windows_grid_keeps_every_place(transform: Affine, row: int, column: int, down: int, across: int) -> None:
    grid = Grid(UTM, transform, 10, 20)
    part = grid.at(Window(down, across, 5, 6))
    assert part.shape == (5, 6)
    there, here = part.coordinates(row, column), grid.coordinates(row + down, column + across)
    assert math.dist(there, here) <= 1e-6 * max(1, *map(abs, here))


@given(affines)
def test_bounds_hold_the_corners(transform: Affine) -> None:
    left, bottom, right, top = Grid(UTM, transform, 10, 20).bounds
    for column, row in ((0, 0), (20, 0), (0, 10), (20, 10)):
        x, y = transform @ (column, row)
        assert left <= x <= right
        assert bottom <= y <= top


def test_coordinates_are_of_centres() -> None:
    grid = Grid(UTM, NORTH_UP, 10, 20)
    assert grid.coordinates(0, 0) == (500_005, 4_599_995)
    assert grid.coordinates(9, 19) == (500_195, 4_599_905)
    assert grid.bounds == (500_000, 4_599_900, 500_200, 4_600_000)


def test_an_edge_belongs_to_the_pixel_that_begins_there() -> None:
    grid = Grid(None, Affine(0.1, 0, 0.3, 0, -0.1, 0.7), 100, 100)
    assert [grid.pixel(0.3 + 0.1 * n, 0.7 - 0.1 * n) for n in range(50)] == [(n, n) for n in range(50)]


def test_a_point_in_another_crs() -> None:
    grid = Grid(UTM, NORTH_UP, 100, 100)
    row, column = grid.pixel(-2.9994, 41.5507, crs="EPSG:4326")
    (longitude,), (latitude,) = rasterio.warp.transform(
        UTM, "EPSG:4326", *([v] for v in grid.coordinates(row, column))
    )
    assert longitude == pytest.approx(-2.9994, abs=6e-5)
    assert latitude == pytest.approx(41.5507, abs=4.5e-5)


@pytest.mark.parametrize(
    ("point", "crs", "key"),
    [
        ((0, 0), "EPSG:999999", "scenes.geometry.unknown_crs"),
        ((0, 0), "the moon", "scenes.geometry.unknown_crs"),
        ((0, 0), object(), "scenes.geometry.unknown_crs"),
        ((1e9, 1e9), "EPSG:4326", "scenes.geometry.not_in_crs"),
    ],
)
def test_points_that_have_no_place(point: tuple[float, float], crs: object, key: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        Grid(UTM, NORTH_UP, 10, 10).pixel(*point, crs=crs)
    assert caught.value.key == key


def test_an_image_without_georeference_has_no_place_for_a_point() -> None:
    with pytest.raises(ConvistaError, match="no georeference, so a point in EPSG:4326"):
        Grid(None, Affine.identity(), 10, 10).pixel(0, 0, crs="EPSG:4326")


def test_the_same_grid_to_a_hundredth_of_a_pixel() -> None:
    grid = Grid(UTM, NORTH_UP, 10, 20)
    assert grid.same_as(Grid(UTM, NORTH_UP @ Affine.translation(0.009, 0), 10, 20))
    assert not grid.same_as(Grid(UTM, NORTH_UP @ Affine.translation(0.02, 0), 10, 20))
    assert not grid.same_as(Grid(UTM, NORTH_UP @ Affine.scale(1.01), 10, 20))
    assert not grid.same_as(Grid(UTM, NORTH_UP, 10, 21))
    assert not grid.same_as(Grid(CRS.from_epsg(32631), NORTH_UP, 10, 20))


@given(affines, st.floats(0.5, 7))
def test_resampled_covers_at_least_as_much(transform: Affine, factor: float) -> None:
    grid = Grid(UTM, transform, 10, 20)
    across, down = grid.resolution
    other = grid.resampled((across * factor, down * factor))
    assert other.resolution == pytest.approx((across * factor, down * factor))
    assert other.height * factor >= 10 - 1e-4
    assert (other.height - 1) * factor < 10
    assert (other.width - 1) * factor < 20


def test_a_resolution_is_above_zero() -> None:
    with pytest.raises(ConvistaError, match="Resolution 0 is not possible"):
        Grid(UTM, NORTH_UP, 10, 20).resampled(0)


@pytest.mark.parametrize("crs", [None, "EPSG:4326"])
@pytest.mark.parametrize("point", [(np.nan, 1.0), (1.0, np.inf), (-np.inf, np.nan)])
def test_a_point_has_finite_coordinates(point: tuple[float, float], crs: str | None) -> None:
    grid = Grid(CRS.from_epsg(32630), Affine(10, 0, 500_000, 0, -10, 4_600_000), 8, 8)
    with pytest.raises(ConvistaError) as error:
        grid.pixel(*point, crs)
    x, y = point
    assert str(error.value) == f"({x}, {y}) is no place. Give two finite numbers, x and y."
    language.use("es")
    assert str(error.value) == f"({x}, {y}) no es un lugar. Dé dos números finitos, x e y."


@pytest.mark.parametrize("crs", ["EPSG:999999", "not a crs", 123456])
def test_nobody_but_the_error_speaks_of_a_crs_that_does_not_exist(
    crs: object, capfd: pytest.CaptureFixture[str]
) -> None:
    grid = Grid(CRS.from_epsg(32630), Affine(10, 0, 500_000, 0, -10, 4_600_000), 8, 8)
    with pytest.raises(ConvistaError) as error:
        grid.pixel(1, 2, crs)
    assert str(error.value) == f"The CRS {crs} is not known. Give a code such as EPSG:4326."
    language.use("es")
    assert str(error.value) == f"El CRS {crs} no se conoce. Dé un código como EPSG:4326."
    assert capfd.readouterr() == ("", "")
