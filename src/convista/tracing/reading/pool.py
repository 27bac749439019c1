"""Reading poolings."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from convista.layers import pool as layers
from convista.operators.pool import overhang
from convista.operators.pool_random import fractional_starts
from convista.tracing.reading.call import Call, border, pair, reads


@reads(torch.max_pool2d, functional.max_pool2d)
def _max_pool2d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Call | None:
    if return_indices or input.ndim != 4:
        return None
    kernel, spread = pair(kernel_size), pair(dilation)
    steps = pair(stride) if stride else kernel
    around = border(padding, kernel, spread)
    if ceil_mode:
        beyond = _overhang(input, kernel, steps, around, spread)
        around = tuple((before, after + more) for (before, after), more in zip(around, beyond, strict=True))
    attributes = {"kernel": kernel, "stride": steps, "padding": around, "dilation": spread}
    return Call("max_pool2d", {"x": input}, attributes)


@reads(functional.avg_pool2d)
def _avg_pool2d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Call | None:
    if input.ndim != 4:
        return None
    kernel = pair(kernel_size)
    steps, around = pair(stride) if stride else kernel, border(padding, kernel, (1, 1))
    attributes = {
        "kernel": kernel,
        "stride": steps,
        "padding": around,
        "overhang": _overhang(input, kernel, steps, around, (1, 1)) if ceil_mode else (0, 0),
        "count_padding": count_include_pad,
        "divisor": divisor_override,
    }
    return Call("average_pool2d", {"x": input}, attributes)


@reads(functional.adaptive_avg_pool2d)
def _adaptive_avg_pool2d(input: Any, output_size: Any) -> Call | None:
    return _by_regions(input, output_size, "global_average", "adaptive_average")


@reads(functional.adaptive_max_pool2d, functional.adaptive_max_pool2d_with_indices)
def _adaptive_max_pool2d(input: Any, output_size: Any, return_indices: bool = False) -> Call | None:
    return None if return_indices else _by_regions(input, output_size, "global_max", "adaptive_max")


def _by_regions(input: Any, output_size: Any, one: str, several: str) -> Call | None:
    """Read an adaptive pooling; None in its size stands for the input's own."""
    if input.ndim != 4:
        return None
    asked = output_size if isinstance(output_size, tuple | list) else (output_size, output_size)
    size = tuple(n if wanted is None else int(wanted) for wanted, n in zip(asked, input.shape[2:], strict=True))
    return Call(one, {"x": input}, {}) if size == (1, 1) else Call(several, {"x": input}, {"size": size})


def _overhang(input: Any, kernel: Any, stride: Any, padding: Any, dilation: Any) -> tuple[int, ...]:
    before = (padding[0][0], padding[1][0])
    return tuple(map(overhang, input.shape[2:], kernel, stride, before, dilation))


@reads(layers.min_pool2d)
def _min_pool2d(x: Any, kernel_size: Any, stride: Any = None, padding: Any = 0) -> Call | None:
    around = border(padding, pair(kernel_size), (1, 1))
    return _by_windows("min_pool2d", {"x": x}, kernel_size, stride, padding=around)


@reads(layers.sum_pool2d)
def _sum_pool2d(x: Any, kernel_size: Any, stride: Any = None) -> Call | None:
    return _by_windows("sum_pool2d", {"x": x}, kernel_size, stride)


@reads(layers.l2_pool2d)
def _l2_pool2d(x: Any, kernel_size: Any, stride: Any = None) -> Call | None:
    return _by_windows("l2_pool2d", {"x": x}, kernel_size, stride)


@reads(functional.lp_pool2d)
def _lp_pool2d(
    input: Any, norm_type: float, kernel_size: Any, stride: Any = None, ceil_mode: bool = False
) -> Call | None:
    return _l2_pool2d(input, kernel_size, stride) if norm_type == 2 and not ceil_mode else None


@reads(layers.stochastic_pool2d)
def _stochastic_pool2d(x: Any, kernel_size: Any, stride: Any = None, draws: Any = None) -> Call | None:
    # Chosen in the precision of the run, because rounding may decide which value a draw falls on.
    chosen = None if draws is None else layers.stochastic_choice(x, kernel_size, stride, draws)
    return _by_windows("stochastic_pool2d", {"x": x, "chosen": chosen}, kernel_size, stride)


@reads(layers.mixed_pool2d)
def _mixed_pool2d(x: Any, kernel_size: Any, stride: Any = None, mix: Any = 0.5) -> Call | None:
    return _by_windows("mixed_pool2d", {"x": x, "mix": mix}, kernel_size, stride)


@reads(layers.spatial_pyramid_pool2d)
def _spatial_pyramid_pool2d(x: Any, levels: tuple[int, ...] = (1, 2, 4)) -> Call | None:
    return Call("spatial_pyramid_pool2d", {"x": x}, {"levels": tuple(levels)}) if x.ndim == 4 else None


@reads(functional.fractional_max_pool2d, functional.fractional_max_pool2d_with_indices)
def _fractional_max_pool2d(
    input: Any,
    kernel_size: Any,
    output_size: Any = None,
    output_ratio: Any = None,
    return_indices: bool = False,
    _random_samples: Any = None,
) -> Call | None:
    if return_indices or input.ndim != 4:
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
    return Call("fractional_max_pool2d", {"x": input, **starts}, {"kernel": (down, across)})


def _will_be_drawn(input: Tensor) -> Tensor:
    """Draw what torch is about to draw inside the call, and put its generator back."""
    on = [] if input.device.type == "cpu" else [input.device]
    with torch.random.fork_rng(on, device_type=input.device.type if on else "cuda"):
        return torch.rand(*input.shape[:2], 2, dtype=input.dtype, device=input.device)


def _by_windows(name: str, operands: dict[str, Any], kernel_size: Any, stride: Any, **more: Any) -> Call | None:
    if operands["x"].ndim != 4:
        return None
    kernel = pair(kernel_size)
    return Call(name, operands, {"kernel": kernel, "stride": pair(stride) if stride else kernel, **more})
