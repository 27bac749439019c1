"""Cross-correlation, which networks compute, beside the convolution of mathematics, which flips the kernel."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.conv.conv import EXAMPLE_IMAGE, plane
from convista.films.conv.sweep import Position, Sweep
from convista.films.film import FAST, SLOW, TICK, Beat, Film, Step
from convista.films.keyframes import slowly
from convista.films.registry import film
from convista.films.stage import layout
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.grid import LEGIBLE, CellGrid, grid
from convista.films.stage.layout import EQUATION, STAGE, heading
from convista.films.stage.marks import WIDTH, Mark, Rectangle, Words
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators.flatten import Flip
from convista.operators.sliding import NONE

KERNEL = ((0, 1, 2), (0, 0, 1), (-1, 0, 0))
"""Another one when it is turned, not just one of the other sign."""
LARGEST_CELL, APART, BETWEEN_ROWS = 50.0, 48.0, 40.0
FORMULAS = ("(I ⋆ K)[i,j] = Σ I[i+u, j+v] · K[u,v]", "(I ∗ K)[i,j] = Σ I[i−u, j−v] · K[u,v]")
"""The two definitions, each summed over the elements u, v of the kernel."""
FORMULA_SIZE = 20.0


class FlipLayout(NamedTuple):
    """Where the arrays stand: the input, the two kernels, and what each gives."""

    input: CellGrid
    kernels: tuple[CellGrid, CellGrid]
    outputs: tuple[CellGrid, CellGrid]


@film("conv-flip")
def conv_flip(image: ArrayLike = EXAMPLE_IMAGE, kernel: ArrayLike = KERNEL) -> Film:
    """Show the kernel turned by half a turn, and what both kernels give at every place.

    Parameters
    ----------
    image, kernel
        Matrices, small enough for every number to be read.

    Raises
    ------
    ConvistaError
        If one is no matrix, the kernel is larger than the image, or the numbers would be too small to read.
    """
    pixels, weights = plane("image", image)[None, None], plane("kernel", kernel)[None, None]
    turned = Flip(axes=(2, 3)).value(weights)
    sweeps = tuple(
        Sweep(pixels, w, None, stride=(1, 1), padding=NONE, dilation=(1, 1), groups=1, channel=0, origin=1)
        for w in (weights, turned)
    )
    stage, words = _stage(sweeps), message("films.conv_flip.title")
    shown = _Shown(sweeps, stage, (layout.title(words), *_headings(stage)))
    return Film("conv-flip", words, (*_turning(weights[0, 0], shown), *_sweeping(sweeps, shown)))


class _Shown:
    """What is on the stage, as far as the film has come."""

    def __init__(self, sweeps: tuple[Sweep, ...], stage: FlipLayout, still: tuple[Mark, ...]) -> None:
        self.stage, self._sweeps = stage, sweeps
        image = [
            mark
            for (r, c), value in np.ndenumerate(sweeps[0].maps[0])
            for mark in stage.input.written(r, c, float(value))
        ]
        kernel = [
            mark
            for (u, v), value in np.ndenumerate(sweeps[0].kernel[0])
            for mark in stage.kernels[0].written(u, v, float(value))
        ]
        edges = [Rectangle(f"{table.key}.edge", table.box.grown(2), None, "window", 2.0) for table in stage.kernels]
        self._still = (*still, *image, *kernel, *edges)
        self._cells = {
            (n, i, j): table.empty(i, j)
            for n, table in enumerate(stage.outputs)
            for i, j in np.ndindex(table.rows, table.columns)
        }

    def write(self, n: int, at: Position) -> None:
        """Put a value into an output."""
        self._cells[n, *at] = self.stage.outputs[n].written(*at, self._sweeps[n].explain(at).value)  # type: ignore[assignment]

    def marks(self, turned: tuple[Mark, ...]) -> tuple[Mark, ...]:
        """Return the stage with the second kernel as given."""
        return (*self._still, *(mark for cell in self._cells.values() for mark in cell), *turned)

    def turned(self) -> tuple[Mark, ...]:
        """Return the second kernel as it is in the end, each weight with the key that it had in the first."""
        high, wide = self._sweeps[0].kernel.shape[1:]
        return _placed(self._sweeps[0].kernel[0], self.stage.kernels[1], lambda u, v: (high - 1 - u, wide - 1 - v))


def _turning(weights: np.ndarray, shown: _Shown) -> list[Step]:
    """Return the steps in which a copy of the kernel is turned: upside down, then left to right."""
    high, table = weights.shape[0], shown.stage.kernels[1]
    copy = _placed(weights, table, lambda u, v: (u, v))
    upside_down = _placed(weights, table, lambda u, v: (high - 1 - u, v))
    place = WIDTH / 2, EQUATION
    one, other = (Words("equation.formula", place, Text(line, line), FORMULA_SIZE, "text") for line in FORMULAS)
    return [
        Step(message("films.conv_flip.begin"), (Beat((*shown.marks(copy), one), 2 * SLOW.end),)),
        Step(message("films.conv_flip.rows"), (Beat((*shown.marks(upside_down), other), SLOW.end, 1.0),)),
        Step(message("films.conv_flip.columns"), (Beat((*shown.marks(shown.turned()), other), 2 * SLOW.end, 1.0),)),
    ]


def _sweeping(sweeps: tuple[Sweep, ...], shown: _Shown) -> list[Step]:
    """Return a step for each place of the window: what the kernel gives there, then what the turned one does."""
    names = ("corr", "conv")
    decimals = decimals_for(one.explain(at).value for one in sweeps for at in one.positions)
    numbers = {
        (n, at): written(one.explain(at).value, decimals) for n, one in enumerate(sweeps) for at in one.positions
    }
    slots = []
    for n, name in enumerate(names):
        slots.append(Slot(name, [_term(n, at) for at in sweeps[0].positions]))
        slots.append(Slot(f"{name}.sum", [number for (m, _), number in numbers.items() if m == n]))
        slots += [Slot("gap", [sign(" " * 8)])] if n == 0 else []
    line, steps, turned, count = Equation(slots), [], shown.turned(), len(sweeps[0].positions)
    for n, at in enumerate(sweeps[0].positions):
        pace, beats = (SLOW if slowly(n, count) else FAST), []
        said: list[Mark] = []
        window = _window(shown.stage, sweeps[0], at)
        beats.append(Beat((*shown.marks(turned), *window), pace.row, 4 * TICK if n else 0.0))
        for m, name in enumerate(names):
            shown.write(m, at)
            said += line.write(name, _term(m, at), "muted"), line.write(f"{name}.sum", numbers[m, at])
            table = shown.stage.outputs[m]
            now = Rectangle("written.now", table.span(*at), None, "written", 3.0)
            beats.append(Beat((*shown.marks(turned), *window, *said, now), pace.end))
        steps.append(Step(_caption(sweeps, n), tuple(beats)))
    return steps


def _caption(sweeps: tuple[Sweep, ...], n: int) -> Text:
    """Say what the two have in common at a place, at last over the whole map."""
    one, other = sweeps
    at = one.positions[n]
    if not slowly(n, len(one.positions)):
        return message("films.conv_flip.onwards")
    if n < len(one.positions) - 1:
        row, column = one.counted(at)
        return message("films.conv_flip.step", row=row, column=column)
    if np.array_equal(one.output, other.output, equal_nan=True):
        return message("films.conv_flip.same")
    opposite = np.array_equal(one.output, -other.output, equal_nan=True)
    return message("films.conv_flip.opposite" if opposite else "films.conv_flip.end")


def _term(n: int, at: Position) -> Text:
    place = f"[{at[0] + 1},{at[1] + 1}]"
    return message(f"films.conv_flip.{'conv' if n else 'corr'}_name", place=place)


def _placed(weights: np.ndarray, table: CellGrid, to: Callable[[int, int], Position]) -> tuple[Mark, ...]:
    """Return a kernel whose weights keep the keys of where they came from."""
    marks: list[Mark] = []
    for (u, v), value in np.ndenumerate(weights):
        for mark in table.written(*to(u, v), float(value)):
            ending = ".value" if mark.key.endswith(".value") else ""
            marks.append(mark._replace(key=f"{table.key}[{u},{v}]{ending}"))
    return tuple(marks)


def _window(stage: FlipLayout, sweep: Sweep, at: Position) -> tuple[Mark, ...]:
    box = stage.input.span(*at, *sweep.reach)
    return (
        Rectangle("window.edge", box.grown(3), None, "background", 6.0),
        Rectangle("window", box.grown(2), None, "window", 4.0),
    )


def _stage(sweeps: tuple[Sweep, ...]) -> FlipLayout:
    """Place the arrays, as large as they fit: input, kernels one above the other, both outputs."""
    sweep = sweeps[0]
    (rows, columns), (high, wide), (out_rows, out_columns) = sweep.maps[0].shape, sweep.kernel.shape[1:], sweep.size
    room = STAGE.width - 3 * APART
    tallest = min(STAGE.height / rows, (STAGE.height - BETWEEN_ROWS) / 2 / high)
    cell = min(LARGEST_CELL, tallest, room / (columns + wide + 2 * out_columns))
    middle, gap = (STAGE.top + STAGE.bottom) / 2, (STAGE.width - cell * (columns + wide + 2 * out_columns)) / 3
    place = STAGE.left, middle - cell * rows / 2
    pixels = grid("input", place, (rows, columns), sweep.maps[0], cell)
    left, top = pixels.box.right + gap, middle - cell * high - BETWEEN_ROWS / 2
    kernels = (
        grid("kernel", (left, top), (high, wide), sweep.kernel[0], cell),
        grid("turned", (left, top + cell * high + BETWEEN_ROWS), (high, wide), sweep.kernel[0], cell),
    )
    values = np.array([one.explain(at).value for one in sweeps for at in one.positions])
    left, top = left + cell * wide + gap, middle - cell * out_rows / 2
    outputs = (
        grid("correlation", (left, top), sweep.size, values, cell),
        grid("convolution", (left + cell * out_columns + gap, top), sweep.size, values, cell),
    )
    if min(table.size for table in (pixels, *kernels, *outputs)) < LEGIBLE:
        raise ConvistaError("films.conv_flip.too_large", image=sweep.maps[0].shape, kernel=(high, wide))
    return FlipLayout(pixels, kernels, outputs)


def _headings(stage: FlipLayout) -> list[Mark]:
    marks: list[Mark] = []
    for table in (stage.input, *stage.kernels, *stage.outputs):
        words = message(f"films.conv_flip.{table.key}", rows=table.rows, columns=table.columns)
        room = table.box.width if table is stage.outputs[1] else table.box.width + APART
        marks.append(heading(f"{table.key}.name", table.box, words, room))
    return marks
