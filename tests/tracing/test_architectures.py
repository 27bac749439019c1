"""Proof on published architectures and on networks that use every operator: all explained, nothing changed."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from convista.errors import ConvistaError
from convista.scenes import Window, open_scene
from convista.tracing import Trace, TracedExplanation, trace
from tests.tracing import architectures
from tests.tracing.architectures import WEIGHTS, UNet
from tests.tracing.networks import EveryArithmetic, EveryChoice, EveryMove, PoolingsThatTorchLacks
from tests.tracing.recording.test_record import patch

pytestmark = pytest.mark.slow

DATA = WEIGHTS.parent
TRUE = 2
MADE: dict[str, Callable[[], tuple[nn.Module, Tensor]]] = {
    "arithmetic": lambda: (EveryArithmetic(), patch(2, 4, 8, 8)),
    "choices": lambda: (EveryChoice(), patch(2, 4, 8, 8)),
    "moves": lambda: (EveryMove(), patch(2, 4, 8, 8)),
    "poolings that torch lacks": lambda: (PoolingsThatTorchLacks().train(), patch(2, 4, 24, 27)),
    "u-net, transposed": lambda: (UNet("transposed").eval(), patch(4, 27, 22)),
    "u-net, bilinear": lambda: (UNet("bilinear").train(), patch(2, 4, 21, 30)),
    "vgg-11": lambda: (architectures.vgg11(4, 5).eval(), patch(4, 64, 64)),
    "vgg-11 in training": lambda: (architectures.vgg11(4, 5).train(), patch(2, 4, 64, 64)),
    "depthwise separable": lambda: (architectures.depthwise_separable(4, 5).train(), patch(2, 4, 24, 21)),
    "u-net, nearest": lambda: (UNet("nearest").eval(), patch(4, 26, 23)),
}
PUBLISHED = [
    pytest.param(name, marks=pytest.mark.skipif(not (WEIGHTS / file).exists(), reason="the weights are not here"))
    for name, file in (("squeezenet", "squeezenet1_0_imagenet.pth"), ("resnet20", "resnet20_cifar10.pth"))
]


def traced(model: nn.Module, x: Tensor, dtype: torch.dtype) -> Trace:
    """Trace a network, and assert that it ran as it does untraced, from the same random numbers."""
    model, x = model.to(dtype), x.to(dtype)
    torch.manual_seed(5)
    recorded = trace(model, x, TRUE)
    batch = (x if x.ndim == 4 else x[None]).clone().requires_grad_()
    torch.manual_seed(5)
    output = model(batch)
    parameters = dict(model.named_parameters())
    loss = functional.cross_entropy(output, torch.full((len(batch),), TRUE))
    plain = torch.autograd.grad(loss, [batch, *parameters.values()])
    assert torch.equal(recorded.output, output)
    assert recorded.input_gradient is not None
    assert torch.equal(recorded.input_gradient, plain[0])
    for name, gradient in zip(parameters, plain[1:], strict=True):
        assert torch.equal(recorded.parameter_gradients[name], gradient)
    return recorded


def proven(recorded: Trace, dtype: torch.dtype) -> None:
    verification = recorded.verify()
    assert verification.not_explained == ()
    assert verification.passed(1e-4 if dtype == torch.float32 else 1e-10), verification


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_every_operator_is_proven(name: str, dtype: torch.dtype) -> None:
    torch.manual_seed(1)
    proven(traced(*MADE[name](), dtype), dtype)


@pytest.mark.parametrize("name", MADE)
def test_every_output_can_be_explained(name: str) -> None:
    torch.manual_seed(1)
    recorded = traced(*MADE[name](), torch.float64)
    rng = np.random.default_rng(0)
    for record in recorded:
        for slot in record.slots:
            index = tuple(int(rng.integers(n)) for n in record.outputs[slot].shape)
            explanation = recorded.explain(record.name, index, slot)
            terms = math.fsum(term.contribution for term in explanation.terms) + explanation.bias
            assert terms == pytest.approx(explanation.total, abs=1e-12)
            assert explanation.value == pytest.approx(explanation.recorded, abs=1e-10), record.name


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_nearest_takes_what_torch_takes(dtype: torch.dtype, layout: torch.memory_format) -> None:
    """Sizes at which torch rounds otherwise in another precision or memory layout; and backward than forward."""
    model = nn.Sequential(nn.Upsample((82, 164)), nn.AdaptiveAvgPool2d(3), nn.Flatten(), nn.Linear(18, 4))
    recorded = traced(model, patch(1, 2, 2, 2).to(memory_format=layout), dtype)
    (check,) = (check for check in recorded.verify().checks if check.operator == "resample_nearest")
    assert (check.values, check.value_error) == (2 * 82 * 164, 0.0)


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_published_weights_on_real_patches(name: str, dtype: torch.dtype) -> None:
    if name == "squeezenet":
        model: nn.Module = architectures.squeezenet()
        x = (photograph(227) - torch.tensor([123.0, 117.0, 104.0])[:, None, None]).flip(0)
    else:
        model = architectures.resnet20()
        mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
        x = (photograph(32) / 255 - mean[:, None, None]) / std[:, None, None]
    proven(traced(model, x, dtype), dtype)


@pytest.mark.skipif(not (DATA / "zion").exists(), reason="the Zion scene is not here")
@pytest.mark.parametrize("name", PUBLISHED[1:])
def test_published_weights_on_a_scene(name: str) -> None:
    scene = open_scene(DATA / "zion" / "landsat8.tif", bands=["red", "green", "blue"])
    cut = scene.patch(Window(600, 400, 32, 32))
    x = torch.tensor((cut.values.filled(0) - 10000) / 3000)
    proven(traced(architectures.resnet20(), x, torch.float32), torch.float32)


class Parts(nn.Module):
    """Cuts, multiplies pieces, and assigns to a part."""

    def forward(self, x: Tensor) -> Tensor:
        first, second = x.chunk(2, dim=1)
        y = first * 2
        y[:, :, 1:3] = second[:, :, :2] * x[:, :2, 2:4]
        y[..., -1] = 0.5
        return y.sum((2, 3))


def test_a_part_that_is_assigned_is_recorded_and_proven() -> None:
    recorded = trace(Parts(), patch(2, 4, 5, 5), lambda output: output.square().sum())
    names = ["chunk", "mul", "getitem", "getitem#2", "mul#2", "setitem", "setitem#2"]
    assert [record.name for record in recorded][:7] == names
    proven(recorded, torch.float32)
    (written,) = recorded.explain("setitem", (0, 1, 2, 3)).terms
    assert (written.operand, written.index) == ("y", (0, 1, 1, 3))
    (product,) = recorded.explain("mul#2", (0, 1, 1, 3)).terms
    one, other = product.follow(), product.follow_factor()
    assert isinstance(one, TracedExplanation)
    assert isinstance(other, TracedExplanation)
    assert (one.layer, other.layer) == ("getitem", "getitem#2")
    piece = one.terms[0].follow()
    assert isinstance(piece, TracedExplanation)
    assert (piece.layer, piece.terms[0].index) == ("chunk", (0, 3, 1, 3))


def test_what_cannot_be_followed_or_does_not_exist_says_so() -> None:
    recorded = trace(Parts(), patch(2, 4, 5, 5), lambda output: output.sum())
    with pytest.raises(ConvistaError, match="There is no output 2 of “chunk”: it has 2, counted from 0"):
        recorded.explain("chunk", (0, 0, 0, 0), 2)
    with pytest.raises(ConvistaError, match=r"reads x\(0, 0, 0, 0\) is a plain number"):
        recorded.explain("chunk", (0, 0, 0, 0)).terms[0].follow_factor()
    with pytest.raises(ConvistaError, match="No operator of this run made the operand y of “setitem#2”"):
        recorded.explain("setitem#2", (0, 0, 0, 4)).terms[0].follow()


def test_the_way_ends_in_a_margin() -> None:
    recorded = trace(nn.ZeroPad2d(1), patch(1, 3, 3))
    assert len(list(recorded.explain_path(0, (0, 0, 0)))) == 1
    assert len(list(recorded.explain_path(0, (0, 1, 1)))) == 2


class Forms(nn.Module):
    """Calls torch in forms that no reader knows, and makes constants."""

    def forward(self, x: Tensor) -> Tensor:
        y = torch.mul(x, 2, out=torch.empty_like(x))
        y = y.div(2, rounding_mode="floor") + y[:, torch.tensor([0, 1, 3, 2])] + torch.ones(3)[0]
        y = y.clamp(torch.zeros(4, 3, 3), torch.ones(4, 3, 3)) + torch.where(y > 0)[0][0]
        return torch.mean(input=y, dim=(2, 3), keepdim=True).sum((1, 2), dtype=torch.float64)


def test_dividing_by_zero_is_recomputed_as_such() -> None:
    class Divided(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            inverse: Tensor = 1 / (x * 0)
            return inverse.sum((2, 3)).reciprocal()

    recorded = trace(Divided(), patch(4, 3, 3), TRUE)
    assert recorded.verify().passed(1e-6), recorded.verify()
    assert math.isinf(recorded.explain(1, (0, 0, 0)).value)


def test_forms_that_no_reader_knows() -> None:
    recorded = trace(Forms(), patch(1, 4, 3, 3))
    assert recorded.verify().not_explained == ("mul", "div", "clamp", "gt", "where", "sum")
    assert "torch.where" in [record.operator for record in recorded]
    assert [record.operator for record in recorded if record.explained] == [
        "cut",
        "add",
        "cut",
        "add",
        "cut",
        "add",
        "mean",
    ]


def photograph(size: int) -> Tensor:
    """Return a EuroSAT patch as (red, green, blue), 0 … 255, enlarged or shrunk to size."""
    if not (DATA / "eurosat").exists():
        pytest.skip("the EuroSAT patches are not here")
    file = sorted(Path(DATA / "eurosat" / "Residential").glob("*.jpg"))[0]
    values = np.asarray(Image.open(file).convert("RGB").resize((size, size)), dtype=np.float32)
    return torch.tensor(values).permute(2, 0, 1)
