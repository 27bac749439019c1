"""Reading poolings."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from convista.layers import pool as layers
from convista.operators.pool import MaxPool, MinPool, overhang
from convista.operators.pool_mixed import MixedPool
from convista.operators.pool_pyramid import SpatialPyramidPool
from convista.operators.pool_random import FractionalMaxPool, StochasticPool, fractional_starts
from convista.operators.pool_regions import AdaptiveAverage, AdaptiveMax, GlobalAverage, GlobalMax
from convista.operators.pool_sum import AveragePool, L2Pool, SumPool
from convista.tracing.reading.call import Call, border, each, pair, reads


def _reads_pool(axes: int, largest: tuple[Any, ...], average: Any) -> None:
    """Register the poolings over so many axes."""

    @reads(*largest)
    def max_pool(
        input: Any,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        dilation: Any = 1,
        ceil_mode: bool = False,
        return_indices: bool = False,
    ) -> Call | None:
        if input.ndim != axes + 2:
            return None
        kernel, spread = each(kernel_size, axes), each(dilation, axes)
        steps = each(stride, axes) if stride else kernel
        around = border(padding, kernel, spread)
        if ceil_mode:
            beyond = _overhang(input, kernel, steps, around, spread)
            around = tuple((before, after + more) for (before, after), more in zip(around, beyond, strict=True))
        return Call(MaxPool(kernel=kernel, stride=steps, padding=around, dilation=spread), {"x": input})

    @reads(average)
    def average_pool(
        input: Any,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        divisor_override: int | None = None,
    ) -> Call | None:
        if input.ndim != axes + 2:
            return None
        kernel, plain = each(kernel_size, axes), (1,) * axes
        steps, around = each(stride, axes) if stride else kernel, border(padding, kernel, plain)
        averaged = AveragePool(
            kernel=kernel,
            stride=steps,
            padding=around,
            overhang=_overhang(input, kernel, steps, around, plain) if ceil_mode else (0,) * axes,
            count_padding=count_include_pad,
            divisor=divisor_override,
        )
        return Call(averaged, {"x": input})


_F = functional
_reads_pool(1, (torch.max_pool1d, _F.max_pool1d, _F.max_pool1d_with_indices), _F.avg_pool1d)
_reads_pool(2, (torch.max_pool2d, _F.max_pool2d, _F.max_pool2d_with_indices), _F.avg_pool2d)
_reads_pool(3, (torch.max_pool3d, _F.max_pool3d, _F.max_pool3d_with_indices), _F.avg_pool3d)


@reads(functional.adaptive_avg_pool2d)
def _adaptive_avg_pool2d(input: Any, output_size: Any) -> Call | None:
    if input.ndim != 4:
        return None
    size = pair(_asked(input, output_size))
    return Call(GlobalAverage() if size == (1, 1) else AdaptiveAverage(size=size), {"x": input})


@reads(functional.adaptive_max_pool2d, functional.adaptive_max_pool2d_with_indices)
def _adaptive_max_pool2d(input: Any, output_size: Any, return_indices: bool = False) -> Call | None:
    if input.ndim != 4:
        return None
    size = pair(_asked(input, output_size))
    return Call(GlobalMax() if size == (1, 1) else AdaptiveMax(size=size), {"x": input})


def _reads_adaptive(axes: int, largest: tuple[Any, ...], average: Any) -> None:
    """Register the adaptive poolings of series or volumes whose cells are all alike: ordinary windows."""
    around = ((0, 0),) * axes

    def alike(input: Any, output_size: Any) -> tuple[int, ...] | None:
        """Return the size of a cell."""
        if input.ndim != axes + 2:
            return None
        lengths, size = tuple(input.shape[2:]), _asked(input, output_size)
        if any(n % parts for n, parts in zip(lengths, size, strict=True)):
            return None
        return tuple(n // parts for n, parts in zip(lengths, size, strict=True))

    @reads(*largest)
    def max_pool(input: Any, output_size: Any, return_indices: bool = False) -> Call | None:
        cell = alike(input, output_size)
        if cell is None:
            return None
        return Call(MaxPool(kernel=cell, stride=cell, padding=around, dilation=(1,) * axes), {"x": input})

    @reads(average)
    def average_pool(input: Any, output_size: Any) -> Call | None:
        cell = alike(input, output_size)
        if cell is None:
            return None
        return Call(AveragePool(kernel=cell, stride=cell, padding=around, overhang=(0,) * axes), {"x": input})


_reads_adaptive(1, (_F.adaptive_max_pool1d, _F.adaptive_max_pool1d_with_indices), _F.adaptive_avg_pool1d)
_reads_adaptive(3, (_F.adaptive_max_pool3d, _F.adaptive_max_pool3d_with_indices), _F.adaptive_avg_pool3d)


def _asked(input: Any, output_size: Any) -> tuple[int, ...]:
    """Read the size that an adaptive pooling is to give; None in it stands for the input's own."""
    lengths = input.shape[2:]
    asked = output_size if isinstance(output_size, tuple | list) else (output_size,) * len(lengths)
    return tuple(n if wanted is None else int(wanted) for wanted, n in zip(asked, lengths, strict=True))


