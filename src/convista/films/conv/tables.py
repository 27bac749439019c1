"""Where the arrays of a convolution stand whose numbers can all be read: input, kernel above products, output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from convista.films.conv.sweep import Sweep
from convista.films.stage.grid import LEGIBLE, CellGrid, grid
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box
from convista.films.stage.scale import Scale
from convista.operators.sliding import Padding, pad

LARGEST_CELL = 54.0
APART, SUMS, ARROW = 36.0, 52.0, 84.0
"""Widths: least of all between input and kernel; of the sums of the products' rows; least of all of the arrow."""
SPARE = 0.35
"""How much of the width that is left over lies between input and kernel."""
ABOVE, BELOW, BAR = 34.0, 20.0, 160.0
"""Heights of the room for a heading between two arrays, and of that for the bar of colours; its least width."""


class Tables(NamedTuple):
    """The arrays of the stage, for what padding around the image there are cells, and the colours of sums."""

    input: CellGrid
    kernel: CellGrid
    products: CellGrid
    output: CellGrid
    frame: Padding
    scale: Scale
    """Of products and outputs, which are sums of them."""
    bar: Box
    """Where the bar of that scale stands: a line."""


def tables(*sweeps: Sweep) -> list[Tables] | None:
    """Lay the arrays out, or return None if there are several channels or a number would be too small to read.

    Several sweeps of one image by one kernel, with paddings of their own, have their outputs one above the other.
    """
    sweep = sweeps[0]
    if sweep.maps.shape[0] != 1:
        return None
    frame = _around(sweeps)
    padded, (high, wide) = pad(sweep.maps[0], frame), sweep.kernel.shape[1:]
    (rows, columns), sizes = padded.shape, [one.size for one in sweeps]
    out_rows, out_columns = sum(size[0] for size in sizes), max(size[1] for size in sizes)
    between = ABOVE * (len(sweeps) - 1)
    tallest = min(STAGE.height / rows, (STAGE.height - between) / out_rows)
    cell = min(LARGEST_CELL, tallest, (STAGE.width - APART - SUMS - ARROW) / (columns + out_columns + wide))
    tall = min(STAGE.height, max(cell * rows, 2 * high * cell + ABOVE))
    small = min(cell, (tall - ABOVE) / (2 * high))
    middle = (STAGE.top + STAGE.bottom) / 2
    spare = STAGE.width - cell * (columns + out_columns) - small * wide - APART - SUMS - ARROW
    left, top, bottom = STAGE.left + cell * columns + APART + SPARE * spare, middle - tall / 2, middle + tall / 2
    explained = [one.explain(at) for one in sweeps for at in one.positions]
    products = np.array([term.contribution for one in explained for term in one.terms] or [0.0])
    totals = np.array([one.value for one in explained])
    scale = Scale.of(products, totals)
    own = (
        grid("input", (STAGE.left, middle - cell * rows / 2), padded.shape, padded, cell),
        grid("kernel", (left, top), (high, wide), sweep.kernel[0], small),
        grid("products", (left, bottom - small * high), (high, wide), products, small, scale=scale),
    )
    outputs, top = [], middle - (cell * out_rows + between) / 2
    for n, size in enumerate(sizes):
        corner = STAGE.right - cell * out_columns, top
        outputs.append(grid("output" if n == 0 else f"output{n}", corner, size, totals, cell, scale=scale))
        top = outputs[-1].box.bottom + ABOVE
    if min(table.size for table in (*own, *outputs)) < LEGIBLE:
        return None
    bar = max(outputs[-1].box.bottom + BELOW, STAGE.bottom - BELOW / 2)
    room = Box(STAGE.right - max(BAR, cell * out_columns), bar, STAGE.right, bar)
    return [Tables(*own, output, frame, scale, room) for output in outputs]


def _around(sweeps: Sequence[Sweep]) -> Padding:
    """Return the largest padding on each side."""
    axes = zip(*(sweep.padding for sweep in sweeps), strict=True)
    return tuple((max(before for before, _ in axis), max(after for _, after in axis)) for axis in axes)
