from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convista import language
from convista.errors import ConvistaError
from convista.learning.data.scene_samples import SceneSamples
from convista.learning.data.statistics import band_statistics
from convista.learning.tasks.binary import Binary
from convista.learning.tasks.label_rule import LabelRule, rule_named
from convista.learning.tasks.multilabel import Multilabel
from convista.learning.tasks.regression import Regression
from convista.learning.tasks.segmentation import Segmentation
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
    assert [c.value for c in samples.task.classes] == [1, 2, 7]
    assert set(samples.strata.tolist()) == {-1, 0, 1, 2}


def test_nodata_is_no_sample(land: tuple[Path, Path]) -> None:
    labels = SceneSamples(open_scene(land[0]), land[1], patch=4, block=16).strata.reshape(160, 128)
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
    in_test = (digits == 2).repeat(16, 0).repeat(16, 1).ravel() & (samples.strata >= 0)
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
    samples = SceneSamples(open_scene(scene), truth, patch=3, rule=LabelRule.MAJORITY, block=4)
    found = samples.strata.reshape(24, 24)
    assert found[4, 4] == 0
    assert found[20, 5] == 0
    assert found[10, 11] == 0
    assert found[10, 12] == 1


def test_mistakes_are_told(land: tuple[Path, Path], raster: Write) -> None:
    scene = open_scene(land[0])
    alone = raster("one.tif", np.ones((1, 160, 128), np.uint8), 255)
    with pytest.raises(ConvistaError, match="the labels hold 1 of the two classes that"):
        SceneSamples(scene, alone)
    with pytest.raises(ConvistaError, match=r"no label rule 'corner'\. Choose one of these: centre, majority"):
        rule_named("corner")
    split = SceneSamples(scene, land[1], patch=4).split | {"shape": [10, 10]}
    with pytest.raises(
        ConvistaError, match="The scene has 160 rows and 128 columns, and that of the training 10 and"
    ):
        SceneSamples(scene, land[1], patch=4, split=split)


def told(scene: Path, labels: Path, **options: Any) -> tuple[str, str]:
    """Return what is said of a mistake, in English and Spanish."""
    with pytest.raises(ConvistaError) as error:
        SceneSamples(open_scene(scene), labels, **options)
    english = str(error.value)
    language.use("es")
    spanish = str(error.value)
    language.use("en")
    return english, spanish


def test_labels_without_a_place_are_not_guessed_onto_a_scene(raster: Write, tmp_path: Path) -> None:
    scene, labels = raster("s.tif", np.ones((1, 20, 30), np.uint8)), tmp_path / "l.png"
    Image.fromarray(np.arange(600, dtype=np.uint8).reshape(20, 30) % 3).save(labels)
    english, spanish = told(scene, labels)
    assert english == (
        f"Of the scene and {labels} only one says where it lies (CRS: EPSG:32630, –), so their pixels "
        "cannot be matched. Give both a CRS (gdal_edit.py -a_srs), or neither."
    )
    assert spanish.startswith(f"De la escena y de {labels} solo una dice dónde está (CRS: EPSG:32630, –)")


@pytest.mark.parametrize("patch", [5, 8])
def test_every_pixel_of_a_part_is_scored_once(land: tuple[Path, Path], patch: int) -> None:
    samples = SceneSamples(
        open_scene(land[0]), land[1], patch=patch, task=Segmentation, rule=LabelRule.PIXELS, block=20
    )
    seen = np.zeros((160, 128), int)
    for part in ("train", "validation", "test"):
        members = samples.scored(part)
        targets = samples.scored_targets(members, part)
        rows, columns = np.divmod(members, 128)
        for row, column, target in zip(rows, columns, targets, strict=True):
            for u, v in np.argwhere(target >= 0):
                at = row - patch // 2 + u, column - patch // 2 + v
                assert samples.strata[at[0] * 128 + at[1]] == target[u, v]
                seen[at] += 1
        kept = np.zeros(seen.size, bool)
        kept[samples.parts[part]] = True
        if part == "test":
            assert (seen[kept.reshape(seen.shape)] == 1).mean() > 0.9
    assert seen.max() == 1


def test_pixels_outside_the_scene_and_masked_ones_are_unknown(land: tuple[Path, Path]) -> None:
    samples = SceneSamples(open_scene(land[0]), land[1], patch=8, task=Segmentation, rule=LabelRule.PIXELS)
    (corner,) = samples.targets(np.array([0]))
    assert (corner[:4] == -1).all()
    assert (corner[:, :4] == -1).all()
    (masked,) = samples.targets(np.array([7 * 128 + 20]))
    assert (masked[2:6] == -1).all()


