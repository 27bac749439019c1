"""Every real scene at hand becomes a map that others can read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch

from convista.learning import Run
from convista.learning.data.statistics import Standardise
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass
from convista.mapping import predict
from convista.models import create_model
from convista.scenes import ClassInfo, open_scene

DATA = Path(__file__).parents[3] / "shared" / "data"
ZION = ["blue", "green", "red", "nir"]
SCENES = {
    "zion": ("zion/landsat8.tif", ZION),
    "aquileia": ("aquileia", None),
    "sentinel-1": ("ebro/sentinel1.tif", None),
    "sentinel-2": ("ebro/sentinel2.tif", None),
    "para": ("para/landsat5.tif", None),
    "olinda": ("olinda/L7_ETMs.tif", None),
}
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs the imagery in shared/data")


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_a_map_of_a_real_scene_is_a_valid_cog(name: str, tmp_path: Path) -> None:
    cogeo = pytest.importorskip("rio_cogeo")
    source, bands = SCENES[name]
    scene = open_scene(DATA / source, bands=bands)
    values = scene.read()
    torch.manual_seed(0)
    run = Run(
        network=create_model("lenet", len(scene.bands), 3, patch=16).eval(),
        architecture="lenet",
        options={},
        bands=scene.bands,
        sensor=scene.sensor,
        standardise=Standardise(values.mean(axis=(1, 2)).tolist(), values.std(axis=(1, 2)).tolist()),
        patch=16,
        label_rule=LabelRule.CENTRE,
        task=Multiclass(tuple(ClassInfo(n, f"class {n}", (80 * n, 0, 0)) for n in range(3))),
    )
    out = predict(run, scene, tmp_path / "map.tif", stride=4, probabilities="uint8")
    for path in (out, tmp_path / "map-probabilities.tif"):
        assert cogeo.cog_validate(path, strict=True) == (True, [], [])
    with rasterio.open(out) as file:
        assert (file.crs, file.transform, file.shape) == (scene.crs, scene.transform, scene.shape)
        shown = file.read(1)
    assert ((shown == 255) == np.ma.getmaskarray(values).any(axis=0)).all()
    assert (shown < 3).any()
