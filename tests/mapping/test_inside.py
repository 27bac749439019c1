"""Votes, maps of layers, and searches: the map looked into."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from convista.errors import ConvistaError, ConvistaWarning
from convista.learning import Run
from convista.mapping import PatchGrid, contributions_at, map_activations, map_model, predict, search, weighted_mean
from convista.mapping.features.layer_geometry import Span, span_of
from convista.models import create_model
from convista.models.feature_extraction import LayerOutput
from convista.scenes import Scene, Window, open_scene

Write = Callable[..., Path]
MakeRun = Callable[..., Run]


def noisy(rows: int, columns: int) -> NDArray[np.float32]:
    return np.random.default_rng(1).normal(size=(2, rows, columns)).astype(np.float32) * 40 + 110


@pytest.fixture
def scene(raster: Write) -> Scene:
    return open_scene(raster("s.tif", noisy(70, 60)), bands=["red", "nir"])


def read(path: Path) -> NDArray[Any]:
    with rasterio.open(path) as file:
        found: NDArray[Any] = file.read()
    return found


@pytest.mark.parametrize("overlap", [None, 0.3, 0.6])
def test_the_mean_of_the_votes_is_what_the_map_shows(
    make_run: MakeRun, scene: Scene, tmp_path: Path, overlap: float | None
) -> None:
    run = make_run()
    predict(run, scene, tmp_path / "m.tif", overlap=overlap, probabilities="float32")
    shown = read(tmp_path / "m-probabilities.tif")
    for row, column in ((0, 0), (33, 21), (69, 59), (15, 47)):
        votes = contributions_at(run, scene, *scene.grid.coordinates(row, column), overlap=overlap)
        assert sum(vote.weight for vote in votes) == pytest.approx(1)
        assert [v.weight for v in votes] == sorted((v.weight for v in votes), reverse=True)
        np.testing.assert_allclose(weighted_mean(votes), shown[:3, row, column], rtol=1e-4, atol=1e-6)
    assert len(contributions_at(run, scene, *scene.grid.coordinates(15, 15), overlap=0.6)) >= 4


def test_votes_of_a_network_that_answers_for_every_pixel(scene: Scene, tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = map_model(nn.Conv2d(2, 3, 3, padding=1), ["red", "nir"], patch=16, names=["a", "b", "c"])
    shown = read(predict(model, scene, tmp_path / "m.tif", overlap=0.5, coarse=False))
    for row, column in ((9, 8), (40, 33)):
        votes = contributions_at(model, scene, *scene.grid.coordinates(row, column), overlap=0.5)
        for vote in votes:
            assert vote.place == (row - vote.window.row, column - vote.window.column)
        np.testing.assert_allclose(weighted_mean(votes), shown[:, row, column], rtol=1e-4)


@pytest.mark.parametrize(
    ("network", "patch", "expected"),
    [
        (nn.Conv2d(2, 3, 3, padding=1), 12, Span(12, 1, 0.0)),
        (nn.Conv2d(2, 3, 5), 12, Span(8, 1, 2.0)),
        (nn.MaxPool2d(2), 12, Span(6, 2, 0.0)),
        (nn.Sequential(nn.Conv2d(2, 3, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(3, 4, 5)), 31, Span(9, 2, 6.0)),
        (nn.Conv2d(2, 3, 2, stride=2), 12, Span(6, 2, 0.0)),
        (nn.Sequential(nn.Conv2d(2, 3, 5), nn.MaxPool2d(2), nn.Conv2d(3, 4, 5)), 16, Span(2, 2, 6.0)),
        (nn.Conv2d(2, 3, 3, stride=2, padding=1), 12, Span(6, 2, -0.5)),
        (nn.Sequential(nn.Conv2d(2, 3, 3), nn.AvgPool2d(3, 2)), 13, Span(5, 2, 1.5)),
    ],
)
def test_where_the_elements_of_a_layer_lie(network: nn.Module, patch: int, expected: Span) -> None:
    assert span_of(network, 2, patch) == expected


@pytest.mark.slow
def test_a_field_larger_than_the_patch_divides_it_evenly() -> None:
    network = create_model("resnet18", 2, 3)
    assert span_of(LayerOutput(network, "layer1"), 2, 64) == Span(16, 4, 0.0)
    assert span_of(LayerOutput(network, "layer4"), 2, 64) == Span(2, 32, 0.0)
    unet = create_model("unet", 2, 3, width=2)
    for layer, expected in (("bottom", Span(4, 16, 0.0)), ("head", Span(64, 1, 0.0))):
        assert span_of(LayerOutput(unet, layer), 2, 64) == expected


def test_the_map_of_a_layer_is_what_the_layer_makes_of_the_whole_scene(
    make_run: MakeRun, scene: Scene, tmp_path: Path
) -> None:
    run = make_run(patch=24)
    pixels = run.standardise(scene.read(bands=run.band_names))[None]
    with torch.no_grad():
        first = run.network.conv1(pixels)  # type: ignore[operator]
        second = run.network.pool1(first.relu())[0].numpy()  # type: ignore[operator]
    made = map_activations(run, scene, "conv1", tmp_path / "a.tif")
    with rasterio.open(made) as file:
        assert file.descriptions[:2] == ("conv1 0", "conv1 1")
        assert file.transform == scene.transform  # an element lies on the pixel at the centre of its window
        assert file.shape == scene.shape
        np.testing.assert_allclose(file.read()[:, 2:-2, 2:-2], first[0].numpy(), rtol=1e-3, atol=1e-4)
    made = map_activations(run, scene, "pool1", tmp_path / "p.tif", channels=(4, 1), overlap=0.4)
    with rasterio.open(made) as file:
        assert file.descriptions == ("pool1 4", "pool1 1")
        assert file.res == (60, 60)
        np.testing.assert_allclose(file.read()[:, 1:-1, 1:-1], second[[4, 1]], rtol=1e-3, atol=1e-4)
    assert not run.network.pool1._forward_hooks  # type: ignore[union-attr]


def test_mistakes_about_layers(make_run: MakeRun, scene: Scene, tmp_path: Path) -> None:
    run = make_run()
    with pytest.raises(ConvistaError, match=r"has no layer “conv9”\. It has: conv1, relu1, pool1"):
        map_activations(run, scene, "conv9", tmp_path / "a.tif")
    with pytest.raises(ConvistaError, match="has no channel 6: it has 6, counted from 0"):
        map_activations(run, scene, "conv1", tmp_path / "a.tif", channels=[6])
    with pytest.raises(ConvistaError, match="Layer “dense1” has no rows and columns"):
        map_activations(run, scene, "dense1", tmp_path / "a.tif")
    assert [f.name for f in tmp_path.iterdir()] == ["s.tif"]


class Means(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.mean((2, 3))


def test_a_search_finds_the_places_like_this_one(raster: Write, tmp_path: Path) -> None:
    """Three fields of the same mixture of bands, one of them brighter, in a scene of another."""
    values = np.zeros((2, 96, 80), np.float32) + np.array([1, 5], np.float32)[:, None, None]
    for row, column, bright in ((8, 8, 1), (56, 48, 1), (72, 8, 3)):
        values[:, row : row + 16, column : column + 16] = np.array([4, 1])[:, None, None] * bright
    scene = open_scene(raster("s.tif", values), bands=["red", "nir"])
    model = map_model(Means(), ["red", "nir"], patch=8, names=["x", "y"])
    places = search(model, scene, *scene.grid.coordinates(15, 15), tmp_path / "h.tif", stride=4, top=30)
    like = [place for place in places if place.similarity > 0.9999]
    fields = {(p.window.row // 8 * 8 in range(48, 73), p.window.column > 30) for p in like}
    assert len(like) == 2
    assert fields == {(True, True), (True, False)}
    windows = [place.window for place in places]
    assert all(
        max(abs(a.row - b.row), abs(a.column - b.column)) > 4 for n, a in enumerate(windows) for b in windows[:n]
    )
    heat = read(tmp_path / "h.tif")[0]
    assert heat.shape == (24, 20)
    assert heat[3, 3] == pytest.approx(1, abs=1e-5)
    assert heat.min() < 0.6
    found = json.loads((tmp_path / "h.geojson").read_text("utf-8"))
    assert [f["properties"]["rank"] for f in found["features"]] == list(range(1, len(places) + 1))
    longitude, latitude = found["features"][0]["geometry"]["coordinates"][0][0]
    assert -3.01 < longitude < -2.9
    assert 36 < latitude < 36.3


def test_a_search_from_a_place_without_data_is_refused_and_from_its_edge_told(
    raster: Write, tmp_path: Path
) -> None:
    values = np.ones((2, 60, 60), np.float32)
    values[:, :20, :20] = -9
    scene = open_scene(raster("s.tif", values, -9), bands=["red", "nir"])
    model = map_model(Means(), ["red", "nir"], patch=8, names=["x", "y"])
    with pytest.raises(
        ConvistaError, match=r"no data around \(500315, 3999685\) in s, so there is nothing to look for"
    ):
        search(model, scene, *scene.grid.coordinates(10, 10), tmp_path / "h.tif")
    assert not (tmp_path / "h.tif").exists()
    with pytest.warns(ConvistaWarning, match=r"[0-9]+\.[0-9]% of the patch around .* has no data"):
        search(model, scene, *scene.grid.coordinates(18, 22), tmp_path / "h.tif")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        search(model, scene, *scene.grid.coordinates(40, 40), tmp_path / "h.tif")


def test_a_search_with_a_run_uses_the_vector_before_its_head(
    make_run: MakeRun, scene: Scene, tmp_path: Path
) -> None:
    run = make_run()
    x, y = scene.grid.coordinates(30, 30)
    places = search(run, scene, x, y, tmp_path / "h.tif", top=3)
    assert len(places) == 3
    vectors = []

    def keep(_: nn.Module, args: tuple[Tensor, ...], __: Tensor) -> None:
        vectors.append(args[0][0].numpy())

    handle = run.network.dense3.register_forward_hook(keep)  # type: ignore[union-attr]
    wanted = contributions_at(run, scene, x, y, stride=4)[0].window
    for window in (wanted, places[0].window):
        with torch.no_grad():
            run.network(run.standardise(scene.read(window, run.band_names))[None])
    handle.remove()
    one, other = vectors[-2:]
    assert places[0].similarity == pytest.approx(
        one @ other / np.linalg.norm(one) / np.linalg.norm(other), rel=1e-4
    )
    flat = map_model(
        nn.Sequential(nn.Conv2d(2, 3, 8), nn.Flatten()), ["red", "nir"], patch=8, classes=["a", "b", "c"]
    )
    with pytest.raises(ConvistaError, match="calls no dense layer or 1×1 convolution"):
        search(flat, scene, x, y, tmp_path / "h.tif")


def test_a_network_that_answers_for_every_pixel_has_a_vector_a_patch(scene: Scene, tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(2, 5, 3, padding=1), nn.ReLU(), nn.Conv2d(5, 3, 1))
    model = map_model(network, ["red", "nir"], patch=16, classes=["a", "b", "c"], activation="softmax")
    places = search(model, scene, *scene.grid.coordinates(30, 30), tmp_path / "h.tif", top=2)
    vectors = []
    for window in (votes_window(scene, 30, 30), places[0].window):
        pixels = model.standardise(scene.read(window, model.band_names))[None]
        vectors.append(network[:2](pixels).mean((2, 3))[0].detach())
    assert places[0].similarity == pytest.approx(
        float(torch.cosine_similarity(vectors[0], vectors[1], dim=0)), abs=1e-5
    )


def votes_window(scene: Scene, row: int, column: int) -> Window:
    return PatchGrid(scene.shape, 16, 4).patch_of(row, column)


@pytest.mark.parametrize(("stride", "overlap"), [(4, None), (None, 0.5)])
def test_a_map_of_vectors_holds_what_the_network_decides_by(
    scene: Scene, tmp_path: Path, stride: int | None, overlap: float | None
) -> None:
    torch.manual_seed(0)
    features = nn.Sequential(nn.Conv2d(2, 5, 3), nn.ReLU(), nn.AdaptiveMaxPool2d(1), nn.Flatten())
    network = nn.Sequential(features, nn.Linear(5, 3))
    model = map_model(network, ["red", "nir"], patch=16, mean=110, std=40, classes="abc", activation="softmax")
    path = predict(model, scene, tmp_path / "v.tif", stride=stride, overlap=overlap, embeddings=True)
    with rasterio.open(path) as file:
        assert (file.count, file.dtypes[0], file.descriptions[4]) == (5, "float32", "v4")
        assert file.res[0] == 30 * (stride or 1)
        shown = file.read()
    for row, column in ((0, 0), (33, 21)):
        votes = contributions_at(model, scene, *scene.grid.coordinates(row, column), stride=stride, overlap=overlap)
        patches = torch.stack([model.standardise(scene.read(v.window, model.band_names)) for v in votes])
        with torch.no_grad():
            vectors = features(patches).numpy()
        expected = sum(v.weight * vector for v, vector in zip(votes, vectors, strict=True))
        there = shown[:, row // (stride or 1), column // (stride or 1)]
        np.testing.assert_allclose(there, expected, rtol=1e-3, atol=1e-4)
    assert not network[1]._forward_hooks


def test_a_map_of_vectors_of_every_pixel(scene: Scene, tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(2, 5, 1), nn.ReLU(), nn.Conv2d(5, 1, 1))
    model = map_model(network, ["red", "nir"], patch=16, mean=110, std=40)
    shown = read(predict(model, scene, tmp_path / "v.tif", overlap=0.6, embeddings=True))
    whole = network[:2](model.standardise(scene.read(bands=model.band_names))[None])[0].detach().numpy()
    np.testing.assert_allclose(shown, whole, rtol=1e-4, atol=1e-5)
    values = map_model(nn.Conv2d(2, 3, 3, padding=1), ["red", "nir"], patch=16)
    one, other = (
        predict(values, scene, tmp_path / f"{asked}.tif", embeddings=asked).read_bytes() for asked in (True, False)
    )
    assert one == other  # its answers are the vectors
