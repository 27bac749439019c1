"""Grids: which place on the ground each pixel covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor, hypot, isfinite, pi
from typing import TypeVar

import numpy as np
import rasterio
import rasterio.warp
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS

from convista.errors import ConvistaError
from convista.scenes.files.failures import FAILURES
from convista.scenes.geometry.window import Size, Window

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top, in the units of the CRS."""

Number = TypeVar("Number", float, NDArray[np.float64])

TOLERANCE = 0.01
"""How far apart the corners of two grids may lie, in pixels, and still be the same grid."""


def crs_name(crs: CRS | None) -> str:
    """Return what a CRS is called: its code, or where it has none the name that its definition gives it."""
    if crs is None:
        return "no CRS"
    text: str = crs.to_string()
    named = re.match(r'\w+\["([^"]*)"', text)
    return named[1] if named else text


@dataclass(frozen=True)
class Tie:
    """What says where an image lies that is on no grid yet: ground control points, or coefficients (RPC)."""

    file: str
    numbers: tuple[object, ...] = field(repr=False)
    """The points, or the coefficients, whole."""
    points: int = 0
    """How many; 0 of coefficients."""
    crs: CRS | None = None
    """Of the points."""

    def error(self) -> ConvistaError:
        """Return what to tell where a place is needed: what the file has, and how to bring it onto a grid."""
        if not self.points:
            return ConvistaError("scenes.geometry.tied_by_coefficients", file=self.file)
        return ConvistaError(
            "scenes.geometry.tied_by_points",
            file=self.file,
            count=self.points,
            crs=crs_name(self.crs) if self.crs else "–",
        )


