from __future__ import annotations

import multiprocessing
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasterio.enums import ColorInterp

from convista.errors import ConvistaError
from convista.scenes import Scene, Window, open_scene
from convista.scenes.scene import LEAST_CACHE
from tests.scenes.rasters import NORTH_UP, counted, write


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    path = write(tmp_path / "scene.tif", counted(3, 20, 30), descriptions=("blue", "red", "nir"))
    return open_scene(path)


def test_reading_everything(scene: Scene) -> None:
    values = scene.read()
    assert values.dtype == np.float32
    assert values.shape == (3, 20, 30)
    assert values.mask.shape == values.shape
    assert not values.mask.any()
    np.testing.assert_array_equal(values.data, counted(3, 20, 30))


def test_what_a_scene_says_of_itself(scene: Scene) -> None:
    assert scene.band_names == ("blue", "red", "nir")
    assert scene.shape == (scene.height, scene.width) == (20, 30)
    assert scene.crs is not None
    assert scene.crs.to_epsg() == 32630
    assert scene.transform == NORTH_UP
    assert scene.sensor is None
    assert repr(scene) == "<Scene scene: blue, red, nir; 20×30, EPSG:32630>"


@given(st.builds(Window, *[st.integers(-40, 40)] * 2, *[st.integers(1, 50)] * 2))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_window_is_what_it_cuts_and_masked_outside(scene: Scene, window: Window) -> None:
    everything = np.zeros((3, 200, 200), np.float32)
    everything[:, 60:80, 60:90] = counted(3, 20, 30)
    rows, columns = window.shifted(60, 60).slices
    expected = everything[:, rows, columns]
    values = scene.read(window)
    np.testing.assert_array_equal(values.data, expected)
    np.testing.assert_array_equal(values.mask, expected == 0)


def test_bands_come_in_the_order_asked_for(scene: Scene) -> None:
    values = scene.read(bands=["nir", "blue"])
    np.testing.assert_array_equal(values.data, counted(3, 20, 30)[[2, 0]])
    with pytest.raises(ConvistaError, match=r"scene has no band reed \(red\?\). It has: blue, red, nir."):
        scene.read(bands=["reed"])


def test_patches_lie_side_by_side_or_overlap(scene: Scene) -> None:
    patches = list(scene.patches(8))
    assert [p.window for p in patches] == [Window(r, c, 8, 8) for r in (0, 8) for c in (0, 8, 16)]
    np.testing.assert_array_equal(patches[4].values.data, counted(3, 20, 30)[:, 8:16, 8:16])
    assert patches[4].shape == (3, 8, 8)
    assert patches[4].coordinates(0, 0) == scene.grid.coordinates(8, 8)
    assert len(list(scene.patches((10, 30), stride=(5, 1)))) == 3


def test_a_scene_smaller_than_a_patch_says_so_at_once(scene: Scene) -> None:
    with pytest.raises(ConvistaError, match="scene is 20×30 pixels and the patch 32×32"):
        scene.patches(32)
    with pytest.raises(ConvistaError, match="size or stride 0 is not possible"):
        scene.patches(8, stride=0)


