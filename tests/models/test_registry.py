from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from convista.errors import ConvistaError
from convista.models import ARCHITECTURES, OF_PIXELS, create_model


@pytest.mark.slow
@pytest.mark.parametrize("name", ARCHITECTURES)
def test_patches_become_logits(name: str) -> None:
    model = create_model(name, ["blue", "green", "red", "nir"], ["water", "forest", "town"], patch=32).eval()
    assert model(torch.zeros(2, 4, 32, 32)).shape == ((2, 3, 32, 32) if name in OF_PIXELS else (2, 3))


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        (
            "resnet81",
            {},
            (
                "There is no model 'resnet81'; did you mean 'resnet18'? The models are: lenet, mini, compact, "
                "resnet18, resnet34, resnet50, "
                "vgg11, "
                "vgg11_bn, vgg13, vgg13_bn, vgg16, vgg16_bn, unet."
            ),
        ),
        ("lenet", {"depth": 3}, "The model 'lenet' has no option 'depth'. It has: width, pool."),
        (
            "compact",
            {"width": 2.5},
            "The option width of compact cannot be 2.5; by default it is 32. Give a value of that kind.",
        ),
        (
            "lenet",
            {"width": 0},
            "The width (width) is 0, and it multiplies the number of filters. It must be greater than 0.",
        ),
        (
            "lenet",
            {"patch": 15},
            (
                "LeNet cannot take patches of 15×15: its two convolutions and poolings leave nothing of them. "
                "The smallest size is 16."
            ),
        ),
        (
            "resnet18",
            {"stem": "big"},
            "A ResNet has no stem 'big'. Choose one of these: imagenet, small.",
        ),
    ],
)
def test_mistakes_are_told(name: str, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ConvistaError) as error:
        create_model(name, 4, 3, **arguments)
    assert str(error.value) == message


def test_no_classes_is_a_mistake() -> None:
    with pytest.raises(ConvistaError, match="at least one band and one class, and 4 and 0 were asked for"):
        create_model("lenet", 4, [])


def test_a_network_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.py").write_text(
        "from torch import nn\n"
        "def tiny(bands, outputs, units=3):\n"
        "    return nn.Sequential(nn.Conv2d(bands, units, 3), nn.Flatten(), nn.LazyLinear(outputs))\n"
        "nothing = dict\n"
    )
    monkeypatch.chdir(tmp_path)
    network = create_model("mine:tiny", ["red", "nir"], 4, units=5)
    assert isinstance(network, nn.Sequential)
    assert network[0].weight.shape == (5, 2, 3, 3)
    assert str(tmp_path) not in sys.path
    for path, says in (
        ("mine:huge", "has no attribute 'huge'"),
        ("nowhere:net", "No module named 'nowhere'"),
        ("mine:nothing", "dict expected at most 1 argument"),
    ):
        with pytest.raises(ConvistaError, match=f"The network {path} cannot be made: .*{says}"):
            create_model(path, 2, 4)
