"""Where a film of a long sweep stops, and where it is slow."""

from __future__ import annotations

import numpy as np

from convista.operators import Array

Position = tuple[int, int]

ALL_SHOWN = 36
"""Sweeps of up to so many positions are shown whole."""
SLOW_AT_FIRST, SLOW_AT_LAST = 2, 2


def slowly(n: int, count: int) -> bool:
    """Say whether a place of a sweep is shown slowly, under its own caption; the others share one that stands."""
    return n < SLOW_AT_FIRST or n >= count - SLOW_AT_LAST


def stops(made: Array) -> list[Position]:
    """Return the positions of a map, (rows, columns), that a film stops at, row by row.

    All of them; or of a long sweep those that tell most: the beginning, the ends of the first row and of the whole,
    the middle, the largest and the smallest value.
    """
    rows, columns = made.shape
    if made.size <= ALL_SHOWN:
        return [(i, j) for i in range(rows) for j in range(columns)]
    chosen = {(0, 0), (0, min(1, columns - 1)), (0, columns - 1), (min(1, rows - 1), 0)}
    chosen |= {(rows // 2, columns // 2), (rows - 1, columns - 1)}
    seen = np.where(np.isnan(made), 0.0, made)
    for extreme in (int(seen.argmax()), int(seen.argmin())):
        chosen.add(divmod(extreme, columns))
    return sorted(chosen)
