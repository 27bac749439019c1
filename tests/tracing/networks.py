"""Small networks that do what users' networks do."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from convista.layers import (
    FlattenBlocks,
    FlattenClassic,
    FlattenGlobal,
    L2Pool2d,
    MinPool2d,
    MixedPool2d,
    SpatialPyramidPool2d,
    StochasticPool2d,
    SumPool2d,
)


class Functional(nn.Module):
    """No modules for what has no parameters; the same convolution twice; operators in place; a branch."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.dense = nn.Linear(4 * 4 * 4, 5)

    def forward(self, x: Tensor) -> Tensor:
        once = functional.relu(self.conv(x))
        twice = self.conv(once)
        twice.relu_()
        pooled = functional.max_pool2d(twice + once, 2)
        logits: Tensor = self.dense(pooled.view(pooled.shape[0], -1))
        return logits


class Unknown(nn.Module):
    """Applies an operator that has no written definition."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(4, 2, 3)
        self.dense = nn.Linear(2, 5)

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.dense(torch.erfinv(torch.sin(self.conv(x)) * 0.5).mean((2, 3)))
        return logits


class ThroughAView(nn.Module):
    """Changes a tensor through a view of it."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3)
        self.dense = nn.Linear(4 * 6 * 6, 5)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(x)
        y[:, 0].zero_()
        logits: Tensor = self.dense(functional.relu(y).flatten(1))
        return logits


class EveryActivation(nn.Module):
    """One activation after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = nn.Sequential(
            nn.Conv2d(4, 3, 3), nn.LeakyReLU(0.1), nn.ELU(1.5), nn.GELU(), nn.GELU("tanh"), nn.SiLU(), nn.PReLU(3),
            nn.Mish(inplace=True), nn.Hardswish(), nn.Softplus(2.0), nn.ReLU6(), nn.Tanh(), nn.Sigmoid(),
        )  # fmt: skip
        self.dense = nn.Linear(3 * 36, 5)

    def forward(self, x: Tensor) -> Tensor:
        return functional.log_softmax(self.dense(self.stack(x).flatten(1)), dim=-1)


class EveryPooling(nn.Module):
    """One pooling after the other, with ceilings, padding and odd sizes."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = nn.Sequential(
            nn.Conv2d(4, 3, 3), nn.MaxPool2d(3, 2, ceil_mode=True), nn.AvgPool2d(3, 2, 1, count_include_pad=False),
            nn.AvgPool2d((2, 3), 2, ceil_mode=True), nn.AdaptiveMaxPool2d((4, 3)), nn.AdaptiveAvgPool2d((None, 2)),
        )  # fmt: skip
        self.dense = nn.Linear(3, 5)

    def forward(self, x: Tensor) -> Tensor:
        y = self.stack(x)
        pooled = functional.adaptive_max_pool2d(y, 1) + functional.adaptive_avg_pool2d(y, 1)
        logits: Tensor = self.dense(pooled.flatten(1))
        return logits


class EveryNorm(nn.Module):
    """Normalisations over every kind of set, and dropouts, one of them followed by an operator in place."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = nn.Sequential(
            nn.Conv2d(4, 6, 3, bias=False), nn.BatchNorm2d(6), nn.ReLU(True), nn.GroupNorm(3, 6), nn.SiLU(),
            nn.InstanceNorm2d(6, affine=True, track_running_stats=True), nn.Dropout(0.5), nn.ReLU(True), nn.Tanh(),
            nn.InstanceNorm2d(6), nn.SiLU(), nn.Dropout2d(0.4), nn.LayerNorm([6, 6, 6]), nn.Tanh(),
            nn.LayerNorm(6, elementwise_affine=False),
        )  # fmt: skip
        self.dense = nn.Linear(6 * 36, 5)

    def forward(self, x: Tensor) -> Tensor:
        y = self.stack(x)
        twice = functional.relu(y) + functional.dropout(y, 0.3, self.training) + y
        logits: Tensor = self.dense(functional.dropout(twice, 1.0, self.training).flatten(1) + y.flatten(1))
        return logits


class EveryArithmetic(nn.Module):
    """Sums, products, powers and statistics, between activations and with numbers, in every spelling."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(4, 6, 3)
        self.scale = nn.Parameter(torch.linspace(0.5, 2, 6)[:, None, None])
        self.dense = nn.Linear(6, 5)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(x)
        y = 1 - 0.1 * y / 3 + self.scale * y
        y -= y.mean(dim=(2, 3), keepdim=True)
        y = y / (y.pow(2).mean(dim=1, keepdim=True) + 1e-3).sqrt()
        gate = torch.sigmoid(torch.mean(y, (2, 3), True) + y.amax((2, 3), keepdim=True))
        y = torch.add(y * gate, -y, alpha=0.3) - torch.sub(y, 2, alpha=2)
        y *= 0.7
        y /= 1.3
        y = y + 2 / (y**2 + 1.5)
        y += 1
        largest, where = y.flatten(2).max(dim=2)
        rows = y.flatten(2)
        mixed = torch.bmm(rows, rows.transpose(1, 2)) / rows.shape[-1] @ largest[:, :, None]
        logits: Tensor = self.dense(mixed.squeeze(-1) / 99 + y.sum((2, 3)) / 36 - where.to(y) * 0.01)
        return logits


