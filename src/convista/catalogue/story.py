"""The story that the films tell: one real scene, and one small network that was trained on it."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from convista.learning import Run, open_run

FILE = "aquileia.safetensors"
"""In the folder ``data`` beside this module; ``scripts/example_run.py`` made it."""


@cache
def story_run() -> Run:
    """Open the network that the films show: `Mini`, trained on the example scene and its labels by a rule.

    It reads 10×10 pixels of four bands and says what most of them are: water, vegetation, or soil or buildings, by
    NDWI and NDVI alone (`example_labels`). On blocks of the scene of which training saw no pixel, it says what that
    rule says of 97 % of the patches.
    """
    with as_file(files("convista.catalogue") / "data" / FILE) as path:
        return open_run(path)
