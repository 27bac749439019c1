"""The kernel as a small yellow block that lies on the front of a slab: in each cell a value, and its weight."""

from __future__ import annotations

import numpy as np

from convista.films.conv.sweep import Position, Sweep
from convista.films.stage import text
from convista.films.stage.marks import Box, Mark, Rectangle, Tone, Words
from convista.films.stage.perspective import Behind, covered, sides
from convista.films.wording import decimals_for, widest, written
from convista.language import Text
from convista.pairs import Pair

THICK = 0.2
"""Of a cell."""
SMALLEST = 12.0
"""The smallest values and weights are written, in points."""


class KernelBlock:
    """The block over one window after the other.

    ``cell`` is the side of its cells, in points; ``apart`` how many cells of the slab below lead from one to the
    next, the dilation of a kernel that lies on what it reads.
    """

    def __init__(self, sweep: Sweep, cell: float, apart: Pair = (1, 1)) -> None:
        self._sweep, self._cell, self._apart, self.depth = sweep, cell, apart, THICK * cell
        values, weights = sweep.maps.ravel().tolist(), sweep.kernel.ravel().tolist()
        self._decimals = decimals_for(values)
        number_decimals = decimals_for(weights)
        self._weights = {
            (u, v): Text(*(f"×{line}" for line in written(float(sweep.kernel[0, u, v]), number_decimals)))
            for u, v in np.ndindex(sweep.kernel.shape[1:])
        }
        room = cell - max(4.0, 0.1 * cell)
        value = widest(written(number, self._decimals) for number in values)
        self._value_size = min(0.42 * cell, int(2 * room / max(value, 1e-9)) / 2)
        self._weight_size = min(0.36 * cell, int(2 * room / widest(self._weights.values())) / 2)
        self.legible = min(self._weight_size, self._value_size) >= SMALLEST

    def covers(self, window: Box, behind: Behind) -> list[Box]:
        """Return what the block covers: all of a window, or where it is dilated the cells that it reads."""
        cells = [window] if self._apart == (1, 1) else self.cells(window).values()
        return [covered(cell, self.depth, behind) for cell in cells]

    def cells(self, window: Box) -> dict[Position, Box]:
        """Return the box of each element of the kernel over a window."""
        down, across = self._apart
        return {
            (u, v): Box(
                left := window.left + v * across * self._cell,
                top := window.top + u * down * self._cell,
                left + self._cell,
                top + self._cell,
            )
            for u, v in self._weights
        }

    def marks(self, window: Box, at: Position | None, behind: Behind) -> list[Mark]:
        """Return the block over a window; ``at`` is the position whose values its cells hold, None for none yet."""
        cells, whole = self.cells(window), self._apart == (1, 1)
        marks: list[Mark] = sides("kernel", window, self.depth, "window", behind=behind) if whole else []
        for (u, v), box in cells.items():
            if not whole:
                marks += sides(f"kernel[{u},{v}]", box, self.depth, "window", behind=behind)
            marks.append(Rectangle(f"kernel[{u},{v}]", box, Tone("window"), Tone("window", 1.0, 0.45)))
        ink = Tone("window")
        for (u, v), box in cells.items():
            weight, size = self._weights[u, v], self._weight_size
            if at is None:
                size = min(1.4 * size, text.fitting(max(weight, key=text.width), self._cell - 4, 0.4 * self._cell))
                place = box.centre[0], box.centre[1] + text.CAP / 2 * size
                marks.append(Words(f"kernel[{u},{v}].weight", place, weight, size, ink))
                continue
            term = self._sweep.terms(at).get((0, u, v))
            number = written(0.0) if term is None else written(term.value, self._decimals)
            top = box.top + 0.08 * self._cell + text.ASCENT * self._value_size
            marks.append(Words(f"kernel[{u},{v}].value", (box.centre[0], top), number, self._value_size, ink))
            low = box.right - 3, box.bottom - 0.03 * self._cell - text.DESCENT * size
            marks.append(Words(f"kernel[{u},{v}].weight", low, weight, size, ink, "end"))
        return marks
