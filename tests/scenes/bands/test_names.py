from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from convista.errors import ConvistaError
from convista.scenes.bands.requests import matches
from convista.scenes.bands.sensors import common_name, normalised_id, sensor_named, written_sensor
from convista.scenes.bands.written_names import mentioned, written_id, written_name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("B04", "b4"),
        ("b4", "b4"),
        ("SR_B4", "b4"),
        ("ST_B10", "b10"),
        ("Band 4", "b4"),
        ("B8A", "b8a"),
        ("B6_VCID_1", "b6"),
        ("B6_VCID_2", "b6_vcid_2"),
        ("VV", "vv"),
    ],
)
def test_ids_have_one_plain_form(written: str, expected: str) -> None:
    assert normalised_id(written) == expected


@pytest.mark.parametrize(
    ("sensor", "band_id", "name"),
    [
        ("sentinel-2", "B08", "nir"),
        ("sentinel-2", "B8A", "nir08"),
        ("sentinel-2", "B11", "swir16"),
        ("landsat-8", "SR_B5", "nir08"),
        ("landsat-9", "B8", "pan"),
        ("landsat-5", "B4", "nir08"),
        ("landsat-7", "B6_VCID_1", "lwir"),
        ("sentinel-1", "vh", "VH"),
        ("landsat-5", "B9", None),
        (None, "B04", None),
    ],
)
def test_common_names_by_sensor(sensor: str | None, band_id: str, name: str | None) -> None:
    assert common_name(band_id, sensor) == name


@pytest.mark.parametrize(
    ("text", "band_id", "name"),
    [
        ("B2 blue", "B2", "blue"),
        ("B5 NIR", "B5", "nir"),
        ("LC08_L2SP_200033_20200715_20200912_02_T1_SR_B4", "SR_B4", None),
        ("2019-04-16-00_00_2019-04-16-23_59_Sentinel-2_L2A_B8A_(Raw)", "B8A", None),
        ("T32TQR_20190416T101031_B04_10m", "B04", None),
        ("B12 SWIR 2", "B12", "swir22"),
        ("SWIR16", None, "swir16"),
        ("Vegetation Red Edge 1", None, None),
        ("rededge071", None, "rededge071"),
        ("B8A narrow NIR", "B8A", "nir08"),
        ("coastal aerosol", None, "coastal"),
        ("swir2", None, "swir22"),
        ("red and green", None, None),
        ("infrared", None, None),
        ("AB4", None, None),
        ("B4_minus_B8", None, None),
        ("B4-B8", None, None),
        ("NDVI_B8_B4", None, None),
        ("NDVI_B4", None, None),
        ("red_green_ratio", None, None),
        ("red ratio", None, None),
        ("no red", None, None),
        ("not_red_edge", None, None),
        ("without B4", None, None),
        ("sin B4", None, None),
        ("red_std", None, None),
        ("B04_mask", None, None),
        ("red_mask", None, None),
        ("förred", None, None),
        ("redö", None, None),
        ("VV_minus_VH", None, None),
        ("coh_VV", None, None),
        ("no clouds B04", "B04", None),
        ("site_no_3_red", None, "red"),
        ("B4_mean", "B4", None),
        ("Band 1 (B2)", "B2", None),
        ("Band 4: B5 NIR", "B5", "nir"),
        ("B02 b2", "b2", None),
    ],
)
def test_what_stands_in_a_text(text: str, band_id: str | None, name: str | None) -> None:
    assert written_id(text) == band_id
    assert written_name(text) == name


