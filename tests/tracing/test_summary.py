"""What a network is made of, against what is published of it and against exact fields."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn

from convista.models import create_model
from convista.tracing import Trace, trace
from convista.tracing.summary import condensed, layers
from tests.tracing.networks import EveryNorm, Functional, Unknown


def outline(name: str, bands: int, side: int, classes: int = 1000) -> Trace:
    with torch.device("meta"):
        net = create_model(name, bands, classes, patch=side).eval()
        return trace(net, torch.zeros(1, bands, side, side))


@pytest.mark.parametrize(
    ("name", "parameters", "multiply_adds"),
    # Parameters and multiply-adds as torchvision's documentation gives them (10⁹ of the latter, two decimals).
    [("resnet18", 11_689_512, 1.81), ("vgg11", 132_863_336, 7.61), ("vgg13", 133_047_848, 11.31)],
)
def test_costs_are_the_published_ones(name: str, parameters: int, multiply_adds: float) -> None:
    found = outline(name, 3, 224).layers()
    assert sum(layer.parameters for layer in found) == parameters
    assert sum(layer.multiply_adds for layer in found) / 1e9 == pytest.approx(multiply_adds, abs=0.01)


def test_fields_are_the_published_ones() -> None:
    """Araujo et al. 2019 give 435 for the last maps of ResNet-18; VGG's 3×3 stacks give 150 after five poolings."""
    resnet = {layer.name: layer for layer in outline("resnet18", 3, 224).layers()}
    assert [resnet[name].field for name in ("conv1", "maxpool", "layer1.1.conv2", "layer4.1.conv2")] == [
        (7, 7), (11, 11), (43, 43), (435, 435),
    ]  # fmt: skip
    assert outline("vgg11", 3, 224).layers()[12].field == (150, 150)


def test_a_residual_layer_reads_its_own_way_and_the_shortcut() -> None:
    found = outline("resnet18", 3, 64).layers()
    place = [layer.name for layer in found].index("layer2.0.conv2")
    reads = [found[n].name for n in found[place].reads]
    assert reads == ["layer2.0.downsample.0", "layer2.0.conv1"]
    assert found[place].last == "layer2.0.relu#2"
    assert found[0].reads == (-1,)


@pytest.mark.parametrize("name", ["lenet", "resnet18", "vgg11"])
def test_the_reach_is_the_exact_field_where_nothing_is_cut_off(name: str) -> None:
    side = {"lenet": 36, "resnet18": 64, "vgg11": 48}[name]
    torch.manual_seed(0)
    options = {"units": 4} if name == "vgg11" else {}
    traced = trace(create_model(name, 1, 2, patch=side, **options).eval(), torch.randn(1, 1, side, side))
    compared = 0
    for layer in traced.layers()[:6]:
        if len(layer.shape) == 3 and layer.field is not None and max(layer.field) < side // 2:
            middle = (0, *(n // 2 for n in layer.shape[1:]))
            assert traced.receptive_field(layer.last, middle).size == layer.field
            compared += 1
    assert compared >= 3


def test_the_reach_of_a_way_up_is_never_less_than_the_exact_field() -> None:
    torch.manual_seed(0)
    net = create_model("unet", 1, 2, depth=2, width=2, batch_norm=False).eval()
    traced = trace(net, torch.randn(1, 1, 48, 48))
    for layer in traced.layers():
        exact = traced.receptive_field(layer.last, (0, *(n // 2 for n in layer.shape[1:]))).size
        assert layer.field is not None
        assert np.all(np.array(exact) <= layer.field), layer.name


@pytest.mark.parametrize("make", [Functional, Unknown, EveryNorm])
def test_every_parameter_is_counted_once_whatever_the_network(make: Callable[[], nn.Module]) -> None:
    traced = trace(make(), torch.randn(2, 4, 8, 8))
    used = {
        source.name: value.numel()
        for record in traced.records
        for value, source in record.operands.values()
        if source.learned
    }
    assert sum(layer.parameters for layer in layers(traced.records)) == sum(used.values())


def test_many_layers_are_put_together_by_their_modules() -> None:
    whole = outline("resnet18", 3, 64).layers()
    few = condensed(whole, 12)
    assert [layer.name for layer in few] == [
        "conv1", "maxpool", *(f"layer{s}.{b}" for s in (1, 2, 3, 4) for b in (0, 1)), "avgpool", "fc",
    ]  # fmt: skip
    for what in ("parameters", "multiply_adds"):
        assert sum(getattr(layer, what) for layer in few) == sum(getattr(layer, what) for layer in whole)
    assert few[-1].field == whole[-1].field
    assert few[3].reads == (2,)


def test_a_long_plain_network_is_put_together_too() -> None:
    with torch.device("meta"):
        net = nn.Sequential(*(nn.Conv2d(2, 2, 3, padding=1) for _ in range(100)))
        traced = trace(net, torch.zeros(1, 2, 8, 8))
    few = condensed(traced.layers(), 30)
    assert len(few) == 30
    assert sum(layer.parameters for layer in few) == 100 * 38
    assert len(traced.film().steps) > 30
