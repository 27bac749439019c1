"""The real scene that comes with the package, for the films and for trying things out without a download."""

from __future__ import annotations

from importlib.resources import files

from convista import language
from convista.scenes.files.raster_file import InMemoryRaster
from convista.scenes.opening import open_scene
from convista.scenes.scene import Scene

FILE = "aquileia.tif"
"""In the folder ``data`` beside this module, whose README says where it is from."""


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
