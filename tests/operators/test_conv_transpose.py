"""Transposed convolution: against torch, against slopes."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators.conv_transpose import ConvTranspose
from tests.operators import draw
from tests.operators.against_torch import check, check_thoroughly


@st.composite
def transposed(draw_from: st.DrawFn) -> tuple[draw.Drawn, dict[str, Any]]:
    """Draw a transposed convolution, and how torch says the same."""
    groups = draw_from(st.sampled_from([1, 1, 2]))
    channels, maps = groups * draw_from(st.integers(1, 2)), draw_from(st.integers(1, 2))
    kernel, stride, dilation = (draw_from(draw.pairs) for _ in range(3))
    size = draw_from(st.tuples(st.integers(2, 5), st.integers(2, 5)))
    padding = tuple(draw_from(st.integers(0, d * (k - 1) // 2)) for d, k in zip(dilation, kernel, strict=True))
    extra = tuple(draw_from(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation, strict=True))
    operands = {
        "x": draw.normal(draw_from(st.integers(0, 10**6)), 2, channels, *size),
        "weight": draw.normal(1, channels, maps, *kernel),
        "bias": draw.normal(2, maps * groups) if draw_from(st.booleans()) else None,
    }
    around = tuple((p, p - e) for p, e in zip(padding, extra, strict=True))
    attributes = {"stride": stride, "padding": around, "dilation": dilation, "groups": groups}
    said = {"stride": stride, "padding": padding, "output_padding": extra, "groups": groups, "dilation": dilation}
    return (operands, attributes), said


@given(transposed())
def test_equals_torch(drawn: tuple[draw.Drawn, dict[str, Any]]) -> None:
    (operands, attributes), said = drawn

    def reference(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
        return functional.conv_transpose2d(x, weight, bias, **said)

    check(ConvTranspose(**attributes), reference, operands)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_thoroughly(n: int) -> None:
    stride, padding = (2, 1, 2)[:n], (1, 0, 0)[:n]
    torch_function = getattr(functional, f"conv_transpose{n}d")

    def reference(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        made: torch.Tensor = torch_function(x, weight, bias, stride, padding)
        return made

    operands = {
        "x": draw.normal(0, 2, 3, *(3, 4, 2)[:n]),
        "weight": draw.normal(1, 3, 2, *(3, 2, 2)[:n]),
        "bias": draw.normal(2, 2),
    }
    around = tuple((p, p) for p in padding)
    ours = ConvTranspose(stride=stride, padding=around, dilation=(1,) * n)
    assert ours.name == f"conv_transpose{n}d"
    check_thoroughly(ours, reference, operands)
