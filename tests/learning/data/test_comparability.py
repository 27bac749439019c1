"""Imagery whose values mean something else than those of the training is not taken in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.learning import Run, evaluate, open_run, train
from convista.learning.data.comparability import far_bands
from convista.scenes import Scene, open_scene

Write = Callable[..., Path]
FEW: dict[str, Any] = {"epochs": 1, "epoch_samples": 64, "batch": 32, "options": {"width": 1}}


def reflectances(seed: int = 0, shape: tuple[int, int] = (96, 80)) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Make red and near infrared of three classes, 0 … 0.4, and the classes."""
    rng = np.random.default_rng(seed)
    labels = np.kron(rng.choice([1, 2, 3], (shape[0] // 8, shape[1] // 8)), np.ones((8, 8))).astype(np.uint8)
    values = 0.1 * labels[None] * np.array([0.5, 1])[:, None, None] + rng.normal(0, 0.01, (2, *labels.shape))
    return values.clip(0.001, 1), labels


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run on reflectances, float32."""
    folder = tmp_path_factory.mktemp("run")
    values, labels = reflectances()
    for name, array in (("scene", values.astype(np.float32)), ("labels", labels[None])):
        with rasterio.open(
            folder / f"{name}.tif", "w", driver="GTiff", count=len(array), height=96, width=80, dtype=array.dtype,
            crs="EPSG:32630", transform=Affine(30, 0, 500_000, 0, -30, 4_000_000),
        ) as file:  # fmt: skip
            file.write(array)
    scene = open_scene(folder / "scene.tif", bands=["red", "nir"])
    return train(scene, labels=folder / "labels.tif", out=folder / "run", **FEW)


@pytest.mark.parametrize(
    ("factor", "dtype", "told"),
    [
        (10_000, "uint16", "red goes from"),
        (255, "uint8", "red goes from"),
        (1e-4, "float32", "red goes from 0.00000"),
        (100, "float32", "nir goes from"),
    ],
)
def test_another_range_of_numbers_is_told(run: Run, raster: Write, factor: float, dtype: str, told: str) -> None:
    path = raster("s.tif", (reflectances(1)[0] * factor).astype(dtype))
    scene = open_scene(path, bands=["red", "nir"])
    with pytest.raises(ConvistaError) as error:
        run.check(scene)
    assert error.value.key == "learning.values_far"
    assert told in str(error.value)
    assert "percentiles 5 and 95), and in training it was 0.107 ± 0.0446" in str(error.value)
    run.check(scene, by_name=True)


def test_landscapes_that_differ_are_not_held_for_another_range(run: Run, raster: Write) -> None:
    values = reflectances(2)[0]
    for name, other in {
        "dark": values * 0.2,
        "bright": values * 2 + 0.05,
        "flat": values[:, :1, :1] + 0 * values,
    }.items():
        run.check(open_scene(raster(f"{name}.tif", other.astype(np.float32)), bands=["red", "nir"]))


def test_what_is_masked_or_hardly_there_tells_nothing() -> None:
    mean, std = np.zeros(1, np.float32), np.ones(1, np.float32)
    values = np.full((1, 500), 1e6)
    assert [far.band for far in far_bands(["red"], values, mean, std)] == ["red"]
    values[:, 63:] = np.nan
    assert far_bands(["red"], values, mean, std) == []


def test_a_sample_is_taken_all_over_the_scene(raster: Write) -> None:
    rows, columns = np.mgrid[:300, :200]
    scene = open_scene(raster("s.tif", np.stack([rows, columns]).astype(np.uint16)), bands=["r", "c"])
    values = scene.sample()
    assert values.shape == (2, 16 * 16 * 16)
    assert values.min(axis=1).tolist() == [0, 0]
    assert values.max(axis=1).tolist() == [299, 199]
    small = open_scene(raster("t.tif", np.ones((2, 3, 5), np.uint8)), bands=["r", "c"])
    assert small.sample().shape == (2, 15)


@pytest.mark.slow
def test_what_training_was_told_to_be_no_datum_is_asked_for_again(raster: Write, tmp_path: Path) -> None:
    values, labels = reflectances()
    values[:, :20] = 0
    imagery = (values * 10_000).astype(np.uint16)
    path, cover = raster("s.tif", imagery), raster("l.tif", labels[None])
    train(open_scene(path, bands=["red", "nir"], nodata=0), labels=cover, out=tmp_path / "run", **FEW)
    run = open_run(tmp_path / "run")
    assert [(b.nodata, b.nodata_stated) for b in run.bands] == [(0, True)] * 2

    def opened(file: Path, **given: Any) -> Scene:
        return open_scene(file, bands=["red", "nir"], **given)

    with pytest.raises(ConvistaError) as error:
        run.check(opened(path))
    assert str(error.value) == (
        "The training was told that in band red the value 0 is no datum, and the scene s does not say so. Say it "
        "again when opening it (nodata, --nodata 0); if all its values are data, --nodata nan."
    )
    run.check(opened(path), by_name=True)
    run.check(opened(path, nodata=0))
    run.check(opened(path, nodata=float("nan")))
    run.check(opened(raster("tagged.tif", imagery, 0)))
    with pytest.raises(ConvistaError, match=r"the scene other does not say so"):
        run.check(opened(raster("other.tif", imagery, 7)))
    with rasterio.open(raster("masked.tif", imagery), "r+") as file:
        file.write_mask(values[0] > 0)
    run.check(opened(tmp_path / "masked.tif"))
    evaluate(run, opened(path, nodata=0), labels=cover)


def test_a_mask_that_training_was_told_of_is_asked_for_again(raster: Write, tmp_path: Path) -> None:
    values, labels = reflectances()
    imagery = (values * 10_000).astype(np.uint16)
    path, cover = raster("s.tif", imagery), raster("l.tif", labels[None])
    mask = raster("m.tif", (values[:1] > 0.05).astype(np.uint8))
    train(open_scene(path, bands=["red", "nir"], mask=mask), labels=cover, out=tmp_path / "run", **FEW)
    run = open_run(tmp_path / "run")
    assert [band.mask_stated for band in run.bands] == [True, True]
    with pytest.raises(ConvistaError, match=r"told which band or file is the mask of red; for the scene s nothing"):
        run.check(open_scene(path, bands=["red", "nir"]))
    run.check(open_scene(path, bands=["red", "nir"]), by_name=True)
    run.check(open_scene(path, bands=["red", "nir"], mask=mask))
    with rasterio.open(raster("masked.tif", imagery), "r+") as file:
        file.write_mask(values[0] > 0.05)
    run.check(open_scene(tmp_path / "masked.tif", bands=["red", "nir"]))


def test_a_nodata_value_of_the_file_is_not_asked_for(raster: Write) -> None:
    values, labels = reflectances()
    imagery = (values * 10_000).astype(np.uint16)
    tagged = open_scene(raster("s.tif", imagery, 0), bands=["red", "nir"])
    run = train(tagged, labels=raster("l.tif", labels[None]), **FEW)
    assert [(b.nodata, b.nodata_stated) for b in run.bands] == [(None, False)] * 2
    run.check(open_scene(raster("t.tif", imagery), bands=["red", "nir"]))


@pytest.mark.slow
def test_scenes_of_one_training_are_compared_as_a_run_and_a_scene_are(raster: Write) -> None:
    values, labels = reflectances()
    cover = raster("l.tif", labels[None])
    raw = raster("raw.tif", (values * 10_000).astype(np.uint16))
    share = raster("share.tif", values.astype(np.float32))
    names = ["red", "nir"]
    plain, scaled, shares = open_scene(raw, names), open_scene(raw, names, scale=1e-4), open_scene(share, names)

    def trained(*scenes: Scene, **more: Any) -> Run:
        return train(list(scenes), labels=[cover] * len(scenes), **FEW, **more)

    with pytest.raises(ConvistaError) as error:
        trained(scaled, plain)
    assert str(error.value).startswith(
        "The band red of scene 2 is scaled otherwise (×1 +0) than in the first (×0.0001 +0): their values "
    )
    with pytest.raises(
        ConvistaError, match=r"The values of scene 2 lie far from those of the first: red goes from"
    ):
        trained(shares, plain)
    with pytest.raises(
        ConvistaError, match=r"The values of scene 2 lie far from those of the first: red goes from"
    ):
        trained(plain, shares)
    assert trained(shares, plain, by_name=True).record["by_name"]
    assert trained(scaled, open_scene(raw, names, scale=2e-4)).record["epochs"]


def test_bands_are_found_by_meaning(run: Run, raster: Write) -> None:
    values = reflectances()[0].astype(np.float32)
    path = raster("s.tif", np.concatenate([values[1:], values[:1], 5 + values]))
    scene = open_scene(path, bands=["nir08", "red", "swir16", "B9"])
    chosen = run.select(scene)
    assert chosen.band_names == ("red", "nir")
    run.check(chosen)
    run.check(scene)
    np.testing.assert_allclose(chosen.read().filled(np.nan), values, rtol=1e-6)
    with pytest.raises(ConvistaError) as error:
        run.select(open_scene(path, bands=["green", "red", "swir16", "B9"]))
    assert error.value.key == "learning.data.bands_missing"


def test_a_sensor_that_tells_two_bands_apart_does_not_lend_one_for_the_other(run: Run, raster: Write) -> None:
    path = raster("s.tif", reflectances()[0].astype(np.float32))
    narrow = open_scene(path, bands=["red", "nir08"], sensor="sentinel-2")
    with pytest.raises(ConvistaError, match=r"lacks a band that the model needs: nir"):
        replace(run, sensor="sentinel-2").check(narrow)
