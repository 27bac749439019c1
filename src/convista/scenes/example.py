"""The real scene that comes with the package, for the films and for trying things out without a download."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
from rasterio.io import MemoryFile

from convista import language
from convista.scenes.files.raster_file import InMemoryRaster
from convista.scenes.labels.classes import ClassInfo
from convista.scenes.labels.labels import Labels
from convista.scenes.labels.opening import open_labels
from convista.scenes.opening import open_scene
from convista.scenes.scene import Scene

FILE = "aquileia.tif"
"""In the folder ``data`` beside this module, whose README says where it is from."""
EXAMPLE_CLASSES = (
    ClassInfo(1, "water", (0, 92, 175)),
    ClassInfo(2, "vegetation", (24, 110, 52)),
    ClassInfo(3, "soil or buildings", (170, 118, 76)),
)
"""What the labels of the example scene tell apart."""
GREEN = 0.4
"""The NDVI from which on a pixel counts as vegetation."""


def example_scene() -> Scene:
    """Open a part of a Sentinel-2 scene: lagoon, fields and the town of Aquileia, Italy, on 16 April 2019.

    Returns
    -------
    The scene, 320×394 pixels, of which each is the same every time: blue, green, red, nir as surface reflectance
    (Level-2A), in EPSG:4326. The sensor's pixels are 10 m; the service that exported the scene made some of 14 m of
    them. `Scene.credit` is what has to be said wherever it is shown.
    """
    raster = InMemoryRaster(FILE, (files("convista.scenes") / "data" / FILE).read_bytes())
    scene = open_scene(raster, sensor="sentinel-2")
    scene.credit = language.find("scenes.example.credit")
    return scene


def example_labels() -> Labels:
    """Return labels of the example scene, by a rule. NO GROUND TRUTH: nobody went there to look.

    A pixel is water where NDWI = (green − nir) / (green + nir) > 0 (McFeeters 1996); else vegetation where
    NDVI = (nir − red) / (nir + red) ≥ 0.4 (Rouse et al. 1974); else soil or buildings. A network that learns them
    shows how a network computes. It learns no more about the land than those two quotients say.
    """
    scene = example_scene()
    green, red, nir = scene.read(bands=("green", "red", "nir")).filled()
    water, vegetation = green > nir, (nir - red) >= GREEN * (nir + red)
    values = np.select([water, vegetation], [1, 2], 3).astype(np.uint8)
    form = {"driver": "GTiff", "count": 1, "dtype": "uint8", "compress": "deflate"}
    place = {"height": scene.height, "width": scene.width, "crs": scene.crs, "transform": scene.transform}
    with MemoryFile() as memory:
        with memory.open(**form, **place) as written:
            written.write_colormap(1, {each.value: (*each.colour, 255) for each in EXAMPLE_CLASSES})
            written.write(values, 1)
        raster = InMemoryRaster("aquileia-labels.tif", memory.read())
    return open_labels(raster, {each.value: each.name for each in EXAMPLE_CLASSES})
