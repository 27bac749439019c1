"""Classical filters as a film: one image, one kernel after the other, and what each answers to."""

from __future__ import annotations

from collections.abc import Mapping
from math import pi

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.film import SLOW, Beat, Film
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage.grid import grid, magnitude, picture
from convista.films.stage.imagery import composite, fitted, photo
from convista.films.stage.layout import EQUATION, STAGE, heading
from convista.films.stage.marks import Box, Formula, Mark, Rectangle, Words
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.conv import Conv
from convista.operators.filters import gabor, gaussian, laplacian, prewitt, sobel

KERNELS: dict[str, Array] = {
    "sobel_x": sobel("x"),
    "sobel_y": sobel("y"),
    "prewitt_x": prewitt("x"),
    "prewitt_y": prewitt("y"),
    "laplacian": laplacian(),
    "gaussian": gaussian(5, 1.0),
    "gabor": gabor(7, 5, pi / 4),
}
"""What the chapter shows, by name."""

INPUT = Box(STAGE.left, STAGE.top + 6, STAGE.left + 316, 418)
OUTPUT = Box(STAGE.right - 316, STAGE.top + 6, STAGE.right, 418)
KERNEL = Box(INPUT.right + 30, 130, OUTPUT.left - 30, 318)
READABLE = 14.0
"""The smallest weights, in points: others are a map."""
SWEEPS = 8
"""How many times a kernel crosses the image while its answer is written."""
SMALLEST = 8
"""Rows and columns that an image has at least: the largest kernel must fit and leave something."""


def filters(image: ArrayLike, *, kernels: Mapping[str, ArrayLike] | None = None) -> Film:
    """Show what classical filters answer on one image.

    Parameters
    ----------
    image
        One band, (rows, columns), at least 8 × 8; NaN where there is no datum.
    kernels
        Other kernels by name, each (rows, columns); None for those of the chapter.

    Raises
    ------
    ConvistaError
        If the image or a kernel is not a matrix, or does not fit.
    """
    plane = np.asarray(np.ma.filled(np.ma.asarray(image).astype(np.float64), np.nan))
    if plane.ndim != 2 or min(plane.shape) < SMALLEST:
        raise ConvistaError("films.filters.image", shape=plane.shape, smallest=SMALLEST)
    chosen = {name: np.asarray(kernel, dtype=np.float64) for name, kernel in (kernels or KERNELS).items()}
    for name, kernel in chosen.items():
        if kernel.ndim != 2 or kernel.shape[0] > plane.shape[0] or kernel.shape[1] > plane.shape[1]:
            raise ConvistaError("films.filters.kernel", name=name, shape=kernel.shape, image=plane.shape)
    maps = {name: Conv().value(plane[None, None], kernel[None, None])[0, 0] for name, kernel in chosen.items()}
    script, still = Script("filters", message("films.filters.title")), _image(plane)
    script.step(message("films.filters.begin", count=len(chosen)), beat(still, seconds=3 * SLOW.row))
    for name, kernel in chosen.items():
        known = name in KERNELS and kernels is None
        does = f"films.filters.{name}_does" if known else "films.filters.other_does"
        words = message(does) if known else message(does, name=called(name))
        script.step(words, *_swept(name, plane, kernel, maps[name]))
    script.step(message("films.filters.end"), beat(_sheet(plane, maps), seconds=SLOW.end))
    return script.film()


def called(name: str) -> Text:
    """Return what a filter is called: those of the chapter have names in both languages."""
    return message(f"films.filters.{name}") if name in KERNELS else Text(name, name)


def most_of(values: Array) -> float:
    """Return the magnitude that has the full colour: few values of natural images are much larger than the rest."""
    found = np.abs(values[np.isfinite(values)])
    return (float(np.percentile(found, 99)) or magnitude(values)) if found.size else 1.0


def _swept(name: str, plane: Array, kernel: Array, made: Array) -> list[Beat]:
    """Show the kernel slide over the image while its answer is written, and where it answers most."""
    largest = np.nanargmax(np.abs(made)) if np.isfinite(made).any() else 0
    row, column = (int(n) for n in np.unravel_index(largest, made.shape))
    value = Conv().explain((0, 0, row, column), plane[None, None], kernel[None, None]).value
    still = [*_image(plane), *_kernel(name, kernel), _formula()]
    rows, columns = made.shape
    beats = [beat(still, _output(name, plane, made, 0), _window(plane, kernel, (0, 0)), travel=TRAVEL)]
    for n, done in enumerate(np.linspace(0, rows, SWEEPS + 1).round().astype(int).tolist()[1:], 1):
        at = done - 1, (columns - 1) * (n % 2)
        now = still, _output(name, plane, made, done), _window(plane, kernel, at)
        beats.append(beat(*now, seconds=QUICK, travel=3 * QUICK))
    written = _output(name, plane, made, rows)
    beats.append(beat(still, written, _window(plane, kernel, (row, column)), seconds=SHORT, travel=TRAVEL))
    marked = _answer(plane, made, (row, column)), _value((row, column), value)
    return [*beats, beat(still, written, _window(plane, kernel, (row, column)), *marked, seconds=2 * SLOW.end)]


