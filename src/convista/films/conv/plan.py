"""Where things stand on the stage of a convolution too large for its numbers."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

import numpy as np

from convista.films.conv.sweep import Position, Sweep
from convista.films.stage import text
from convista.films.stage.grid import LEGIBLE, CellGrid, grid, magnitude
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Point
from convista.operators.sliding import pad

WIDE, TALL = 64.0, 44.0
"""The largest cell of a window seen closely."""
OUTPUT, LEAST_MAP = 190.0, 80.0
"""The output map, and what is always left for input maps."""
SUMS, ARROW, APART = 58.0, 60.0, 40.0
"""Widths of the row sums, of the arrow, of the gap after the maps."""
HEADING = 30.0
"""Height of a heading between two arrays."""


class Plan(NamedTuple):
    """Where things stand."""

    maps: tuple[Box, ...]
    window: CellGrid
    kernel: CellGrid
    sums: Point
    """Where the sum of the first kernel row ends."""
    output: Box


def plan(sweep: Sweep, shown: list[int], half: int | None) -> Plan:
    """Place everything: cells as large as fit, maps in as many columns as make them largest."""
    rows, columns = sweep.kernel.shape[1:]
    fixed = APART + SUMS + ARROW + OUTPUT
    wide = min(WIDE, (STAGE.width - fixed - LEAST_MAP) / columns)
    tall = min(TALL, (STAGE.height - HEADING - 6) / (2 * rows))
    if tall * 0.72 < LEGIBLE:
        wide = tall
    across, side = _arranged(len(shown), STAGE.width - fixed - wide * columns)
    padded = pad(sweep.maps[0], sweep.padding).shape
    maps = tuple(_map_box(n, across, side, padded, len(shown)) for n in range(len(shown)))
    middle = (STAGE.top + STAGE.bottom) / 2
    if half is None:
        output = _shaped(STAGE.right - OUTPUT, middle - OUTPUT / 2, OUTPUT, sweep.size)
    else:
        side = (STAGE.height - HEADING) / 2
        output = _shaped(STAGE.right - side, STAGE.top + half * (side + HEADING), side, sweep.size)
    used = max(box.right for box in maps) - STAGE.left + fixed + wide * columns
    left = max(box.right for box in maps) + APART + (STAGE.width - used) / 2
    height = 2 * rows * tall + HEADING + 6
    top = middle - height / 2
    terms = [term for at in sweep.positions for (c, _, _), term in sweep.terms(at).items() if c in shown]
    values = np.array([term.value for term in terms] or [0.0])
    window = grid("window", (left, top), (rows, columns), values, wide, tall)._replace(
        scale=magnitude(sweep.maps[shown])
    )
    kernel = grid("kernel", (left, top + height - rows * tall), (rows, columns), sweep.kernel[shown], wide, tall)
    sums = kernel.box.right + SUMS + 9, kernel.top + tall / 2 + text.CAP / 2 * kernel.size
    return Plan(maps, window, kernel, sums, output)


def _arranged(count: int, room: float) -> tuple[int, float]:
    """Return in how many columns maps are largest, and how large."""
    sizes = []
    for across in range(1, count + 1):
        down = ceil(count / across)
        tall = (STAGE.height + HEADING) / down - HEADING
        sizes.append((min(tall, (room - 16 * (across - 1)) / across, 210.0), -across))
    side, across = max(sizes)
    return -across, side


def _map_box(n: int, across: int, side: float, shape: tuple[int, ...], count: int) -> Box:
    down = ceil(count / across)
    height = down * side + (down - 1) * HEADING
    top = (STAGE.top + STAGE.bottom - height) / 2
    return _shaped(STAGE.left + n % across * (side + 16), top + n // across * (side + HEADING), side, shape)


def _shaped(left: float, top: float, side: float, shape: tuple[int, ...]) -> Box:
    """Return the box of a map with square cells, whole points each where they are that large, inside a square."""
    cell = side / max(shape)
    cell = int(cell) if cell >= 2 else cell
    wide, tall = shape[1] * cell, shape[0] * cell
    left, top = round(left + (side - wide) / 2), round(top + (side - tall) / 2)
    return Box(left, top, left + wide, top + tall)


def part(box: Box, shape: tuple[int, ...], corner: Position, size: Position, least: float) -> Box:
    """Return the box of a block of a map's cells, grown around its centre where it would be hard to see."""
    wide, tall = box.width / shape[1], box.height / shape[0]
    part = Box(
        box.left + corner[1] * wide,
        box.top + corner[0] * tall,
        box.left + (corner[1] + size[1]) * wide,
        box.top + (corner[0] + size[0]) * tall,
    )
    return part.grown(max(0.0, (least - min(part.width, part.height)) / 2))
