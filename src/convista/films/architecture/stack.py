"""The maps of a layer as a stack of cards: as large as they are, and the deeper the more there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.films.stage.grid import magnitude, picture
from convista.films.stage.imagery import photo
from convista.films.stage.marks import Box, Colour, Mark, Photo, Picture, Point, Rectangle
from convista.scenes.composite import Pixels

Values = NDArray[Any]
Face = Picture | Photo | Rectangle

ALL = 10
"""Maps that have a card each; of more, a card more for each doubling."""
STEP: Point = (3.2, -2.4)
"""From one card to the one behind it."""
FINEST, COARSE = 28, 10
"""Rows and columns of the nearest card's picture, at most, and of those behind it, of which an edge is seen."""
LONGEST = 128
"""Numbers without rows and columns that are shown one by one."""
STRETCH = 0.98
"""The share of a layer's magnitudes below the map's full colour, where there is no scale for all layers."""
LEARNS: dict[bool, Colour] = {True: 0.78, False: -0.72}
"""The frames of what learns, orange, and of what does not, blue."""


def cards(channels: int) -> int:
    """Return how many cards so many maps have."""
    return min(channels, ALL) if channels <= ALL else ALL + round(log2(channels / ALL))


class Stack:
    """The maps of one layer where they stand, one behind the other; or its numbers in a column.

    Parameters
    ----------
    key
        Its nearest card is ``key.face``, the others ``key.1``, ``key.2``, … towards the back.
    front
        Where the nearest card stands.
    channels
        How many maps there are; a column of numbers is one.
    values
        (maps, rows, columns), or (1, numbers, 1); None where they are not known.
    frame
        Colour of the cards' edges.
    full
        The magnitude that has the map's full colour; None for the values' own `STRETCH`.
    pixels
        A photo that stands in front of the maps: what the network reads.
    step
        From one card to the one behind it.
    """

    def __init__(
        self,
        key: str,
        front: Box,
        channels: int,
        values: Values | None = None,
        *,
        frame: Colour = "muted",
        full: float | None = None,
        pixels: Pixels | None = None,
        step: Point = STEP,
    ) -> None:
        self.key, self.front, self._frame, self._pixels = key, front, frame, pixels
        self._values, self._step = values, step
        self._full = full
        self.count = cards(channels) + (pixels is not None)

    @property
    def covered(self) -> Box:
        """All that it covers."""
        back = self._card(self.count - 1)
        return Box(self.front.left, back.top, back.right, self.front.bottom)

    @property
    def top(self) -> Point:
        """The middle of its upper side."""
        return self.covered.centre[0], self._card(self.count // 2).top

    @property
    def shown(self) -> bool:
        """Whether its values are seen."""
        return self._values is not None

    def sources(self, most: int = 3) -> tuple[str, ...]:
        """Return the keys of the cards that its maps leave from: of those with values, the nearest."""
        first = 1 if self._pixels is not None and self._values is not None else 0
        return tuple(self._key(n) for n in range(first, min(self.count, first + most)))

    @cached_property
    def waiting(self) -> tuple[Mark, ...]:
        """Return it before it has any values."""
        return self._laid([Rectangle(self._key(n), self._card(n), "panel") for n in range(self.count)], "line")

    @cached_property
    def drawn(self) -> tuple[Mark, ...]:
        """Return it with its values."""
        return self._laid(self._faces, self._frame)

    @cached_property
    def now(self) -> tuple[Mark, ...]:
        """Return it with its values, while it is looked at."""
        return self._laid(self._faces, self._frame, now=True)

    def holding(self, values: Values) -> tuple[Mark, ...]:
        """Return it with values of the same maps from before its own, on the same scale."""
        return self._laid(self._faces_of(values), self._frame, now=True)

    @cached_property
    def full(self) -> float:
        """The magnitude that has the map's full colour."""
        if self._full is not None or self._values is None:
            return self._full or 1.0
        return float(np.quantile(np.abs(np.nan_to_num(self._values)), STRETCH)) or magnitude(self._values)

    @cached_property
    def _faces(self) -> list[Face]:
        return self._faces_of(self._values)

    def _faces_of(self, values: Values | None) -> list[Face]:
        """Return what is on the cards, the nearest first."""
        faces: list[Face] = []
        if self._pixels is not None:
            faces.append(photo(self._key(0), self.front, _thinned(self._pixels)))
        first = len(faces)
        chosen = None if self._values is None else _chosen(self._values, self.count - first)
        for n in range(first, self.count):
            box = self._card(n)
            if values is None or chosen is None:
                faces.append(Rectangle(self._key(n), box, "panel"))
            else:
                faces.append(
                    picture(
                        self._key(n), box, _coarse(values[chosen[n - first]], COARSE if n else FINEST), self.full
                    )
                )
        return faces

    def _laid(self, faces: Sequence[Face], frame: Colour, *, now: bool = False) -> tuple[Mark, ...]:
        marks: list[Mark] = []
        for n, face in reversed(list(enumerate(faces))):
            edge = (2.5, "window") if now and n == 0 else (1.0, frame)
            marks += [Rectangle(f"{self._key(n)}.frame", self._card(n).grown(edge[0]), edge[1]), face]
        return tuple(marks)

    def _card(self, n: int) -> Box:
        (left, top, right, bottom), (across, down) = self.front, self._step
        return Box(left + n * across, top + n * down, right + n * across, bottom + n * down)

    def _key(self, n: int) -> str:
        return f"{self.key}.{n}" if n else f"{self.key}.face"


def _chosen(values: Values, count: int) -> list[int]:
    """Return which maps the cards show: the one that varies most in front, others evenly from all behind it."""
    spread = [float(np.nan_to_num(each).std()) for each in values]
    if len(values) <= count:
        return list(range(len(values)))
    first = int(np.argmax(spread))
    others = [n for n in range(len(values)) if n != first]
    return [first, *(others[k * len(others) // max(1, count - 1)] for k in range(count - 1))]


def _coarse(values: Values, most: int) -> Values:
    """Return a map of no more rows and columns than are seen on a card: means of whole blocks."""
    rows, columns = (max(1, -(-side // most)) for side in values.shape)
    if rows == columns == 1:
        return values
    tall, wide = values.shape[0] // rows * rows, values.shape[1] // columns * columns
    blocks = values[:tall, :wide].reshape(tall // rows, rows, wide // columns, columns)
    coarse: Values = blocks.mean((1, 3))
    return coarse


def _thinned(pixels: Pixels) -> Pixels:
    """Return a photo of no more pixels than are seen."""
    every = max(1, round(max(pixels.shape[:2]) / (4 * FINEST)))
    return np.ascontiguousarray(pixels[::every, ::every])
