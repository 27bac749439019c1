"""What each architecture makes of its windows and of its last maps: sizes, values, explanations, mistakes."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from convista.errors import ConvistaError
from convista.models import create_model
from convista.models.pooling import MAPS, WINDOWS, pool_of_maps, pool_of_windows
from convista.tracing import trace

SMALL: dict[str, dict[str, Any]] = {
    "compact": {"width": 4},
    "resnet18": {"stem": "small"},
    "vgg11": {"units": 4},
}


@pytest.mark.slow
@pytest.mark.parametrize("pool", MAPS)
@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("patch", [33, 64])
def test_every_pooling_of_maps_fits_every_architecture(name: str, pool: str, patch: int) -> None:
    with torch.device("meta"):
        network = create_model(name, 5, 3, patch=patch, pool=pool, **SMALL[name])
        assert network(torch.zeros(2, 5, patch, patch)).shape == (2, 3)


@pytest.mark.parametrize("pool", MAPS)
def test_every_pooling_of_maps_is_explained(pool: str) -> None:
    torch.manual_seed(0)
    network = create_model("compact", 2, 3, width=4, pool=pool, patch=16).eval().double()
    assert trace(network, torch.randn(2, 16, 16, dtype=torch.float64), 1).verify().passed(1e-10)


@pytest.mark.parametrize("pool", WINDOWS)
def test_every_pooling_of_windows_is_explained(pool: str) -> None:
    torch.manual_seed(0)
    network = create_model("lenet", 2, 3, width=0.5, pool=pool, patch=17).eval().double()
    assert trace(network, torch.randn(2, 17, 17, dtype=torch.float64), 1).verify().passed(1e-10)


def test_the_values_of_maps() -> None:
    maps = torch.arange(32.0).reshape(1, 2, 4, 4)
    found = {name: pool_of_maps(name, 2, side=4)[0](maps).flatten(1)[0].tolist() for name in MAPS}
    assert found["average"] == [7.5, 23.5]
    assert found["max"] == [15, 31]
    assert found["mixed"] == [11.25, 27.25]
    assert len(found["pyramid"]) == 42
    assert found["blocks"] == [2.5, 4.5, 10.5, 12.5, 18.5, 20.5, 26.5, 28.5]
    assert found["flatten"] == list(range(32))
    assert found["flatten-last"][:4] == [0, 16, 1, 17]


def test_a_stride_is_that_of_the_convolution_before() -> None:
    convolution, x = torch.nn.Conv2d(2, 3, 5), torch.randn(1, 2, 17, 17)
    strided = torch.nn.functional.conv2d(x, convolution.weight, convolution.bias, stride=2)
    torch.testing.assert_close(pool_of_windows("stride", 2)(convolution(x)), strided[..., :6, :6])


@pytest.mark.parametrize("pool", ["flatten", "flatten-last"])
def test_every_value_needs_a_size_and_keeps_to_it(pool: str) -> None:
    with pytest.raises(ConvistaError, match=rf"“{pool}” keeps every value of the maps.*Say it \(patch\)"):
        create_model("compact", 3, 2, pool=pool)
    network = create_model("compact", 3, 2, pool=pool, patch=16, width=4)
    with pytest.raises(ConvistaError, match="whose last maps have 2×2 values, and these have 3×4"):
        network(torch.zeros(1, 3, 24, 32))
