"""What the ways to divide a scene have in common: strips of rows, and pieces of a strip that are read at a time.

A strip is what is finished, kept and shared out: it has all columns, so that strips depend on one another along one
axis alone. A piece is what is in memory: a part of a strip that is read and computed at once. An answer is what the
network says of a square of ``step`` × ``step`` pixels.

    shift ┐                 rows of answers of a strip: `span`
          ├───┬───┬───┐     ┌──────────────┬────────────┐
          │   │   │   │     │ piece        │ piece      │   strip 0
          ├───┼───┼───┤     ├──────────────┼────────────┤
          │   │   │   │     │              │            │   strip 1, may begin within strip 0
          └───┴───┴───┘     └──────────────┴────────────┘
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from torch import Tensor

from convista.scenes import Grid, Window
from convista.scenes.geometry.grid import apply_affine

Shares = NDArray[np.float32]


class Piece(NamedTuple):
    """A part of a strip that is read and answered at a time."""

    read: Window
    """Pixels to read; they may lie outside the scene."""
    covered: Window
    """Pixels of the scene that are answered for."""
    columns: tuple[int, ...]
    """First columns of its answers, one for each sample that `Layout.cut` makes."""


class Layout(Protocol):
    """A scene divided into answers of ``step`` × ``step`` pixels, computed strip by strip.

    Strips may overlap, and so may the answers in one; a share says how much of the mean up to there is the newest.
    """

    @property
    def step(self) -> int:
        """Rows and columns of pixels for each answer."""

    @property
    def shift(self) -> float:
        """Pixels, less than one, from the scene's corner to that of the answers' grid, down and across."""

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of answers."""

    @property
    def strips(self) -> int:
        """How many strips there are."""

    def span(self, strip: int) -> tuple[int, int]:
        """Return the first row of answers of a strip, and the first that is not its."""

    def pieces(self, strip: int) -> Iterator[Piece]:
        """Yield the pieces of a strip, from left to right."""

    def cut(self, piece: Piece, pixels: Tensor) -> Tensor:
        """Return what the network sees of a piece's pixels, (1, bands, rows, columns), as a batch."""

    def width_at(self, column: int) -> int:
        """Return the columns of an answer that begins at a column."""

    def row_share(self, strip: int) -> Shares:
        """Return the share of a strip's answers, (rows,), in the mean with those of the strips before it."""

    def column_share(self, column: int) -> Shares:
        """Return the share of an answer that begins at a column, (columns,), in the mean with those before it."""


def first_needed(layout: Layout, strip: int) -> int:
    """Return the first strip that has a part in the rows from which a strip begins."""
    # Without the strips that overlap its first rows, a strip computed alone would differ from one in a whole map.
    row = layout.span(strip)[0]
    while strip > 0 and layout.span(strip - 1)[1] > row:
        strip -= 1
    return strip


def finished(layout: Layout, strip: int) -> tuple[int, int]:
    """Return the rows of answers that no later strip has a part in: first, and first of those after."""
    first, last = layout.span(strip)
    return first, last if strip == layout.strips - 1 else layout.span(strip + 1)[0]


def answer_grid(grid: Grid, layout: Layout) -> Grid:
    """Return the grid whose pixels are answers."""
    # The answers' transform is the scene's with pixels `step` times as long; its corner lies `shift` pixels inside.
    across, down = grid.resolution
    coarse = grid.resampled((across * layout.step, down * layout.step)).transform
    x, y = apply_affine(grid.transform, layout.shift, layout.shift)
    return Grid(grid.crs, Affine(coarse.a, coarse.b, x, coarse.d, coarse.e, y), *layout.size)