@dataclass(frozen=True, repr=False)
class Grid:
    """A grid of pixels on the ground: its CRS, its affine transform and its size.

    The transform takes (column, row) to (x, y), with pixel corners at whole numbers. It may be rotated, south-up
    or have pixels that are not square. ``crs`` is None for an image without georeference.
    """

    crs: CRS | None
    transform: Affine
    height: int
    width: int
    tie: Tie | None = field(default=None, compare=False)
    """Of an image without georeference whose file says in another way where it lies."""

    @property
    def shape(self) -> Size:
        """Rows and columns."""
        return self.height, self.width

    @property
    def bounds(self) -> Bounds:
        """Left, bottom, right, top of everything the grid covers, in the units of the CRS."""
        xs, ys = zip(*self._corners(), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def resolution(self) -> tuple[float, float]:
        """Length of a pixel's side along a row and along a column, in the units of the CRS."""
        t = self.transform
        return hypot(t.a, t.d), hypot(t.b, t.e)

    @property
    def crs_name(self) -> str:
        """What the CRS is called."""
        return crs_name(self.crs)

    def __repr__(self) -> str:
        across, down = (f"{side:.10g}" for side in self.resolution)
        x, y = (f"{at:.10g}" for at in apply_affine(self.transform, 0, 0))
        return f"<Grid {self.height}×{self.width}: pixels of {across}×{down} from ({x}, {y}), {self.crs_name}>"

    def coordinates(self, row: float, column: float) -> tuple[float, float]:
        """Return (x, y) of a pixel's centre, in the CRS of the grid."""
        x, y = apply_affine(self.transform, column + 0.5, row + 0.5)
        return float(x), float(y)

    def pixel(self, x: float, y: float, crs: object = None) -> tuple[int, int]:
        """Return (row, column) of the pixel that holds a point; it may lie outside the grid.

        A longitude may be counted otherwise than the grid counts, −180 … 180 or 0 … 360: it is the same place.

        Parameters
        ----------
        x, y
            The point; for geographic coordinates x is the longitude.
        crs
            What the point is given in, as anything rasterio understands: ``"EPSG:4326"``. None for the grid's own.

        Raises
        ------
        ConvistaError
            If a number is not finite, the CRS is unknown, the grid has none, or the point cannot be brought into
            it.
        """
        point = x, y
        if crs is not None:
            x, y = self._brought(x, y, crs)
        positions = [apply_affine(~self.transform, turned, y) for turned in self._turned(x)]
        if not all(map(isfinite, positions[0])):
            raise ConvistaError("scenes.geometry.no_point", x=point[0], y=point[1])
        pixels = [(_floor(row), _floor(column)) for column, row in positions]
        return next((p for p in pixels if 0 <= p[0] < self.height and 0 <= p[1] < self.width), pixels[0])

    def at(self, window: Window) -> Grid:
        """Return the grid of a window."""
        a, b, _, d, e, _ = self.transform[:6]
        x, y = apply_affine(self.transform, window.column, window.row)
        return Grid(self.crs, Affine(a, b, x, d, e, y), window.height, window.width, self.tie)

    def resampled(self, resolution: float | tuple[float, float]) -> Grid:
        """Return a grid with the same first corner and direction, other pixels, and at least the same cover."""
        across, down = resolution if isinstance(resolution, tuple) else (resolution, resolution)
        if not (across > 0 and down > 0):
            raise ConvistaError("scenes.geometry.resolution", resolution=resolution)
        wider, taller = across / self.resolution[0], down / self.resolution[1]
        a, b, c, d, e, f = self.transform[:6]
        height, width = (
            max(1, ceil(n / times - 1e-6)) for n, times in ((self.height, taller), (self.width, wider))
        )
        transform = Affine(a * wider, b * taller, c, d * wider, e * taller, f)
        return Grid(self.crs, transform, height, width, self.tie)

    def check_placed(self) -> None:
        """See that pixels lie where the grid says; ConvistaError if the file says it by other means than a grid."""
        if self.tie is not None:
            raise self.tie.error()

    def same_as(self, other: Grid) -> bool:
        """Whether the other grid has the same CRS and size, and the same corners to a hundredth of a pixel.

        Corners whole turns apart are the same, as 190° and −170° are.
        """
        if self.shape != other.shape or self.crs != other.crs:
            return False
        if self.tie and other.tie and self.tie.numbers != other.tie.numbers:
            return False
        step, turn = min(self.resolution) * TOLERANCE, full_turn(self.crs)
        apart = self.transform.c - other.transform.c
        turned = turn * round(apart / turn) if turn else 0.0
        pairs = zip(self._corners(), other._corners(), strict=True)
        return all(hypot(a[0] - b[0] - turned, a[1] - b[1]) <= step for a, b in pairs)

    def turned(self, turns: int) -> Grid:
        """Return the grid whole turns further east: the same places, if the CRS is geographic."""
        turn = full_turn(self.crs)
        a, b, c, d, e, f = self.transform[:6]
        return self if not turn or not turns else replace(self, transform=Affine(a, b, c + turn * turns, d, e, f))

    def _corners(self) -> list[tuple[float, float]]:
        return [apply_affine(self.transform, c, r) for c in (0, self.width) for r in (0, self.height)]

    def _turned(self, x: float) -> list[float]:
        """Return the numbers that mean one x: of a longitude the nearest to the grid's middle, and others."""
        turn = full_turn(self.crs)
        if not turn or not isfinite(x):
            return [x]
        middle, _ = apply_affine(self.transform, self.width / 2, self.height / 2)
        nearest = x + turn * round((middle - x) / turn)
        return [nearest, nearest - turn, nearest + turn]

    def _brought(self, x: float, y: float, crs: object) -> tuple[float, float]:
        if not (isfinite(x) and isfinite(y)):
            raise ConvistaError("scenes.geometry.no_point", x=x, y=y)
        self.check_placed()
        if self.crs is None:
            raise ConvistaError("scenes.geometry.no_crs", crs=crs)
        try:
            with rasterio.Env():  # without one, PROJ writes its own complaint on the terminal
                given = CRS.from_user_input(crs)
        except FAILURES as error:
            raise ConvistaError("scenes.geometry.unknown_crs", crs=crs) from error
        try:
            with rasterio.Env():
                (there_x,), (there_y,) = rasterio.warp.transform(given, self.crs, [x], [y])[:2]
        except FAILURES as error:
            raise ConvistaError("scenes.geometry.not_in_crs", x=x, y=y, given=crs, crs=self.crs) from error
        if not (isfinite(there_x) and isfinite(there_y)):
            raise ConvistaError("scenes.geometry.not_in_crs", x=x, y=y, given=crs, crs=self.crs)
        return there_x, there_y


def full_turn(crs: CRS | None) -> float | None:
    """Return how far one goes round the earth in the units of a CRS: 360 degrees, 400 grads; None on a plane."""
    if crs is None or not crs.is_geographic:
        return None
    radians: float = crs.units_factor[1]
    return round(2 * pi / radians, 9)


def finest(grids: Sequence[Grid]) -> Grid:
    """Return the grid with the smallest pixels, of those in the CRS of the first."""
    ours = [grid for grid in grids if grid.crs == grids[0].crs]
    return min(ours, key=lambda grid: abs(grid.transform.determinant))


def apply_affine(transform: Affine, first: Number, second: Number) -> tuple[Number, Number]:
    """Take a point, or arrays of points, through an affine transform: (column, row) → (x, y), or back by ``~``."""
    a, b, c, d, e, f = transform[:6]
    return a * first + b * second + c, d * first + e * second + f


def _floor(position: float) -> int:
    """Round down, but take a position a millionth before a pixel's edge as on it: it is there by rounding."""
    nearest = round(position)
    return nearest if abs(position - nearest) < 1e-6 else floor(position)
