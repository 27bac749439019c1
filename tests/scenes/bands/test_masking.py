"""Where a scene has no datum, the rule that hides its pixels is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio

from convista import language
from convista.errors import ConvistaError
from convista.learning.data.scene_samples import SceneSamples
from convista.scenes import Window, open_scene
from tests.scenes.rasters import constant, counted, write


def test_each_rule_is_named_with_the_bands_that_it_hides(tmp_path: Path) -> None:
    values = np.concatenate([constant(0, 40, 40), counted(1, 40, 40)])
    scene = open_scene(write(tmp_path / "a.tif", values, nodata=0, descriptions=["red", "nir"]))
    assert not scene.has_data()
    assert scene.has_data("nir")
    assert scene.why_masked() == "the nodata value 0 that the file declares: red"
    language.use("es")
    assert scene.why_masked() == "el valor «sin dato» 0 que declara el archivo: red"


def test_the_callers_value_what_is_not_finite_and_masks(tmp_path: Path) -> None:
    values = np.full((2, 40, 40), 5, np.float32)
    values[1, :, :20] = np.nan
    values[1, :, 20:] = -9999
    scene = open_scene(
        write(tmp_path / "a.tif", values, descriptions=["red", "nir"]), nodata={"red": 5, "nir": -9999}
    )
    assert scene.why_masked() == (
        "the nodata value 5 that was given (--nodata): red; "
        "the nodata value -9999 that was given (--nodata) (50 %): nir; numbers that are not finite (50 %): nir"
    )
    with rasterio.open(tmp_path / "a.tif", "r+") as file:
        file.write_mask(np.zeros((40, 40), np.uint8))
    masked = open_scene(tmp_path / "a.tif")
    assert masked.why_masked("red") == "a mask (the file's, alpha or another band): red"


def test_at_one_place(tmp_path: Path) -> None:
    values = counted(1, 40, 40)
    values[0, 7, 3] = 0
    coarse = values[:, ::2, ::2].copy()
    coarse[0, 3, 1] = 65535
    write(tmp_path / "red.tif", values, nodata=0)
    write(tmp_path / "nir.tif", coarse, nodata=65535, transform=rasterio.Affine(20, 0, 500_000, 0, -20, 4_600_000))
    scene = open_scene(tmp_path, bands=["red", "nir"])
    assert scene.why_masked(window=Window(7, 3, 1, 1)) == (
        "the nodata value 0 that the file declares: red; the nodata value 65535 that the file declares: nir"
    )
    assert not scene.why_masked(window=Window(9, 9, 1, 1))
    assert scene.why_masked("red", Window(-4, 5, 1, 1)) == "the file does not reach there: red"


def test_a_little_data_in_a_large_scene_is_found(tmp_path: Path) -> None:
    values = constant(0, 700, 700)
    values[0, 613, 91] = 1
    assert open_scene(write(tmp_path / "a.tif", values, nodata=0)).has_data()


def test_training_on_nothing_says_why(tmp_path: Path) -> None:
    scene = open_scene(write(tmp_path / "a.tif", constant(0, 64, 64), nodata=0), bands=["red"])
    labels = write(tmp_path / "l.tif", np.arange(64 * 64, dtype=np.uint8).reshape(1, 64, 64) % 2 + 1)
    with pytest.raises(
        ConvistaError, match=r"No pixel of a has both a datum .*\(red\).*the nodata value 0 that the file"
    ):
        SceneSamples(scene, labels, patch=8)
