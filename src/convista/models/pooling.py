"""Poolings by name: of windows, inside a network, and of whole maps, at its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.layers import (
    FlattenClassic,
    L2Pool2d,
    MinPool2d,
    MixedPool2d,
    SpatialPyramidPool2d,
    StochasticPool2d,
    SumPool2d,
)


class Strided(nn.Module):
    """The first value of each window, and no summary: what the layer before would give at that stride."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels, rows // size, columns // size)."""
        rows, columns = (n // self.size * self.size for n in x.shape[-2:])
        return x[..., : rows : self.size, : columns : self.size]


WINDOWS: Mapping[str, Callable[[int], nn.Module]] = MappingProxyType(
    {
        "max": nn.MaxPool2d,
        "average": nn.AvgPool2d,
        "min": MinPool2d,
        "sum": SumPool2d,
        "l2": L2Pool2d,
        "stochastic": StochasticPool2d,
        "mixed": MixedPool2d,
        "stride": Strided,
    }
)
"""Poolings of windows that do not overlap: ``make(size)``. None of them has parameters."""

MAPS = ("average", "max", "mixed", "pyramid", "blocks", "flatten", "flatten-last")
"""What can be made of whole maps, see `pool_of_maps`."""
LEVELS = (1, 2, 4)
"""Of a spatial pyramid."""


class GlobalMixed(nn.Module):
    """The mean of a map's average and its maximum."""

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels, 1, 1)."""
        largest: Tensor = torch.amax(x, dim=(2, 3), keepdim=True)
        return (x.mean(dim=(2, 3), keepdim=True) + largest) / 2


class EveryValue(nn.Module):
    """Every value of maps whose rows and columns are known, so that a dense layer can be made for them."""

    def __init__(self, side: int, *, channel_last: bool = False) -> None:
        super().__init__()
        self.side = side
        self.flatten = FlattenClassic(channel_last)

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels · side · side)."""
        rows, columns = x.shape[-2:]
        if (rows, columns) != (self.side, self.side):
            raise ConvistaError("models.other_maps", rows=rows, columns=columns, side=self.side)
        flat: Tensor = self.flatten(x)
        return flat


def pool_of_windows(name: str, size: int) -> nn.Module:
    """Return a pooling of windows.

    Raises
    ------
    ConvistaError
        If there is none of that name.
    """
    if name not in WINDOWS:
        raise ConvistaError("models.unknown_pooling", name=name, known=", ".join(WINDOWS))
    return WINDOWS[name](size)


def pool_of_maps(name: str, channels: int, *, side: int | None = None, blocks: int = 2) -> tuple[nn.Module, int]:
    """Return what makes a fixed number of values of the last maps, and that number.

    Parameters
    ----------
    name
        Of maps of any size: ``"average"``, ``"max"``, ``"mixed"`` (the mean of both), ``"pyramid"`` (the largest of
        the whole, of each quarter and of each sixteenth: 21 values a map), ``"blocks"`` (the average of each of
        ``blocks`` × ``blocks`` regions). Of maps of one size, since they keep every value: ``"flatten"``, map after
        map, and ``"flatten-last"``, pixel after pixel.
    channels
        Number of maps.
    side
        Their rows and columns, None if not known.

    Raises
    ------
    ConvistaError
        If there is none of that name, or it needs a size and none is known.
    """
    if name not in MAPS:
        raise ConvistaError("models.unknown_pooling", name=name, known=", ".join(MAPS))
    if name.startswith("flatten"):
        if side is None:
            raise ConvistaError("models.flatten_of_any_size", name=name)
        return EveryValue(side, channel_last=name == "flatten-last"), channels * side**2
    kinds: dict[str, tuple[Callable[[], nn.Module], int]] = {
        "average": (lambda: nn.AdaptiveAvgPool2d((1, 1)), 1),
        "max": (lambda: nn.AdaptiveMaxPool2d((1, 1)), 1),
        "mixed": (GlobalMixed, 1),
        "pyramid": (lambda: SpatialPyramidPool2d(LEVELS), sum(level**2 for level in LEVELS)),
        "blocks": (lambda: nn.AdaptiveAvgPool2d((blocks, blocks)), blocks**2),
    }
    make, values = kinds[name]
    return make(), channels * values
