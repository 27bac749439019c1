from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from affine import Affine
from rasterio.crs import CRS

from convista import language
from convista.errors import ConvistaError
from convista.scenes import ClassInfo, Grid, MapWriter, Window, covering, open_labels
from convista.scenes.writing.raster_writer import block_of
from tests.scenes.rasters import NORTH_UP

CLASSES = (ClassInfo(0, "agua & río", (0, 0, 250)), ClassInfo(4, "forest", (0, 90, 0)))
GRID = Grid(CRS.from_epsg(32630), NORTH_UP, 700, 600)
VALUES = np.where(np.add.outer(np.arange(700), np.arange(600)) % 7 < 3, 0, 4).astype(np.uint8)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "map.tif"
    with MapWriter(path, GRID, CLASSES, description="Land cover") as writer:
        for window in reversed(list(covering((650, 600), (100, 600)))):
            writer.write(window, VALUES[window.slices])
        assert not path.exists()
    return path


def test_a_map_holds_what_was_written_and_nodata_elsewhere(written: Path) -> None:
    with rasterio.open(written) as dataset:
        values = dataset.read(1)
        assert dataset.nodata == 255
        assert (dataset.crs, dataset.transform, dataset.shape) == (GRID.crs, GRID.transform, GRID.shape)
    np.testing.assert_array_equal(values[:650], VALUES[:650])
    assert (values[650:] == 255).all()


def test_a_map_is_cloud_optimized(written: Path) -> None:
    with rasterio.open(written) as dataset:
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert dataset.compression.value == "DEFLATE"
        assert dataset.block_shapes == [(512, 512)]
        assert dataset.overviews(1)
        overview = dataset.read(1, out_shape=(350, 300))
    assert set(np.unique(overview)) <= {0, 4, 255}


def test_gdal_reads_description_colours_and_class_names(written: Path, tmp_path: Path) -> None:
    with rasterio.open(written) as dataset:
        assert dataset.descriptions == ("Land cover",)
        colours = dataset.colormap(1)
        assert dataset.tags(1)["CLASS_4"] == "forest"
    assert colours[0] == (0, 0, 250, 255)
    assert colours[4] == (0, 90, 0, 255)
    assert colours[255][3] == 0
    rasterio.shutil.copy(written, tmp_path / "copy.vrt", driver="VRT")
    names = ElementTree.parse(tmp_path / "copy.vrt").iterfind("VRTRasterBand/CategoryNames/Category")
    assert [name.text or "" for name in names] == ["agua & río", "", "", "", "forest"]


@pytest.mark.parametrize("side_car", [True, False])
def test_a_map_opens_as_labels(written: Path, side_car: bool) -> None:
    if not side_car:
        Path(f"{written}.aux.xml").unlink()
    labels = open_labels(written)
    assert labels.classes == CLASSES
    assert labels.grid.same_as(GRID)


