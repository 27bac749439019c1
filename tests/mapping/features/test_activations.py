"""Maps of layers: the same as every window by itself, blended, whatever patch, stride, layer and nodata are."""

from __future__ import annotations

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch import nn

from convista.errors import ConvistaError, ConvistaWarning
from convista.mapping import MapModel, map_activations, map_model
from convista.mapping.engine import tiling as windows_module
from convista.mapping.engine.tiling import Tiling
from convista.mapping.features.layer_geometry import span_of
from convista.models.feature_extraction import LayerOutput
from convista.scenes import Scene, Window, open_scene

PIXEL = 30


def opened(folder: Path, values: NDArray[np.float32]) -> Scene:
    bands, rows, columns = values.shape
    with rasterio.open(
        folder / "s.tif", "w", driver="GTiff", count=bands, height=rows, width=columns, dtype="float32", nodata=-9,
        crs="EPSG:32630", transform=Affine(PIXEL, 0, 500_000, 0, -PIXEL, 4_000_000),
    ) as file:  # fmt: skip
        file.write(values)
    return open_scene(folder / "s.tif", bands=["red", "nir"])


def network_of(kernel: int, stride: int, padding: int, pool: bool, second: bool) -> nn.Sequential:
    """A strided convolution, perhaps a pool and another convolution, and an answer for the patch."""
    torch.manual_seed(kernel * 100 + stride)
    layers: list[nn.Module] = [nn.Conv2d(2, 3, kernel, stride, padding), nn.ReLU()]
    layers += [nn.MaxPool2d(2, ceil_mode=True)] if pool else []
    layers += [nn.Conv2d(3, 3, 3, stride, 1)] if second else []
    return nn.Sequential(nn.Sequential(*layers), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 2))


def window_by_window(model: MapModel, scene: Scene, overlap: float) -> NDArray[np.float64] | None:
    """Map the first layer as slowly and plainly as it can be said; NaN is nodata."""
    cut = LayerOutput(model.network, "network.0")
    span = span_of(cut, 2, model.patch)
    if span is None:
        return None
    layout = Tiling(scene.shape, model.patch, overlap, span.step, span.elements, span.first)
    down, across = layout.rows, layout.columns
    sums = np.zeros((3, down.length + down.size, across.length + across.size))
    for row, tall in zip(down.starts, down.weights, strict=True):
        for column, wide in zip(across.starts, across.weights, strict=True):
            first = row * span.step - layout.margin, column * span.step - layout.margin
            pixels = scene.read(Window(*first, model.patch, model.patch), model.band_names)
            with torch.no_grad():
                made = cut(model.standardise(pixels)[None])[0].numpy()
            sums[:, row : row + down.size, column : column + across.size] += made * np.outer(tall, wide)
    cut.release()
    blended = sums[:, : down.length, : across.length]
    masked: NDArray[np.bool_] = np.any(np.ma.getmaskarray(scene.read(bands=model.band_names)), axis=0)
    for row in range(down.length):
        for column in range(across.length):
            cell = (
                slice(row * span.step, (row + 1) * span.step),
                slice(column * span.step, (column + 1) * span.step),
            )
            if masked[cell].all():
                blended[:, row, column] = np.nan
    return blended


@pytest.mark.slow
@settings(max_examples=30)
@given(st.data())
def test_a_map_of_a_layer_is_every_window_by_itself_blended(data: st.DataObject) -> None:
    draw = data.draw
    patch, shape = draw(st.integers(9, 21)), (draw(st.integers(4, 60)), draw(st.integers(4, 60)))
    kernel = draw(st.integers(1, 5))
    network = network_of(
        kernel, draw(st.integers(1, 3)), draw(st.integers(0, kernel // 2)), draw(st.booleans()), draw(st.booleans())
    ).eval()
    model = map_model(network, ["red", "nir"], patch=patch, classes=["a", "b"], activation="softmax")
    values = np.random.default_rng(1).normal(size=(2, *shape)).astype(np.float32)
    for _ in range(draw(st.integers(0, 3))):  # islands, at the borders as well
        row, column = draw(st.integers(0, shape[0] - 1)), draw(st.integers(0, shape[1] - 1))
        tall, wide = draw(st.integers(1, 30)), draw(st.integers(1, 30))
        values[:, row : row + tall, column : column + wide] = -9
    overlap = draw(st.sampled_from([0.0, 0.25, 0.6, 0.9]))
    pieces = draw(st.sampled_from([1, windows_module.PIECE_PIXELS]))
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(windows_module, "PIECE_PIXELS", pieces)
        scene = opened(Path(folder), values)
        expected = window_by_window(model, scene, overlap)
        assume(expected is not None)
        with warnings.catch_warnings():
            # Islands may leave no pixel, which the map says and which is not asked here.
            warnings.simplefilter("ignore", ConvistaWarning)
            path = map_activations(model, scene, "network.0", Path(folder) / "a.tif", overlap=overlap)
        with rasterio.open(path) as file:
            shown = file.read()
        scene.close()
    assert expected is not None
    np.testing.assert_array_equal(np.isnan(shown), np.isnan(expected))
    np.testing.assert_allclose(shown, expected, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("patch", [15, 16, 17])
def test_nodata_has_the_share_that_it_has_in_the_scene(patch: int, tmp_path: Path) -> None:
    values = np.ones((2, 50, 50), np.float32)
    values[:, 10:30, 10:30] = -9
    model = map_model(network_of(3, 2, 1, False, False), ["red", "nir"], patch=patch, classes=["a", "b"])
    with rasterio.open(map_activations(model, opened(tmp_path, values), "network.0", tmp_path / "a.tif")) as file:
        assert np.isnan(file.read(1)).mean() == pytest.approx(0.16, abs=1e-9)


@pytest.mark.parametrize(
    "uneven",
    [
        nn.Upsample(scale_factor=2), nn.ConvTranspose2d(2, 2, 2, 2), nn.Upsample(scale_factor=1.5),
        nn.Upsample(scale_factor=2, mode="bilinear"), nn.AdaptiveAvgPool2d(3),
    ],
)  # fmt: skip
def test_a_layer_whose_elements_are_no_whole_pixels_is_refused(uneven: nn.Module, tmp_path: Path) -> None:
    network = nn.Sequential(uneven, nn.AdaptiveAvgPool2d(1), nn.Flatten())
    model = map_model(network, ["red", "nir"], patch=8)
    scene = opened(tmp_path, np.ones((2, 20, 20), np.float32))
    with pytest.raises(
        ConvistaError, match=r"of layer “network\.0” do not lie a whole number of pixels apart in a patch"
    ):
        map_activations(model, scene, "network.0", tmp_path / "a.tif")
    assert [file.name for file in tmp_path.iterdir()] == ["s.tif"]
