"""Several scenes are learned from as one, each on its own grid."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine

from convista.errors import ConvistaError
from convista.learning import evaluate, train
from convista.learning.data.scene_samples import SceneSamples
from convista.learning.data.several_scenes import SeveralScenes
from convista.learning.data.sources import gather
from convista.learning.fitting.specification import specify
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass
from convista.learning.tasks.multilabel import Multilabel
from convista.learning.tasks.regression import Regression
from convista.learning.tasks.segmentation import Segmentation
from convista.learning.tasks.task import Task
from convista.scenes import open_labels, open_scene

Write = Callable[..., Path]


@pytest.fixture
def pair(land: tuple[Path, Path], tmp_path: Path) -> tuple[list[Path], list[Path]]:
    """The scene of `land`, and another in the next UTM zone with fewer classes and an own grid."""
    rng = np.random.default_rng(1)
    labels = np.repeat(np.repeat(rng.choice([2, 7], (12, 10)), 8, 0), 8, 1).astype(np.uint8)
    imagery = 1000 + 100 * labels[None] * np.array([1, 2])[:, None, None] + rng.normal(0, 30, (2, *labels.shape))
    for name, values in (("scene", imagery.astype(np.uint16)), ("labels", labels[None])):
        with rasterio.open(
            tmp_path / f"{name}.tif", "w", driver="GTiff", count=len(values), height=96, width=80,
            dtype=values.dtype, crs="EPSG:32631", transform=Affine(20, 0, 400_000, 0, -20, 4_100_000),
        ) as file:  # fmt: skip
            file.write(values)
    return [land[0], tmp_path / "scene.tif"], [land[1], tmp_path / "labels.tif"]


@pytest.mark.parametrize(
    ("task", "rule"),
    [(Multiclass, LabelRule.CENTRE), (Multilabel, LabelRule.PRESENT), (Segmentation, LabelRule.PIXELS)],
)
def test_samples_are_those_of_each_scene(
    task: type[Task], rule: LabelRule, pair: tuple[list[Path], list[Path]]
) -> None:
    alone = [
        SceneSamples(open_scene(scene), labels, patch=8, task=task, rule=rule)
        for scene, labels in zip(*pair, strict=True)
    ]
    model = "unet" if rule.of_pixels else "lenet"
    joined = gather(specify(pair[0], model, labels=pair[1], patch=8, task=task.name, label_rule=rule))
    assert [c.value for c in joined.task.classes] == [1, 2, 7]
    first = len(alone[0].strata)
    rng = np.random.default_rng(0)
    for part, members in joined.parts.items():
        assert len(members) == sum(len(one.parts[part]) for one in alone)
        some = rng.choice(members, 20)
        for n, targets, values in zip(some, joined.targets(some), joined.values(some), strict=True):
            scene, own = (0, n) if n < first else (1, n - first)
            np.testing.assert_array_equal(values, alone[scene].values(np.array([own]))[0])
            theirs = alone[scene].targets(np.array([own]))[0]
            if task is Multilabel:
                assert targets.tolist() == (theirs.tolist() if scene == 0 else [0, *theirs])
            else:
                known = theirs >= 0
                assert ((targets - theirs)[known] == (0 if scene == 0 else 1)).all()
                assert (np.asarray(targets)[~known] == -1).all()
        groups = joined.groups(members)
        assert not set(groups[members < first]) & set(groups[members >= first])


def test_values_share_their_standard(pair: tuple[list[Path], list[Path]]) -> None:
    alone = [
        SceneSamples(open_scene(scene), open_scene(labels), task=Regression)
        for scene, labels in zip(*pair, strict=True)
    ]
    trained = np.concatenate([one.task.in_unit(one.targets(one.parts["train"])) for one in alone])
    joined = SeveralScenes(alone)
    assert joined.task.target is not None
    assert (joined.task.target.mean, joined.task.target.std) == pytest.approx(
        (trained.mean(), trained.std()), rel=1e-5
    )
    standardised = joined.targets(joined.parts["train"])
    assert standardised.std() == pytest.approx(1, rel=1e-4)


@pytest.mark.slow
def test_a_run_of_several_scenes(pair: tuple[list[Path], list[Path]]) -> None:
    scenes, recipe = [open_scene(scene) for scene in pair[0]], {"epochs": 2, "epoch_samples": 512}
    run = train(scenes, labels=pair[1], options={"width": 1}, **recipe)  # type: ignore[arg-type]
    assert run.record["split"]["kind"] == "scenes"
    assert evaluate(run, scenes, labels=pair[1]) == run.record["report"]


def test_scenes_that_do_not_belong_together(pair: tuple[list[Path], list[Path]]) -> None:
    def says(scenes: list[Any], labels: list[Any]) -> str:
        with pytest.raises(ConvistaError) as error:
            train(scenes, labels=labels)
        return str(error.value)

    scenes, labels = pair
    assert says(list(scenes), labels[:1]) == (
        "There are 2 scenes and 1 label. Give labels for each scene, in the same order."
    )
    renamed = [open_scene(scenes[0]), open_scene(scenes[1], bands=["red", "nir"])]
    assert "Scene 2 has the bands red, nir, and the first band1, band2" in says(renamed, labels)
    sensors = [open_scene(scenes[0]), open_scene(scenes[1], sensor="landsat-8")]
    assert "Scene 2 is from sensor landsat-8, and the first from None" in says(sensors, labels)
    named = [open_labels(labels[0], {2: "water"}), open_labels(labels[1], {2: "ice"})]
    assert "Class 2 has two names: water, ice" in says(list(scenes), named)
