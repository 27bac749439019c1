"""The vector before the head: which layer it belongs to, in our networks and in others'."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from convista.errors import ConvistaError
from convista.models import create_model
from convista.models.feature_extraction import BeforeHead, head_of, mean_over_places


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "patch", "head", "size"),
    [
        ("lenet", 16, "dense3", 84),
        ("compact", 16, "head", 128),
        ("resnet18", 32, "fc", 512),
        ("unet", 16, "head", 64),
    ],
)
def test_the_head_of_our_networks(name: str, patch: int, head: str, size: int) -> None:
    torch.manual_seed(0)
    network = create_model(name, 3, 5, patch=patch).eval()
    assert head_of(network, 3, patch) == head
    layer = network.get_submodule(head)
    patches = torch.randn(2, 3, patch, patch)
    before = BeforeHead(network, head, whole=False)
    with torch.no_grad():
        vectors, said = before.both(patches)
        torch.testing.assert_close(layer(vectors), network(patches))
        assert vectors.shape[1] == size
        before.whole = True
        assert before(patches).shape == (2, size)
    before.release()
    assert not layer._forward_hooks
    assert len(said) == 2


def test_a_head_that_works_everywhere_is_told_the_mean() -> None:
    """Of a fully convolutional classifier, as SqueezeNet is, and of a transformer's tokens."""
    squeeze = nn.Sequential(
        nn.Conv2d(2, 6, 3), nn.ReLU(), nn.Conv2d(6, 4, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten()
    )
    assert head_of(squeeze, 2, 8) == "2"
    x = torch.randn(3, 2, 8, 8)
    vectors = BeforeHead(squeeze, "2", whole=False)(x)
    torch.testing.assert_close(vectors, squeeze[:2](x).mean((2, 3)))
    torch.testing.assert_close(squeeze[2](vectors[:, :, None, None])[:, :, 0, 0], squeeze(x))

    class Tokens(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.project = nn.Conv2d(2, 6, 4, stride=4)
            self.out = nn.Linear(6, 4)

        def forward(self, x: Tensor) -> Tensor:
            tokens = self.project(x).flatten(2).movedim(1, 2)
            said: Tensor = self.out(tokens).mean(1)
            return said

    tokens = Tokens()
    assert head_of(tokens, 2, 8) == "out"
    torch.testing.assert_close(BeforeHead(tokens, "out", whole=False)(x), tokens.project(x).mean((2, 3)))
    assert mean_over_places(torch.ones(2, 3)).shape == (2, 3)


class Beside(nn.Module):
    """Squeeze and excite: its dense layer does not decide alone."""

    def __init__(self, alone: bool) -> None:
        super().__init__()
        self.first, self.weigh, self.last = nn.Conv2d(2, 4, 3), nn.Linear(4, 4), nn.Conv2d(4, 3, 3)
        self.alone = alone

    def forward(self, x: Tensor) -> Tensor:
        maps = self.first(x)
        weights = self.weigh(maps.mean((2, 3)))
        said: Tensor = weights if self.alone else self.last(maps * weights[:, :, None, None]).mean((2, 3))
        return said


def test_what_has_no_head_is_refused() -> None:
    convolution = nn.Sequential(nn.Conv2d(2, 3, 8), nn.Flatten())
    with pytest.raises(ConvistaError, match="Sequential calls no dense layer or 1×1 convolution"):
        head_of(convolution, 2, 8)
    assert head_of(Beside(alone=True), 2, 8) == "weigh"
    with pytest.raises(ConvistaError, match=r"In Beside .* is “weigh”, but the outputs depend"):
        head_of(Beside(alone=False), 2, 8)


def test_a_head_may_be_called_twice_and_stays_as_it_was() -> None:
    class Twice(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.same = nn.Linear(4, 4)
            self.drop = nn.Dropout(0.5)

        def forward(self, x: Tensor) -> Tensor:
            said: Tensor = self.same(self.drop(functional.relu(self.same(x.mean((2, 3))))))
            return said

    network = Twice().train()
    assert head_of(network, 4, 8) == "same"
    assert network.training
    assert network.drop.training
    assert not network.same._forward_pre_hooks
    x = torch.randn(2, 4, 8, 8)
    network.eval()
    torch.testing.assert_close(
        BeforeHead(network, "same", whole=True)(x), functional.relu(network.same(x.mean((2, 3))))
    )
