"""The scene that comes with the package is small, real, where it says it is, and says whose it is."""

from __future__ import annotations

import pickle
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pytest
import rasterio

from convista.language import say
from convista.scenes import EXAMPLE_CLASSES, Scene, Window, example_labels, example_scene, open_scene

AQUILEIA = Path(__file__).parents[3] / "shared" / "data" / "aquileia"
CREDIT = "contains modified Copernicus Sentinel data 2019"
TOWN, LAGOON = (13.3692, 45.7640), (13.3290, 45.7290)
"""Longitude and latitude, as an atlas has them."""


@pytest.fixture(scope="module")
def scene() -> Scene:
    return example_scene()


def test_it_is_small_and_of_a_kind_that_every_gdal_reads() -> None:
    with as_file(files("convista.scenes") / "data" / "aquileia.tif") as path, rasterio.open(path) as dataset:
        assert path.stat().st_size <= 700_000
        assert (dataset.driver, dataset.profile["compress"]) == ("GTiff", "deflate")
        assert set(dataset.dtypes) == {"uint16"}
        assert dataset.tags()["TIFFTAG_COPYRIGHT"] == CREDIT


def test_bands_and_values(scene: Scene) -> None:
    assert scene.band_names == ("blue", "green", "red", "nir")
    assert (scene.shape, scene.sensor) == ((320, 394), "sentinel-2")
    assert {(band.scale, band.offset, band.unit) for band in scene.bands} == {(0.0001, 0.0, "reflectance")}
    values = scene.read()
    assert not values.mask.any()
    assert 0 < values.min() < values.max() < 1


def test_it_lies_where_it_should(scene: Scene) -> None:
    assert scene.crs is not None
    assert scene.crs.to_epsg() == 4326
    _, green, _, nir = scene.patch_at(*LAGOON, 5).values
    assert nir.max() < green.min()  # water
    assert scene.patch_at(*TOWN, 9).values[2].std() > 0.03  # roofs and gardens differ from pixel to pixel


def test_whose_it_is_goes_with_its_pixels(scene: Scene) -> None:
    assert scene.credit is not None
    assert scene.credit.en == CREDIT == say("scenes.example.credit", language="en")
    assert scene.credit.es == "contiene datos modificados de Copernicus Sentinel 2019"
    window = Window(0, 0, 4, 4)
    others = (scene.select("red,nir"), scene.on(scene.grid.at(window)), pickle.loads(pickle.dumps(scene)))
    assert {each.credit for each in (*others, scene.patch(window))} == {scene.credit}
    assert next(scene.patches(32)).credit == scene.credit


@pytest.mark.skipif(not AQUILEIA.is_dir(), reason="no real data here")
def test_its_pixels_are_those_of_the_exports(scene: Scene) -> None:
    exports = open_scene(AQUILEIA, scene.band_names, scale=1 / 65535, offset=0)
    window = Window(212, 144, 320, 394)
    assert exports.grid.at(window).same_as(scene.grid)
    np.testing.assert_allclose(scene.read().filled(), exports.read(window).filled(), atol=8e-6)


def test_labels_are_the_two_quotients(scene: Scene) -> None:
    labels = example_labels()
    assert labels.grid == scene.grid
    assert labels.classes == EXAMPLE_CLASSES
    _, green, red, nir = scene.read().filled().astype(np.float64)
    ndwi, ndvi = (green - nir) / (green + nir), (nir - red) / (nir + red)
    values = labels.read().filled()
    clear = np.abs(ndvi - 0.4) > 1e-6
    np.testing.assert_array_equal((values == 1)[clear], (ndwi > 0)[clear])
    np.testing.assert_array_equal((values == 2)[clear], ((ndwi <= 0) & (ndvi > 0.4))[clear])
    assert min((values == each.value).mean() for each in EXAMPLE_CLASSES) > 0.15