@pytest.mark.parametrize(
    ("filename", "sensor"),
    [
        ("S2A_MSIL2A_20200715T105031_N0214_R051_T30TXM_20200715T142802.SAFE", "sentinel-2"),
        ("T30TXM_20200715T105031_B04_10m.jp2", "sentinel-2"),
        ("2019-04-16_Sentinel-2_L2A_B01_(Raw).tiff", "sentinel-2"),
        ("2019-04-16-00_00_2019-04-16-23_59_Sentinel-2_L2A_B02_(Raw).tiff", "sentinel-2"),
        ("2019-04-16-00:00_2019-04-16-23:59_Sentinel-2_L1C_B8A_(Raw).tiff", "sentinel-2"),
        ("LC08_L2SP_200033_20200715_20200912_02_T1_SR_B4.TIF", "landsat-8"),
        ("LT05_L1TP_224063_19880727_20200917_02_T1_B4.TIF", "landsat-5"),
        ("S1A_IW_GRDH_1SDV_20200715.tif", "sentinel-1"),
        ("S1A_IW_GRDH_1SDV_20200715T055402_20200715T055427_033462_03E0A7_6A1B.SAFE", "sentinel-1"),
        ("s1a-iw-grd-vv-20200715t055402-20200715t055427-033462-03e0a7-001.tiff", "sentinel-1"),
        ("LC80340342013123LGN01_B4.TIF", "landsat-8"),
        ("LC80340342013123LGN01.tif", "landsat-8"),
        ("LT50300291984123AAA03_B4.TIF", "landsat-5"),
        ("LE71990321999213EDC00_B6_VCID_1.TIF", "landsat-7"),
        ("2019-04-16-00_00_2019-04-16-23_59_Landsat_8_(USGS_archive)_B02_(Raw).tiff", "landsat-8"),
        ("2023-05-01-00:00_2023-05-01-23:59_Landsat_8-9_L1_B02_(Raw).tiff", "landsat-8-9"),
        ("2004-05-01, Landsat 4-5 TM L2, B02.tiff", "landsat-4-5"),
        ("2004-05-01, Landsat 7 ETM+ L1, B02.tiff", "landsat-7"),
        ("2004-05-01-00_00_2004-05-01-23_59_Landsat_1-5_MSS_L1_B02_(Raw).tiff", None),
        ("2019-04-16, Sentinel-2B L1C, B02.tiff", "sentinel-2"),
        ("2019-04-16,_Sentinel-2A_L2A,_B02.tiff", "sentinel-2"),
        ("2019-04-16, Sentinel-2 L1C, B8A (Raw).tiff", "sentinel-2"),
        ("S2A_OPER_MSI_L1C_TL_SGS__20160101T163305_20160101T214950_A002772_T31TCJ_B02.jp2", "sentinel-2"),
        ("2019-04-16, my Sentinel-2B L1C, B02.tiff", None),
        ("LC8_mine_B4.TIF", None),
        ("LC803403420131LGN01_B4.TIF", None),
        ("landsat8.tif", None),
        ("landsat8_scene.tif", None),
        ("my sentinel2 copy.tif", None),
        ("sentinel-2_L2A_B02.tif", None),
        ("s1a_cut.tif", None),
        ("S2A_MSIL_mine.tif", None),
        ("LC08_L2_mine.tif", None),
        ("L7_ETMs.tif", None),
        ("scene.tif", None),
    ],
)
def test_sensors_that_a_file_name_states(filename: str, sensor: str | None) -> None:
    assert written_sensor(filename) == sensor


def test_a_request_may_be_in_any_spelling() -> None:
    assert matches("RED", "red", "B04")
    assert matches("B4", "red", "B04")
    assert not matches("B04", "nir", "B8A")


def test_sensors_may_be_in_any_spelling() -> None:
    assert [sensor_named(s) for s in ("Sentinel-2", "sentinel2a", "LANDSAT 8")] == [
        "sentinel-2",
        "sentinel-2",
        "landsat-8",
    ]
    with pytest.raises(ConvistaError, match=r"sensor sentinel-22 is not known \(sentinel-2, sentinel-1\?\)"):
        sensor_named("sentinel-22")


def test_sensors_of_two_satellites_may_be_in_any_spelling() -> None:
    assert [sensor_named(s) for s in ("Landsat 8-9", "landsat4-5")] == ["landsat-8-9", "landsat-4-5"]


LETTERS = st.text("cxzqñöЖ", min_size=1, max_size=4)
SEPARATORS = st.sampled_from("_- .,/+()")
NAMES = st.sampled_from(("red", "green", "blue", "nir", "VV", "pan"))
IDS = st.sampled_from(("B2", "B04", "B8", "B8A", "B12", "SR_B5"))


@given(LETTERS, st.one_of(NAMES, st.sampled_from(("B2", "B04", "B8A", "Band 4"))), st.booleans(), st.booleans())
def test_no_band_is_found_inside_another_word(letters: str, band: str, before: bool, behind: bool) -> None:
    assume(before or behind)
    assert mentioned(f"{letters * before}{band}{letters * behind}") == (None, None)
    assert mentioned(f"9{band}") == (None, None)


@given(
    st.lists(IDS, min_size=2, max_size=4, unique_by=normalised_id), SEPARATORS, st.sampled_from(("", "minus", "x"))
)
def test_several_ids_are_none(ids: list[str], separator: str, word: str) -> None:
    between = f"{separator}{word}{separator}" if word else separator
    assert mentioned(between.join(ids)) == (None, None)


@given(st.one_of(NAMES, IDS), SEPARATORS, st.sampled_from(("no", "not", "minus", "ratio", "ndvi", "mask", "sin")))
def test_what_is_denied_or_derived_is_none(band: str, separator: str, word: str) -> None:
    assert mentioned(f"{word}{separator}{band}") == mentioned(f"{band}{separator}{word}") == (None, None)


@given(IDS, SEPARATORS, st.sampled_from(("tile", "2019", "10m", "Raw", "")))
def test_an_id_alone_is_found(band: str, separator: str, word: str) -> None:
    assert mentioned(f"{word}{separator}{band}{separator}{word}").id == band
