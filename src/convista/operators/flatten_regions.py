"""Flattening that averages first: one number a channel, or one for each region of a channel."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, inside
from convista.operators.pool_regions import AdaptiveAverage, Pair


def flatten_global(x: Array) -> Array:
    """Average each channel: (batch, channels, rows, columns) → (batch, channels); every position is lost."""
    return flatten_blocks(x, size=(1, 1))


def flatten_global_gradient(upstream: Array, x: Array) -> dict[str, Array]:
    """Give every pixel of a channel the same share."""
    return flatten_blocks_gradient(upstream, x, size=(1, 1))


def explain_flatten_global(index: Index, x: Array) -> Explanation:
    """One term for each pixel of the channel, times 1 / (rows · columns)."""
    return replace(explain_flatten_blocks(index, x, size=(1, 1)), operator="flatten_global")


def explain_flatten_global_gradient(operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
    """One term, the upstream value of the channel, times 1 / (rows · columns)."""
    blocks = explain_flatten_blocks_gradient(operand, index, upstream, x, size=(1, 1))
    return replace(blocks, operator="flatten_global")


def flatten_blocks(x: Array, *, size: Pair) -> Array:
    """Average each of ``size`` regions, then lay them out: → (batch, channels · region rows · region columns).

    Regions are the cells of an adaptive pooling; channel after channel is laid out, its regions row by row. Some
    position is kept: which region, not which pixel.
    """
    return AdaptiveAverage(size=size).value(x).reshape(len(x), -1)


def flatten_blocks_gradient(upstream: Array, x: Array, *, size: Pair) -> dict[str, Array]:
    """Give every pixel of a region the same share."""
    return AdaptiveAverage(size=size).gradient(upstream.reshape(*x.shape[:2], *size), x)


def explain_flatten_blocks(index: Index, x: Array, *, size: Pair) -> Explanation:
    """One term for each pixel of the region, times 1 / (their number)."""
    batch, channels = x.shape[:2]
    index = inside(index, (batch, channels * size[0] * size[1]))
    c, i, j = (int(n) for n in np.unravel_index(index[1], (channels, *size)))
    region = AdaptiveAverage(size=size).explain((index[0], c, i, j), x)
    formula = f"y[{index[1]}] = Σ x[{c}] / {len(region.terms)}"
    return replace(region, operator="flatten_blocks", index=index, formula=formula)


def explain_flatten_blocks_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, size: Pair
) -> Explanation:
    """One term for each region that has the pixel, times 1 / (its number of pixels)."""
    regions = upstream.reshape(*x.shape[:2], *size)
    averaged = AdaptiveAverage(size=size).explain_gradient(operand, index, regions, x)
    terms = tuple(
        replace(term, index=(term.index[0], int(np.ravel_multi_index(term.index[1:], regions.shape[1:]))))
        for term in averaged.terms
    )
    return replace(averaged, operator="flatten_blocks", terms=terms)


FLATTEN_GLOBAL = Operator(
    "flatten_global",
    flatten_global,
    flatten_global_gradient,
    explain_flatten_global,
    explain_flatten_global_gradient,
)
FLATTEN_BLOCKS = Operator(
    "flatten_blocks",
    flatten_blocks,
    flatten_blocks_gradient,
    explain_flatten_blocks,
    explain_flatten_blocks_gradient,
)
