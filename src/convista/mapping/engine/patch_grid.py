"""The cells of a map: which pixels share an answer, and which patch gives it. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from torch import Tensor

from convista.errors import ConvistaError
from convista.learning import Run
from convista.mapping.engine.layout import Piece, Shares
from convista.mapping.map_model import MapModel
from convista.scenes import Patch, Scene, Window

FINE = 16
"""A cell's side is this part of the patch where nobody says otherwise."""
TALL, WIDE = 256, 512
"""Pixels of a piece down and across; patches reach beyond, so that smaller ones would be read many times over."""
PARTS = 4
"""A scene is divided into so many parts across, if it is not too small, to have work for several threads."""


class PatchGrid(NamedTuple):
    """A scene divided into square cells, each answered by the patch centred on it.

    The patch's element ``patch // 2`` lies on the cell's pixel ``stride // 2``, down and across. Cells at the right
    and the lower edge may reach outside the scene, as patches do on all sides.
    """

    shape: tuple[int, int]
    """Rows and columns of the scene."""
    patch: int
    stride: int
    """Rows and columns of a cell."""

    @property
    def step(self) -> int:
        """Rows and columns of pixels for each answer."""
        return self.stride

    @property
    def shift(self) -> float:
        """Return 0: cells begin with the scene."""
        return 0.0

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of cells."""
        return -(-self.shape[0] // self.stride), -(-self.shape[1] // self.stride)

    @property
    def margin(self) -> int:
        """Rows and columns of a patch before the first pixel of its cell."""
        return self.patch // 2 - self.stride // 2

    @property
    def strips(self) -> int:
        """How many strips there are."""
        return -(-self.size[0] // self._tall)

    @property
    def _tall(self) -> int:
        """Rows of cells of a strip."""
        return max(1, TALL // self.stride)

    @property
    def _wide(self) -> int:
        """Columns of cells of a piece."""
        return max(1, min(WIDE, max(WIDE // 8, -(-self.shape[1] // PARTS))) // self.stride)

    def span(self, strip: int) -> tuple[int, int]:
        """Return the first row of cells of a strip, and the first that is not its."""
        return strip * self._tall, min((strip + 1) * self._tall, self.size[0])

    def pieces(self, strip: int) -> Iterator[Piece]:
        """Yield the pieces of a strip, from left to right."""
        first, last = self.span(strip)
        for left in range(0, self.size[1], self._wide):
            right = min(left + self._wide, self.size[1])
            row, column = first * self.stride, left * self.stride
            height = min(last * self.stride, self.shape[0]) - row
            width = min(right * self.stride, self.shape[1]) - column
            rows, columns = ((n - 1) * self.stride + self.patch for n in (last - first, right - left))
            read = Window(row - self.margin, column - self.margin, rows, columns)
            yield Piece(read, Window(row, column, height, width), (left,))

    def cut(self, piece: Piece, pixels: Tensor) -> Tensor:
        """Return the whole piece, which the network is led over."""
        del piece
        return pixels

    def row_share(self, strip: int) -> Shares:
        """Return ones: strips do not overlap."""
        first, last = self.span(strip)
        return np.ones(last - first, np.float32)

    def width_at(self, column: int) -> int:
        """Return the columns of cells of the piece that begins at a column."""
        return min(self._wide, self.size[1] - column)

    def column_share(self, column: int) -> Shares:
        """Return ones: pieces do not overlap."""
        return np.ones(self.width_at(column), np.float32)

    def patch_of(self, row: int, column: int) -> Window:
        """Return the patch that answers for a pixel."""
        top, left = (n // self.stride * self.stride - self.margin for n in (row, column))
        return Window(top, left, self.patch, self.patch)


def patch_grid_of(model: Run | MapModel, scene: Scene, stride: int | None = None) -> PatchGrid:
    """Return the cells of a scene; ``stride`` None for a sixteenth of the patch, at least one pixel.

    Raises
    ------
    ConvistaError
        If the stride is below 1, or larger than the patch, which would leave pixels unseen.
    """
    if stride is None:
        stride = max(1, model.patch // FINE)
    if not 1 <= stride <= model.patch:
        raise ConvistaError("mapping.stride", stride=stride, patch=model.patch)
    return PatchGrid(scene.shape, model.patch, stride)


def patch_for(run: Run, scene: Scene, x: float, y: float, crs: object = None, stride: int | None = None) -> Patch:
    """Cut the patch whose class the map shows at a point.

    Parameters
    ----------
    run, scene
        As in `predict`.
    x, y
        The point; x is the longitude if the CRS is geographic.
    crs
        What the point is given in; None for the scene's own.
    stride
        What the map was made with.

    Raises
    ------
    ConvistaError
        If the point lies outside the scene, or the stride will not do.
    """
    pixel = scene.patch_at(x, y, 1, crs, run.band_names).window
    window = patch_grid_of(run, scene, stride).patch_of(pixel.row, pixel.column)
    return scene.patch(window, run.band_names)
