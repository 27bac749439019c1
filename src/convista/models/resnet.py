"""Residual networks (He et al. 2016) of basic blocks, with the parameter names that published weights have."""

from __future__ import annotations

from torch import Tensor, nn

from convista.errors import ConvistaError

STEMS = ("imagenet", "small")


def resnet18(bands: int, classes: int, *, patch: int | None = None, stem: str = "imagenet") -> ResNet:
    """Make ResNet-18: two blocks in each of four stages.

    Parameters
    ----------
    bands, classes
        Sizes of the input's and the output's second axis.
    patch
        Not needed: global pooling takes any size.
    stem
        ``"imagenet"``: convolution 7×7 at stride 2 and pooling at stride 2, as published. ``"small"``: convolution
        3×3 at stride 1 and no pooling, for patches so small that the published stem would leave nothing.
    """
    del patch
    return ResNet(bands, classes, blocks=(2, 2, 2, 2), stem=stem)


class ResNet(nn.Module):
    """A residual network of basic blocks; attribute names follow torchvision's, and so do state dicts."""

    def __init__(
        self, bands: int, classes: int, *, blocks: tuple[int, int, int, int], stem: str = "imagenet"
    ) -> None:
        super().__init__()
        if stem not in STEMS:
            raise ConvistaError("models.unknown_stem", stem=stem, known=", ".join(STEMS))
        self.conv1: nn.Module
        self.maxpool: nn.Module
        if stem == "imagenet":
            self.conv1 = nn.Conv2d(bands, 64, 7, stride=2, padding=3, bias=False)
            self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        else:
            self.conv1 = nn.Conv2d(bands, 64, 3, padding=1, bias=False)
            self.maxpool = nn.Identity()
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.layer1 = _stage(64, 64, blocks[0], stride=1)
        self.layer2 = _stage(64, 128, blocks[1], stride=2)
        self.layer3 = _stage(128, 256, blocks[2], stride=2)
        self.layer4 = _stage(256, 512, blocks[3], stride=2)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(512, classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, (batch, classes), of patches, (batch, bands, rows, columns)."""
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        logits: Tensor = self.fc(self.avgpool(x).flatten(1))
        return logits


class BasicBlock(nn.Module):
    """Two 3×3 convolutions whose result is added to their input, before the last ReLU.

    Where the number of channels or the size changes, the input passes a 1×1 convolution first (``downsample``).
    """

    def __init__(self, channels: int, filters: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(filters, filters, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.downsample: nn.Module | None = None
        if stride != 1 or channels != filters:
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, filters, 1, stride=stride, bias=False), nn.BatchNorm2d(filters)
            )

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, filters, rows / stride, columns / stride) of (batch, channels, rows, columns)."""
        shortcut = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += shortcut
        result: Tensor = self.relu(out)
        return result


def _stage(channels: int, filters: int, blocks: int, stride: int) -> nn.Sequential:
    first = BasicBlock(channels, filters, stride)
    return nn.Sequential(first, *(BasicBlock(filters, filters, 1) for _ in range(blocks - 1)))