def test_only_the_map_and_its_side_car_are_left(written: Path) -> None:
    assert names_in(written.parent) == ["map.tif", "map.tif.aux.xml"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_an_exception_leaves_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    def interrupted() -> None:
        with MapWriter(tmp_path / "map.tif", GRID, CLASSES, description="x") as writer:
            writer.write(Window(0, 0, 700, 600), VALUES)
            raise error

    with pytest.raises(error):
        interrupted()
    assert names_in(tmp_path) == []


def test_an_older_map_stays_until_the_new_one_is_complete(written: Path) -> None:
    before = written.read_bytes()
    with pytest.raises(KeyboardInterrupt), MapWriter(written, GRID, CLASSES, description="x"):
        raise KeyboardInterrupt
    assert written.read_bytes() == before
    with MapWriter(written, GRID, CLASSES[:1], description="x"):
        pass
    assert open_labels(written).classes == CLASSES[:1]
    assert (open_labels(written).read().mask).all()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("limit", [4_000, 220_000, 345_000, 400_000])
def test_a_full_disk_leaves_nothing(tmp_path: Path, limit: int) -> None:
    program = f"""
import resource, signal, sys
import numpy as np
from rasterio.crs import CRS
from affine import Affine
from convista.errors import ConvistaError
from convista.scenes import ClassInfo, Grid, MapWriter, Window
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
grid = Grid(CRS.from_epsg(32630), Affine(10, 0, 500000, 0, -10, 4600000), 600, 600)
classes = [ClassInfo(n, str(n), (n, n, n)) for n in range(200)]
values = np.random.default_rng(0).integers(0, 200, (600, 600), dtype=np.uint8)
try:
    with MapWriter({str(tmp_path / "map.tif")!r}, grid, classes, description="x") as writer:
        writer.write(Window(0, 0, 600, 600), values)
except ConvistaError as error:
    assert error.key == "scenes.writing.map_not_written", error.key
    sys.exit(7)
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 7, ended.stderr
    assert names_in(tmp_path) == []


def test_a_map_without_georeference(tmp_path: Path) -> None:
    grid = Grid(None, Affine.identity(), 20, 30)
    with MapWriter(tmp_path / "map.tif", grid, CLASSES, description="x") as writer:
        writer.write(Window(0, 0, 20, 30), np.zeros((20, 30), np.uint8))
    labels = open_labels(tmp_path / "map.tif")
    assert labels.grid.same_as(grid)
    assert (labels.read() == 0).all()


def test_places_where_no_map_can_be(tmp_path: Path) -> None:
    with pytest.raises(ConvistaError, match=r"map\.tif cannot be written: the folder .*none does not exist"):
        MapWriter(tmp_path / "none" / "map.tif", GRID, CLASSES, description="x")
    (tmp_path / "map.tif").mkdir()
    with pytest.raises(ConvistaError, match="cannot be written: a folder has that name"):
        MapWriter(tmp_path / "map.tif", GRID, CLASSES, description="x")


@pytest.mark.parametrize("name", ["map", "map.png", "model.safetensors", "map.tif.gz", ".tif"])
def test_a_map_is_a_geotiff_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConvistaError) as error:
        MapWriter(tmp_path / name, GRID, CLASSES, description="x")
    assert str(error.value) == (
        f"The map {tmp_path / name} cannot be written: a map is a GeoTIFF. Give it a name that ends in .tif "
        f"or .tiff."
    )
    language.use("es")
    assert str(error.value) == (
        f"No se puede escribir el mapa {tmp_path / name}: un mapa es un GeoTIFF. Dele un nombre que termine "
        f"en .tif o "
        ".tiff."
    )
    assert names_in(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ConvistaError, match="could not be written: "):
        MapWriter(tmp_path / "map.tif", GRID, CLASSES, description="x")


@pytest.mark.parametrize(
    ("values", "nodata", "message"),
    [
        (range(256), 255, "takes 255 classes at most, and there are 256"),
        ((1, 255), 255, "The class value 255 does not fit the map"),
        ((1, 2, 2), 255, "The class value 2 does not fit the map"),
        ((300, -1), 255, "The class values 300, -1 do not fit the map"),
        ((1,), 256, "The nodata value 256 does not fit in a byte"),
    ],
)
def test_classes_that_do_not_fit(
    tmp_path: Path, values: range | tuple[int, ...], nodata: int, message: str
) -> None:
    classes = [ClassInfo(v, str(v), (0, 0, 0)) for v in values]
    with pytest.raises(ConvistaError, match=message):
        MapWriter(tmp_path / "map.tif", GRID, classes, description="x", nodata=nodata)
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("window", "values"),
    [
        (Window(0, 0, 2, 2), np.zeros((2, 3), np.uint8)),
        (Window(0, 0, 2, 2), np.zeros((2, 2), np.int64)),
        (Window(699, 0, 2, 2), np.zeros((2, 2), np.uint8)),
        (Window(0, 0, 2, 2), np.full((2, 2), 9, np.uint8)),
    ],
)
def test_what_cannot_be_written_is_a_defect_of_the_caller(
    tmp_path: Path, window: Window, values: np.ndarray[tuple[int, int], np.dtype[np.uint8]]
) -> None:
    with (
        pytest.raises(ValueError, match=r"of a map of|are no class of the map"),
        MapWriter(tmp_path / "map.tif", GRID, CLASSES, description="x") as writer,
    ):
        writer.write(window, values)


@pytest.mark.parametrize(
    ("bands", "dtype", "block"),
    [(1, "uint8", 512), (16, "float32", 512), (17, "float32", 256), (65, "float32", 128), (2048, "float32", 128)],
)
def test_a_file_of_many_bands_has_small_tiles(bands: int, dtype: str, block: int) -> None:
    assert block_of(bands, dtype) == block
