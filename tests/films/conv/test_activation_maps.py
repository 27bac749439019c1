"""The film of activation maps draws what the trained layer gives, as torch computes it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convista.catalogue import film
from convista.catalogue.first_layer import BRIGHTEST, first_layer
from convista.errors import ConvistaError, ConvistaWarning
from convista.films import Film
from convista.films.conv.activation_maps import activation_maps
from convista.films.stage.marks import Photo, Picture, Words
from convista.language import LANGUAGES
from convista.models import resnet18
from convista.scenes import Scene, sample_scene
from convista.tracing import trace
from tests.films.reading import assert_laid_out, numbers

IMAGE = np.random.default_rng(0).uniform(1, 255, (3, 64, 64)).astype(np.float32)


def maps_of(made: Film, step: int) -> np.ndarray[Any, Any]:
    pictures = [m for m in made.steps[step].marks if isinstance(m, Picture) and m.key.startswith("map.")]
    return np.array([np.frombuffer(m.levels, np.int8).reshape(m.rows, m.columns) for m in pictures]).astype(float)


def expected(image: np.ndarray[Any, Any]) -> list[np.ndarray[Any, Any]]:
    """Load the file into a whole ResNet-18 and run its first layer."""
    layer = first_layer()
    net = resnet18(3, 10).eval()
    state = {name: values[layer.about["best_epoch"]] for name, values in layer.tensors.items()}
    missing = net.load_state_dict(state, strict=False)
    assert not missing.unexpected_keys
    mean, std = (np.array(layer.about[what])[:, None, None] for what in ("mean", "std"))
    x = torch.from_numpy(((image - mean) / std).astype(np.float32))[None]
    with torch.no_grad():
        made = net.conv1(x)
        normed = net.bn1(made)
        return [maps[0].numpy() for maps in (made, normed, normed.clamp(min=0))]


def test_the_maps_are_torchs() -> None:
    made = film("activation-maps", image=IMAGE)
    for step, maps in enumerate(expected(IMAGE), 1):
        levels, scale = maps_of(made, step), np.percentile(np.abs(maps), 99.5)
        np.testing.assert_allclose(levels, np.clip(maps / scale, -1, 1) * 126, atol=0.6)
    last = expected(IMAGE)[-1]
    best = int(last.max(axis=(1, 2)).argmax())
    row, column = np.unravel_index(last[best].argmax(), last[best].shape)
    told = [n for n, _ in numbers(made.steps[-1].caption.en.replace(",", ", "))]
    assert told[0] == best + 1
    assert told[2:4] == [row + 1, column + 1]
    assert told[1] == pytest.approx(last.max(), abs=0.006)


def test_all_maps_grow_together() -> None:
    written = [
        {
            (np.frombuffer(m.levels, np.int8) != -127).reshape(32, 32).any(axis=1).sum()
            for m in beat.marks
            if isinstance(m, Picture) and m.key.startswith("map.")
        }
        for beat in film("activation-maps", image=IMAGE).steps[1].beats
    ]
    assert all(len(rows) == 1 for rows in written)
    assert [next(iter(rows)) for rows in written] == sorted(next(iter(rows)) for rows in written)


def test_a_scene_is_scaled_as_the_network_was_trained() -> None:
    scene = sample_scene(seed=2, height=64, width=64).scene
    values = scene.read(None, ["red", "green", "blue"]).filled(np.nan)
    image = 1 + 254 * np.clip(values / BRIGHTEST, 0, 1)
    assert (
        maps_of(film("activation-maps", scene=scene), 2).tolist()
        == maps_of(film("activation-maps", image=image), 2).tolist()
    )


def test_a_users_traced_network_shows_its_own_first_layer() -> None:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(5, 70, 3, stride=2), nn.GELU(), nn.Conv2d(70, 2, 1)).eval()
    traced = trace(net, torch.randn(1, 5, 21, 30))
    made = film("activation-maps", trace=traced)
    assert len(made.steps) == 4
    assert maps_of(made, 1).shape == (64, 10, 14)
    assert "(The first 64 are shown.)" in made.steps[0].caption.en
    for language in LANGUAGES:
        for step in made.steps:
            assert_laid_out(step.marks, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_place(language: str) -> None:
    for step in film("activation-maps").steps:
        assert_laid_out(step.marks, language)


def test_a_large_photo_is_made_smaller_and_that_is_said() -> None:
    photo = np.random.default_rng(1).uniform(1, 255, (3, 600, 301))
    smaller = photo[:, :, :300].reshape(3, 200, 3, 100, 3).mean(axis=(2, 4))
    with pytest.warns(ConvistaWarning, match="has 600×301 pixels; the average of each 3×3 is shown"):
        made = film("activation-maps", image=photo)
    np.testing.assert_allclose(maps_of(made, 3), maps_of(film("activation-maps", image=smaller), 3), atol=1)


def test_red_green_and_blue_are_found_by_name() -> None:
    bands = np.stack([IMAGE[2], IMAGE[1], IMAGE[0], IMAGE[0] * 0])
    made = film("activation-maps", image=bands, band_names=("blue", "green", "red", "nir"))
    assert made == film("activation-maps", image=IMAGE)


@pytest.mark.parametrize("factor", [0.001, 2, -1])
def test_values_of_another_scale_are_refused(factor: float) -> None:
    with pytest.raises(ConvistaError, match="the network was trained on photos of 1 to 255"):
        film("activation-maps", image=IMAGE * factor)


def test_mistakes_are_told() -> None:
    with pytest.raises(ConvistaError, match=r"The image has shape \(4, 64, 64\); the first layer reads red, green"):
        film("activation-maps", image=np.zeros((4, 64, 64)))
    with pytest.raises(ConvistaError, match="The trace has no convolution over maps"):
        film("activation-maps", trace=trace(nn.Flatten(), torch.zeros(1, 3, 4, 4)))
    with pytest.raises(ConvistaError, match="all of one size"):
        activation_maps(
            np.zeros((4, 4, 3), np.uint8), [], np.ones((1, 3, 1, 1)), stride=(1, 1), padding=((0, 0), (0, 0))
        )


def test_a_scene_of_other_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = sample_scene(height=64, width=64).scene
    read = scene.read
    monkeypatch.setattr(Scene, "read", lambda _, *a: read(*a) * 1e4)
    with pytest.raises(ConvistaError, match="are not reflectances of 0 to 1"):
        film("activation-maps", scene=scene)


def test_each_map_has_its_number_and_its_filter_and_the_silent_ones_are_marked() -> None:
    made = film("activation-maps", image=IMAGE)
    marks = {mark.key: mark for mark in made.steps[-1].marks}
    weights = first_layer().tensors["conv1.weight"].numpy()[first_layer().about["best_epoch"]]
    for n in range(64):
        number, shown = marks[f"number.{n}"], marks[f"filter.{n}"]
        assert isinstance(number, Words)
        assert isinstance(shown, Photo)
        assert number.text.en == str(n + 1)
        pixels = np.frombuffer(shown.pixels, np.uint8).reshape(7, 7, 3)
        kernels = weights[n].transpose(1, 2, 0)
        np.testing.assert_allclose(pixels, 127.5 + 127.5 * kernels / np.abs(kernels).max(), atol=0.51)
    silent = {n for n, maps in enumerate(expected(IMAGE)[-1]) if not maps.any()}
    assert {key for key in marks if key.startswith("silent.")} == {f"silent.{n}" for n in silent}
