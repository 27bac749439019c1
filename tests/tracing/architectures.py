"""Published architectures, written as their authors' own code runs them."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

WEIGHTS = Path(__file__).parents[3] / "shared" / "data" / "weights"


class UNet(nn.Module):
    """Two levels down and up, with skips; odd sizes are padded to fit, as in many users' code."""

    def __init__(self, up: str) -> None:
        super().__init__()
        self.down = nn.ModuleList([self.twice(4, 6), self.twice(6, 8), self.twice(8, 10)])
        if up == "transposed":
            self.up = nn.ModuleList([nn.ConvTranspose2d(10, 8, 2, stride=2), nn.ConvTranspose2d(8, 6, 2, stride=2)])
            joined = (16, 12)
        else:
            self.up = nn.ModuleList(nn.Upsample(scale_factor=2, mode=up) for _ in range(2))
            joined = (18, 14)
        self.join = nn.ModuleList([self.twice(joined[0], 8), self.twice(joined[1], 6)])
        self.head = nn.Conv2d(6, 5, 1)

    @staticmethod
    def twice(channels: int, filters: int) -> nn.Sequential:
        return nn.Sequential(
            nn.Conv2d(channels, filters, 3, padding=1, bias=False), nn.BatchNorm2d(filters), nn.ReLU(inplace=True),
            nn.Conv2d(filters, filters, 3, padding=1, padding_mode="reflect"), nn.ReLU(inplace=True),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        skips = []
        for level in self.down[:-1]:
            x = level(x)
            skips.append(x)
            x = functional.max_pool2d(x, 2)
        x = self.down[-1](x)
        for up, join in zip(self.up, self.join, strict=True):
            skip, x = skips.pop(), up(x)
            rows, columns = skip.size(2) - x.size(2), skip.size(3) - x.size(3)
            x = functional.pad(x, [columns // 2, columns - columns // 2, rows // 2, rows - rows // 2])
            x = join(torch.cat([skip, x], dim=1))
        logits: Tensor = self.head(x).mean(dim=(2, 3))
        return logits


class Fire(nn.Module):
    """Squeeze, then expand by two kernels side by side."""

    def __init__(self, channels: int, squeezed: int, expanded: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(channels, squeezed, 1)
        self.expand1x1 = nn.Conv2d(squeezed, expanded, 1)
        self.expand3x3 = nn.Conv2d(squeezed, expanded, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        x = self.relu(self.squeeze(x))
        return torch.cat([self.relu(self.expand1x1(x)), self.relu(self.expand3x3(x))], 1)


class SqueezeNet(nn.Module):
    """SqueezeNet 1.0 (Iandola et al. 2016)."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 96, 7, stride=2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, ceil_mode=True),
            Fire(96, 16, 64), Fire(128, 16, 64), Fire(128, 32, 128), nn.MaxPool2d(3, 2, ceil_mode=True),
            Fire(256, 32, 128), Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256),
            nn.MaxPool2d(3, 2, ceil_mode=True), Fire(512, 64, 256),
        )  # fmt: skip
        self.classifier = nn.Sequential(
            nn.Dropout(0.5), nn.Conv2d(512, 1000, 1), nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d((1, 1))
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.flatten(self.classifier(self.features(x)), 1)


class Block(nn.Module):
    """Two convolutions and a way around them: every other pixel where it shrinks, and zeros as new channels."""

    def __init__(self, channels: int, filters: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.new = filters - channels

    def forward(self, x: Tensor) -> Tensor:
        y = self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x)))))
        if self.new:
            x = functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.new // 2, self.new // 2), "constant", 0)
        y += x
        return functional.relu(y)


class ResNet20(nn.Module):
    """The ResNet of 20 layers for images of 32×32 (He et al. 2016), with shortcuts without parameters, option A."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(*(Block(16, 16, 1) for _ in range(3)))
        self.layer2 = nn.Sequential(Block(16, 32, 2), *(Block(32, 32, 1) for _ in range(2)))
        self.layer3 = nn.Sequential(Block(32, 64, 2), *(Block(64, 64, 1) for _ in range(2)))
        self.linear = nn.Linear(64, 10)

    def forward(self, x: Tensor) -> Tensor:
        y = functional.relu(self.bn1(self.conv1(x)))
        y = self.layer3(self.layer2(self.layer1(y)))
        y = functional.avg_pool2d(y, y.size()[3])
        return self.linear(y.view(y.size(0), -1))  # type: ignore[no-any-return]


def squeezenet() -> SqueezeNet:
    """Return SqueezeNet with its published weights, for inference."""
    network = SqueezeNet()
    network.load_state_dict(torch.load(WEIGHTS / "squeezenet1_0_imagenet.pth", weights_only=True))
    return network.eval()


def resnet20() -> ResNet20:
    """Return the ResNet with its published weights, for inference."""
    saved = torch.load(WEIGHTS / "resnet20_cifar10.pth", weights_only=True, map_location="cpu")
    network = ResNet20()
    network.load_state_dict({name.removeprefix("module."): value for name, value in saved["state_dict"].items()})
    return network.eval()


def vgg11(bands: int, classes: int) -> nn.Module:
    """VGG-11 (Simonyan & Zisserman 2015) for patches of 64×64, its dense layers made small."""
    layers: list[nn.Module] = []
    channels = bands
    for filters in (64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0):
        if filters:
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(inplace=True)]
            channels = filters
        else:
            layers.append(nn.MaxPool2d(2))
    head = (nn.Linear(512 * 4, 64), nn.ReLU(inplace=True), nn.Dropout(), nn.Linear(64, classes))
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(2), nn.Flatten(), *head)


def depthwise_separable(bands: int, classes: int) -> nn.Module:
    """Blocks of a convolution for each channel by itself and a 1×1 one across them (Howard et al. 2017)."""

    def block(channels: int, filters: int, stride: int) -> nn.Sequential:
        return nn.Sequential(
            nn.Conv2d(channels, channels, 3, stride=stride, padding=1, groups=channels, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU6(inplace=True),
            nn.Conv2d(channels, filters, 1, bias=False),
            nn.BatchNorm2d(filters),
            nn.Hardswish(inplace=True),
        )

    blocks = (block(bands, 8, 1), block(8, 16, 2), block(16, 16, 2))
    return nn.Sequential(*blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, classes))
