"""ResNet-18 against what is published of it: its key names, its shapes, and its definition recomputed by hand."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from convista.models import resnet18

NORM = ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")


def published_keys() -> list[str]:
    """The keys of torchvision's resnet18 in order, batch counters included."""
    keys = ["conv1.weight", *(f"bn1.{n}" for n in NORM)]
    for stage in (1, 2, 3, 4):
        for block in (0, 1):
            at = f"layer{stage}.{block}"
            keys += [f"{at}.conv1.weight", *(f"{at}.bn1.{n}" for n in NORM)]
            keys += [f"{at}.conv2.weight", *(f"{at}.bn2.{n}" for n in NORM)]
            if stage > 1 and block == 0:
                keys += [f"{at}.downsample.0.weight", *(f"{at}.downsample.1.{n}" for n in NORM)]
    return [*keys, "fc.weight", "fc.bias"]


def test_keys_are_torchvisions() -> None:
    assert list(resnet18(3, 1000).state_dict()) == published_keys()


def test_shapes_are_torchvisions() -> None:
    net = resnet18(3, 1000)
    assert sum(p.numel() for p in net.parameters()) == 11_689_512
    shapes = {name: tuple(value.shape) for name, value in net.state_dict().items()}
    assert shapes["conv1.weight"] == (64, 3, 7, 7)
    assert shapes["layer2.0.conv1.weight"] == (128, 64, 3, 3)
    assert shapes["layer2.0.downsample.0.weight"] == (128, 64, 1, 1)
    assert shapes["layer4.1.conv2.weight"] == (512, 512, 3, 3)
    assert shapes["fc.weight"] == (1000, 512)


def test_forward_is_the_published_network() -> None:
    torch.manual_seed(0)
    net = resnet18(4, 5).eval()
    state = net.state_dict()
    for name, value in state.items():
        if name.endswith(("running_mean", "bias")):
            value.normal_()
        elif name.endswith("running_var"):
            value.uniform_(0.5, 2)
    x = torch.randn(2, 4, 64, 64)

    def normed(x: Tensor, at: str) -> Tensor:
        mean, var, weight, bias = (state[f"{at}.{n}"] for n in ("running_mean", "running_var", "weight", "bias"))
        return functional.batch_norm(x, mean, var, weight, bias)

    def block(x: Tensor, at: str, stride: int) -> Tensor:
        y = functional.relu(
            normed(functional.conv2d(x, state[f"{at}.conv1.weight"], stride=stride, padding=1), f"{at}.bn1")
        )
        y = normed(functional.conv2d(y, state[f"{at}.conv2.weight"], padding=1), f"{at}.bn2")
        if f"{at}.downsample.0.weight" in state:
            x = normed(
                functional.conv2d(x, state[f"{at}.downsample.0.weight"], stride=stride), f"{at}.downsample.1"
            )
        return functional.relu(y + x)

    y = functional.relu(normed(functional.conv2d(x, state["conv1.weight"], stride=2, padding=3), "bn1"))
    y = functional.max_pool2d(y, 3, stride=2, padding=1)
    for stage, stride in ((1, 1), (2, 2), (3, 2), (4, 2)):
        y = block(block(y, f"layer{stage}.0", stride), f"layer{stage}.1", 1)
    expected = functional.linear(y.mean(dim=(2, 3)), state["fc.weight"], state["fc.bias"])
    with torch.no_grad():
        torch.testing.assert_close(net(x), expected)


def test_small_stem_keeps_the_patch_size() -> None:
    net = resnet18(4, 5, stem="small")
    assert net.maxpool(net.conv1(torch.zeros(1, 4, 16, 16))).shape == (1, 64, 16, 16)
