"""Complex radar imagery: what is read of it, under which names, and what counts as no datum."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

from convista.errors import ConvistaError
from convista.learning.data.image_files import read_images
from convista.learning.data.statistics import band_statistics
from convista.scenes import open_labels, open_scene
from tests.scenes.rasters import NORTH_UP, counted, write

RNG = np.random.default_rng(0)
Z = (RNG.normal(size=(2, 8, 8)) + 1j * RNG.normal(size=(2, 8, 8))).astype(np.complex64) * 100
Z[0, 0, :3] = 0
Z[0, 1, 0] = complex(np.nan, 1)
HIDDEN = np.zeros((8, 8), bool)
HIDDEN[0, :3] = HIDDEN[1, 0] = True


@pytest.fixture
def radar(tmp_path: Path) -> Path:
    return write(tmp_path / "slc.tif", Z, descriptions=("VV", "VH"))


def test_a_complex_band_is_its_intensity_in_decibels(radar: Path) -> None:
    scene = open_scene(radar)
    assert scene.band_names == ("VV", "VH")
    assert [(band.unit, band.dtype) for band in scene.bands] == [("dB", "complex64")] * 2
    values = scene.read()
    assert (np.ma.getmaskarray(values)[0] == HIDDEN).all()
    assert (values.data[0][HIDDEN] == 0).all()
    np.testing.assert_allclose(values.data[0][~HIDDEN], 10 * np.log10(np.abs(Z[0][~HIDDEN]) ** 2), rtol=1e-5)


def test_its_other_parts_have_names(radar: Path) -> None:
    asked = ["vv_Real", "VV_imaginary", "VV_amplitude", "VV_phase", "VH"]
    scene = open_scene(radar, asked, offset={"VH": -20})
    assert scene.band_names == ("VV_real", "VV_imaginary", "VV_amplitude", "VV_phase", "VH")
    assert scene.bands[3].unit == "rad"
    values = scene.read()
    assert (np.ma.getmaskarray(values)[:4] == HIDDEN).all()
    real, imaginary, amplitude, phase, vh = values.data[:, ~HIDDEN]
    np.testing.assert_allclose(real + 1j * imaginary, Z[0][~HIDDEN], rtol=1e-6)
    np.testing.assert_allclose(amplitude * np.exp(1j * phase), Z[0][~HIDDEN], rtol=1e-5)
    np.testing.assert_allclose(vh, 20 * np.log10(np.abs(Z[1][~HIDDEN])) - 20, rtol=1e-5)
    assert open_scene(radar, {"angle": "VV_phase", "VH": 2}).bands[0].unit == "rad"


def test_whole_complex_numbers_and_a_nodata_value(tmp_path: Path) -> None:
    path, whole = tmp_path / "s1_vv.tif", np.round(Z[1:])
    whole[0, 3, 3] = -99
    with rasterio.open(
        path, "w", driver="GTiff", width=8, height=8, count=1, dtype="complex_int16", crs="EPSG:32630",
        transform=NORTH_UP, nodata=-99,
    ) as dataset:  # fmt: skip
        dataset.write(whole)
    scene = open_scene(path)
    assert (scene.band_names, scene.bands[0].dtype) == (("VV",), "complex_int16")
    values = scene.read()[0]
    assert values.mask[3, 3]
    np.testing.assert_allclose(values.compressed(), 20 * np.log10(np.abs(whole[0][~values.mask])), rtol=1e-5)


def test_what_is_no_datum_has_no_part_in_statistics(radar: Path) -> None:
    mean, std = band_statistics([open_scene(radar, ["VV"]).read().filled(np.nan)])
    expected = 20 * np.log10(np.abs(Z[0][~HIDDEN]))
    assert (mean[0], std[0]) == (pytest.approx(expected.mean(), rel=1e-4), pytest.approx(expected.std(), rel=1e-4))


def test_images_of_complex_numbers_are_read_alike(radar: Path) -> None:
    values = read_images([radar]).values
    assert values.dtype == np.float32
    assert (np.isnan(values[0, 0]) == HIDDEN).all()
    np.testing.assert_allclose(values[0, 1], 20 * np.log10(np.abs(Z[1])), rtol=1e-5)


def test_a_nameless_band_is_read_by_the_name_that_it_is_given(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", Z[1:])
    scene = open_scene(path, {"HH": 1, "HH_amplitude": 1})
    np.testing.assert_allclose(scene.read().data[1, 0], np.abs(Z[1, 0]), rtol=1e-6)
    np.testing.assert_allclose(open_scene(path, ["HH_real"]).read().data[0], Z[1].real, rtol=1e-6)


def test_real_bands_have_no_parts(tmp_path: Path, radar: Path) -> None:
    path = write(tmp_path / "grd.tif", counted(2, 2, 2, "float32"), descriptions=("VV", "VH"))
    with pytest.raises(ConvistaError, match=r"Band VV of .*grd\.tif holds real numbers, which have no phase"):
        open_scene(path, ["VV_phase"])
    already: dict[str, Any] = {"VV_real": 1, "VV_imaginary": 2}
    assert open_scene(path, already).read().data[1, 0, 0] == 5
    with pytest.raises(ConvistaError, match="has no band VW_phase"):
        open_scene(radar, ["VW_phase"])
    with pytest.raises(ConvistaError, match="holds complex numbers, which are no classes"):
        open_labels(write(tmp_path / "labels.tif", Z[1:]))
