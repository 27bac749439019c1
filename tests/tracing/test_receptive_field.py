"""The receptive field: exact, as following every term finds it, and on the ground."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rasterio.warp
import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.models import create_model
from convista.scenes import sample_scene
from convista.tracing import Pixel, Trace, trace
from tests.tracing.networks import EveryPooling, Functional, PoolingsThatTorchLacks, ThroughAView
from tests.tracing.recording.test_record import network, patch


class Branches(nn.Module):
    """A dilated branch and a strided one that meet."""

    def __init__(self) -> None:
        super().__init__()
        self.wide = nn.Conv2d(4, 2, 3, stride=2, dilation=3, padding=3)
        self.near = nn.Conv2d(4, 2, 1, stride=2)
        self.pool = nn.MaxPool2d(2, 1, dilation=2)
        self.norm = nn.BatchNorm2d(2)

    def forward(self, x: Tensor) -> Tensor:
        return self.pool(self.norm(self.wide(x) + self.near(x)))  # type: ignore[no-any-return]


class Gated(nn.Module):
    """Pieces of one tensor that open and close one another."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(4, 6, 3)

    def forward(self, x: Tensor) -> Tensor:
        gate, largest, plain = self.conv(x).chunk(3, dim=1)
        opened: Tensor = plain * torch.sigmoid(gate) / largest.max(dim=3, keepdim=True).values
        product: Tensor = opened * plain[:, :1]
        return product


def enlarging() -> nn.Module:
    return nn.Sequential(nn.Conv2d(4, 2, 3), nn.Upsample(scale_factor=2, mode="bilinear"), nn.ReflectionPad2d(1))


def followed(recorded: Trace, layer: str, index: tuple[int, ...]) -> set[tuple[int, int]]:
    """Follow every term down to the pixels: the field by its definition, element by element."""
    pixels, seen, waiting = set(), set(), [recorded.explain(layer, index)]
    while waiting:
        for term in waiting.pop().terms:
            both = term.factor_index is not None and term.factor_operand != "weight"
            for step in (term.follow(), term.follow_factor()) if both else (term.follow(),):
                if isinstance(step, Pixel):
                    pixels.add((step.row, step.column))
                elif (step.layer, step.index, step.terms) not in seen:
                    seen.add((step.layer, step.index, step.terms))
                    waiting.append(step)
    return pixels


@pytest.mark.parametrize(
    ("model", "size", "layer", "index"),
    [
        (Branches(), 20, "pool", (1, 3, 2)),
        (Branches(), 20, "pool", (0, 0, 0)),
        (Functional(), 8, "max_pool2d", (2, 1, 1)),
        (EveryPooling(), 36, "stack.5", (1, 2, 1)),
        pytest.param(EveryPooling(), 36, "adaptive_max_pool2d", (1, 0, 0), marks=pytest.mark.slow),
        pytest.param(create_model("lenet", 4, 5), 32, "pool2", (3, 1, 2), marks=pytest.mark.slow),
        (PoolingsThatTorchLacks(), 28, "stack.6", (2, 3, 1)),
        (PoolingsThatTorchLacks(), 36, "stack.8", (2, 1, 1)),
        (enlarging(), 9, "2", (1, 7, 2)),
        (Gated(), 9, "mul#2", (1, 2, 3)),
    ],
)
def test_following_every_term_visits_exactly_the_field(
    model: nn.Module, size: int, layer: str, index: tuple[int, ...]
) -> None:
    recorded = trace(model.eval(), patch(4, size, size))
    field = recorded.receptive_field(layer, index)
    assert followed(recorded, layer, index) == set(zip(*map(np.ndarray.tolist, field.mask.nonzero()), strict=True))


def test_sizes_of_lenet_are_those_of_the_formula() -> None:
    recorded = trace(*network("lenet"))
    sizes = {name: recorded.receptive_field(name, (0, 1, 1)).size for name in ("conv1", "pool1", "conv2", "pool2")}
    assert sizes == {"conv1": (5, 5), "pool1": (6, 6), "conv2": (14, 14), "pool2": (16, 16)}
    assert recorded.receptive_field("dense3", (0,)).mask.all()


