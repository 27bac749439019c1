"""Curves on the stage: axes with ticks, lines through samples, and dots on them with guides to the axes."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor, log10
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from convista.films.stage import text
from convista.films.stage.marks import Box, Circle, Mark, Point, Polyline, Words
from convista.films.wording import widest, written

Samples = NDArray[np.float64]
Range = tuple[float, float]

TICK_SIZE = 14.0
LEFT, BELOW = 8.0, 24.0
"""From the axes to their numbers: room beside the widest one, and the height of a line below."""
DOT = 6.0


class Plot(NamedTuple):
    """A pair of axes: which values its box reaches from left to right and from bottom to top."""

    key: str
    box: Box
    across: Range
    upwards: Range
    ticks: tuple[tuple[float, ...], tuple[float, ...]]
    """Where the axes have numbers: x, y."""

    def at(self, x: float, y: float) -> Point:
        """Return the point of the stage for a pair of values."""
        (left, right), (bottom, top) = self.across, self.upwards
        return (
            self.box.left + (x - left) / (right - left) * self.box.width,
            self.box.bottom - (y - bottom) / (top - bottom) * self.box.height,
        )

    def axes(self, numbered: str = "xy") -> list[Mark]:
        """Return the lines of the ticks, and the numbers of the axes named; lines through zero stand out."""
        marks: list[Mark] = []
        for name, values in zip("xy", self.ticks, strict=True):
            decimals = _decimals(values)
            for n, value in sorted(enumerate(values), key=lambda tick: tick[1] == 0):
                (x, y), box, key = self.at(value, value), self.box, f"{self.key}.{name}{n}"
                ends = ((x, box.top), (x, box.bottom)) if name == "x" else ((box.left, y), (box.right, y))
                drop = y + text.CAP / 2 * TICK_SIZE
                place = (x, box.bottom + BELOW - 6) if name == "x" else (box.left - LEFT, drop)
                anchor = "middle" if name == "x" else "end"
                marks.append(Polyline(key, ends, "line" if value else "muted", 1.0))
                if name in numbered:
                    marks.append(Words(f"{key}.tick", place, written(value, decimals), TICK_SIZE, "muted", anchor))
        return marks

    def curve(
        self, name: str, x: Samples, y: Samples, colour: str = "curve", width: float = 3.0, dash: float = 0.0
    ) -> list[Polyline]:
        """Return a line through samples, ordered by x; it breaks where one is missing or where y jumps."""
        pieces = [piece for piece in np.split(np.arange(len(x)), _breaks(y)) if np.isfinite(y[piece]).all()]
        return [
            Polyline(
                f"{self.key}.{name}{n}",
                tuple(self.at(*pair) for pair in zip(x[piece].tolist(), y[piece].tolist(), strict=True)),
                colour,
                width,
                dash,
            )
            for n, piece in enumerate(piece for piece in pieces if len(piece) > 1)
        ]

    def dot(self, name: str, x: float, y: float, colour: str = "window", radius: float = DOT) -> list[Circle]:
        """Return a dot with a dark edge; none outside the axes or where a value is missing."""
        if not self.reaches(x, y):
            return []
        key, centre = f"{self.key}.{name}", self.at(x, y)
        return [Circle(f"{key}.edge", centre, radius + 2, "background"), Circle(key, centre, radius, colour)]

    def guides(self, name: str, x: float, y: float, colour: str = "window") -> list[Polyline]:
        """Return the lines from a point to the two axes: up from x, and across to y."""
        if not self.reaches(x, y):
            return []
        to_x, to_y = self.at(x, self._nearest_zero(self.upwards)), self.at(self._nearest_zero(self.across), y)
        here = self.at(x, y)
        return [
            Polyline(f"{self.key}.{name}.up", (to_x, here), colour, 1.5),
            Polyline(f"{self.key}.{name}.across", (here, to_y), colour, 1.5),
        ]

    def reaches(self, x: float, y: float) -> bool:
        """Say whether a pair of values lies inside the axes."""
        (left, right), (bottom, top) = self.across, self.upwards
        return left <= x <= right and bottom <= y <= top

    @staticmethod
    def _nearest_zero(reach: Range) -> float:
        return min(max(0.0, reach[0]), reach[1])


def plot(key: str, room: Box, x: Samples, y: Samples, *, beside: float = 0.0) -> Plot:
    """Return axes that show all these values, with zero on the axis of y; their numbers stay inside the room.

    ``beside`` is the least width for the numbers of y, so that plots one below the other have their axes in line.
    """
    across, upwards = (float(x.min()), float(x.max())), _upwards(y)
    ticks = _ticks(across, 9), _up(room, upwards)
    beside = max(beside, numbered(room, y))
    last = TICK_SIZE * widest([written(ticks[0][-1], _decimals(ticks[0]))]) / 2
    box = Box(room.left + beside + LEFT, room.top + TICK_SIZE / 2, room.right - last, room.bottom - BELOW)
    return Plot(key, box, across, upwards, ticks)


def numbered(room: Box, y: Samples) -> float:
    """Return the width of the numbers of y beside the axes that all these values have in a room."""
    ticks = _up(room, _upwards(y))
    return TICK_SIZE * widest(written(value, _decimals(ticks)) for value in ticks)


def _upwards(y: Samples) -> Range:
    """Return what an axis of y reaches over: 0 and all values, and a little more."""
    seen = [0.0, *y[np.isfinite(y)].tolist()]
    low, high = min(seen), max(seen)
    spare = 0.06 * (high - low) or 1.0
    return low - spare, high + spare


def _up(room: Box, upwards: Range) -> tuple[float, ...]:
    """Return where the axis of y has numbers."""
    return _ticks(upwards, min(7, max(3, int((room.height - BELOW - TICK_SIZE / 2) / 34))))


def _ticks(reach: Range, most: int) -> tuple[float, ...]:
    """Return round numbers inside a range: multiples of 1, 2 or 5 times a power of ten."""
    low, high = reach
    rough = (high - low) / most
    unit = 10.0 ** floor(log10(rough))
    step = next(unit * times for times in (1, 2, 5, 10) if unit * times >= rough * (1 - 1e-9))
    return tuple(n * step for n in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1))


def _decimals(ticks: tuple[float, ...]) -> int:
    """Return how many decimals tell ticks apart."""
    step = min((abs(b - a) for a, b in pairwise(ticks)), default=abs(ticks[0]) or 1.0)
    return max(0, -floor(log10(step) + 1e-9))


def _breaks(y: Samples) -> NDArray[np.intp]:
    """Return before which samples a line breaks: where it jumps, being flatter on both sides, and around a gap."""
    change = np.abs(np.diff(y))
    around = np.maximum(np.append(0.0, change[:-1]), np.append(change[1:], 0.0))
    gap = ~np.isfinite(y)
    spread = np.ptp(y[~gap]) if not gap.all() else 0.0
    jumps = (change > 5 * around) & (change > 0.02 * spread)
    return np.flatnonzero(jumps | (gap[1:] != gap[:-1])) + 1
