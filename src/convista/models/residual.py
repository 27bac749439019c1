"""Residual blocks (He et al. 2016): what a few convolutions make of an input is added to it."""

from __future__ import annotations

from torch import Tensor, nn


class BasicBlock(nn.Module):
    """Two 3×3 convolutions whose result is added to their input, before the last ReLU.

    Where the number of channels or the size changes, the input passes a 1×1 convolution first (``downsample``).
    """

    expansion = 1
    """Filters of the result for each filter of the block."""

    def __init__(self, channels: int, filters: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(filters, filters, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.downsample = shortcut(channels, filters, stride)

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, filters, rows / stride, columns / stride) of (batch, channels, rows, columns)."""
        kept = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += kept
        result: Tensor = self.relu(out)
        return result


class Bottleneck(nn.Module):
    """A 1×1 convolution to few filters, a 3×3 one among those, a 1×1 one to four times as many, added to the input.

    The stride is in the 3×3 convolution, as torchvision and most published weights have it.
    """

    expansion = 4

    def __init__(self, channels: int, filters: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, stride=stride, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.conv3 = nn.Conv2d(filters, filters * self.expansion, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(filters * self.expansion)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = shortcut(channels, filters * self.expansion, stride)

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, 4 · filters, rows / stride, columns / stride) of (batch, channels, rows, columns)."""
        kept = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.relu(self.bn2(self.conv2(out)))
        out = self.bn3(self.conv3(out))
        out += kept
        result: Tensor = self.relu(out)
        return result


def shortcut(channels: int, filters: int, stride: int) -> nn.Module | None:
    """Return what brings an input to the shape of the result, or None where it has it."""
    if stride == 1 and channels == filters:
        return None
    return nn.Sequential(nn.Conv2d(channels, filters, 1, stride=stride, bias=False), nn.BatchNorm2d(filters))


def stage(
    block: type[BasicBlock | Bottleneck], channels: int, filters: int, count: int, stride: int
) -> nn.Sequential:
    """Return several blocks in a row, of which the first has the stride."""
    inner = filters * block.expansion
    return nn.Sequential(block(channels, filters, stride), *(block(inner, filters, 1) for _ in range(count - 1)))


def begin(network: nn.Module) -> None:
    """Draw the weights of convolutions as He et al. (2015) do, so that signals neither fade nor grow."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
