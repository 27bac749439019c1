"""Poolings that torch lacks, as functions and as modules.

Input is (batch, channels, rows, columns). ``kernel_size`` and ``stride`` are one number, or one for rows and one
for columns; without a stride, windows lie side by side.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from convista.layers.announcing import announced
from convista.pairs import pair

Size = int | tuple[int, int]


@announced
def min_pool2d(x: Tensor, kernel_size: Size, stride: Size | None = None, padding: Size = 0) -> Tensor:
    """Take the smallest value of each window; padding never wins."""
    return -functional.max_pool2d(-x, kernel_size, stride, padding)


@announced
def sum_pool2d(x: Tensor, kernel_size: Size, stride: Size | None = None) -> Tensor:
    """Add up each window."""
    return functional.avg_pool2d(x, kernel_size, stride, divisor_override=1)


@announced
def l2_pool2d(x: Tensor, kernel_size: Size, stride: Size | None = None) -> Tensor:
    """Take the length of each window as a vector, √Σx²."""
    return functional.lp_pool2d(x, 2, kernel_size, stride)


@announced
def stochastic_pool2d(
    x: Tensor, kernel_size: Size, stride: Size | None = None, draws: Tensor | None = None
) -> Tensor:
    """Take one value of each window at random, the larger the likelier (Zeiler & Fergus 2013).

    Parameters
    ----------
    x
        Input, meant to be what a ReLU gave. The probability of a value is its share of the sum of the positive
        values of its window; where there are none, all are equally likely.
    kernel_size, stride
        As for every pooling here.
    draws
        One number of 0 … 1 for each output element, which decides; see `stochastic_choice`. None gives the expected
        value, as in inference.
    """
    seen = _windows(x, kernel_size, stride)
    if draws is None:
        return (stochastic_probabilities(seen) * seen).sum(-1)
    return seen.gather(-1, stochastic_choice(x, kernel_size, stride, draws)[..., None]).squeeze(-1)


def stochastic_choice(x: Tensor, kernel_size: Size, stride: Size | None, draws: Tensor) -> Tensor:
    """Return which value of each window the draws choose, counted row by row.

    It is the first at which the running sum of the probabilities exceeds the draw.
    """
    running = stochastic_probabilities(_windows(x, kernel_size, stride)).detach().cumsum(-1)
    return (running <= draws[..., None] * running[..., -1:]).sum(-1).clamp_max(running.shape[-1] - 1)


def stochastic_probabilities(seen: Tensor) -> Tensor:
    """Return the probability of each value along the last axis."""
    positive = seen.relu()
    total = positive.sum(-1, keepdim=True)
    nothing = total == 0
    return torch.where(nothing, 1 / seen.shape[-1], positive / total.masked_fill(nothing, 1))


@announced
def mixed_pool2d(x: Tensor, kernel_size: Size, stride: Size | None = None, mix: float | Tensor = 0.5) -> Tensor:
    """Mix maximum and average: λ·max + (1 − λ)·average, λ being ``mix`` (Lee et al. 2016)."""
    largest = functional.max_pool2d(x, kernel_size, stride)
    return mix * largest + (1 - mix) * functional.avg_pool2d(x, kernel_size, stride)


@announced
def spatial_pyramid_pool2d(x: Tensor, levels: tuple[int, ...] = (1, 2, 4)) -> Tensor:
    """Take the largest of n×n cells for each level n and lay all out, (batch, channels · Σ n²) (He et al. 2014).

    Level after level, in each channel after channel, in each cells row by row; images of any size give as many.
    """
    return torch.cat([functional.adaptive_max_pool2d(x, n).flatten(1) for n in levels], dim=1)


class _Windowed(nn.Module):
    """What poolings by windows share."""

    def __init__(self, kernel_size: Size, stride: Size | None = None) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride

    def extra_repr(self) -> str:
        """Say the size and the step of the windows."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}"


class MinPool2d(_Windowed):
    """The smallest value of each window: where dark spots count."""

    def __init__(self, kernel_size: Size, stride: Size | None = None, padding: Size = 0) -> None:
        super().__init__(kernel_size, stride)
        self.padding = padding

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels, rows, columns), smaller."""
        return min_pool2d(x, self.kernel_size, self.stride, self.padding)


class SumPool2d(_Windowed):
    """The sum of each window."""

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels, rows, columns), smaller."""
        return sum_pool2d(x, self.kernel_size, self.stride)


class L2Pool2d(_Windowed):
    """The length of each window as a vector."""

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels, rows, columns), smaller."""
        return l2_pool2d(x, self.kernel_size, self.stride)


class StochasticPool2d(_Windowed):
    """In training a value of each window at random, in inference the expected one (Zeiler & Fergus 2013).

    Meant to follow a ReLU. ``generator`` gives the random numbers, on the device of the input; None is torch's own,
    which ``torch.manual_seed`` sets.
    """

    def __init__(
        self, kernel_size: Size, stride: Size | None = None, generator: torch.Generator | None = None
    ) -> None:
        super().__init__(kernel_size, stride)
        self.generator = generator

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels, rows, columns), smaller."""
        if not self.training:
            return stochastic_pool2d(x, self.kernel_size, self.stride)
        rows, columns = _places(x, self.kernel_size, self.stride)
        draws = torch.rand(*x.shape[:2], rows, columns, generator=self.generator, dtype=x.dtype, device=x.device)
        return stochastic_pool2d(x, self.kernel_size, self.stride, draws)


class MixedPool2d(_Windowed):
    """λ·max + (1 − λ)·average, λ being ``mix``, 0 … 1; learned with the weights if asked (Lee et al. 2016)."""

    def __init__(
        self, kernel_size: Size, stride: Size | None = None, mix: float = 0.5, learned: bool = False
    ) -> None:
        super().__init__(kernel_size, stride)
        self.mix: float | Tensor = nn.Parameter(torch.tensor(float(mix))) if learned else float(mix)

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels, rows, columns), smaller."""
        return mixed_pool2d(x, self.kernel_size, self.stride, self.mix)


class SpatialPyramidPool2d(nn.Module):
    """As many numbers for an image of any size: the largest of n×n cells for each level n (He et al. 2014)."""

    def __init__(self, levels: tuple[int, ...] = (1, 2, 4)) -> None:
        super().__init__()
        self.levels = tuple(levels)

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels · Σ n²)."""
        return spatial_pyramid_pool2d(x, self.levels)

    def extra_repr(self) -> str:
        """Say the levels."""
        return f"levels={self.levels}"


def _windows(x: Tensor, kernel_size: Size, stride: Size | None) -> Tensor:
    """Return the values of each window along a last axis, row by row."""
    (down, across), (step_down, step_across) = pair(kernel_size), pair(kernel_size if stride is None else stride)
    return x.unfold(2, down, step_down).unfold(3, across, step_across).flatten(-2)


def _places(x: Tensor, kernel_size: Size, stride: Size) -> tuple[int, int]:
    (down, across), (step_down, step_across) = pair(kernel_size), pair(stride)
    return (x.shape[2] - down) // step_down + 1, (x.shape[3] - across) // step_across + 1
