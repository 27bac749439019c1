"""Windows over a scene: their weights, and maps made with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.mapping import MapModel, Tiling, map_model, predict
from convista.mapping.engine.tiling import FLOOR, Axis
from convista.scenes import Scene, open_scene
from convista.scenes.files.open_raster import perhaps_without_georeference

Write = Callable[..., Path]


@given(st.integers(1, 60), st.integers(1, 20), st.data())
def test_weights_sum_to_one_and_fall_towards_inner_borders_only(
    length: int, size: int, data: st.DataObject
) -> None:
    axis = Axis(length, size, data.draw(st.integers(1, size)))
    total = np.zeros(max(length, size))
    for start, weight in zip(axis.starts, axis.weights, strict=True):
        assert (weight > 0).all()
        total[start : start + size] += weight
    np.testing.assert_allclose(total, 1, rtol=1e-6)
    assert axis.starts[0] == 0
    assert axis.starts[-1] == max(0, length - size)
    assert axis.weights[0][0] == axis.weights[-1][-1] == pytest.approx(1)
    for place in range(length):
        votes = axis.windows_at(place)
        assert sum(weight for _, weight in votes) == pytest.approx(1, rel=1e-6)
        assert [k for k, _ in votes] == [k for k, s in enumerate(axis.starts) if s <= place < s + size]


def test_two_overlapping_windows_share_as_a_raised_cosine() -> None:
    first, second = Axis(12, 8, 4).weights
    expected = np.sin(0.5 * np.pi * (np.arange(4) + 0.5) / 4) ** 2
    np.testing.assert_allclose(second[:4], expected, rtol=1e-6)
    np.testing.assert_allclose(first[4:], 1 - expected, rtol=1e-6)
    assert (first[:4] == 1).all()
    assert (second[4:] == 1).all()
    assert min(Axis(10_000, 6_000, 4_000).weights[1]) >= FLOOR / (1 + FLOOR) * 0.99


@settings(max_examples=30)
@given(st.data())
def test_windows_and_their_pieces_cover_the_scene(data: st.DataObject) -> None:
    step = data.draw(st.integers(1, 3))
    side = data.draw(st.integers(1, 6)) * step
    shape = data.draw(st.integers(1, 30)), data.draw(st.integers(1, 30))
    windows = Tiling(shape, side, data.draw(st.floats(0, 0.9)), step)
    seen = np.zeros(shape, int)
    for strip in range(windows.strips):
        for piece in windows.pieces(strip):
            seen[piece.covered.slices] += 1
            batch = windows.cut(piece, torch.zeros(1, 2, piece.read.height, piece.read.width))
            assert batch.shape == (len(piece.columns), 2, side, side)
    assert (seen > 0).all()


class Blurred(nn.Module):
    """A fully convolutional network that sees three pixels to each side."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(2)
        self.conv1, self.conv2 = nn.Conv2d(2, 8, 5, padding=2), nn.Conv2d(8, 3, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        scores: Tensor = self.conv2(self.conv1(x).tanh())
        return scores


def noisy(rows: int, columns: int, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(2, rows, columns)).astype(np.float32)


def opened(raster: Write, values: NDArray[Any], nodata: float | None = None) -> Scene:
    return open_scene(raster("s.tif", values, nodata), bands=["red", "nir"])


def mapped(path: Path) -> NDArray[Any]:
    with rasterio.open(path) as file:
        found: NDArray[Any] = file.read()
    return found


def identity(patch: int, **more: Any) -> MapModel:
    return map_model(nn.Identity(), ["red", "nir"], patch=patch, names=["red", "nir"], **more)


@pytest.mark.parametrize(
    ("overlap", "shape"), [(0.25, (61, 45)), (0.6, (40, 52)), (0.0, (33, 32)), (0.9, (20, 25))]
)
def test_identity_gives_the_scene_back_to_the_bit(
    raster: Write, tmp_path: Path, overlap: float, shape: tuple[int, int]
) -> None:
    values = noisy(*shape) * np.float32(1e-3) + np.float32(7.1)
    scene = opened(raster, values)
    out = predict(identity(16, unit="K"), scene, tmp_path / "m.tif", overlap=overlap, coarse=False)
    assert mapped(out).tobytes() == values.tobytes()
    with rasterio.open(out) as file:
        assert file.units == ("K", "K")
        assert file.descriptions == ("red", "nir")
        assert np.isnan(file.nodata)
        assert (file.transform, file.crs) == (scene.transform, scene.crs)


def test_windows_equal_the_whole_image_away_from_borders(raster: Write, tmp_path: Path) -> None:
    values = noisy(90, 75)
    network = Blurred().eval()
    model = map_model(network, ["red", "nir"], patch=32, names=["a", "b", "c"])
    made = mapped(predict(model, opened(raster, values), tmp_path / "m.tif", overlap=0.5, coarse=False))
    with torch.no_grad():
        whole = network(torch.from_numpy(values)[None])[0].numpy()
    # A window is wrong in its outermost three pixels; there its weight is small, but not 0.
    inner = np.ones((90, 75), bool)
    for starts, axis in ((Axis(90, 32, 16).starts, 0), (Axis(75, 32, 16).starts, 1)):
        for start in starts:
            near = [n for edge in (start, start + 32) for n in range(edge - 3, edge + 3)]
            picked = [n for n in near if 0 <= n < inner.shape[axis] and start + (start + 32 in near) * 32 > 0]
            inner[(picked, slice(None)) if axis == 0 else (slice(None), picked)] = False
    assert inner.sum() > 1000
    np.testing.assert_allclose(made[:, inner], whole[:, inner], rtol=1e-5, atol=1e-6)
    assert np.abs(made - whole).max() < 0.2


def test_there_is_no_seam(raster: Write, tmp_path: Path) -> None:
    """Steps between neighbouring rows are no larger at the borders of windows than elsewhere."""
    values = noisy(160, 160, 4).cumsum(axis=1).cumsum(axis=2) / 40
    network = nn.Sequential(nn.Conv2d(2, 4, 9, padding=4), nn.ReLU(), nn.Conv2d(4, 1, 9, padding=4))
    torch.manual_seed(0)
    model = map_model(network, ["red", "nir"], patch=32, names=["v"])
    steps = {}
    for overlap in (0.0, 0.5):
        made = mapped(predict(model, opened(raster, values), tmp_path / "m.tif", overlap=overlap))[0]
        jumps = np.abs(np.diff(made, axis=0)).mean(axis=1)
        borders = sorted({s - 1 for s in Axis(160, 32, 32 if overlap == 0 else 16).starts if s})
        elsewhere = np.delete(jumps, borders)
        steps[overlap] = jumps[borders].mean() / elsewhere.mean()
    assert steps[0.0] > 1.5  # the statistic does see seams
    assert steps[0.5] < 1.15


@pytest.mark.slow
@settings(max_examples=25)
@given(
    rows=st.integers(1, 24),
    columns=st.integers(1, 24),
    overlap=st.sampled_from([0.0, 0.25, 0.7]),
    s=st.integers(1, 8),
)
def test_every_size_from_one_pixel_to_three_patches(
    tmp_path_factory: pytest.TempPathFactory, rows: int, columns: int, overlap: float, s: int
) -> None:
    folder = tmp_path_factory.mktemp("sizes")
    values = noisy(rows, columns)
    with rasterio.open(
        folder / "s.tif", "w", driver="GTiff", count=2, height=rows, width=columns, dtype="float32",
        crs="EPSG:32630", transform=rasterio.Affine(10, 0, 0, 0, -10, 0),
    ) as file:  # fmt: skip
        file.write(values)
    scene = open_scene(folder / "s.tif", bands=["red", "nir"])
    out = predict(identity(8), scene, folder / "m.tif", overlap=overlap, coarse=False)
    assert mapped(out).tobytes() == values.tobytes()
    centre = map_model(Centre(), ["red", "nir"], patch=9, names=["red", "nir"])
    made = mapped(predict(centre, scene, folder / "c.tif", stride=s, coarse=False))
    row, column = (np.arange(n) // s * s + s // 2 for n in (rows, columns))
    padded = np.pad(values, ((0, 0), (0, 9), (0, 9)))
    np.testing.assert_array_equal(made, padded[:, row][:, :, column])
    if s < 3:
        dense = map_model(SUMS, ["red", "nir"], patch=9, names=["a", "b"])
        made = mapped(predict(dense, scene, folder / "d.tif", stride=s, coarse=False))
        with torch.no_grad():
            sums = SUMS[0](torch.from_numpy(np.pad(values, ((0, 0), (4, 12), (4, 12)))))
        np.testing.assert_allclose(made, sums.numpy()[:, row][:, :, column], rtol=1e-4, atol=1e-5)
    scene.close()


torch.manual_seed(4)
SUMS = nn.Sequential(nn.Conv2d(2, 2, 9), nn.Flatten())
"""Answers a patch of 9 × 9 pixels; can be made dense."""
GRIDS = {
    "rotated": ("EPSG:32630", rasterio.Affine(8, 6, 500_000, 6, -8, 4_000_000)),
    "south up": ("EPSG:32630", rasterio.Affine(10, 0, 500_000, 0, 10, 4_000_000)),
    "degrees, pixels not square": ("EPSG:4326", rasterio.Affine(0.00012, 0, 13.4, 0, -0.00009, 45.8)),
    "across the antimeridian": ("EPSG:4326", rasterio.Affine(0.01, 0, 179.8, 0, -0.01, -16)),
    "no CRS": (None, rasterio.Affine(1, 0, 0, 0, 1, 0)),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", ["windows", "dense"])
def test_a_grid_of_any_kind_is_kept_and_changes_no_number(raster: Write, tmp_path: Path, way: str) -> None:
    scene = opened(raster, noisy(40, 44))
    model = identity(16) if way == "windows" else map_model(SUMS, ["red", "nir"], patch=9, names=["a", "b"])
    expected = mapped(predict(model, scene, tmp_path / "m.tif", coarse=False))
    for crs, transform in GRIDS.values():
        with perhaps_without_georeference(), rasterio.open(
            tmp_path / "g.tif", "w", driver="GTiff", count=2, height=40, width=44, dtype="float32", crs=crs,
            transform=transform,
        ) as file:  # fmt: skip
            file.write(noisy(40, 44))
        with open_scene(tmp_path / "g.tif", bands=["red", "nir"]) as elsewhere:
            predict(model, elsewhere, tmp_path / "g-map.tif", coarse=False)
        with perhaps_without_georeference(), rasterio.open(tmp_path / "g-map.tif") as file:
            assert (file.crs, file.transform) == (crs, transform)
            assert file.read().tobytes() == expected.tobytes()


@pytest.mark.slow
@pytest.mark.parametrize(("patch", "stride"), [(9, 1), (9, 3), (16, 4)])
def test_a_scene_moved_by_the_stride_gives_the_map_moved(
    raster: Write, tmp_path: Path, patch: int, stride: int
) -> None:
    values, moved = noisy(60, 50), 2 * stride
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(2, 4, 5, stride=2), nn.ReLU(), nn.AdaptiveMaxPool2d(1), nn.Flatten())
    model = map_model(network, ["red", "nir"], patch=patch, names=list("abcd"))
    made = mapped(predict(model, opened(raster, values), tmp_path / "m.tif", stride=stride, coarse=False))
    with open_scene(raster("cut.tif", values[:, moved:, moved:]), bands=["red", "nir"]) as cut:
        there = mapped(predict(model, cut, tmp_path / "c.tif", stride=stride, coarse=False))
    inner = slice(patch, -patch)  # nearer to the border patches see what lies outside
    np.testing.assert_allclose(
        there[:, inner, inner], made[:, moved:, moved:][:, inner, inner], rtol=1e-5, atol=1e-6
    )
    assert np.abs(there[:, inner, inner] - made[:, :-moved, :-moved][:, inner, inner]).max() > 0.1


class Centre(nn.Module):
    """Answers with the pixel at the centre."""

    def forward(self, x: Tensor) -> Tensor:
        return x[:, :, x.shape[2] // 2, x.shape[3] // 2]


def test_nodata_islands_stay_empty_and_do_not_leak(raster: Write, tmp_path: Path) -> None:
    values = noisy(50, 64) + 5
    values[0, 10:14, 20:33] = values[1, 30, 40:] = values[:, :20, :10] = -9
    empty = (values == -9).any(axis=0)
    made = mapped(predict(identity(16), opened(raster, values, -9), tmp_path / "m.tif", overlap=0.25, coarse=False))
    assert (np.isnan(made) == empty).all()
    assert (made[:, ~empty] == values[:, ~empty]).all()


def test_probabilities_are_averaged_and_then_the_class_is_taken(raster: Write, tmp_path: Path) -> None:
    values = noisy(40, 40)
    model = map_model(
        Blurred(), ["red", "nir"], patch=16, classes=["water", "forest", "town"], activation="softmax"
    )
    scene = opened(raster, values)
    path = predict(model, scene, tmp_path / "m.tif", overlap=0.5, probabilities="float32")
    classes, probabilities = mapped(path)[0], mapped(tmp_path / "m-probabilities.tif")
    np.testing.assert_allclose(probabilities[:3].sum(axis=0), 1, rtol=1e-5)
    assert (classes == probabilities[:3].argmax(axis=0)).all()
    logs = np.log(probabilities[:3])
    np.testing.assert_allclose(probabilities[3], -(probabilities[:3] * logs).sum(axis=0) / np.log(3), rtol=1e-4)
    ranked = np.sort(probabilities[:3], axis=0)
    np.testing.assert_allclose(probabilities[4], ranked[-1] - ranked[-2], atol=1e-6)
    predict(model, scene, tmp_path / "b.tif", overlap=0.5, probabilities="uint8")
    with rasterio.open(tmp_path / "b-probabilities.tif") as file:
        assert file.scales == pytest.approx((1 / 250,) * 5)
        assert file.descriptions == (
            "probability of water", "probability of forest", "probability of town", "entropy, 0 to 1",
            "margin between the two most probable",
        )  # fmt: skip
        np.testing.assert_allclose(file.read() / 250, probabilities, atol=0.0021)


def test_a_patch_speaks_for_all_its_pixels_where_an_overlap_is_asked_for(raster: Write, tmp_path: Path) -> None:
    """Two patches side by side: in their overlap the mean moves from the one to the other."""

    class Mean(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x.mean((2, 3))[:, :1]

    values = np.zeros((2, 8, 12), np.float32)
    values[0, :, 4:8], values[0, :, 8:] = 2, 6
    model = map_model(Mean(), ["red", "nir"], patch=8, names=["mean"])
    made = mapped(predict(model, opened(raster, values), tmp_path / "m.tif", overlap=0.5))[0]
    rising = np.sin(0.5 * np.pi * (np.arange(4) + 0.5) / 4) ** 2
    np.testing.assert_allclose(made[3], [1] * 4 + list(1 + 3 * rising) + [4] * 4, rtol=1e-5)


def test_binary_labels_and_thresholds(raster: Write, tmp_path: Path) -> None:
    class Two(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            second = x[:, :1].sigmoid()
            return torch.cat([1 - second, second], dim=1)

    values = noisy(20, 20)
    scene = opened(raster, values)
    model = map_model(Two(), ["red", "nir"], patch=8, classes=["land", "water"])
    for threshold in (0.5, 0.8):
        made = mapped(predict(model, scene, tmp_path / "m.tif", threshold=threshold))[0]
        assert (made == (1 / (1 + np.exp(-values[0])) >= threshold)).all()
    labels = map_model(nn.Identity(), ["red", "nir"], patch=8, classes=["a", "b"], activation="sigmoid")
    made = mapped(predict(labels, scene, tmp_path / "l.tif"))
    np.testing.assert_allclose(made / 250, 1 / (1 + np.exp(-values)), atol=0.0021)


def test_an_embedding_is_a_coarser_map(raster: Write, tmp_path: Path) -> None:
    values = noisy(33, 50)
    values[:, :8, :8] = values[:, 16, 16] = -9
    scene = opened(raster, values, -9)
    model = map_model(nn.AdaptiveAvgPool2d(1), ["red", "nir"], patch=8, names=["x", "y"])
    with rasterio.open(predict(model, scene, tmp_path / "e.tif", stride=8)) as file:
        assert file.shape == (5, 7)
        assert file.res == (240, 240)
        made = file.read()
    assert np.isnan(made[:, 0, 0]).all()
    assert np.isnan(made).sum() == 2  # one masked pixel does not empty a cell
    np.testing.assert_allclose(made[:, 1, 1], values[:, 8:16, 8:16].mean(axis=(1, 2)), rtol=1e-5)


def test_mistakes(raster: Write, tmp_path: Path) -> None:
    scene = opened(raster, noisy(20, 20))
    for overlap in (1.0, -0.1):
        with pytest.raises(ConvistaError, match=f"The overlap is {overlap} and must be from 0 and below 1"):
            predict(identity(8), scene, tmp_path / "m.tif", overlap=overlap)
    with pytest.raises(ConvistaError, match=r"Give the overlap \(overlap\), not a stride"):
        predict(identity(8), scene, tmp_path / "m.tif", stride=2)
    with pytest.raises(ConvistaError, match="cannot run on a patch of 1 band and 8×8 pixels"):
        map_model(Blurred(), ["red"], patch=8)
    with pytest.raises(ConvistaError, match="gives 3 numbers and 2 classes were named"):
        map_model(Blurred(), ["red", "nir"], patch=8, classes=["a", "b"])
    with pytest.raises(ConvistaError, match="gives 3 numbers and 1 name was given"):
        map_model(Blurred(), ["red", "nir"], patch=8, names=["a"])
    with pytest.raises(ConvistaError, match=r"answers a patch of 8×8 with a tensor of size \(1, 2, 6, 6\)"):
        map_model(nn.MaxPool2d(3, 1), ["red", "nir"], patch=8)
    with pytest.raises(ConvistaError, match="gives tuple"):
        map_model(nn.AdaptiveMaxPool2d(1, return_indices=True), ["red", "nir"], patch=8)
    with pytest.raises(ConvistaError, match="lacks a band that the model needs: blue"):
        predict(map_model(nn.Identity(), ["red", "blue"], patch=8), scene, tmp_path / "m.tif")
    assert [file.name for file in tmp_path.iterdir()] == ["s.tif"]
