from __future__ import annotations

import random
from collections.abc import Callable

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn import functional

from convista import language
from convista.errors import ConvistaError
from convista.layers import (
    FlattenBlocks,
    FlattenGlobal,
    L2Pool2d,
    MinPool2d,
    MixedPool2d,
    SpatialPyramidPool2d,
    SumPool2d,
)
from convista.mapping import PatchLoop, densify
from convista.mapping.dense import lattice
from convista.models import create_model


class Residual(nn.Module):
    """Branches of other lengths, joined after cutting and striding; statistics that are not trivial."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, stride=2)
        self.norm = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 4, 3, bias=False, groups=2)
        self.conv3 = nn.Conv2d(4, 6, 3, stride=2, dilation=2)
        self.dense = nn.Linear(6, 5)
        with torch.no_grad():
            self.norm.running_mean.uniform_(-1, 1)  # type: ignore[union-attr]
            self.norm.running_var.uniform_(0.5, 2)  # type: ignore[union-attr]

    def forward(self, x: Tensor) -> Tensor:
        y = functional.relu_(self.norm(self.conv1(x)))
        z = functional.dropout(self.conv2(y), 0.5, self.training)
        z += y[:, :, 1:-1, 1:-1]
        z = torch.cat([z[:, :2], functional.silu(z)[:, 2:]], dim=1)
        shortcut = functional.pad(z[:, :, 2:-2:2, 2:-2:2], (0, 0, 0, 0, 1, 1))
        z = self.conv3(z) + shortcut
        logits: Tensor = self.dense(z.amax((2, 3)) + z.mean(dim=(2, 3)))
        return logits


class Shuffled(nn.Module):
    """Channels are shuffled and gated at each place; a batch norm follows the vector."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 8, (3, 2), stride=(2, 1))
        self.scale = nn.Parameter(torch.linspace(0.5, 2, 8)[:, None, None])
        self.first, self.second = nn.Linear(8, 6), nn.Linear(6, 4)
        self.norm = nn.BatchNorm1d(6)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(x) * self.scale
        y = y.view(len(y), 2, 4, *y.shape[2:]).transpose(1, 2).reshape(y.shape)
        gate, value = y.chunk(2, dim=1)
        y = torch.cat([gate.sigmoid() * value, y[:, :4]], dim=1).softmax(dim=1)
        y = y / (y.pow(2).sum(dim=1, keepdim=True) + 0.1).sqrt()
        y = functional.adaptive_avg_pool2d(y, 1)
        logits: Tensor = self.second(self.norm(self.first(y.flatten(1)).relu()))
        return functional.layer_norm(logits, (4,))


