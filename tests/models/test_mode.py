"""A network that is asked for a while goes back to how it was, layer by layer."""

from __future__ import annotations

import pytest
from torch import nn

from convista.models.mode import evaluating


def test_each_layer_goes_back_to_its_own_mode() -> None:
    network = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2), nn.Dropout()).train()
    network[1].eval()  # frozen, as when a published network is trained on
    before = [module.training for module in network.modules()]
    with evaluating(network):
        assert not any(module.training for module in network.modules())
    assert [module.training for module in network.modules()] == before == [True, True, False, True]


def test_also_after_an_error() -> None:
    network = nn.Dropout().train()
    with pytest.raises(ZeroDivisionError), evaluating(network):
        raise ZeroDivisionError
    assert network.training
