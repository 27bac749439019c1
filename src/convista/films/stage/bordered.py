"""A map with the border that padding adds: cells that are not the map's, with a sign instead of a value."""

from __future__ import annotations

from collections.abc import Callable

from convista.films.stage.grid import Values
from convista.films.stage.marks import Box, Mark
from convista.films.stage.plate import LARGEST, Plate, Written
from convista.films.stage.scale import Scale
from convista.language import Text
from convista.operators.sliding import Padding, pad


class Bordered(Plate):
    """A plate whose rows and columns are counted in the map: those of the border lie outside, below 0 or beyond.

    ``border`` gives what is written in a cell of the border.
    """

    def __init__(
        self,
        key: str,
        room: Box,
        values: Values,
        around: Padding,
        border: Callable[[int, int], Text],
        scale: Scale | None = None,
        cell: tuple[float, float] = (LARGEST, LARGEST),
    ) -> None:
        super().__init__(key, room, pad(values, around), like=values, scale=scale, cell=cell)
        self._own, self._around, self._border = values.shape, around, border

    def span(self, row: int, column: int, rows: int = 1, columns: int = 1) -> Box:
        """Return the box of a block of cells."""
        return super().span(row + self._around[0][0], column + self._around[1][0], rows, columns)

    def keys(self, row: int, column: int) -> tuple[str, str]:
        """Return the keys of a cell and of its number."""
        return super().keys(row + self._around[0][0], column + self._around[1][0])

    def cell(self, row: int, column: int) -> tuple[Mark, ...]:
        """Return one cell, counted in the plate, with its number or sign."""
        place = row - self._around[0][0], column - self._around[1][0]
        if self._inside(*place):
            return super().cell(row, column)
        cell, number = self._grid.padded(row, column)
        return cell, number._replace(text=self._border(*place))

    def drawn(self, written: Written | int | None = None) -> tuple[Mark, ...]:
        """Return the whole map; in one without numbers the border is left without colour."""
        if self.numbered:
            return super().drawn(written)
        return super().drawn(
            lambda row, column: self._inside(row - self._around[0][0], column - self._around[1][0])
        )

    def _inside(self, row: int, column: int) -> bool:
        rows, columns = self._own
        return bool(0 <= row < rows and 0 <= column < columns)
