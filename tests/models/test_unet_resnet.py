"""A U-Net on a residual network: sizes, published weights, explanations, learning, mistakes."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch.nn import functional

from convista.errors import ConvistaError
from convista.models import ResNetUNet, create_model, load_adapted, resnet18
from convista.tracing import trace


@pytest.mark.parametrize("shape", [(32, 32), (33, 47)])
@pytest.mark.parametrize("depth", [1, 4, 5])
def test_every_pixel_has_an_answer_whatever_the_size(depth: int, shape: tuple[int, int]) -> None:
    with torch.device("meta"):
        network = create_model("unet", 5, 3, encoder="resnet34", depth=depth, width=2)
        assert network(torch.zeros(2, 5, *shape)).shape == (2, 3, *shape)


def test_bottlenecks_fit_too() -> None:
    with torch.device("meta"):
        network = create_model("unet", 4, 3, encoder="resnet50", depth=5, width=4, batch_norm=False)
        assert network(torch.zeros(1, 4, 64, 64)).shape == (1, 3, 64, 64)


@pytest.mark.parametrize("depth", [2, 4, 5])
def test_published_weights_become_its_beginning(depth: int) -> None:
    torch.manual_seed(0)
    published = resnet18(3, 1000)
    network = ResNetUNet(6, 4, encoder="resnet18", depth=depth, width=4)
    assert load_adapted(network.encoder, published.state_dict()) == []
    alike = torch.randn(1, 1, 64, 64)
    with torch.no_grad():
        ours = network.eval().encoder.maps(alike.expand(1, 6, 64, 64))
        theirs = published.eval().maps(alike.expand(1, 3, 64, 64))
    assert len(ours) == depth
    for one, other in zip(ours, theirs, strict=False):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-4)


def test_a_beginning_is_no_ending() -> None:
    """Weights that lack what comes first, or have something strange before the end, are refused all the same."""
    network = ResNetUNet(3, 4, encoder="resnet18", depth=3, width=4)
    weights = dict(resnet18(3, 10).state_dict())
    weights.pop("conv1.weight")
    with pytest.raises(ConvistaError, match=r"conv1\.weight is missing"):
        load_adapted(network.encoder, weights)
    with pytest.raises(ConvistaError, match=r"layer1\.1\..* are missing and"):
        load_adapted(network.encoder, dict(list(resnet18(3, 10).state_dict().items())[:20]))


@pytest.mark.slow
def test_every_value_is_explained() -> None:
    torch.manual_seed(0)
    network = create_model("unet", 2, 3, encoder="resnet18", depth=2, width=2).eval().double()
    assert (
        trace(network, torch.randn(2, 9, 11, dtype=torch.float64), lambda y: y[0, 1, 4, 5])
        .verify(sample=200)
        .passed(1e-9)
    )


def test_it_learns_a_small_sample_by_heart() -> None:
    torch.manual_seed(0)
    network = create_model("unet", 3, 2, encoder="resnet18", depth=2, width=8)
    patches = torch.randn(4, 3, 16, 16)
    targets = (patches[:, 0] > 0).long()
    optimizer = torch.optim.AdamW(network.parameters(), 1e-2)
    for _ in range(40):
        optimizer.zero_grad()
        loss = functional.cross_entropy(network(patches), targets)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    assert (network(patches).argmax(1) == targets).float().mean() > 0.97


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"encoder": "vgg16"}, "A U-Net has no encoder 'vgg16'. Choose one of these: plain, resnet18, resnet34"),
        ({"encoder": "resnet18", "depth": 6}, r"halves the size 1 to 5 times, and the depth \(depth\) is 6"),
        ({"encoder": "resnet18", "width": 0}, "cannot be. Both must be 1 or more"),
        ({"encoder": "resnet18", "patch": 8}, "halves the size 4 times and was given 8×8. Give at least 16×16"),
    ],
)
def test_mistakes_are_told(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConvistaError, match=message):
        create_model("unet", 3, 2, **options)
