"""Warping: bringing the pixels of one grid onto another by GDAL's warper, as many as fit into memory at a time.

Longitudes are a circle. One grid may count them −180 … 180 and the other 0 … 360, one may cross the antimeridian,
one may go all round the earth, so that its last column has its first for a neighbour. The warper knows numbers;
it is given the file's pixels whole turns away, where it looks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil, floor, inf, isnan
from typing import Any, NamedTuple

import numpy as np
import rasterio
import rasterio.warp
from numpy.typing import NDArray
from rasterio.enums import Resampling

from convista.errors import ConvistaError
from convista.failures import reason
from convista.scenes.files.failures import FAILURES
from convista.scenes.geometry.grid import TOLERANCE, Grid, apply_affine, full_turn
from convista.scenes.geometry.window import Window, whole

Float = NDArray[np.float64]
Read = Callable[[Window], NDArray[Any]]
"""Reads a window of a file, (bands, rows, columns)."""

LOOKED_AT = 21
"""Rows and columns of places of a grid that are looked for on another one."""
MOST_PIXELS = 2**25
"""Pixels of all bands that are read of a file at once."""


class SourcePiece(NamedTuple):
    """A part of a file, and how many turns further east it is to be laid before the warper."""

    window: Window
    """It may leave the columns of a file that goes all round the earth; they go on from its other end."""
    turns: int


def warp(
    here: Grid, read: Read, wanted: Grid, result: NDArray[Any], how: Resampling | None, *, empty: float, file: str
) -> None:
    """Bring what lies on one grid onto another.

    Parameters
    ----------
    here, read
        The grid of a file, and what reads it; values there that are `empty` are no values.
    wanted, result
        The other grid, and where the result is put, (bands, rows, columns); it holds `empty` before, and where
        nothing is.
    how
        None for bilinear onto finer pixels and the average onto coarser ones.
    file
        What the file is called in messages.

    Raises
    ------
    ConvistaError
        If the one CRS cannot be brought into the other, or an image is on no grid yet.
    """
    here.check_placed()
    wanted.check_placed()
    coarser, pieces = _seen(here, wanted, file)
    if how is None:
        how = Resampling.average if coarser else Resampling.bilinear
    size = len(result) * sum(piece.window.height * piece.window.width for piece in pieces)
    if size > MOST_PIXELS and wanted.height * wanted.width > 1:
        for window in _halves(wanted):
            warp(here, read, wanted.at(window), result[(slice(None), *window.slices)], how, empty=empty, file=file)
        return
    for piece in pieces:
        values = _read_around(read, piece.window, here.width)
        place = here.turned(piece.turns).at(piece.window)
        found = np.full_like(result, empty)
        nodata = empty if isnan(empty) else None
        rasterio.warp.reproject(
            values, found, src_transform=place.transform, src_crs=place.crs or wanted.crs, src_nodata=nodata,
            dst_transform=wanted.transform, dst_crs=wanted.crs or place.crs, dst_nodata=nodata, resampling=how,
            tolerance=0,
        )  # fmt: skip
        np.copyto(result, found, where=np.isnan(result) if isnan(empty) else result == empty)


def _halves(wanted: Grid) -> tuple[Window, Window]:
    rows, columns = wanted.shape
    if rows > columns:
        return Window(0, 0, rows // 2, columns), Window(rows // 2, 0, rows - rows // 2, columns)
    return Window(0, 0, rows, columns // 2), Window(0, columns // 2, rows, columns - columns // 2)


def _seen(here: Grid, wanted: Grid, file: str) -> tuple[bool, list[SourcePiece]]:
    """Return whether the wanted pixels are coarser than the file's, and the parts of the file that they need."""
    x, y = _places(here, wanted, file)
    if not x.size:
        return False, []
    turn = full_turn(here.crs)
    counted = x  # as the warper will count them, which may jump where neighbours in the other CRS do not
    if turn and wanted.crs != here.crs:
        poles = [pole for pole in (turn / 4, -turn / 4) if _holds(wanted, 0.0, pole, here.crs)]
        if poles:  # all longitudes meet there
            x = counted = np.append(counted, [-turn / 2, turn / 2] * len(poles))
            y = np.append(y, np.repeat(poles, 2))
        else:
            x = counted + turn * np.round((x[len(x) // 2] - counted) / turn)
    across, down = apply_affine(~here.transform, x, y)
    steps = np.ptp(down) / wanted.height, np.ptp(across) / wanted.width
    margin = 2 + ceil(max(steps))
    pieces = []
    for first, last, counted_off in _counted(counted, x, turn):
        part = np.clip(x, first, last)
        for turns in _turns(here, part, turn):
            window = _window(here.turned(turns), part, y, margin, around=_goes_around(here, turn))
            if window is not None:
                pieces.append(SourcePiece(window, turns - counted_off))
    return bool(max(steps) > 1.01), pieces


def _places(here: Grid, wanted: Grid, file: str) -> tuple[Float, Float]:
    """Return where places all over a grid lie in the CRS of a file; those that have no place there are left out."""
    rows, columns = np.linspace(0, wanted.height, LOOKED_AT), np.linspace(0, wanted.width, LOOKED_AT)
    x, y = (places.ravel() for places in apply_affine(wanted.transform, *np.meshgrid(columns, rows)))
    if wanted.crs != here.crs:
        try:
            with rasterio.Env():
                x, y = map(np.asarray, rasterio.warp.transform(wanted.crs, here.crs, x, y)[:2])
        except FAILURES as error:
            raise ConvistaError("scenes.geometry.grids_apart", file=file, reason=reason(error)) from error
    finite = np.isfinite(x) & np.isfinite(y)
    return x[finite], y[finite]


def _holds(grid: Grid, x: float, y: float, crs: object) -> bool:
    try:
        row, column = grid.pixel(x, y, crs)
    except ConvistaError:
        return False
    return 0 <= row < grid.height and 0 <= column < grid.width


def _counted(counted: Float, x: Float, turn: float | None) -> Iterator[tuple[float, float, int]]:
    """Yield ranges of x, and how many turns less the warper counts there: more than one across the antimeridian."""
    off = np.round((x - counted) / turn).astype(int) if turn else np.zeros(1, int)
    for turns in np.unique(off).tolist():
        several = turn is not None and off.min() < off.max()
        yield (turn * (turns - 0.5), turn * (turns + 0.5), turns) if several and turn else (-inf, inf, turns)


def _turns(here: Grid, x: Float, turn: float | None) -> range:
    """Return by how many turns a file may be moved so that it lies where something is wanted."""
    if not turn:
        return range(1)
    left, _, right, _ = here.bounds
    if _goes_around(here, turn):
        nearest = round((float(x.min() + x.max()) - left - right) / 2 / turn)
        return range(nearest, nearest + 1)
    return range(ceil((float(x.min()) - right) / turn), floor((float(x.max()) - left) / turn) + 1)


def _goes_around(here: Grid, turn: float | None) -> bool:
    a, b, _, d, *_ = here.transform
    return bool(turn) and b == d == 0 and abs(here.width * abs(a) - (turn or 0)) < TOLERANCE * abs(a)


def _window(here: Grid, x: Float, y: Float, margin: int, *, around: bool) -> Window | None:
    """Return the pixels that hold places and a margin; those of the file, or, where it goes around, any columns."""
    across, down = apply_affine(~here.transform, x, y)
    row, column = floor(down.min()) - margin, floor(across.min()) - margin
    window = Window(row, column, ceil(down.max()) + margin - row, ceil(across.max()) + margin - column)
    return window.intersection(Window(0, column, here.height, window.width) if around else whole(here.shape))


def _read_around(read: Read, window: Window, width: int) -> NDArray[Any]:
    """Read a window that may leave the columns of a file on either side, and goes on from the other end."""
    parts, column, last = [], window.column, window.column + window.width
    while column < last:
        first = column % width
        count = min(last - column, width - first)
        parts.append(read(window._replace(column=first, width=count)))
        column += count
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)
