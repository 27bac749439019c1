"""Masks: bands and files that say where others hold, and what GDAL calls alpha and is not."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import ColorInterp
from rasterio.io import MemoryFile

from convista.errors import ConvistaError, ConvistaWarning
from convista.scenes import Scene, open_scene
from convista.scenes.bands.masks import is_mask_name, sampled, share_of_full
from convista.scenes.files.raster_file import InMemoryRaster
from tests.scenes.rasters import NORTH_UP, constant, counted, write

SIZE = 40
RAW = "2019-04-16-00_00_2019-04-16-23_59_Sentinel-2_L2A_{}_(Raw).tiff"


def colour_infrared(nir: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.concatenate([counted(3, SIZE, SIZE, "uint8"), nir[None]])


def nir_like(seed: int = 0) -> NDArray[np.uint8]:
    """Return near infrared as NAIP has it: water and a border of 0, a few saturated pixels."""
    values = np.clip(np.random.default_rng(seed).normal(130, 60, (SIZE, SIZE)), 0, 255).astype(np.uint8)
    values[:5] = 0
    return values


def alpha_like(soft: int = 0) -> NDArray[np.uint8]:
    values = np.full((SIZE, SIZE), 255, np.uint8)
    values[:5] = 0
    values[5:, :soft] = 128
    return values


def by_gdals_default(path: Path, values: NDArray[np.uint8], **about: Any) -> Path:
    """Write as GDAL does unless told otherwise: four bands of bytes are red, green, blue and alpha."""
    descriptions = about.pop("descriptions", ())
    shape = dict(zip(("count", "height", "width"), values.shape, strict=True))
    grid = {"crs": "EPSG:32630", "transform": NORTH_UP}
    with rasterio.open(path, "w", driver="GTiff", dtype=values.dtype, **shape, **grid, **about) as dataset:
        dataset.write(values)
        if descriptions:
            dataset.descriptions = descriptions
    return path


def hidden(scene: Scene) -> NDArray[np.bool_]:
    return np.ma.getmaskarray(scene.read())


# A fourth band that is called alpha


def test_near_infrared_that_is_called_alpha_is_a_band(tmp_path: Path) -> None:
    path = by_gdals_default(tmp_path / "naip.tif", colour_infrared(nir_like()))
    with pytest.warns(
        ConvistaWarning, match=f"Band 4 of {path} is called alpha, but its values are not those of a"
    ):
        scene = open_scene(path)
    assert scene.band_names == ("red", "green", "blue", "band4")
    assert not hidden(scene).any()
    np.testing.assert_array_equal(scene.read().data[3], nir_like())
    assert scene.masks == ()


@pytest.mark.parametrize("description", ["Band 4", "alpha channel", "Alpha"])
def test_a_description_that_says_no_other_band_leaves_alpha_a_mask(tmp_path: Path, description: str) -> None:
    values = colour_infrared(alpha_like())
    path = by_gdals_default(tmp_path / "a.tif", values, descriptions=("red", "green", "blue", description))
    scene = open_scene(path)
    assert scene.band_names == ("red", "green", "blue")
    assert (hidden(scene) == (alpha_like() == 0)).all()


def test_the_same_of_a_raster_in_memory() -> None:
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff", height=SIZE, width=SIZE, count=4, dtype="uint8", crs="EPSG:32630", transform=NORTH_UP
        ) as dataset:
            dataset.write(colour_infrared(nir_like()))
            dataset.colorinterp = (ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha)
        raster = InMemoryRaster("naip", memory.read())
    with pytest.warns(ConvistaWarning, match="Band 4 of naip is called alpha"):
        scene = open_scene(raster)
    assert scene.band_names == ("red", "green", "blue", "band4")
    assert not hidden(scene).any()


def test_a_description_counts_before_the_colour(tmp_path: Path) -> None:
    values = colour_infrared(alpha_like())
    path = by_gdals_default(tmp_path / "a.tif", values, descriptions=("red", "green", "blue", "nir"))
    scene = open_scene(path)
    assert scene.band_names == ("red", "green", "blue", "nir")
    assert not hidden(scene).any()
    assert not hidden(open_scene(path, ["red"])).any()


@pytest.mark.parametrize("bands", [["r", "g", "b", "n"], {"r": 1, "n": 4}])
def test_the_callers_names_count_before_the_colour(tmp_path: Path, bands: Any) -> None:
    path = by_gdals_default(tmp_path / "a.tif", colour_infrared(alpha_like(soft=20)))
    scene = open_scene(path, bands)
    assert not np.ma.getmaskarray(scene.read(bands=["r"])).any()


def test_alpha_is_a_mask(tmp_path: Path) -> None:
    path = by_gdals_default(tmp_path / "a.tif", colour_infrared(alpha_like(soft=2)))
    scene = open_scene(path)
    assert scene.band_names == ("red", "green", "blue")
    assert (hidden(scene) == (alpha_like() == 0)).all()
    assert scene.masks == ("a.tif [4]",)
    assert (hidden(open_scene(path, ["blue"])) == (alpha_like() == 0)).all()


def test_where_it_cannot_be_told_the_caller_is_asked(tmp_path: Path) -> None:
    path = by_gdals_default(tmp_path / "a.tif", colour_infrared(alpha_like(soft=25)))
    message = rf"Band 4 of {path} is called alpha, .* name all 4 bands .* if it is a mask, say so .*--mask 4"
    for bands in (None, ["red"], {"red": 1}):
        with pytest.raises(ConvistaError, match=message):
            open_scene(path, bands)
    for mask in (4, "4", "alpha"):
        scene = open_scene(path, mask=mask)
        assert scene.band_names == ("red", "green", "blue")
        assert (hidden(scene) == (alpha_like() == 0)).all()
    assert not hidden(open_scene(path, "r,g,b,n")).any()


def test_what_was_taken_for_a_band_can_be_said_to_be_a_mask(tmp_path: Path) -> None:
    path = by_gdals_default(tmp_path / "a.tif", colour_infrared(nir_like()))
    for mask in (4, "alpha", "band4"):
        scene = open_scene(path, mask=mask)
        assert scene.band_names == ("red", "green", "blue")
        assert (hidden(scene) == (nir_like() == 0)).all()


def test_alpha_of_16_bits(tmp_path: Path) -> None:
    alpha = np.where(alpha_like() > 0, 65535, 0).astype("uint16")
    values = np.concatenate([counted(3, SIZE, SIZE), alpha[None]])
    scene = open_scene(write(tmp_path / "a.tif", values, photometric="rgb", alpha="yes"))
    assert scene.band_names == ("red", "green", "blue")
    assert (hidden(scene) == (alpha_like() == 0)).all()


def test_a_nodata_tag_is_that_of_the_picture_not_of_its_alpha(tmp_path: Path) -> None:
    path = by_gdals_default(tmp_path / "a.tif", colour_infrared(alpha_like()), nodata=255)
    assert not hidden(open_scene(path))[:, 10].all()


def test_what_is_read_of_a_large_file_does_not_grow_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    about: dict[str, Any] = {"tiled": True, "blockxsize": 256, "blockysize": 256, "sparse_ok": True}
    write(path, np.zeros((1, 4000, 3000), np.uint8), **about)
    assert sampled(str(path), 1).size == 8 * 8 * 64 * 64
    assert sampled(str(write(tmp_path / "b.tif", constant(1, 3, 200_000, "uint8"))), 1).size < 8 * 64 * 200_000


@pytest.mark.parametrize(
    ("values", "share"),
    [([0, 255, 255, 128], 2 / 3), ([0, 0], 1), ([1, 1, 0], 1), ([7, 7], 0), ([255, 254, 0], 0.5)],
)
def test_the_share_of_full(values: list[int], share: float) -> None:
    assert share_of_full(np.array(values, np.uint8)) == pytest.approx(share)


# One-band files with a mask each


def one_and_mask(folder: Path, mask: NDArray[Any] | None = None, **about: Any) -> NDArray[np.bool_]:
    """Write a folder as Copernicus Browser exports it with dataMask: two bands a file. Return what is hidden."""
    values = (np.arange(SIZE * SIZE).reshape(SIZE, SIZE) % 7 != 0).astype("uint16") if mask is None else mask
    for number, name in enumerate(("B02", "B03", "B8A"), 1):
        write(folder / RAW.format(name), np.stack([constant(number, SIZE, SIZE)[0], values]), **about)
    return np.asarray(values == 0)


@pytest.mark.filterwarnings("ignore:Mask. in .*_.Raw.* the second band has only 0")
@pytest.mark.parametrize("full", [1, 255, 65535])
def test_raw_exports_of_two_unnamed_bands(tmp_path: Path, full: int) -> None:
    folder = tmp_path / "bands"
    where = one_and_mask(folder, full * (np.arange(SIZE * SIZE).reshape(SIZE, SIZE) % 7 != 0).astype("uint16"))
    with pytest.warns(ConvistaWarning, match=r"files like it: 3\) the second band has only 0 and one other value"):
        scene = open_scene(folder)
    assert scene.band_names == ("blue", "green", "nir08")
    assert (hidden(scene) == where).all()
    assert len(scene.masks) == 3
    files = sorted(str(path) for path in folder.iterdir())
    for source in (files, files[0], ",".join(files)):
        assert (hidden(open_scene(source, ["blue"])) == where).all()
        assert open_scene(source).read().data[0].max() == 1
    assert (hidden(open_scene(folder, {"one": files[1]})) == where).all()


def test_a_second_band_that_is_alpha_or_described(tmp_path: Path) -> None:
    where = one_and_mask(tmp_path / "alpha", alpha="yes")
    described = one_and_mask(tmp_path / "described", counted(1, SIZE, SIZE)[0] % 5, descriptions=("B", "dataMask"))
    for folder, expected in ((tmp_path / "alpha", where), (tmp_path / "described", described)):
        scene = open_scene(folder)
        assert scene.band_names == ("blue", "green", "nir08")
        assert (hidden(scene) == expected).all()


def test_a_second_band_of_data_is_asked_about(tmp_path: Path) -> None:
    where = one_and_mask(tmp_path, (np.arange(SIZE * SIZE).reshape(SIZE, SIZE) % 9).astype("uint16"))
    with pytest.raises(ConvistaError, match=r"has 2 bands, .* If another is its mask, .*--mask 2"):
        open_scene(tmp_path)
    assert (hidden(open_scene(tmp_path, mask=2)) == where).all()
    files = sorted(str(path) for path in tmp_path.iterdir())
    assert open_scene(files, mask="2").band_names == ("blue", "green", "nir08")
    assert (hidden(open_scene(files, mask="2")) == where).all()
    with pytest.raises(ConvistaError, match=r"has 2 bands"):
        open_scene(tmp_path, mask=3)


def test_a_second_band_of_zeros_is_no_mask(tmp_path: Path) -> None:
    one_and_mask(tmp_path, np.zeros((SIZE, SIZE), "uint16"))
    with pytest.raises(ConvistaError, match="has 2 bands"):
        open_scene(tmp_path)


def test_two_bands_of_a_file_that_no_name_makes_one_stay_two(tmp_path: Path) -> None:
    values = np.stack([constant(3)[0], constant(1)[0]])
    assert open_scene(write(tmp_path / "scene.tif", values)).band_names == ("band1", "band2")
    assert open_scene(write(tmp_path / "x_B04.tif", counted(2, 8, 8))).band_names == ("band1", "band2")


# A mask beside the bands, and the caller's


def pixels(size: float) -> Affine:
    return Affine(size, 0, 500_000, 0, -size, 4_600_000)


def bands_and(folder: Path, name: str, values: NDArray[Any], **about: Any) -> None:
    write(folder / "x_B04.tif", counted(1, 8, 8))
    write(folder / "x_B08.tif", constant(3, 4, 4), transform=pixels(20))
    write(folder / name, values[None].astype("uint8"), **about)


@pytest.mark.parametrize("name", ["dataMask.tif", "x_dataMask.tif", "x_data_mask_(Raw).tif"])
def test_a_mask_file_in_the_folder(tmp_path: Path, name: str) -> None:
    valid = np.ones((8, 8), bool)
    valid[:2] = False
    bands_and(tmp_path, name, valid * 255)
    scene = open_scene(tmp_path)
    assert scene.band_names == ("B04", "B08")
    assert (hidden(scene)[0] == ~valid).all()
    assert hidden(scene)[1].any(axis=1).tolist() == [True] * 2 + [False] * 6
    assert scene.masks == (name,)
    assert str(tmp_path / name) in scene.files
    files = [str(path) for path in tmp_path.iterdir()]
    assert (hidden(open_scene(files, ["B04"]))[0] == ~valid).all()


def test_a_mask_on_a_coarser_grid(tmp_path: Path) -> None:
    valid = np.array([[0, 1], [1, 1]])
    bands_and(tmp_path, "dataMask.tif", valid, transform=pixels(40))
    expected = np.kron(valid, np.ones((4, 4))) == 0
    assert (hidden(open_scene(tmp_path, ["B04"]))[0] == expected).all()


def test_beyond_the_mask_is_hidden(tmp_path: Path) -> None:
    bands_and(tmp_path, "dataMask.tif", np.ones((3, 8)))
    assert hidden(open_scene(tmp_path, ["B04"]))[0].any(axis=1).tolist() == [False] * 3 + [True] * 5


def test_masks_of_two_dates_are_asked_about(tmp_path: Path) -> None:
    bands_and(tmp_path, "may_dataMask.tif", np.ones((8, 8)))
    bands_and(tmp_path, "june_dataMask.tif", np.ones((8, 8)))
    with pytest.raises(ConvistaError, match=r"several files are band dataMask: june_dataMask\.tif, may_dataMask"):
        open_scene(tmp_path)


def test_a_mask_of_the_caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    valid = np.eye(8)
    bands_and(tmp_path / "a", "usable.tif", valid * 7)
    with pytest.warns(
        ConvistaWarning, match=r"Not read of a: usable\.tif\. .* ask for it by name .* --mask usable"
    ):
        open_scene(tmp_path / "a")
    write(tmp_path / "elsewhere.tif", (valid * 7)[None].astype("uint8"))
    for mask in ("usable", "usable.tif", tmp_path / "a" / "usable.tif", str(tmp_path / "elsewhere.tif")):
        scene = open_scene(tmp_path / "a", ["B04"], mask=mask)
        assert (hidden(scene)[0] == (valid == 0)).all()
    monkeypatch.chdir(tmp_path)
    assert (hidden(open_scene("a", ["B04"], mask="elsewhere.tif"))[0] == (valid == 0)).all()
    assert open_scene(tmp_path / "a", ["B04", "usable"]).band_names == ("B04", "usable")


def test_a_band_of_the_scene_as_the_callers_mask(tmp_path: Path) -> None:
    values = counted(3, 4, 4)
    values[2] %= 2
    path = write(tmp_path / "a.tif", values, descriptions=("red", "nir", "cloud free"))
    scene = open_scene(path, mask="cloud free")
    assert scene.band_names == ("red", "nir")
    assert (hidden(scene) == (values[2] == 0)).all()
    assert not hidden(open_scene(path)).any()


def test_a_described_mask_in_a_file_of_several_bands(tmp_path: Path) -> None:
    values = counted(3, 4, 4)
    values[2] %= 2
    scene = open_scene(write(tmp_path / "a.tif", values, descriptions=("red", "nir", "dataMask")))
    assert scene.band_names == ("red", "nir")
    assert (hidden(scene) == (values[2] == 0)).all()
    as_band = open_scene(tmp_path / "a.tif", ["red", "dataMask"])
    assert as_band.band_names == ("red", "dataMask")
    assert not hidden(as_band).any()


def test_a_band_called_mask_may_be_anything_and_is_pointed_out(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", counted(3, 4, 4), descriptions=("red", "nir", "mask"))
    with pytest.warns(ConvistaWarning, match=r"Band mask of .* is read as a band like others\. .* --mask mask"):
        assert open_scene(path).band_names == ("red", "nir", "mask")
    assert open_scene(path, mask="mask").band_names == ("red", "nir")


@pytest.mark.parametrize("mask", ["nothing", 7, "7", 0, "no/such.tif"])
def test_a_mask_that_is_not_there(tmp_path: Path, mask: int | str) -> None:
    path = write(tmp_path / "a.tif", counted(2, 4, 4), descriptions=("red", "nir"))
    with pytest.raises(ConvistaError, match=r"There is no mask .* in a, nor a file of that name.*\(red, nir\)"):
        open_scene(path, mask=mask)


def test_a_mask_of_several_bands_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", counted(1, 4, 4))
    several = write(tmp_path / "m.tif", counted(3, 4, 4))
    with pytest.raises(ConvistaError, match=r"m\.tif has 3 bands"):
        open_scene(path, mask=several)


@pytest.mark.parametrize(
    ("text", "its"),
    [
        ("dataMask", True),
        ("x_data_mask", True),
        ("ValidMask", True),
        ("2019-04-16_dataMask_(Raw)", True),
        ("cloud mask", False),
        ("mask", False),
        ("water_mask", False),
        ("metadataMask", False),
        ("dataMasks", False),
        ("invalid mask", False),
    ],
)
def test_names_of_masks(text: str, its: bool) -> None:
    assert is_mask_name(text) == its


def test_masks_survive_pickling_and_another_grid(tmp_path: Path) -> None:
    where = one_and_mask(tmp_path, descriptions=("B", "dataMask"))
    scene = pickle.loads(pickle.dumps(open_scene(tmp_path, ["blue"])))
    assert (hidden(scene)[0] == where).all()
    coarse = scene.on(scene.grid.resampled(20.0))
    assert coarse.read().data.max() == 1


def test_what_hides_is_a_part_of_what_a_scene_holds(tmp_path: Path) -> None:
    values = counted(3, 8, 8)
    values[2] %= 2
    path = write(tmp_path / "a.tif", values, descriptions=("red", "nir", "cloud free"))
    files = [write(tmp_path / f"{name}.tif", constant(n, dtype="uint8")) for n, name in enumerate(("m0", "m1"))]
    masks = (None, "cloud free", *files)
    assert len({open_scene(path, mask=mask).content(["red"]) for mask in masks}) == 4
    assert len({open_scene(path, mask=mask).content(["red"]) for mask in ("cloud free", 3)}) == 1
