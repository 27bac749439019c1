"""Poolings by name: of windows, inside a network, and of whole maps, at its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.layers import (
    L2Pool2d,
    MinPool2d,
    MixedPool2d,
    SpatialPyramidPool2d,
    StochasticPool2d,
    SumPool2d,
)

WINDOWS: Mapping[str, Callable[[int], nn.Module]] = MappingProxyType(
    {
        "max": nn.MaxPool2d,
        "average": nn.AvgPool2d,
        "min": MinPool2d,
        "sum": SumPool2d,
        "l2": L2Pool2d,
        "stochastic": StochasticPool2d,
        "mixed": MixedPool2d,
    }
)
"""Poolings of windows that do not overlap: ``make(size)``. None of them has parameters."""

LEVELS = (1, 2, 4)
"""Of a spatial pyramid."""


class GlobalMixed(nn.Module):
    """The mean of a map's average and its maximum."""

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels, 1, 1)."""
        largest: Tensor = torch.amax(x, dim=(2, 3), keepdim=True)
        return (x.mean(dim=(2, 3), keepdim=True) + largest) / 2


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


def pool_of_maps(name: str, channels: int) -> tuple[nn.Module, int]:
    """Return what makes a fixed number of values of maps of any size, and that number.

    Parameters
    ----------
    name
        ``"average"``, ``"max"``, ``"mixed"`` (the mean of both) or ``"pyramid"`` (the largest of the whole, of each
        quarter and of each sixteenth: 21 values a map).
    channels
        Number of maps.

    Raises
    ------
    ConvistaError
        If there is none of that name.
    """
    cells = sum(level**2 for level in LEVELS)
    kinds: dict[str, tuple[nn.Module, int]] = {
        "average": (nn.AdaptiveAvgPool2d((1, 1)), channels),
        "max": (nn.AdaptiveMaxPool2d((1, 1)), channels),
        "mixed": (GlobalMixed(), channels),
        "pyramid": (SpatialPyramidPool2d(LEVELS), channels * cells),
    }
    if name not in kinds:
        raise ConvistaError("models.unknown_pooling", name=name, known=", ".join(kinds))
    return kinds[name]
