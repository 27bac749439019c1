"""Dense layers as a network: a circle a neuron, a line a weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from convista.films.stage import text
from convista.films.stage.grid import magnitude
from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import Box, Circle, Colour, Mark, Point, Polyline, Words
from convista.language import Text
from convista.operators import Array

MOST = 12
"""How many neurons of a column are shown."""
LARGEST, PITCH = 11.0, 40.0
"""The largest radius of a neuron, and the largest distance between two."""
THINNEST, THICKEST = 0.6, 2.6
"""Of the lines, in points: from nothing to the most."""
TYPE = 15.0
"""Of the names."""
PULSE = 2.4, 5.0
"""Radius of what runs along a line, from nothing to the most; under the first it is not drawn."""


class Column(NamedTuple):
    """A column of neurons: how many there are, which are shown, and what it is called."""

    size: int
    shown: Sequence[int]
    name: Text

    @classmethod
    def of(cls, size: int, name: Text, most: int = MOST) -> Column:
        """Return a column that shows all its neurons, or the first and the last of many."""
        half = most // 2
        return cls(size, [*range(size)] if size <= most else [*range(half), *range(size - half, size)], name)


class Network:
    """Columns of neurons in a room, each joined to the next; in another room the same marks have the same keys.

    Parameters
    ----------
    weights
        Between each column and the next, (neurons of the next, neurons).
    """

    def __init__(self, room: Box, columns: Sequence[Column], weights: Sequence[Array]) -> None:
        self.columns, self._weights = columns, weights
        self._room = room.inset(top=TYPE + 8)
        most = max(len(column.shown) + (len(column.shown) < column.size) for column in columns)
        self.radius = min(LARGEST, 0.36 * self._room.height / most)
        """Of a neuron."""
        step = (room.width - 2 * self.radius) / max(1, len(columns) - 1)
        self._across = [room.left + self.radius + n * step for n in range(len(columns))]

    def place(self, column: int, neuron: int) -> Point:
        """Return the middle of a neuron that is shown."""
        shown, size = self.columns[column].shown, self.columns[column].size
        gap = len(shown) < size  # room for the dots that stand for those left out
        count = len(shown) + gap
        pitch = min(PITCH, (self._room.height - 2 * self.radius) / max(1, count - 1))
        at = shown.index(neuron)
        row = at + (gap and at >= len(shown) // 2)
        return self._across[column], self._room.centre[1] + (row - (count - 1) / 2) * pitch

    def names(self) -> list[Words]:
        """Return what the columns are called, above them."""
        top, half = self._room.top - 9, (self._across[1] - self._across[0]) / 2 if len(self._across) > 1 else 200.0
        marks = []
        for n, column in enumerate(self.columns):
            size = min(text.fitting(line, 2 * half - 8, TYPE) for line in column.name)
            wide = max(text.width(line, size) for line in column.name) / 2
            x = min(max(self._across[n], INSIDE.left + wide), INSIDE.right - wide)
            marks.append(Words(f"column{n}.name", (x, top), column.name, size, "muted"))
        return marks

    def neurons(self, n: int, values: Array | None, scale: float = 1.0, stroke: Colour = "muted") -> list[Mark]:
        """Return a column: filled by its values, (neurons,), on the signed map, or empty."""
        marks: list[Mark] = []
        for neuron in self.columns[n].shown:
            fill: Colour = "panel" if values is None else _share(values[neuron], scale)
            marks.append(Circle(self.key(n, neuron), self.place(n, neuron), self.radius, fill, stroke, 1.5))
        return [*marks, *self._dots(n)]

    def lit(self, n: int, neuron: int, colour: Colour = "window") -> Circle:
        """Return a ring around a neuron."""
        return Circle(f"lit{n}", self.place(n, neuron), self.radius + 3, None, colour, 3.0)

    def beside(self, n: int, words: Sequence[Text], colour: Colour = "text", size: float = TYPE) -> list[Words]:
        """Return something written at the right of each neuron of a column that is shown."""
        marks = []
        for neuron in self.columns[n].shown:
            x, y = self.place(n, neuron)
            at = x + self.radius + 10, y + text.CAP / 2 * size
            marks.append(Words(f"beside{n}[{neuron}]", at, words[neuron], size, colour, "start"))
        return marks

    def links(
        self,
        n: int,
        *,
        neuron: int | None = None,
        colour: Colour | None = None,
        strength: Array | None = None,
        opacity: float = 1.0,
        grown: float = 1.0,
    ) -> list[Mark]:
        """Return the lines from a column to the next.

        Parameters
        ----------
        neuron
            Only those that end in one neuron of the next column.
        colour
            None is the signed map's, of the weight.
        strength
            What the width tells instead of the weights, of their shape.
        grown
            How much of each is drawn, from its beginning.
        """
        weights, told = self._weights[n], self._weights[n] if strength is None else strength
        full, most = magnitude(weights), magnitude(told)
        lines: list[Mark] = []
        for j, i, start, end in self._pairs(n, neuron):
            width = THINNEST + (THICKEST - THINNEST) * abs(_share(told[j, i], most))
            tint = _share(weights[j, i], full) if colour is None else colour
            lines.append(
                Polyline(_link(n, j, i), (start, _along(start, end, grown)), tint, round(width, 1), 0.0, opacity)
            )
        return lines

    def pulses(
        self, n: int, strength: Array, share: float, colour: Colour, *, neuron: int | None = None
    ) -> list[Mark]:
        """Return what runs along the lines of a column, from 0, its neurons, to 1, those of the next.

        The larger the ``strength``, (neurons of the next, neurons), the larger it is.
        """
        most, (least, largest) = magnitude(strength), PULSE
        marks: list[Mark] = []
        for j, i, start, end in self._pairs(n, neuron):
            radius = largest * abs(_share(strength[j, i], most)) ** 0.5
            if radius >= least:
                marks.append(Circle(f"pulse{n}[{j},{i}]", _along(start, end, share), round(radius, 1), colour))
        return marks

    def key(self, n: int, neuron: int) -> str:
        """Return the key of a neuron."""
        return f"neuron{n}[{neuron}]"

    def _pairs(self, n: int, neuron: int | None = None) -> Iterator[tuple[int, int, Point, Point]]:
        """Yield the neurons that are joined, of the next column and of this one, and the ends of their line."""
        for j in self.columns[n + 1].shown if neuron is None else [neuron]:
            for i in self.columns[n].shown:
                (left, y), (right, other) = self.place(n, i), self.place(n + 1, j)
                yield j, i, (left + self.radius, y), (right - self.radius, other)

    def _dots(self, n: int) -> list[Mark]:
        """Return the dots that stand for the neurons that are left out."""
        shown = self.columns[n].shown
        if len(shown) == self.columns[n].size:
            return []
        half = len(shown) // 2
        (x, above), (_, below) = self.place(n, shown[half - 1]), self.place(n, shown[half])
        apart = (below - above) / 8
        middle = (above + below) / 2
        return [Circle(f"dots{n}[{k}]", (x, middle + (k - 1) * apart), 1.5, "muted") for k in range(3)]


def _link(n: int, j: int, i: int) -> str:
    return f"link{n}[{j},{i}]"


def _along(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _share(value: float, full: float) -> float:
    return float(np.nan_to_num(value)) / full
