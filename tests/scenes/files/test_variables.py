"""NetCDF files and Zarr stores: their variables are bands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from rasterio.crs import CRS

from convista.errors import ConvistaError
from convista.scenes import open_scene
from convista.scenes.files import variables as of_files
from convista.scenes.files.open_raster import read_header
from tests.scenes.rasters import constant, counted, write
from tests.scenes.stores import Variable, netcdf, on_a_grid, zarr

RED, NIR = counted(1, 4, 5, "int16")[0], counted(1, 4, 5, "int16")[0] + 100
Store = Callable[[Path, Mapping[str, Variable]], Path]

stores = pytest.mark.parametrize(
    ("make", "suffix"),
    [
        pytest.param(
            make,
            suffix,
            marks=pytest.mark.skipif(driver not in of_files.available(), reason=f"this GDAL lacks {driver}"),
        )
        for make, suffix, driver in ((netcdf, "nc", "netCDF"), (zarr, "zarr", "Zarr"))
    ],
)


@stores
def test_variables_on_one_grid_are_bands(tmp_path: Path, make: Store, suffix: str) -> None:
    red = RED.copy()
    red[0, 0] = -1
    scene = open_scene(make(tmp_path / f"a scene.{suffix}", on_a_grid({"red": red, "nir": NIR})), ["red", "nir"])
    assert scene.band_names == ("red", "nir")
    assert scene.crs == CRS.from_epsg(32630)
    assert list(scene.grid.bounds) == [500_000, 4_599_960, 500_050, 4_600_000]
    values = scene.read()
    assert np.argwhere(values.mask).tolist() == [[0, 0, 0]]
    np.testing.assert_allclose(values.data[1], NIR * 1e-4 - 0.1, rtol=1e-5)
    np.testing.assert_allclose(values.data[0].ravel()[1:], RED.ravel()[1:] * 1e-4 - 0.1, rtol=1e-5)


@stores
def test_every_variable_is_offered_in_an_order_that_does_not_change(
    tmp_path: Path, make: Store, suffix: str
) -> None:
    path = make(tmp_path / f"a.{suffix}", on_a_grid({"B04": RED, "B08": NIR, "month": np.stack([RED, NIR])}))
    assert open_scene(path).band_names == ("B04", "B08", "month_1", "month_2")
    scene = open_scene(path, "red,month_2", "sentinel-2")
    np.testing.assert_allclose(scene.read().data[1], NIR * 1e-4 - 0.1, rtol=1e-5)


@stores
def test_variables_on_several_grids_are_named(tmp_path: Path, make: Store, suffix: str) -> None:
    path = make(tmp_path / f"a.{suffix}", on_a_grid({"red": RED, "swir16": RED[:2, :2].copy()}))
    with pytest.raises(ConvistaError, match=r"lie on different grids: .*red \(4×5\), .*swir16 \(2×2\)\. Open") as e:
        open_scene(path)
    names = [name.rpartition(" (")[0] for name in str(e.value.values["variables"]).split(", ")]
    assert open_scene(names[0]).shape == (4, 5)
    assert open_scene(",".join(names)).shape == (4, 5)


@stores
def test_a_mask_among_the_variables_hides_the_others(tmp_path: Path, make: Store, suffix: str) -> None:
    valid = np.ones((4, 5), np.int16)
    valid[1, 1] = 0
    path = make(tmp_path / f"a.{suffix}", on_a_grid({"red": RED, "nir": NIR, "dataMask": valid}, {}))
    scene = open_scene(path)
    assert set(scene.band_names) == {"red", "nir"}
    assert np.argwhere(scene.read().mask).tolist() == [[0, 1, 1], [1, 1, 1]]


@stores
def test_one_variable_alone_is_named_after_itself(tmp_path: Path, make: Store, suffix: str) -> None:
    assert open_scene(make(tmp_path / f"a.{suffix}", on_a_grid({"ndvi": RED}))).band_names == ("ndvi",)


@stores
def test_bands_of_two_stores_are_told_apart_by_their_names(tmp_path: Path, make: Store, suffix: str) -> None:
    paths = [make(tmp_path / f"{name}.{suffix}", on_a_grid({"red": RED})) for name in ("may", "june")]
    assert open_scene(paths).band_names == ("red_may", "red_june")


def test_an_array_that_cannot_be_read_is_not_left_out(tmp_path: Path) -> None:
    if "Zarr" not in of_files.available():
        pytest.skip("this GDAL lacks Zarr")
    path = zarr(tmp_path / "a.zarr", on_a_grid({"red": RED, "nir": NIR}))
    about = path / "red" / ".zarray"
    about.write_text(about.read_text().replace('"compressor": null', '"compressor": {"id": "nonsense"}'))
    with pytest.raises(ConvistaError, match=r"red cannot be read: .*nonsense"):
        open_scene(path)


def test_variables_of_one_name_have_numbers(tmp_path: Path) -> None:
    path = netcdf(tmp_path / "b.nc", on_a_grid({"rain": np.stack([RED, NIR])}))
    assert open_scene(path).band_names == ("rain_1", "rain_2")


def test_degrees_without_a_grid_mapping_are_where_they_say(tmp_path: Path) -> None:
    about = {"lat": ("degrees_north", "latitude"), "lon": ("degrees_east", "longitude")}
    axes = {
        name: Variable((name,), start + 0.1 * np.arange(4) * sign, {"units": unit, "standard_name": standard})
        for (name, (unit, standard)), start, sign in zip(about.items(), (42.0, -3.0), (-1, 1), strict=True)
    }
    band = Variable(("lat", "lon"), RED[:, :4].copy(), {})
    scene = open_scene(netcdf(tmp_path / "a.nc", {**axes, "red": band, "nir": band}))
    assert scene.band_names == ("red", "nir")
    assert scene.grid.bounds == pytest.approx((-3.05, 41.65, -2.65, 42.05))


def test_a_file_without_any_band_says_so(tmp_path: Path) -> None:
    header = read_header(str(write(tmp_path / "a.tif", constant(1))))
    with pytest.raises(ConvistaError, match=r"GDAL opens a\.xyz, but finds no band in it"):
        of_files.variables("a.xyz", header)


def test_too_many_variables_are_not_all_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_files, "MOST", 1)
    with pytest.raises(ConvistaError, match=r"too many variables .*: netcdf:.*:red, netcdf:.*:nir\."):
        open_scene(netcdf(tmp_path / "a.nc", on_a_grid({"red": RED, "nir": NIR})))


def test_several_variables_where_a_file_is_one_band(tmp_path: Path) -> None:
    netcdf(tmp_path / "x_B04.nc", on_a_grid({"red": RED, "nir": NIR}))
    write(tmp_path / "x_B08.tif", constant(1))
    with pytest.raises(ConvistaError, match=r"x_B04\.nc holds variables instead of bands\. Open them by name"):
        open_scene(tmp_path)


@pytest.mark.parametrize(("name", "driver"), [("a.nc", "netCDF"), ("a.zarr", "Zarr"), ("a.hdf", "HDF4")])
def test_a_driver_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, driver: str
) -> None:
    monkeypatch.setattr(of_files, "available", lambda: frozenset({"GTiff"}))
    if name.endswith("zarr"):
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_bytes(b"nothing that GDAL knows")
    with pytest.raises(ConvistaError, match=rf"lacks the driver {driver}\. Convert it to GeoTIFF .*gdal_translate"):
        open_scene(tmp_path / name)


def test_variables_of_hdf5(tmp_path: Path) -> None:
    if not {"HDF5", "netCDF"} <= of_files.available():
        pytest.skip("this GDAL lacks HDF5 or netCDF")
    source = write(tmp_path / "a.tif", counted(2, 4, 5))
    rasterio.shutil.copy(source, tmp_path / "a.nc", driver="netCDF", FORMAT="NC4")
    (tmp_path / "a.nc").rename(tmp_path / "a.h5")
    names = open_scene(tmp_path / "a.h5").band_names
    assert {"Band1", "Band2"} <= set(names)


def test_the_files_of_a_variable_are_known(tmp_path: Path) -> None:
    path = netcdf(tmp_path / "a.nc", on_a_grid({"red": RED, "nir": NIR}))
    assert str(path) in open_scene(path).files


def test_metadata_beside_a_file_name_no_variables(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", counted(1, 4, 5))
    (tmp_path / "a.tif.aux.xml").write_text(
        '<PAMDataset><Metadata domain="SUBDATASETS"><MDI key="SUBDATASET_1_NAME">WMS:http://x</MDI></Metadata></PAMDataset>'
    )
    with rasterio.open(path) as dataset:
        assert dataset.subdatasets == ["WMS:http://x"]
    assert read_header(str(path)).variables == ()


@stores
def test_stores_that_hold_other_numbers_are_others(tmp_path: Path, make: Store, suffix: str) -> None:
    held = [
        make(tmp_path / f"{n}.{suffix}", on_a_grid({"red": red, "nir": NIR}))
        for n, red in enumerate((RED, RED, RED[::-1].copy()))
    ]
    same, copy, other = (open_scene(path).content(["red"]) for path in held)
    assert same == copy != other
    assert open_scene(held[0], {"red": "nir"}).content() != same
