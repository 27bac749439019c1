"""Ways from feature maps, (batch, channels, rows, columns), to one row a sample."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from convista.layers.announcing import announced

Size = int | tuple[int, int]


@announced
def flatten_classic(x: Tensor, channel_last: bool = False) -> Tensor:
    """Lay out every value, (batch, channels · rows · columns): channel after channel, or pixel after pixel."""
    return (x.movedim(1, -1) if channel_last else x).flatten(1)


@announced
def flatten_global(x: Tensor) -> Tensor:
    """Average each channel, (batch, channels)."""
    return x.mean((2, 3))


@announced
def flatten_blocks(x: Tensor, size: Size) -> Tensor:
    """Average each of ``size`` regions of each channel, (batch, channels · region rows · region columns)."""
    return functional.adaptive_avg_pool2d(x, size).flatten(1)


class FlattenClassic(nn.Module):
    """Lay out every value: torch's order, or with ``channel_last`` that of TensorFlow."""

    def __init__(self, channel_last: bool = False) -> None:
        super().__init__()
        self.channel_last = channel_last

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels · rows · columns)."""
        return flatten_classic(x, self.channel_last)

    def extra_repr(self) -> str:
        """Say in which order."""
        return f"channel_last={self.channel_last}"


class FlattenGlobal(nn.Module):
    """Keep one number a channel, its average."""

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels)."""
        return flatten_global(x)


class FlattenBlocks(nn.Module):
    """Keep one average for each of ``size`` regions, so that some position is left."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels · region rows · region columns)."""
        return flatten_blocks(x, self.size)

    def extra_repr(self) -> str:
        """Say how many regions."""
        return f"size={self.size}"
