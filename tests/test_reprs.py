"""What every public object says of itself fits a line or two, however many bands, classes or pixels it has."""

from __future__ import annotations

import inspect
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import torch
from affine import Affine
from rasterio.crs import CRS
from torch import nn

from convista.catalogue import film
from convista.language import listed
from convista.learning import RECIPES, Run, Seeds, open_images
from convista.learning.data.statistics import Standardise
from convista.learning.fitting.recipe import recipe_of
from convista.learning.fitting.snapshots import SnapshotSeries
from convista.learning.fitting.specification import specify
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass
from convista.mapping import Difference, Embedded, PatchGrid, SearchHit, Tiling, WindowContribution, map_model
from convista.mapping.embedding.summary import Outlier
from convista.scenes import (
    Band,
    ClassInfo,
    Grid,
    MapWriter,
    OutputBand,
    RasterWriter,
    SharedNames,
    SimulatedScene,
    Window,
    open_labels,
    open_scene,
    open_shapes,
    read_patch,
)
from tests.scenes.rasters import write

LONGEST = 300
ROOMS = ("films", "learning", "mapping", "models", "scenes")
"""Of tracing, its own tests say it."""
MANY = 224
"""Bands of a hyperspectral scene; classes of a fine legend."""
HERE = CRS.from_wkt('LOCAL_CS["Site of the old quarry",UNIT["metre",1.0],AXIS["X",EAST],AXIS["Y",NORTH]]')
NAMES = tuple(f"band number {n}" for n in range(MANY))
CLASSES = tuple(ClassInfo(n, f"class number {n}", (n, n, n)) for n in range(1, MANY))
NUMBERS = np.zeros(MANY, np.float32)
EXAMPLE = Window(0, 0, 16, 16)


def run_of(seed: int) -> Run:
    report = {"accuracy": 0.9, "part": "test", "samples": 3, "baselines": {}}
    return Run(
        network=nn.Linear(500, 500),
        architecture="resnet18",
        options={},
        bands=tuple(Band(name, name) for name in NAMES),
        sensor=None,
        standardise=Standardise(NUMBERS, NUMBERS),
        patch=64,
        label_rule=LabelRule.CENTRE,
        task=Multiclass(CLASSES),
        record={"seed": seed, "report": report, "best_epoch": 1, "seconds": 1.0},
        source=Path("out/run/model.safetensors"),
    )


def _class_folders(folder: Path) -> Path:
    for info in CLASSES:
        (folder / info.name).mkdir(parents=True)
        (folder / info.name / "a.png").touch()
    return folder


