"""Spatial pyramid pooling: cells of several sizes, so that an image of any size gives as many numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, inside
from convista.operators.pool import winner
from convista.operators.pool_regions import adaptive_max, adaptive_max_gradient, cells_over, explain_adaptive_max
from convista.operators.upstream import element, gathered, heard


def spatial_pyramid_pool2d(x: Array, *, levels: tuple[int, ...]) -> Array:
    """Take the largest of n×n cells for each level n, and lay all out: → (batch, channels · Σ n²) (He et al. 2014).

    Level after level, in each channel after channel, in each cells row by row: as many numbers for any image.
    """
    return np.concatenate([adaptive_max(x, size=(n, n)).reshape(len(x), -1) for n in levels], axis=1)


def spatial_pyramid_pool2d_gradient(upstream: Array, x: Array, *, levels: tuple[int, ...]) -> dict[str, Array]:
    """Send each upstream value to the largest pixel of its cell; a pixel may win in several levels."""
    parts = np.split(upstream, np.cumsum([x.shape[1] * n * n for n in levels])[:-1], axis=1)
    laid = [part.reshape(*x.shape[:2], n, n) for part, n in zip(parts, levels, strict=True)]
    return {"x": np.sum([adaptive_max_gradient(g, x, size=g.shape[2:])["x"] for g in laid], axis=0)}


def explain_spatial_pyramid_pool2d(index: Index, x: Array, *, levels: tuple[int, ...]) -> Explanation:
    """One term for each pixel of the cell; only the largest counts. The note says which level it is."""
    batch, place = inside(index, (x.shape[0], x.shape[1] * sum(n * n for n in levels)))
    left = place
    for n in levels:
        if left < x.shape[1] * n * n:
            break
        left -= x.shape[1] * n * n
    c, i, j = (int(k) for k in np.unravel_index(left, (x.shape[1], n, n)))
    cell = explain_adaptive_max((batch, c, i, j), x, size=(n, n))
    name, formula = "spatial_pyramid_pool2d", f"y[{place}] = max x[{c}], cell {i},{j}"
    return replace(cell, operator=name, index=(batch, place), formula=formula, notes={"n": float(n)})


def explain_spatial_pyramid_pool2d_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, levels: tuple[int, ...]
) -> Explanation:
    """One term for each cell, of every level, that has the pixel; those that it won count once."""
    name = "spatial_pyramid_pool2d"
    b, c, *_ = index = element(name, operand, index, x=x)
    terms, before = [], 0
    for n in levels:
        for i, j, pixels in cells_over(index, x, (n, n)):
            laid = before + (c * n + i) * n + j
            terms.append(heard(upstream, (b, laid), index == winner(x, pixels)))
        before += x.shape[1] * n * n
    return gathered(name, operand, index, "∂x = Σ g · [argmax]", terms)


SPATIAL_PYRAMID_POOL2D = Operator(
    "spatial_pyramid_pool2d",
    spatial_pyramid_pool2d,
    spatial_pyramid_pool2d_gradient,
    explain_spatial_pyramid_pool2d,
    explain_spatial_pyramid_pool2d_gradient,
)
