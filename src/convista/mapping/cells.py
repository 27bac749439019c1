"""The cells of a map: which pixels share an answer, and which patch gives it. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from convista.errors import ConvistaError
from convista.learning import Run
from convista.scenes import Patch, Scene, Window

FINE = 16
"""A cell's side is this part of the patch where nobody says otherwise."""


class Cells(NamedTuple):
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
    def size(self) -> tuple[int, int]:
        """Rows and columns of cells."""
        return -(-self.shape[0] // self.stride), -(-self.shape[1] // self.stride)

    @property
    def margin(self) -> int:
        """Rows and columns of a patch before the first pixel of its cell."""
        return self.patch // 2 - self.stride // 2

    def covered(self, first: int, last: int) -> Window:
        """Return the pixels of the rows of cells from ``first`` up to, not including, ``last``."""
        row = first * self.stride
        return Window(row, 0, min(last * self.stride, self.shape[0]) - row, self.shape[1])

    def read(self, first: int, last: int) -> Window:
        """Return the pixels that the patches of those rows of cells hold; it reaches outside the scene."""
        rows, columns = last - first, self.size[1]
        height, width = ((n - 1) * self.stride + self.patch for n in (rows, columns))
        return Window(first * self.stride - self.margin, -self.margin, height, width)

    def patch_of(self, row: int, column: int) -> Window:
        """Return the patch that answers for a pixel."""
        top, left = (n // self.stride * self.stride - self.margin for n in (row, column))
        return Window(top, left, self.patch, self.patch)

    def strips(self, most: int) -> Iterator[tuple[int, int]]:
        """Yield (first, last) of strips of rows of cells that read at most ``most`` rows of pixels, or one."""
        height = max(1, (most - self.patch) // self.stride + 1)
        rows = self.size[0]
        return ((first, min(first + height, rows)) for first in range(0, rows, height))


def cells_of(run: Run, scene: Scene, stride: int | None = None) -> Cells:
    """Return the cells of a scene for a run; ``stride`` None for a sixteenth of its patch, at least one pixel.

    Raises
    ------
    ConvistaError
        If the stride is below 1, or larger than the patch, which would leave pixels unseen.
    """
    if stride is None:
        stride = max(1, run.patch // FINE)
    if not 1 <= stride <= run.patch:
        raise ConvistaError("mapping.stride", stride=stride, patch=run.patch)
    return Cells(scene.shape, run.patch, stride)


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
    window = cells_of(run, scene, stride).patch_of(pixel.row, pixel.column)
    return scene.patch(window, run.band_names)