def _overhang(input: Any, kernel: Any, stride: Any, padding: Any, dilation: Any) -> tuple[int, ...]:
    before = [first for first, _ in padding]
    return tuple(map(overhang, input.shape[2:], kernel, stride, before, dilation))


@reads(layers.min_pool2d)
def _min_pool2d(x: Any, kernel_size: Any, stride: Any = None, padding: Any = 0) -> Call | None:
    kernel, steps = _windows(kernel_size, stride)
    pooled = MinPool(kernel=kernel, stride=steps, padding=border(padding, kernel, (1, 1)))
    return Call(pooled, {"x": x}) if x.ndim == 4 else None


@reads(layers.sum_pool2d)
def _sum_pool2d(x: Any, kernel_size: Any, stride: Any = None) -> Call | None:
    kernel, steps = _windows(kernel_size, stride)
    return Call(SumPool(kernel=kernel, stride=steps), {"x": x}) if x.ndim == 4 else None


@reads(layers.l2_pool2d)
def _l2_pool2d(x: Any, kernel_size: Any, stride: Any = None) -> Call | None:
    kernel, steps = _windows(kernel_size, stride)
    return Call(L2Pool(kernel=kernel, stride=steps), {"x": x}) if x.ndim == 4 else None


@reads(functional.lp_pool2d)
def _lp_pool2d(
    input: Any, norm_type: float, kernel_size: Any, stride: Any = None, ceil_mode: bool = False
) -> Call | None:
    return _l2_pool2d(input, kernel_size, stride) if norm_type == 2 and not ceil_mode else None


@reads(layers.stochastic_pool2d)
def _stochastic_pool2d(x: Any, kernel_size: Any, stride: Any = None, draws: Any = None) -> Call | None:
    # Chosen in the precision of the run, because rounding may decide which value a draw falls on.
    chosen = None if draws is None else layers.stochastic_choice(x, kernel_size, stride, draws)
    kernel, steps = _windows(kernel_size, stride)
    return Call(StochasticPool(kernel=kernel, stride=steps), {"x": x, "chosen": chosen}) if x.ndim == 4 else None


@reads(layers.mixed_pool2d)
def _mixed_pool2d(x: Any, kernel_size: Any, stride: Any = None, mix: Any = 0.5) -> Call | None:
    kernel, steps = _windows(kernel_size, stride)
    return Call(MixedPool(kernel=kernel, stride=steps), {"x": x, "mix": mix}) if x.ndim == 4 else None


@reads(layers.spatial_pyramid_pool2d)
def _spatial_pyramid_pool2d(x: Any, levels: tuple[int, ...] = (1, 2, 4)) -> Call | None:
    return Call(SpatialPyramidPool(levels=tuple(levels)), {"x": x}) if x.ndim == 4 else None


@reads(functional.fractional_max_pool2d, functional.fractional_max_pool2d_with_indices)
def _fractional_max_pool2d(
    input: Any,
    kernel_size: Any,
    output_size: Any = None,
    output_ratio: Any = None,
    return_indices: bool = False,
    _random_samples: Any = None,
) -> Call | None:
    if input.ndim != 4:
        return None
    (down, across), (rows, columns) = pair(kernel_size), input.shape[2:]
    if output_size is None:
        shares = output_ratio if isinstance(output_ratio, tuple | list) else (output_ratio, output_ratio)
        output_size = [int(n * share) for n, share in zip((rows, columns), shares, strict=True)]
    out = pair(output_size)
    draws = _will_be_drawn(input) if _random_samples is None else _random_samples.detach()
    numbers = draws.cpu().numpy()  # of torch, the first is for columns
    starts = {
        "rows": fractional_starts(numbers[..., 1], rows, down, out[0]),
        "columns": fractional_starts(numbers[..., 0], columns, across, out[1]),
    }
    return Call(FractionalMaxPool(kernel=(down, across)), {"x": input, **starts})


def _will_be_drawn(input: Tensor) -> Tensor:
    """Draw what torch is about to draw inside the call, and put its generator back."""
    on = [] if input.device.type == "cpu" else [input.device]
    with torch.random.fork_rng(on, device_type=input.device.type if on else "cuda"):
        return torch.rand(*input.shape[:2], 2, dtype=input.dtype, device=input.device)


def _windows(kernel_size: Any, stride: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """Read the size and the step of windows of an image; without a step they lie side by side."""
    kernel = pair(kernel_size)
    return kernel, pair(stride) if stride else kernel
