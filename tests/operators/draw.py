"""Hypothesis strategies for operands and attributes."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from convista.operators import Array, Operator
from convista.operators.pool import overhang
from convista.operators.registry import OPERATORS

Drawn = tuple[dict[str, Array | None], dict[str, Any]]

pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
sides = st.integers(3, 9)


def operator_of(name: str, attributes: dict[str, Any]) -> Operator:
    """Return the operator of a name with its numbers."""
    kind: Any = OPERATORS[name]
    made: Operator = kind(**attributes)
    return made


def normal(seed: int, *shape: int) -> Array:
    """Return values without ties, in float64."""
    return np.random.default_rng(seed).normal(size=shape)


@st.composite
def conv2d(draw: st.DrawFn) -> Drawn:
    """Draw a convolution whose kernel fits into its padded input."""
    groups = draw(st.sampled_from([1, 1, 2, 3]))
    channels, filters = groups * draw(st.integers(1, 2)), groups * draw(st.integers(1, 3))
    kernel, stride, dilation = draw(pairs), draw(pairs), draw(pairs)
    padding = (draw(st.integers(0, 2)), draw(st.integers(0, 2)))
    size = [max(draw(sides), d * (k - 1) + 1 - 2 * p) for k, d, p in zip(kernel, dilation, padding, strict=True)]
    seed = draw(st.integers(0, 10**6))
    operands = {
        "x": normal(seed, draw(st.integers(1, 2)), channels, *size),
        "weight": normal(seed + 1, filters, channels // groups, *kernel),
        "bias": normal(seed + 2, filters) if draw(st.booleans()) else None,
    }
    around = tuple((p, p) for p in padding)
    return operands, {"stride": stride, "padding": around, "dilation": dilation, "groups": groups}


@st.composite
def max_pool2d(draw: st.DrawFn) -> Drawn:
    """Draw a max pooling, often with equal values in a window."""
    kernel, stride = draw(pairs), draw(pairs)
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    dilation = draw(pairs)
    size = [max(draw(sides), d * (k - 1) + 1) for k, d in zip(kernel, dilation, strict=True)]
    x = normal(draw(st.integers(0, 10**6)), 2, draw(st.integers(1, 3)), *size)
    if draw(st.booleans()):
        x = np.round(x)
    around = tuple((p, p) for p in padding)
    return {"x": x}, {"kernel": kernel, "stride": stride, "padding": around, "dilation": dilation}


@st.composite
def average_pool2d(draw: st.DrawFn) -> Drawn:
    """Draw an average pooling; ``ceil`` says whether its overhang is torch's ``ceil_mode``."""
    kernel, stride = draw(pairs), draw(pairs)
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    size = [max(draw(sides), k) for k in kernel]
    ceil = draw(st.booleans())
    attributes = {
        "kernel": kernel,
        "stride": stride,
        "padding": tuple((p, p) for p in padding),
        "overhang": tuple(map(overhang, size, kernel, stride, padding)) if ceil else (0, 0),
        "count_padding": draw(st.booleans()),
        "divisor": draw(st.sampled_from([None, None, 3])),
        "ceil": ceil,
    }
    return {"x": normal(draw(st.integers(0, 10**6)), 2, 2, *size)}, attributes
