"""Reading re-samplings."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from convista.operators.resample import PixelShuffle, PixelUnshuffle, ResampleLinear, ResampleNearest
from convista.tracing.reading.call import Call, each, reads

_LINEAR = {"linear", "bilinear", "trilinear"}
_NEAREST = {"nearest", "nearest-exact"}


@reads(functional.interpolate)
def _interpolate(
    input: Any,
    size: Any = None,
    scale_factor: Any = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> Call | None:
    if antialias or mode not in _LINEAR | _NEAREST or (size is None) == (scale_factor is None):
        return None
    if mode in _NEAREST:
        taken = _taken(input, size, scale_factor, mode, recompute_scale_factor)
        return Call(ResampleNearest(taken=taken), {"x": input})
    lengths = tuple(input.shape[2:])
    if size is None:
        factors = _each_number(scale_factor, len(lengths))
        after = tuple(int(n * factor) for n, factor in zip(lengths, factors, strict=True))
    else:
        after = each(size, len(lengths))
    scale = tuple(n / m for n, m in zip(lengths, after, strict=True))
    if size is None and not recompute_scale_factor:
        # An axis that keeps its length is copied by torch, whatever the factor.
        scale = tuple(1.0 if n == m else 1 / f for n, m, f in zip(lengths, after, factors, strict=True))
    return Call(ResampleLinear(size=after, scale=scale, corners=bool(align_corners)), {"x": input})


@reads(functional.pixel_shuffle)
def _pixel_shuffle(input: Any, upscale_factor: int) -> Call | None:
    return Call(PixelShuffle(factor=upscale_factor), {"x": input}) if input.ndim == 4 else None


@reads(functional.pixel_unshuffle)
def _pixel_unshuffle(input: Any, downscale_factor: int) -> Call | None:
    return Call(PixelUnshuffle(factor=downscale_factor), {"x": input}) if input.ndim == 4 else None


def _taken(input: Tensor, *how: Any) -> tuple[tuple[int, ...], ...]:
    """Ask torch which positions it takes, with an image of positions for each axis.

    It rounds i·s by the precision and the memory layout of the image, so that nobody else can tell.
    """
    size, scale_factor, mode, recompute = how
    taken = []
    for axis in range(2, input.ndim):
        positions = torch.arange(input.shape[axis], dtype=input.dtype, device=input.device)
        image = torch.zeros_like(input, requires_grad=False)
        image += positions.reshape(-1, *[1] * (input.ndim - axis - 1))
        image = functional.interpolate(image, size, scale_factor, mode, recompute_scale_factor=recompute)
        line = image[(0, 0, *(slice(None) if a == axis else 0 for a in range(2, input.ndim)))]
        taken.append(tuple(int(n) for n in line))
    return tuple(taken)


def _each_number(value: Any, axes: int) -> tuple[float, ...]:
    return (float(value),) * axes if isinstance(value, int | float) else tuple(float(n) for n in value)
