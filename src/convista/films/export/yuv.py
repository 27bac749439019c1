"""Pictures as video has them: luma, and two colour differences for each 2 × 2 pixels, by ITU-R BT.709."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from convista.films.stage.canvas import Bounds
from convista.films.stage.paint import Pixels

LUMA = np.array([0.2126, 0.7152, 0.0722])
RGB_TO_YUV = np.stack(
    [219 * LUMA, 224 * (np.array([0, 0, 1]) - LUMA) / 1.8556, 224 * (np.array([1, 0, 0]) - LUMA) / 1.5748]
).astype(np.float32) / np.float32(255)
"""Rows are luma and the differences of blue and of red; in the limited range, 16 … 235 and 16 … 240 of a byte."""
ZERO = np.array([16, 128, 128], np.float32)


class Planes:
    """The planes of a picture of red, green and blue, brought up to date where it has changed.

    A width or height that is odd gains a pixel, a copy of its neighbour.
    """

    def __init__(self, width: int, height: int) -> None:
        rows, columns = height + height % 2, width + width % 2
        self.stacked: NDArray[np.uint8] = np.zeros((rows * 3 // 2, columns), np.uint8)
        """Luma above the two colour planes, as FFmpeg's ``yuv420p`` is laid out."""
        self._luma = self.stacked[:rows]
        colours = self.stacked[rows:].reshape(2, rows // 2, columns // 2)
        self._blue, self._red = colours

    def update(self, pixels: Pixels, changed: Iterable[Bounds]) -> None:
        """Write the boxes of a picture, (rows, columns, 3), that have changed since the last one."""
        rows, columns = pixels.shape[:2]
        for left, top, right, bottom in changed:
            # Whole squares of 2 × 2.
            x0, y0, x1, y1 = left - left % 2, top - top % 2, right + right % 2, bottom + bottom % 2
            part = pixels[y0:y1, x0:x1]
            beyond = (0, y1 - rows if y1 > rows else 0), (0, x1 - columns if x1 > columns else 0), (0, 0)
            part = np.pad(part, beyond, mode="edge") if y1 > rows or x1 > columns else part
            yuv = part.astype(np.float32) @ RGB_TO_YUV.T + ZERO
            self._luma[y0:y1, x0:x1] = np.rint(yuv[..., 0])
            differences = yuv[..., 1:]
            # By slices: a mean over two axes takes three times as long.
            upper, lower = (differences[row::2, ::2] + differences[row::2, 1::2] for row in (0, 1))
            squares = (upper + lower) / 4
            where = slice(y0 // 2, y1 // 2), slice(x0 // 2, x1 // 2)
            self._blue[where], self._red[where] = np.rint(squares[..., 0]), np.rint(squares[..., 1])
