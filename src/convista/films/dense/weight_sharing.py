"""Weight sharing as a film: a convolution is a dense layer whose rows all hold the same few weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.conv.conv import EXAMPLE_IMAGE, EXAMPLE_KERNEL
from convista.films.film import FAST, SLOW, Beat, Film
from convista.films.registry import film
from convista.films.script import QUICK, Script, beat
from convista.films.stage.equation import Equation, Slot
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark
from convista.films.stage.plate import Plate
from convista.films.wording import counted, message
from convista.language import Text
from convista.operators import Array
from convista.operators.conv import Conv

MOST_PIXELS, MOST_STOPS, SLOWLY = 400, 16, 3
CELL = 28.0
LEFT = 176.0
"""Width of the room for the image and the kernel."""
ONE = {"stride": (1, 1), "padding": ((0, 0), (0, 0)), "dilation": (1, 1), "groups": 1}


@film("weight-sharing")
def weight_sharing(
    image: ArrayLike = EXAMPLE_IMAGE,
    kernel: ArrayLike = EXAMPLE_KERNEL,
    *,
    patch: int = 64,
    bands: int = 3,
    filters: int = 32,
) -> Film:
    """Show a convolution written as the matrix of a dense layer, and count the weights of both.

    Parameters
    ----------
    image
        (rows, columns), of at most 400 pixels.
    kernel
        (rows, columns), no larger than the image; it slides without padding, by one pixel.
    patch, bands, filters
        Sides and bands of a patch, and filters of the kernel's size, for the count at the end.

    Raises
    ------
    ConvistaError
        If one is no matrix, the image is too large, the kernel larger than it, or a count is not above 0.
    """
    pixels, weights = _plane("image", image), _plane("kernel", kernel)
    if pixels.size > MOST_PIXELS:
        raise ConvistaError("films.weight_sharing.large", pixels=pixels.size, most=MOST_PIXELS)
    fits = all(k <= min(n, patch) for k, n in zip(weights.shape, pixels.shape, strict=True))
    if not fits or min(bands, filters) < 1:
        given = {"kernel": weights.shape, "image": pixels.shape, "patch": patch, "bands": bands, "filters": filters}
        raise ConvistaError("films.weight_sharing.data", **given)
    stage, script = _Stage(pixels, weights), Script("weight-sharing", message("films.weight_sharing.title"))
    outputs, inputs = stage.matrix.shape
    given = {"outputs": outputs, "inputs": inputs, "weights": weights.size}
    script.step(message("films.weight_sharing.dense", **given), *stage.dense())
    script.step(message("films.weight_sharing.slides", **given), *stage.slides())
    script.step(message("films.weight_sharing.shared", **given), stage.shared())
    script.step(_at_size(weights, patch, bands, filters), stage.whole())
    return script.film()


def _at_size(kernel: Array, patch: int, bands: int, filters: int) -> Text:
    """Return how many weights both layers have on a real patch."""
    rows, columns = (patch - k + 1 for k in kernel.shape)
    given = {"patch": patch, "bands": bands, "filters": filters}
    shared, dense = filters * bands * kernel.size, patch * patch * bands * rows * columns * filters
    return message(
        "films.weight_sharing.at_size", shared=counted(shared), weights=shared, dense=counted(dense), **given
    )


class _Stage:
    """The image above the kernel at the left; at the right the matrix, one row an output and one column a pixel."""

    def __init__(self, image: Array, kernel: Array) -> None:
        shape = tuple(n - k + 1 for n, k in zip(image.shape, kernel.shape, strict=True))
        self._places: list[tuple[int, int]] = list(np.ndindex(*shape))
        self.matrix = _matrix(image, kernel, shape)
        """(outputs, pixels)."""
        split = STAGE.top + 176
        above = Box(STAGE.left, STAGE.top, STAGE.left + LEFT, split)
        self._image = Plate("image", above, image, cell=(CELL, CELL))
        below = Box(STAGE.left, split + 32, STAGE.left + LEFT, STAGE.bottom)
        self._kernel = Plate("kernel", below, kernel, like=kernel, cell=(CELL, CELL))
        room = Box(STAGE.left + LEFT + 50, STAGE.top, STAGE.right, STAGE.bottom)
        self._matrix = Plate("matrix", room, self.matrix, like=kernel, square=False, cell=(CELL, CELL))
        self._kernel_shape = kernel.shape
        outputs, pixels = self.matrix.shape
        self._ground: list[Mark] = [
            *self._image.drawn(),
            self._image.named(message("films.weight_sharing.image", pixels=pixels), LEFT),
            self._matrix.named(message("films.weight_sharing.matrix", outputs=outputs, pixels=pixels)),
        ]
        self._with_kernel: list[Mark] = [
            *self._ground,
            *self._kernel.drawn(),
            self._kernel.named(message("films.weight_sharing.kernel", weights=kernel.size), LEFT),
        ]

    def dense(self) -> list[Beat]:
        """Return the matrix of a dense layer being counted, row by row: every cell is a weight of its own."""
        outputs, pixels = self.matrix.shape
        lines = [
            message("films.weight_sharing.product", a=row, b=pixels, c=row * pixels)
            for row in range(1, outputs + 1)
        ]
        beats = []
        for row in _stops(outputs):
            counted_rows = self._matrix.marked("rows", 0, 0, row + 1, pixels)
            line = _line(lines[row], lines)
            pace = SLOW.row if row < SLOWLY else 2 * QUICK
            beats.append(beat(self._ground, self._empty(), counted_rows, line, seconds=pace))
        return [*beats[:-1], beats[-1]._replace(seconds=SLOW.end)]

    def slides(self) -> list[Beat]:
        """Return the rows of a convolution being written: at each place the same weights, under other pixels."""
        pixels, (high, wide) = self.matrix.shape[1], self._kernel_shape
        beats = []
        for n in _stops(len(self._places)):
            row, column = self._places[n]
            rows = self._matrix.drawn(lambda row, _, n=n: row <= n)  # type: ignore[misc]
            seen = self._image.marked("window", row, column, high, wide)
            made = self._matrix.marked("rows", n, 0, 1, pixels)
            pace = SLOW.sum if n < SLOWLY else FAST.end / 2
            travel = 3 * QUICK if n else 0.0
            beats.append(beat(self._with_kernel, rows, seen, made, seconds=pace, travel=travel))
        return [*beats[:-1], beats[-1]._replace(seconds=SLOW.end)]

    def shared(self) -> Beat:
        """Return the whole matrix, with the number of weights that it holds."""
        high, wide = self._kernel_shape
        words = message("films.weight_sharing.product", a=high, b=wide, c=high * wide)
        outline = self._kernel.marked("window", 0, 0, high, wide)
        return beat(self._with_kernel, self._matrix.drawn(), outline, _line(words, [words]), seconds=SLOW.end)

    def whole(self) -> Beat:
        """Return the matrix with the kernel that fills it."""
        return beat(self._with_kernel, self._matrix.drawn(), seconds=SLOW.end)

    def _empty(self) -> tuple[Mark, ...]:
        return self._matrix.drawn(lambda *_: False)


def _matrix(image: Array, kernel: Array, shape: tuple[int, ...]) -> Array:
    """Return what each output changes by with each pixel, (outputs, pixels): the gradient of one output a row."""
    rows = []
    for place in np.ndindex(*shape):
        upstream = np.zeros((1, 1, *shape))
        upstream[0, 0, *place] = 1.0
        gradient = Conv().gradient(upstream, image[None, None], kernel[None, None])["x"]
        rows.append(gradient.ravel())
    return np.array(rows)


def _stops(count: int) -> list[int]:
    """Return the rows that the film stops at: all, or of many the first few and some on the way to the last."""
    if count <= MOST_STOPS:
        return list(range(count))
    return sorted(
        {*range(SLOWLY), *np.linspace(SLOWLY, count - 1, MOST_STOPS - SLOWLY).round().astype(int).tolist()}
    )


def _line(words: Text, ever: list[Text]) -> list[Mark]:
    return [Equation([Slot("line", ever)]).write("line", words)]


def _plane(name: str, values: ArrayLike) -> Array:
    plane: Array = np.asarray(values, dtype=np.float64)
    if plane.ndim != 2 or not plane.size:
        raise ConvistaError("films.not_a_plane", name=name, shape=plane.shape)
    return plane
