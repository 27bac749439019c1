"""Patches: pixels cut from a scene, which remember where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from convista.language import Text, listed
from convista.scenes.bands.band import Band
from convista.scenes.geometry.grid import Grid
from convista.scenes.geometry.window import Window

MaskedArray = np.ma.MaskedArray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, eq=False, repr=False)
class Patch:
    """Pixels cut from a scene, which remember where they lie."""

    values: MaskedArray
    """Scaled values, float32, (bands, rows, columns), masked where there is no datum."""
    window: Window
    """Where the patch lies in the scene."""
    grid: Grid
    """Where the patch lies on the ground."""
    bands: tuple[Band, ...]
    scene_name: str
    credit: Text | None = None
    """The scene's: what has to be said wherever its pixels are shown."""

    @property
    def shape(self) -> tuple[int, int, int]:
        """Bands, rows, columns."""
        return len(self.bands), self.grid.height, self.grid.width

    @property
    def band_names(self) -> tuple[str, ...]:
        """Names of the bands, in the order of the values."""
        return tuple(band.name for band in self.bands)

    def coordinates(self, row: float, column: float) -> tuple[float, float]:
        """Return (x, y) of the centre of a pixel of the patch, in the scene's CRS."""
        return self.grid.coordinates(row, column)

    def __repr__(self) -> str:
        _, rows, columns = self.shape
        place = f"{rows}×{columns} from row {self.window.row}, column {self.window.column}"
        return f"<Patch of {self.scene_name}: {listed(self.band_names)}; {place}, {self.grid.crs_name}>"
