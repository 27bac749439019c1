"""Pooling by regions: the image is divided into a given number of cells, whatever its size.

A global pooling has one cell. An adaptive pooling has n rows of cells: the i-th begins at ⌊i·H/n⌋ and ends before
⌈(i + 1)·H/n⌉, so that cells overlap where n does not divide H; columns alike.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.pool import winner
from convista.operators.upstream import element, gathered, heard

Pair = tuple[int, int]
Cell = tuple[slice, slice]


def global_average(x: Array) -> Array:
    """Average each channel over all its pixels: (batch, channels, rows, columns) → (batch, channels, 1, 1)."""
    return x.mean(axis=(2, 3), keepdims=True)


def global_average_gradient(upstream: Array, x: Array) -> dict[str, Array]:
    """Give every pixel the same share, 1 / (rows · columns)."""
    return {"x": np.broadcast_to(upstream / (x.shape[2] * x.shape[3]), x.shape)}


def explain_global_average(index: Index, x: Array) -> Explanation:
    """One term for each pixel of the channel, times 1 / (rows · columns)."""
    return _explain_average("global_average", index, x, (1, 1))


def explain_global_average_gradient(operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
    """One term, the upstream value of the channel, times 1 / (rows · columns)."""
    return _explain_average_gradient("global_average", operand, index, upstream, x, (1, 1))


def global_max(x: Array) -> Array:
    """Take the largest pixel of each channel: (batch, channels, rows, columns) → (batch, channels, 1, 1)."""
    return x.max(axis=(2, 3), keepdims=True)


def global_max_gradient(upstream: Array, x: Array) -> dict[str, Array]:
    """Send the upstream gradient to the largest pixel, the first of equals."""
    return adaptive_max_gradient(upstream, x, size=(1, 1))


def explain_global_max(index: Index, x: Array) -> Explanation:
    """One term for each pixel of the channel; only the largest counts."""
    return _explain_max("global_max", index, x, (1, 1))


def explain_global_max_gradient(operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
    """One term, the upstream value of the channel, times 1 if the pixel is its largest, else 0."""
    return _explain_max_gradient("global_max", operand, index, upstream, x, (1, 1))


def adaptive_average(x: Array, *, size: Pair) -> Array:
    """Average each cell: (batch, channels, rows, columns) → (batch, channels, *size)."""
    out = np.empty((*x.shape[:2], *size), x.dtype)
    for i, j, cell in cells(x.shape, size):
        out[:, :, i, j] = x[:, :, *cell].mean(axis=(2, 3))
    return out


def adaptive_average_gradient(upstream: Array, x: Array, *, size: Pair) -> dict[str, Array]:
    """Give every pixel of a cell the same share; where cells overlap, shares add up."""
    out = np.zeros(x.shape, upstream.dtype)
    for i, j, cell in cells(x.shape, size):
        part = out[:, :, *cell]
        part += upstream[:, :, i, j, None, None] / (part.shape[2] * part.shape[3])
    return {"x": out}


def explain_adaptive_average(index: Index, x: Array, *, size: Pair) -> Explanation:
    """One term for each pixel of the cell, times 1 / (its number of pixels)."""
    return _explain_average("adaptive_average", index, x, size)


def explain_adaptive_average_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, size: Pair
) -> Explanation:
    """One term for each cell that has the pixel, times 1 / (its number of pixels)."""
    return _explain_average_gradient("adaptive_average", operand, index, upstream, x, size)


def adaptive_max(x: Array, *, size: Pair) -> Array:
    """Take the largest pixel of each cell: (batch, channels, rows, columns) → (batch, channels, *size)."""
    out = np.empty((*x.shape[:2], *size), x.dtype)
    for i, j, cell in cells(x.shape, size):
        out[:, :, i, j] = x[:, :, *cell].max(axis=(2, 3))
    return out


def adaptive_max_gradient(upstream: Array, x: Array, *, size: Pair) -> dict[str, Array]:
    """Send each upstream value to the largest pixel of its cell, the first of equals, row by row."""
    out = np.zeros(x.shape, upstream.dtype)
    for i, j, cell in cells(x.shape, size):
        part = x[:, :, *cell]
        flat = part.reshape(*part.shape[:2], -1)
        winner = np.arange(flat.shape[-1]) == flat.argmax(axis=-1)[..., None]
        out[:, :, *cell] += (winner * upstream[:, :, i, j, None]).reshape(part.shape)
    return {"x": out}


def explain_adaptive_max(index: Index, x: Array, *, size: Pair) -> Explanation:
    """One term for each pixel of the cell; only the largest counts."""
    return _explain_max("adaptive_max", index, x, size)


def explain_adaptive_max_gradient(
    operand: str, index: Index, upstream: Array, x: Array, *, size: Pair
) -> Explanation:
    """One term for each cell that has the pixel; those that it won count once, the others not at all."""
    return _explain_max_gradient("adaptive_max", operand, index, upstream, x, size)


def cells(shape: tuple[int, ...], size: Pair) -> Iterator[tuple[int, int, Cell]]:
    """Yield (i, j, (rows, columns)) for every cell of an image whose last two axes are rows and columns."""
    down, across = (
        [slice(i * n // parts, -(-(i + 1) * n // parts)) for i in range(parts)]
        for n, parts in zip(shape[-2:], size, strict=True)
    )
    for i, rows in enumerate(down):
        for j, columns in enumerate(across):
            yield i, j, (rows, columns)


def _explain_average(name: str, index: Index, x: Array, size: Pair) -> Explanation:
    index, pixels = _pixels(index, x, size)
    share = 1 / len(pixels)
    terms = tuple(Term("x", at, float(x[at]), share, None, float(x[at]) * share) for at in pixels)
    return summed(name, index, f"O[{','.join(map(str, index[1:]))}] = Σ x / {len(pixels)}", terms)


def _explain_average_gradient(
    name: str, operand: str, index: Index, upstream: Array, x: Array, size: Pair
) -> Explanation:
    b, c, *_ = index = element(name, operand, index, x=x)
    over = cells_over(index, x, size)
    terms = [heard(upstream, (b, c, i, j), 1 / len(pixels)) for i, j, pixels in over]
    return gathered(name, operand, index, "∂x = Σ g / n", terms)


def _explain_max(name: str, index: Index, x: Array, size: Pair) -> Explanation:
    index, pixels = _pixels(index, x, size)
    won = winner(x, pixels)
    terms = tuple(
        Term("x", at, float(x[at]), float(at == won), None, float(x[at]) if at == won else 0.0) for at in pixels
    )
    return summed(name, index, f"O[{','.join(map(str, index[1:]))}] = max x", terms)


def _explain_max_gradient(
    name: str, operand: str, index: Index, upstream: Array, x: Array, size: Pair
) -> Explanation:
    b, c, *_ = index = element(name, operand, index, x=x)
    over = cells_over(index, x, size)
    terms = [heard(upstream, (b, c, i, j), index == winner(x, pixels)) for i, j, pixels in over]
    return gathered(name, operand, index, "∂x = Σ g · [argmax]", terms)


def _pixels(index: Index, x: Array, size: Pair) -> tuple[Index, list[Index]]:
    """Return the checked index and the elements of its cell, row by row."""
    b, c, i, j = inside(index, (*x.shape[:2], *size))
    cell = next(cell for a, e, cell in cells(x.shape, size) if (a, e) == (i, j))
    return (b, c, i, j), _elements(b, c, cell)


def cells_over(index: Index, x: Array, size: Pair) -> Iterator[tuple[int, int, list[Index]]]:
    """Yield (i, j, elements) for every cell that has an element of the input: the reverse of `_pixels`."""
    b, c, *pixel = index
    for i, j, cell in cells(x.shape, size):
        if all(side.start <= at < side.stop for side, at in zip(cell, pixel, strict=True)):
            yield i, j, _elements(b, c, cell)


def _elements(b: int, c: int, cell: Cell) -> list[Index]:
    """Return the elements of a cell, row by row."""
    rows, columns = (range(side.start, side.stop) for side in cell)
    return [(b, c, row, column) for row in rows for column in columns]


GLOBAL_AVERAGE = Operator(
    "global_average",
    global_average,
    global_average_gradient,
    explain_global_average,
    explain_global_average_gradient,
)
GLOBAL_MAX = Operator(
    "global_max", global_max, global_max_gradient, explain_global_max, explain_global_max_gradient
)
ADAPTIVE_AVERAGE = Operator(
    "adaptive_average",
    adaptive_average,
    adaptive_average_gradient,
    explain_adaptive_average,
    explain_adaptive_average_gradient,
)
ADAPTIVE_MAX = Operator(
    "adaptive_max", adaptive_max, adaptive_max_gradient, explain_adaptive_max, explain_adaptive_max_gradient
)
