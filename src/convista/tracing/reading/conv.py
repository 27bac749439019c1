"""Reading convolutions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from convista.operators.conv import Conv
from convista.operators.conv_transpose import ConvTranspose
from convista.tracing.reading.call import Call, border, each, reads


def _reads_conv(axes: int, function: Callable[..., Any], transposed: Callable[..., Any]) -> None:
    """Register a convolution over so many axes, and the transposed one."""

    @reads(function)
    def conv(
        input: Any,
        weight: Any,
        bias: Any = None,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: int = 1,
    ) -> Call | None:
        if input.ndim != axes + 2:
            return None
        spread = each(dilation, axes)
        around = border(padding, tuple(weight.shape[2:]), spread)
        operator = Conv(stride=each(stride, axes), padding=around, dilation=spread, groups=groups)
        return Call(operator, {"x": input, "weight": weight, "bias": bias})

    @reads(transposed)
    def conv_transpose(
        input: Any,
        weight: Any,
        bias: Any = None,
        stride: Any = 1,
        padding: Any = 0,
        output_padding: Any = 0,
        groups: int = 1,
        dilation: Any = 1,
    ) -> Call | None:
        if input.ndim != axes + 2:
            return None
        taken = zip(each(padding, axes), each(output_padding, axes), strict=True)
        operator = ConvTranspose(
            stride=each(stride, axes),
            padding=tuple((p, p - extra) for p, extra in taken),
            dilation=each(dilation, axes),
            groups=groups,
        )
        return Call(operator, {"x": input, "weight": weight, "bias": bias})


_reads_conv(1, torch.conv1d, torch.conv_transpose1d)
_reads_conv(2, torch.conv2d, torch.conv_transpose2d)
_reads_conv(3, torch.conv3d, torch.conv_transpose3d)
