"""What a network is made of, against what is published of it and against exact fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from convista import language
from convista.catalogue import film
from convista.models import create_model
from convista.tracing import Trace, trace
from convista.tracing.summary import condensed, layers
from tests.films.reading import assert_laid_out, texts
from tests.tracing.networks import EveryNorm, Functional, Unknown
from tests.tracing.recording.test_unrecorded import WAVES, scripted_function, triple


def outline(name: str, bands: int, side: int, classes: int = 1000) -> Trace:
    with torch.device("meta"):
        net = create_model(name, bands, classes, patch=side).eval()
        return trace(net, torch.zeros(1, bands, side, side))


@pytest.mark.parametrize(
    ("name", "parameters", "multiply_adds"),
    # Parameters and multiply-adds as torchvision's documentation gives them (10⁹ of the latter, two decimals).
    [("resnet18", 11_689_512, 1.81), ("vgg11", 132_863_336, 7.61), ("vgg13", 133_047_848, 11.31)],
)
def test_costs_are_the_published_ones(name: str, parameters: int, multiply_adds: float) -> None:
    found = outline(name, 3, 224).layers()
    assert sum(layer.parameters for layer in found) == parameters
    assert sum(layer.multiply_adds or 0 for layer in found) / 1e9 == pytest.approx(multiply_adds, abs=0.01)


def test_fields_are_the_published_ones() -> None:
    """Araujo et al. 2019 give 435 for the last maps of ResNet-18; VGG's 3×3 stacks give 150 after five poolings."""
    resnet = {layer.name: layer for layer in outline("resnet18", 3, 224).layers()}
    assert [resnet[name].field for name in ("conv1", "maxpool", "layer1.1.conv2", "layer4.1.conv2")] == [
        (7, 7), (11, 11), (43, 43), (435, 435),
    ]  # fmt: skip
    assert outline("vgg11", 3, 224).layers()[12].field == (150, 150)


def test_a_residual_layer_reads_its_own_way_and_the_shortcut() -> None:
    found = outline("resnet18", 3, 64).layers()
    place = [layer.name for layer in found].index("layer2.0.conv2")
    reads = [found[n].name for n in found[place].reads]
    assert reads == ["layer2.0.downsample.0", "layer2.0.conv1"]
    assert found[place].last == "layer2.0.relu#2"
    assert found[0].reads == (-1,)


