"""Cut the scene that the package brings along out of the exports of a Sentinel-2 scene, one GeoTIFF a band.

    python scripts/example_scene.py FOLDER [--out FILE]

``FOLDER`` holds the bands as the Sentinel Hub exports them, 65535 a reflectance of 1, under its own file names
(``…_Sentinel-2_L2A_B02_(Raw).tiff``), of Aquileia on 2019-04-16. Nothing is resampled: the pixels, their grid and
their CRS are those of the exports. Their values are written as Sentinel-2's own products have them, 10000 a
reflectance of 1, of which the exports' are multiples: that is the same, and a tenth smaller.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import rasterio

from convista.scenes import Window, open_scene
from convista.whole_file import whole_file

FILE = Path(__file__).parents[1] / "src" / "convista" / "scenes" / "data" / "aquileia.tif"
BANDS = ("blue", "green", "red", "nir")
WINDOW = Window(212, 144, 320, 394)
"""The lagoon in the south, Aquileia in the north, fields between them; patches side by side leave a rest."""
FULL, SCALE = 65535, 0.0001
"""The exports' value of a reflectance of 1, and the reflectance of a step of Sentinel-2's own numbers."""
ABOUT = "Sentinel-2 L2A, 2019-04-16, Aquileia"
CREDIT = "contains modified Copernicus Sentinel data 2019"


def main() -> None:
    """Cut and write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--out", type=Path, default=FILE)
    given = asked.parse_args()

    patch = open_scene(given.folder, BANDS, scale=1 / FULL, offset=0).patch(WINDOW)
    if np.ma.getmaskarray(patch.values).any():
        raise SystemExit("the window reaches pixels without data")
    numbers = np.rint(patch.values.filled() / SCALE).astype(np.uint16)
    profile = {
        "driver": "GTiff", "dtype": "uint16", "count": len(BANDS), "height": WINDOW.height, "width": WINDOW.width,
        "crs": patch.grid.crs, "transform": patch.grid.transform,
        "compress": "deflate", "zlevel": 9, "predictor": 2, "tiled": True, "blockxsize": 128, "blockysize": 128,
        "interleave": "band",
    }  # fmt: skip
    with whole_file(given.out) as draft, rasterio.open(draft, "w", **profile) as written:
        written.descriptions = BANDS
        written.scales, written.units = [SCALE] * len(BANDS), ["reflectance"] * len(BANDS)
        written.update_tags(
            TIFFTAG_IMAGEDESCRIPTION="Sentinel-2 L2A, 2019-04-16, Aquileia", TIFFTAG_COPYRIGHT=CREDIT
        )
        written.write(numbers)
    print(given.out, given.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
