from __future__ import annotations

import copy

import pytest
import torch
from torch import nn
from torch.nn import functional

from convista.mapping.engine import winograd
from convista.mapping.engine.winograd import WinogradConv2d, convolved, transform, use_winograd


@pytest.mark.parametrize("size", [(6, 6), (8, 5), (7, 13), (3, 4)])
@pytest.mark.parametrize("padding", [(0, 0), (1, 1), (2, 1), (0, 3)])
@pytest.mark.parametrize("few", [1, 2, 5])
def test_it_is_the_convolution(size: tuple[int, int], padding: tuple[int, int], few: int) -> None:
    """In float64 nothing is left but the last digits, so the factors are the right ones."""
    torch.manual_seed(0)
    x, weight = torch.randn(3, 5, *size, dtype=torch.float64), torch.randn(7, 5, 3, 3, dtype=torch.float64)
    for bias in (None, torch.randn(7, dtype=torch.float64)):
        made = convolved(x, transform(weight), bias, padding, few)
        torch.testing.assert_close(made, functional.conv2d(x, weight, bias, padding=padding), rtol=0, atol=1e-12)


def test_only_convolutions_that_gain_are_hastened() -> None:
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(2, 128, 3, padding=1),
        nn.Conv2d(128, 128, 3, padding="same"),
        nn.Conv2d(128, 128, 3, padding=1, dilation=2),
        nn.Conv2d(128, 128, 3, padding=1, stride=2),
        nn.Conv2d(128, 128, 3, padding=1, padding_mode="reflect"),
        nn.Conv2d(128, 130, 3, bias=False),
        nn.Conv2d(130, 64, 3),
        nn.utils.parametrizations.weight_norm(nn.Conv2d(64, 128, 3)),
    ).eval()
    quick = copy.deepcopy(network).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    use_winograd(quick)
    assert [n for n, m in enumerate(quick) if isinstance(m, WinogradConv2d)] == [1, 5]
    x = torch.randn(3, 2, 32, 35).to(memory_format=torch.channels_last)
    with torch.inference_mode():
        expected, made = network(x), quick(x)
    assert not torch.equal(made, expected)  # so it was computed otherwise
    assert float((made - expected).abs().max() / expected.abs().max()) < 1e-5
    assert quick.state_dict().keys() == network.state_dict().keys()


def test_small_batches_and_lower_precision_go_the_plain_way(monkeypatch: pytest.MonkeyPatch) -> None:
    network = nn.Sequential(nn.Conv2d(128, 128, 3, padding=1)).eval()
    use_winograd(network)
    monkeypatch.setattr(winograd, "convolved", None)  # calling it would fail
    with torch.inference_mode():
        network(torch.zeros(1, 128, 16, 16))
        network(torch.zeros(128, 16, 16))
        network(torch.zeros(99, 128, 2, 2))  # tiles would be three quarters empty
        with torch.autocast("cpu", torch.bfloat16):
            network(torch.zeros(8, 128, 16, 16))
        with pytest.raises(TypeError):
            network(torch.zeros(8, 128, 16, 16))
