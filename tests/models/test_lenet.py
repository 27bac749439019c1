from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from convista.errors import ConvistaError
from convista.models import LeNet


def test_sizes_are_the_published_ones() -> None:
    net = LeNet(1, 10)
    shapes = [tuple(p.shape) for p in net.parameters() if p.ndim > 1]
    assert shapes == [(6, 1, 5, 5), (16, 6, 5, 5), (120, 400), (84, 120), (10, 84)]


def test_width_multiplies_filters_and_units() -> None:
    net = LeNet(1, 10, width=2)
    assert [net.conv1.out_channels, net.conv2.out_channels, net.dense1.out_features] == [12, 32, 240]


@given(st.integers(16, 40))
def test_every_size_from_16_up_fits(patch: int) -> None:
    assert LeNet(3, 2, patch=patch)(torch.zeros(1, 3, patch, patch)).shape == (1, 2)


def test_another_size_is_a_clear_error() -> None:
    with pytest.raises(ConvistaError) as error:
        LeNet(3, 2, patch=20)(torch.zeros(1, 3, 32, 32))
    assert str(error.value) == (
        "This LeNet was made for patches of 20×20 and was given 32×32: its first dense layer depends on the size. "
        "Cut them to 20×20 or make the model with another size of patch (patch)."
    )
