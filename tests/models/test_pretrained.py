"""Weights for three bands serve any number of bands."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from convista.errors import ConvistaError
from convista.models import create_model, load_adapted


@pytest.mark.slow
@pytest.mark.parametrize("bands", [1, 2, 3, 4, 13])
def test_bands_that_are_alike_give_the_same_maps(bands: int) -> None:
    torch.manual_seed(0)
    published, own = create_model("resnet18", 3, 1000), create_model("resnet18", bands, 7)
    head = own.fc.weight.clone()  # type: ignore[union-attr,operator]
    left = load_adapted(own, published.state_dict())
    assert left == ["fc.weight", "fc.bias"]
    assert (own.fc.weight == head).all()  # type: ignore[union-attr]
    grey = torch.randn(1, 1, 32, 32)
    maps = [
        functional.conv2d(grey.expand(1, n, 32, 32), net.conv1.weight)  # type: ignore[union-attr,arg-type]
        for n, net in ((3, published), (bands, own))
    ]
    torch.testing.assert_close(*maps, rtol=1e-4, atol=1e-4)
    kernels = own.conv1.weight  # type: ignore[union-attr]
    assert (kernels.abs().sum((0, 2, 3)) > 0).all()  # type: ignore[operator]
    for name, value in published.state_dict().items():
        if not name.startswith(("conv1", "fc")):
            assert (own.state_dict()[name] == value).all()


def test_weights_of_another_network_are_refused() -> None:
    own = create_model("resnet18", 4, 7)
    with pytest.raises(ConvistaError, match=r"bn1\.bias, .* are missing and conv1\.bias, .* are strange to it"):
        load_adapted(own, create_model("lenet", 4, 7).state_dict())
    other = create_model("resnet18", 4, 7).state_dict()
    other["layer1.0.conv1.weight"] = torch.zeros(64, 64, 5, 5)
    with pytest.raises(ConvistaError, match=r"layer1\.0\.conv1\.weight has shape \(64, 64, 3, 3\) in the"):
        load_adapted(own, other)
