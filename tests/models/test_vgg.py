"""VGG against what is published of it: its key names and sizes, and that a signal passes all its layers."""

from __future__ import annotations

import pytest
import torch

from convista.errors import ConvistaError
from convista.models import create_model
from convista.models.vgg import VGG, vgg11, vgg16, vgg16_bn

NORM = ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")


def published_keys(convolutions: list[int], norms: list[int]) -> list[str]:
    """The keys of torchvision's networks: the positions of convolutions and normalisations among the features."""
    keys = []
    for at in sorted(convolutions + norms):
        keys += [f"features.{at}.{n}" for n in (NORM if at in norms else ("weight", "bias"))]
    return keys + [f"classifier.{at}.{n}" for at in (0, 3, 6) for n in ("weight", "bias")]


@pytest.mark.parametrize(
    ("name", "convolutions", "norms", "parameters"),
    [
        ("vgg11", [0, 3, 6, 8, 11, 13, 16, 18], [], 132_863_336),
        ("vgg13", [0, 2, 5, 7, 10, 12, 15, 17, 20, 22], [], 133_047_848),
        ("vgg16", [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28], [], 138_357_544),
        ("vgg11_bn", [0, 4, 8, 11, 15, 18, 22, 25], [1, 5, 9, 12, 16, 19, 23, 26], 132_868_840),
    ],
)
def test_keys_and_sizes_are_the_published_ones(
    name: str, convolutions: list[int], norms: list[int], parameters: int
) -> None:
    with torch.device("meta"):
        net = create_model(name, 3, 1000)
    assert list(net.state_dict()) == published_keys(convolutions, norms)
    assert sum(p.numel() for p in net.parameters()) == parameters


def test_small_patches_have_dense_layers_of_their_size() -> None:
    sides = {}
    with torch.device("meta"):
        for patch in (32, 64, 100, 224, 300):
            dense = vgg11(4, 2, patch=patch).classifier[0]
            assert isinstance(dense, torch.nn.Linear)
            sides[patch] = dense.in_features // 512
    assert sides == {32: 1, 64: 4, 100: 9, 224: 49, 300: 49}


@pytest.mark.parametrize("shape", [(32, 32), (50, 71), (64, 64)])
def test_any_size_from_32_fits(shape: tuple[int, int]) -> None:
    net = vgg11(2, 3, patch=64, units=8).eval()
    assert net(torch.zeros(1, 2, *shape)).shape == (1, 3)


def test_a_single_dense_layer_may_decide() -> None:
    with torch.device("meta"):
        net = vgg16(3, 10, units=0, pool="average")
    assert sum(p.numel() for p in net.parameters()) == 14_714_688 + 512 * 10 + 10
    assert list(net.state_dict())[-2:] == ["classifier.0.weight", "classifier.0.bias"]


@pytest.mark.parametrize("name", ["vgg16", "vgg16_bn"])
def test_no_layer_lets_the_signal_fade_or_grow_at_the_start(name: str) -> None:
    """What each of the 13 convolutions and of the two inner dense layers makes has a spread of the same size."""
    torch.manual_seed(0)
    net = create_model(name, 3, 10, patch=32, units=64)
    spreads: list[float] = []
    layers = [m for m in net.modules() if isinstance(m, torch.nn.Conv2d | torch.nn.Linear)]
    for layer in layers:
        layer.register_forward_hook(lambda _, __, output: spreads.append(output.std().item()))
    with torch.no_grad():
        net(torch.randn(8, 3, 32, 32))
    *inner, last = spreads
    assert len(inner) == 15
    assert min(inner) > 0.5
    assert max(inner) / min(inner) < 5
    assert last < 1


def test_gradients_reach_the_first_layer() -> None:
    torch.manual_seed(0)
    net = vgg16_bn(3, 4, patch=32, units=16)
    net(torch.randn(4, 3, 32, 32)).square().sum().backward()
    first = net.features[0].weight.grad
    assert isinstance(first, torch.Tensor)
    assert first.abs().max() > 0


def test_too_small_is_a_clear_error() -> None:
    message = r"VGG cannot take {}: its five poolings leave nothing of them. Give patches of 32×32 or more."
    with pytest.raises(ConvistaError) as error:
        VGG(3, 2, blocks=(1, 1, 1, 1, 1), patch=31)
    assert str(error.value) == message.format("31×31")
    with pytest.raises(ConvistaError) as error:
        vgg11(3, 2, patch=32, units=2)(torch.zeros(1, 3, 31, 64))
    assert str(error.value) == message.format("31×64")
    with pytest.raises(ConvistaError, match=r"would have -1 units \(units\). It must be 0, for none"):
        vgg11(3, 2, units=-1)
