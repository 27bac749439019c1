from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from convista.errors import ConvistaError
from convista.learning.scene_samples import SceneSamples
from convista.learning.statistics import band_statistics
from convista.scenes import Window, open_scene

Write = Callable[..., Path]


def test_a_sample_is_the_patch_around_its_pixel(land: tuple[Path, Path]) -> None:
    scene = open_scene(land[0], bands=["red", "nir"])
    samples = SceneSamples(scene, land[1], bands=["nir"], patch=6, block=16)
    for row, column in ((0, 0), (7, 20), (159, 127)):
        values = samples.values(np.array([row * scene.width + column]))
        expected = scene.read(Window(row - 3, column - 3, 6, 6), ["nir"])
        assert np.array_equal(values[0], expected.filled(np.nan), equal_nan=True)


def test_classes_are_those_that_occur(land: tuple[Path, Path]) -> None:
    samples = SceneSamples(open_scene(land[0]), land[1], patch=4, block=16)
    assert [c.value for c in samples.classes] == [1, 2, 7]
    assert set(samples.labels.tolist()) == {-1, 0, 1, 2}


def test_nodata_is_no_sample(land: tuple[Path, Path]) -> None:
    labels = SceneSamples(open_scene(land[0]), land[1], patch=4, block=16).labels.reshape(160, 128)
    assert (labels[5:9, 3:40] == -1).all()
    assert (labels[100:104] == -1).all()
    assert (labels >= 0).sum() == 160 * 128 - 4 * 37 - 4 * 128


def test_statistics_know_only_the_training_part(land: tuple[Path, Path], raster: Write) -> None:
    scene = open_scene(land[0])
    samples = SceneSamples(scene, land[1], patch=4, block=16)
    values = scene.read().filled(65535).astype(np.uint16)
    elsewhere = ~np.ma.getmaskarray(scene.read())[0].ravel()
    elsewhere[samples.parts["train"]] = False
    values[:, elsewhere.reshape(160, 128)] = 1
    sabotaged = SceneSamples(open_scene(raster("other.tif", values, 65535)), land[1], patch=4, block=16)
    assert (sabotaged.parts["train"] == samples.parts["train"]).all()
    before, after = (band_statistics(s.training_values()) for s in (samples, sabotaged))
    assert (before[0] == after[0]).all()
    assert (before[1] == after[1]).all()
    assert before[0] == pytest.approx(values.reshape(2, -1)[:, samples.parts["train"]].mean(axis=1), rel=1e-6)


def test_parts_hold_every_test_pixel_with_a_label(land: tuple[Path, Path]) -> None:
    samples = SceneSamples(open_scene(land[0]), land[1], patch=4, block=16)
    digits = np.array([[int(d) for d in row] for row in samples.split["assignment"]])
    in_test = (digits == 2).repeat(16, 0).repeat(16, 1).ravel() & (samples.labels >= 0)
    assert (samples.parts["test"] == np.flatnonzero(in_test)).all()
    assert samples.split["blocks"] == {"train": 48, "validation": 12, "test": 20}


def test_the_record_splits_again(land: tuple[Path, Path]) -> None:
    scene = open_scene(land[0])
    first = SceneSamples(scene, land[1], patch=4, block=16, seed=5)
    again = SceneSamples(scene, land[1], patch=4, split=first.split)
    assert all((first.parts[p] == again.parts[p]).all() for p in first.parts)


def test_majority_counts_the_labels_of_the_patch(raster: Write) -> None:
    labels = np.ones((1, 24, 24), np.uint8)
    labels[0, :, 12:] = 2
    labels[0, 4, 4] = 2
    labels[0, 20, 2:] = 255
    scene, truth = raster("s.tif", np.ones((1, 24, 24), np.uint8)), raster("l.tif", labels, 255)
    samples = SceneSamples(open_scene(scene), truth, patch=3, rule="majority", block=4)
    found = samples.labels.reshape(24, 24)
    assert found[4, 4] == 0
    assert found[20, 5] == 0
    assert found[10, 11] == 0
    assert found[10, 12] == 1


def test_mistakes_are_told(land: tuple[Path, Path], raster: Write) -> None:
    scene = open_scene(land[0])
    elsewhere = raster("east.tif", np.ones((1, 160, 128), np.uint8), 255, east=30)
    alone = raster("one.tif", np.ones((1, 160, 128), np.uint8), 255)
    with pytest.raises(ConvistaError) as error:
        SceneSamples(scene, elsewhere)
    assert str(error.value) == (
        "The scene scene and the labels are not on the same grid, so their pixels do not correspond. They "
        "differ in "
        "(scene, labels): origin x, y (500000, 4000000, 500030, 4000000). Bring the labels to the scene's grid "
        "(gdalwarp -r near)."
    )
    with pytest.raises(ConvistaError, match="the labels hold 1 of the two classes that it takes at least"):
        SceneSamples(scene, alone)
    with pytest.raises(ConvistaError, match=r"no label rule 'corner'\. Choose one of these: centre, majority"):
        SceneSamples(scene, land[1], rule="corner")
    split = SceneSamples(scene, land[1], patch=4).split | {"shape": [10, 10]}
    with pytest.raises(
        ConvistaError, match="The scene has 160 rows and 128 columns, and that of the training 10 and"
    ):
        SceneSamples(scene, land[1], patch=4, split=split)