def test_several_labels_are_those_present(raster: Write) -> None:
    labels = np.ones((1, 24, 24), np.uint8)
    labels[0, :, 12:] = 2
    scene, truth = raster("s.tif", np.ones((1, 24, 24), np.uint8)), raster("l.tif", labels, 255)
    samples = SceneSamples(open_scene(scene), truth, patch=3, task=Multilabel, rule=LabelRule.PRESENT, block=4)
    at = np.array([10, 11, 12, 13]) + 5 * 24
    assert samples.targets(at).tolist() == [[1, 0], [1, 1], [1, 1], [0, 1]]


def test_values_are_standardised_by_those_trained_on(raster: Write) -> None:
    values = np.linspace(100, 900, 32 * 32, dtype=np.float32).reshape(1, 32, 32)
    values[0, 3, 3] = -9999
    scene, truth = raster("s.tif", np.ones((2, 32, 32), np.uint8)), raster("v.tif", values, -9999)
    samples = SceneSamples(open_scene(scene), truth, patch=2, task=Regression, block=8)
    assert samples.task.target is not None
    members = samples.parts["train"]
    trained = values.ravel()[members]
    assert samples.task.target.mean == pytest.approx(trained.mean(), rel=1e-5)
    assert samples.task.target.restore(samples.targets(members)) == pytest.approx(trained, rel=1e-5)
    assert np.isnan(samples.targets(np.array([3 * 32 + 3]))).all()
    assert not set(np.concatenate(list(samples.parts.values()))) & {3 * 32 + 3}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            {"rule": LabelRule.PRESENT},
            "The label rule “present” is not for the task “multiclass”. Choose one of these: centre,",
        ),
        (
            {"task": Multilabel},
            "The label rule “centre” is not for the task “multilabel”. Choose one of these: present",
        ),
        ({"task": Binary, "positive": "ice"}, "There is no class “ice” in the labels. They have: 1, 2, 7."),
    ],
)
def test_questions_that_cannot_be_asked(options: dict[str, Any], says: str, land: tuple[Path, Path]) -> None:
    assert says in told(*land, **options)[0]


def test_no_pixel_with_datum_and_label(raster: Write) -> None:
    values = np.tile(np.array([1, 2], np.uint8), (1, 32, 16))
    labels = raster("l.tif", values, 255)
    empty = raster("s.tif", np.full((2, 32, 32), np.nan, np.float32))
    english, spanish = told(empty, labels, patch=4, block=8)
    assert english.startswith("No pixel of s has both a datum in every band and a label. Check the nodata values")
    assert spanish.startswith("Ningún píxel de s tiene a la vez un dato en cada banda y una etiqueta. Revise el")
    half = np.where(values == 1, np.nan, 5).astype(np.float32)
    english, spanish = told(raster("h.tif", half), labels, patch=4, block=8)
    assert english.startswith("Where the scene has data, the labels hold 1 of the two classes that")
    assert spanish.startswith("Donde la escena tiene datos, las etiquetas tienen 1 de las dos clases que")


def test_labels_that_no_map_can_hold(raster: Write) -> None:
    scene = raster("s.tif", np.ones((1, 32, 32), np.uint8))
    values = np.ones((1, 32, 32), np.uint16)
    values[0, 0, :7] = range(300, 307)
    values[0, 1, 0] = 255
    english, spanish = told(scene, raster("l.tif", values))
    assert english == (
        "The labels hold values that a map cannot keep: 300, 301, 302, 303, 304 …. A map is of bytes, with "
        "classes from 0 to 255. Recode those numbers in the raster of labels; where one is no class, say that it "
        "is “no label” (--label-nodata)."
    )
    assert spanish == (
        "Las etiquetas tienen valores que un mapa no puede guardar: 300, 301, 302, 303, 304 …. Un mapa es de "
        "bytes, con clases de 0 a 255. Cambie esos números en el ráster de etiquetas; si uno no es una clase, diga "
        "que es «sin etiqueta» (--label-nodata)."
    )


def test_a_patch_larger_than_the_scene(land: tuple[Path, Path]) -> None:
    assert told(*land, patch=1000) == (
        (
            "The patch has 1000×1000 pixels and is larger than the scene, of 160 rows and 128 columns. Choose "
            "smaller patches."
        ),
        (
            "El parche es de 1000×1000 píxeles, mayor que la escena, de 160 filas y 128 columnas. Elija parches "
            "más pequeños."
        ),
    )
    assert told(*land, patch=-1)[0] == "The number 'patch' is -1 and must be greater than 0."