@pytest.mark.parametrize("size", [1, 2, 7, 8])
@pytest.mark.parametrize("pixel", [(0, 0), (10, 10), (19, 29)])
def test_the_patch_at_a_point_has_its_pixel_in_the_middle(scene: Scene, pixel: tuple[int, int], size: int) -> None:
    x, y = scene.grid.coordinates(*pixel)
    patch = scene.patch_at(x + 4, y - 4, size, bands=["blue"])
    assert patch.band_names == ("blue",)
    assert patch.values[0, size // 2, size // 2] == counted(3, 20, 30)[0][pixel]
    assert patch.coordinates(size // 2, size // 2) == (x, y)


def test_a_point_in_longitude_and_latitude(scene: Scene) -> None:
    patch = scene.patch_at(-2.9994, 41.5507, 3, crs="EPSG:4326")
    assert scene.grid.pixel(-2.9994, 41.5507, "EPSG:4326") == (patch.window.row + 1, patch.window.column + 1)


def test_a_point_outside_is_told_the_bounds(scene: Scene) -> None:
    bounds = r"x 500000 … 500300, y 4599800 … 4600000 in EPSG:32630"
    with pytest.raises(ConvistaError, match=rf"\(0, 0\) lies outside scene, which covers {bounds}"):
        scene.patch_at(0, 0, 8)


def test_nodata_is_the_tag_the_callers_value_and_what_is_not_finite(tmp_path: Path) -> None:
    values = np.array([[[1, -9999, 5], [np.nan, np.inf, 7]]], np.float32)
    path = write(tmp_path / "a.tif", values, nodata=-9999)
    read = open_scene(path, nodata=7).read()
    np.testing.assert_array_equal(np.ma.getmaskarray(read)[0], [[False, True, False], [True, True, True]])
    np.testing.assert_array_equal(read.data[0], [[1, 0, 5], [0, 0, 0]])
    assert open_scene(path).bands[0].nodata == -9999


def test_a_nodata_tag_that_float32_rounds(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", np.array([[[1, 0.1]]], np.float32), nodata=0.1)
    assert open_scene(path).read().mask.tolist() == [[[False, True]]]


def test_alpha_masks_every_band_and_is_none(tmp_path: Path) -> None:
    values = counted(4, 2, 2, "uint8")
    values[3] = [[255, 0], [128, 255]]
    path = write(tmp_path / "a.tif", values, photometric="rgb", alpha="yes")
    scene = open_scene(path)
    assert scene.band_names == ("red", "green", "blue")
    assert scene.read().mask.tolist() == [[[False, True], [False, False]]] * 3


def test_an_alpha_band_under_another_name_masks_nothing(tmp_path: Path) -> None:
    values = counted(4, 2, 2, "uint8")
    values[3] = 0
    path = write(tmp_path / "a.tif", values, photometric="rgb", alpha="yes")
    with rasterio.open(path) as dataset:
        assert dataset.colorinterp[3] == ColorInterp.alpha
    scene = open_scene(path, ["red", "green", "blue", "nir"])
    assert scene.band_names == ("red", "green", "blue", "nir")
    assert not scene.read().mask.any()


def test_an_internal_mask_joins_the_nodata_tag(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", counted(1, 1, 3), nodata=1)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        dataset.write_mask(np.array([[255, 255, 0]], np.uint8))
    assert open_scene(path).read().mask.tolist() == [[[True, False, True]]]


def test_scale_and_offset_come_from_the_file_or_the_caller(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.tif", counted(2, 1, 2), descriptions=("red", "nir"), scales=(0.1, 0.2), offsets=(1, 0)
    )
    np.testing.assert_allclose(open_scene(path).read().data, [[[1.1, 1.2]], [[0.6, 0.8]]], rtol=1e-6)
    given = open_scene(path, scale={"nir": 2}, offset=[0, 5])
    np.testing.assert_allclose(given.read().data, np.array([[[0.1, 0.2]], [[11, 13]]]), rtol=1e-6)
    assert [(b.scale, b.offset) for b in given.bands] == [(0.1, 0.0), (2.0, 5.0)]


def test_large_integers_are_scaled_before_they_are_rounded(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", np.array([[[2**31 - 1]]], np.int32))
    scene = open_scene(path, scale=1, offset=-(2**31) + 2)
    assert scene.read().data.item() == 1


def test_a_pickled_scene_reads_the_same(scene: Scene) -> None:
    scene.read(Window(0, 0, 2, 2))
    copy = pickle.loads(pickle.dumps(scene))
    assert copy.bands == scene.bands
    np.testing.assert_array_equal(copy.read().data, scene.read().data)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork.*:DeprecationWarning")
def test_a_forked_process_reads_the_same(scene: Scene) -> None:
    scene.read(Window(0, 0, 2, 2))
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for values in pool.map(scene.read, [Window(r, 0, 5, 5) for r in range(10)]):
            assert values.shape == (3, 5, 5)


def test_threads_may_share_a_scene(scene: Scene) -> None:
    windows = [Window(r, c, 8, 8) for r in range(12) for c in range(22)]
    with ThreadPoolExecutor(4) as threads:
        for window, values in zip(windows, threads.map(scene.read, windows), strict=True):
            rows, columns = window.slices
            np.testing.assert_array_equal(values.data, counted(3, 20, 30)[:, rows, columns])


def test_a_closed_scene_opens_again(scene: Scene) -> None:
    with scene:
        scene.read()
    assert scene.read().shape == (3, 20, 30)


def test_an_image_without_georeference(tmp_path: Path) -> None:
    path = write(tmp_path / "photo.png", counted(3, 4, 5, "uint8"), driver="PNG", crs=None, photometric=None)
    scene = open_scene(path)
    assert scene.crs is None
    assert scene.band_names == ("red", "green", "blue")
    assert "no CRS" in repr(scene)


def test_a_truncated_file_is_named_with_the_reason(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 60000, (2, 256, 256), dtype=np.uint16)
    path = write(tmp_path / "noise.tif", noise, tiled=True, blockxsize=64, blockysize=64)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    scene = open_scene(path)
    assert scene.read(Window(0, 0, 8, 8)).shape == (2, 8, 8)
    with pytest.raises(ConvistaError, match=r"noise\.tif cannot be read: .+ damaged or incomplete"):
        scene.read()


def test_no_raster_at_all(tmp_path: Path) -> None:
    path = tmp_path / "notes.tif"
    path.write_text("not a raster")
    with pytest.raises(ConvistaError, match=r"notes\.tif cannot be read: .+ not recognized"):
        open_scene(path)


def test_a_window_of_a_large_file_reads_little(tmp_path: Path) -> None:
    path = tmp_path / "large.tif"
    with rasterio.open(
        path, "w", driver="GTiff", count=1, height=200_000, width=200_000, dtype="uint16", crs="EPSG:32630",
        transform=NORTH_UP, tiled=True, sparse_ok=True, nodata=0, bigtiff="yes",
    ) as dataset:  # fmt: skip
        dataset.write(counted(1, 4, 4), window=rasterio.windows.Window(100_000, 150_000, 4, 4))
    values = open_scene(path).read(Window(149_999, 99_999, 6, 6))
    np.testing.assert_array_equal(values.compressed(), np.arange(1, 17))


@pytest.mark.parametrize("interleave", ["pixel", "band"])
def test_a_tile_is_decoded_once_while_a_scene_is_read_in_rows(tmp_path: Path, interleave: str) -> None:
    """Seen by taking the file's pixels away after the first row of windows: what is left comes from memory."""
    values = counted(3, 256, 512)
    path = write(
        tmp_path / "scene.tif",
        values,
        tiled=True,
        blockxsize=256,
        blockysize=256,
        compress="deflate",
        interleave=interleave,
    )
    scene = open_scene(path)
    with scene.read_in_rows():
        scene.read(Window(0, 0, 16, 512))
        with path.open("r+b") as file:
            file.truncate(512)
        for row in range(0, 256, 32):
            np.testing.assert_array_equal(scene.read(Window(row, 0, 32, 512)).data, values[:, row : row + 32])


def test_the_tiles_kept_are_two_rows_of_them_within_limits(tmp_path: Path) -> None:
    path = write(tmp_path / "scene.tif", np.zeros((2, 32, 4096), np.uint16), blockysize=16, interleave="band")
    scene = open_scene(path, bands=["a", "b"])
    row = 16 * 4096 * 2
    assert scene._reader.tile_row([0]) == row
    assert scene._reader.tile_row([0, 1]) == 2 * row
    both = write(tmp_path / "both.tif", np.zeros((2, 32, 4096), np.uint16), blockysize=16, interleave="pixel")
    assert open_scene(both, bands=["a", "b"])._reader.tile_row([0]) == 2 * row
    with scene.read_in_rows():
        assert rasterio.env.getenv()["GDAL_CACHEMAX"] == LEAST_CACHE


def test_selected_bands_have_the_grid_of_the_finest_of_them(tmp_path: Path) -> None:
    for name, size, metres in (("pan", 40, 15), ("red", 20, 30), ("nir08", 20, 30)):
        pixels = np.full((1, size, size), metres, np.uint8)
        write(tmp_path / f"{name}.tif", pixels, transform=Affine(metres, 0, 500_000, 0, -metres, 4_000_000))
    scene = open_scene(tmp_path)
    assert scene.grid.resolution[0] == 15
    both = scene.select(["nir", "red"])
    assert both.band_names == ("nir", "red")
    assert both.grid.resolution[0] == 30
    assert both.shape == (20, 20)
    assert (both.read() == 30).all()
    assert [band.name for band in scene.patch(Window(0, 0, 2, 2), ["nir"]).bands] == ["nir"]
    assert open_scene(tmp_path, resolution=10).select("red").grid.resolution == (10, 10)
    with pytest.raises(ConvistaError, match="no band green"):
        scene.select(["green"])
