"""Classical filters as a film: one image, one kernel after the other, and what each answers to."""

from __future__ import annotations

from collections.abc import Mapping
from math import pi

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.film import LAST, Beat, Film, Step
from convista.films.stage import layout
from convista.films.stage.grid import LEGIBLE, grid, magnitude, picture
from convista.films.stage.imagery import composite, fitted, photo
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Rectangle, Words
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
    words = message("films.filters.title")
    still = (layout.title(words), *_image(plane))
    steps = [Step(message("films.filters.begin", count=len(chosen)), (Beat(still, 1.8),))]
    for name, kernel in chosen.items():
        steps.append(_step(name, plane, kernel, maps[name], still, name in KERNELS and kernels is None))
    steps.append(Step(message("films.filters.end"), (Beat((layout.title(words), *_sheet(plane, maps)), LAST),)))
    return Film("filters", words, tuple(steps))


def called(name: str) -> Text:
    """Return what a filter is called: those of the chapter have names in both languages."""
    return message(f"films.filters.{name}") if name in KERNELS else Text(name, name)


def most_of(values: Array) -> float:
    """Return the magnitude that has the full colour: few values of natural images are much larger than the rest."""
    found = np.abs(values[np.isfinite(values)])
    return (float(np.percentile(found, 99)) or magnitude(values)) if found.size else 1.0


def _step(name: str, plane: Array, kernel: Array, made: Array, still: tuple[Mark, ...], known: bool) -> Step:
    """Show the kernel, then what it makes of the image, with the place where it answers most."""
    largest = np.nanargmax(np.abs(made)) if np.isfinite(made).any() else 0
    at = tuple(int(n) for n in np.unravel_index(largest, made.shape))
    value = Conv().explain((0, 0, *at), plane[None, None], kernel[None, None]).value
    shown = (*still, *_kernel(name, kernel))
    there = (*shown, *_output(name, plane, made))
    marked = (*there, *_place(plane, kernel, made, at), *_value(at, value))
    caption = (
        message(f"films.filters.{name}_does") if known else message("films.filters.other_does", name=called(name))
    )
    return Step(caption, (Beat(shown, 0.8), Beat(there, 1.2), Beat(marked, 1.6)))


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
    if table.size >= LEGIBLE:
        for (r, c), value in np.ndenumerate(kernel):
            marks += table.written(r, c, float(value))
    else:
        marks.append(picture("kernel", table.box, kernel, magnitude(kernel)))
    return [*marks, Rectangle("kernel.edge", table.box.grown(2), None, "window", 2.0)]


def _output(name: str, plane: Array, made: Array) -> list[Mark]:
    box = _output_box(plane, made)
    words = message("films.filters.output_name", name=called(name))
    return [picture("output", box, made, most_of(made)), heading("output.name", box, words, OUTPUT.width)]


def _output_box(plane: Array, made: Array) -> Box:
    """Return where an output stands: at the scale of the image, so that what it lost at the edges shows."""
    whole = fitted(plane.shape, OUTPUT)
    scale = whole.width / plane.shape[1]
    (x, y), wide, tall = whole.centre, made.shape[1] * scale, made.shape[0] * scale
    return Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)


def _place(plane: Array, kernel: Array, made: Array, at: tuple[int, ...]) -> list[Mark]:
    """Outline the window whose answer is the largest, and that answer."""
    before, after = fitted(plane.shape, INPUT), _output_box(plane, made)
    scale, (row, column) = before.width / plane.shape[1], at
    left, top = before.left + column * scale, before.top + row * scale
    window = Box(left, top, left + kernel.shape[1] * scale, top + kernel.shape[0] * scale).grown(2)
    left, top = after.left + column * scale, after.top + row * scale
    cell = Box(left, top, left + scale, top + scale).grown(3)
    inside = Box(STAGE.left - 3, STAGE.top, STAGE.right + 3, 424)
    kept = Box(max(window.left, inside.left), window.top, window.right, window.bottom)
    return [Rectangle("window", kept, None, "window", 2.0), Rectangle("output.now", cell, None, "written", 2.0)]


def _value(at: tuple[int, ...], value: float) -> list[Mark]:
    number = written(value, decimals_for([value]))
    line = Text(*(f"O[{at[0]},{at[1]}] = {words}" for words in number))
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