def _formula() -> Formula:
    tex = r"O[i,j] = \sum_{u,v}\; K[u,v]\cdot I[i+u-1,\; j+v-1]"
    return Formula("formula", (STAGE.centre[0], EQUATION + 6), Text(tex, tex), 19.0)


def _image(plane: Array) -> list[Mark]:
    box = fitted(plane.shape, INPUT)
    name = message("films.filters.image_name", rows=plane.shape[0], columns=plane.shape[1])
    return [photo("image", box, composite(plane)), heading("image.name", box, name, INPUT.width)]


def _kernel(name: str, kernel: Array) -> list[Mark]:
    rows, columns = kernel.shape
    cell = min(46.0, KERNEL.width / columns, KERNEL.height / rows)
    wide, tall = cell * columns, cell * rows
    corner = KERNEL.centre[0] - wide / 2, KERNEL.centre[1] - tall / 2
    table = grid("kernel", corner, kernel.shape, kernel, cell)
    marks: list[Mark] = [heading("kernel.name", table.box, called(name), KERNEL.width + 40)]
    if table.size >= READABLE:
        for (r, c), value in np.ndenumerate(kernel):
            marks += table.written(r, c, float(value))
    else:
        marks.append(picture("kernel", table.box, kernel, magnitude(kernel)))
    return [*marks, Rectangle("kernel.edge", table.box.grown(2), None, "window", 2.0)]


def _output(name: str, plane: Array, made: Array, done: int) -> list[Mark]:
    """Return the answer, written down to a row."""
    box = _output_box(plane, made)
    words = message("films.filters.output_name", name=called(name))
    unwritten = np.arange(made.shape[0])[:, None] >= np.full(made.shape, done)
    answer = picture("output", box, made, most_of(made), unwritten)
    return [answer, heading("output.name", box, words, OUTPUT.width)]


def _output_box(plane: Array, made: Array) -> Box:
    """Return where an output stands: at the scale of the image, so that what it lost at the edges shows."""
    whole = fitted(plane.shape, OUTPUT)
    scale = whole.width / plane.shape[1]
    (x, y), wide, tall = whole.centre, made.shape[1] * scale, made.shape[0] * scale
    return Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)


def _window(plane: Array, kernel: Array, at: tuple[int, int]) -> list[Mark]:
    """Outline the window over the image that an answer reads."""
    box = fitted(plane.shape, INPUT)
    scale, (row, column) = box.width / plane.shape[1], at
    left, top = box.left + column * scale, box.top + row * scale
    window = Box(left, top, left + kernel.shape[1] * scale, top + kernel.shape[0] * scale).grown(2)
    return [Rectangle("window", window._replace(left=max(window.left, STAGE.left - 3)), None, "window", 3.0)]


def _answer(plane: Array, made: Array, at: tuple[int, int]) -> list[Mark]:
    """Outline an answer."""
    box = _output_box(plane, made)
    scale, (row, column) = box.width / made.shape[1], at
    left, top = box.left + column * scale, box.top + row * scale
    return [Rectangle("output.now", Box(left, top, left + scale, top + scale).grown(3), None, "written", 2.5)]


def _value(at: tuple[int, ...], value: float) -> list[Mark]:
    number = written(value, decimals_for([value]))
    line = Text(*(f"O[{at[0] + 1},{at[1] + 1}] = {words}" for words in number))
    return [Words("total", (KERNEL.centre[0], KERNEL.bottom + 40), line, 15, "text")]


def _sheet(plane: Array, maps: Mapping[str, Array]) -> list[Mark]:
    """Lay the image and all answers out side by side."""
    count, columns = len(maps) + 1, min(4, len(maps) + 1)
    rows = -(-count // columns)
    wide, tall = STAGE.width / columns, (448 - 70) / rows
    marks: list[Mark] = []
    for n, name in enumerate(["image", *maps]):
        left, top = STAGE.left + n % columns * wide, 70 + n // columns * tall
        box = fitted(plane.shape, Box(left + 8, top + 22, left + wide - 8, top + tall - 6))
        if name == "image":
            marks += [
                photo("image", box, composite(plane)),
                heading("image.name", box, message("films.filters.image_short"), wide),
            ]
        else:
            marks.append(picture(f"sheet.{name}", box, maps[name], most_of(maps[name])))
            marks.append(heading(f"sheet.{name}.name", box, called(name), wide))
    return marks
