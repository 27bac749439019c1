"""Overlapping windows over a scene, and how much each has to say about a pixel. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from math import floor

import numpy as np
import torch
from torch import Tensor

from convista.errors import ConvistaError
from convista.mapping.engine.layout import Piece, Shares
from convista.scenes import Window

FLOOR = 1e-3
"""The least weight of a window before weights are made to sum to one: no pixel is left to nobody."""
PIECE_PIXELS = 2**18
"""Pixels that the network sees at a time."""


class Axis:
    """Windows along one axis, counted in answers.

    Every window but the last begins `stride` after the one before; the last ends with the axis. Where two overlap,
    the weight of the first falls and that of the second rises as a raised cosine; elsewhere, and at both ends of
    the axis, it is full.
    """

    def __init__(self, length: int, size: int, stride: int) -> None:
        self.length, self.size = length, size
        last = max(0, length - size)
        self.starts: tuple[int, ...] = (*range(0, last, stride), last)

    @cached_property
    def weights(self) -> list[Shares]:
        """Weight of each window along itself, (size,); at each place those of all windows sum to one."""
        raised = [self._raised(k) for k in range(len(self.starts))]
        total = np.zeros(max(self.length, self.size))
        for start, weight in zip(self.starts, raised, strict=True):
            total[start : start + self.size] += weight
        return [
            (weight / total[start : start + self.size]).astype(np.float32)
            for start, weight in zip(self.starts, raised, strict=True)
        ]

    @cached_property
    def shares(self) -> list[Shares]:
        """Share of each window in the mean with those before it, (size,); 1 where it is the first."""
        so_far = np.zeros(max(self.length, self.size))
        shares = []
        for start, weight in zip(self.starts, self.weights, strict=True):
            here = slice(start, start + self.size)
            so_far[here] += weight
            shares.append((weight / so_far[here]).astype(np.float32))
        return shares

    @cached_property
    def share_of(self) -> dict[int, Shares]:
        """The shares by where their window begins."""
        return dict(zip(self.starts, self.shares, strict=True))

    def windows_at(self, place: int) -> list[tuple[int, float]]:
        """Return which windows hold a place, and their weights, which sum to one."""
        pairs = zip(self.starts, self.weights, strict=True)
        return [(k, float(w[place - s])) for k, (s, w) in enumerate(pairs) if s <= place < s + self.size]

    def _raised(self, k: int) -> Shares:
        weight = np.ones(self.size)
        if k > 0 and (overlap := self.starts[k - 1] + self.size - self.starts[k]) > 0:
            weight[:overlap] *= _rise(overlap)
        if k < len(self.starts) - 1 and (overlap := self.starts[k] + self.size - self.starts[k + 1]) > 0:
            weight[-overlap:] *= _rise(overlap)[::-1]
        return np.maximum(weight, FLOOR)


def _rise(overlap: int) -> Shares:
    places = (np.arange(overlap) + 0.5) / overlap
    return np.sin(0.5 * np.pi * places) ** 2


class Tiling:
    """A scene covered by overlapping square windows; a strip is a row of them.

    Parameters
    ----------
    shape
        Rows and columns of the scene.
    window
        Rows and columns of a window, in pixels.
    overlap
        Part of a window that the next one covers too, 0 … less than 1.
    step
        Rows and columns of pixels for each answer.
    side
        Rows and columns of answers of a window; None if they cover it.
    margin
        Pixels of a window before its first answer; what a fraction is over moves the answers' grid.

    Raises
    ------
    ConvistaError
        If the overlap is out of range.
    """

    def __init__(
        self,
        shape: tuple[int, int],
        window: int,
        overlap: float,
        step: int = 1,
        side: int | None = None,
        margin: float = 0.0,
    ) -> None:
        if not 0 <= overlap < 1:
            raise ConvistaError("mapping.overlap", overlap=overlap)
        self.shape, self.window, self.overlap, self.step = shape, window, overlap, step
        side = window // step if side is None else side
        self.margin = floor(margin)
        self.shift = margin - self.margin
        stride = max(1, round(side * (1 - overlap)))
        self.rows, self.columns = (Axis(-(-n // step), side, stride) for n in shape)

    def __repr__(self) -> str:
        margin = self.margin + self.shift
        return f"Windows({self.shape}, {self.window}, {self.overlap}, {self.step}, {self.rows.size}, {margin})"

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of answers."""
        return self.rows.length, self.columns.length

    @property
    def strips(self) -> int:
        """How many rows of windows there are."""
        return len(self.rows.starts)

    def span(self, strip: int) -> tuple[int, int]:
        """Return the first row of answers of a row of windows, and the first that is not its."""
        start = self.rows.starts[strip]
        return start, min(start + self.rows.size, self.rows.length)

    def pieces(self, strip: int) -> Iterator[Piece]:
        """Yield a few windows at a time, from left to right."""
        starts, few = self.columns.starts, max(1, PIECE_PIXELS // self.window**2)
        for first in range(0, len(starts), few):
            some = starts[first : first + few]
            corner = self.window_at(self.rows.starts[strip], some[0])
            further = (some[-1] - some[0]) * self.step
            seen = corner._replace(width=further + self.window)
            side = self.rows.size * self.step
            answered = Window(corner.row + self.margin, corner.column + self.margin, side, side + further)
            covered = answered.intersection(Window(0, 0, *self.shape))
            assert covered is not None
            # A layer with stride may answer for pixels that its windows do not see; their nodata counts too.
            yield Piece(seen.union(covered), covered, some)

    def window_at(self, row: int, column: int) -> Window:
        """Return the pixels of the window whose first answer is at a row and a column of answers."""
        return Window(row * self.step - self.margin, column * self.step - self.margin, self.window, self.window)

    def cut(self, piece: Piece, pixels: Tensor) -> Tensor:
        """Return the windows of a piece, (windows, bands, rows, columns)."""
        row = piece.covered.row // self.step
        cuts = [self.window_at(row, column).seen_from(piece.read).slices for column in piece.columns]
        return torch.cat([pixels[..., rows, columns] for rows, columns in cuts])

    def row_share(self, strip: int) -> Shares:
        """Return the share of a row of windows, (rows,)."""
        first, last = self.span(strip)
        return self.rows.shares[strip][: last - first]

    def width_at(self, column: int) -> int:
        """Return the columns of an answer that begins at a column."""
        return min(self.columns.size, self.columns.length - column)

    def column_share(self, column: int) -> Shares:
        """Return the share of the window that begins at a column, (columns,)."""
        return self.columns.share_of[column][: self.width_at(column)]