class Perceptron(nn.Module):
    """Dense layers that are joined again, normalised, and made probabilities."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, stride=2)
        self.first, self.second, self.third = nn.Linear(4 * 9, 6), nn.Linear(6, 6), nn.Linear(12, 3)
        self.norm = nn.LayerNorm(6)

    def forward(self, x: Tensor) -> Tensor:
        y = self.first(self.conv(x).relu().flatten(1))
        z = self.norm(y + self.second(y.relu()))
        probabilities: Tensor = self.third(torch.cat([z, y], dim=1)).softmax(dim=1)
        return probabilities


def stack(*layers: nn.Module) -> nn.Module:
    return nn.Sequential(nn.Conv2d(3, 4, 3), *layers)


EXACT: dict[str, tuple[int | tuple[int, int], Callable[[], nn.Module]]] = {
    "lenet": (20, lambda: create_model("lenet", 3, 5, patch=20)),
    "residual": (19, Residual),
    "shuffled": ((12, 9), Shuffled),
    "perceptron": (8, Perceptron),
    "fully convolutional": (9, lambda: stack(nn.LeakyReLU(), nn.Conv2d(4, 2, 7))),
    "one pixel": (1, lambda: nn.Sequential(nn.Conv2d(3, 4, 1), nn.Flatten(), nn.Linear(4, 2))),
    "maximum": (14, lambda: stack(nn.MaxPool2d(3, 2), nn.PReLU(4), nn.AdaptiveMaxPool2d(1), nn.Flatten())),
    "poolings": (22, lambda: stack(nn.AvgPool2d(2), MinPool2d(3, 2), L2Pool2d(2, 1), SumPool2d(2), nn.Flatten())),
    "mixed": (12, lambda: stack(MixedPool2d(2), nn.Hardtanh(), nn.Flatten(), nn.Dropout(), nn.Linear(100, 3))),
    "global": (11, lambda: stack(nn.Softplus(), FlattenGlobal(), nn.Linear(4, 3), nn.LogSoftmax(1))),
    "regular blocks": (14, lambda: stack(FlattenBlocks(3), nn.Linear(36, 2))),
    "irregular blocks": (13, lambda: stack(FlattenBlocks((2, 3)), nn.Linear(24, 2))),
    "pyramid": (15, lambda: stack(nn.ReLU(True), SpatialPyramidPool2d((1, 2, 4)), nn.ReLU(), nn.Linear(84, 3))),
    "gated": (9, lambda: stack(nn.AdaptiveAvgPool2d(1), nn.Conv2d(4, 6, 1), nn.GroupNorm(2, 6), nn.Flatten())),
}  # fmt: skip


@pytest.mark.parametrize("together", [lattice.TOGETHER, 1])
@pytest.mark.parametrize("name", EXACT)
def test_dense_equals_the_patches_one_by_one(name: str, together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lattice, "TOGETHER", together)
    torch.manual_seed(3)
    patch, make = EXACT[name]
    network = make().double().eval()
    rows, columns = (patch, patch) if isinstance(patch, int) else patch
    window = torch.randn(1, 3, rows + 13, columns + 10).double()
    for stride in (1, 2, 3, (4, 1)):
        dense = densify(network, patch, stride=stride)
        found, true = dense(window), PatchLoop(network, patch, stride, batch=7)(window)
        assert found.shape == true.shape
        torch.testing.assert_close(found, true, rtol=1e-9, atol=1e-11)
    assert densify(network, patch)(window).shape[2:] == (14, 11)
    down, across = densify(network, patch).stride
    assert (down, across) == (1, 1)


@settings(max_examples=15)
@given(st.data())
def test_every_size_and_stride(data: st.DataObject) -> None:
    torch.manual_seed(0)
    patch = data.draw(st.integers(10, 16)), data.draw(st.integers(10, 16))
    network = nn.Sequential(
        nn.Conv2d(1, 2, data.draw(st.integers(1, 3)), stride=data.draw(st.integers(1, 3))), nn.Tanh(),
        nn.MaxPool2d(2, data.draw(st.integers(1, 3))), nn.Conv2d(2, 2, 1, stride=data.draw(st.integers(1, 2))),
        nn.Flatten(), nn.LazyLinear(2),
    ).double()  # fmt: skip
    network(torch.zeros(1, 1, *patch).double())
    stride = data.draw(st.integers(1, 7)), data.draw(st.integers(1, 7))
    size = patch[0] + data.draw(st.integers(0, 20)), patch[1] + data.draw(st.integers(0, 20))
    window = torch.randn(1, 1, *size).double()
    found, true = densify(network, patch, stride=stride)(window), PatchLoop(network, patch, stride)(window)
    torch.testing.assert_close(found, true, rtol=1e-9, atol=1e-11)


def test_the_window_of_one_patch_and_the_network_itself_agree_and_it_is_left_alone() -> None:
    network = create_model("lenet", 4, 6, patch=31).train()
    patch = torch.randn(1, 4, 31, 31)
    found = densify(network)(patch)
    assert network.training
    torch.testing.assert_close(found[0, :, 0, 0], network.eval()(patch)[0], rtol=1e-5, atol=1e-6)


def test_it_says_what_an_answer_costs() -> None:
    dense = densify(create_model("lenet", 4, 6, patch=31))
    convolutions = 4 * 6 * 25 * 27 * 27 + 6 * 16 * 25 * 9 * 9
    layers = 16 * 16 * 120 + 120 * 84 + 84 * 6
    assert dense.costs.loop == convolutions + layers
    assert dense.costs.dense == 4 * 6 * 25 + 6 * 16 * 25 + layers
    few = dense.costs
    dense(torch.zeros(1, 4, 230, 230))
    assert dense.costs == few, "in bands, each answer costs the same"


class Decides(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.mean((2, 3)) if x.mean() > 0 else x.amax((2, 3))


class Centred(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        y = x.mean((2, 3))
        return y - y.mean(0)


class Viewed(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        x[:, 0].zero_()
        return x.mean((2, 3))


class Gate(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return (x * x.mean((2, 3), keepdim=True)).mean((2, 3))


class Placed(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return (x * torch.arange(x.shape[-1])).mean((2, 3))


class Several(nn.Module):
    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        return x.mean((2, 3)), x


class Blind(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.zeros(len(x), 3)


class Random(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.mean((2, 3)) + random.random()


@pytest.mark.parametrize(
    ("layers", "key", "layer"),
    [
        ([nn.Conv2d(4, 4, 3, padding=1), nn.Flatten()], "mapping.not_dense_padding", "1"),
        ([nn.ReflectionPad2d(1), nn.Flatten()], "mapping.not_dense_padding", "1"),
        ([nn.MaxPool2d(3, 2, 1), nn.Flatten()], "mapping.not_dense_padding", "1"),
        ([nn.MaxPool2d(5, ceil_mode=True), nn.Flatten()], "mapping.not_dense_padding", "1"),
        ([nn.BatchNorm2d(4, track_running_stats=False), nn.Flatten()], "mapping.not_dense_batch", "1"),
        ([Centred()], "mapping.not_dense_batch", "1"),
        ([Decides()], "mapping.decides_by_data", "1"),
        ([Viewed()], "mapping.changed_through_a_view", "1"),
        ([Gate()], "mapping.not_dense_whole", "1"),
        ([Placed()], "mapping.not_dense_place", "1"),
        ([nn.GroupNorm(2, 4), nn.Flatten()], "mapping.not_dense_operator", "1"),
        ([nn.InstanceNorm2d(4), nn.Flatten()], "mapping.not_dense_batch", "1"),
        ([nn.Sequential(nn.Upsample(scale_factor=2)), nn.Flatten()], "mapping.not_dense_operator", "1.0"),
        ([nn.ConvTranspose2d(4, 2, 3), nn.Flatten()], "mapping.not_dense_operator", "1"),
        ([Several()], "mapping.not_one_tensor", None),
        ([Blind()], "mapping.answers_without_looking", None),
        ([Random()], "mapping.dense_differs", None),
    ],
)  # fmt: skip
def test_what_cannot_be_dense_is_named(layers: list[nn.Module], key: str, layer: str | None) -> None:
    with pytest.raises(ConvistaError) as error:
        densify(stack(*layers), 14)
    assert error.value.key == key
    if layer is not None:
        assert error.value.values["layer"] == layer


def test_the_words() -> None:
    network = create_model("resnet18", 3, 4)
    with pytest.raises(ConvistaError) as error:
        densify(network, 32)
    assert str(error.value) == (
        "The network cannot be made dense exactly: layer “conv1” (convolution) pads the border of each patch, "
        "where the patch beside it has pixels. The exact loop, patch by patch (PatchLoop), takes any network; "
        "approximate=True makes it dense approximately and measures the difference."
    )
    language.use("es")
    assert str(error.value) == (
        "La red no puede hacerse densa con exactitud: la capa «conv1» (convolution) rellena el borde de cada "
        "parche, donde el parche vecino tiene píxeles. El bucle exacto parche a parche (PatchLoop) sirve para "
        "cualquier red; approximate=True la hace densa de forma aproximada y mide la diferencia."
    )
    with pytest.raises(ConvistaError, match="no menor que el parche, 9×9"):
        densify(stack(nn.Flatten()), 9)(torch.zeros(1, 3, 8, 20))


@pytest.mark.slow
def test_approximate_lets_padding_see_the_neighbours_and_measures() -> None:
    torch.manual_seed(0)
    network = stack(
        nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1), nn.MaxPool2d(2), nn.AdaptiveAvgPool2d(1), nn.Flatten()
    )
    sample = torch.randn(1, 3, 40, 50)
    dense = densify(network, 16, approximate=True, sample=sample)
    apart = (dense(sample) - PatchLoop(network, 16)(sample)).abs()
    assert dense.difference.largest == pytest.approx(float(apart.max()))
    assert 1e-4 < dense.difference.mean < dense.difference.largest < 0.5 * dense.difference.scale
    other = dense(sample).argmax(1) != PatchLoop(network, 16)(sample).argmax(1)
    assert dense.difference.disagreeing == float(other.double().mean())
    assert densify(create_model("resnet18", 3, 4), 32, approximate=True)(sample).shape == (1, 4, 9, 19)
    exact = densify(stack(nn.Flatten()), 9, approximate=True)
    assert exact.difference.largest < 1e-5