@pytest.mark.parametrize("name", ["lenet", "resnet18", "vgg11"])
def test_the_reach_is_the_exact_field_where_nothing_is_cut_off(name: str) -> None:
    side = {"lenet": 36, "resnet18": 64, "vgg11": 48}[name]
    torch.manual_seed(0)
    options = {"units": 4} if name == "vgg11" else {}
    traced = trace(create_model(name, 1, 2, patch=side, **options).eval(), torch.randn(1, 1, side, side))
    compared = 0
    for layer in traced.layers()[:6]:
        if len(layer.shape) == 3 and layer.field is not None and max(layer.field) < side // 2:
            middle = (0, *(n // 2 for n in layer.shape[1:]))
            assert traced.receptive_field(layer.last, middle).size == layer.field
            compared += 1
    assert compared >= 3


def test_the_reach_of_a_way_up_is_never_less_than_the_exact_field() -> None:
    torch.manual_seed(0)
    net = create_model("unet", 1, 2, depth=2, width=2, batch_norm=False).eval()
    traced = trace(net, torch.randn(1, 1, 48, 48))
    for layer in traced.layers():
        exact = traced.receptive_field(layer.last, (0, *(n // 2 for n in layer.shape[1:]))).size
        assert layer.field is not None
        assert np.all(np.array(exact) <= layer.field), layer.name


@pytest.mark.parametrize("make", [Functional, Unknown, EveryNorm])
def test_every_parameter_is_counted_once_whatever_the_network(make: Callable[[], nn.Module]) -> None:
    traced = trace(make(), torch.randn(2, 4, 8, 8))
    used = {
        source.name: value.numel()
        for record in traced.records
        for value, source in record.operands.values()
        if source.learned
    }
    assert sum(layer.parameters for layer in layers(traced.records)) == sum(used.values())


def test_many_layers_are_put_together_by_their_modules() -> None:
    whole = outline("resnet18", 3, 64).layers()
    few = condensed(whole, 12)
    assert [layer.name for layer in few] == [
        "conv1", "maxpool", *(f"layer{s}.{b}" for s in (1, 2, 3, 4) for b in (0, 1)), "avgpool", "fc",
    ]  # fmt: skip
    for what in ("parameters", "multiply_adds"):
        assert sum(getattr(layer, what) for layer in few) == sum(getattr(layer, what) for layer in whole)
    assert few[-1].field == whole[-1].field
    assert few[3].reads == (2,)


def test_a_long_plain_network_is_put_together_too() -> None:
    with torch.device("meta"):
        net = nn.Sequential(*(nn.Conv2d(2, 2, 3, padding=1) for _ in range(100)))
        traced = trace(net, torch.zeros(1, 2, 8, 8))
    few = condensed(traced.layers(), 30)
    assert len(few) == 30
    assert sum(layer.parameters for layer in few) == 100 * 38
    assert len(traced.film().steps) > 30


L, S, E, H, B = 6, 9, 8, 2, 3
"""Queries, keys, features, heads and samples."""


def _product(x: Tensor, y: Tensor) -> Tensor:
    return torch.matmul(x, y.transpose(1, 2))


def _in_heads(x: Tensor) -> Tensor:
    return x.reshape(*x.shape[:2], H, -1).transpose(1, 2)


def _folded(x: Tensor) -> Tensor:
    return _in_heads(x).flatten(0, 1)


def _turned(x: Tensor, y: Tensor) -> Tensor:
    return torch.matmul(x, y.T)


PRODUCT = scripted_function(_product)
WORK: dict[str, tuple[Callable[..., Any], int | None]] = {
    "attention": (lambda q, k: functional.scaled_dot_product_attention(q, k, k), 2 * L * S * E),
    "causal attention": (
        lambda q, k: functional.scaled_dot_product_attention(q, k, k, None, 0.0, True),
        2 * L * S * E,
    ),
    "heads": (
        lambda q, k: functional.scaled_dot_product_attention(_in_heads(q), _in_heads(k), _in_heads(k)),
        2 * L * S * E,
    ),
    "other values": (lambda q, k: functional.scaled_dot_product_attention(q, k, k[..., :3]), L * S * (E + 3)),
    "by hand": (lambda q, k: torch.softmax(q @ k.transpose(1, 2), -1) @ k, 2 * L * S * E),
    "bmm": (lambda q, k: torch.bmm(q, k.mT), L * S * E),
    "baddbmm": (lambda q, k: torch.baddbmm(torch.zeros(1), q, k.mT), L * S * E),
    "einsum": (lambda q, k: torch.einsum("ble,bse->bls", q, k), L * S * E),
    "folded heads": (lambda q, k: torch.bmm(_folded(q), _folded(k).mT), L * S * E),
    "vectors": (lambda q, k: torch.stack([x @ y[0] for x, y in zip(q, k, strict=True)]), L * E),
    "scripted": (PRODUCT, L * S * E),
    "scripted, no products": (lambda q, k: WAVES(q) + k[:, :1], 0),
    "vmap": (torch.vmap(_turned), L * S * E),
    "transform": (lambda q, _: torch.fft.fft(q).abs(), None),
    "operator of one's own": (lambda q, k: triple(q) + k[:, :1], None),
    "sine": (lambda q, _: torch.sin(q), 0),
}


class Pair(nn.Module):
    def __init__(self, work: Callable[..., Any]) -> None:
        super().__init__()
        self.work = work
        self.steps = nn.LSTM(E, 1, batch_first=True)  # unused; it says that axes are as they are

    def forward(self, q: Tensor, k: Tensor) -> Tensor:
        return self.work(q, k)  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", WORK)
@pytest.mark.parametrize("device", ["cpu", "meta"])
def test_products_are_counted_whoever_makes_them(name: str, device: str) -> None:
    work, expected = WORK[name]
    given = (torch.randn(B, L, E, device=device), torch.randn(B, S, E, device=device))
    if device == "meta" and name == "operator of one's own":
        return  # torch asks for more than its definition there
    found = trace(Pair(work).to(device), given).layers()
    counts = [layer.multiply_adds for layer in found]
    assert (None if None in counts else sum(counts)) == expected, counts  # type: ignore[arg-type]
    assert repr(found).endswith(f": 0 parameters, {'unknown' if expected is None else expected} multiply-adds>")


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("training", [True, False])
def test_attention_as_a_module_is_counted_by_its_formula(first: bool, training: bool) -> None:
    """Four projections, QKᵀ and what multiplies V; also where torch has a fast path."""

    class Attends(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.attention = nn.MultiheadAttention(E, H, batch_first=first)

        def forward(self, x: Tensor) -> Tensor:
            return self.attention(x, x, x)[0]  # type: ignore[no-any-return]

    x = torch.randn((B, L, E) if first else (L, B, E))
    with torch.no_grad():
        found = trace(Attends().train(training), x).layers()
    assert sum(layer.multiply_adds or 0 for layer in found) == 4 * L * E * E + 2 * L * L * E
    encoder = nn.TransformerEncoderLayer(E, H, 16, batch_first=first).train(training)
    found = trace(encoder, x).layers()
    assert sum(layer.multiply_adds or 0 for layer in found) == 4 * L * E * E + 2 * L * L * E + 2 * L * E * 16


@pytest.mark.parametrize(("kind", "gates"), [(nn.LSTM, 4), (nn.GRU, 3), (nn.RNN, 1)])
def test_recurrent_layers_are_counted(kind: Any, gates: int) -> None:
    class Recurrent(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.steps = kind(E, 5, batch_first=True)

        def forward(self, x: Tensor) -> Tensor:
            return self.steps(x)[0]  # type: ignore[no-any-return]

    (layer, *_) = trace(Recurrent(), torch.randn(B, L, E)).layers()
    assert layer.multiply_adds == L * gates * 5 * (E + 5)


def test_a_batch_counts_as_one_sample_does() -> None:
    torch.manual_seed(0)
    net = Functional()
    one, four = (trace(net, torch.randn(n, 4, 8, 8)).layers() for n in (1, 4))
    assert [layer.multiply_adds for layer in one] == [layer.multiply_adds for layer in four]


def test_what_is_not_known_is_said_in_the_table_and_in_the_film() -> None:
    class Waves(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv, self.dense = nn.Conv2d(3, 4, 3, padding=1), nn.Linear(4, 2)

        def forward(self, x: Tensor) -> Tensor:
            return self.dense(torch.fft.fft2(self.conv(x)).abs().mean((2, 3)))  # type: ignore[no-any-return]

    traced = trace(Waves(), torch.randn(1, 3, 8, 8))
    assert str(traced.layers()).splitlines() == [
        "layer     operator    output  parameters  multiply-adds  receptive field",
        "conv      conv2d 3×3   4×8×8         112           6912              3×3",
        "fft_fft2  fft.fft2     4×8×8           0        unknown                –",
        "abs       Tensor.abs   4×8×8           0              0                –",
        "mean      mean             4           0              0                –",
        "dense     dense            2          10              8                –",
        "sum                                  122        unknown",
    ]
    for made in (traced.film(), film("cnn-stages", trace=traced)):
        for step in made.steps:
            assert_laid_out(step.marks, "en")
            assert_laid_out(step.marks, "es")
    read = [texts(step.marks, "en") for step in traced.film().steps[1:-1]]
    assert [one["fact.multiply_adds"] for one in read] == ["6.91 k", "?", "0", "0", "8"]
    assert [one["multiply_adds.sum"] for one in read] == ["6.91 k", "≥ 6.91 k", "≥ 6.91 k", "≥ 6.91 k", "≥ 6.92 k"]
    assert "not all multiply-adds can be counted" in film("cnn-stages", trace=traced).steps[-1].caption.en


def test_layers_are_printed_in_spanish_and_as_a_tuple_still() -> None:
    found = trace(nn.Sequential(nn.Conv2d(3, 2, 1), nn.ReLU()), torch.randn(1, 3, 2, 2)).layers()
    assert isinstance(found, tuple)
    assert repr(found) == "<1 layer: 8 parameters, 24 multiply-adds>"
    language.use("es")
    assert str(found).splitlines()[0].split() == [
        "capa",
        "operador",
        "salida",
        "parámetros",
        "productos",
        "y",
        "sumas",
        "campo",
        "receptivo",
    ]
