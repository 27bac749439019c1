"""Reading poolings."""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional

from convista.operators.pool import overhang
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
