from __future__ import annotations

from typing import Any

import pytest
import torch

from convista.errors import ConvistaError
from convista.models import ARCHITECTURES, OF_PIXELS, create_model


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
                "There is no model 'resnet81'; did you mean 'resnet18'? The models are: lenet, resnet18, vgg11, "
                "vgg11_bn, vgg13, vgg13_bn, vgg16, vgg16_bn, unet."
            ),
        ),
        ("lenet", {"depth": 3}, "The model 'lenet' has no option 'depth'. It has: width."),
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
            "The model resnet18 has no stem 'big'. Choose one of these: imagenet, small.",
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
