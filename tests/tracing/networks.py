"""Small networks that do what users' networks do."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


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
