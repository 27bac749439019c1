from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
import rasterio

from convista.errors import ConvistaError
from convista.scenes import SAMPLE_CLASSES, SimulatedScene, open_labels, open_scene, sample_scene


@pytest.fixture(scope="module")
def sample() -> SimulatedScene:
    return sample_scene(3, height=192, width=256)


def test_a_scene_and_labels_on_one_grid(sample: SimulatedScene) -> None:
    assert sample.scene.band_names == ("blue", "green", "red", "nir", "swir16", "swir22")
    assert sample.scene.shape == (192, 256)
    assert sample.scene.grid.resolution == pytest.approx((10, 10))
    assert sample.labels.grid == sample.scene.grid
    assert sample.labels.classes == SAMPLE_CLASSES
    assert {band.scale for band in sample.scene.bands} == {0.0001}
    assert repr(sample.scene).startswith("<Scene simulated-3")


def test_the_same_pixels_lack_data_and_labels(sample: SimulatedScene) -> None:
    masked = sample.scene.read().mask
    assert (masked == sample.labels.read().mask).all()
    assert 0.01 < masked.mean() < 0.1


@pytest.mark.parametrize("seed", range(5))
def test_every_class_has_its_part(seed: int) -> None:
    labels = sample_scene(seed, height=160, width=160).labels.read()
    shares = [(labels == c.value).mean() for c in SAMPLE_CLASSES]
    assert min(shares) > 0.005
    assert max(shares) < 0.75


def test_reflectance_is_plausible(sample: SimulatedScene) -> None:
    values, labels = sample.scene.read(), sample.labels.read()
    assert values.min() > 0
    assert values.max() < 1
    blue, green, red, nir, swir16, _ = values
    vegetation = (nir - red) / (nir + red)
    assert vegetation[labels == 2].mean() > 0.6
    assert vegetation[labels == 1].mean() < 0
    assert swir16[labels == 4].mean() > green[labels == 4].mean() > blue[labels == 4].mean()


def test_neither_trivial_nor_hopeless(sample: SimulatedScene) -> None:
    values, labels = sample.scene.read(), sample.labels.read()
    pixels, truth = values.data[:, ~labels.mask], labels.compressed()
    means = np.stack([pixels[:, truth == c.value].mean(axis=1) for c in SAMPLE_CLASSES])
    distance = ((pixels.T[:, None] - means) ** 2 / pixels.var(axis=1)).sum(axis=2)
    found = np.array([c.value for c in SAMPLE_CLASSES])[distance.argmin(axis=1)]
    assert 0.5 < (found == truth).mean() < 0.9


def test_one_seed_one_scene() -> None:
    one, same, other = (sample_scene(seed, height=64, width=48) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.scene.read().data, same.scene.read().data)
    np.testing.assert_array_equal(one.labels.read().data, same.labels.read().data)
    assert (one.scene.read().data != other.scene.read().data).any()


def test_a_sample_in_a_folder_is_the_one_in_memory(tmp_path: Path) -> None:
    kept, held = sample_scene(1, height=64, width=64, folder=tmp_path), sample_scene(1, height=64, width=64)
    np.testing.assert_array_equal(kept.scene.read().data, held.scene.read().data)
    scene, labels = open_scene(tmp_path / "scene.tif"), open_labels(tmp_path / "labels.tif")
    assert (scene.bands, labels.classes) == (held.scene.bands, held.labels.classes)
    with rasterio.open(tmp_path / "scene.tif") as dataset:
        assert dataset.tags()["SIMULATED"] == "YES"
        assert "not real imagery" in dataset.tags()["DESCRIPTION"]


def test_a_sample_in_memory_can_be_pickled(sample: SimulatedScene) -> None:
    copy = pickle.loads(pickle.dumps(sample))
    np.testing.assert_array_equal(copy.scene.read().data, sample.scene.read().data)


def test_what_cannot_be_simulated(tmp_path: Path) -> None:
    with pytest.raises(ConvistaError, match="at least 32×32 pixels, and 16×64 was asked for"):
        sample_scene(height=16, width=64)
    with pytest.raises(ConvistaError, match=r"the folder .*none does not exist"):
        sample_scene(folder=tmp_path / "none")
