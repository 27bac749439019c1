"""Layers that torch lacks: shapes, values, chance, and export."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from convista import layers
from convista.operators.flatten import FlattenClassic
from convista.operators.flatten_regions import FlattenBlocks, FlattenGlobal
from convista.operators.pool import MinPool
from convista.operators.pool_sum import L2Pool, SumPool
from convista.operators.registry import OPERATORS

X = torch.randn(2, 3, 7, 9, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
EVERY: list[nn.Module] = [
    layers.MinPool2d(3, 2, 1), layers.SumPool2d((2, 3)), layers.L2Pool2d(2, 1), layers.StochasticPool2d(3, 2),
    layers.StochasticPool2d(2).eval(), layers.MixedPool2d(2, mix=0.3), layers.MixedPool2d(3, 2, learned=True),
    layers.SpatialPyramidPool2d(), layers.FlattenClassic(), layers.FlattenClassic(channel_last=True),
    layers.FlattenGlobal(), layers.FlattenBlocks((2, 3)),
]  # fmt: skip
ids = [repr(layer) + ("" if layer.training else " in inference") for layer in EVERY]


@pytest.mark.parametrize(
    ("layer", "definition"),
    [
        (EVERY[0], MinPool(kernel=(3, 3), stride=(2, 2), padding=((1, 1), (1, 1))).value),
        (EVERY[1], SumPool(kernel=(2, 3), stride=(2, 3)).value),
        (EVERY[2], L2Pool(kernel=(2, 2), stride=(1, 1)).value),
        (EVERY[8], FlattenClassic().value),
        (EVERY[9], FlattenClassic(channel_last=True).value),
        (EVERY[10], FlattenGlobal().value),
        (EVERY[11], FlattenBlocks(size=(2, 3)).value),
    ],
)
def test_a_layer_computes_its_definition(layer: nn.Module, definition: Any) -> None:
    np.testing.assert_allclose(layer(X).numpy(), definition(X.numpy()), atol=1e-12)


@pytest.mark.parametrize("layer", EVERY, ids=ids)
def test_a_batch_is_its_samples(layer: nn.Module) -> None:
    whole = seeded(layer, X)
    assert len(whole) == 2
    if not (isinstance(layer, layers.StochasticPool2d) and layer.training):
        for n in range(2):
            torch.testing.assert_close(layer(X[n : n + 1])[0], whole[n])


@pytest.mark.parametrize("layer", EVERY, ids=ids)
def test_gradients(layer: nn.Module) -> None:
    x = X[:1, :2].clone().requires_grad_()
    assert torch.autograd.gradcheck(lambda x: seeded(layer, x), x)


@pytest.mark.slow
@pytest.mark.parametrize("layer", EVERY, ids=ids)
def test_exported_it_does_the_same(layer: nn.Module) -> None:
    x = X.float()
    exported = torch.export.export(layer, (x,)).module()
    torch.testing.assert_close(seeded(exported, x), seeded(layer, x))


@pytest.mark.parametrize("layer", EVERY, ids=ids)
def test_single_and_half_precision_stay_what_they_are(layer: nn.Module) -> None:
    assert seeded(layer, X.float()).dtype == torch.float32
    assert seeded(layer, X.bfloat16()).dtype == torch.bfloat16


def seeded(layer: Any, x: torch.Tensor) -> torch.Tensor:
    torch.manual_seed(3)
    made: torch.Tensor = layer(x)
    return made


def test_the_same_seed_draws_the_same() -> None:
    one, other = (layers.StochasticPool2d(2, generator=torch.Generator().manual_seed(7))(X) for _ in range(2))
    assert torch.equal(one, other)
    assert not torch.equal(one, layers.StochasticPool2d(2, generator=torch.Generator().manual_seed(8))(X))


def test_values_are_drawn_as_often_as_they_are_likely() -> None:
    x = torch.tensor([[1.0, 0.0], [4.0, 5.0]]).expand(1, 20_000, 2, 2)
    drawn = layers.StochasticPool2d(2, generator=torch.Generator().manual_seed(0))(x)
    often = [(drawn == value).double().mean().item() for value in (1, 0, 4, 5)]
    assert often == pytest.approx([0.1, 0, 0.4, 0.5], abs=0.015)
    expected = layers.StochasticPool2d(2).eval()(x[:, :1])
    assert expected.item() == pytest.approx(4.2)


def test_without_positive_values_all_are_equally_likely() -> None:
    for x in (torch.zeros(1, 1, 2, 2), -torch.ones(1, 1, 2, 2)):
        x.requires_grad_()
        out = layers.StochasticPool2d(2).eval()(x)
        out.backward()
        assert out.item() == x[0, 0, 0, 0].item()
        assert x.grad is not None
        assert x.grad.tolist() == [[[[0.25, 0.25], [0.25, 0.25]]]]
    drawn = layers.StochasticPool2d(2, generator=torch.Generator().manual_seed(0))(
        -torch.arange(4.0).expand(1, 900, 4).reshape(1, 900, 2, 2)
    )
    assert set(drawn.flatten().tolist()) == {0, -1, -2, -3}


def test_a_learned_mix_is_a_parameter() -> None:
    layer = layers.MixedPool2d(2, mix=0.25, learned=True).double()
    assert [p.item() for p in layer.parameters()] == [0.25]
    expected = 0.25 * functional.max_pool2d(X, 2) + 0.75 * functional.avg_pool2d(X, 2)
    torch.testing.assert_close(layer(X), expected)


def test_a_pyramid_gives_as_many_numbers_for_any_size() -> None:
    layer = layers.SpatialPyramidPool2d()
    assert layer(X).shape == layer(X[..., :5, :4]).shape == (2, 3 * 21)


def test_each_layer_is_announced_as_one_operator() -> None:
    class Seen(torch.overrides.TorchFunctionMode):
        names: list[str]

        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            self.names.append(func.__name__)
            return func(*args, **(kwargs or {}))

    x = X.float()
    for layer in EVERY:
        with Seen() as seen:
            seen.names = []
            layer(x)
        assert seen.names[-1] in OPERATORS
        assert set(seen.names[:-1]) <= {"__get__", "rand"}


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU")
@pytest.mark.parametrize("layer", EVERY, ids=ids)
def test_on_a_gpu(layer: nn.Module) -> None:
    if not (isinstance(layer, layers.StochasticPool2d) and layer.training):
        torch.testing.assert_close(layer.cuda()(X.cuda()).cpu(), layer.cpu()(X))
