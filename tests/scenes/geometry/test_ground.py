"""Pixels have their true size, on whatever ellipsoid, in whatever units."""

from __future__ import annotations

from itertools import pairwise
from math import atan, atanh, exp, pi, sin, sqrt

import numpy as np
import pytest
from affine import Affine
from rasterio.crs import CRS

from convista.errors import ConvistaError
from convista.scenes import Grid, Window, whole
from convista.scenes.geometry.ground import check_areas, pixel_areas, pixel_sides

WGS84 = (6378137.0, 298.257223563)
FEET = 'LOCAL_CS["site",UNIT["foot",0.3048]]'


def grid(crs: str | None, transform: Affine, height: int = 20, width: int = 30) -> Grid:
    return Grid(CRS.from_user_input(crs) if crs else None, transform, height, width)


def band_area(axis: float, inverse: float, south: float, north: float, turn: float) -> float:
    """Return the area between two parallels, of a part of the circle in radians (Snyder 1987, 3-12)."""
    f = 1 / inverse if inverse else 0.0
    squared = f * (2 - f)
    e = sqrt(squared)

    def q(latitude: float) -> float:
        s = sin(latitude)
        return s / (1 - squared * s * s) / 2 + (atanh(e * s) / (2 * e) if e else s / 2)

    return axis**2 * (1 - squared) * turn * (q(north) - q(south))


@pytest.mark.parametrize(
    ("crs", "ellipsoid", "turn"),
    [
        ("EPSG:4326", WGS84, 360),
        ("EPSG:4807", (6378249.2, 293.466021293627), 400),  # NTF (Paris), in grads
        ("EPSG:4267", (6378206.4, 294.978698213898), 360),
        ("IAU_2015:30100", (1_737_400.0, 0.0), 360),  # the Moon
    ],
)
@pytest.mark.parametrize(("size", "top"), [(0.0001, 0.125), (0.01, 0.13), (0.5, 0.25)])
def test_geographic(crs: str, ellipsoid: tuple[float, float], turn: float, size: float, top: float) -> None:
    radians = 2 * pi / turn
    here = grid(crs, Affine(size, 0, 3, 0, -2 * size, top * turn))
    areas = pixel_areas(here, whole(here.shape))
    north = [(top * turn - 2 * size * row) * radians for row in range(21)]
    rows = [band_area(*ellipsoid, n, m, size * radians) for m, n in pairwise(north)]
    np.testing.assert_allclose(areas, np.repeat(np.array(rows)[:, None], 30, axis=1), rtol=1e-6)


def test_the_whole_earth_and_rows_beyond_a_pole() -> None:
    whole_earth = band_area(*WGS84, -pi / 2, pi / 2, 2 * pi)
    for here in (
        grid("EPSG:4326", Affine(1, 0, -180, 0, -1, 90), 180, 360),
        grid("EPSG:4326", Affine(0.25, 0, 0, 0, -0.25, 90.125), 721, 1440),
    ):
        check_areas(here)
        assert pixel_areas(here, whole(here.shape)).sum() == pytest.approx(whole_earth, rel=1e-6)


def test_web_mercator_is_measured_on_the_ellipsoid() -> None:
    here = grid("EPSG:3857", Affine(30, 0, -12_580_000, 0, -30, 4_490_000))
    south, north = (2 * atan(exp((4_490_000 - y) / 6378137)) - pi / 2 for y in (600, 0))
    true = band_area(*WGS84, south, north, 900 / 6378137)
    areas = pixel_areas(here, whole(here.shape))
    assert areas.sum() == pytest.approx(true, rel=1e-6)
    assert 900 * 600 / areas.sum() == pytest.approx(1.58, abs=0.01)
    assert pixel_sides(here, 10, 15)[0] == pytest.approx(30 * 0.797, rel=0.01)


@pytest.mark.parametrize(
    ("crs", "easting", "scale", "unit"),
    [
        ("EPSG:32630", 500_000, 0.9996, 1.0),
        ("EPSG:26715", 500_000, 0.9996, 1.0),
        ("EPSG:2263", 984_250, 1.0, 1200 / 3937),  # feet; a conformal cone, true on two parallels
        ("EPSG:6933", 1_000_000, 1.0, 1.0),  # equal-area: exact in the plane
        ("EPSG:3035", 4_321_000, 1.0, 1.0),
        (FEET, 0, 1.0, 0.3048),
    ],
)
def test_projected(crs: str, easting: float, scale: float, unit: float) -> None:
    northing = 220_000 if crs == "EPSG:2263" else 3_210_000
    here = grid(crs, Affine(10, 0, easting, 0, -10, northing))
    exact = scale != 1 or crs != "EPSG:2263"
    expected = (10 * unit / scale) ** 2
    np.testing.assert_allclose(pixel_areas(here, whole(here.shape)), expected, rtol=1e-6 if exact else 1e-3)


def test_windows_agree_and_the_pole_is_a_place_like_others() -> None:
    here = grid("EPSG:3031", Affine(1000, 0, -100_500, 0, -1000, 100_500), 201, 201)
    areas = pixel_areas(here, whole(here.shape))
    assert areas[100, 100] == pytest.approx(areas[100, 101], rel=1e-5)
    np.testing.assert_allclose(pixel_areas(here, Window(50, 20, 70, 90)), areas[50:120, 20:110], rtol=5e-7)


def test_a_rotated_grid() -> None:
    here = grid("EPSG:32630", Affine(8, 12, 500_000, 6, -16, 4e6))
    sides = pixel_sides(here, 10, 15)
    assert sides == pytest.approx((10 / 0.9996, 20 / 0.9996), rel=1e-5)
    np.testing.assert_allclose(pixel_areas(here, whole(here.shape)), 200 / 0.9996**2, rtol=1e-6)


@pytest.mark.parametrize(
    ("crs", "why"),
    [
        ("EPSG:4978", "WGS 84 is geocentric: its x and y do not say a place"),
        ("+proj=geos +h=35785831 +lon_0=0", "Parts of the scene have no place on the ground"),
    ],
)
def test_where_places_have_no_size(crs: str, why: str) -> None:
    here = grid(crs, Affine(350_000, 0, -5_250_000, 0, -350_000, 5_250_000), 30, 30)
    with pytest.raises(ConvistaError, match=why) as told:
        check_areas(here)
    assert "gdalwarp -t_srs" in str(told.value)


def test_without_a_crs_nothing_is_measured() -> None:
    here = grid(None, Affine.identity())
    check_areas(here)
    with pytest.raises(ConvistaError, match="has no georeference"):
        pixel_sides(here, 0, 0)
