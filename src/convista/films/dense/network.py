"""Dense layers as columns of neurons, joined by lines: one line a weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convista.films.stage.grid import magnitude
from convista.films.stage.marks import Box, Colour, Mark, Polyline, Words
from convista.films.stage.plate import Plate
from convista.language import Text
from convista.operators import Array

WIDE, TALLEST = 50.0, 26.0
"""Of a neuron's cell, at most."""
MOST = 18
"""How many neurons of a column are shown."""
THINNEST, THICKEST = 0.6, 2.4
"""Of the lines, in points: from a weight of zero to the largest."""


class Network:
    """Columns of neurons on the stage, the values of a column in its cells.

    Parameters
    ----------
    columns
        The values of each column, (neurons,).
    weights
        Between each column and the next, (neurons of the next, neurons).
    names
        What each column is called.
    """

    def __init__(
        self, room: Box, columns: Sequence[Array], weights: Sequence[Array], names: Sequence[Text]
    ) -> None:
        self._weights, self._names, self._room = weights, names, room
        self.shown = [_shown(len(values)) for values in columns]
        """The neurons that are shown of each column."""
        step = (room.width - WIDE) / max(1, len(columns) - 1)
        self._rooms = [
            Box(room.left + n * step, room.top, room.left + n * step + WIDE, room.bottom)
            for n in range(len(columns))
        ]
        self.plates = [self.plate(f"layer{n}", n, values) for n, values in enumerate(columns)]

    def plate(self, key: str, column: int, values: Array, *, numbers: bool = True) -> Plate:
        """Return the cells of a column with other values, (neurons,)."""
        seen, room = values[self.shown[column]], self._rooms[column]
        cell = WIDE, TALLEST
        return Plate(key, room, seen[:, None], like=values, cell=cell, square=False, numbers=numbers)

    def place(self, column: int, neuron: int) -> Box:
        """Return the cell of a neuron that is shown."""
        return self.plates[column].span(self.shown[column].index(neuron), 0)

    def names(self) -> list[Words]:
        """Return what the columns are called, above them."""
        spread = self._rooms[1].left - self._rooms[0].left - 12 if len(self._rooms) > 1 else self._room.width
        edge = 2 * WIDE
        return [
            plate.named(name, min(spread, edge) if n in {0, len(self.plates) - 1} else spread)
            for n, (plate, name) in enumerate(zip(self.plates, self._names, strict=True))
        ]

    def links(
        self, column: int, *, neuron: int | None = None, colour: Colour | None = None, strength: Array | None = None
    ) -> list[Mark]:
        """Return the lines from a column to the next: their colour and width tell the weights.

        Parameters
        ----------
        neuron
            Only those that end in one neuron of the next column.
        colour
            Instead of the signed map's.
        strength
            What the width tells instead of the weights, of their shape.
        """
        told = self._weights[column] if strength is None else strength
        scale = magnitude(told)
        ends = self.shown[column + 1] if neuron is None else [neuron]
        lines: list[Mark] = []
        for j in ends:
            for i in self.shown[column]:
                start, end = self.place(column, i), self.place(column + 1, j)
                share = float(np.nan_to_num(told[j, i])) / scale
                points = (start.right, start.centre[1]), (end.left, end.centre[1])
                width = THINNEST + (THICKEST - THINNEST) * abs(share)
                tint = share if colour is None else colour
                lines.append(Polyline(f"link{column}[{j},{i}]", points, tint, round(width, 1)))
        return lines


def _shown(count: int) -> list[int]:
    """Return which neurons of a column are shown: all, or the first and the last of many."""
    half = MOST // 2
    return list(range(count)) if count <= MOST else [*range(half), *range(count - half, count)]
