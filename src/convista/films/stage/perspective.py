"""Slabs seen from slightly above and from the right: front faces carry values, and depth goes right and up.

A front face keeps its shape, so that its cells and their numbers are those of a flat table. Where nothing else is
said, what lies deeper is only moved, along `DEPTH`; an `Eye` sees it smaller too. What is listed later is nearer,
and covers what it meets.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convista.films.stage import text
from convista.films.stage.grid import LEGIBLE, CellGrid, grid, magnitude, picture
from convista.films.stage.marks import Box, Colour, Mark, Picture, Point, Polygon, Polyline, Rectangle, Tone, Words
from convista.operators.sliding import NONE, Padding, pad

DEPTH: Point = (0.8, -0.6)
"""Where one point of depth leads on the stage."""
UPPER, SIDE = 0.3, 0.55
"""How much of the two faces beside the front lies in shade."""

Place = tuple[int, int]


def deeper(point: tuple[float, ...], depth: float) -> Point:
    """Return where a point of the stage lies when it is moved back."""
    return point[0] + depth * DEPTH[0], point[1] + depth * DEPTH[1]


Behind = Callable[[tuple[float, ...], float], Point]
"""Where a point of a front lies when it is moved back by a depth."""


class Eye(NamedTuple):
    """A pinhole camera in front of the stage: all lines that go straight back run together in the point before it.

    Where a point of a given depth is seen changes evenly with where the eye is, so that between two beats, each
    seen by an eye of its own, the camera travels.
    """

    x: float
    y: float
    far: float
    """How far it is from the stage, on which what has no depth stands as large as it is."""

    def scale(self, depth: float) -> float:
        """Return how much smaller than on the stage something is at a depth."""
        return self.far / (self.far + depth)

    def seen(self, point: tuple[float, ...], depth: float) -> Point:
        """Return where a point straight behind one of the stage is seen."""
        scale = self.scale(depth)
        return self.x + (point[0] - self.x) * scale, self.y + (point[1] - self.y) * scale

    def box(self, box: Box, depth: float) -> Box:
        """Return where a front straight behind a box of the stage is seen."""
        return Box(*self.seen(box[:2], depth), *self.seen(box[2:], depth))

    def behind(self, front: float) -> Behind:
        """Return where points lie that are moved back from a front of some depth, seen points both."""

        def moved(point: tuple[float, ...], depth: float) -> Point:
            return Eye(self.x, self.y, self.far + front).seen(point, depth)

        return moved


def sides(
    key: str, front: Box, depth: float, scale: str, value: float = 1.0, behind: Behind = deeper
) -> list[Mark]:
    """Return the upper and the right face of a block behind its front, shades of one colour; see `Tone`."""
    corners = front[:2], (front.right, front.top), front[2:]
    (left, near, low), (far_left, far, far_low) = corners, (behind(corner, depth) for corner in corners)
    return [
        Polygon(f"{key}.upper", (left, near, far, far_left), Tone(scale, value, UPPER)),
        Polygon(f"{key}.side", (near, low, far_low, far), Tone(scale, value, SIDE)),
    ]


def covered(front: Box, depth: float, behind: Behind = deeper) -> Box:
    """Return the box that a block covers, its sides with it."""
    right, top = behind((front.right, front.top), depth)
    return Box(front.left, min(top, front.top), max(right, front.right), front.bottom)


def rays(key: str, start: Box, end: Box, beyond: float, colour: Colour = "window") -> list[Mark]:
    """Return what leads from a window to the value that it makes: lines from its right corners to the left ones.

    They pass behind the slab that the window is on: what is left of ``beyond``, its right edge, is left out.
    """
    lines = (("upper", start.top, end.top), ("lower", start.bottom, end.bottom))
    share = min(1.0, max(0.0, (beyond - start.right) / max(1e-9, end.left - start.right)))
    return [
        Polyline(
            f"{key}.{name}",
            ((start.right + share * (end.left - start.right), y + share * (to - y)), (end.left, to)),
            colour,
            1.0,
        )
        for name, y, to in lines
    ]


class Slab:
    """One map as a slab of a thickness: as cells with numbers, or as a map where those would be too small.

    Parameters
    ----------
    key
        Of its marks; cells are ``key[row,column]``.
    corner
        The upper left of the front face, padding included.
    values
        (rows, columns); what is not known yet is told to `marks`.
    cell
        Side of a cell, in points.
    depth
        Thickness, in points.
    tint
        The scale of a channel; None for the signed map.
    padding
        Zeros around the values, drawn as such.
    alike
        All the values that are compared by colour and written with the same decimals; None for its own.
    behind
        Where its back is seen.
    numbered
        Whether numbers are shown where they can be read.
    """

    def __init__(
        self,
        key: str,
        corner: Point,
        values: NDArray[Any],
        cell: float,
        *,
        depth: float,
        tint: str | None = None,
        padding: Padding = NONE,
        alike: NDArray[Any] | None = None,
        behind: Behind = deeper,
        numbered: bool = True,
    ) -> None:
        self.key, self.depth, self._behind, self._tint, self._values = key, depth, behind, tint, values
        self._padding = padding
        self._cells: dict[Place, tuple[Rectangle, Words]] = {}
        self._unknown: dict[Place, tuple[Rectangle]] = {}
        shown = values if alike is None else alike
        shape = pad(values, padding).shape
        self.grid: CellGrid = grid(key, corner, shape, shown, cell)
        self._scale, self._lowest = magnitude(shown), min(0.0, float(np.nanmin(shown, initial=0.0)))
        self.numbers = numbered and self.grid.size >= LEGIBLE
        """Whether it shows numbers: every one can be read."""

    @property
    def box(self) -> Box:
        """The front face."""
        return self.grid.box

    @property
    def covers(self) -> Box:
        """All that it covers."""
        return covered(self.box, self.depth, self._behind)

    def span(self, row: float, column: float, rows: float = 1, columns: float = 1) -> Box:
        """Return the box of a block of cells, counted from the first padded row and column."""
        return self.grid.span(row, column, rows, columns)

    def cell(self, row: int, column: int) -> Box:
        """Return the box of a value."""
        return self.span(row + self._padding[0][0], column + self._padding[1][0])

    def marks(self, known: Collection[Place] | None = None, nearer: Sequence[Box] = ()) -> list[Mark]:
        """Return the slab with the values that are known, None being all.

        Numbers that something nearer covers, even in part, are left out.
        """
        if not self.numbers:
            return [*self._sides, self._map(known)]
        marks = [*self._sides]
        for r, c in np.ndindex(self.grid.rows, self.grid.columns):
            row, column = r - self._padding[0][0], c - self._padding[1][0]
            inside = 0 <= row < self._values.shape[0] and 0 <= column < self._values.shape[1]
            if inside and known is not None and (row, column) not in known:
                marks += self._empty(r, c)
                continue
            cell, number = self._written(r, c, row, column) if inside else self._padded(r, c)
            marks.append(cell)
            if not any(_meet(_ink(number), box) for box in nearer):
                marks.append(number)
        return marks

    # What stays the same from one state of the stage to the next is the same mark, and made once.
    @cached_property
    def _sides(self) -> list[Mark]:
        scale, value = (self._tint, 0.75) if self._tint else ("muted", 0.6)
        return sides(self.key, self.box, self.depth, scale, value, self._behind)

    def _empty(self, r: int, c: int) -> tuple[Rectangle]:
        if (r, c) not in self._unknown:
            self._unknown[r, c] = self.grid.empty(r, c)
        return self._unknown[r, c]

    def _padded(self, r: int, c: int) -> tuple[Rectangle, Words]:
        if (r, c) not in self._cells:
            self._cells[r, c] = self.grid.padded(r, c)
        return self._cells[r, c]

    def _written(self, r: int, c: int, row: int, column: int) -> tuple[Rectangle, Words]:
        if (r, c) not in self._cells:
            value = float(self._values[row, column])
            cell, number = self.grid.written(r, c, value)
            if self._tint is not None and np.isfinite(value):
                tone = Tone(self._tint, self._share(value))
                cell, number = cell._replace(fill=tone), number._replace(colour=tone)
            self._cells[r, c] = cell, number
        return self._cells[r, c]

    def _share(self, value: float) -> float:
        """Return how bright a value is in the tint, from the lowest of all to the largest magnitude."""
        return (value - self._lowest) / (self._scale - self._lowest)

    def _map(self, known: Collection[Place] | None) -> Picture:
        padded = pad(self._values, self._padding)
        unknown = np.ones(self._values.shape, np.bool_)
        if known is None:
            unknown[...] = False
        else:
            for place in known:
                unknown[place] = False
        unwritten = pad(unknown, self._padding, 1)
        if self._tint is None:
            return picture(self.key, self.box, padded, self._scale, unwritten)
        shares = (padded - self._lowest) / (self._scale - self._lowest)
        return picture(self.key, self.box, shares, 1.0, unwritten)._replace(scale=self._tint)


def _ink(number: Words) -> Box:
    """Return the box of a number's digits."""
    (x, y), size = number.at, number.size
    wide = max(text.width(line, size) for line in number.text)
    left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[number.anchor]
    return Box(left, y - text.ASCENT * size, left + wide, y + text.DESCENT * size)


def _meet(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0.5 and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5
