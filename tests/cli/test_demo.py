"""``convista demo``, whole, on the simulated scene and on a real one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
from PIL import Image

from tests.cli.workshop import Workshop, convista

Capture = pytest.CaptureFixture[str]
ZION = Path(__file__).parents[3] / "shared" / "data" / "zion"


@pytest.mark.slow
def test_the_simulated_scene(capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "demo"
    outcome = convista(capsys, "demo", "--out", out)
    assert outcome.code == 0, outcome.error
    for name in ("map.tif", "map.png", "model.safetensors", "report.json", "conv1.gif", "explanation.txt"):
        assert str(out / name) in outcome.out
        assert (out / name).stat().st_size > 0
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["accuracy"] > report["baselines"]["majority"]["accuracy"] + 0.3
    assert report["macro_f1"] > 0.7
    assert np.array(report["confusion"]).sum() == report["samples"]
    assert report["split"]["kind"] == "blocks"
    assert "operators recomputed in float64" in (out / "explanation.txt").read_text("utf-8")
    with Image.open(out / "conv1.gif") as film:
        assert getattr(film, "n_frames", 1) > 16
    # Known everywhere, the truth of a simulated scene tells how good the map is beyond the report's sample.
    with rasterio.open(out / "map.tif") as mapped, rasterio.open(out / "labels.tif") as truth:
        known = (mapped.read(1) != 255) & (truth.read(1) != truth.nodata)
        assert (mapped.read(1) == truth.read(1))[known].mean() > 0.8


@pytest.mark.slow
@pytest.mark.skipif(not ZION.exists(), reason="the Zion scene is not here")
def test_a_real_scene(capsys: Capture, tmp_path: Path) -> None:
    scene, labels = ZION / "landsat8.tif", ZION / "landcover.tif"
    outcome = convista(
        capsys, "demo", "--scene", scene, "--bands", "blue,green,red,nir", "--labels", labels, "--out", tmp_path
    )
    assert outcome.code == 0, outcome.error
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["accuracy"] >= 0.76
    assert report["macro_f1"] >= 0.42
    with rasterio.open(tmp_path / "map.tif") as mapped, rasterio.open(scene) as grid:
        assert (mapped.shape, mapped.transform, mapped.crs) == (grid.shape, grid.transform, grid.crs)


def test_a_scene_needs_labels(workshop: Workshop, capsys: Capture) -> None:
    outcome = convista(capsys, "demo", "--scene", workshop.scene)
    assert outcome.code == 2
    assert "--scene and --labels go together" in outcome.error