class EveryMove(nn.Module):
    """Values moved, cut, laid together, padded and re-sampled in every way."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(4, 8, 3)
        self.norm = nn.LayerNorm(8)
        self.strategies = nn.ModuleList(
            [FlattenClassic(), FlattenClassic(channel_last=True), FlattenGlobal(), FlattenBlocks((2, 3))]
        )
        self.dense = nn.Linear(2 * 8 * 36 + 8 + 48, 5)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(self.conv(x).permute(0, 2, 3, 1)).permute(0, 3, 1, 2).contiguous()
        first, second = y.chunk(2, dim=1)
        a, b, c = torch.split(first, [1, 2, 1], 1)
        y = torch.cat((c, a, b, torch.flip(second, (2,))), dim=1)
        one, *_ = torch.stack([y, y.clone().transpose(2, 3)], dim=1).unbind(1)
        y = one + y.movedim(1, -1).movedim(-1, 1).narrow(2, 1, 4).select(2, 0)[:, :, None, :].expand(-1, -1, 6, -1)
        wide = functional.pad(y, (1, 2, 0, 1), "reflect") - functional.pad(y, (0, 3, -1, 2), value=0.5)
        wide = functional.pad(functional.pad(wide, (1, 1, 0, 0), "circular"), (1, 1, 2, 0), mode="replicate")
        shuffled = functional.pixel_shuffle(wide[:, :, 1:, ..., :-1], 2)
        near = functional.interpolate(shuffled, (7, 9)) + functional.interpolate(
            shuffled, size=(7, 9), mode="nearest-exact"
        )
        fine = functional.interpolate(near, scale_factor=(1.5, 2.3), mode="bilinear")
        fine = functional.interpolate(fine, (6, 6), mode="bilinear", align_corners=True)
        y = y.unsqueeze(1).squeeze(1) + torch.cat([fine, fine, torch.zeros_like(y[:, :4])], 1)
        y = y.view_as(x.new_zeros(y.shape)).reshape(-1, 2, 4, 6, 6).flatten(1, 2).double().to(x.dtype)
        logits: Tensor = self.dense(torch.cat([flatten(y) for flatten in self.strategies], -1))
        return logits


class PoolingsThatTorchLacks(nn.Module):
    """One after the other; in training, two of them draw."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = nn.Sequential(
            nn.Conv2d(4, 3, 3), nn.ReLU(), MinPool2d(2, 1, 1), SumPool2d(2, 1), L2Pool2d((2, 3), (1, 2)),
            nn.LPPool2d(2, 2, 1), StochasticPool2d(2), StochasticPool2d((1, 2), 1).eval(),
            nn.FractionalMaxPool2d(2, output_ratio=(0.7, 0.8)), MixedPool2d(2, 1, 0.3),
            MixedPool2d(2, 1, learned=True), SpatialPyramidPool2d((1, 2, 3)),
        )  # fmt: skip
        self.dense = nn.Linear(3 * 14, 5)

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.dense(self.stack(x))
        return logits


class EveryChoice(nn.Module):
    """What users' own code does: limits, masks, positions, exponentials, the larger of two, and moves."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(4, 8, 3)
        self.limits = nn.Hardtanh(-2, 1.5)
        self.mask: Tensor
        self.register_buffer("mask", torch.arange(36).reshape(6, 6) % 3 == 0)
        self.pool = nn.MaxPool2d(2, return_indices=True)
        self.dense = nn.Linear(8, 5)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv(x)
        y = torch.maximum(y, 0.1 * y) + torch.minimum(y, y.flip(3)) - torch.max(y, y.roll(1, 2)) * torch.min(y, -y)
        y = self.limits(y) + y.clamp(min=-1) - y.clamp_max(0.5) + torch.clip(y, -0.2, 0.3)
        y = (y.abs() + 0.1).log() - torch.exp(-y)
        y = torch.where(self.mask, y, 0.5 * y).masked_fill(self.mask.T, 0.0)
        y = y[:, torch.tensor([3, 0, 1, 1, 2, 7, 5, 6])]
        y = functional.pixel_shuffle(functional.pixel_unshuffle(y, 2), 2)
        y = y.index_select(3, torch.tensor([0, 2, 2, 5]))[:, [7, 6, 5, 4, 3, 2, 1, 0]]
        y[:, :, self.mask[:, :4]] = 1.0
        y, _ = self.pool(y)
        logits: Tensor = self.dense(functional.adaptive_max_pool2d(y, 1, return_indices=True)[0].flatten(1))
        return logits


class PoolingsOfSeries(nn.Module):
    """Poolings and re-sampling over one axis, or three."""

    def __init__(self, axes: int) -> None:
        super().__init__()
        n = f"{axes}d"
        conv, most, average = (getattr(nn, f"{kind}{n}") for kind in ("Conv", "MaxPool", "AvgPool"))
        least, mean = getattr(nn, f"AdaptiveMaxPool{n}"), getattr(nn, f"AdaptiveAvgPool{n}")
        self.stack = nn.Sequential(
            conv(4, 6, 2), getattr(nn, f"BatchNorm{n}")(6),
            most(2, 1), average(2, 1, 1), most(3, 2, ceil_mode=True), nn.Upsample(scale_factor=2),
            nn.Upsample(scale_factor=2, mode={1: "linear", 3: "trilinear"}[axes]),
            least(2), mean(1), nn.Flatten(),
        )  # fmt: skip
        self.dense = nn.Linear(6, 5)

    def forward(self, x: Tensor) -> Tensor:
        return self.dense(self.stack(x))  # type: ignore[no-any-return]
