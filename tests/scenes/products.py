"""Small imitations of the products that agencies deliver: file names and metadata as they have them."""

from __future__ import annotations

import json
from pathlib import Path

from affine import Affine

from tests.scenes.rasters import constant, write

LEVEL_2 = {
    "LEVEL2_SURFACE_REFLECTANCE_PARAMETERS": {
        "REFLECTANCE_MULT_BAND_4": "2.75e-05",
        "REFLECTANCE_ADD_BAND_4": "-0.2",
        "REFLECTANCE_MULT_BAND_5": "2.75e-05",
        "REFLECTANCE_ADD_BAND_5": "-0.2",
    },
    "LEVEL2_SURFACE_TEMPERATURE_PARAMETERS": {
        "TEMPERATURE_MULT_BAND_ST_B10": "0.00341802",
        "TEMPERATURE_ADD_BAND_ST_B10": "149.0",
    },
    "LEVEL1_RADIOMETRIC_RESCALING": {
        "REFLECTANCE_MULT_BAND_4": "2.0000E-05",
        "REFLECTANCE_ADD_BAND_4": "-0.100000",
        "RADIANCE_MULT_BAND_4": "9.8E-03",
        "RADIANCE_ADD_BAND_4": "-49.0",
        "RADIANCE_MULT_BAND_10": "3.3420E-04",
        "RADIANCE_ADD_BAND_10": "0.10000",
    },
    "IMAGE_ATTRIBUTES": {"SUN_ELEVATION": "30.0"},
}

MTL = {
    "txt": "GROUP = LANDSAT_METADATA_FILE\n"
    + "".join(
        f"  GROUP = {group}\n" + "".join(f"    {k} = {v}\n" for k, v in keys.items()) + f"  END_GROUP = {group}\n"
        for group, keys in LEVEL_2.items()
    )
    + "END_GROUP = LANDSAT_METADATA_FILE\nEND\n",
    "json": json.dumps({"LANDSAT_METADATA_FILE": LEVEL_2}),
    "xml": "<?xml version='1.0'?><LANDSAT_METADATA_FILE>"
    + "".join(
        f"<{group}>" + "".join(f"<{k}>{v}</{k}>" for k, v in keys.items()) + f"</{group}>"
        for group, keys in LEVEL_2.items()
    )
    + "</LANDSAT_METADATA_FILE>",
}


def landsat(folder: Path, product: str, bands: tuple[str, ...], metadata: str | None = "txt") -> Path:
    """Make a Landsat Collection-2 folder; each band is 10000 everywhere."""
    for band in bands:
        write(folder / f"{product}_{band}.TIF", constant(10_000))
    if metadata:
        (folder / f"{product}_MTL.{metadata}").write_text(MTL[metadata])
    return folder


SAFE_L2A = """<?xml version="1.0"?>
<n1:Level-2A_User_Product xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-2A.xsd">
<n1:General_Info><Product_Image_Characteristics>
<Special_Values><SPECIAL_VALUE_TEXT>NODATA</SPECIAL_VALUE_TEXT><SPECIAL_VALUE_INDEX>0</SPECIAL_VALUE_INDEX></Special_Values>
<Special_Values><SPECIAL_VALUE_TEXT>SATURATED</SPECIAL_VALUE_TEXT><SPECIAL_VALUE_INDEX>65535</SPECIAL_VALUE_INDEX></Special_Values>
<QUANTIFICATION_VALUES_LIST><BOA_QUANTIFICATION_VALUE unit="none">10000</BOA_QUANTIFICATION_VALUE>
<AOT_QUANTIFICATION_VALUE unit="none">1000.0</AOT_QUANTIFICATION_VALUE></QUANTIFICATION_VALUES_LIST>
<BOA_ADD_OFFSET_VALUES_LIST>
<BOA_ADD_OFFSET band_id="3">-1000</BOA_ADD_OFFSET><BOA_ADD_OFFSET band_id="8">-900</BOA_ADD_OFFSET>
</BOA_ADD_OFFSET_VALUES_LIST>
</Product_Image_Characteristics></n1:General_Info></n1:Level-2A_User_Product>
"""


def safe(folder: Path, metadata: str = SAFE_L2A) -> Path:
    """Make a Sentinel-2 L2A product: B04 in 10, 20 and 60 m, B8A in 20 and 60 m; GeoTIFF in place of JPEG 2000."""
    product = folder / "S2A_MSIL2A_20220715T105031_N0400_R051_T30TXM_20220715T142802.SAFE"
    images = product / "GRANULE" / "L2A_T30TXM_A036881_20220715T105904" / "IMG_DATA"
    for band, value, resolutions in (("B04", 3000, (10, 20, 60)), ("B8A", 5000, (20, 60)), ("SCL", 4, (20, 60))):
        for metres in resolutions:
            size = 120 // metres
            transform = Affine(metres, 0, 600_000, 0, -metres, 4_600_020)
            name = f"T30TXM_20220715T105031_{band}_{metres}m.tif"
            write(images / f"R{metres}m" / name, constant(value, size, size), transform=transform)
    (product / "MTD_MSIL2A.xml").write_text(metadata)
    return product