def everything(folder: Path) -> dict[str, Any]:
    """Return an object of each public class, as large as such things become."""
    values = np.zeros((MANY, 16, 16), np.uint8)
    transform = Affine(10, 0, 0, 0, -10, 0)
    scene = open_scene(write(folder / "scene.tif", values, crs=HERE, transform=transform, descriptions=NAMES))
    classes = np.arange(256, dtype=np.uint8).reshape(1, 16, 16)
    labels = open_labels(write(folder / "labels.tif", classes, nodata=255))
    corner = {"type": "Point", "coordinates": [0, 0]}
    points = [{"type": "Feature", "geometry": corner, "properties": {"kind": f"k{n}"}} for n in range(MANY)]
    (folder / "points.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": points}))
    bands = [OutputBand(name) for name in NAMES]
    with (
        RasterWriter(folder / "a.tif", scene.grid, bands, dtype="uint8", nodata=0) as raster,
        MapWriter(folder / "b.tif", scene.grid, CLASSES[:200], description="a map") as mapped,
    ):
        raster.write(Window(0, 0, 16, 16), values)
        mapped.write(Window(0, 0, 16, 16), np.ones((16, 16), np.uint8))
    shown = film("conv-step-by-step")
    far = [Outlier(0.5, EXAMPLE)] * 10
    network = map_model(nn.Sequential(nn.Flatten(), nn.Linear(MANY * 64, MANY)), NAMES, patch=8, names=NAMES)
    return {
        "Film": shown,
        "Step": shown.steps[0],
        "Beat": shown.steps[0].beats[0],
        "Run": run_of(0),
        "Seeds": Seeds(tuple(run_of(n) for n in range(50))),
        "Recipe": recipe_of(RECIPES["thorough"]),
        "Specification": specify(scene, labels=labels, **RECIPES["thorough"]),
        "Task": Multiclass(CLASSES),
        "MapModel": network,
        "PatchGrid": PatchGrid((1000, 1000), 16, 1),
        "Difference": Difference(1e-6, 1e-7, 10.0, 0.0),
        "Embedded": Embedded(Path("v.parquet"), 512, [Path("clusters.tif")], 10**6, far),
        "SearchHit": SearchHit(0.5, EXAMPLE),
        "WindowContribution": WindowContribution(EXAMPLE, 1.0, None, NUMBERS),
        "Tiling": Tiling((1000, 1000), 64, 0.5),
        "Band": scene.bands[0],
        "ClassInfo": CLASSES[0],
        "Grid": scene.grid,
        "Labels": labels,
        "MapWriter": mapped,
        "OutputBand": bands[0],
        "Patch": scene.patch(EXAMPLE),
        "RasterWriter": raster,
        "SimulatedScene": SimulatedScene(scene, labels),
        "Scene": scene,
        "SharedNames": SharedNames(enumerate(NAMES)),
        "Shapes": open_shapes(folder / "points.geojson"),
        "Window": EXAMPLE,
        "ImageFolder": open_images(_class_folders(folder / "images")),
        "PatchFile": read_patch(folder / "scene.tif"),
        "SnapshotSeries": SnapshotSeries({name: torch.zeros(9, 9) for name in NAMES}, NAMES, tuple(range(100))),
    }


def public_classes() -> set[str]:
    """Return the names of the public classes that people hold objects of: networks are torch's to describe."""
    found = set()
    for room in ROOMS:
        module = import_module(f"convista.{room}")
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isclass(thing) and not issubclass(thing, nn.Module) and name != "Progress":
                found.add(name)
    return found


def test_every_public_object_says_in_a_line_or_two_what_it_is(tmp_path: Path) -> None:
    made = everything(tmp_path)
    assert public_classes() <= set(made)
    for name, thing in made.items():
        said = repr(thing)
        most = LONGEST * (2 if name == "SimulatedScene" else 1)  # two objects
        assert len(said) <= most, f"{name}: {len(said)} letters: {said[:200]}"
        assert " object at 0x" not in said, said
        assert "\n" not in said, said


def test_what_they_say() -> None:
    assert repr(run_of(0)) == (
        f"<Run resnet18: {listed(NAMES)}; 64×64 → {listed([c.name for c in CLASSES])}; multiclass; "
        "out/run/model.safetensors>"
    )
    assert repr(Seeds((run_of(0), run_of(1)))) == "<Seeds 0, 1 of resnet18: accuracy 0.900 ± 0.000>"
    assert repr(Seeds(())) == "<Seeds: no run is finished>"
    assert repr(recipe_of({"epochs": 3})) == "Recipe(epochs=3)"
    north_up = Affine(10, 0, 500_000, 0, -10, 4_600_000)
    assert repr(Grid(CRS.from_epsg(32630), north_up, 4, 5)) == (
        "<Grid 4×5: pixels of 10×10 from (500000, 4600000), EPSG:32630>"
    )
    assert repr(Grid(HERE, north_up, 4, 5)).endswith("Site of the old quarry>")
    assert repr(Grid(None, Affine.identity(), 4, 5)).endswith("no CRS>")


def test_long_lists_are_cut_and_counted() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed(list(range(9)), most=3) == "0, 1, 2, … (9)"
    assert listed([]) == ""