def test_the_field_of_resnet18_is_cut_off_at_the_border() -> None:
    recorded = trace(create_model("resnet18", 4, 5).eval(), patch(4, 64, 64))
    assert recorded.receptive_field("layer1.1.conv2", (0, 8, 8)).size == (43, 43)
    assert recorded.receptive_field("layer4.1.conv2", (0, 1, 1)).mask.all()


def test_the_effective_field_is_the_gradient() -> None:
    model, x = network("lenet")

    def one_value(module: nn.Module, batch: Tensor) -> Tensor:
        return model.pool1(model.relu1(model.conv1(batch)))[0, 2, 4, 5]  # type: ignore[operator, no-any-return]

    field = trace(model, x).receptive_field("pool1", (2, 4, 5))
    batch = x[None].clone().requires_grad_()
    one_value(model, batch).backward()  # type: ignore[no-untyped-call]
    assert batch.grad is not None
    np.testing.assert_allclose(field.effective, batch.grad[0].abs().sum(dim=0).numpy(), atol=1e-6)
    assert not field.effective[~field.mask].any()


def test_the_footprint_is_a_rectangle_on_the_ground() -> None:
    cut = sample_scene(3, height=64, width=64).scene.patch((16, 8, 32, 32))  # type: ignore[arg-type]
    torch.manual_seed(0)
    recorded = trace(create_model("lenet", cut.band_names, 5).eval(), cut)
    field = recorded.receptive_field("conv1", (0, 2, 3))
    rows, columns = (f"{first} … {last}" for first, last in (field.rows, field.columns))
    assert f": rows {rows}, columns {columns} of " in repr(field)
    ring = np.array(field.corners())
    left, top = cut.grid.transform.c + 3 * 10, cut.grid.transform.f - 2 * 10
    assert ring.min(axis=0).tolist() == [left, top - 50]
    assert ring.max(axis=0).tolist() == [left + 50, top]
    assert ring[0].tolist() == ring[-1].tolist()
    feature = json.loads(field.geojson())
    assert "crs" not in feature
    moved = rasterio.warp.transform(cut.grid.crs, "EPSG:4326", *ring.T)
    np.testing.assert_allclose(feature["geometry"]["coordinates"][0], np.transpose(moved), atol=1e-12)


def test_mistakes() -> None:
    recorded = trace(*network("lenet"))
    with pytest.raises(ConvistaError, match="has no place on the ground"):
        recorded.receptive_field("conv1", (0, 0, 0)).footprint()
    with pytest.raises(ConvistaError, match=r"\(0, 0, 40, 0\) does not exist in an output of size"):
        recorded.receptive_field("conv1", (0, 40, 0))
    torch.manual_seed(0)
    with pytest.raises(ConvistaError, match="“changed_through_a_view” is a value of which a part"):
        trace(ThroughAView(), patch(4, 8, 8)).receptive_field("relu", (0, 0, 0))


def test_a_margin_depends_on_no_pixel() -> None:
    recorded = trace(nn.Sequential(nn.ZeroPad2d(2)), torch.ones(1, 6, 6))
    assert repr(recorded.receptive_field("0", (0, 0, 0))).endswith(": no pixel of 6 × 6>")


def test_a_dropped_element_can_still_be_depended_on() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(4, 2, 1), nn.Dropout(0.9), nn.Conv2d(2, 1, 3)).train()
    recorded = trace(model, patch(4, 8, 8))
    assert recorded.receptive_field("2", (0, 2, 2)).size == (3, 3)
    assert recorded.receptive_field("2", (0, 2, 2)).mask.sum() == 9


@pytest.mark.parametrize("loss", [nn.MSELoss(), nn.L1Loss(), nn.HuberLoss(), nn.BCEWithLogitsLoss()])
def test_a_loss_depends_on_every_pixel_even_where_it_is_right(loss: nn.Module) -> None:
    torch.manual_seed(0)
    model = nn.Conv2d(4, 1, 1)

    def against_ones(output: Tensor) -> Tensor:
        return loss(output, torch.ones_like(output))  # type: ignore[no-any-return]

    recorded = trace(model, patch(4, 6, 6), against_ones)
    assert recorded.receptive_field(len(recorded) - 1, ()).mask.all()
