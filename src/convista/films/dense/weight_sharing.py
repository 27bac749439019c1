"""Weight sharing as a film: a convolution is a dense layer whose rows all hold the same few weights."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.conv.conv import EXAMPLE_IMAGE, EXAMPLE_KERNEL
from convista.films.film import SLOW, Beat, Film
from convista.films.registry import film
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage.colour_bar import colour_bar
from convista.films.stage.equation import Equation, Slot
from convista.films.stage.grid import magnitude
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark, Rectangle
from convista.films.stage.motion import Sources
from convista.films.stage.plate import Plate
from convista.films.stage.scale import Scale
from convista.films.wording import counted, message
from convista.language import Text
from convista.operators import Array
from convista.operators.conv import Conv

MOST_PIXELS, MOST_STOPS, SLOWLY = 400, 16, 3
CELL = 31.0
LEFT = 190.0
"""Width of the room for the image and the kernel."""
BAR = Box(STAGE.right - 230, 412, STAGE.right, 430)
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
    script.step(message("films.weight_sharing.dense", **given), *_counting(stage))
    script.step(message("films.weight_sharing.slides", **given), *_sliding(stage))
    full = beat(stage.at(_Full(counted=True)), seconds=SLOW.end, travel=TRAVEL)
    script.step(message("films.weight_sharing.shared", **given), full)
    script.step(_at_size(weights, patch, bands, filters), beat(stage.at(_Full(counted=False)), seconds=SLOW.end))
    return script.film()


def _at_size(kernel: Array, patch: int, bands: int, filters: int) -> Text:
    """Return how many weights both layers have on a real patch."""
    rows, columns = (patch - k + 1 for k in kernel.shape)
    given = {"patch": patch, "bands": bands, "filters": filters}
    shared, dense = filters * bands * kernel.size, patch * patch * bands * rows * columns * filters
    return message(
        "films.weight_sharing.at_size", shared=counted(shared), weights=shared, dense=counted(dense), **given
    )


class _Dense(NamedTuple):
    """A dense layer of the same size is counted."""

    rows: int
    """How many rows of its matrix are counted."""


class _Slides(NamedTuple):
    """The convolution fills the matrix."""

    place: int
    """The place of the kernel, from 0; the rows before it are filled."""
    put: bool = True
    """Whether its weights have arrived in its row."""


class _Full(NamedTuple):
    """The matrix is full."""

    counted: bool
    """Whether the weights that fill it are counted."""


class _Stage:
    """The image above the kernel at the left; at the right the matrix, one row an output and one column a pixel."""

    def __init__(self, image: Array, kernel: Array) -> None:
        shape = tuple(n - k + 1 for n, k in zip(image.shape, kernel.shape, strict=True))
        self.places: list[tuple[int, int]] = list(np.ndindex(*shape))
        self.matrix = _matrix(image, kernel, shape)
        """(outputs, pixels)."""
        left = STAGE._replace(right=STAGE.left + LEFT, bottom=STAGE.bottom + 12)
        above, below = left.rows(2, 1, gap=32)
        self._image = Plate("image", above, image, cell=(CELL, CELL))
        self._kernel = Plate("kernel", below, kernel, like=kernel, cell=(CELL, CELL))
        room = STAGE._replace(left=STAGE.left + LEFT + 36)
        self._matrix = Plate("matrix", room, self.matrix, like=kernel, square=False, cell=(CELL, CELL))
        self._shape, self._full = kernel.shape, magnitude(kernel)
        outputs, pixels = self.matrix.shape
        self._lines = [_product(row, pixels) for row in range(1, outputs + 1)]
        self._ground: list[Mark] = [
            *self._image.drawn(),
            self._image.named(message("films.weight_sharing.image", pixels=pixels), LEFT),
            self._matrix.named(message("films.weight_sharing.matrix", outputs=outputs, pixels=pixels)),
        ]
        self._with_kernel: list[Mark] = [
            *self._ground,
            *self._kernel.drawn(),
            self._kernel.named(message("films.weight_sharing.kernel", weights=kernel.size), LEFT),
            *colour_bar("weights", BAR, Scale.of(kernel), message("films.weight_sharing.weights")),
        ]

    def at(self, moment: _Dense | _Slides | _Full) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        pixels, (high, wide) = self.matrix.shape[1], self._shape
        match moment:
            case _Dense(rows):
                window = self._matrix.marked("rows", 0, 0, rows, pixels)
                line = _line(self._lines[rows - 1], self._lines)
                return (*self._ground, *self._matrix.drawn(0), *window, *line)
            case _Slides(place, put):
                seen = self._image.marked("window", *self.places[place], high, wide)
                filled = self._matrix.drawn((place + (put and self._matrix.numbered)) * pixels)
                row = self._matrix.marked("rows", place, 0, 1, pixels)
                return (*self._with_kernel, *filled, *(self._put(place) if put else ()), *seen, *row)
            case _Full(counted):
                marks = (*self._with_kernel, *self._matrix.drawn())
                if not counted:
                    return marks
                words = _product(high, wide)
                return (*marks, *self._kernel.marked("window", 0, 0, high, wide), *_line(words, [words]))

    def weights(self, place: int) -> Sources:
        """Return where the weights of a row come from: the kernel."""
        cells = {at: self._matrix.keys(place, self._pixel(place, *at)) for at in np.ndindex(*self._shape)}
        if not self._kernel.numbered:
            return {}
        if self._matrix.numbered:
            return {cells[at][k]: self._kernel.keys(*at)[k] for at in cells for k in range(2)}
        return {f"put[{u},{v}]": self._kernel.keys(u, v)[0] for u, v in cells}

    def _put(self, place: int) -> list[Mark]:
        """Return the weights of a row, where the matrix has no cells of its own."""
        if self._matrix.numbered:
            return []
        return [
            Rectangle(
                f"put[{u},{v}]",
                self._matrix.span(place, self._pixel(place, u, v)),
                float(self.matrix[place, self._pixel(place, u, v)]) / self._full,
                "line",
            )
            for u, v in np.ndindex(*self._shape)
        ]

    def _pixel(self, place: int, u: int, v: int) -> int:
        """Return the column of the matrix for the pixel under a weight of the kernel."""
        row, column = self.places[place]
        wide: int = self._image.values.shape[1]
        return (row + u) * wide + column + v


def _counting(stage: _Stage) -> list[Beat]:
    """Return the matrix of a dense layer being counted, row by row: every cell is a weight of its own."""
    beats = []
    for row in _stops(len(stage.matrix)):
        slow = row < SLOWLY
        seconds, travel = (SLOW.row, TRAVEL / 2) if slow else (QUICK, 2 * QUICK)
        beats.append(beat(stage.at(_Dense(row + 1)), seconds=seconds, travel=travel if row else 0.0))
    return [*beats[:-1], beats[-1]._replace(seconds=SLOW.end)]


def _sliding(stage: _Stage) -> list[Beat]:
    """Return the rows of a convolution being written: at each place the same weights, under other pixels."""
    beats = []
    for place in _stops(len(stage.places)):
        slow = place < SLOWLY
        if slow:
            beats.append(beat(stage.at(_Slides(place, put=False)), seconds=SHORT, travel=TRAVEL))
        seconds, travel = (SLOW.row, TRAVEL) if slow else (QUICK, 4 * QUICK)
        marks, born_from = stage.at(_Slides(place)), stage.weights(place)
        beats.append(beat(marks, seconds=seconds, travel=travel, born_from=born_from))
    return [*beats[:-1], beats[-1]._replace(seconds=SLOW.end)]


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


def _product(rows: int, columns: int) -> Text:
    """Return a product as a count of weights."""
    return message("films.weight_sharing.product", a=rows, b=columns, c=rows * columns)


def _line(words: Text, ever: list[Text]) -> list[Mark]:
    return [Equation([Slot("line", ever)]).write("line", words)]


def _plane(name: str, values: ArrayLike) -> Array:
    plane: Array = np.asarray(values, dtype=np.float64)
    if plane.ndim != 2 or not plane.size:
        raise ConvistaError("films.not_a_plane", name=name, shape=plane.shape)
    return plane
