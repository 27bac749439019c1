from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio.shutil
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st

from convista import language
from convista.errors import ConvistaError, ConvistaWarning
from convista.scenes import Scene, Window, open_scene
from convista.scenes.files.raster_file import basename
from tests.scenes.products import SAFE_L2A, landsat, safe
from tests.scenes.rasters import NORTH_UP, constant, counted, write

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared real scenes are not on this machine")


def middle(scene: Scene) -> list[float]:
    """Return each band's value in the middle, where resampling sees no edge."""
    return [float(v) for v in scene.read()[:, scene.height // 2, scene.width // 2]]


# Bands of one raster


@pytest.fixture
def unnamed(tmp_path: Path) -> Path:
    return write(tmp_path / "unnamed.tif", counted(3, 1, 1))


@pytest.fixture
def named(tmp_path: Path) -> Path:
    return write(tmp_path / "named.tif", counted(4, 1, 1), descriptions=("B2 blue", "B3 green", "B4 red", "B5 NIR"))


@pytest.mark.parametrize(
    ("bands", "names", "values"),
    [
        (None, ("blue", "green", "red", "nir"), [1, 2, 3, 4]),
        (["nir", "red"], ("nir", "red"), [4, 3]),
        ("nir,red", ("nir", "red"), [4, 3]),
        (["NIR", "B04"], ("nir", "red"), [4, 3]),
        (["nir08"], ("nir08",), [4]),
        ({"a": 4, "b": "red"}, ("a", "b"), [4, 3]),
    ],
)
def test_a_raster_with_names_selects(
    named: Path, bands: Sequence[str] | Mapping[str, int | str] | None, names: tuple[str, ...], values: list[float]
) -> None:
    scene = open_scene(named, bands)
    assert scene.band_names == names
    assert middle(scene) == values


def test_a_raster_without_names_is_given_them_in_order(unnamed: Path) -> None:
    assert open_scene(unnamed).band_names == ("band1", "band2", "band3")
    assert open_scene(unnamed, ["nir", "red", "green"]).band_names == ("nir", "red", "green")
    assert middle(open_scene(unnamed, ["band3"])) == [3]
    assert middle(open_scene(str(unnamed), {"nir": 2})) == [2]


def test_names_that_only_the_colours_give_may_be_replaced(tmp_path: Path) -> None:
    path = write(tmp_path / "rgb.tif", counted(3, 1, 1, "uint8"), photometric="rgb")
    assert middle(open_scene(path, ["blue", "red"])) == [3, 1]
    assert middle(open_scene(path, ["nir", "red", "green"])) == [1, 2, 3]


def test_ids_need_a_sensor(tmp_path: Path) -> None:
    path = write(tmp_path / "tm.tif", counted(3, 1, 1), descriptions=("B1", "B2", "B4"))
    assert open_scene(path).band_names == ("B1", "B2", "B4")
    assert open_scene(path, sensor="Landsat5").band_names == ("blue", "green", "nir08")
    assert open_scene(path, ["nir"], "landsat-5").band_names == ("nir",)
    assert open_scene(path, ["B4"], "landsat-5").band_names == ("nir08",)
    with pytest.raises(ConvistaError, match="does not say of which sensor"):
        open_scene(path, ["nir"])


def test_bands_of_the_same_name_keep_apart(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", counted(3, 1, 1), descriptions=("B5 nir", "B6 nir", "nir"))
    assert open_scene(path).band_names == ("B5", "B6", "nir")
    path = write(tmp_path / "b.tif", counted(2, 1, 1), descriptions=("mean", "mean"))
    assert open_scene(path).band_names == ("band1", "band2")


def test_windows_paths_have_names_too() -> None:
    assert basename("C:\\images\\LC08_B4.TIF") == "LC08_B4.TIF"
    assert basename("/images/LC08_B4.TIF") == "LC08_B4.TIF"


@pytest.mark.parametrize(
    ("bands", "options", "message"),
    [
        (["blau"], {}, r"named has no band blau \(blue\?\)\. It has: blue, green, red, nir\."),
        (["red", "red"], {}, r"Band red was asked for twice\."),
        ([], {}, r"No band was asked for, or a name is empty\. Choose among blue, green, red, nir\."),
        ("red,", {}, "a name is empty"),
        ({"nir": 5}, {}, "Band nir was asked for as number 5, and named has 4. Numbers go from 1 to 4."),
        (
            ["red"],
            {"scale": {"nir": 2.0}},
            "“scale” was given for band nir, which is not among the chosen ones: red",
        ),
        (["red"], {"offset": [1.0, 2.0]}, "2 values of “offset” were given for 1 band"),
        (["red"], {"sensor": "spot-5"}, "The sensor spot-5 is not known"),
        (["red"], {"resolution": -1.0}, "Resolution -1.0 is not possible"),
    ],
)
def test_what_a_named_raster_refuses(named: Path, bands: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConvistaError, match=message):
        open_scene(named, bands, **options)


def test_the_number_of_names_must_be_that_of_the_bands(unnamed: Path) -> None:
    message = r"unnamed has 3 bands without names \(band1, band2, band3\) and 2 names were given"
    with pytest.raises(ConvistaError, match=message):
        open_scene(unnamed, ["red", "nir"])


def test_a_file_that_is_not_there(named: Path) -> None:
    with pytest.raises(ConvistaError, match=r"There is no .*name\.tif \(named\.tif\?\)\. Check the path\."):
        open_scene(named.with_name("name.tif"))
    with pytest.raises(ConvistaError, match=r"There is no .*far.a\.tif\. Check the path\."):
        open_scene(named.parent / "far" / "a.tif")


# Folders and lists of one-band files


def test_a_folder_of_one_band_files(tmp_path: Path) -> None:
    for number, name in enumerate(("B8A", "B11", "B02"), 1):
        write(tmp_path / f"2019-04-16-00_00_Sentinel-2_L2A_{name}_(Raw).TIFF", constant(number))
    write(tmp_path / "2019-04-16-00_00_Sentinel-2_L2A_SCL_(Raw).tiff", constant(9))
    (tmp_path / "notes.txt").write_text("")
    scene = open_scene(tmp_path)
    assert scene.band_names == ("blue", "nir08", "swir16")
    assert [band.id for band in scene.bands] == ["B02", "B8A", "B11"]
    assert scene.sensor == "sentinel-2"
    assert middle(scene) == [3, 1, 2]
    assert middle(open_scene(tmp_path, ["swir16"])) == [2]


def test_files_named_by_plain_words(tmp_path: Path) -> None:
    files = [write(tmp_path / f"valley_{name}.tif", constant(n)) for n, name in enumerate(("red", "nir", "VH"))]
    assert open_scene(files).band_names == ("red", "nir", "VH")
    assert middle(open_scene([str(f) for f in files], ["nir", "red"])) == [1, 0]


def test_files_that_nothing_names(tmp_path: Path) -> None:
    files = [write(tmp_path / name, constant(n)) for n, name in enumerate(("a.tif", "b.tif"))]
    assert open_scene(files).band_names == ("a", "b")
    assert middle(open_scene(files, ["nir", "red"])) == [0, 1]
    assert middle(open_scene(tmp_path, {"nir": "b.tif"})) == [1]
    assert middle(open_scene(files, {"nir": files[1], "red": 1})) == [1, 0]


def test_one_file_that_its_description_names(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", constant(3), descriptions=["B4 red"])
    assert open_scene(path).band_names == open_scene([path]).band_names == ("red",)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "holds no bands: no .tif"),
        ({"one_B04.tif": 1, "two_B04.tif": 1}, r"several files are band B04: one_B04\.tif, two_B04\.tif"),
        (
            {"a_B04.tif": 1, "a_B05.tif": 2},
            r"a_B05\.tif has 2 bands, and in a folder or a mapping each file has one",
        ),
    ],
)
def test_what_a_folder_refuses(tmp_path: Path, files: dict[str, int], message: str) -> None:
    for name, bands in files.items():
        write(tmp_path / name, counted(bands, 2, 2))
    with pytest.raises(ConvistaError, match=message):
        open_scene(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("source", [",".join(f"file-{n}.tif" for n in range(999)), "a" * 5000, "a\0b,c"])
def test_what_is_too_long_or_odd_for_a_name_is_not_there(source: str) -> None:
    with pytest.raises(ConvistaError, match=r"There is no "):
        open_scene(source)


def test_an_empty_list(unnamed: Path) -> None:
    for files in ([], f"{unnamed},", [""]):
        with pytest.raises(ConvistaError, match="The list of files is empty, or a name in it is"):
            open_scene(files)


# Several sources as one scene


@pytest.fixture
def radar_and_optical(tmp_path: Path) -> list[Path]:
    radar = counted(2, 8, 8, "float32")
    radar[:, 0, 0] = np.nan
    return [
        write(tmp_path / "radar.tif", radar, descriptions=("VV", "VH"), nodata=np.nan),
        write(tmp_path / "optical.tif", counted(3, 8, 8, "int16"), descriptions=("B2", "B3", "B4")),
    ]


def test_files_of_several_bands_are_one_scene(radar_and_optical: list[Path]) -> None:
    whole = open_scene(radar_and_optical)
    assert whole.band_names == ("VV", "VH", "B2", "B3", "B4")
    chosen = open_scene(radar_and_optical, ["red", "VH"], "sentinel-2", scale={"red": 0.5})
    assert chosen.band_names == ("red", "VH")
    values = chosen.read()
    np.testing.assert_array_equal(values.data[0], 0.5 * counted(3, 8, 8)[2])
    np.testing.assert_array_equal(values.data[1].ravel()[1:], counted(2, 8, 8)[1].ravel()[1:])
    assert [mask.sum() for mask in np.ma.getmaskarray(values)] == [0, 1]
    assert set(chosen.files) == {str(file) for file in radar_and_optical}
    assert open_scene(radar_and_optical, {"red": 5, "vertical": "VV"}).band_names == ("red", "vertical")
    with pytest.raises(
        ConvistaError, match=r"radar\.tif has 2 bands, and in a folder or a mapping each file has one"
    ):
        open_scene(radar_and_optical, {"VV": "radar.tif"})
    with pytest.raises(ConvistaError, match=r"radar \+ optical has no band VW\. It has: VV, VH, B2, B3, B4\."):
        open_scene(radar_and_optical, ["VW"])
    with pytest.raises(ConvistaError, match="and it does not say of which sensor"):
        open_scene(radar_and_optical, ["VV", "nir"])


def test_text_with_commas_is_a_list_of_sources(radar_and_optical: list[Path]) -> None:
    radar, optical = radar_and_optical
    assert open_scene(f"{radar}, {optical}").band_names == ("VV", "VH", "B2", "B3", "B4")
    with_comma = write(radar.with_name("one,two.tif"), counted(2, 1, 1))
    assert open_scene(str(with_comma)).band_names == ("band1", "band2")
    with pytest.raises(ConvistaError, match=r"There is no .*optica\.tif \(optical\.tif\?\)"):
        open_scene(f"{radar},{optical.with_name('optica.tif')}")
    with pytest.raises(ConvistaError, match=r"There is no a\.tif,b\.tif"):
        open_scene("a.tif,b.tif")


def test_a_product_and_a_file_are_one_scene(tmp_path: Path, radar_and_optical: list[Path]) -> None:
    scene = open_scene([safe(tmp_path / "products"), radar_and_optical[0]])
    assert scene.band_names == ("red", "nir08", "VV", "VH")
    assert scene.sensor == "sentinel-2"


def test_two_dates_are_told_apart_by_their_files(tmp_path: Path) -> None:
    dates = [
        write(tmp_path / f"{month}.tif", counted(2, 1, 1), descriptions=("VV", "VH")) for month in ("may", "june")
    ]
    scene = open_scene(dates, ["VV_june", "VV_may"])
    assert scene.band_names == ("VV_june", "VV_may")
    assert open_scene([dates[0], dates[0]]).band_names == ("band1", "band2", "band3", "band4")
    nameless = [write(tmp_path / name, counted(2, 1, 1)) for name in ("a.tif", "b.tif")]
    assert open_scene(nameless).band_names == ("band1_a", "band2_a", "band1_b", "band2_b")
    assert open_scene(nameless, ["w", "x", "y", "z"]).band_names == ("w", "x", "y", "z")


# Grids that differ


def test_coarser_bands_come_onto_the_finest_grid(tmp_path: Path) -> None:
    fine = write(tmp_path / "red.tif", counted(1, 8, 8))
    coarse = write(tmp_path / "nir.tif", constant(7, 4, 4), transform=Affine(20, 0, 500_000, 0, -20, 4_600_000))
    scene = open_scene([coarse, fine])
    assert scene.shape == (8, 8)
    values = scene.read()
    assert not values.mask.any()
    np.testing.assert_array_equal(values.data[0], 7)
    np.testing.assert_array_equal(values.data[1], counted(1, 8, 8)[0])


def test_a_coarser_resolution_averages_without_nodata(tmp_path: Path) -> None:
    values = counted(1, 4, 4, "float32")
    values[0, 0, 0] = -1
    values[0, 2:, 2:] = -1
    scene = open_scene(write(tmp_path / "a.tif", values, nodata=-1), resolution=20)
    read = scene.read()
    assert scene.shape == (2, 2)
    np.testing.assert_allclose(read.data[0], [[(2 + 5 + 6) / 3, 5.5], [11.5, 0]], rtol=1e-6)
    assert np.ma.getmaskarray(read)[0].tolist() == [[False, False], [False, True]]


@given(st.builds(Window, *[st.integers(-3, 30)] * 2, *[st.integers(1, 30)] * 2), st.sampled_from((7.0, 25.0)))
@settings(max_examples=25)
def test_a_resampled_window_is_cut_from_the_resampled_whole(
    tmp_path_factory: pytest.TempPathFactory, window: Window, resolution: float
) -> None:
    path = tmp_path_factory.mktemp("resampled") / "a.tif"
    noise = np.random.default_rng(0).normal(size=(1, 23, 31)).astype(np.float32)
    with open_scene(write(path, noise, nodata=float(noise[0, 5, 5])), resolution=resolution) as scene:
        inside = window.intersection(Window(0, 0, *scene.shape))
        if inside is None:
            return
        expected = scene.read()[:, *inside.slices]
        values = scene.read(inside)
    np.testing.assert_array_equal(values.mask, expected.mask)
    np.testing.assert_allclose(values.data, expected.data, atol=1e-5)


def test_a_band_in_another_crs_is_brought_over(tmp_path: Path) -> None:
    utm = write(tmp_path / "red.tif", constant(1, 20, 20))
    around = Affine(0.0005, 0, -3.01, 0, -0.0005, 41.56)
    degrees = write(tmp_path / "nir.tif", constant(7, 60, 60), crs="EPSG:4326", transform=around)
    far = Affine(0.0005, 0, 20, 0, -0.0005, 41.56)
    elsewhere = write(tmp_path / "blue.tif", constant(7, 60, 60), crs="EPSG:4326", transform=far)
    values = open_scene([utm, degrees, elsewhere]).read()
    np.testing.assert_array_equal(values.data[1], 7)
    assert np.ma.getmaskarray(values)[2].all()


def test_a_band_without_a_crs_cannot_be_brought_over(tmp_path: Path) -> None:
    files = [write(tmp_path / "red.tif", constant(1)), write(tmp_path / "nir.tif", constant(1), crs=None)]
    with pytest.raises(ConvistaError, match=r"nir\.tif cannot be brought onto the grid of the other bands"):
        open_scene(files).read()


def test_south_up_rasters_read_as_they_are(tmp_path: Path) -> None:
    south_up = Affine(10, 0, 500_000, 0, 10, 4_600_000)
    scene = open_scene(write(tmp_path / "a.tif", counted(1, 4, 4), transform=south_up))
    x, y = scene.grid.coordinates(3, 0)
    assert y > 4_600_030
    assert scene.patch_at(x, y, 1).values.item() == 13


# Products

LANDSAT_8 = "LC08_L2SP_200033_20200715_20200912_02_T1"


@pytest.mark.parametrize("metadata", ["txt", "json", "xml"])
def test_landsat_level_2(tmp_path: Path, metadata: str) -> None:
    landsat(tmp_path, LANDSAT_8, ("SR_B4", "SR_B5", "ST_B10", "QA_PIXEL", "ST_QA", "SR_QA_AEROSOL"), metadata)
    scene = open_scene(tmp_path)
    assert scene.sensor == "landsat-8"
    assert scene.band_names == ("red", "nir08", "lwir11")
    assert [band.unit for band in scene.bands] == ["reflectance", "reflectance", "K"]
    np.testing.assert_allclose(middle(scene), [0.075, 0.075, 183.1802], rtol=1e-5)


def test_landsat_level_1_is_reflectance_under_the_sun(tmp_path: Path) -> None:
    landsat(tmp_path, LANDSAT_8.replace("L2SP", "L1TP"), ("B4", "B10"))
    scene = open_scene(tmp_path, ["red", "B10"])
    assert [band.unit for band in scene.bands] == ["reflectance", "W/(m² sr µm)"]
    np.testing.assert_allclose(middle(scene), [(0.2 - 0.1) / 0.5, 3.442], rtol=1e-5)
    np.testing.assert_allclose(middle(open_scene(tmp_path, ["red"], scale=1, offset=0)), [10_000])


def test_landsat_without_metadata_is_raw(tmp_path: Path) -> None:
    scene = open_scene(landsat(tmp_path, LANDSAT_8, ("SR_B4", "SR_B5"), metadata=None), ["nir"])
    assert scene.band_names == ("nir",)
    assert middle(scene) == [10_000]


def test_landsat_7_has_two_gains_of_one_band(tmp_path: Path) -> None:
    bands = ("B4", "B6_VCID_1", "B6_VCID_2")
    scene = open_scene(landsat(tmp_path, "LE07_L1TP_200033_20020715_20200916_02_T1", bands))
    assert scene.band_names == ("nir08", "lwir", "B6_VCID_2")


def test_landsat_fill_is_no_datum(tmp_path: Path) -> None:
    landsat(tmp_path, LANDSAT_8, ("SR_B4", "ST_B10"))
    for path in tmp_path.glob("*.TIF"):
        values = constant(10_000)
        values[0, :2] = 0
        write(path, values)
    for options in ({}, {"scale": 1.0, "offset": 0.0}):
        scene = open_scene(tmp_path, **options)  # type: ignore[arg-type]
        assert np.ma.getmaskarray(scene.read()).any(axis=2).tolist() == [[True] * 2 + [False] * 6] * 2
        assert scene.read().data.min() == 0
    assert [band.nodata for band in scene.bands] == [0, 0]


@pytest.mark.parametrize("product", [LANDSAT_8, "LT50300291984123AAA03"])
def test_landsat_fill_is_no_datum_without_metadata_either(tmp_path: Path, product: str) -> None:
    values = constant(10_000)
    values[0, 0] = 0
    path = write(tmp_path / f"{product}_B4.TIF", values)
    for options in ({}, {"scale": 2.75e-5, "offset": -0.2}):
        read = open_scene(path, **options).read()  # type: ignore[arg-type]
        assert np.argwhere(read.mask)[:, 1].tolist() == [0] * 8
    for name in ("landsat_mine_B4.tif", f"{product}_height.tif"):
        assert not np.ma.getmaskarray(open_scene(write(tmp_path / name, values)).read()).any()


@pytest.mark.parametrize("product", ["LC80340342013123LGN01", "LC08_L1TP_034034_20130503_20170310_01_T1"])
def test_landsat_before_collection_2(tmp_path: Path, product: str) -> None:
    landsat(tmp_path, product, ("B4", "BQA"))
    path = tmp_path / f"{product}_MTL.txt"
    path.write_text(
        path.read_text().replace("LEVEL1_RADIOMETRIC", "RADIOMETRIC").replace("LANDSAT_META", "L1_META")
    )
    scene = open_scene(tmp_path)
    assert (scene.sensor, scene.band_names) == ("landsat-8", ("red",))
    np.testing.assert_allclose(middle(scene), [(0.2 - 0.1) / 0.5], rtol=1e-5)


def test_landsat_metadata_with_words_for_numbers(tmp_path: Path) -> None:
    landsat(tmp_path, LANDSAT_8, ("SR_B4",))
    path = tmp_path / f"{LANDSAT_8}_MTL.txt"
    path.write_text(path.read_text().replace("2.75e-05", "NULL"))
    with pytest.raises(ConvistaError, match=r"The metadata .*_MTL\.txt cannot be read: .*NULL"):
        open_scene(tmp_path)


def test_landsat_metadata_that_cannot_be_read(tmp_path: Path) -> None:
    landsat(tmp_path, LANDSAT_8, ("SR_B4",), "json")
    (tmp_path / f"{LANDSAT_8}_MTL.json").write_text("{")
    with pytest.raises(
        ConvistaError, match=r"The metadata .*_MTL\.json cannot be read: .+ Download the product again"
    ):
        open_scene(tmp_path)


@pytest.mark.parametrize("where", [".", "..", "MTD_MSIL2A.xml"])
def test_sentinel_2_safe(tmp_path: Path, where: str) -> None:
    scene = open_scene((safe(tmp_path) / where).resolve())
    assert scene.band_names == ("red", "nir08")
    assert scene.sensor == "sentinel-2"
    assert scene.name.startswith("S2A_MSIL2A_20220715")
    assert scene.grid.resolution == pytest.approx((10, 10))
    assert [(b.id, b.nodata, b.unit) for b in scene.bands] == [("B04", 0, "reflectance"), ("B8A", 0, "reflectance")]
    np.testing.assert_allclose(middle(scene), [0.2, 0.41], rtol=1e-6)
    assert open_scene(tmp_path, ["B8A"]).grid.resolution == pytest.approx((20, 20))


def test_sentinel_2_before_there_were_offsets(tmp_path: Path) -> None:
    start, end = SAFE_L2A.index("<BOA_ADD_OFFSET_"), SAFE_L2A.index("</Product_Image")
    scene = open_scene(safe(tmp_path, SAFE_L2A[:start] + SAFE_L2A[end:]))
    np.testing.assert_allclose(middle(scene), [0.3, 0.5], rtol=1e-6)


def test_sentinel_2_products_that_are_not_whole(tmp_path: Path) -> None:
    product = safe(tmp_path, "<a><b>1</b></a>")
    with pytest.raises(ConvistaError, match=r"MTD_MSIL2A\.xml lacks QUANTIFICATION_VALUE"):
        open_scene(product)
    (product / "MTD_MSIL2A.xml").write_text("<a>")
    with pytest.raises(ConvistaError, match=r"MTD_MSIL2A\.xml cannot be read: "):
        open_scene(product)
    bare = tmp_path / "bare" / "S2B.SAFE"
    bare.mkdir(parents=True)
    (bare / "MTD_MSIL2A.xml").write_text(SAFE_L2A)
    with pytest.raises(ConvistaError, match="holds no band images in GRANULE"):
        open_scene(bare)
    (bare.parent / "other").mkdir()
    (bare.parent / "other" / "MTD_MSIL2A.xml").write_text(SAFE_L2A)
    with pytest.raises(ConvistaError, match="holds several products: "):
        open_scene(bare.parent)


GRANULE = "GRANULE/L2A_T30TXM_A036881_20220715T105904"


@pytest.mark.parametrize("inside", ["GRANULE", GRANULE, f"{GRANULE}/IMG_DATA", f"{GRANULE}/IMG_DATA/R20m"])
def test_a_folder_inside_a_safe_has_the_products_factors(tmp_path: Path, inside: str) -> None:
    scene = open_scene(safe(tmp_path) / inside)
    assert scene.band_names == ("red", "nir08")
    assert scene.sensor == "sentinel-2"
    assert [(band.nodata, band.unit) for band in scene.bands] == [(0, "reflectance")] * 2
    np.testing.assert_allclose(middle(scene), [0.2, 0.41], rtol=1e-6)
    assert scene.grid.resolution[0] == pytest.approx(20 if "R20m" in inside else 10)


def test_files_inside_a_safe_have_the_products_factors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    product = safe(tmp_path)
    red, nir = (next(product.rglob(f"*_{name}.tif")) for name in ("B04_10m", "B8A_20m"))
    values = constant(3000, 12, 12)
    values[0, 0] = 0
    write(red, values, transform=Affine(10, 0, 600_000, 0, -10, 4_600_020))
    scene = open_scene([red, nir])
    assert (scene.band_names, scene.sensor) == (("red", "nir08"), "sentinel-2")
    np.testing.assert_allclose(middle(scene), [0.2, 0.41], rtol=1e-6)
    assert np.ma.getmaskarray(scene.read())[0].any(axis=1).tolist() == [True] + [False] * 11
    np.testing.assert_allclose(middle(open_scene(f"{red},{nir}", ["nir08"])), [0.41], rtol=1e-6)
    np.testing.assert_allclose(middle(open_scene(red)), [0.2], rtol=1e-6)
    np.testing.assert_allclose(middle(open_scene(tmp_path, {"r": red})), [0.2], rtol=1e-6)
    monkeypatch.chdir(red.parent)
    np.testing.assert_allclose(middle(open_scene(".")), [0.2], rtol=1e-6)
    np.testing.assert_allclose(middle(open_scene(red.name, scale=2)), [3000 * 2 - 0.1], rtol=1e-6)


def test_a_link_to_a_file_inside_a_safe_belongs_to_it(tmp_path: Path) -> None:
    red = next(safe(tmp_path / "product").rglob("*_B04_10m.tif"))
    (tmp_path / red.name).symlink_to(red)
    np.testing.assert_allclose(middle(open_scene(tmp_path / red.name)), [0.2], rtol=1e-6)


@pytest.mark.parametrize(
    ("product", "metadata", "band"),
    [
        ("S2A_MSIL1C.SAFE", "MTD_MSIL1C.xml", "T30TXM_20220715T105031_B04.jp2"),
        (
            "S2A_OPER_PRD_MSIL1C.SAFE",
            "S2A_OPER_MTD_SAFL1C_PDMC_20160101T214950_R051_V20160101T110031_20160101T110031.xml",
            "S2A_OPER_MSI_L1C_TL_SGS__20160101T163305_20160101T214950_A002772_T30TXM_B04.jp2",
        ),
    ],
)
def test_level_1_and_the_names_before_2016(tmp_path: Path, product: str, metadata: str, band: str) -> None:
    images = tmp_path / product / "GRANULE" / "L1C_T30TXM" / "IMG_DATA"
    write(images / band.replace(".jp2", ".tif"), constant(3000, 12, 12))
    text = SAFE_L2A.replace("BOA_QUANT", "QUANT").replace("BOA_ADD", "RADIO_ADD")
    (tmp_path / product / metadata).write_text(text)
    for source in (images, tmp_path / product, tmp_path / product / metadata):
        np.testing.assert_allclose(middle(open_scene(source)), [0.2], rtol=1e-6)


def test_a_products_file_without_metadata_asks_what_its_numbers_mean(tmp_path: Path) -> None:
    path = tmp_path / "T30TXM_20220715T105031_B04_10m.tif"
    values = constant(3000)
    values[0, 0] = 0
    write(path, values)
    write(tmp_path / "T30TXM_20220715T105031_B08_10m.tif", constant(5000))
    message = (
        r"by its name of a Sentinel-2 product, .*MTD_MSIL2A\.xml .* not found.* --scale, --offset\): 0\.0001 and 0"
    )
    for source in (path, tmp_path, [path, tmp_path / "T30TXM_20220715T105031_B08_10m.tif"]):
        for options in ({}, {"scale": 1e-4}, {"offset": 0.0}):
            with pytest.raises(ConvistaError, match=message):
                open_scene(source, ["red"], **options)  # type: ignore[arg-type]
    raw = open_scene(path, scale=1, offset=0)
    assert middle(raw) == [3000]
    assert [raw.bands[0].unit, open_scene(path, scale=1e-4, offset=0).bands[0].unit] == [None, "reflectance"]
    assert np.argwhere(raw.read().mask).tolist() == [[0, 0, n] for n in range(8)]
    np.testing.assert_allclose(middle(open_scene(tmp_path, scale=1e-4, offset=-0.1)), [0.2, 0.4], rtol=1e-6)


def test_metadata_of_another_product_are_not_taken(tmp_path: Path) -> None:
    safe(tmp_path)
    write(tmp_path / "bands" / "T30TXM_20220715T105031_B04_10m.tif", constant(3000))
    with pytest.raises(ConvistaError, match="by its name of a Sentinel-2 product"):
        open_scene(tmp_path / "bands")


def test_a_products_name_with_what_its_numbers_mean_needs_no_more(tmp_path: Path) -> None:
    name = "S2A_MSIL2A_20220715T105031_N0400_R051_T30TXM_20220715T142802.tif"
    tagged = write(tmp_path / name, constant(3000), scales=[1e-4], offsets=[-0.1])
    np.testing.assert_allclose(middle(open_scene(tagged)), [0.2], rtol=1e-6)
    converted = write(tmp_path / "f" / name, constant(0.25, dtype="float32"))
    assert middle(open_scene(converted)) == [0.25]
    made_of_it = write(tmp_path / name.replace(".tif", "_height.tif"), constant(7))
    assert middle(open_scene(made_of_it)) == [7]
    bare = write(tmp_path / "b" / name, counted(2, 4, 4))
    with pytest.raises(ConvistaError, match="by its name of a Sentinel-2 product"):
        open_scene(bare)


def test_products_of_several_granules_are_not_mixed(tmp_path: Path) -> None:
    product = safe(tmp_path)
    other = product / "GRANULE" / "L2A_T30TYM_A036881_20220715T105904" / "IMG_DATA" / "R10m"
    write(other / "T30TYM_20220715T105031_B04_10m.tif", constant(1, 12, 12))
    with pytest.raises(ConvistaError, match="has several granules, which are different places: L2A_T30TXM"):
        open_scene(product)
    assert open_scene(product / GRANULE).band_names == ("red", "nir08")
    np.testing.assert_allclose(middle(open_scene(other)), [1e-4 - 0.1], rtol=1e-6)


# What names say


def test_derived_bands_are_not_what_they_are_made_of(tmp_path: Path) -> None:
    names = ("B4_minus_B8", "no red", "red_green_ratio", "not_red_edge")
    path = write(tmp_path / "a.tif", counted(4, 2, 2), descriptions=names)
    assert open_scene(path, sensor="sentinel-2").band_names == names
    for wanted in ("red", "B4", "nir"):
        with pytest.raises(ConvistaError, match=f"has no band {wanted}"):
            open_scene(path, [wanted], "sentinel-2")


def test_a_file_whose_name_says_no_band_is_mentioned(tmp_path: Path) -> None:
    for name in ("x_B04", "x_B08", "elevation", "x_NDVI_B8_B4", "x_B02_QA_1"):
        write(tmp_path / f"{name}.tif", constant(1))
    left_out = "x_B02_QA_1.tif, elevation.tif, x_NDVI_B8_B4.tif"
    with pytest.warns(ConvistaWarning, match=f"^Not read of {tmp_path.name}: {left_out}. The name") as noted:
        assert open_scene(tmp_path).band_names == ("B04", "B08")
    language.use("es")
    assert str(noted[0].message).startswith(f"De {tmp_path.name} no se lee: {left_out}. El nombre")
    assert open_scene(tmp_path, ["B04", "elevation"]).band_names == ("B04", "elevation")


def test_a_quality_file_beside_one_raster_is_mentioned_not_joined(tmp_path: Path) -> None:
    write(tmp_path / "scene.tif", counted(3, 4, 4))
    write(tmp_path / "scene_QA.tif", constant(1, 4, 4))
    with pytest.warns(ConvistaWarning, match=r"Not read of .*: scene_QA\.tif\."):
        assert open_scene(tmp_path).band_names == ("band1", "band2", "band3")


def test_what_a_product_brings_beside_its_bands_is_not_mentioned(tmp_path: Path) -> None:
    landsat(tmp_path, LANDSAT_8, ("SR_B4", "SR_B5", "QA_PIXEL", "SR_QA_AEROSOL"))
    assert open_scene(tmp_path).band_names == ("red", "nir08")


def test_names_with_commas_may_stand_in_a_list(tmp_path: Path) -> None:
    files = [write(tmp_path / f"2019-04-16, Sentinel-2B L1C, B0{n}.tiff", constant(n)) for n in (2, 3)]
    for source in (files, tmp_path, ",".join(map(str, files)), ", ".join(map(str, files))):
        scene = open_scene(source)
        assert (scene.sensor, scene.band_names) == ("sentinel-2", ("blue", "green"))
        assert middle(scene) == [2, 3]
    assert open_scene(files[0]).band_names == ("blue",)


# Real scenes


@needs_data
@pytest.mark.parametrize(
    ("path", "names", "sensor"),
    [
        ("zion/landsat8.tif", "blue,green,red,nir", None),
        (
            "aquileia",
            "coastal,blue,green,red,rededge071,rededge075,rededge078,nir,nir08,nir09,swir16,swir22",
            "sentinel-2",
        ),
        ("ebro/sentinel1.tif", "VV,VH", None),
        ("para/landsat5.tif", "B1,B2,B3,B4,B5,B6,B7", None),
        ("olinda/L7_ETMs.tif", "band1,band2,band3,band4,band5,band6", None),
    ],
)
def test_real_scenes(path: str, names: str, sensor: str | None) -> None:
    with open_scene(DATA / path) as scene:
        assert ",".join(scene.band_names) == names
        assert scene.sensor == sensor
        patch = scene.patch_at(*scene.grid.coordinates(scene.height // 2, scene.width // 2), 16)
        assert patch.values.count() > 0
        assert np.isfinite(patch.values.data).all()


@needs_data
def test_radar_and_optical_of_one_place_are_one_scene() -> None:
    files = [DATA / "ebro/sentinel1.tif", DATA / "ebro/sentinel2.tif"]
    with open_scene(files, ["VV", "VH", "nir", "swir16"], "sentinel-2", scale={"nir": 1e-4}) as scene:
        assert scene.shape == (512, 256)
        values = scene.read()
    assert (values[:2].mean(), values[2].mean()) == (pytest.approx(-13, abs=5), pytest.approx(0.2, abs=0.15))


@needs_data
def test_ids_of_a_real_scene_mean_what_the_caller_says() -> None:
    with open_scene(DATA / "para/landsat5.tif", sensor="landsat-5") as scene:
        assert ",".join(scene.band_names) == "blue,green,red,nir08,swir16,lwir,swir22"
        assert scene.sensor == "landsat-5"


@needs_data
def test_a_real_folder_by_name_with_the_callers_scale() -> None:
    with open_scene(DATA / "aquileia", ["B8A", "red"], scale=1 / 65535, nodata=0) as scene:
        values = scene.read(Window(0, 0, 200, 200))
    assert 0 < values.max() < 1.5


def test_the_transform_of_the_file_is_the_scenes(named: Path) -> None:
    assert open_scene(named).transform == NORTH_UP


@pytest.mark.parametrize(
    "factors", [{"scale": 0}, {"scale": float("nan")}, {"scale": float("inf")}, {"offset": float("-inf")}]
)
def test_factors_that_make_no_numbers_are_refused(named: Path, factors: dict[str, float]) -> None:
    with pytest.raises(ConvistaError) as error:
        open_scene(named, ["red"], **factors)  # type: ignore[arg-type]
    scale, offset = float(factors.get("scale", 1)), float(factors.get("offset", 0))
    assert str(error.value) == (
        f"Band red of {named} would have scale {scale} and offset {offset}: value = number · scale + "
        f"offset. Both must "
        "be finite numbers, and the scale other than 0. Give others (scale, offset)."
    )
    language.use("es")
    assert str(error.value) == (
        f"La banda red de {named} tendría la escala {scale} y el sumando {offset}: valor = número · escala "
        f"+ sumando. "
        "Ambos han de ser números finitos, y la escala distinta de 0. Dé otros (scale, offset)."
    )


def test_a_scale_of_0_in_the_file_is_refused_unless_the_caller_knows_better(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", constant(3), scales=[0.0])
    with pytest.raises(ConvistaError, match="would have scale 0"):
        open_scene(path)
    assert middle(open_scene(path, scale=2)) == [6]


def test_a_reason_ends_with_one_full_stop(tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_text("no raster")
    with pytest.raises(ConvistaError, match=r"[^.]\. The file is missing") as error:
        open_scene(tmp_path / "a.tif")
    assert ".." not in str(error.value).replace(str(tmp_path), "")


def test_an_archive_is_to_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "S2A_MSIL2A.SAFE.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("S2A.SAFE/MTD_MSIL2A.xml", SAFE_L2A)
    with pytest.raises(ConvistaError, match=r"S2A_MSIL2A\.SAFE\.zip is an archive\. Unpack it"):
        open_scene(path)


def test_further_images_in_a_file_are_mentioned(tmp_path: Path) -> None:
    path, second = (write(tmp_path / f"{name}.tif", constant(n)) for n, name in enumerate("ab", 1))
    rasterio.shutil.copy(second, path, driver="GTiff", APPEND_SUBDATASET="YES")
    with pytest.warns(
        ConvistaWarning, match=r"a\.tif holds more images than the one that is read\. .*GTIFF_DIR:2:"
    ):
        assert middle(open_scene(path)) == [1]
    assert middle(open_scene(f"GTIFF_DIR:2:{path}")) == [2]


def test_a_scene_knows_its_files(tmp_path: Path) -> None:
    files = [write(tmp_path / f"{name}.tif", constant(1)) for name in ("red", "nir")]
    assert set(open_scene(tmp_path).files) == {str(file) for file in files}
